//! A kiosk that is enrolled again, at another platform or at the same, while everything else goes on.

use super::{draft, kiosk};
use crate::{Demonstration, Enrolment, Kiosk};
use protocol::{Enrolled, HeartbeatReply, Outcome, Receipt};
use std::path::Path;
use sync::{Local, LocalError, Place, Remembered};
use vault::seal::Identity;

const ONE: &str = "https://one.example";
const TWO: &str = "https://two.example";

fn enrolled(number: u32, identity: &Identity) -> Enrolled {
    Enrolled {
        kiosk: format!("K0{number}"),
        token: format!("token-{number}"),
        leads_recipient: identity.recipient().to_string(),
        publisher_key: Demonstration::publisher_public().unwrap(),
        config_version: 1,
        stop: None,
    }
}

/// A kiosk at the first platform, with its enrolment there and what the second platform opens leads with.
fn at_one(folder: &Path) -> (Kiosk, Enrolment, Identity) {
    let (kiosk, _) = kiosk(folder);
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk
        .enrol(ONE, &enrolled(1, &Identity::generate()), None)
        .unwrap();
    let enrolment = kiosk.enrolment().unwrap().unwrap();
    (kiosk, enrolment, Identity::generate())
}

fn receipts(kiosk: &Kiosk, outcome: Outcome) -> Vec<Receipt> {
    // As the store holds them, whoever is served.
    let waiting = kiosk.leads.waiting(None, 0, 9).unwrap().into_iter();
    waiting
        .map(|(_, lead)| Receipt {
            id: lead.header.id,
            revision: lead.header.revision,
            sha256: lead.sha256,
            outcome,
        })
        .collect()
}

#[test]
fn leads_sealed_to_a_former_platform_are_sealed_again_for_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, two) = at_one(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(kiosk.enrol(TWO, &enrolled(2, &two), None).unwrap(), 1);
    let waiting = kiosk.waiting(Place(0), 9).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].envelope.header.revision, 2);
    let opened = vault::seal::open(&waiting[0].envelope.sealed, &two);
    assert!(opened.is_ok());
    let other = vault::seal::open(&waiting[0].envelope.sealed, &Identity::generate());
    assert!(other.is_err());
}

#[test]
fn leads_set_aside_at_a_former_platform_are_sealed_again_for_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, two) = at_one(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let id = kiosk.waiting(Place::START, 1).unwrap()[0].envelope.header.id;
    kiosk.set_aside(id, 1, "item_damaged").unwrap();
    assert_eq!(kiosk.enrol(TWO, &enrolled(2, &two), None).unwrap(), 1);
    assert_eq!(kiosk.requeue(None).unwrap(), 0, "it waits already");
    let waiting = kiosk.waiting(Place::START, 9).unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(vault::seal::open(&waiting[0].envelope.sealed, &two).is_ok());
}

#[test]
fn rounds_of_a_former_platform_are_given_nothing_and_settle_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, one, two) = at_one(folder.path());
    kiosk.serve(&one).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(kiosk.waiting(Place::START, 9).unwrap().len(), 1);
    // Rounds with the first platform are under way, as in a kiosk that is open while an operator enrols it.
    assert_eq!(kiosk.enrol(TWO, &enrolled(2, &two), None).unwrap(), 1);
    let stop = kiosk.stop().unwrap();
    let mut elsewhere = stop.clone();
    elsewhere.id = "elsewhere".to_owned();
    let configuration = serde_json::json!({ "version": 9, "stop": elsewhere });
    let told = HeartbeatReply {
        config_version: 9,
        erasures: 7,
        ..HeartbeatReply::default()
    };
    let sent = receipts(&kiosk, Outcome::Quarantined);
    let refused = [
        kiosk.facts().map(drop),
        kiosk.waiting(Place::START, 9).map(drop),
        kiosk.record_receipts(&sent),
        kiosk.set_aside(sent[0].id, sent[0].revision, "item_damaged"),
        kiosk.heard(&told),
        kiosk.settle_erasures(7, 7),
        kiosk.take_configuration(Some(configuration)),
        kiosk.remember(&Remembered::default()),
    ];
    for refused in refused {
        assert!(matches!(refused, Err(LocalError::Storage(_))), "{refused:?}");
    }
    assert_eq!(kiosk.stop().unwrap(), stop);
    assert!(kiosk.serve(&one).is_err(), "they do not begin anew either");
    let enrolment = kiosk.enrolment().unwrap().unwrap();
    kiosk.serve(&enrolment).unwrap();
    assert!(!kiosk.facts().unwrap().erasures_due);
    assert_eq!(kiosk.waiting(Place::START, 9).unwrap().len(), 1);
    kiosk
        .record_receipts(&receipts(&kiosk, Outcome::Accepted))
        .unwrap();
    assert_eq!(kiosk.facts().unwrap().waiting, 0);
}

#[test]
fn the_token_is_for_its_own_platform_only() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, two) = at_one(folder.path());
    let told = |address| kiosk.token_at(address).unwrap();
    assert_eq!(told("https://one.example/").as_deref(), Some("token-1"));
    for another in [
        TWO,
        "http://one.example",
        "https://one.example:8443",
        "https://one.example.org",
        "https://one.example/expo",
    ] {
        assert_eq!(told(another), None, "{another}");
    }
    kiosk.enrol(TWO, &enrolled(2, &two), None).unwrap();
    assert_eq!((told(ONE), told(TWO).as_deref()), (None, Some("token-2")));
}

#[test]
fn patience_that_a_former_platform_asked_for_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, two) = at_one(folder.path());
    let patient = Remembered {
        held: sync::Held::Everything,
        wait_ms: Some(3_600_000),
        ..Remembered::default()
    };
    kiosk.remember(&patient).unwrap();
    assert_eq!(kiosk.recall().unwrap(), patient);
    kiosk.enrol(TWO, &enrolled(2, &two), None).unwrap();
    assert_eq!(kiosk.recall().unwrap(), Remembered::default());
}
