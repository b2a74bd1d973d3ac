//! `leads.db`: sealed leads, their outbox, figures, exports, audit log and settings. Writers take turns behind one
//! lock, every commit is synced to disk (WAL, `synchronous=FULL`); readers have a connection of their own.

mod erasure;
mod figures;
mod journal;
mod outbox;
mod setting;

pub use erasure::Retention;
pub use figures::{DayFigures, TallyKind};
pub use journal::{AuditEntry, ExportEntry};
pub use outbox::{Aside, OutboxCounts, OutboxState, Outgoing, Settlement, Taken};
pub use setting::{Basis, ErasedSetting};

use crate::StoreError;
use domain::LeadHeader;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Name of the file in the data folder.
pub const FILE: &str = "leads.db";

/// How long another program's writing is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("../../migrations/leads-01.sql")),
    M::up(include_str!("../../migrations/leads-02.sql")),
];

/// The open database.
pub struct Leads {
    // Closed in this order: only the writer can fold the log back into the database when it closes last.
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
    /// One erasure at a time: the end of one must not be taken for that of another.
    erasing: Mutex<()>,
    path: PathBuf,
}

/// A sealed lead about to be kept, with what may be known of it in clear.
#[derive(Debug, Clone)]
pub struct NewLead {
    /// Header without personal data.
    pub header: LeadHeader,
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: String,
    /// Hour at the stop, 0 to 23.
    pub hour: u8,
    /// The envelope.
    pub sealed: Vec<u8>,
    /// SHA-256 of the envelope, lower-case hex.
    pub sha256: String,
    /// Whether the platform is among the recipients.
    pub for_platform: bool,
    /// Projects and regions to count.
    pub tally: Vec<(TallyKind, String)>,
}

impl Leads {
    /// Opens or creates the database in `folder`; copies it beside itself before a migration.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        create_private(folder)?;
        let path = folder.join(FILE);
        let mut writer = connect(&path, false)?;
        keep_private(&path)?;
        let migrations = Migrations::from_slice(MIGRATIONS);
        back_up_before_migration(&writer, &path)?;
        migrations.to_latest(&mut writer).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => StoreError::Newer {
                file: FILE.to_owned(),
            },
            other => StoreError::Other {
                context: "bringing leads.db up to date",
                problem: other.to_string(),
            },
        })?;
        let reader = connect(&path, true)?;
        let leads = Self {
            reader: Mutex::new(reader),
            writer: Mutex::new(writer),
            erasing: Mutex::new(()),
            path,
        };
        // Another program may be reading: the next erasure or look for closed leads tries again.
        drop(leads.finish_erasures());
        Ok(leads)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next ticket number of a kiosk at a stop, never given twice. Taken before sealing because the ticket is
    /// part of what is sealed; a number whose lead was not kept is simply skipped.
    pub fn next_ticket(&self, stop: &str, kiosk: &str) -> Result<u32, StoreError> {
        self.write("taking a ticket number", |db| {
            db.prepare_cached(
                "INSERT INTO ticket (stop, kiosk, last) VALUES (?1, ?2, 1)
                 ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            )?
            .query_row(params![stop, kiosk], |row| row.get(0))
        })
    }

    /// Keeps a lead: envelope, outbox row and figures in one transaction, on disk when this returns. `basis` is what named
    /// its recipients.
    pub fn keep(&self, basis: Option<&Basis>, lead: &NewLead) -> Result<(), StoreError> {
        self.write_on(basis, "keeping a lead", |db| {
            insert_lead(db, lead)?;
            figures::count(db, &lead.day, TallyKind::Language, lead.header.language.code())?;
            lead.tally
                .iter()
                .try_for_each(|(kind, key)| figures::count(db, &lead.day, *kind, key))
        })
    }

    /// Replaces leads that only staff can open by the next revision, sealed to the platform too. The first revision
    /// stays; it will never be sent. `basis` is what named the recipients.
    pub fn reseal(&self, basis: Option<&Basis>, leads: &[NewLead]) -> Result<(), StoreError> {
        self.write_on(basis, "sealing leads for the platform", |db| {
            for lead in leads {
                insert_lead(db, lead)?;
                db.execute(
                    "DELETE FROM outbox WHERE id = ?1 AND revision < ?2 AND state = 'sealed_for_staff'",
                    params![lead.header.id.to_string(), lead.header.revision],
                )?;
            }
            Ok(())
        })
    }

    /// Whether the database is whole, by SQLite's own check; empty when it is.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read("checking leads.db", |db| {
            let mut rows = db.prepare("PRAGMA integrity_check(20)")?;
            let found: Vec<String> = rows.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(found.into_iter().filter(|line| line != "ok").collect())
        })
    }

    fn write<T>(
        &self,
        context: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.write_on(None, context, work)
    }

    /// Writes in one transaction, which also sees to it that the basis still holds.
    fn write_on<T>(
        &self,
        basis: Option<&Basis>,
        context: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, context, &e);
        let mut db = lock(&self.writer);
        let transaction = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        basis.map_or(Ok(()), |basis| basis.demand(&transaction, context))?;
        let value = work(&transaction).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(value)
    }

    fn read<T>(
        &self,
        context: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&lock(&self.reader)).map_err(|e| StoreError::sqlite(FILE, context, &e))
    }

    /// Reads in one transaction, which also sees to it that the basis still holds.
    fn read_on<T>(
        &self,
        basis: Option<&Basis>,
        context: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, context, &e);
        let db = lock(&self.reader);
        let transaction = db.unchecked_transaction().map_err(fail)?;
        basis.map_or(Ok(()), |basis| basis.demand(&transaction, context))?;
        work(&transaction).map_err(fail)
    }
}

fn insert_lead(db: &Connection, lead: &NewLead) -> rusqlite::Result<()> {
    let header = &lead.header;
    let id = header.id.to_string();
    db.prepare_cached(
        "INSERT INTO lead (id, revision, kind, stop, kiosk, ticket, taken_at, monotonic_ms, boot_id, language,
                           day, hour, sealed, sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        id,
        header.revision,
        header.kind,
        header.stop,
        header.kiosk,
        header.ticket,
        header.taken_at.to_string(),
        header.monotonic_ms as i64,
        header.boot_id,
        header.language.code(),
        lead.day,
        lead.hour,
        lead.sealed,
        lead.sha256,
    ])?;
    let state = if lead.for_platform {
        OutboxState::Waiting
    } else {
        OutboxState::SealedForStaff
    };
    db.prepare_cached("INSERT INTO outbox (id, revision, state) VALUES (?1, ?2, ?3)")?
        .execute(params![id, header.revision, state.code()])?;
    Ok(())
}

/// A poisoned lock only means that another thread panicked between statements; SQLite rolled its work back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path, read_only: bool) -> Result<Connection, StoreError> {
    let open = || -> rusqlite::Result<Connection> {
        let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags |= if read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        };
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(64);
        if !read_only {
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "FULL")?;
            db.pragma_update(None, "foreign_keys", true)?;
            db.pragma_update(None, "secure_delete", true)?;
        }
        Ok(db)
    };
    open().map_err(|e| StoreError::sqlite(FILE, "opening leads.db", &e))
}

/// A new data folder is its owner's alone; one that exists keeps what its owner decided.
fn create_private(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| StoreError::io("creating the data folder", &e))
}

/// The database holds the platform's token: only its owner reads it. SQLite gives its log the same permissions.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|e| StoreError::io("protecting leads.db", &e))?;
    Ok(())
}

fn back_up_before_migration(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, "backing leads.db up", &e);
    let version: i64 = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(fail)?;
    if version == 0 || version >= MIGRATIONS.len() as i64 {
        return Ok(());
    }
    let copy = path.with_extension(format!("before-{}.db", MIGRATIONS.len()));
    if !copy.exists() {
        db.execute("VACUUM INTO ?1", [copy.to_string_lossy()])
            .map_err(fail)?;
    }
    Ok(())
}
