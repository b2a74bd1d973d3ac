//! The platform's store: one SQLite database in a folder. The only SQL of the platform. Safe to use from several
//! programs at once. Must not know HTTP.

mod catalogue;
mod enrolment;
mod kiosks;
mod leads;

pub use catalogue::CatalogueError;
pub use enrolment::{Enrolment, EnrolmentError};
pub use kiosks::KioskRow;
pub use leads::{LeadRow, Received};

use rusqlite::{Connection, TransactionBehavior};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One file a version of the schema; never changed once released.
const MIGRATIONS: [&str; 1] = [include_str!("1.sql")];
/// How long a program waits for another that writes.
const BUSY: Duration = Duration::from_secs(15);

/// The database did not do its work.
#[derive(Debug, thiserror::Error)]
#[error("the store: {0}")]
pub struct StoreError(pub String);

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        // Values may be personal: say what kind of fault, not what was read.
        Self(format!("a document in it cannot be read: {:?}", error.classify()))
    }
}

/// An open store: one connection that writes, one that reads, so that readers do not wait for a commit.
pub struct Store {
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
}

impl Store {
    /// Opens the store in a folder, making what is missing.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let fault = |e: std::io::Error| StoreError(format!("{}: {e}", dir.display()));
        fs::create_dir_all(dir).map_err(fault)?;
        // Opened leads lie in here in clear: it is the platform's own machine, but its owner's alone.
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(fault)?;
        let path = dir.join("platform.db");
        let mut writer = connect(&path)?;
        migrate(&mut writer)?;
        let reader = connect(&path)?;
        Ok(Self {
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
        })
    }

    /// Whether it answers.
    pub fn check(&self) -> Result<(), StoreError> {
        Ok(self.reader().query_row("SELECT 1", [], |_| Ok(()))?)
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic rolls its transaction back: the connection stays good.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Brings the schema up to date. The version is read under the write lock: two programs may begin at once.
fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newer = || StoreError("it was made by a newer program; update this one".to_owned());
    for migration in MIGRATIONS.get(version..).ok_or_else(newer)? {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
    Ok(transaction.commit()?)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A receipt is a promise: what it speaks of must outlive a power cut.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    Ok(db)
}
