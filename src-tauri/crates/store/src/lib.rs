//! The two databases and the only SQL of the kiosk. `leads.db` keeps sealed leads for ever until they may go;
//! `catalogue.db` is one whole version of the catalogue. Must not know what a sealed lead holds, nor the network.

pub mod catalogue;
pub mod leads;

pub use catalogue::{Catalogues, Installed, ProjectRows};
pub use leads::{Basis, Leads, NewLead, OutboxState, Outgoing, Retention};

/// Why a database cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left on the disk.
    #[error("the disk is full: free space, then try again")]
    Full,
    /// The database file is damaged.
    #[error("{file} is damaged: {problem}")]
    Damaged {
        /// Its name.
        file: String,
        /// What SQLite says.
        problem: String,
    },
    /// Written by a newer program.
    #[error("{file} was written by a newer program: install that version again")]
    Newer {
        /// Its name.
        file: String,
    },
    /// A setting that work rests on is another than when the work began.
    #[error("the {name} was changed meanwhile: nothing was done, begin anew")]
    Superseded {
        /// Name of the setting.
        name: &'static str,
    },
    /// A catalogue that would take the place of a higher version.
    #[error("version {version} is older than version {shown}, which is shown")]
    Outdated {
        /// The version offered.
        version: u64,
        /// The version shown.
        shown: u64,
    },
    /// Anything else SQLite or the file system says.
    #[error("{context}: {problem}")]
    Other {
        /// What was being done.
        context: &'static str,
        /// What was said.
        problem: String,
    },
}

impl StoreError {
    pub(crate) fn sqlite(file: &str, context: &'static str, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::Full,
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged {
                file: file.to_owned(),
                problem: error.to_string(),
            },
            _ => Self::Other {
                context,
                problem: error.to_string(),
            },
        }
    }

    /// What the file system said, while doing something.
    pub fn io(context: &'static str, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Other {
                context,
                problem: error.to_string(),
            },
        }
    }
}
