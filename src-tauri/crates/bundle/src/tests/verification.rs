//! Verification of checkpoints and snapshots.

use super::{OPTIONS, SAMPLE, Sample, open_signed, tar_file};
use crate::{
    CheckpointError, Refusal, VerifiedCheckpoint, build, highest_version, refuse_future, refuse_older,
};
use expo_protocol::SignedCheckpoint;
use expo_vault::signature::PublisherKey;
use jiff::{SignedDuration, Timestamp};
use std::fs;

#[test]
fn only_higher_versions_are_accepted() {
    let checkpoint = &SAMPLE.output.checkpoint;
    assert_eq!(refuse_older(checkpoint, None), Ok(()));
    assert_eq!(refuse_older(checkpoint, Some(checkpoint.version - 1)), Ok(()));
    for installed in [checkpoint.version, checkpoint.version + 1] {
        let refusal = Refusal::OlderVersion {
            offered: checkpoint.version,
            installed,
        };
        assert_eq!(refuse_older(checkpoint, Some(installed)), Err(refusal));
    }
}

#[test]
fn version_at_most_a_day_ahead_is_accepted() {
    let mut checkpoint = SAMPLE.output.checkpoint.clone();
    let published = checkpoint.published_at;
    let highest = published.as_second() as u64 + 86_400;
    let later = Some(published + SignedDuration::from_hours(24 * 365));
    for now in [None, Some(published), later] {
        checkpoint.version = highest;
        assert_eq!(refuse_future(&checkpoint, now), Ok(()));
        checkpoint.version = highest + 1;
        let refusal = Refusal::FutureVersion {
            offered: highest + 1,
            highest,
        };
        assert_eq!(
            refuse_future(&checkpoint, now),
            Err(refusal),
            "its own time decides"
        );
    }
}

/// As from a publisher whose clock is years ahead: version and time of publication fit together.
#[test]
fn known_time_reveals_a_publisher_of_the_future() {
    let checkpoint = &SAMPLE.output.checkpoint;
    assert_eq!(refuse_future(checkpoint, None), Ok(()));
    let earlier = checkpoint.published_at - SignedDuration::from_hours(48);
    let refusal = refuse_future(checkpoint, Some(earlier)).unwrap_err();
    assert_eq!(refusal.code(), "future_version");
    assert_eq!(highest_version(Timestamp::MIN), 0);
}

/// A changed checkpoint with a valid signature, as from a publisher with a faulty program.
fn re_signed(sample: &Sample, from: &str, to: &str) -> SignedCheckpoint {
    let text = String::from_utf8(sample.entries()[0].1.clone()).unwrap();
    let checkpoint = text.replacen(from, to, 1);
    assert_ne!(checkpoint, text, "{from} is not in {text}");
    let signature = sample.key.sign(checkpoint.as_bytes(), "test").unwrap();
    SignedCheckpoint {
        checkpoint,
        signature,
    }
}

#[test]
fn verify_refuses_a_signed_future_version() {
    let sample = &*SAMPLE;
    let version = format!("\"version\": {}", sample.output.checkpoint.version);
    let signed = re_signed(sample, &version, "\"version\": 9999999999");
    let mut entries = sample.entries();
    entries[0].1 = signed.checkpoint.into_bytes();
    entries[1].1 = signed.signature.into_bytes();
    let file = sample.file_with(&tar_file(&entries));
    let opened = sample.open(file.path()).unwrap();
    assert_eq!(opened.checkpoint.version, 9_999_999_999);
    let error = crate::publishing::verify(file.path(), &sample.key.public()).unwrap_err();
    assert_eq!(error.code(), "future_version");
}

#[test]
fn checkpoint_must_match_its_snapshot() {
    let sample = &*SAMPLE;
    let snapshot = &sample.entries()[2].1;
    let key = sample.key.public();
    let plain = sample.output.checkpoint.snapshot_plain_bytes;
    for (from, to, code) in [
        ("\"format\": 1", "\"format\": 9, \"hue\": 1", "newer_format"),
        ("\"format\": 1", "\"format\": 1, \"hue\": 1", "damaged"),
        ("\"units\": 3", "\"units\": 4", "damaged"),
        ("\"content_sha256\": \"", "\"content_sha256\": \"0", "damaged"),
        ("\"snapshot_sha256\": \"", "\"snapshot_sha256\": \"0", "damaged"),
        ("\"snapshot_bytes\": ", "\"snapshot_bytes\": 1", "damaged"),
        (
            &format!("_plain_bytes\": {plain}"),
            &format!("_plain_bytes\": {}", plain - 1),
            "damaged",
        ),
        (
            &format!("_plain_bytes\": {plain}"),
            &format!("_plain_bytes\": {}", plain + 1),
            "damaged",
        ),
        (
            &format!("_plain_bytes\": {plain}"),
            "_plain_bytes\": 999999999999",
            "damaged",
        ),
        ("\"pictures_bytes\": ", "\"pictures_bytes\": 1", "damaged"),
    ] {
        let refusal = open_signed(&re_signed(sample, from, to), snapshot, &key).unwrap_err();
        assert_eq!(refusal.code(), code, "{to}: {refusal}");
    }
}

#[test]
fn outlines_need_format_2() {
    let mut sample = Sample::new();
    let source = sample.source();
    let parcels = "unit;points\nU-03;0 0|120 0|120 90\n";
    fs::write(source.join("parcels.csv"), parcels).unwrap();
    let out = sample.folder.path().join("outlined.bundle");
    sample.output = build(&source, &out, &sample.key, &OPTIONS, &mut |_| {}).unwrap();
    let snapshot = &sample.entries()[2].1;
    let signed = re_signed(&sample, "\"format\": 2", "\"format\": 1");
    let refusal = open_signed(&signed, snapshot, &sample.key.public()).unwrap_err();
    assert!(refusal.to_string().contains("outlines"), "{refusal}");
}

#[test]
fn decompression_stops_at_the_declared_size() {
    let sample = &*SAMPLE;
    let bomb = zstd::bulk::compress(&vec![b' '; 64 * 1024 * 1024], 1).unwrap();
    let mut checkpoint = sample.output.checkpoint.clone();
    checkpoint.snapshot_bytes = bomb.len() as u64;
    checkpoint.snapshot_sha256 = expo_protocol::sha256_hex(&bomb);
    let text = serde_json::to_string(&checkpoint).unwrap();
    let signature = sample.key.sign(text.as_bytes(), "test").unwrap();
    let signed = SignedCheckpoint {
        checkpoint: text,
        signature,
    };
    let refusal = open_signed(&signed, &bomb, &sample.key.public()).unwrap_err();
    assert!(
        refusal.to_string().contains("does not decompress to"),
        "{refusal}"
    );
}

/// A kiosk can be enrolled with another platform while a checkpoint is in use.
#[test]
fn checkpoint_is_refused_after_the_key_changed() {
    let sample = &*SAMPLE;
    let checkpoint = sample.open(&sample.output.path).unwrap().checkpoint;
    assert_eq!(checkpoint.require_key(&sample.key.public()), Ok(()));
    let other = PublisherKey::generate().unwrap().public();
    assert_eq!(checkpoint.require_key(&other).unwrap_err().code(), "wrong_key");
}

#[test]
fn version_is_read_only_from_a_signed_text() {
    let sample = &*SAMPLE;
    let key = sample.key.public();
    let newer = re_signed(sample, "\"format\": 1", "\"format\": 9");
    let Err(CheckpointError::Unreadable { version, refusal }) = VerifiedCheckpoint::open(&newer, &key) else {
        panic!("the format is not known");
    };
    assert_eq!(version, Some(sample.output.checkpoint.version));
    assert_eq!(refusal, Refusal::NewerFormat { format: 9 });
    let mut forged = newer;
    forged.checkpoint.push(' ');
    let error = VerifiedCheckpoint::open(&forged, &key).unwrap_err();
    assert!(matches!(error, CheckpointError::NotAuthentic(_)), "{error:?}");
}
