//! What sync does to a real data folder: erasures, configurations, reports, leads set aside.

use super::{draft, kiosk};
use crate::{Demonstration, Exit, Kiosk, KioskError, Session};
use protocol::{Enrolled, Erasure, HeartbeatReply, Outcome, Receipt};
use std::path::Path;
use sync::{Local, Place};
use uuid::Uuid;

fn enrolled(kiosk: &Kiosk) {
    let enrolled = Enrolled {
        kiosk: "K01".to_owned(),
        token: "test".to_owned(),
        leads_recipient: vault::seal::Identity::generate().recipient().to_string(),
        publisher_key: Demonstration::publisher_public().unwrap(),
        config_version: 4,
        stop: None,
    };
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.enrol("https://one.example", &enrolled, None).unwrap();
}

fn reply(config_version: u64, erasures: u64) -> HeartbeatReply {
    HeartbeatReply {
        config_version,
        erasures,
        ..HeartbeatReply::default()
    }
}

/// Every byte of every file below a folder.
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
fn a_person_who_asks_is_forgotten_down_to_the_bytes_and_only_figures_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    enrolled(&kiosk);
    kiosk.take_lead(&draft()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let waiting = kiosk.waiting(Place::START, 9).unwrap();
    let [gone, kept] = [&waiting[0].envelope, &waiting[1].envelope];
    let holds = |bytes: &[u8]| {
        bytes_below(folder.path())
            .windows(64)
            .any(|w| w == &bytes[40..104])
    };
    assert!(holds(&gone.sealed));
    kiosk.heard(&reply(4, 12)).unwrap();
    assert!(kiosk.facts().unwrap().erasures_due);
    let erasure = |id| Erasure { seq: 12, id };
    kiosk
        .erase(&[erasure(gone.header.id), erasure(Uuid::from_u128(9))])
        .unwrap();
    assert!(
        kiosk.facts().unwrap().erasures_due,
        "the platform does not know yet"
    );
    kiosk.settle_erasures(12, 12).unwrap();
    assert_eq!(
        (kiosk.erasures_settled(), kiosk.facts().unwrap().erasures_due),
        (Ok(12), false)
    );
    assert!(!holds(&gone.sealed) && holds(&kept.sealed));
    // Sent before it was erased, the receipt came after: it makes nothing.
    let receipt = Receipt {
        id: gone.header.id,
        revision: 1,
        sha256: gone.sha256.clone(),
        outcome: Outcome::Accepted,
    };
    kiosk.record_receipts(&[receipt]).unwrap();
    assert_eq!(kiosk.facts().unwrap().waiting, 1);
    assert_eq!(kiosk.status().unwrap().leads, 2);
    let log = kiosk.read_audit_log(9).unwrap();
    assert!(
        log.iter()
            .any(|row| row.act == "leads_erased" && row.detail == "leads=1")
    );
    assert!(
        log.iter()
            .all(|row| !row.detail.contains(&gone.header.id.to_string()))
    );
}

#[test]
fn a_platform_that_counts_anew_is_asked_for_all_that_it_lists() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    enrolled(&kiosk);
    let stands = || {
        let due = kiosk.facts().unwrap().erasures_due;
        (kiosk.erasures_settled().unwrap(), due)
    };
    kiosk.heard(&reply(4, 12)).unwrap();
    assert_eq!(stands(), (0, true));
    kiosk.settle_erasures(12, 12).unwrap();
    kiosk.heard(&reply(4, 0)).unwrap();
    assert_eq!(stands(), (12, false));
    // It came back from a backup, and the next person to be forgotten gets a number that was used before.
    kiosk.heard(&reply(4, 3)).unwrap();
    assert_eq!(stands(), (0, true));
    kiosk.settle_erasures(3, 3).unwrap();
    assert_eq!(stands(), (3, false));
    kiosk.heard(&reply(4, 3)).unwrap();
    assert_eq!(stands(), (0, true), "the same number once more is another person");
    // There was nothing after all: it is not asked for until it is told of again.
    kiosk.settle_erasures(0, 0).unwrap();
    assert_eq!(stands(), (0, false));
    // More than one answer holds.
    kiosk.heard(&reply(4, 900)).unwrap();
    kiosk.settle_erasures(500, 900).unwrap();
    assert_eq!(stands(), (500, true));
}

fn configuration(version: u64, change: impl FnOnce(&mut domain::Stop)) -> serde_json::Value {
    let mut stop = Demonstration::event().unwrap().stop;
    change(&mut stop);
    serde_json::json!({ "version": version, "stop": stop, "heartbeat_seconds": 30 })
}

#[test]
fn a_configuration_is_kept_when_the_next_heartbeat_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    enrolled(&kiosk);
    kiosk.heard(&reply(4, 0)).unwrap();
    assert!(!kiosk.facts().unwrap().configuration_due);
    kiosk.heard(&reply(5, 0)).unwrap();
    assert!(kiosk.facts().unwrap().configuration_due);
    let offered = configuration(5, |stop| stop.idle_seconds = 77);
    kiosk.take_configuration(Some(offered)).unwrap();
    assert_eq!(kiosk.stop().unwrap().idle_seconds, 77);
    let facts = kiosk.facts().unwrap();
    assert_eq!(
        (facts.configuration_due, facts.heartbeat_every),
        (false, Some(std::time::Duration::from_secs(30)))
    );
    assert_eq!(kiosk.heartbeat().unwrap().config_version, 5);
    kiosk.heard(&reply(5, 0)).unwrap();
    // It has proved itself: a later refusal has another cause.
    kiosk.heartbeat_refused().unwrap();
    assert_eq!(kiosk.stop().unwrap().idle_seconds, 77);
}

#[test]
fn a_configuration_with_which_heartbeats_are_refused_is_given_up_restarts_included() {
    let folder = tempfile::tempdir().unwrap();
    let before = {
        let (kiosk, _) = kiosk(folder.path());
        enrolled(&kiosk);
        kiosk.heard(&reply(5, 0)).unwrap();
        let before = kiosk.stop().unwrap();
        let offered = configuration(5, |stop| stop.id = "elsewhere".to_owned());
        kiosk.take_configuration(Some(offered)).unwrap();
        before
    };
    let (kiosk, _) = kiosk(folder.path());
    assert_eq!(kiosk.stop().unwrap().id, "elsewhere");
    kiosk.heartbeat_refused().unwrap();
    assert_eq!(kiosk.stop().unwrap(), before);
    let report = kiosk.heartbeat().unwrap();
    assert_eq!((report.config_version, report.config_rejected), (4, Some(5)));
    kiosk.heard(&reply(5, 0)).unwrap();
    assert!(!kiosk.facts().unwrap().configuration_due, "it is not tried again");
    kiosk.heard(&reply(6, 0)).unwrap();
    assert!(kiosk.facts().unwrap().configuration_due, "a newer one is");
}

#[test]
fn configurations_that_cannot_be_used_change_nothing_and_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    enrolled(&kiosk);
    let before = kiosk.stop().unwrap();
    let mut version = 4;
    let mut slow = configuration(0, |_| {});
    slow["heartbeat_seconds"] = 1.into();
    let mut unknown = configuration(0, |_| {});
    unknown["stop"]["of_a_newer_program"] = 1.into();
    let hostile = [
        configuration(0, |stop| stop.time_zone = "Nowhere/At_all".to_owned()),
        configuration(0, |stop| stop.languages.clear()),
        configuration(0, |stop| stop.demonstration = false),
        slow,
        unknown,
        serde_json::json!({ "version": 0, "stop": [] }),
    ];
    for mut offered in hostile {
        version += 1;
        offered["version"] = version.into();
        kiosk.heard(&reply(version, 0)).unwrap();
        kiosk.take_configuration(Some(offered)).unwrap();
        assert_eq!(kiosk.stop().unwrap(), before);
        let report = kiosk.heartbeat().unwrap();
        assert_eq!(
            (report.config_version, report.config_rejected),
            (4, Some(version))
        );
        assert!(!kiosk.facts().unwrap().configuration_due);
    }
    for nothing in [None, Some(serde_json::json!("?")), Some(configuration(3, |_| {}))] {
        kiosk.heard(&reply(99, 0)).unwrap();
        kiosk.take_configuration(nothing).unwrap();
        assert!(
            !kiosk.facts().unwrap().configuration_due,
            "else it would be asked for without end"
        );
    }
}

#[test]
fn headquarters_see_how_often_and_why_a_kiosk_began_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    enrolled(&kiosk);
    let told = || {
        let report = kiosk.heartbeat().unwrap();
        (report.restarts, report.last_exit)
    };
    assert_eq!(told(), (0, None));
    kiosk.begin_run().unwrap();
    assert_eq!(told(), (0, None));
    kiosk.begin_run().unwrap();
    assert_eq!(told(), (1, Some("crash".to_owned())));
    kiosk.end_run().unwrap();
    kiosk.begin_run().unwrap();
    assert_eq!(told(), (2, Some("clean".to_owned())));
    bench.set(|machine| machine.1 = "boot-2".to_owned());
    kiosk.begin_run().unwrap();
    assert_eq!(told(), (3, Some(Exit::Power.code().to_owned())));
    let older = serde_json::json!({ "restarts": 7, "program": "0.0.1", "is_over": true });
    kiosk.leads.set(&[(crate::settings::RUN, &older)]).unwrap();
    kiosk.begin_run().unwrap();
    assert_eq!(told(), (8, Some("update".to_owned())));
}

#[test]
fn staff_see_why_leads_are_set_aside_and_send_them_again() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    enrolled(&kiosk);
    let locked = Session::default();
    assert!(matches!(kiosk.staff_set_aside(&locked), Err(KioskError::Locked)));
    let mut session = Session::default();
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let id = kiosk.waiting(Place::START, 9).unwrap()[0].envelope.header.id;
    kiosk
        .set_aside(id, 1, "item_damaged: Item 1: its hash differs")
        .unwrap();
    assert_eq!(kiosk.heartbeat().unwrap().set_aside, 1);
    let rows = kiosk.staff_set_aside(&session).unwrap();
    assert_eq!(
        (rows[0].reason.as_str(), rows[0].detail.as_str()),
        ("item_damaged", "Item 1: its hash differs")
    );
    assert_eq!(
        kiosk
            .staff_requeue(&session, Some(&[Uuid::from_u128(1)]))
            .unwrap(),
        0
    );
    assert_eq!(kiosk.staff_requeue(&session, None).unwrap(), 1);
    assert_eq!(kiosk.facts().unwrap().waiting, 1);
}

#[test]
fn leads_go_when_their_time_has_passed_unless_the_clock_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    enrolled(&kiosk);
    kiosk.take_lead(&draft()).unwrap();
    let sent = &kiosk.waiting(Place::START, 9).unwrap()[0].envelope;
    let receipt = Receipt {
        id: sent.header.id,
        revision: 1,
        sha256: sent.sha256.clone(),
        outcome: Outcome::Accepted,
    };
    kiosk.record_receipts(&[receipt]).unwrap();
    let mut offered = configuration(5, |_| {});
    offered["retention_days"] = 30.into();
    kiosk.take_configuration(Some(offered)).unwrap();
    let after = |days: i64| bench.set(|machine| machine.0 += jiff::SignedDuration::from_hours(24 * days));
    after(29);
    assert_eq!(kiosk.erase_closed().unwrap(), 0);
    after(2);
    let wrong = sync::Remembered {
        clock_offset_ms: Some(-3 * 24 * 3_600_000),
        ..sync::Remembered::default()
    };
    kiosk.remember(&wrong).unwrap();
    assert_eq!(kiosk.erase_closed().unwrap(), 0);
    kiosk.remember(&sync::Remembered::default()).unwrap();
    assert_eq!(kiosk.erase_closed().unwrap(), 1);
}
