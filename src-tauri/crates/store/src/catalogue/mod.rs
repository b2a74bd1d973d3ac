//! `catalogue.db`: one whole version of the catalogue, never written after it took its name. A new version is built
//! beside it, synced, and renamed over it in one step; the one before stays as `catalogue.previous.db`.

mod build;
mod query;

pub use query::ProjectRows;

use crate::StoreError;
use domain::{Catalogue, RowTexts};
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

/// What is known of an installed version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// Version.
    pub version: u64,
    /// When it was published, RFC 3339.
    pub published_at: String,
    /// The signed checkpoint, byte for byte.
    pub checkpoint: String,
    /// Its signature.
    pub signature: String,
}

/// The catalogue on disk: at most a current and a previous version.
pub struct Catalogues {
    folder: PathBuf,
    open: Mutex<Option<Arc<Version>>>,
}

/// An open version; it stays whole and readable however often a newer one takes its place.
pub struct Version {
    db: Mutex<Connection>,
    stamp: Stamp,
    installed: Installed,
    /// Whether the order of all rows is that of the snapshot: files of the first format lack some of it.
    keeps_order: bool,
}

/// Tells one file from the next of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp(Option<SystemTime>, u64);

impl Catalogues {
    /// The catalogue in `folder`, which may be empty.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            open: Mutex::new(None),
        }
    }

    /// The version to show now, `None` before the first. Notices a version installed by another process. A file that
    /// is no catalogue is set aside: whatever else the kiosk does goes on without it.
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
                let aside = self.folder.join(DAMAGED);
                fs::rename(&path, aside)
                    .map_err(|e| StoreError::io("setting a damaged catalogue aside", &e))?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a damaged file was set aside and no version was installed since.
    pub fn was_damaged(&self) -> bool {
        self.folder.join(DAMAGED).exists()
    }

    /// Builds a version beside the current one and puts it in its place, whole or not at all; never in the place of a
    /// higher one, which another process may have brought meanwhile. `texts` are those of the catalogue's rows.
    pub fn install(
        &self,
        catalogue: &Catalogue,
        texts: &RowTexts,
        installed: &Installed,
    ) -> Result<(), StoreError> {
        let _alone = self.alone()?;
        // One that cannot be read stands in nobody's way. Opened anew: nobody who reads it waits.
        let path = self.folder.join(FILE);
        let shown = stamp(&path).and_then(|stamp| Version::open(&path, stamp).ok());
        let shown = shown.map_or(0, |shown| shown.installed.version);
        if shown > installed.version {
            let version = installed.version;
            return Err(StoreError::Outdated { version, shown });
        }
        let building = self.folder.join(BUILDING);
        remove(&building)?;
        let built =
            build::write(&building, catalogue, texts, installed).and_then(|()| self.swap_in(&building));
        if built.is_err() {
            // The half-built file is of no use to anybody; the error that matters is the first one.
            let _ = fs::remove_file(&building);
        }
        built
    }

    /// What is known of the version before the current one.
    pub fn previous(&self) -> Result<Option<Installed>, StoreError> {
        Ok(self.before()?.map(|version| version.installed))
    }

    /// The version before the current one.
    pub fn before(&self) -> Result<Option<Version>, StoreError> {
        let path = self.folder.join(PREVIOUS);
        match stamp(&path) {
            // After a crash between two steps of a switch both names may mean one file.
            Some(before) if stamp(&self.folder.join(FILE)) != Some(before.clone()) => {
                Version::open(&path, before).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Goes back to the previous version; the current one becomes the previous.
    pub fn roll_back(&self) -> Result<Option<Installed>, StoreError> {
        let _alone = self.alone()?;
        let Some(previous) = self.previous()? else {
            return Ok(None);
        };
        let building = self.folder.join(BUILDING);
        remove(&building)?;
        fs::hard_link(self.folder.join(PREVIOUS), &building)
            .map_err(|e| StoreError::io("going back to the previous catalogue", &e))?;
        self.swap_in(&building)?;
        Ok(Some(previous))
    }

    /// Makes others wait, in this process or another, until the guard is dropped.
    fn alone(&self) -> Result<fs::File, StoreError> {
        let fail = |e: std::io::Error| StoreError::io("waiting for another catalogue", &e);
        fs::create_dir_all(&self.folder).map_err(fail)?;
        let lock = fs::File::create(self.folder.join(LOCK)).map_err(fail)?;
        lock.lock().map_err(fail)?;
        Ok(lock)
    }

    /// Every step is one rename: whenever the power fails, `catalogue.db` is a whole version, old or new.
    fn swap_in(&self, built: &Path) -> Result<(), StoreError> {
        let fail = |e: std::io::Error| StoreError::io("putting the new catalogue in place", &e);
        let current = self.folder.join(FILE);
        if current.exists() {
            let next = self.folder.join(NEXT_PREVIOUS);
            remove(&next)?;
            fs::hard_link(&current, &next).map_err(fail)?;
            fs::rename(&next, self.folder.join(PREVIOUS)).map_err(fail)?;
        }
        fs::rename(built, &current).map_err(fail)?;
        remove(&self.folder.join(DAMAGED))?;
        // The rename must be on disk before anybody is told that the version is installed.
        #[cfg(unix)]
        fs::File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(fail)?;
        Ok(())
    }
}

impl Version {
    fn open(path: &Path, stamp: Stamp) -> Result<Self, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, "opening the catalogue", &e);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(fail)?;
        db.set_prepared_statement_cache_capacity(64);
        let about = |name: &str| -> Result<String, StoreError> {
            db.query_row("SELECT value FROM about WHERE name = ?1", [name], |row| {
                row.get(0)
            })
            .map_err(|e| without_description(&e))
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
        let format: u32 = db
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(fail)?;
        Ok(Self {
            db: Mutex::new(db),
            stamp,
            installed,
            keeps_order: format > 0,
        })
    }

    /// What is known of this version.
    pub const fn installed(&self) -> &Installed {
        &self.installed
    }

    fn read<T>(
        &self,
        context: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let db: MutexGuard<'_, Connection> = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        work(&db).map_err(|trouble| match trouble {
            Trouble::Sqlite(e) => StoreError::sqlite(FILE, context, &e),
            Trouble::Line(e) => StoreError::Damaged {
                file: FILE.to_owned(),
                problem: e.to_string(),
            },
        })
    }
}

/// What can go wrong inside a query: SQLite itself, or a stored line that is no row.
enum Trouble {
    Sqlite(rusqlite::Error),
    Line(serde_json::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Line(error)
    }
}

/// A file that can be read and does not describe itself is no catalogue. One that cannot be read now, because the disk or
/// another program is in the way, may be a good one.
fn without_description(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        None | Some(rusqlite::ErrorCode::Unknown) => StoreError::Damaged {
            file: FILE.to_owned(),
            problem: error.to_string(),
        },
        Some(_) => StoreError::sqlite(FILE, "opening the catalogue", error),
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = metadata.len();
    Some(Stamp(metadata.modified().ok(), number))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io("removing an old file", &e)),
        _ => Ok(()),
    }
}
