//! A disk that is really full.

use super::draft;
use crate::{Demonstration, Kiosk, KioskError, LinuxMachine};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// A small file system in memory; dropping it unmounts it.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
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
fn fill(folder: &Path) -> PathBuf {
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

#[test]
fn full_disk_uses_the_reserve_then_closes_leads() {
    let Some(disk) = SmallDisk::new(112) else {
        assert!(
            std::env::var_os("IN_NAME_SPACE").is_none(),
            "mounting must be allowed in the namespace"
        );
        return run_in_namespace("tests::full_disk::full_disk_uses_the_reserve_then_closes_leads");
    };
    let data = disk.0.path().join("data");
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.maintain_disk().unwrap();
    assert_eq!(fs::metadata(data.join("reserve")).unwrap().len(), 32 << 20);
    let filler = fill(disk.0.path());
    assert!(kiosk.can_take_leads(), "the reserve exists");
    let mut tickets = vec![kiosk.take_lead(&draft()).unwrap().ticket];
    assert!(!data.join("reserve").exists());
    assert!(kiosk.can_take_leads() && !kiosk.has_room_for_logs());
    assert_eq!(kiosk.disk.space(), expo_sync::DiskSpace::ForLeadsOnly);
    assert!(
        kiosk
            .diagnose()
            .iter()
            .any(|finding| finding.code == "reserve_gone")
    );
    for _ in 0..20 {
        tickets.push(kiosk.take_lead(&draft()).unwrap().ticket);
    }
    fill(disk.0.path());
    assert!(!kiosk.can_take_leads(), "visitors see it before they type");
    // A lead that does not fit is an error; leads with a ticket are stored.
    let mut error = None;
    while error.is_none() {
        match kiosk.take_lead(&draft()) {
            Ok(thanks) => tickets.push(thanks.ticket),
            Err(other) => error = Some(other),
        }
    }
    assert!(matches!(error, Some(KioskError::Store(_))), "{error:?}");
    drop(kiosk);
    fs::remove_file(filler).unwrap();
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    assert_eq!(kiosk.status().unwrap().leads, tickets.len() as u32);
    kiosk.maintain_disk().unwrap();
    assert!(data.join("reserve").exists(), "created again");
    kiosk.take_lead(&draft()).unwrap();
    // The kiosk starts again on a disk that is full by then.
    drop(kiosk);
    fill(disk.0.path());
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    assert!(!data.join("reserve").exists() && kiosk.can_take_leads());
    kiosk.take_lead(&draft()).unwrap();
}
