//! The shelf: picture files on disk, each named by the SHA-256 of its bytes, written whole or not at all, checked
//! again whenever one is taken, and cleared away when no catalogue has referred to them for a while.

use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// A folder of picture files.
#[derive(Debug, Clone)]
pub struct Shelf(PathBuf);

/// What was cleared away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Collected {
    /// Files removed.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

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
        if is_named(hash, &bytes) {
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
            .is_some_and(|found| found.is_file() && found.len() == bytes)
    }

    /// Puts a picture on the shelf, durably. One that lies there already is checked, and kept for another while.
    ///
    /// # Errors
    /// `InvalidData` when the bytes are not those of the name, or what the file system says.
    pub fn put(&self, hash: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(hash).filter(|_| is_named(hash, bytes)).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "the picture is not what its name says",
            )
        })?;
        if self.get(hash).is_some() {
            return File::options()
                .append(true)
                .open(&path)?
                .set_modified(SystemTime::now());
        }
        let folder = path.parent().unwrap_or(&self.0);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            sync_folder(&self.0)?;
        }
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_data()?;
        file.persist(&path)?;
        sync_folder(folder)
    }

    /// Removes pictures that are not in `referenced` and were put here more than `grace` before `now`, and what a
    /// crash left of others. Whatever else lies in the folder is not touched. A file from the future is kept: the
    /// clock may have been turned back.
    pub fn collect(
        &self,
        referenced: &HashSet<String>,
        now: SystemTime,
        grace: Duration,
    ) -> io::Result<Collected> {
        let mut collected = Collected::default();
        for folder in folders(&self.0)? {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let ours = is_hash(&name)
                    && entry.path().parent() == self.path(&name).as_deref().and_then(Path::parent);
                let metadata = entry.metadata()?;
                let old = now
                    .duration_since(metadata.modified()?)
                    .is_ok_and(|age| age > grace);
                let left_over = name.starts_with(".tmp");
                if metadata.is_file() && old && (left_over || (ours && !referenced.contains(&name))) {
                    fs::remove_file(entry.path())?;
                    collected.files += 1;
                    collected.bytes += metadata.len();
                }
            }
        }
        Ok(collected)
    }

    /// Only 64 lower-case hex digits name a picture: no other path can be reached.
    fn path(&self, hash: &str) -> Option<PathBuf> {
        is_hash(hash).then(|| self.0.join(&hash[..2]).join(hash))
    }
}

fn is_hash(name: &str) -> bool {
    let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    name.len() == 64 && name.bytes().all(is_hex)
}

fn is_named(hash: &str, bytes: &[u8]) -> bool {
    hex::encode(Sha256::digest(bytes)) == hash
}

/// The folders in which pictures lie; none when there is no shelf yet.
fn folders(shelf: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(shelf) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        // A link is no folder of ours, wherever it leads.
        if entry.file_type()?.is_dir() && entry.file_name().len() == 2 {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// Makes a new name in a folder durable; where folders cannot be opened, the file system does it by itself.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    fn shelf() -> (tempfile::TempDir, Shelf) {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(&folder.path().join("pictures"));
        (folder, shelf)
    }

    fn put(shelf: &Shelf, bytes: &[u8]) -> String {
        let hash = hex::encode(Sha256::digest(bytes));
        shelf.put(&hash, bytes).unwrap();
        hash
    }

    fn made(path: &Path, when: SystemTime) {
        File::options()
            .append(true)
            .open(path)
            .unwrap()
            .set_modified(when)
            .unwrap();
    }

    #[test]
    fn a_picture_is_kept_under_its_hash_and_nothing_else_can_be_reached() {
        let (_folder, shelf) = shelf();
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
        let (_folder, shelf) = shelf();
        let hash = put(&shelf, b"picture");
        let path = shelf.path(&hash).unwrap();
        fs::write(&path, b"pictur!").unwrap();
        assert_eq!(shelf.get(&hash), None);
        assert!(!shelf.has(&hash, 7));
        put(&shelf, b"picture");
        assert!(shelf.get(&hash).is_some());
        // Damaged again without anybody having looked: putting it mends it.
        fs::write(&path, b"pictur!").unwrap();
        put(&shelf, b"picture");
        assert_eq!(fs::read(&path).unwrap(), b"picture");
        let left = fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(left, 1, "nothing but the picture");
    }

    #[test]
    fn pictures_that_nobody_refers_to_are_cleared_away_after_a_while_and_no_others() {
        let (_folder, shelf) = shelf();
        let now = SystemTime::now();
        let [shown, fresh, old, future] =
            [&b"shown"[..], b"fresh", b"old", b"future"].map(|bytes| put(&shelf, bytes));
        for hash in [&shown, &old] {
            made(&shelf.path(hash).unwrap(), now - 2 * DAY);
        }
        made(&shelf.path(&future).unwrap(), now + 9 * DAY);
        // What a crash leaves, and what is none of ours.
        let folder = shelf.path(&old).unwrap().parent().unwrap().to_owned();
        for name in [".tmpAbCdEf", "notes.txt", &"0".repeat(64)] {
            fs::write(folder.join(name), b"12345").unwrap();
            made(&folder.join(name), now - 2 * DAY);
        }
        let referenced = HashSet::from([shown.clone()]);
        let collected = shelf.collect(&referenced, now, DAY).unwrap();
        assert_eq!(collected, Collected { files: 2, bytes: 8 });
        assert!(shelf.get(&old).is_none());
        for hash in [&shown, &fresh, &future] {
            assert!(shelf.get(hash).is_some());
        }
        assert!(folder.join("notes.txt").exists() && folder.join("0".repeat(64)).exists());
        assert_eq!(
            shelf.collect(&referenced, now, DAY).unwrap(),
            Collected::default()
        );
    }

    #[test]
    fn a_picture_that_is_put_again_is_kept_for_another_while() {
        let (_folder, shelf) = shelf();
        let hash = put(&shelf, b"picture");
        let now = SystemTime::now();
        made(&shelf.path(&hash).unwrap(), now - 3 * DAY);
        put(&shelf, b"picture");
        let collected = shelf.collect(&HashSet::new(), now, DAY).unwrap();
        assert_eq!(collected, Collected::default());
        let empty = Shelf::new(Path::new("/nowhere/at/all"));
        assert_eq!(empty.collect(&HashSet::new(), now, DAY).unwrap(), collected);
    }
}
