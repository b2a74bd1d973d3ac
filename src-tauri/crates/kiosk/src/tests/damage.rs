//! A damaged `leads.db`: leads are still taken, sent and exported, and every loss is reported.

use super::{draft, enrol, kiosk, order, provisioned_kiosk, unlocked_session};
use crate::{Demonstration, Kiosk, SalvageOrder};
use expo_domain::AuditAct;
use expo_sync::{LocalStore, QueuePosition};
use std::fs;
use std::path::Path;

/// Changes the time of the lead with this ticket into something that is not a time.
fn damage_lead(folder: &Path, ticket: &str) {
    let path = folder.join("leads.db");
    let mut bytes = fs::read(&path).unwrap();
    let mut found = 0;
    for at in 0..bytes.len() - ticket.len() {
        if bytes[at..].starts_with(ticket.as_bytes()) {
            bytes[at + ticket.len()] = b'x';
            found += 1;
        }
    }
    assert_eq!(found, 1);
    fs::write(path, bytes).unwrap();
}

/// An enrolled kiosk that took this many leads, closed.
fn folder_with_leads(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    for _ in 0..count {
        kiosk.take_lead(&draft()).unwrap();
    }
    folder
}

fn waiting(kiosk: &Kiosk) -> usize {
    kiosk.sync_port().waiting(QueuePosition::START, 99).unwrap().len()
}

fn codes(kiosk: &Kiosk) -> Vec<&'static str> {
    kiosk
        .diagnose()
        .into_iter()
        .map(|finding| finding.code.code())
        .collect()
}

#[test]
fn one_unreadable_lead_is_reported_and_the_others_are_exported() {
    let folder = folder_with_leads(3);
    damage_lead(folder.path(), "DEM-K01-0002");
    let (kiosk, _) = kiosk(folder.path());
    assert_eq!(waiting(&kiosk), 2);
    assert_eq!(kiosk.sync_port().facts().unwrap().waiting, 2);
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
    assert_eq!((receipt.leads, receipt.unopened, receipt.unreadable), (2, 0, 1));
    assert_eq!(kiosk.status().unwrap().unreadable, 1);
    assert!(codes(&kiosk).contains(&"leads_unreadable"));
    let checked = kiosk.check_leads().unwrap();
    assert_eq!((checked.unreadable, checked.damaged), (1, false));
    let today = kiosk.staff_today(&unlocked_session(&kiosk)).unwrap();
    assert_eq!((today.unreadable, today.damaged_files), (1, 0));
    assert!(today.leads_check.is_some_and(|check| !check.damaged));
    let heartbeat = kiosk.sync_port().heartbeat().unwrap();
    assert_eq!(heartbeat.unreadable_leads, 1);
    assert!(heartbeat.leads_check.is_some_and(|check| !check.damaged));
}

#[test]
fn damaged_file_is_replaced_without_a_new_set_up() {
    let folder = folder_with_leads(3);
    let path = folder.path().join("leads.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0);
    fs::write(&path, bytes).unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let thanks = kiosk.take_lead(&draft()).unwrap();
    assert!(
        !["0001", "0002", "0003"].contains(&&thanks.ticket[8..]),
        "{}",
        thanks.ticket
    );
    assert_eq!(waiting(&kiosk), 4);
    assert_eq!(kiosk.enrolment().unwrap().unwrap().token, "token-of-16-chars");
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
    assert_eq!((receipt.leads, receipt.unopened, receipt.unreadable), (4, 0, 0));
    assert!(codes(&kiosk).contains(&"leads_file_replaced"));
    kiosk.check_leads().unwrap();
    assert!(
        kiosk
            .sync_port()
            .heartbeat()
            .unwrap()
            .leads_check
            .unwrap()
            .damaged
    );
    let staff = unlocked_session(&kiosk);
    assert_eq!(kiosk.staff_today(&staff).unwrap().damaged_files, 1);
    let replaced = |kiosk: &Kiosk| {
        let log = kiosk.audit_log(99).unwrap();
        let replaced = log
            .iter()
            .filter(|line| line.act == AuditAct::LeadsFileReplaced.code());
        replaced.count()
    };
    assert_eq!(replaced(&kiosk), 1);
    drop(kiosk);
    let (kiosk, _) = super::kiosk(folder.path());
    assert_eq!(replaced(&kiosk), 1, "recorded once");
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("leads.damaged-")
        {
            fs::remove_file(path).unwrap();
        }
    }
    assert!(!codes(&kiosk).contains(&"leads_file_replaced"));
    assert!(
        !kiosk
            .sync_port()
            .heartbeat()
            .unwrap()
            .leads_check
            .unwrap()
            .damaged
    );
}

#[test]
fn salvaged_leads_are_written_and_restored_once() {
    let damaged = folder_with_leads(3);
    let elsewhere = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(elsewhere.path());
    let order = |restore| SalvageOrder {
        files: vec![damaged.path().join("leads.db")],
        destination: elsewhere.path().with_extension("out"),
        restore,
    };
    let salvage = kiosk.salvage_leads(&order(false)).unwrap();
    assert_eq!((salvage.files[0].envelopes, salvage.restored), (3, 0));
    let batch: expo_protocol::LeadBatch =
        serde_json::from_slice(&fs::read(&salvage.written[0]).unwrap()).unwrap();
    assert_eq!(batch.items.len(), 3);
    assert_eq!(kiosk.salvage_leads(&order(true)).unwrap().restored, 3);
    assert_eq!(kiosk.salvage_leads(&order(true)).unwrap().restored, 0);
    assert_eq!(waiting(&kiosk), 3);
    assert_eq!(kiosk.status().unwrap().leads, 3);
    let in_use = SalvageOrder {
        files: vec![elsewhere.path().join("leads.db")],
        ..order(false)
    };
    assert_eq!(kiosk.salvage_leads(&in_use).unwrap().files[0].envelopes, 3);
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(kiosk.status().unwrap().leads, 4);
}

#[test]
fn leads_are_checked_daily() {
    let folder = folder_with_leads(1);
    let (kiosk, machine) = kiosk(folder.path());
    let checked_at = || kiosk.last_lead_check().unwrap().map(|check| check.checked_at);
    assert_eq!(checked_at(), None);
    kiosk.check_leads_daily().unwrap();
    let first = checked_at();
    assert!(first.is_some());
    for (hours, is_due) in [(23, false), (2, true), (-48, true)] {
        let before = checked_at();
        machine.set(|state| state.wall_clock += jiff::SignedDuration::from_hours(hours));
        kiosk.check_leads_daily().unwrap();
        assert_eq!(checked_at() != before, is_due, "{hours}");
    }
}

/// Changes a text in the installed catalogue, once for each place where it stands.
fn damage_catalogue(folder: &Path, text: &[u8], damaged: &[u8]) {
    let path = folder.join("catalogue.db");
    let mut bytes = fs::read(&path).unwrap();
    let places: Vec<usize> = (0..bytes.len() - text.len())
        .filter(|at| bytes[*at..].starts_with(text))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + damaged.len()].copy_from_slice(damaged);
    }
    // Another file, as if the program started after the damage.
    fs::remove_file(&path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn catalogue_with_wrong_rows_is_retired_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    super::catalogue_versions::install(&kiosk, 7);
    kiosk.check_catalogue().unwrap();
    assert!(kiosk.boot(None).unwrap().catalogue.is_some());
    damage_catalogue(folder.path(), b"Essai 17\"", b"Essay");
    kiosk.check_catalogue().unwrap();
    assert!(kiosk.boot(None).unwrap().catalogue.is_none());
    assert!(codes(&kiosk).contains(&"catalogue_damaged"));
    super::catalogue_versions::install(&kiosk, 7);
    assert!(kiosk.boot(None).unwrap().catalogue.is_some());
}

#[test]
fn unreadable_catalogue_rows_do_not_hide_the_leads() {
    let folder = folder_with_leads(2);
    let (kiosk, _) = kiosk(folder.path());
    super::catalogue_versions::install(&kiosk, 7);
    damage_catalogue(folder.path(), b"{\"id\":\"P-17\"", b"[");
    let (kiosk, _) = super::kiosk(folder.path());
    assert_eq!(kiosk.status().unwrap().leads, 2);
    assert_eq!(kiosk.staff_today(&unlocked_session(&kiosk)).unwrap().waiting, 2);
    assert!(kiosk.boot(None).unwrap().catalogue.is_none());
    assert!(codes(&kiosk).contains(&"catalogue_damaged"));
    kiosk.take_lead(&draft()).unwrap();
}
