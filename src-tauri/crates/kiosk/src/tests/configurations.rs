//! Configurations from the platform: on trial, confirmed, reverted, invalid.

use super::{enrol, kiosk, provisioned_kiosk};
use crate::Demonstration;
use expo_protocol::HeartbeatReply;
use expo_sync::LocalStore;

/// A heartbeat reply that announces a configuration and an erasure.
pub(super) fn reply(config_version: u64, erasures: u64) -> HeartbeatReply {
    HeartbeatReply {
        config_version,
        erasures,
        ..HeartbeatReply::default()
    }
}

/// A configuration of the demonstration stop with a change.
pub(super) fn configuration(version: u64, change: impl FnOnce(&mut expo_domain::Stop)) -> serde_json::Value {
    let mut stop = Demonstration::event().unwrap().stop;
    change(&mut stop);
    serde_json::json!({ "version": version, "stop": stop, "heartbeat_seconds": 30 })
}

#[test]
fn configuration_is_confirmed_by_the_next_heartbeat_reply() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    kiosk.sync_port().on_heartbeat_reply(&reply(4, 0)).unwrap();
    assert!(!kiosk.sync_port().facts().unwrap().configuration_due);
    kiosk.sync_port().on_heartbeat_reply(&reply(5, 0)).unwrap();
    assert!(kiosk.sync_port().facts().unwrap().configuration_due);
    let offered = configuration(5, |stop| stop.idle_seconds = 77);
    kiosk.sync_port().apply_configuration(Some(offered)).unwrap();
    assert_eq!(kiosk.stop().unwrap().idle_seconds, 77);
    let facts = kiosk.sync_port().facts().unwrap();
    assert_eq!(
        (facts.configuration_due, facts.heartbeat_interval),
        (false, Some(std::time::Duration::from_secs(30)))
    );
    assert_eq!(kiosk.sync_port().heartbeat().unwrap().config_version, 5);
    kiosk.sync_port().on_heartbeat_reply(&reply(5, 0)).unwrap();
    // It is confirmed: a later refusal has another cause.
    kiosk.sync_port().on_heartbeat_refused().unwrap();
    assert_eq!(kiosk.stop().unwrap().idle_seconds, 77);
}

#[test]
fn refused_heartbeat_reverts_configuration_after_restart() {
    let folder = tempfile::tempdir().unwrap();
    let before = {
        let (kiosk, _) = provisioned_kiosk(folder.path());
        enrol(&kiosk);
        kiosk.sync_port().on_heartbeat_reply(&reply(5, 0)).unwrap();
        let before = kiosk.stop().unwrap();
        let offered = configuration(5, |stop| stop.id = "elsewhere".to_owned());
        kiosk.sync_port().apply_configuration(Some(offered)).unwrap();
        before
    };
    let (kiosk, _) = kiosk(folder.path());
    assert_eq!(kiosk.stop().unwrap().id, "elsewhere");
    kiosk.sync_port().on_heartbeat_refused().unwrap();
    assert_eq!(kiosk.stop().unwrap(), before);
    let report = kiosk.sync_port().heartbeat().unwrap();
    assert_eq!((report.config_version, report.config_rejected), (4, Some(5)));
    kiosk.sync_port().on_heartbeat_reply(&reply(5, 0)).unwrap();
    assert!(
        !kiosk.sync_port().facts().unwrap().configuration_due,
        "not tried again"
    );
    kiosk.sync_port().on_heartbeat_reply(&reply(6, 0)).unwrap();
    assert!(
        kiosk.sync_port().facts().unwrap().configuration_due,
        "a newer version is tried"
    );
}

#[test]
fn invalid_configurations_are_reported_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
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
        kiosk.sync_port().on_heartbeat_reply(&reply(version, 0)).unwrap();
        kiosk.sync_port().apply_configuration(Some(offered)).unwrap();
        assert_eq!(kiosk.stop().unwrap(), before);
        let report = kiosk.sync_port().heartbeat().unwrap();
        assert_eq!(
            (report.config_version, report.config_rejected),
            (4, Some(version))
        );
        assert!(!kiosk.sync_port().facts().unwrap().configuration_due);
    }
    for nothing in [None, Some(serde_json::json!("?")), Some(configuration(3, |_| {}))] {
        kiosk.sync_port().on_heartbeat_reply(&reply(99, 0)).unwrap();
        kiosk.sync_port().apply_configuration(nothing).unwrap();
        assert!(
            !kiosk.sync_port().facts().unwrap().configuration_due,
            "not requested without end"
        );
    }
}
