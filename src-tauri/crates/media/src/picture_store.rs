//! The picture store: files named by the SHA-256 of their bytes. Writes are atomic, each read checks the bytes, and
//! files without references are removed after a grace period.

use expo_domain::hash::{is_sha256_hex, sha256_hex};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// A folder of picture files.
#[derive(Debug, Clone)]
pub struct PictureStore(PathBuf);

/// Result of [`PictureStore::remove_unused`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CleanupStats {
    /// Number of removed files.
    pub files: u64,
    /// Total size of the removed files.
    pub bytes: u64,
}

impl PictureStore {
    /// A store in `folder`. The first [`put`](Self::put) creates the folder.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The bytes of a picture, or `None` if it is missing. Removes a file that does not match its hash, so that the kiosk
    /// downloads it again.
    pub fn get(&self, hash: &str) -> Option<Vec<u8>> {
        let path = self.path(hash)?;
        let bytes = fs::read(&path).ok()?;
        if sha256_hex(&bytes) == hash {
            return Some(bytes);
        }
        // The removal can fail on a read-only disk. The picture counts as missing either way.
        let _ = fs::remove_file(&path);
        None
    }

    /// Whether a picture with this size exists. Only [`get`](Self::get) checks its bytes.
    pub fn has(&self, hash: &str, bytes: u64) -> bool {
        self.path(hash)
            .and_then(|path| fs::metadata(path).ok())
            .is_some_and(|metadata| metadata.is_file() && metadata.len() == bytes)
    }

    /// Stores a picture durably. An existing file is checked, and its grace period starts again.
    ///
    /// # Errors
    /// `InvalidData` when the bytes do not match the hash, otherwise the error of the file system.
    pub fn put(&self, hash: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self
            .path(hash)
            .filter(|_| sha256_hex(bytes) == hash)
            .ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, "the picture does not match its hash")
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

    /// Removes pictures that are not in `referenced` and were stored more than `grace` before `now`, and temporary files
    /// that a crash left. Does not touch other files in the folder. Keeps files with a time in the future, because the
    /// clock may have been set back.
    pub fn remove_unused(
        &self,
        referenced: &HashSet<String>,
        now: SystemTime,
        grace: Duration,
    ) -> io::Result<CleanupStats> {
        let mut stats = CleanupStats::default();
        for folder in folders(&self.0)? {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let is_picture = is_sha256_hex(&name)
                    && entry.path().parent() == self.path(&name).as_deref().and_then(Path::parent);
                let metadata = entry.metadata()?;
                let old = now
                    .duration_since(metadata.modified()?)
                    .is_ok_and(|age| age > grace);
                let temporary = name.starts_with(".tmp");
                if metadata.is_file() && old && (temporary || (is_picture && !referenced.contains(&name))) {
                    fs::remove_file(entry.path())?;
                    stats.files += 1;
                    stats.bytes += metadata.len();
                }
            }
        }
        Ok(stats)
    }

    /// Path of a picture. Accepts only 64 lower-case hex digits, so no path outside the store is reachable.
    fn path(&self, hash: &str) -> Option<PathBuf> {
        is_sha256_hex(hash).then(|| self.0.join(&hash[..2]).join(hash))
    }
}

/// The subfolders with pictures; none if the store does not exist yet.
fn folders(store: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(store) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        // Symbolic links are not part of the store.
        if entry.file_type()?.is_dir() && entry.file_name().len() == 2 {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// Makes a new directory entry durable. Where folders cannot be opened, the file system does it automatically.
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

    fn new_store() -> (tempfile::TempDir, PictureStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = PictureStore::new(&folder.path().join("pictures"));
        (folder, store)
    }

    fn put(store: &PictureStore, bytes: &[u8]) -> String {
        let hash = sha256_hex(bytes);
        store.put(&hash, bytes).unwrap();
        hash
    }

    fn set_modified(path: &Path, when: SystemTime) {
        File::options()
            .append(true)
            .open(path)
            .unwrap()
            .set_modified(when)
            .unwrap();
    }

    #[test]
    fn only_hashes_are_valid_names() {
        let (_folder, store) = new_store();
        let hash = sha256_hex(b"picture");
        assert_eq!(store.get(&hash), None);
        store.put(&hash, b"picture").unwrap();
        assert!(store.has(&hash, 7));
        assert_eq!(store.get(&hash).as_deref(), Some(&b"picture"[..]));
        assert!(store.put(&hash, b"other").is_err());
        let path = format!("../{}", &hash[3..]);
        assert!(store.put(&path, b"picture").is_err());
        assert_eq!(store.get("../../etc/passwd"), None);
    }

    #[test]
    fn damaged_picture_is_not_returned_and_is_replaced() {
        let (_folder, store) = new_store();
        let hash = put(&store, b"picture");
        let path = store.path(&hash).unwrap();
        fs::write(&path, b"pictur!").unwrap();
        assert_eq!(store.get(&hash), None);
        assert!(!store.has(&hash, 7));
        put(&store, b"picture");
        assert!(store.get(&hash).is_some());
        // `put` also repairs a file whose damage was not detected by a read.
        fs::write(&path, b"pictur!").unwrap();
        put(&store, b"picture");
        assert_eq!(fs::read(&path).unwrap(), b"picture");
        let files = fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(files, 1, "only the picture");
    }

    #[test]
    fn only_old_unreferenced_pictures_are_removed() {
        let (_folder, store) = new_store();
        let now = SystemTime::now();
        let [shown, fresh, old, future] =
            [&b"shown"[..], b"fresh", b"old", b"future"].map(|bytes| put(&store, bytes));
        for hash in [&shown, &old] {
            set_modified(&store.path(hash).unwrap(), now - 2 * DAY);
        }
        set_modified(&store.path(&future).unwrap(), now + 9 * DAY);
        // A temporary file that a crash left, and files that are not part of the store.
        let folder = store.path(&old).unwrap().parent().unwrap().to_owned();
        for name in [".tmpAbCdEf", "notes.txt", &"0".repeat(64)] {
            fs::write(folder.join(name), b"12345").unwrap();
            set_modified(&folder.join(name), now - 2 * DAY);
        }
        let referenced = HashSet::from([shown.clone()]);
        let stats = store.remove_unused(&referenced, now, DAY).unwrap();
        assert_eq!(stats, CleanupStats { files: 2, bytes: 8 });
        assert!(store.get(&old).is_none());
        for hash in [&shown, &fresh, &future] {
            assert!(store.get(hash).is_some());
        }
        assert!(folder.join("notes.txt").exists() && folder.join("0".repeat(64)).exists());
        assert_eq!(
            store.remove_unused(&referenced, now, DAY).unwrap(),
            CleanupStats::default()
        );
    }

    #[test]
    fn storing_a_picture_again_restarts_its_grace_period() {
        let (_folder, store) = new_store();
        let hash = put(&store, b"picture");
        let now = SystemTime::now();
        set_modified(&store.path(&hash).unwrap(), now - 3 * DAY);
        put(&store, b"picture");
        let stats = store.remove_unused(&HashSet::new(), now, DAY).unwrap();
        assert_eq!(stats, CleanupStats::default());
        let empty = PictureStore::new(Path::new("/nowhere/at/all"));
        assert_eq!(empty.remove_unused(&HashSet::new(), now, DAY).unwrap(), stats);
    }
}
