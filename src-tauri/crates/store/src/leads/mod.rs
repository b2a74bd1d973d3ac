//! `leads.db`: sealed leads, their outbox, daily figures, exports, audit log and settings. Writers share one locked
//! connection and sync every commit to disk (WAL, `synchronous=FULL`); readers use a separate connection.
//! Must not know: keys, or the meaning of a setting.

mod audit_chain;
mod closing;
mod copy;
mod damaged_file;
mod erasure;
mod figures;
mod file;
mod journal;
mod outbox;
mod readable_copy;
mod replacement;
mod restore;
mod revisions;
mod row;
pub mod salvage;
mod setting;

pub use audit_chain::{AuditChainFault, AuditCheck};
pub use closing::{Closing, DayState};
pub use damaged_file::DamagedFile;
pub use erasure::Retention;
pub use figures::{DayFigures, FigureKind};
pub use journal::{AuditEntry, ExportEntry};
pub use outbox::{OutboxCounts, OutboxState, RejectedLead, Settlement, TakenAt};
pub use replacement::ReplacementRules;
pub use revisions::{RevisionIndex, StoredRevision};
pub use row::UnreadableLead;
pub use setting::{SettingGuard, SettingValue};

use crate::StoreError;
use expo_domain::Envelope;
use file::Connections;
use outbox::WaitingScan;
use replacement::Replacer;
use row::envelope_of;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// Name of the file in the data folder.
pub const FILE: &str = "leads.db";

/// Name of the setting that is true while the write-ahead log may hold deleted bytes.
const LOG_CLEANUP_DUE_SETTING: &str = "fold_due";

/// The open database.
pub struct Leads {
    // Dropped in this order: only the writer can checkpoint the write-ahead log, and only if it closes last.
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
    /// Allows one erasure at a time: its cleanup must not clear the mark of another one.
    erasing: Mutex<()>,
    path: PathBuf,
    /// `None` if a damaged file is an error.
    replacer: Option<Replacer>,
    waiting_scan: Mutex<WaitingScan>,
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
    /// What to add to the daily figures, besides the language.
    pub figures: Vec<(FigureKind, String)>,
}

impl Leads {
    /// Opens or creates the database in `folder`; before a migration, copies it in the same folder. A damaged file is an
    /// error and stays as it is; see [`Self::open_or_replace`]. If the folder cannot be written, opens a copy.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::or_copy(folder, Self::open_writable(folder))
    }

    fn open_writable(folder: &Path) -> Result<Self, StoreError> {
        file::create_private(folder)?;
        let path = folder.join(FILE);
        Ok(Self::new(file::open(&path)?, path, None))
    }

    fn new(connections: Connections, path: PathBuf, replacer: Option<Replacer>) -> Self {
        let leads = Self {
            reader: Mutex::new(connections.reader),
            writer: Mutex::new(connections.writer),
            erasing: Mutex::new(()),
            path,
            replacer,
            waiting_scan: Mutex::default(),
            copy: None,
        };
        // This fails while another program reads; the next erasure or retention run tries again.
        drop(leads.finish_erasures());
        leads
    }

    /// Path of the database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next ticket number of a kiosk at a stop; each number is returned once. It is part of the sealed bytes, so it is
    /// needed before sealing; if storing the lead fails, the number is skipped.
    pub fn next_ticket(&self, stop: &str, kiosk: &str) -> Result<u32, StoreError> {
        let number = self.write("taking a ticket number", |db| {
            db.prepare_cached(
                "INSERT INTO ticket (stop, kiosk, last) VALUES (?1, ?2, 1)
                 ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            )?
            .query_row(params![stop, kiosk], |row| row.get(0))
        })?;
        self.reserve_tickets(stop, kiosk, number)?;
        Ok(number)
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

    /// Problems found by SQLite's integrity check, which also compares indexes with their tables; empty for an intact
    /// database. Does not keep others from writing.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let check = || -> rusqlite::Result<Vec<String>> {
            // Its own connection: a large file takes seconds, and leads must not wait.
            let db = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            db.busy_timeout(file::BUSY_TIMEOUT)?;
            let mut rows = db.prepare("PRAGMA integrity_check(20)")?;
            rows.query_map([], |row| row.get(0))?.collect()
        };
        let found = check().map_err(|e| StoreError::sqlite(FILE, "checking leads.db", &e))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    fn write<T>(
        &self,
        context: &'static str,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.write_guarded(None, context, work)
    }

    /// Writes in one transaction that fails if the guarded setting has changed.
    fn write_guarded<T>(
        &self,
        guard: Option<&SettingGuard>,
        context: &'static str,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, context, &e);
        self.require_writable(context)?;
        self.replacing_damage(|| {
            let mut db = lock(&self.writer);
            let transaction = db
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(fail)?;
            guard.map_or(Ok(()), |guard| guard.require_unchanged(&transaction, context))?;
            let value = work(&transaction).map_err(fail)?;
            transaction.commit().map_err(fail)?;
            Ok(value)
        })
    }

    fn read<T>(
        &self,
        context: &'static str,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.read_guarded(None, context, work)
    }

    /// Reads in one transaction that fails if the guarded setting has changed.
    fn read_guarded<T>(
        &self,
        guard: Option<&SettingGuard>,
        context: &'static str,
        work: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, context, &e);
        self.replacing_damage(|| {
            let db = lock(&self.reader);
            let Some(guard) = guard else {
                return work(&db).map_err(fail);
            };
            let transaction = db.unchecked_transaction().map_err(fail)?;
            guard.require_unchanged(&transaction, context)?;
            work(&transaction).map_err(fail)
        })
    }
}

fn insert_lead(db: &Connection, lead: &SealedLead) -> rusqlite::Result<()> {
    insert_lead_row(db, &lead.envelope, &lead.day, lead.hour)?;
    let header = &lead.envelope.header;
    let state = OutboxState::of_new(lead.for_platform);
    db.prepare_cached("INSERT INTO outbox (id, revision, state) VALUES (?1, ?2, ?3)")?
        .execute(params![header.id.to_string(), header.revision, state.code()])?;
    Ok(())
}

fn insert_lead_row(db: &Connection, envelope: &Envelope, day: &str, hour: u8) -> rusqlite::Result<()> {
    let Envelope {
        header,
        sealed,
        sha256,
    } = envelope;
    db.prepare_cached(
        "INSERT INTO lead (id, revision, kind, stop, kiosk, ticket, taken_at, monotonic_ms, boot_id, language,
                           day, hour, sealed, sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        header.id.to_string(),
        header.revision,
        header.kind,
        header.stop,
        header.kiosk,
        header.ticket,
        header.taken_at.to_string(),
        header.monotonic_ms as i64,
        header.boot_id,
        header.language.code(),
        day,
        hour,
        sealed,
        sha256,
    ])?;
    Ok(())
}

/// The files of a database: the database itself, its write-ahead log and the index of the log.
fn files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        name.into()
    })
}

/// A poisoned lock means that another thread panicked between statements; SQLite rolled its transaction back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
