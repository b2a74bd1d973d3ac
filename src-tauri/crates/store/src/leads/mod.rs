//! `leads.db`: sealed leads, their outbox, daily figures, exports, audit log and settings. Writers share one locked
//! connection and sync every commit to disk (WAL, `synchronous=FULL`); readers use a separate connection.
//! Must not know: keys, or the meaning of a setting.

mod audit_chain;
mod erasure;
mod figures;
mod journal;
mod outbox;
mod readable_copy;
mod setting;

pub use audit_chain::{AuditChainFault, AuditCheck};
pub use erasure::Retention;
pub use figures::{DayFigures, FigureKind};
pub use journal::{AuditEntry, ExportEntry};
pub use outbox::{OutboxCounts, OutboxState, RejectedLead, Settlement, TakenAt};
pub use setting::{SettingGuard, SettingValue};

use crate::StoreError;
use expo_domain::Envelope;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

/// Name of the file in the data folder.
pub const FILE: &str = "leads.db";

/// How long SQLite waits for another program's write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

fn migrations() -> Vec<M<'static>> {
    vec![
        M::up(include_str!("../../migrations/leads-01.sql")),
        M::up(include_str!("../../migrations/leads-02.sql")),
        M::up_with_hook(
            include_str!("../../migrations/leads-03.sql"),
            |db: &Transaction<'_>| Ok(audit_chain::chain_existing(db)?),
        ),
    ]
}

/// The open database.
pub struct Leads {
    // Dropped in this order: only the writer can checkpoint the write-ahead log, and only if it closes last.
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
    /// Allows one erasure at a time: its cleanup must not clear the mark of another one.
    erasing: Mutex<()>,
    path: PathBuf,
    /// Folder of the copy, if the data folder could not be written.
    copy: Option<TempDir>,
}

/// An envelope to store, with its attributes that may be stored in clear.
#[derive(Debug, Clone)]
pub struct SealedLead {
    /// The envelope.
    pub envelope: Envelope,
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: String,
    /// Hour at the stop, 0 to 23.
    pub hour: u8,
    /// Whether the platform is one of the recipients.
    pub for_platform: bool,
    /// Projects and regions to add to the daily figures.
    pub figures: Vec<(FigureKind, String)>,
}

impl Leads {
    /// Opens or creates the database in `folder`; before a migration, copies it in the same folder.
    fn open_writable(folder: &Path) -> Result<Self, StoreError> {
        create_private(folder)?;
        let path = folder.join(FILE);
        let mut writer = connect(&path, false)?;
        keep_private(&path)?;
        let migrations = migrations();
        back_up_before_migration(&writer, &path, migrations.len())?;
        let migrations = Migrations::new(migrations);
        migrations.to_latest(&mut writer).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => StoreError::Newer {
                file: FILE.to_owned(),
            },
            rusqlite_migration::Error::RusqliteError { err, .. } => {
                StoreError::sqlite(FILE, "migrating leads.db", &err)
            }
            other => StoreError::Other {
                context: "migrating leads.db",
                problem: other.to_string(),
            },
        })?;
        let reader = connect(&path, true)?;
        let leads = Self {
            reader: Mutex::new(reader),
            writer: Mutex::new(writer),
            erasing: Mutex::new(()),
            path,
            copy: None,
        };
        // This fails while another program reads; the next erasure or retention run tries again.
        drop(leads.finish_erasures());
        Ok(leads)
    }

    /// Path of the database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next ticket number of a kiosk at a stop; each number is returned once. It is part of the sealed bytes, so it is
    /// needed before sealing; if storing the lead fails, the number is skipped.
    pub fn next_ticket(&self, stop: &str, kiosk: &str) -> Result<u32, StoreError> {
        self.write("taking a ticket number", |db| {
            db.prepare_cached(
                "INSERT INTO ticket (stop, kiosk, last) VALUES (?1, ?2, 1)
                 ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            )?
            .query_row(params![stop, kiosk], |row| row.get(0))
        })
    }

    /// Stores a lead: envelope, outbox row and figures in one transaction, on disk when this returns. `guard` is the
    /// enrolment that determined its recipients.
    pub fn insert(&self, guard: Option<&SettingGuard>, lead: &SealedLead) -> Result<(), StoreError> {
        self.write_guarded(guard, "storing a lead", |db| {
            insert_lead(db, lead)?;
            figures::count(
                db,
                &lead.day,
                FigureKind::Language,
                lead.envelope.header.language.code(),
            )?;
            lead.figures
                .iter()
                .try_for_each(|(kind, key)| figures::count(db, &lead.day, *kind, key))
        })
    }

    /// Replaces leads that only staff can open by their next revision, which is also sealed for the platform. The first
    /// revision stays but is never sent. `guard` is the enrolment that determined the recipients.
    pub fn reseal(&self, guard: Option<&SettingGuard>, leads: &[SealedLead]) -> Result<(), StoreError> {
        self.write_guarded(guard, "sealing leads for the platform", |db| {
            for lead in leads {
                insert_lead(db, lead)?;
                db.execute(
                    "DELETE FROM outbox WHERE id = ?1 AND revision < ?2 AND state = 'sealed_for_staff'",
                    params![lead.envelope.header.id.to_string(), lead.envelope.header.revision],
                )?;
            }
            Ok(())
        })
    }

    /// Problems found by SQLite's integrity check; empty for an intact database.
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
        self.write_guarded(None, context, work)
    }

    /// Writes in one transaction that fails if the guarded setting has changed.
    fn write_guarded<T>(
        &self,
        guard: Option<&SettingGuard>,
        context: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, context, &e);
        self.require_writable(context)?;
        let mut db = lock(&self.writer);
        let transaction = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        guard.map_or(Ok(()), |guard| guard.require_unchanged(&transaction, context))?;
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

    /// Reads in one transaction that fails if the guarded setting has changed.
    fn read_guarded<T>(
        &self,
        guard: Option<&SettingGuard>,
        context: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, context, &e);
        let db = lock(&self.reader);
        let transaction = db.unchecked_transaction().map_err(fail)?;
        guard.map_or(Ok(()), |guard| guard.require_unchanged(&transaction, context))?;
        work(&transaction).map_err(fail)
    }
}

fn insert_lead(db: &Connection, lead: &SealedLead) -> rusqlite::Result<()> {
    let Envelope {
        header,
        sealed,
        sha256,
    } = &lead.envelope;
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
        sealed,
        sha256,
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

/// A poisoned lock means that another thread panicked between statements; SQLite rolled its transaction back.
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
        db.busy_timeout(BUSY_TIMEOUT)?;
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

/// Creates the data folder with access for its owner only; an existing folder keeps its permissions.
fn create_private(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| StoreError::io("creating the data folder", &e))
}

/// The database holds the token for the platform, so only its owner may read it. SQLite gives the log the same
/// permissions.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|e| StoreError::io("protecting leads.db", &e))?;
    Ok(())
}

fn back_up_before_migration(db: &Connection, path: &Path, newest: usize) -> Result<(), StoreError> {
    let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, "backing up leads.db", &e);
    let version: i64 = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(fail)?;
    if version == 0 || version >= newest as i64 {
        return Ok(());
    }
    let copy = path.with_extension(format!("before-{newest}.db"));
    if !copy.exists() {
        db.execute("VACUUM INTO ?1", [copy.to_string_lossy()])
            .map_err(fail)?;
    }
    Ok(())
}
