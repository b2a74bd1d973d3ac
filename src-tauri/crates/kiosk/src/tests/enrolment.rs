//! Enrolment with another platform while the kiosk is in use.

use super::{draft, provisioned_kiosk};
use crate::{Demonstration, Enrolment, Kiosk};
use expo_protocol::{EnrolmentReply, HeartbeatReply, Outcome, Receipt};
use expo_sync::Rejection;
use expo_sync::{LocalError, LocalStore, PersistedState, QueuePosition};
use expo_vault::seal::Identity;
use std::path::Path;

const FIRST_PLATFORM: &str = "https://one.example";
const SECOND_PLATFORM: &str = "https://two.example";

fn enrolment_reply(number: u32, identity: &Identity) -> EnrolmentReply {
    EnrolmentReply {
        kiosk: format!("K0{number}"),
        token: format!("test-token-from-{number}"),
        leads_recipient: identity.recipient().to_string(),
        publisher_key: Demonstration::publisher_public().unwrap(),
        config_version: 1,
        stop: None,
    }
}

/// A kiosk enrolled with the first platform, its enrolment, and the key of the second platform.
fn enrolled_kiosk(folder: &Path) -> (Kiosk, Enrolment, Identity) {
    let (kiosk, _) = provisioned_kiosk(folder);
    kiosk
        .enrol(FIRST_PLATFORM, &enrolment_reply(1, &Identity::generate()), None)
        .unwrap();
    let enrolment = kiosk.enrolment().unwrap().unwrap();
    (kiosk, enrolment, Identity::generate())
}

fn receipts(kiosk: &Kiosk, outcome: Outcome) -> Vec<Receipt> {
    // Without a guard, so that the enrolment of the sync does not matter.
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
fn leads_are_resealed_for_a_new_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, second) = enrolled_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(
        kiosk
            .enrol(SECOND_PLATFORM, &enrolment_reply(2, &second), None)
            .unwrap(),
        1
    );
    let waiting = kiosk.sync_port().waiting(QueuePosition(0), 9).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].envelope.header.revision, 2);
    let opened = expo_vault::seal::open(&waiting[0].envelope.sealed, &second);
    assert!(opened.is_ok());
    let other = expo_vault::seal::open(&waiting[0].envelope.sealed, &Identity::generate());
    assert!(other.is_err());
}

#[test]
fn rejected_leads_are_resealed_for_a_new_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, second) = enrolled_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let id = kiosk.sync_port().waiting(QueuePosition::START, 1).unwrap()[0]
        .envelope
        .header
        .id;
    kiosk
        .sync_port()
        .reject(id, 1, &Rejection::from_stored("item_damaged"))
        .unwrap();
    assert_eq!(
        kiosk
            .enrol(SECOND_PLATFORM, &enrolment_reply(2, &second), None)
            .unwrap(),
        1
    );
    assert_eq!(kiosk.requeue(None).unwrap(), 0, "it is queued already");
    let waiting = kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(expo_vault::seal::open(&waiting[0].envelope.sealed, &second).is_ok());
}

#[test]
fn sync_of_a_previous_enrolment_has_no_effect() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, first, second) = enrolled_kiosk(folder.path());
    kiosk.link().bind_sync_to(&first).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(
        kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap().len(),
        1
    );
    // An operator enrols the kiosk with the second platform while the sync with the first one runs.
    assert_eq!(
        kiosk
            .enrol(SECOND_PLATFORM, &enrolment_reply(2, &second), None)
            .unwrap(),
        1
    );
    let stop = kiosk.stop().unwrap();
    let mut elsewhere = stop.clone();
    elsewhere.id = "elsewhere".to_owned();
    let configuration = serde_json::json!({ "version": 9, "stop": elsewhere });
    let announcement = HeartbeatReply {
        config_version: 9,
        erasures: 7,
        ..HeartbeatReply::default()
    };
    let sent = receipts(&kiosk, Outcome::Quarantined);
    let results = [
        kiosk.sync_port().facts().map(drop),
        kiosk.sync_port().waiting(QueuePosition::START, 9).map(drop),
        kiosk.sync_port().record_receipts(&sent),
        kiosk.sync_port().reject(
            sent[0].id,
            sent[0].revision,
            &Rejection::from_stored("item_damaged"),
        ),
        kiosk.sync_port().on_heartbeat_reply(&announcement),
        kiosk.sync_port().settle_erasures(7, 7),
        kiosk.sync_port().apply_configuration(Some(configuration)),
        kiosk.sync_port().save_state(&PersistedState::default()),
    ];
    for result in results {
        assert!(matches!(result, Err(LocalError::Storage(_))), "{result:?}");
    }
    assert_eq!(kiosk.stop().unwrap(), stop);
    assert!(
        kiosk.link().bind_sync_to(&first).is_err(),
        "a new sync cannot start either"
    );
    let enrolment = kiosk.enrolment().unwrap().unwrap();
    kiosk.link().bind_sync_to(&enrolment).unwrap();
    assert!(!kiosk.sync_port().facts().unwrap().erasures_due);
    assert_eq!(
        kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap().len(),
        1
    );
    kiosk
        .sync_port()
        .record_receipts(&receipts(&kiosk, Outcome::Accepted))
        .unwrap();
    assert_eq!(kiosk.sync_port().facts().unwrap().waiting, 0);
}

#[test]
fn token_is_only_for_its_own_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, second) = enrolled_kiosk(folder.path());
    let token = |address| kiosk.token_for(address).unwrap();
    assert_eq!(
        token("https://one.example/").as_deref(),
        Some("test-token-from-1")
    );
    for other in [
        SECOND_PLATFORM,
        "http://one.example",
        "https://one.example:8443",
        "https://one.example.org",
        "https://one.example/expo",
    ] {
        assert_eq!(token(other), None, "{other}");
    }
    kiosk
        .enrol(SECOND_PLATFORM, &enrolment_reply(2, &second), None)
        .unwrap();
    assert_eq!(
        (token(FIRST_PLATFORM), token(SECOND_PLATFORM).as_deref()),
        (None, Some("test-token-from-2"))
    );
}

#[test]
fn new_enrolment_clears_retry_after() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _, second) = enrolled_kiosk(folder.path());
    let waiting = PersistedState {
        retry_after_scope: expo_sync::RetryAfterScope::Everything,
        wait_ms: Some(3_600_000),
        ..PersistedState::default()
    };
    kiosk.sync_port().save_state(&waiting).unwrap();
    assert_eq!(kiosk.sync_port().load_state().unwrap(), waiting);
    kiosk
        .enrol(SECOND_PLATFORM, &enrolment_reply(2, &second), None)
        .unwrap();
    assert_eq!(kiosk.sync_port().load_state().unwrap(), PersistedState::default());
}
