//! The databases of the kiosk and all of its SQL. `leads.db` holds sealed leads until they may be deleted;
//! `catalogue.db` holds one complete catalogue version; `visits.db` anonymous counts. Must not know: the content of a sealed lead, or the network.

pub mod catalogue;
pub mod leads;
pub mod visits;

pub use catalogue::{Catalogues, Installed, ProjectRows};
pub use leads::{Leads, OutboxState, Retention, SealedLead, SettingGuard};

/// Failure of a database operation.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left on the disk.
    #[error("the disk is full: free space, then try again")]
    Full,
    /// The disk cannot be written, or not be read: it is read-only, or it fails.
    #[error("{context}: the disk cannot be used ({problem}): check the disk, its mount and the permissions")]
    DiskFailure {
        /// The operation.
        context: &'static str,
        /// Message of SQLite or the file system.
        problem: String,
    },
    /// The database file is damaged.
    #[error("{file} is damaged: {problem}")]
    Damaged {
        /// File name.
        file: String,
        /// Message of SQLite.
        problem: String,
    },
    /// Written by a newer program.
    #[error("{file} was written by a newer program: install that version again")]
    Newer {
        /// File name.
        file: String,
    },
    /// A setting that the operation depends on changed since the operation began.
    #[error("the {name} has changed: nothing was done, start again")]
    Superseded {
        /// Name of the setting.
        name: &'static str,
    },
    /// A catalogue version that is older than the installed one.
    #[error("version {version} is older than version {installed}, which is installed")]
    Outdated {
        /// The version offered.
        version: u64,
        /// The installed version.
        installed: u64,
    },
    /// Any other failure of SQLite or the file system.
    #[error("{context}: {problem}")]
    Other {
        /// The operation.
        context: &'static str,
        /// Message of SQLite or the file system.
        problem: String,
    },
}

/// The code of SQLite, also of a statement that does not fit the schema.
pub(crate) fn error_code(error: &rusqlite::Error) -> Option<rusqlite::ErrorCode> {
    match error {
        rusqlite::Error::SqlInputError { error, .. } => Some(error.code),
        error => error.sqlite_error_code(),
    }
}

/// Whether a database is damaged, or its schema is not the one of this program. Never true for a busy database, a full disk,
/// missing rights or a failing disk.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{ConstraintViolation, DatabaseCorrupt, NotADatabase, TypeMismatch, Unknown};
    matches!(
        error_code(error),
        Some(DatabaseCorrupt | NotADatabase | Unknown | ConstraintViolation | TypeMismatch)
    )
}

impl StoreError {
    pub(crate) fn sqlite(file: &str, context: &'static str, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, PermissionDenied, ReadOnly, SystemIoFailure,
        };
        match error_code(error) {
            Some(DiskFull) => Self::Full,
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged {
                file: file.to_owned(),
                problem: error.to_string(),
            },
            Some(CannotOpen | PermissionDenied | ReadOnly | SystemIoFailure) => Self::DiskFailure {
                context,
                problem: error.to_string(),
            },
            _ => Self::Other {
                context,
                problem: error.to_string(),
            },
        }
    }

    /// Whether the disk is full, read-only or fails: the operation itself was right.
    pub const fn is_of_disk(&self) -> bool {
        matches!(self, Self::Full | Self::DiskFailure { .. })
    }

    /// An error of the file system during the operation `context`.
    pub fn io(context: &'static str, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                Self::DiskFailure {
                    context,
                    problem: error.to_string(),
                }
            }
            _ => Self::Other {
                context,
                problem: error.to_string(),
            },
        }
    }
}
