//! Stores partial downloads of pictures: at most a few files, named by the picture's SHA-256. The download itself and its
//! resumption are in `expo_sync::pictures`. Must not know: whether the bytes are correct; that is checked when a download is
//! complete.

use expo_domain::hash::is_sha256_hex;
use std::fs::{self, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Maximum number of partial downloads. One download runs at a time; more files only remain when the catalogue changes.
const MAX_PARTIAL_DOWNLOADS: usize = 4;

/// The folder of partial downloads.
pub(crate) struct PartialPictures(PathBuf);

impl PartialPictures {
    /// Partial downloads in `folder`. The first [`write`](Self::write) creates it.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Bytes downloaded so far.
    pub fn length(&self, hash: &str) -> u64 {
        let file = self.path(hash).and_then(|path| fs::metadata(path).ok());
        file.map_or(0, |file| file.len())
    }

    /// Writes a chunk at byte offset `at` and drops earlier bytes after that offset.
    ///
    /// # Errors
    /// `InvalidInput` if `hash` is not a SHA-256 in hex, or if the chunk would leave a gap.
    pub fn write(&self, hash: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(hash).ok_or(io::ErrorKind::InvalidInput)?;
        if !path.exists() {
            self.make_room()?;
        }
        let mut options = OpenOptions::new();
        let mut file = options.create(true).write(true).truncate(false).open(path)?;
        if file.metadata()?.len() < at {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        file.set_len(at)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }

    /// Returns the bytes of a partial download and deletes it.
    pub fn take(&self, hash: &str) -> io::Result<Vec<u8>> {
        let path = self.path(hash).ok_or(io::ErrorKind::InvalidInput)?;
        let bytes = fs::read(&path)?;
        fs::remove_file(path)?;
        Ok(bytes)
    }

    /// Deletes partial downloads of other pictures than the needed ones.
    pub fn retain(&self, is_needed: impl Fn(&str) -> bool) {
        for (_, path) in self.all() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !is_needed(&name) {
                // A later call tries again.
                let _ = fs::remove_file(&path);
            }
        }
    }

    fn make_room(&self) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let mut oldest_first = self.all();
        oldest_first.sort();
        let surplus = (oldest_first.len() + 1).saturating_sub(MAX_PARTIAL_DOWNLOADS);
        oldest_first
            .iter()
            .take(surplus)
            .try_for_each(|(_, path)| fs::remove_file(path))
    }

    /// Modification time and path of every partial download.
    fn all(&self) -> Vec<(Option<SystemTime>, PathBuf)> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let modified = |entry: &fs::DirEntry| entry.metadata().ok()?.modified().ok();
        entries.map(|entry| (modified(&entry), entry.path())).collect()
    }

    /// Path of a partial download. Accepts only 64 lower-case hex digits, so no path outside the folder is reachable.
    fn path(&self, hash: &str) -> Option<PathBuf> {
        is_sha256_hex(hash).then(|| self.0.join(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_append_truncate_and_are_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let partial = PartialPictures::new(&folder.path().join("parts"));
        let name = "ab".repeat(32);
        partial.write(&name, 0, b"0123456789").unwrap();
        partial.write(&name, 10, b"abc").unwrap();
        assert_eq!(partial.length(&name), 13);
        partial.write(&name, 4, b"XY").unwrap();
        assert!(partial.write(&name, 9, b"hole").is_err());
        assert_eq!(partial.take(&name).unwrap(), b"0123XY");
        assert!(partial.take(&name).is_err());
        for outside in ["../leads.db", "", &"AB".repeat(32)] {
            assert!(partial.write(outside, 0, b"x").is_err(), "{outside}");
        }
    }

    #[test]
    fn number_of_partial_pictures_is_limited() {
        let folder = tempfile::tempdir().unwrap();
        let partial = PartialPictures::new(folder.path());
        let names: Vec<String> = (0..9).map(|n| format!("{n:064}")).collect();
        for name in &names {
            partial.write(name, 0, b"partial").unwrap();
        }
        assert_eq!(partial.all().len(), MAX_PARTIAL_DOWNLOADS);
        assert_eq!(partial.length(&names[8]), 7);
        partial.retain(|name| name == names[8]);
        assert_eq!(partial.all().len(), 1);
    }
}
