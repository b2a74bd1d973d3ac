//! Key files.

use crate::keys;
use std::fs;

#[test]
fn key_files_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("publisher.key");
    let public = keys::generate(&path).unwrap();
    assert_eq!(keys::secret(&path).unwrap().public(), public);
    assert_eq!(keys::public(&keys::public_path(&path)).unwrap(), public);
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let before = fs::read(&path).unwrap();
    assert!(matches!(keys::generate(&path), Err(keys::KeyError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(matches!(keys::public(&path), Err(keys::KeyError::Key { .. })));
    assert!(matches!(
        keys::secret(&folder.path().join("none")),
        Err(keys::KeyError::File { .. })
    ));
}
