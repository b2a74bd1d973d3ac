//! Catalogues offered by the platform, as snapshots and deltas, and their effect on the installed one.

use super::{browse, kiosk, provisioned_kiosk, unlocked_session};
use crate::views::ErrorCode;
use crate::{Demonstration, Kiosk};
use expo_bundle::VerifiedCheckpoint;
use expo_domain::{Catalogue, Money, Texts};
use expo_protocol::delta::{self, Header};
use expo_protocol::{Checkpoint, DELTA_MARGIN_BYTES, EnrolmentReply, SignedCheckpoint, snapshot};
use expo_sync::{LocalError, LocalStore};
use expo_vault::signature::{PublisherKey, verification_count};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::path::Path;

/// A checkpoint of a catalogue, signed by the publisher of the demonstration.
pub(super) fn published(content: &Catalogue, version: u64) -> (SignedCheckpoint, Checkpoint) {
    let publication = fixtures::publish(content, version, &publisher_key());
    (publication.signed, publication.checkpoint)
}

pub(super) fn sign(checkpoint: &Checkpoint) -> SignedCheckpoint {
    fixtures::sign(checkpoint, &publisher_key())
}

pub(super) fn sign_text(checkpoint: &str) -> SignedCheckpoint {
    fixtures::sign_text(checkpoint, &publisher_key())
}

/// A checkpoint as it is after its arrival.
pub(super) fn verified(signed: &SignedCheckpoint) -> VerifiedCheckpoint {
    VerifiedCheckpoint::open(signed, &publisher_key().public()).unwrap()
}

fn publisher_key() -> PublisherKey {
    PublisherKey::from_text(Demonstration::PUBLISHER_KEY).unwrap()
}

fn installed(kiosk: &Kiosk) -> Catalogue {
    let version = kiosk.supply.shown.current().unwrap().unwrap();
    version.read_all().unwrap()
}

/// A kiosk with version 6 of a catalogue, the catalogue of version 7, and the delta between them.
struct Update {
    kiosk: Kiosk,
    new: Catalogue,
    signed: SignedCheckpoint,
    checkpoint: VerifiedCheckpoint,
    snapshot: Vec<u8>,
    packed: Vec<u8>,
    /// Deltas to another version, from another version, or to other rows.
    wrong: Vec<Vec<u8>>,
}

fn update(folder: &Path) -> Update {
    let (kiosk, _) = provisioned_kiosk(folder);
    let old = browse::catalogue();
    let mut new = old.clone();
    new.units[0].price = Money(new.units[0].price.0 + 100);
    new.towns.reverse();
    let (signed_old, from) = published(&old, 6);
    let to = fixtures::publish(&new, 7, &publisher_key());
    kiosk.supply.install(&old, &verified(&signed_old)).unwrap();
    let header = |from, to| Header {
        delta: delta::FORMAT,
        from,
        to,
    };
    let packed = delta::make(&old, &new, &header(from.version, to.checkpoint.version)).unwrap();
    let mut other = new.clone();
    other.units[0].price = Money(1);
    let mut fewer = new.clone();
    fewer.pictures.clear();
    fewer.units.pop();
    let wrong = [
        (&new, header(6, 8)),
        (&new, header(5, 7)),
        (&other, header(6, 7)),
        (&fewer, header(6, 7)),
        (&old, header(6, 7)),
    ];
    let wrong = wrong.map(|(new, header)| delta::make(&old, new, &header).unwrap());
    Update {
        kiosk,
        new,
        checkpoint: verified(&to.signed),
        signed: to.signed,
        snapshot: to.snapshot,
        packed,
        wrong: wrong.into(),
    }
}

/// Runs the same cases every time.
fn runner(cases: u32) -> TestRunner {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(ProptestConfig::with_cases(cases), rng)
}

const fn is_refused<T>(result: &Result<T, LocalError>) -> bool {
    matches!(
        result,
        Err(LocalError::Refused { .. } | LocalError::Unusable { .. })
    )
}

#[test]
fn delta_installs_the_exact_published_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    assert!(
        update
            .kiosk
            .sync_port()
            .wanted_checkpoint(&update.signed)
            .unwrap()
            .is_some()
    );
    assert_eq!(
        update
            .kiosk
            .sync_port()
            .install_delta(&update.checkpoint, 6, &update.packed),
        Ok(7)
    );
    assert_eq!(installed(&update.kiosk), update.new);
    let verified = update.kiosk.verify().unwrap();
    assert_eq!(verified.version, 7, "the stored rows match the signed checkpoint");
}

/// The type of the checkpoint proves the verification, so the later steps need not repeat it.
#[test]
fn signature_is_verified_once_per_installation() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let port = update.kiosk.sync_port();
    for is_delta in [true, false] {
        let before = verification_count();
        let checkpoint = port.wanted_checkpoint(&update.signed).unwrap().unwrap();
        assert!(port.is_still_wanted(&checkpoint).unwrap());
        let shown = if is_delta {
            port.install_delta(&checkpoint, 6, &update.packed)
        } else {
            port.install_catalogue(&checkpoint, &update.snapshot)
        };
        assert_eq!(shown, Ok(7));
        assert_eq!(installed(&update.kiosk), update.new);
        assert_eq!(verification_count() - before, 1);
        update.kiosk.roll_back(None).unwrap();
        update.kiosk.leads.set(&[("rejected_version", &0)]).unwrap();
    }
}

/// The kiosk is enrolled with another platform during a download.
#[test]
fn download_of_a_former_publisher_is_not_installed() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let port = update.kiosk.sync_port();
    let before = installed(&update.kiosk);
    let reply = EnrolmentReply {
        kiosk: "K02".to_owned(),
        token: "another-test-token".to_owned(),
        leads_recipient: expo_vault::seal::Identity::generate().recipient().to_string(),
        publisher_key: PublisherKey::generate().unwrap().public().to_string(),
        config_version: 1,
        stop: Some(update.kiosk.stop().unwrap()),
    };
    update.kiosk.enrol("https://two.example", &reply, None).unwrap();
    let wrong_key = |result: Result<(), LocalError>| {
        let code = "wrong_key";
        matches!(result, Err(LocalError::Refused { code: found, .. }) if found == code)
    };
    assert!(wrong_key(port.wanted_checkpoint(&update.signed).map(drop)));
    assert!(wrong_key(port.is_still_wanted(&update.checkpoint).map(drop)));
    let snapshot = port.install_catalogue(&update.checkpoint, &update.snapshot);
    assert!(wrong_key(snapshot.map(drop)));
    let damaged = port.install_catalogue(&update.checkpoint, b"damaged");
    assert!(wrong_key(damaged.map(drop)), "the key comes first");
    let delta = port.install_delta(&update.checkpoint, 6, &update.packed);
    assert!(wrong_key(delta.map(drop)));
    assert_eq!(installed(&update.kiosk), before);
}

#[test]
fn roll_back_only_from_the_version_that_staff_saw() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let session = unlocked_session(&update.kiosk);
    // Version 7 arrives while staff confirm that they want to leave version 6.
    update
        .kiosk
        .sync_port()
        .install_delta(&update.checkpoint, 6, &update.packed)
        .unwrap();
    let refused = update.kiosk.staff_roll_back(&session, 6).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::VersionChanged);
    assert_eq!(installed(&update.kiosk), update.new);
    assert_eq!(update.kiosk.staff_roll_back(&session, 7).unwrap(), 6);
}

#[test]
fn roll_back_waits_for_an_install_then_checks_the_version() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let session = unlocked_session(&update.kiosk);
    let installing = update.kiosk.supply.lock_version();
    let (started, has_started) = std::sync::mpsc::channel();
    let refused = std::thread::scope(|scope| {
        let staff = scope.spawn(|| {
            started.send(()).unwrap();
            update.kiosk.staff_roll_back(&session, 6)
        });
        has_started.recv().unwrap();
        update
            .kiosk
            .supply
            .install(&update.new, &update.checkpoint)
            .unwrap();
        drop(installing);
        staff.join().unwrap()
    });
    assert_eq!(refused.unwrap_err().code(), ErrorCode::VersionChanged);
    assert_eq!(installed(&update.kiosk), update.new);
}

#[test]
fn late_delta_overrides_neither_import_nor_roll_back() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let late_delta = || {
        update
            .kiosk
            .sync_port()
            .install_delta(&update.checkpoint, 6, &update.packed)
    };
    assert_eq!(late_delta(), Ok(7));
    assert_eq!(late_delta(), Ok(7), "installed already");
    assert_eq!(update.kiosk.roll_back(None).unwrap(), 6);
    let before = installed(&update.kiosk);
    assert_eq!(late_delta(), Ok(6), "staff rolled back from it");
    assert_eq!(installed(&update.kiosk), before);
    let (signed, _) = published(&before, 8);
    update.kiosk.supply.install(&before, &verified(&signed)).unwrap();
    assert_eq!(
        late_delta(),
        Ok(8),
        "staff rolled back from it and imported a newer one"
    );
    update.kiosk.leads.set(&[("rejected_version", &0)]).unwrap();
    assert_eq!(late_delta(), Ok(8), "older than the imported version");
    assert_eq!(installed(&update.kiosk), before);
}

#[test]
fn delta_that_does_not_fit_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let before = installed(&update.kiosk);
    let more = [update.packed.as_slice(), b"more"].concat();
    let invalid = [Vec::new(), b"not compressed".to_vec(), more];
    for packed in update.wrong.iter().chain(&invalid) {
        let refused = update
            .kiosk
            .sync_port()
            .install_delta(&update.checkpoint, 6, packed);
        assert!(is_refused(&refused), "{refused:?}");
        assert_eq!(installed(&update.kiosk), before);
    }
    let wrong_start = update
        .kiosk
        .sync_port()
        .install_delta(&update.checkpoint, 5, &update.packed);
    assert!(is_refused(&wrong_start));
    let mut forged = update.signed.clone();
    forged.checkpoint = forged.checkpoint.replace("\"version\":7", "\"version\":9");
    let refused = update.kiosk.sync_port().wanted_checkpoint(&forged);
    assert!(matches!(
        refused,
        Err(LocalError::Refused {
            code: "wrong_signature",
            ..
        })
    ));
    assert_eq!(installed(&update.kiosk), before);
}

#[test]
fn delta_beyond_the_size_limit_is_not_decompressed() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let header = serde_json::json!({"delta": delta::FORMAT, "from": 6, "to": 7});
    let limit = snapshot::write(&update.new).unwrap().len() + DELTA_MARGIN_BYTES as usize;
    let step = "[\"unit\",\"put\",0]\n";
    let plan = format!("{header}\n{}", step.repeat(limit / step.len() + 1));
    let mut long = update.new.clone();
    long.notice = Texts::fr("x".repeat(limit));
    let to_seven = serde_json::from_value(header).unwrap();
    let before = installed(&update.kiosk);
    for packed in [
        delta::pack(&plan, "", &before),
        delta::make(&before, &long, &to_seven),
    ] {
        match update
            .kiosk
            .sync_port()
            .install_delta(&update.checkpoint, 6, &packed.unwrap())
        {
            Err(LocalError::Refused { detail, .. }) => {
                assert!(detail.contains("length of at most"), "{detail}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(installed(&update.kiosk), before);
    }
}

#[test]
fn damaged_delta_never_shows_another_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let before = installed(&update.kiosk);
    let damage = (
        any::<prop::sample::Index>(),
        1..=255_u8,
        any::<prop::sample::Index>(),
        any::<bool>(),
    );
    let result = runner(40).run(&damage, |(at, flip, length, truncates)| {
        let mut packed = update.packed.clone();
        packed[at.index(update.packed.len())] ^= flip;
        if truncates {
            packed.truncate(length.index(update.packed.len()));
        }
        match update
            .kiosk
            .sync_port()
            .install_delta(&update.checkpoint, 6, &packed)
        {
            Err(LocalError::Refused { .. }) => prop_assert_eq!(installed(&update.kiosk), before.clone()),
            // The damaged bit has no meaning: the result is exactly the published catalogue.
            Ok(_) => {
                prop_assert_eq!(installed(&update.kiosk), update.new.clone());
                update.kiosk.roll_back(None).unwrap();
                update.kiosk.leads.set(&[("rejected_version", &0)]).unwrap();
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
        Ok(())
    });
    result.unwrap();
}

#[test]
fn arbitrary_bytes_from_the_platform_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let before = installed(&update.kiosk);
    let bytes = prop::collection::vec(any::<u8>(), 0..500);
    let result = runner(256).run(
        &(bytes, ".{0,60}", ".{0,60}"),
        |(bytes, checkpoint, signature)| {
            let invalid = SignedCheckpoint {
                checkpoint,
                signature,
            };
            prop_assert!(is_refused(&update.kiosk.sync_port().wanted_checkpoint(&invalid)));
            let snapshot = update
                .kiosk
                .sync_port()
                .install_catalogue(&update.checkpoint, &bytes);
            prop_assert!(is_refused(&snapshot));
            let name = expo_protocol::sha256_hex(&bytes);
            update
                .kiosk
                .sync_port()
                .write_picture_chunk(&name, 0, &bytes)
                .unwrap();
            let picture = update.kiosk.sync_port().finish_picture(&name);
            prop_assert!(is_refused(&picture));
            prop_assert_eq!(update.kiosk.sync_port().partial_picture_length(&name), Ok(0));
            Ok(())
        },
    );
    result.unwrap();
    assert_eq!(installed(&update.kiosk), before);
}

#[test]
fn unused_pictures_are_removed_after_the_grace_period() {
    let folder = tempfile::tempdir().unwrap();
    let update = update(folder.path());
    let unused = b"a picture of no catalogue";
    let name = expo_protocol::sha256_hex(unused);
    update.kiosk.supply.pictures.put(&name, unused).unwrap();
    // The picture store compares modification times, which come from the clock of this machine.
    for (hours, is_kept) in [(1, true), (48, false)] {
        let (kiosk, machine) = kiosk(folder.path());
        machine.set(|state| state.wall_clock = Timestamp::now() + jiff::SignedDuration::from_hours(hours));
        kiosk.remove_unused_pictures().unwrap();
        assert_eq!(kiosk.supply.pictures.get(&name).is_some(), is_kept);
    }
}
