//! Replies to an enrolment that the kiosk does not accept, and demonstrations kept apart from real stops.

use super::{kiosk, provisioned_kiosk};
use crate::{Demonstration, EnrolmentFault, EventFile, Kiosk, KioskError};
use expo_protocol::EnrolmentReply;
use expo_vault::seal::Identity;
use expo_vault::signature::PublisherKey;
use std::path::Path;

const PLATFORM: &str = "https://one.example";

fn new_publisher_key() -> String {
    PublisherKey::generate().unwrap().public().to_string()
}

/// A valid reply of a real platform.
fn reply() -> EnrolmentReply {
    EnrolmentReply {
        kiosk: "K01".to_owned(),
        token: "test-token-of-one".to_owned(),
        leads_recipient: Identity::generate().recipient().to_string(),
        publisher_key: new_publisher_key(),
        config_version: 1,
        stop: None,
    }
}

/// The event file of a real stop.
fn real_event() -> EventFile {
    let mut event = Demonstration::event().unwrap();
    event.stop.demonstration = false;
    event.stop.id = "test-stop".to_owned();
    event.pin = "604215".to_owned();
    event.passphrase = "an invented phrase for tests".to_owned();
    event.publisher_key = new_publisher_key();
    event
}

fn real_kiosk(folder: &Path) -> Kiosk {
    let (kiosk, _) = kiosk(folder);
    kiosk.provision(&real_event()).unwrap();
    kiosk
}

fn fault(kiosk: &Kiosk, reply: &EnrolmentReply) -> EnrolmentFault {
    match kiosk.enrol(PLATFORM, reply, None) {
        Err(KioskError::Enrolment(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn invalid_reply_is_refused_and_changes_nothing() {
    type Change = fn(&mut EnrolmentReply);
    let folder = tempfile::tempdir().unwrap();
    let kiosk = real_kiosk(folder.path());
    kiosk.enrol(PLATFORM, &reply(), None).unwrap();
    let state = || {
        let keys = kiosk.env.settings().trusted_publishers().unwrap();
        (kiosk.enrolment().unwrap(), kiosk.stop().unwrap(), keys)
    };
    let before = state();
    let cases: [(&str, Change); 10] = [
        ("kiosk", |reply| reply.kiosk.clear()),
        ("kiosk", |reply| reply.kiosk = "../../etc".to_owned()),
        ("kiosk", |reply| reply.kiosk = "K".repeat(13)),
        ("token", |reply| reply.token.clear()),
        ("token", |reply| reply.token = "short".to_owned()),
        ("token", |reply| reply.token.push_str("\r\nX-Header: 1")),
        ("token", |reply| reply.token = "t".repeat(1025)),
        ("leads_recipient", |reply| reply.leads_recipient.truncate(20)),
        ("publisher_key", |reply| reply.publisher_key = "RW".to_owned()),
        ("stop.time_zone", |reply| {
            let mut stop = real_event().stop;
            stop.time_zone = "Europe/Nowhere".to_owned();
            reply.stop = Some(stop);
        }),
    ];
    for (field, change) in cases {
        let mut wrong = reply();
        change(&mut wrong);
        let found = fault(&kiosk, &wrong);
        assert!(
            matches!(&found, EnrolmentFault::InvalidField { field: name, .. } if name == field),
            "{field}: {found:?}"
        );
        assert!(!found.to_string().contains(&wrong.token) || wrong.token.is_empty());
        assert_eq!(state(), before, "{field}");
    }
}

#[test]
fn demonstration_kiosk_refuses_a_real_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    assert_eq!(fault(&kiosk, &reply()), EnrolmentFault::DemonstrationKiosk);
    let mut with_stop = reply();
    with_stop.publisher_key = Demonstration::publisher_public().unwrap();
    with_stop.stop = Some(real_event().stop);
    assert_eq!(fault(&kiosk, &with_stop), EnrolmentFault::DemonstrationKiosk);
    assert_eq!(kiosk.enrolment().unwrap(), None);
}

#[test]
fn demonstration_kiosk_accepts_a_demonstration_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let mut by_key = reply();
    by_key.publisher_key = Demonstration::publisher_public().unwrap();
    kiosk.enrol(PLATFORM, &by_key, None).unwrap();
    let mut by_stop = reply();
    by_stop.stop = Some(kiosk.stop().unwrap());
    kiosk.enrol(PLATFORM, &by_stop, None).unwrap();
}

#[test]
fn real_kiosk_refuses_a_demonstration_platform() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = real_kiosk(folder.path());
    let mut by_key = reply();
    by_key.publisher_key = Demonstration::publisher_public().unwrap();
    assert_eq!(fault(&kiosk, &by_key), EnrolmentFault::DemonstrationPlatform);
    let mut by_stop = reply();
    by_stop.stop = Some(Demonstration::event().unwrap().stop);
    assert_eq!(fault(&kiosk, &by_stop), EnrolmentFault::DemonstrationPlatform);
    kiosk.enrol(PLATFORM, &reply(), None).unwrap();
}

#[test]
fn published_secrets_are_refused_for_a_real_stop() {
    type Change = fn(&mut EventFile);
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let cases: [(&str, Change); 6] = [
        ("pin", |event| event.pin = Demonstration::PIN.to_owned()),
        ("pin", |event| event.pin = "720495".to_owned()),
        ("passphrase", |event| {
            event.passphrase = Demonstration::PASSPHRASE.to_owned();
        }),
        ("passphrase", |event| {
            event.passphrase = "Four words nobody  guesses".to_owned();
        }),
        ("publisher_key", |event| {
            event.publisher_key = Demonstration::publisher_public().unwrap();
        }),
        ("publisher_key", |event| {
            event.publisher_key = "RWRKFAwxDY8mpdHPdlFDyAGzUDaSjn5TChIgtLSpeBavaJrAwHGvvtgm".to_owned();
        }),
    ];
    for (field, change) in cases {
        let mut event = real_event();
        change(&mut event);
        let refused = kiosk.provision(&event);
        assert!(
            matches!(&refused, Err(KioskError::Setup { place, .. }) if place == field),
            "{field}: {refused:?}"
        );
    }
    kiosk.provision(&real_event()).unwrap();
}

const PEM: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

#[test]
fn missing_authorities_stay_pinned() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    assert_eq!(kiosk.pinned_authorities().unwrap(), None);
    let ca = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca.path(), PEM).unwrap();
    let mut event = real_event();
    event.ca = Some(ca.path().to_owned());
    kiosk.provision(&event).unwrap();
    let path = kiosk.pinned_authorities().unwrap().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), PEM);
    let is_found = || {
        kiosk
            .diagnose()
            .iter()
            .any(|finding| finding.code.code() == "authorities_missing")
    };
    assert!(!is_found());
    std::fs::write(&path, "").unwrap();
    assert!(is_found(), "an empty file pins nobody");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(kiosk.pinned_authorities().unwrap(), Some(path));
    assert!(is_found());
}

/// Versions before this setting left only the file.
#[test]
fn authorities_of_an_earlier_version_stay_pinned() {
    let folder = tempfile::tempdir().unwrap();
    drop(real_kiosk(folder.path()));
    let path = folder.path().join("authorities.pem");
    std::fs::write(&path, PEM).unwrap();
    let (kiosk, _) = kiosk(folder.path());
    std::fs::remove_file(&path).unwrap();
    assert_eq!(kiosk.pinned_authorities().unwrap(), Some(path));
}
