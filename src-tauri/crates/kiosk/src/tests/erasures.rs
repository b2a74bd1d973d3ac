//! Erasures that headquarters order.

use super::configurations::reply;
use super::{draft, enrol, provisioned_kiosk};
use expo_protocol::{Erasure, Outcome, Receipt};
use expo_sync::LocalStore;
use expo_sync::QueuePosition;
use std::path::Path;
use uuid::Uuid;

/// The bytes of all files in a folder and its subfolders.
fn bytes_below(folder: &Path) -> Vec<u8> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        if path.is_dir() {
            bytes_below(&path)
        } else {
            std::fs::read(path).unwrap()
        }
    };
    entries.flat_map(read).collect()
}

#[test]
fn erasure_removes_all_bytes_and_keeps_figures() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    kiosk.take_lead(&draft()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let waiting = kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap();
    let [erased, kept] = [&waiting[0].envelope, &waiting[1].envelope];
    let holds = |bytes: &[u8]| {
        bytes_below(folder.path())
            .windows(64)
            .any(|w| w == &bytes[40..104])
    };
    assert!(holds(&erased.sealed));
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 12)).unwrap();
    assert!(kiosk.sync_port().facts().unwrap().erasures_due);
    let erasure = |id| Erasure { seq: 12, id };
    kiosk
        .sync_port()
        .erase(&[erasure(erased.header.id), erasure(Uuid::from_u128(9))])
        .unwrap();
    assert!(
        kiosk.sync_port().facts().unwrap().erasures_due,
        "not reported yet"
    );
    kiosk.sync_port().settle_erasures(12, 12).unwrap();
    assert_eq!(
        (
            kiosk.sync_port().last_settled_erasure(),
            kiosk.sync_port().facts().unwrap().erasures_due
        ),
        (Ok(12), false)
    );
    assert!(!holds(&erased.sealed) && holds(&kept.sealed));
    // A receipt that arrives after the erasure has no effect.
    let receipt = Receipt {
        id: erased.header.id,
        revision: 1,
        sha256: erased.sha256.clone(),
        outcome: Outcome::Accepted,
    };
    kiosk.sync_port().record_receipts(&[receipt]).unwrap();
    assert_eq!(kiosk.sync_port().facts().unwrap().waiting, 1);
    assert_eq!(kiosk.status().unwrap().leads, 2);
    let log = kiosk.audit_log(9).unwrap();
    assert!(
        log.iter()
            .any(|row| row.act == "leads_erased" && row.detail == "leads=1")
    );
    assert!(
        log.iter()
            .all(|row| !row.detail.contains(&erased.header.id.to_string()))
    );
}

#[test]
fn renumbered_erasures_are_all_requested_again() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let progress = || {
        let due = kiosk.sync_port().facts().unwrap().erasures_due;
        (kiosk.sync_port().last_settled_erasure().unwrap(), due)
    };
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 12)).unwrap();
    assert_eq!(progress(), (0, true));
    kiosk.sync_port().settle_erasures(12, 12).unwrap();
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 0)).unwrap();
    assert_eq!(progress(), (12, false));
    // The platform was restored from a backup and uses a number again.
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 3)).unwrap();
    assert_eq!(progress(), (0, true));
    kiosk.sync_port().settle_erasures(3, 3).unwrap();
    assert_eq!(progress(), (3, false));
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 3)).unwrap();
    assert_eq!(progress(), (0, true), "the same number again is another erasure");
    // There was no erasure: nothing is requested until the next announcement.
    kiosk.sync_port().settle_erasures(0, 0).unwrap();
    assert_eq!(progress(), (0, false));
    // More than one reply can list.
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 900)).unwrap();
    kiosk.sync_port().settle_erasures(500, 900).unwrap();
    assert_eq!(progress(), (500, true));
}
