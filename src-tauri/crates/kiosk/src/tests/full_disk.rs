//! Real places: a disk that is really full, sticks that are really there.

use super::draft;
use crate::{Demonstration, Kiosk, KioskError, LinuxMachine, Machine, Session};
use jiff::Timestamp;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// This machine, with folders that stand for sticks.
struct WithSticks(LinuxMachine, Vec<(PathBuf, String)>);

impl Machine for WithSticks {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn boot_id(&self) -> String {
        self.0.boot_id()
    }
    fn monotonic_ms(&self) -> u64 {
        self.0.monotonic_ms()
    }
    fn disk_free(&self, path: &Path) -> u64 {
        self.0.disk_free(path)
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        self.1.clone()
    }
}

/// A file system of its own in memory, gone with its owner.
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

/// Where mounting is not allowed, the test runs once more in a name space in which it is.
fn in_a_name_space(test: &str) {
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

/// Fills a disk to its last byte.
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
fn on_a_full_disk_leads_are_taken_from_the_reserve_until_visitors_are_told() {
    let Some(disk) = SmallDisk::new(112) else {
        assert!(
            std::env::var_os("IN_NAME_SPACE").is_none(),
            "mounting is allowed here"
        );
        return in_a_name_space(
            "tests::places::on_a_full_disk_leads_are_taken_from_the_reserve_until_visitors_are_told",
        );
    };
    let data = disk.0.path().join("data");
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.tend_disk().unwrap();
    assert_eq!(fs::metadata(data.join("reserve")).unwrap().len(), 32 << 20);
    let filler = fill(disk.0.path());
    assert!(kiosk.leads_open(), "the reserve is there");
    let mut tickets = vec![kiosk.take_lead(&draft()).unwrap().ticket];
    assert!(!data.join("reserve").exists());
    assert!(kiosk.leads_open() && !kiosk.logs_open());
    assert_eq!(kiosk.room(), sync::Room::ForLeadsOnly);
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
    assert!(!kiosk.leads_open(), "said before anybody types");
    // What does not fit is an error, and what was thanked for is there.
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
    kiosk.tend_disk().unwrap();
    assert!(data.join("reserve").exists(), "made again");
    kiosk.take_lead(&draft()).unwrap();
    // The power goes, and comes back to a disk that is full by then.
    drop(kiosk);
    fill(disk.0.path());
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    assert!(!data.join("reserve").exists() && kiosk.leads_open());
    kiosk.take_lead(&draft()).unwrap();
}

fn with_stick(data: &Path, stick: &Path) -> (Kiosk, Session) {
    let sticks = vec![(stick.to_owned(), "STICK".to_owned())];
    let kiosk = Kiosk::open(data, Arc::new(WithSticks(LinuxMachine::default(), sticks))).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let mut session = Session::default();
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    (kiosk, session)
}

#[test]
fn a_bundle_on_a_stick_is_found_and_its_refusal_written_back_in_three_languages() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, session) = with_stick(data.path(), stick.path());
    assert!(kiosk.sticks().is_empty());
    fs::write(stick.path().join("catalogue.bundle"), "not a bundle").unwrap();
    fs::write(stick.path().join("holiday.jpg"), "no").unwrap();
    fs::create_dir(stick.path().join("folder.bundle")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", stick.path().join("link.bundle")).unwrap();
    let found = kiosk.sticks();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].name.as_str(), found[0].stick.as_str()),
        ("catalogue.bundle", "STICK")
    );
    let path = PathBuf::from(&found[0].path);
    let refused = kiosk.import_from_stick(&path).unwrap_err();
    assert_eq!(refused.code(), "not_a_bundle");
    let progress = kiosk.staff_import_progress(&session).unwrap();
    assert_eq!(progress.stage, crate::views::ImportStage::Refused);
    assert_eq!(progress.refused.as_deref(), Some("not_a_bundle"));
    let note = fs::read_to_string(stick.path().join("catalogue.bundle.refused.txt")).unwrap();
    for part in ["not_a_bundle", "siège", "المقر", "headquarters"] {
        assert!(note.contains(part), "{part}: {note}");
    }
    assert_eq!(kiosk.sticks().len(), 1, "a note is no bundle");
}

#[cfg(unix)]
#[test]
fn nothing_on_a_stick_leads_to_the_kiosks_own_files() {
    use std::os::unix::fs::symlink;
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, _) = with_stick(data.path(), stick.path());
    let ticket = kiosk.take_lead(&draft()).unwrap().ticket;
    let rubbish = stick.path().join("x.bundle");
    fs::write(&rubbish, "not a bundle").unwrap();
    let own = data.path().join("leads.db");
    let before = fs::read(&own).unwrap();
    for name in ["x.bundle.refused.txt", "x.bundle.refused.part"] {
        symlink(&own, stick.path().join(name)).unwrap();
    }
    assert_eq!(
        kiosk.import_from_stick(&rubbish).unwrap_err().code(),
        "not_a_bundle"
    );
    assert_eq!(fs::read(&own).unwrap(), before);
    let note = stick.path().join("x.bundle.refused.txt");
    assert!(!note.is_symlink() && fs::read_to_string(&note).unwrap().contains("not_a_bundle"));
    assert!(!stick.path().join("x.bundle.refused.part").exists());
    // A pipe in the note's place would hold whoever opens it.
    fs::remove_file(&note).unwrap();
    assert!(Command::new("mkfifo").arg(&note).status().unwrap().success());
    kiosk.import_from_stick(&rubbish).unwrap_err();
    assert!(fs::metadata(&note).unwrap().is_file());
    // The operator's command is not led off a stick either.
    let link = stick.path().join("link.bundle");
    symlink(&own, &link).unwrap();
    let refused = kiosk.import(&link).unwrap_err();
    assert!(refused.to_string().contains("a link"), "{refused}");
    symlink(&own, stick.path().join("x.bundle.minisig")).unwrap();
    let refused = kiosk.import(&rubbish).unwrap_err();
    assert!(refused.to_string().contains("a link"), "{refused}");
    drop(kiosk);
    let kiosk = Kiosk::open(data.path(), Arc::new(LinuxMachine::default())).unwrap();
    assert_eq!(kiosk.status().unwrap().leads, 1, "{ticket} is still there");
}

#[test]
fn nothing_is_taken_that_lies_on_no_stick() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, session) = with_stick(data.path(), stick.path());
    let elsewhere = data.path().join("catalogue.bundle");
    fs::write(&elsewhere, "not a bundle").unwrap();
    for path in [
        elsewhere.clone(),
        stick.path().join("../x.bundle"),
        stick.path().join("gone.bundle"),
    ] {
        assert_eq!(kiosk.import_from_stick(&path).unwrap_err().code(), "setup");
    }
    assert!(!data.path().join("catalogue.bundle.refused.txt").exists());
    // The operator's command takes a file from anywhere, and leaves no word there.
    assert_eq!(kiosk.import(&elsewhere).unwrap_err().code(), "not_a_bundle");
    assert!(!data.path().join("catalogue.bundle.refused.txt").exists());
    assert!(kiosk.staff_catalogue(&session).unwrap().shown.is_none());
    assert!(matches!(
        kiosk.staff_roll_back(&session, 1),
        Err(KioskError::NoPrevious)
    ));
}
