//! Why files cannot be written to a destination. Must not know: what is written, how windows say it.

use std::io::{self, ErrorKind};

/// Why files cannot be written to a destination.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DestinationFault {
    /// The destination is in the data folder.
    #[error("this is the kiosk's data folder, which must not hold readable leads")]
    DataFolder,
    /// The stick is not there, or was pulled out.
    #[error("the stick is no longer plugged in, and the export does not count")]
    Removed,
    /// There is another stick than the one that staff chose.
    #[error("another stick is plugged in now")]
    Exchanged,
    /// Too little space.
    #[error("it has {free} free bytes, and the files need {needed}")]
    Full {
        /// Bytes of the files.
        needed: u64,
        /// Free bytes.
        free: u64,
    },
    /// Write-protected, or without the right to write.
    #[error("it is write-protected")]
    ReadOnly,
    /// The file system has a limit, such as 4 GiB on FAT32.
    #[error("its file system takes no file of this size")]
    TooLarge,
    /// The bytes read back are not those that were written.
    #[error("it does not give back what was written: it is damaged")]
    Corrupt,
    /// Any other failure.
    #[error("it fails ({0})")]
    Failing(ErrorKind),
}

impl DestinationFault {
    /// The fault that a failed operation shows. `needed` and `free` are bytes.
    pub(crate) fn of(error: &io::Error, needed: u64, free: u64) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { needed, free },
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            ErrorKind::FileTooLarge => Self::TooLarge,
            kind => Self::Failing(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_operations_show_their_fault() {
        let fault = |kind: ErrorKind| DestinationFault::of(&kind.into(), 2, 1);
        assert_eq!(
            fault(ErrorKind::StorageFull),
            DestinationFault::Full { needed: 2, free: 1 }
        );
        assert_eq!(fault(ErrorKind::ReadOnlyFilesystem), DestinationFault::ReadOnly);
        assert_eq!(fault(ErrorKind::PermissionDenied), DestinationFault::ReadOnly);
        assert_eq!(fault(ErrorKind::FileTooLarge), DestinationFault::TooLarge);
        let other = fault(ErrorKind::TimedOut);
        assert_eq!(other, DestinationFault::Failing(ErrorKind::TimedOut));
    }
}
