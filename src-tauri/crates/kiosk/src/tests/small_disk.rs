//! A small disk for tests, mounted in memory.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system in memory; dropping it unmounts it.
pub(super) struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// A disk for the test with this name. `None` if mounting needs a namespace, where the test has then passed.
    pub fn for_test(mebibytes: u32, test: &str) -> Option<Self> {
        let disk = Self::new(mebibytes);
        if disk.is_none() {
            assert!(
                std::env::var_os("IN_NAME_SPACE").is_none(),
                "mounting must be allowed in the namespace"
            );
            run_in_namespace(test);
        }
        disk
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Makes the disk read-only, as a kernel does after an error.
    pub fn make_read_only(&self) {
        self.remount("ro");
    }

    /// Makes the disk writable again.
    pub fn make_writable(&self) {
        self.remount("rw");
    }

    fn remount(&self, mode: &str) {
        let options = format!("remount,{mode}");
        let mut mount = Command::new("mount");
        let done = mount.args(["-o", &options]).arg(self.0.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn new(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path());
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        mounted.then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.0.path()).output());
    }
}

/// Runs a test again in a namespace where mounting is allowed.
fn run_in_namespace(test: &str) {
    let me = std::env::current_exe().unwrap();
    let again = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount"])
        .arg(me)
        .args(["--exact", test])
        .env("IN_NAME_SPACE", "1")
        .output()
        .unwrap();
    assert!(
        again.status.success(),
        "{}",
        String::from_utf8_lossy(&again.stdout)
    );
}

/// Fills a disk completely.
pub(super) fn fill(folder: &Path) -> PathBuf {
    let path = folder.join("filler");
    let mut file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .unwrap();
    for piece in [1 << 20, 1 << 12, 1] {
        while file.write_all(&vec![b'x'; piece]).is_ok() {}
    }
    path
}
