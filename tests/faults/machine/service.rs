//! The service of systemd: what the program tells systemd, and the installation of the unit.

use acceptance::programs::{Kiosk, Platform, program, repository};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_mins(2);

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The next message to the socket of systemd.
fn message(socket: &UnixDatagram) -> String {
    let mut bytes = [0; 128];
    let length = socket.recv(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

#[test]
fn systemd_is_told_that_the_kiosk_is_ready_and_alive() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let mut platform = Platform::new(&folder.path().join("platform")).unwrap();
    platform.start().unwrap();
    kiosk.enrol(&platform).unwrap();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(TIMEOUT)).unwrap();
    let mut command = Command::new(program("expo-kiosk").unwrap());
    command.arg("--data-dir").arg(&kiosk.folder).arg("sync");
    command.env("NOTIFY_SOCKET", &path).stdout(Stdio::null());
    let _running = Running(command.spawn().unwrap());
    assert_eq!(message(&socket), "READY=1");
    assert_eq!(message(&socket), "WATCHDOG=1");
    assert_eq!(message(&socket), "WATCHDOG=1");
}

fn install(root: &Path) {
    let output = Command::new(repository().join("scripts/systemd/install.sh"))
        .arg("--program")
        .arg(program("expo-kiosk").unwrap())
        .arg("--root")
        .arg(root)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// All files and folders below `folder` with their modes, and the content of files.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        let content = if metadata.is_file() {
            fs::read(&path).unwrap()
        } else {
            Vec::new()
        };
        if metadata.is_dir() {
            found.extend(tree(&path));
        }
        found.insert(path, (metadata.permissions().mode() & 0o7777, content));
    }
    found
}

/// Needs root, because only root can give files to another user.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

#[test]
fn installation_can_be_repeated() {
    if !is_root() {
        return;
    }
    let root = tempfile::tempdir().unwrap();
    install(root.path());
    let first = tree(root.path());
    // Of a removed package, for its 'purge'.
    fs::write(
        root.path().join("var/lib/expo-kiosk/status-at-removal.json"),
        "{}",
    )
    .unwrap();
    install(root.path());
    assert!(
        tree(root.path()) == first,
        "the second installation changes something"
    );
    let mode = |path: &str| first[&root.path().join(path)].0;
    assert_eq!(mode("usr/local/bin/expo-kiosk"), 0o755);
    assert_eq!(mode("etc/systemd/system/expo-kiosk.service"), 0o644);
    assert_eq!(mode("var/lib/expo-kiosk"), 0o700);
    let enabled = "etc/systemd/system/multi-user.target.wants/expo-kiosk.service";
    assert!(first.contains_key(&root.path().join(enabled)));
    let users = fs::read_to_string(root.path().join("etc/passwd")).unwrap();
    let user = users
        .lines()
        .find(|line| line.starts_with("expo-kiosk:"))
        .unwrap();
    assert!(user.ends_with(":/var/lib/expo-kiosk:/usr/sbin/nologin"), "{user}");
}

/// The exposure of the unit, in tenths; lower is better. The current unit has 22.
#[test]
fn unit_is_hardened() {
    let unit = repository().join("scripts/systemd/expo-kiosk.service");
    let text = fs::read_to_string(&unit).unwrap();
    for line in [
        "Restart=always",
        "WatchdogSec=60",
        "LimitCORE=0",
        "MemorySwapMax=0",
        "UMask=0077",
        "NoNewPrivileges=yes",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
    let analysed = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--threshold=25"])
        .arg(&unit)
        .output()
        .unwrap();
    assert!(
        analysed.status.success(),
        "{}",
        String::from_utf8_lossy(&analysed.stdout)
    );
}

/// systemd knows all settings of the unit. The programs that it names are on the kiosk only.
#[test]
fn unit_has_no_unknown_setting() {
    let unit = repository().join("scripts/systemd/expo-kiosk.service");
    let verified = Command::new("systemd-analyze")
        .arg("verify")
        .arg(&unit)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&verified.stderr);
    let problems: Vec<_> = text
        .lines()
        .filter(|line| line.contains("expo-kiosk.service") && !line.contains("is not executable"))
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
}
