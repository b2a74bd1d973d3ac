//! The shelf: picture files on disk, each named by the SHA-256 of its bytes, written whole or not at all, checked
//! again whenever one is taken.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A folder of picture files.
#[derive(Debug, Clone)]
pub struct Shelf(PathBuf);

impl Shelf {
    /// The shelf in `folder`, which is created with the first picture.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The bytes of a picture, `None` when it is not there. A file that is not what its name says is removed, so
    /// that it is fetched again.
    pub fn get(&self, hash: &str) -> Option<Vec<u8>> {
        let path = self.path(hash)?;
        let bytes = fs::read(&path).ok()?;
        if hex::encode(Sha256::digest(&bytes)) == hash {
            return Some(bytes);
        }
        // Removing may fail on a read-only disk; the picture is missing either way.
        let _ = fs::remove_file(&path);
        None
    }

    /// Whether a picture of that length lies there; its bytes are checked when it is taken.
    pub fn has(&self, hash: &str, bytes: u64) -> bool {
        self.path(hash)
            .and_then(|path| fs::metadata(path).ok())
            .is_some_and(|found| found.len() == bytes)
    }

    /// Puts a picture on the shelf.
    ///
    /// # Errors
    /// `InvalidData` when the bytes are not those of the name, or what the file system says.
    pub fn put(&self, hash: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self
            .path(hash)
            .filter(|_| hex::encode(Sha256::digest(bytes)) == hash)
            .ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the picture is not what its name says",
                )
            })?;
        if self.has(hash, bytes.len() as u64) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        let part = path.with_extension("part");
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_data()?;
        fs::rename(&part, &path)
    }

    /// Only 64 lower-case hex digits name a picture: no other path can be reached.
    fn path(&self, hash: &str) -> Option<PathBuf> {
        let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (hash.len() == 64 && hash.bytes().all(is_hex)).then(|| self.0.join(&hash[..2]).join(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_kept_under_its_hash_and_nothing_else_can_be_reached() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path());
        let hash = hex::encode(Sha256::digest(b"picture"));
        assert_eq!(shelf.get(&hash), None);
        shelf.put(&hash, b"picture").unwrap();
        assert!(shelf.has(&hash, 7));
        assert_eq!(shelf.get(&hash).as_deref(), Some(&b"picture"[..]));
        assert!(shelf.put(&hash, b"other").is_err());
        let path = format!("../{}", &hash[3..]);
        assert!(shelf.put(&path, b"picture").is_err());
        assert_eq!(shelf.get("../../etc/passwd"), None);
    }

    #[test]
    fn a_picture_damaged_on_disk_is_not_shown_and_makes_room_for_a_good_one() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path());
        let hash = hex::encode(Sha256::digest(b"picture"));
        shelf.put(&hash, b"picture").unwrap();
        fs::write(shelf.path(&hash).unwrap(), b"pictur!").unwrap();
        assert_eq!(shelf.get(&hash), None);
        assert!(!shelf.has(&hash, 7));
        shelf.put(&hash, b"picture").unwrap();
        assert!(shelf.get(&hash).is_some());
    }
}
