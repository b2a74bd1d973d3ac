//! Files on a medium that may fail, fill up or be pulled out: how exports are created, written and read back. Must not
//! know: what is written.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// How files of exports reach a medium. Tests replace it by a medium that fails.
pub trait Medium: Send + Sync {
    /// Creates a new file that only its owner may read.
    fn create(&self, path: &Path) -> io::Result<File>;
    /// Writes all of these bytes.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    /// Returns when the content is on the medium.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Opens a synced file so that its bytes come from the medium, as far as the system allows it.
    fn read_back(&self, path: &Path) -> io::Result<Box<dyn Read>>;
}

/// The file system.
pub struct FileSystem;

impl Medium for FileSystem {
    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        // The mode is set by `open`, not afterwards: a FAT stick that another user mounted refuses `chmod`.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn read_back(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let file = File::open(path)?;
        drop_from_page_cache(&file);
        Ok(Box::new(file))
    }
}

/// Makes the system forget what it holds of a synced file in memory. Some file systems hold everything in memory; then
/// this has no effect.
#[cfg(target_os = "linux")]
fn drop_from_page_cache(file: &File) {
    // The comparison that follows is valid either way, so a failure does not matter.
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn drop_from_page_cache(_: &File) {}
