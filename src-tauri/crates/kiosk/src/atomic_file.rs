//! Atomic file writes. Must not know: the content of the files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// As the process creates files.
    Default,
    /// Only the owner of the file, from its creation on.
    Owner,
}

/// Writes `path` completely or not at all: `write` fills the new file `temporary` in the same folder, which is synced and
/// renamed. An existing file or link at either path is replaced, never followed. After a failure `temporary` is removed.
pub(crate) fn write_atomic<T, E: From<io::Error>>(
    path: &Path,
    temporary: &Path,
    access: Access,
    write: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    let result = create_new(temporary, access)
        .map_err(E::from)
        .and_then(|mut file| {
            let value = write(&mut file)?;
            file.flush()?;
            file.sync_all()?;
            fs::rename(temporary, path)?;
            path.parent().map_or(Ok(()), sync_folder)?;
            Ok(value)
        });
    if result.is_err() {
        // If this fails too, the next write replaces the temporary file.
        let _ = fs::remove_file(temporary);
    }
    result
}

fn create_new(path: &Path, access: Access) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    // The mode is set by `open`, not afterwards: a FAT stick that another user mounted refuses `chmod`.
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    options.open(path)
}

/// A renamed file survives a power cut or an unplugged stick only after its folder is synced.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_write_keeps_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, temporary) = (folder.path().join("file"), folder.path().join("file.part"));
        write_atomic(&path, &temporary, Access::Default, |file| file.write_all(b"old")).unwrap();
        let failed: io::Result<()> = write_atomic(&path, &temporary, Access::Default, |file| {
            file.write_all(b"new")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert!(!temporary.exists());
    }

    #[cfg(unix)]
    #[test]
    fn owner_access_is_set_before_the_content_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, temporary) = (folder.path().join("file"), folder.path().join("file.part"));
        let mode: io::Result<u32> = write_atomic(&path, &temporary, Access::Owner, |file| {
            Ok(file.metadata()?.permissions().mode())
        });
        assert_eq!(mode.unwrap() & 0o777, 0o600);
    }
}
