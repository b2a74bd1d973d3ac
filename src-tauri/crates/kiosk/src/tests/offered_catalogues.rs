//! Catalogues that come from the platform, whole or as deltas, and what happens to the one shown.

use super::{explore, kiosk};
use crate::{Demonstration, Kiosk, Session};
use domain::{Catalogue, Money, Texts};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use protocol::delta::{self, Header};
use protocol::{Checkpoint, DELTA_MARGIN_BYTES, SignedCheckpoint, snapshot};
use std::path::Path;
use sync::{Local, LocalError};
use vault::signature::PublisherKey;

/// A checkpoint of a catalogue, signed by the publisher of the demonstration.
pub(super) fn published(content: &Catalogue, version: u64) -> (SignedCheckpoint, Checkpoint) {
    let text = snapshot::write(content).unwrap();
    let files = snapshot::picture_files(content);
    let checkpoint = Checkpoint {
        format: 1,
        version,
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        rows: snapshot::counts(content),
        content_sha256: snapshot::content_sha256(&text),
        snapshot_sha256: "00".repeat(32),
        snapshot_bytes: text.len() as u64,
        snapshot_plain_bytes: text.len() as u64,
        pictures: files.len() as u64,
        pictures_bytes: files.iter().map(|(_, bytes)| bytes).sum(),
    };
    (sign(&checkpoint), checkpoint)
}

pub(super) fn sign(checkpoint: &Checkpoint) -> SignedCheckpoint {
    sign_text(&serde_json::to_string(checkpoint).unwrap())
}

pub(super) fn sign_text(checkpoint: &str) -> SignedCheckpoint {
    let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY).unwrap();
    SignedCheckpoint {
        checkpoint: checkpoint.to_owned(),
        signature: key.sign(checkpoint.as_bytes(), "test").unwrap(),
    }
}

fn shown(kiosk: &Kiosk) -> Catalogue {
    kiosk.catalogues.current().unwrap().unwrap().read_all().unwrap()
}

/// A kiosk that shows version 6 of a catalogue, the catalogue of version 7, and the delta between them.
struct Change {
    kiosk: Kiosk,
    new: Catalogue,
    signed: SignedCheckpoint,
    packed: Vec<u8>,
    /// The same to versions that it does not lead to, from ones that it does not start from, or to other rows.
    wrong: Vec<Vec<u8>>,
}

fn change(folder: &Path) -> Change {
    let (kiosk, _) = kiosk(folder);
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let old = explore::catalogue();
    let mut new = old.clone();
    new.units[0].price = Money(new.units[0].price.0 + 100);
    new.towns.reverse();
    let ((signed_old, from), (signed, to)) = (published(&old, 6), published(&new, 7));
    kiosk.install(&old, &signed_old, &from).unwrap();
    let between = |from, to| Header {
        delta: delta::FORMAT,
        from,
        to,
    };
    let packed = delta::make(&old, &new, &between(from.version, to.version)).unwrap();
    let mut other = new.clone();
    other.units[0].price = Money(1);
    let mut fewer = new.clone();
    fewer.pictures.clear();
    fewer.units.pop();
    let wrong = [
        (&new, between(6, 8)),
        (&new, between(5, 7)),
        (&other, between(6, 7)),
        (&fewer, between(6, 7)),
        (&old, between(6, 7)),
    ];
    let wrong = wrong.map(|(new, header)| delta::make(&old, new, &header).unwrap());
    Change {
        kiosk,
        new,
        signed,
        packed,
        wrong: wrong.into(),
    }
}

fn unlocked(kiosk: &Kiosk) -> Session {
    let mut session = Session::default();
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    session
}

/// The same cases in every run.
fn runner(cases: u32) -> TestRunner {
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(ProptestConfig::with_cases(cases), chance)
}

const fn is_refused<T>(result: &Result<T, LocalError>) -> bool {
    matches!(
        result,
        Err(LocalError::Refused { .. } | LocalError::Unusable { .. })
    )
}

#[test]
fn a_delta_leads_to_the_published_catalogue_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    assert!(change.kiosk.wants(&change.signed).unwrap().is_some());
    assert_eq!(
        change.kiosk.install_delta(&change.signed, 6, &change.packed),
        Ok(7)
    );
    assert_eq!(shown(&change.kiosk), change.new);
    let verified = change.kiosk.verify().unwrap();
    assert_eq!(
        verified.version, 7,
        "the rows kept are those of the signed checkpoint"
    );
}

#[test]
fn going_back_leaves_the_version_that_staff_saw_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let session = unlocked(&change.kiosk);
    // Version 7 comes while staff are asked whether they really want to leave version 6.
    change
        .kiosk
        .install_delta(&change.signed, 6, &change.packed)
        .unwrap();
    let refused = change.kiosk.staff_roll_back(&session, 6).unwrap_err();
    assert_eq!(refused.code(), "version_changed");
    assert_eq!(shown(&change.kiosk), change.new);
    assert_eq!(change.kiosk.staff_roll_back(&session, 7).unwrap(), 6);
}

#[test]
fn staff_who_wait_for_a_version_do_not_go_back_from_it_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let session = unlocked(&change.kiosk);
    let (_, checkpoint) = published(&change.new, 7);
    let busy = change.kiosk.installing.lock().unwrap();
    let (begins, began) = std::sync::mpsc::channel();
    let refused = std::thread::scope(|scope| {
        let staff = scope.spawn(|| {
            begins.send(()).unwrap();
            change.kiosk.staff_roll_back(&session, 6)
        });
        began.recv().unwrap();
        change
            .kiosk
            .install(&change.new, &change.signed, &checkpoint)
            .unwrap();
        drop(busy);
        staff.join().unwrap()
    });
    assert_eq!(refused.unwrap_err().code(), "version_changed");
    assert_eq!(shown(&change.kiosk), change.new);
}

#[test]
fn what_was_on_its_way_crosses_neither_a_stick_nor_a_way_back() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let late = || change.kiosk.install_delta(&change.signed, 6, &change.packed);
    assert_eq!(late(), Ok(7));
    assert_eq!(late(), Ok(7), "it is there already");
    assert_eq!(change.kiosk.roll_back(None).unwrap(), 6);
    let before = shown(&change.kiosk);
    assert_eq!(late(), Ok(6), "staff left it");
    assert_eq!(shown(&change.kiosk), before);
    let (signed, checkpoint) = published(&before, 8);
    change.kiosk.install(&before, &signed, &checkpoint).unwrap();
    assert_eq!(late(), Ok(8), "staff left it, and a stick brought a newer one");
    change.kiosk.leads.set(&[("rejected_version", &0)]).unwrap();
    assert_eq!(late(), Ok(8), "older than what the stick brought");
    assert_eq!(shown(&change.kiosk), before);
}

#[test]
fn a_delta_that_does_not_fit_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let before = shown(&change.kiosk);
    let more = [change.packed.as_slice(), b"more"].concat();
    let hostile = [Vec::new(), b"not packed at all".to_vec(), more];
    for packed in change.wrong.iter().chain(&hostile) {
        let refused = change.kiosk.install_delta(&change.signed, 6, packed);
        assert!(is_refused(&refused), "{refused:?}");
        assert_eq!(shown(&change.kiosk), before);
    }
    let wrong_start = change.kiosk.install_delta(&change.signed, 5, &change.packed);
    assert!(is_refused(&wrong_start));
    let mut forged = change.signed.clone();
    forged.checkpoint = forged.checkpoint.replace("\"version\":7", "\"version\":9");
    let refused = change.kiosk.install_delta(&forged, 6, &change.packed);
    assert!(matches!(
        refused,
        Err(LocalError::Refused {
            code: "wrong_signature",
            ..
        })
    ));
    assert_eq!(shown(&change.kiosk), before);
}

#[test]
fn a_delta_that_unpacks_beyond_the_cap_is_not_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let header = serde_json::json!({"delta": delta::FORMAT, "from": 6, "to": 7});
    let cap = snapshot::write(&change.new).unwrap().len() + DELTA_MARGIN_BYTES as usize;
    let step = "[\"unit\",\"put\",0]\n";
    let plan = format!("{header}\n{}", step.repeat(cap / step.len() + 1));
    let mut long = change.new.clone();
    long.notice = Texts::fr("x".repeat(cap));
    let between = serde_json::from_value(header).unwrap();
    let before = shown(&change.kiosk);
    for packed in [
        delta::pack(&plan, "", &before),
        delta::make(&before, &long, &between),
    ] {
        match change.kiosk.install_delta(&change.signed, 6, &packed.unwrap()) {
            Err(LocalError::Refused { detail, .. }) => {
                assert!(detail.contains("a length of at most"), "{detail}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(shown(&change.kiosk), before);
    }
}

#[test]
fn no_damaged_byte_of_a_delta_shows_another_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let before = shown(&change.kiosk);
    let damage = (
        any::<prop::sample::Index>(),
        1..=255_u8,
        any::<prop::sample::Index>(),
        any::<bool>(),
    );
    let result = runner(40).run(&damage, |(at, flip, cut, cuts)| {
        let mut packed = change.packed.clone();
        packed[at.index(change.packed.len())] ^= flip;
        if cuts {
            packed.truncate(cut.index(change.packed.len()));
        }
        match change.kiosk.install_delta(&change.signed, 6, &packed) {
            Err(LocalError::Refused { .. }) => prop_assert_eq!(shown(&change.kiosk), before.clone()),
            // A flag of the frame that means nothing: then it is the published catalogue, to the row.
            Ok(_) => {
                prop_assert_eq!(shown(&change.kiosk), change.new.clone());
                change.kiosk.roll_back(None).unwrap();
                change.kiosk.leads.set(&[("rejected_version", &0)]).unwrap();
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
        Ok(())
    });
    result.unwrap();
}

#[test]
fn anything_instead_of_a_snapshot_checkpoint_or_picture_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let before = shown(&change.kiosk);
    let bytes = prop::collection::vec(any::<u8>(), 0..500);
    let result = runner(256).run(
        &(bytes, ".{0,60}", ".{0,60}"),
        |(bytes, checkpoint, signature)| {
            let noise = SignedCheckpoint {
                checkpoint,
                signature,
            };
            prop_assert!(is_refused(&change.kiosk.wants(&noise)));
            let snapshot = change.kiosk.install_catalogue(&change.signed, &bytes);
            prop_assert!(is_refused(&snapshot));
            let name = protocol::sha256_hex(&bytes);
            change.kiosk.keep_part(&name, 0, &bytes).unwrap();
            let picture = change.kiosk.finish_picture(&name);
            prop_assert!(is_refused(&picture));
            prop_assert_eq!(change.kiosk.picture_part(&name), Ok(0));
            Ok(())
        },
    );
    result.unwrap();
    assert_eq!(shown(&change.kiosk), before);
}

#[test]
fn pictures_of_neither_catalogue_go_after_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let change = change(folder.path());
    let stray = b"a picture of no catalogue";
    let name = protocol::sha256_hex(stray);
    change.kiosk.pictures.put(&name, stray).unwrap();
    // The shelf goes by the times of files, which are those of this machine.
    for (hours, is_there) in [(1, true), (48, false)] {
        let (kiosk, bench) = kiosk(folder.path());
        bench.set(|machine| machine.0 = Timestamp::now() + jiff::SignedDuration::from_hours(hours));
        kiosk.clear_pictures().unwrap();
        assert_eq!(kiosk.pictures.get(&name).is_some(), is_there);
    }
}
