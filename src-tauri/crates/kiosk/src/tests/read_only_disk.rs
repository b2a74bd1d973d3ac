//! A data folder that cannot be written when the program starts.

use super::small_disk::{SmallDisk, fill};
use super::{draft, provisioned_kiosk, unlocked_session};
use crate::views::DiskFault;
use crate::{CloseOrder, Demonstration, Kiosk, KioskError, LinuxMachine, Session};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn open(data: &Path) -> Kiosk {
    Kiosk::open(data, Arc::new(LinuxMachine::default())).unwrap()
}

/// A disk with a kiosk that has one lead, and its data folder.
fn disk_with_lead(test: &str) -> Option<(SmallDisk, PathBuf)> {
    let disk = SmallDisk::for_test(64, &format!("tests::read_only_disk::{test}"))?;
    let data = disk.path().join("data");
    let kiosk = open(&data);
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    drop(kiosk);
    Some((disk, data))
}

#[test]
fn read_only_kiosk_shows_closed_leads_and_exports() {
    let Some((disk, data)) = disk_with_lead("read_only_kiosk_shows_closed_leads_and_exports") else {
        return;
    };
    disk.make_read_only();
    let kiosk = open(&data);
    kiosk.begin_run().unwrap_err();
    assert!(
        !kiosk.boot(None).unwrap().leads_open,
        "visitors see it before they type"
    );
    assert!(matches!(kiosk.take_lead(&draft()), Err(KioskError::Store(_))));
    let mut session = unlocked_session(&kiosk);
    assert_eq!(
        kiosk.staff_today(&session).unwrap().disk_fault,
        Some(DiskFault::NotWritable)
    );
    kiosk
        .staff_open_leads(&mut session, Demonstration::PASSPHRASE)
        .unwrap();
    let out = tempfile::tempdir().unwrap();
    let order = CloseOrder {
        formats: vec![crate::views::ExportFormat::Csv],
        destination: out.path().to_owned(),
        ..CloseOrder::default()
    };
    let receipt = kiosk.close_day(&session, &order).unwrap();
    let text = fs::read_to_string(&receipt.files[0].path).unwrap();
    assert!(receipt.leads == 1 && text.contains("Test Visiteur"));
    let findings = kiosk.diagnose();
    assert!(
        findings
            .iter()
            .any(|finding| finding.code.code() == "disk_not_writable")
    );
    assert!(!kiosk.needs_restart());
    disk.make_writable();
    kiosk.maintain_disk().unwrap();
    assert!(kiosk.needs_restart() && !kiosk.boot(None).unwrap().leads_open);
    drop(kiosk);
    let kiosk = open(&data);
    assert!(!kiosk.needs_restart());
    kiosk.begin_run().unwrap();
    assert!(kiosk.boot(None).unwrap().leads_open);
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(kiosk.status().unwrap().leads, 2);
}

/// Power failed: the last leads are only in the write-ahead log.
#[test]
fn leads_in_the_log_are_readable_on_a_read_only_disk() {
    let Some((disk, data)) = disk_with_lead("leads_in_the_log_are_readable_on_a_read_only_disk") else {
        return;
    };
    let crashed = disk.path().join("crashed");
    fs::create_dir(&crashed).unwrap();
    let kiosk = open(&data);
    kiosk.take_lead(&draft()).unwrap();
    for name in ["leads.db", "leads.db-wal"] {
        fs::copy(data.join(name), crashed.join(name)).unwrap();
    }
    drop(kiosk);
    disk.make_read_only();
    assert_eq!(open(&crashed).status().unwrap().leads, 2);
}

/// Nothing that the kiosk could not keep is reported as done.
#[test]
fn changes_on_a_read_only_disk_fail() {
    let Some((disk, data)) = disk_with_lead("changes_on_a_read_only_disk_fail") else {
        return;
    };
    disk.make_read_only();
    let kiosk = open(&data);
    assert!(matches!(kiosk.requeue(None), Err(KioskError::Store(_))));
    let reply = expo_protocol::EnrolmentReply {
        kiosk: "K01".to_owned(),
        token: "token-of-16-chars".to_owned(),
        leads_recipient: expo_vault::seal::Identity::generate().recipient().to_string(),
        publisher_key: Demonstration::publisher_public().unwrap(),
        config_version: 1,
        stop: None,
    };
    let enrolled = kiosk.enrol("https://one.example", &reply, None);
    assert!(matches!(enrolled, Err(KioskError::Store(_))), "{enrolled:?}");
    assert_eq!(kiosk.enrolment().unwrap(), None);
}

#[test]
fn wrong_pins_count_on_a_read_only_disk() {
    let Some((disk, data)) = disk_with_lead("wrong_pins_count_on_a_read_only_disk") else {
        return;
    };
    disk.make_read_only();
    let kiosk = open(&data);
    let mut session = Session::default();
    for _ in 0..5 {
        kiosk.staff_unlock(&mut session, "111111").unwrap_err();
    }
    let right = kiosk.staff_unlock(&mut session, Demonstration::PIN);
    assert!(matches!(right, Err(KioskError::LockedOut { .. })), "{right:?}");
}

/// The free space says nothing: only the write test finds that the folder cannot be written.
#[test]
fn disk_check_closes_and_opens_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.maintain_disk().unwrap();
    assert!(kiosk.boot(None).unwrap().leads_open);
    // A folder in the place of the file cannot be written, also by root.
    let test_file = folder.path().join("write-test");
    fs::remove_file(&test_file).unwrap();
    fs::create_dir(&test_file).unwrap();
    kiosk.maintain_disk().unwrap();
    assert!(!kiosk.boot(None).unwrap().leads_open);
    fs::remove_dir(&test_file).unwrap();
    kiosk.maintain_disk().unwrap();
    assert!(kiosk.boot(None).unwrap().leads_open);
}

#[test]
fn empty_read_only_folder_is_an_error() {
    let Some(disk) = SmallDisk::for_test(8, "tests::read_only_disk::empty_read_only_folder_is_an_error")
    else {
        return;
    };
    disk.make_read_only();
    let opened = Kiosk::open(&disk.path().join("data"), Arc::new(LinuxMachine::default()));
    assert!(matches!(opened, Err(KioskError::Store(_))));
}

/// Entries of the audit log wait in memory while the disk is full.
#[test]
fn audit_log_is_completed_when_there_is_space_again() {
    let Some((disk, data)) = disk_with_lead("audit_log_is_completed_when_there_is_space_again") else {
        return;
    };
    let kiosk = open(&data);
    let filler = fill(disk.path());
    let before = kiosk.audit_log(9).unwrap();
    unlocked_session(&kiosk);
    assert_eq!(kiosk.audit_log(9).unwrap(), before);
    fs::remove_file(filler).unwrap();
    kiosk.maintain_disk().unwrap();
    let after = kiosk.audit_log(9).unwrap();
    assert_eq!(
        (after.len(), after[0].act.as_str()),
        (before.len() + 1, "staff_unlocked")
    );
}
