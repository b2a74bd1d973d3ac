//! A copy of `leads.db` in memory, for a data folder that cannot be written: SQLite needs to write files next to a database
//! even to read it. Staff can still export. Must not know: what is read.

use super::{FILE, Leads};
use crate::StoreError;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

impl Leads {
    /// The opened database. If the folder cannot be written, a copy: then reading works, and every write fails with
    /// [`StoreError::DiskFailure`].
    pub(super) fn or_copy(folder: &Path, opened: Result<Self, StoreError>) -> Result<Self, StoreError> {
        match opened {
            Err(error) if error.is_of_disk() && folder.join(FILE).exists() => {
                // If there is no copy either, the first error says more.
                Self::open_copy(folder).map_err(|_| error)
            }
            opened => opened,
        }
    }

    /// Whether this is a copy because the data folder could not be written when it was opened.
    pub const fn is_copy(&self) -> bool {
        self.copy.is_some()
    }

    fn open_copy(folder: &Path) -> Result<Self, StoreError> {
        let fail = |e: std::io::Error| StoreError::io("copying leads.db", &e);
        let copy = temporary_folder().map_err(fail)?;
        for name in [FILE.to_owned(), format!("{FILE}-wal")] {
            let source = folder.join(&name);
            if source.exists() {
                fs::copy(&source, copy.path().join(&name)).map_err(fail)?;
            }
        }
        let mut leads = Self::open_writable(copy.path())?;
        leads.copy = Some(copy);
        Ok(leads)
    }

    /// An error if this is a copy: what is written to it would be lost.
    pub(super) fn require_writable(&self, context: &'static str) -> Result<(), StoreError> {
        if self.is_copy() {
            Err(StoreError::DiskFailure {
                context,
                problem: "it could not be written when the program started".to_owned(),
            })
        } else {
            Ok(())
        }
    }
}

/// A folder for its owner only, in memory if possible: it must not be on the disk that fails.
fn temporary_folder() -> std::io::Result<TempDir> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let places = runtime
        .into_iter()
        .chain([PathBuf::from("/dev/shm"), std::env::temp_dir()]);
    let mut result = Err(std::io::ErrorKind::NotFound.into());
    for place in places {
        result = tempfile::Builder::new().prefix("expo-kiosk-").tempdir_in(place);
        if result.is_ok() {
            break;
        }
    }
    result
}
