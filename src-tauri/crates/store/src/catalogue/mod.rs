//! `catalogue.db`: one complete catalogue version, immutable once it has this name. A new version is built in another
//! file, synced, and renamed over it; the previous one stays as `catalogue.previous.db`.
//! Must not know: where versions come from.

mod build;
mod query;

pub use query::ProjectRows;

use crate::StoreError;
use expo_domain::{Catalogue, JsonRows};
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Name of the file in the data folder.
pub const FILE: &str = "catalogue.db";
const PREVIOUS: &str = "catalogue.previous.db";
const BUILDING: &str = "catalogue.building.db";
const NEXT_PREVIOUS: &str = "catalogue.previous.new";
const DAMAGED: &str = "catalogue.damaged.db";
const LOCK: &str = "catalogue.lock";

/// Description of an installed version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// Version.
    pub version: u64,
    /// Time of publication, RFC 3339.
    pub published_at: String,
    /// The signed checkpoint, byte for byte.
    pub checkpoint: String,
    /// Its signature.
    pub signature: String,
}

/// The catalogue on disk: at most an installed and a previous version.
pub struct Catalogues {
    folder: PathBuf,
    open: Mutex<Option<Arc<Version>>>,
}

/// An open version. It stays complete and readable after newer ones are installed.
pub struct Version {
    db: Mutex<Connection>,
    stamp: FileStamp,
    installed: Installed,
    /// Whether the file stores the snapshot's order of all rows; files of the first format do not.
    has_row_order: bool,
    /// Whether the file has a table of documents; files of earlier programs do not.
    has_documents: bool,
}

/// Distinguishes files with the same name: modification time and inode, or size where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FileStamp(Option<SystemTime>, u64);

impl Catalogues {
    /// The catalogue in `folder`, which may be empty.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            open: Mutex::new(None),
        }
    }

    /// The installed version; `None` if there is none. Detects a version installed by another process. A damaged file is
    /// renamed, so that the kiosk works without a catalogue.
    pub fn current(&self) -> Result<Option<Arc<Version>>, StoreError> {
        let path = self.folder.join(FILE);
        let Some(stamp) = stamp(&path) else {
            return Ok(None);
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(version) = open.as_ref().filter(|v| v.stamp == stamp) {
            return Ok(Some(Arc::clone(version)));
        }
        match Version::open(&path, stamp) {
            Ok(version) => {
                let version = Arc::new(version);
                *open = Some(Arc::clone(&version));
                Ok(Some(version))
            }
            Err(StoreError::Damaged { .. }) => {
                self.rename_damaged()?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Renames the file of a version whose rows turned out to be damaged, so that the kiosk works without a catalogue until
    /// it gets one again. No effect if another version is installed since.
    pub fn retire_damaged(&self, version: &Version) -> Result<(), StoreError> {
        let _lock = self.lock_versions()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if stamp(&self.folder.join(FILE)).as_ref() == Some(&version.stamp) {
            self.rename_damaged()?;
            *open = None;
        }
        Ok(())
    }

    fn rename_damaged(&self) -> Result<(), StoreError> {
        fs::rename(self.folder.join(FILE), self.folder.join(DAMAGED))
            .map_err(|e| StoreError::io("renaming a damaged catalogue", &e))
    }

    /// Whether a damaged file was renamed and no version was installed since.
    pub fn was_damaged(&self) -> bool {
        self.folder.join(DAMAGED).exists()
    }

    /// Installs a version, completely or not at all. Fails with [`StoreError::Outdated`] if a higher version is installed,
    /// perhaps by another process. `texts` are the JSON texts of the catalogue's rows.
    pub fn install(
        &self,
        catalogue: &Catalogue,
        texts: &JsonRows,
        installed: &Installed,
    ) -> Result<(), StoreError> {
        let _lock = self.lock_versions()?;
        // An unreadable version does not prevent the installation. It is opened again, so that no reader has to wait.
        let path = self.folder.join(FILE);
        let current = stamp(&path).and_then(|stamp| Version::open(&path, stamp).ok());
        let current = current.map_or(0, |current| current.installed.version);
        if current > installed.version {
            return Err(StoreError::Outdated {
                version: installed.version,
                installed: current,
            });
        }
        let building = self.folder.join(BUILDING);
        remove(&building)?;
        let built =
            build::write(&building, catalogue, texts, installed).and_then(|()| self.swap_in(&building));
        if built.is_err() {
            // The first error matters; a failure to remove the incomplete file does not.
            let _ = fs::remove_file(&building);
        }
        built
    }

    /// Description of the previous version.
    pub fn previous(&self) -> Result<Option<Installed>, StoreError> {
        Ok(self.open_previous()?.map(|version| version.installed))
    }

    /// The previous version.
    pub fn open_previous(&self) -> Result<Option<Version>, StoreError> {
        let path = self.folder.join(PREVIOUS);
        match stamp(&path) {
            // After a crash between two steps of a switch, both names may refer to the same file.
            Some(previous) if stamp(&self.folder.join(FILE)) != Some(previous.clone()) => {
                Version::open(&path, previous).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Rolls back to the previous version; the current one becomes the previous one. `None` if there is no previous one.
    pub fn roll_back(&self) -> Result<Option<Installed>, StoreError> {
        let _lock = self.lock_versions()?;
        let Some(previous) = self.previous()? else {
            return Ok(None);
        };
        let building = self.folder.join(BUILDING);
        remove(&building)?;
        fs::hard_link(self.folder.join(PREVIOUS), &building)
            .map_err(|e| StoreError::io("rolling back to the previous catalogue", &e))?;
        self.swap_in(&building)?;
        Ok(Some(previous))
    }

    /// Locks out other installations, in this process and others, until the returned file is dropped.
    fn lock_versions(&self) -> Result<fs::File, StoreError> {
        let fail = |e: std::io::Error| StoreError::io("waiting for another installation of a catalogue", &e);
        fs::create_dir_all(&self.folder).map_err(fail)?;
        let lock = fs::File::create(self.folder.join(LOCK)).map_err(fail)?;
        lock.lock().map_err(fail)?;
        Ok(lock)
    }

    /// Each step is one rename: after a power failure, `catalogue.db` is a complete version, old or new.
    fn swap_in(&self, built: &Path) -> Result<(), StoreError> {
        let fail = |e: std::io::Error| StoreError::io("installing the new catalogue", &e);
        let current = self.folder.join(FILE);
        if current.exists() {
            let next = self.folder.join(NEXT_PREVIOUS);
            remove(&next)?;
            fs::hard_link(&current, &next).map_err(fail)?;
            fs::rename(&next, self.folder.join(PREVIOUS)).map_err(fail)?;
        }
        fs::rename(built, &current).map_err(fail)?;
        remove(&self.folder.join(DAMAGED))?;
        // The rename must be on disk before this version is reported as installed.
        #[cfg(unix)]
        fs::File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(fail)?;
        Ok(())
    }
}

impl Version {
    fn open(path: &Path, stamp: FileStamp) -> Result<Self, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, "opening the catalogue", &e);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(fail)?;
        db.set_prepared_statement_cache_capacity(64);
        let about = |name: &str| -> Result<String, StoreError> {
            db.query_row("SELECT value FROM about WHERE name = ?1", [name], |row| {
                row.get(0)
            })
            .map_err(|e| missing_description(&e))
        };
        let installed = Installed {
            version: about("version")?.parse().map_err(|_| StoreError::Damaged {
                file: FILE.to_owned(),
                problem: "its version is not a number".to_owned(),
            })?,
            published_at: about("published_at")?,
            checkpoint: about("checkpoint")?,
            signature: about("signature")?,
        };
        if installed.published_at.parse::<jiff::Timestamp>().is_err() {
            return Err(StoreError::Damaged {
                file: FILE.to_owned(),
                problem: "its time of publication is not a time".to_owned(),
            });
        }
        let format: u32 = db
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(fail)?;
        Ok(Self {
            db: Mutex::new(db),
            stamp,
            installed,
            has_row_order: format > 0,
            has_documents: format > 1,
        })
    }

    /// Description of this version.
    pub const fn installed(&self) -> &Installed {
        &self.installed
    }

    fn read<T>(
        &self,
        context: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, RowError>,
    ) -> Result<T, StoreError> {
        let db: MutexGuard<'_, Connection> = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        work(&db).map_err(|error| match error {
            RowError::Sqlite(e) => StoreError::sqlite(FILE, context, &e),
            RowError::Json(e) => StoreError::Damaged {
                file: FILE.to_owned(),
                problem: e.to_string(),
            },
        })
    }
}

/// Failure of a query: SQLite, or stored text that is not a valid row.
enum RowError {
    Sqlite(rusqlite::Error),
    Json(serde_json::Error),
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<serde_json::Error> for RowError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// A readable file without a description is not a catalogue. A file that is unreadable now, because of the disk or another
/// program, may be intact.
fn missing_description(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        None | Some(rusqlite::ErrorCode::Unknown) => StoreError::Damaged {
            file: FILE.to_owned(),
            problem: error.to_string(),
        },
        Some(_) => StoreError::sqlite(FILE, "opening the catalogue", error),
    }
}

fn stamp(path: &Path) -> Option<FileStamp> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = metadata.len();
    Some(FileStamp(metadata.modified().ok(), number))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io("removing an old file", &e)),
        _ => Ok(()),
    }
}
