//! Parts of pictures whose download broke off: files named by the picture's SHA-256, a few at most. Nothing in them counts
//! until the whole was checked.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Most parts kept. One download runs at a time; more than a few only remain when pictures leave the catalogue.
const MOST: usize = 4;

/// The folder of parts.
pub(crate) struct Parts(PathBuf);

impl Parts {
    /// The parts in `folder`, which is created with the first.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Bytes that came so far.
    pub fn length(&self, hash: &str) -> u64 {
        let file = self.path(hash).and_then(|path| fs::metadata(path).ok());
        file.map_or(0, |file| file.len())
    }

    /// Keeps a piece at its place and cuts off what stood behind.
    pub fn keep(&self, hash: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
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

    /// The bytes of a part, which is gone then.
    pub fn take(&self, hash: &str) -> io::Result<Vec<u8>> {
        let path = self.path(hash).ok_or(io::ErrorKind::InvalidInput)?;
        let bytes = fs::read(&path)?;
        fs::remove_file(path)?;
        Ok(bytes)
    }

    /// Removes parts of pictures that nobody needs any more.
    pub fn keep_only(&self, needed: impl Fn(&str) -> bool) {
        for (_, path) in self.all() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !needed(&name) {
                // One that cannot be removed is tried again, and there are only a few.
                let _ = fs::remove_file(&path);
            }
        }
    }

    fn make_room(&self) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let mut parts = self.all();
        parts.sort();
        let surplus = (parts.len() + 1).saturating_sub(MOST);
        parts
            .iter()
            .take(surplus)
            .try_for_each(|(_, path)| fs::remove_file(path))
    }

    fn all(&self) -> Vec<(Option<SystemTime>, PathBuf)> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let written = |entry: &fs::DirEntry| entry.metadata().ok()?.modified().ok();
        entries.map(|entry| (written(&entry), entry.path())).collect()
    }

    /// Only 64 lower-case hex digits name a picture: no other path can be reached.
    fn path(&self, hash: &str) -> Option<PathBuf> {
        let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (hash.len() == 64 && hash.bytes().all(is_hex)).then(|| self.0.join(hash))
    }
}

/// Makes sure that a file of `length` bytes lies on the disk with every byte allotted.
pub(crate) fn allot(path: &Path, length: u64) -> io::Result<()> {
    let file = File::create(path)?;
    fs4::FileExt::allocate(&file, length)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_grows_is_cut_back_and_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let parts = Parts::new(&folder.path().join("parts"));
        let name = "ab".repeat(32);
        parts.keep(&name, 0, b"0123456789").unwrap();
        parts.keep(&name, 10, b"abc").unwrap();
        assert_eq!(parts.length(&name), 13);
        parts.keep(&name, 4, b"XY").unwrap();
        assert!(parts.keep(&name, 9, b"hole").is_err());
        assert_eq!(parts.take(&name).unwrap(), b"0123XY");
        assert!(parts.take(&name).is_err());
        for outside in ["../leads.db", "", &"AB".repeat(32)] {
            assert!(parts.keep(outside, 0, b"x").is_err(), "{outside}");
        }
    }

    #[test]
    fn only_a_few_parts_stay() {
        let folder = tempfile::tempdir().unwrap();
        let parts = Parts::new(folder.path());
        let names: Vec<String> = (0..9).map(|n| format!("{n:064}")).collect();
        for name in &names {
            parts.keep(name, 0, b"part").unwrap();
        }
        assert_eq!(parts.all().len(), MOST);
        assert_eq!(parts.length(&names[8]), 4);
        parts.keep_only(|name| name == names[8]);
        assert_eq!(parts.all().len(), 1);
    }
}
