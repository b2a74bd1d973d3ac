//! What heartbeats and the doctor report.

use super::catalogue_versions::install;
use super::{enrol, provisioned_kiosk, unlocked_session};
use crate::Exit;
use expo_protocol::HeartbeatReply;
use expo_sync::{LocalStore, PersistedState, RefusedCatalogue};

#[test]
fn heartbeat_reports_restarts_and_last_exit() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let reported = || {
        let report = kiosk.sync_port().heartbeat().unwrap();
        (report.restarts, report.last_exit)
    };
    assert_eq!(reported(), (0, None));
    kiosk.begin_run().unwrap();
    assert_eq!(reported(), (0, None));
    kiosk.begin_run().unwrap();
    assert_eq!(reported(), (1, Some("crash".to_owned())));
    kiosk.end_run().unwrap();
    kiosk.begin_run().unwrap();
    assert_eq!(reported(), (2, Some("clean".to_owned())));
    machine.set(|state| state.boot_id = "boot-2".to_owned());
    kiosk.begin_run().unwrap();
    assert_eq!(reported(), (3, Some(Exit::Power.code().to_owned())));
    let older = serde_json::json!({ "restarts": 7, "program": "0.0.1", "is_over": true });
    kiosk
        .leads
        .set(&[(crate::settings::PROGRAM_RUN, &older)])
        .unwrap();
    kiosk.begin_run().unwrap();
    assert_eq!(reported(), (8, Some("update".to_owned())));
}

#[test]
fn report_names_the_last_answered_report() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let sent = |kiosk: &crate::Kiosk| {
        let report = kiosk.sync_port().heartbeat().unwrap();
        (report.report_id.unwrap(), report.previous_report_id)
    };
    let answer = |kiosk: &crate::Kiosk| {
        let reply = HeartbeatReply::default();
        kiosk.sync_port().on_heartbeat_reply(&reply).unwrap();
    };
    let (first, none) = sent(&kiosk);
    assert_eq!(none, None);
    answer(&kiosk);
    let (lost, previous) = sent(&kiosk);
    assert_eq!(previous.as_ref(), Some(&first));
    drop(kiosk);
    let (kiosk, _) = super::kiosk(folder.path());
    let (second, previous) = sent(&kiosk);
    assert_eq!(previous, Some(first), "the answer to {lost} was lost");
    answer(&kiosk);
    answer(&kiosk);
    assert_eq!(sent(&kiosk).1, Some(second));
    enrol(&kiosk);
    assert_eq!(sent(&kiosk).1, None, "a new identity has no earlier report");
}

#[test]
fn report_names_the_machine_only_by_a_hash() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let report = kiosk.sync_port().heartbeat().unwrap();
    let machine = report.machine.unwrap();
    assert!(expo_domain::hash::is_sha256_hex(&machine), "{machine}");
    assert_eq!(kiosk.sync_port().heartbeat().unwrap().machine, Some(machine));
}

#[test]
fn heartbeat_counts_page_restarts_since_the_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let reported = || kiosk.sync_port().heartbeat().unwrap().page_restarts;
    kiosk.begin_run().unwrap();
    assert_eq!(reported(), 0);
    kiosk.record_page_restart().unwrap();
    kiosk.record_page_restart().unwrap();
    assert_eq!(reported(), 2);
    kiosk.end_run().unwrap();
    kiosk.begin_run().unwrap();
    kiosk.record_page_restart().unwrap();
    assert_eq!(reported(), 3);
}

#[test]
fn refused_catalogue_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, 7);
    let refused = |code: &str, ended_by| RefusedCatalogue {
        code: code.to_owned(),
        ended_by,
    };
    for (refused, is_reported) in [
        (Some(refused("wrong_key", 8)), true),
        (Some(refused("damaged", 7)), false),
        (None, false),
    ] {
        let state = PersistedState {
            catalogue_refused: refused,
            ..PersistedState::default()
        };
        kiosk.sync_port().save_state(&state).unwrap();
        let findings = kiosk.diagnose();
        let found = findings
            .iter()
            .any(|finding| finding.code.code() == "catalogue_refused");
        assert_eq!(found, is_reported);
        let reported = kiosk.sync_port().heartbeat().unwrap().catalogue_refused;
        assert_eq!(reported.as_deref(), is_reported.then_some("wrong_key"));
        let session = unlocked_session(&kiosk);
        assert_eq!(
            kiosk.staff_today(&session).unwrap().sync.catalogue_refused,
            reported
        );
    }
}

#[test]
fn staff_window_and_doctor_use_the_same_limits() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let session = unlocked_session(&kiosk);
    for (disk_free, offset_seconds, is_bad) in
        [(1 << 30, 300, false), ((1 << 30) - 1, 301, true), (0, -301, true)]
    {
        machine.set(|state| state.disk_free = disk_free);
        let state = PersistedState {
            clock_offset_ms: Some(offset_seconds * 1_000),
            ..PersistedState::default()
        };
        kiosk.sync_port().save_state(&state).unwrap();
        let today = kiosk.staff_today(&session).unwrap();
        assert_eq!((today.disk_is_low, today.clock_is_wrong), (is_bad, is_bad));
        let findings = kiosk.diagnose();
        let reports = |code| findings.iter().any(|finding| finding.code.code() == code);
        assert_eq!((reports("disk_low"), reports("clock_wrong")), (is_bad, is_bad));
    }
}
