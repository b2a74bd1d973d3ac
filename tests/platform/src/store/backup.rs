//! Backups of an SQLite store: one file, consistent while the platform runs, and a store made from it again. Must not
//! know: the keys, which are backed up separately.

use super::address::StoreAddress;
use super::database::Store;
use super::error::StoreError;
use super::sqlite::{SCHEMA_VERSION, migrate};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// How far a restored store raises the number of the next erasure. Kiosks may have received numbers that the backup does
/// not know, and must never see one again.
const ERASURE_NUMBER_GAP: i64 = 1_000_000;
/// Name of the database in the folder of a store.
const DATABASE_FILE: &str = "platform.db";

/// Why a store cannot be backed up or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store is a PostgreSQL database.
    #[error(
        "this store is a PostgreSQL database: back it up with pg_dump, see 'Backups' in the headquarters guide"
    )]
    Postgres,
    /// A file exists that would be overwritten.
    #[error("{} exists, and is never overwritten; choose another place", .0.display())]
    Exists(PathBuf),
    /// A file exists that SQLite would apply to the new database.
    #[error(
        "{} is left over from another database, and would be applied to this one; choose another place, or move it away",
        .0.display()
    )]
    LeftOver(PathBuf),
    /// The file is not a complete backup of a platform.
    #[error("{} is not a complete backup of a platform: {problem}", .file.display())]
    NotABackup {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {problem}", .file.display())]
    File {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl BackupError {
    fn file(file: &Path, problem: impl std::fmt::Display) -> Self {
        Self::File {
            file: file.to_owned(),
            problem: problem.to_string(),
        }
    }

    fn content(file: &Path, problem: impl std::fmt::Display) -> Self {
        Self::NotABackup {
            file: file.to_owned(),
            problem: problem.to_string(),
        }
    }
}

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupSummary {
    /// Leads that can be read.
    pub leads: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
}

impl Store {
    /// Copies the SQLite store to a new file that only its owner can read. Kiosks go on sending leads; the file holds
    /// those that were stored when the copy began.
    pub fn back_up(&self, out: &Path) -> Result<BackupSummary, BackupError> {
        let database = self.sqlite_file().ok_or(BackupError::Postgres)?;
        copy(database, out, |_| Ok(()))
    }
}

/// Makes a store from a backup. Its folder must have none yet.
pub fn restore(backup: &Path, address: &StoreAddress) -> Result<BackupSummary, BackupError> {
    let StoreAddress::Folder(folder) = address else {
        return Err(BackupError::Postgres);
    };
    check(backup)?;
    fs::create_dir_all(folder).map_err(|e| BackupError::file(folder, e))?;
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(folder, private).map_err(|e| BackupError::file(folder, e))?;
    copy(backup, &folder.join(DATABASE_FILE), continue_after_restore)
}

/// Kiosks are ahead of a restored store: their reports are not those of copies, and numbers of erasures continue above
/// all that they received.
fn continue_after_restore(db: &mut Connection) -> Result<(), StoreError> {
    migrate(db)?;
    db.execute("UPDATE kiosk SET report_line = NULL", [])?;
    let highest: Option<i64> = db.query_row("SELECT max(seq) FROM erasure_notice", [], |row| row.get(0))?;
    let stored: Option<i64> = db.query_row(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = 'erasure_notice'",
        [],
        |row| row.get(0),
    )?;
    let next = highest.max(stored).unwrap_or_default() + ERASURE_NUMBER_GAP;
    db.execute("DELETE FROM sqlite_sequence WHERE name = 'erasure_notice'", [])?;
    db.execute(
        "INSERT INTO sqlite_sequence VALUES ('erasure_notice', ?1)",
        [next],
    )?;
    Ok(())
}

/// Refuses a file that is damaged, of another program, or of a newer version of this one.
fn check(backup: &Path) -> Result<(), BackupError> {
    let fault = |problem: String| BackupError::content(backup, problem);
    if !backup.is_file() {
        return Err(BackupError::file(backup, "there is no such file"));
    }
    let db = read_only(backup).map_err(|e| fault(e.to_string()))?;
    let integrity: String = db
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|e| fault(e.to_string()))?;
    if integrity != "ok" {
        return Err(fault(integrity));
    }
    let version: usize = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|e| fault(e.to_string()))?;
    if version > SCHEMA_VERSION {
        return Err(fault(
            "it was made by a newer program; update this one".to_owned(),
        ));
    }
    leads(&db).map(|_| ()).map_err(|e| fault(e.to_string()))
}

fn read_only(file: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn leads(db: &Connection) -> rusqlite::Result<u64> {
    db.query_row("SELECT count(*) FROM lead", [], |row| row.get(0))
}

/// Copies a database to a new file, completely or not at all, and changes the copy.
fn copy(
    from: &Path,
    out: &Path,
    change: fn(&mut Connection) -> Result<(), StoreError>,
) -> Result<BackupSummary, BackupError> {
    if out.exists() {
        return Err(BackupError::Exists(out.to_owned()));
    }
    if let Some(left_over) = side_files(out).into_iter().find(|file| file.exists()) {
        return Err(BackupError::LeftOver(left_over));
    }
    let partial = with_ending(out, ".part");
    let result = write_copy(from, &partial, change).and_then(|summary| {
        name_without_replacing(&partial, out)?;
        Ok(summary)
    });
    // Only there after a failure.
    fs::remove_file(&partial).ok();
    let summary = result?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let synced = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    synced.map_err(|e| BackupError::file(out, e))?;
    Ok(summary)
}

/// The files next to a database that SQLite applies to it: its log, the index of the log, and the rollback journal.
fn side_files(database: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|ending| with_ending(database, ending))
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A link fails if another command made the file in the meantime; a rename would replace it. Sticks have no links.
fn name_without_replacing(partial: &Path, out: &Path) -> Result<(), BackupError> {
    match fs::hard_link(partial, out) {
        Ok(()) => fs::remove_file(partial).map_err(|e| BackupError::file(partial, e)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupError::Exists(out.to_owned()))
        }
        Err(_) => fs::rename(partial, out).map_err(|e| BackupError::file(out, e)),
    }
}

fn write_copy(
    from: &Path,
    partial: &Path,
    change: fn(&mut Connection) -> Result<(), StoreError>,
) -> Result<BackupSummary, BackupError> {
    let fault = |error: rusqlite::Error| BackupError::file(partial, error);
    // SQLite fills an empty file and keeps its permissions. Left over by a command that was killed, it may not be empty.
    fs::remove_file(partial).ok();
    for left_over in side_files(partial) {
        fs::remove_file(left_over).ok();
    }
    let created = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(partial);
    created.map_err(|e| BackupError::file(partial, e))?;
    let name = partial
        .to_str()
        .ok_or_else(|| BackupError::file(partial, "the name is not UTF-8"))?;
    let source = read_only(from).map_err(|e| BackupError::file(from, e))?;
    source.execute("VACUUM INTO ?1", [name]).map_err(fault)?;
    let mut db = Connection::open(partial).map_err(fault)?;
    change(&mut db).map_err(|e| BackupError::file(partial, e))?;
    let leads = leads(&db).map_err(fault)?;
    drop(db);
    let file = File::open(partial).map_err(|e| BackupError::file(partial, e))?;
    file.sync_all().map_err(|e| BackupError::file(partial, e))?;
    let bytes = file.metadata().map_err(|e| BackupError::file(partial, e))?.len();
    Ok(BackupSummary { leads, bytes })
}
