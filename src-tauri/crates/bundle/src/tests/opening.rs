//! Opening bundle files: signatures, entries, files that are not bundles.

use super::{SAMPLE, Sample, open_signed, tar_file};
use crate::{Bundle, Refusal};
use expo_protocol::SignedCheckpoint;
use expo_vault::signature::PublisherKey;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn bundle_opens_only_with_the_publisher_key() {
    let sample = &*SAMPLE;
    let other = PublisherKey::generate().unwrap().public();
    let refusal = Bundle::open(&sample.output.path, &other).unwrap_err();
    assert_eq!(refusal.code(), "wrong_key");
    let mut entries = sample.entries();
    let text = String::from_utf8(entries[0].1.clone()).unwrap();
    entries[0].1 = text.replace("\"units\": 3", "\"units\": 4").into_bytes();
    assert_ne!(entries[0].1, text.as_bytes());
    assert_eq!(sample.refusal(&tar_file(&entries)).code(), "wrong_signature");
}

#[test]
fn signature_file_is_verified_if_it_exists() {
    let sample = Sample::new();
    let signature_path = &sample.output.signature_path;
    assert_eq!(signature_path.file_name().unwrap(), "demo.bundle.minisig");
    let comment = fs::read_to_string(signature_path).unwrap();
    assert!(
        comment.contains("trusted comment: catalogue version 1795000000"),
        "{comment}"
    );
    // Change a byte that no entry covers: the permissions in the first header. Its checksum is corrected.
    let mut bytes = fs::read(&sample.output.path).unwrap();
    bytes[106] ^= 1;
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes().copy_from_slice(&bytes[..512]);
    header.set_cksum();
    bytes[..512].copy_from_slice(header.as_bytes());
    fs::write(&sample.output.path, bytes).unwrap();
    let refusal = sample.open(&sample.output.path).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::WrongSignature {
            signed: "demo.bundle.minisig".to_owned()
        }
    );
    fs::remove_file(signature_path).unwrap();
    assert!(sample.open(&sample.output.path).is_ok());
}

#[test]
fn missing_picture_is_reported_with_its_project() {
    let sample = &*SAMPLE;
    for index in [3, sample.entries().len() - 1] {
        let mut entries = sample.entries();
        let (name, _) = entries.remove(index);
        let Refusal::MissingPicture { hash, project } = sample.refusal(&tar_file(&entries)) else {
            panic!("the refusal is not MissingPicture")
        };
        assert_eq!(name, format!("pictures/{hash}.webp"));
        assert!(project.starts_with("FES-"));
    }
}

#[test]
fn extra_moved_or_swapped_entries_are_refused() {
    let sample = &*SAMPLE;
    let entries = sample.entries();
    assert!(
        sample.open(sample.file_with(&tar_file(&entries)).path()).is_ok(),
        "a tar file with unchanged entries opens"
    );
    for name in [
        "../escape.webp",
        "/etc/passwd",
        "pictures/../../x",
        "checkpoint.json",
    ] {
        for index in [0, 1, 3, entries.len()] {
            let mut changed = entries.clone();
            changed.insert(index, (name.to_owned(), b"x".to_vec()));
            let refusal = sample.refusal(&tar_file(&changed));
            assert!(
                ["damaged", "not_a_bundle", "missing_picture"].contains(&refusal.code()),
                "{refusal}"
            );
        }
    }
    for index in 0..entries.len() {
        let mut changed = entries.clone();
        changed[index].0 = format!("./{}", changed[index].0);
        assert_ne!(sample.refusal(&tar_file(&changed)).remedy(), "");
    }
    let mut swapped = entries.clone();
    let bytes = swapped[3].1.clone();
    swapped[4].1 = bytes;
    assert_eq!(sample.refusal(&tar_file(&swapped)).code(), "damaged");
    let mut longer = tar_file(&entries);
    longer.extend([0; 512]);
    assert_eq!(sample.refusal(&longer).code(), "damaged");
    // A link with the right name.
    let mut bytes = tar_file(&entries);
    bytes[156] = b'2';
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes().copy_from_slice(&bytes[..512]);
    header.set_cksum();
    bytes[..512].copy_from_slice(header.as_bytes());
    assert_eq!(sample.refusal(&bytes).code(), "not_a_bundle");
}

#[test]
fn other_and_truncated_files_are_refused() {
    let sample = &*SAMPLE;
    for bytes in [&b""[..], b"PK\x03\x04 a zip", &[0; 2048], &[0xff; 2048]] {
        assert_eq!(sample.refusal(bytes).code(), "not_a_bundle");
    }
    assert_eq!(
        sample.open(Path::new("/nowhere/at.all")).unwrap_err().code(),
        "unreadable"
    );
    let intact = fs::read(&sample.output.path).unwrap();
    for length in (1..intact.len()).step_by(701) {
        let refusal = sample.refusal(&intact[..length]);
        assert!(
            ["not_a_bundle", "damaged"].contains(&refusal.code()),
            "cut at {length}: {refusal}"
        );
    }
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_folders_are_refused_without_blocking() {
    let sample = &*SAMPLE;
    let folder = tempfile::tempdir().unwrap();
    // Opening a pipe without a writer blocks for ever.
    let open = |path: &Path| {
        let (path, key) = (path.to_owned(), sample.key.public());
        let (sender, result) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(Bundle::open(&path, &key).map(drop)));
        let outcome = result.recv_timeout(std::time::Duration::from_secs(20));
        outcome.expect("opening blocks on the pipe").unwrap_err()
    };
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        let status = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(status.unwrap().success());
        path
    };
    for path in [
        pipe("pipe.bundle"),
        folder.path().to_owned(),
        PathBuf::from("/dev/zero"),
    ] {
        let refusal = open(&path);
        assert_eq!(refusal.code(), "not_a_bundle", "{refusal}");
    }
    let intact = folder.path().join("intact.bundle");
    fs::copy(&sample.output.path, &intact).unwrap();
    sample.open(&intact).unwrap();
    pipe("intact.bundle.minisig");
    let refusal = open(&intact);
    assert!(
        refusal.code() == "damaged" && refusal.to_string().contains("intact.bundle.minisig"),
        "{refusal}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_byte_never_opens_as_another_catalogue(index in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let sample = &*SAMPLE;
        let mut bytes = fs::read(&sample.output.path).unwrap();
        let index = index.index(bytes.len());
        bytes[index] ^= flip;
        if let Ok(bundle) = sample.open(sample.file_with(&bytes).path()) {
            let original = sample.open(&sample.output.path).unwrap();
            prop_assert_eq!(bundle.catalogue, original.catalogue);
            // The untrusted comment of a signature is not signed, so the text of the signature may differ.
            prop_assert_eq!(&*bundle.checkpoint, &*original.checkpoint);
        }
    }

    #[test]
    fn random_bytes_are_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        let sample = &*SAMPLE;
        prop_assert!(sample.open(sample.file_with(&bytes).path()).is_err());
        let signed = SignedCheckpoint {
            checkpoint: String::from_utf8_lossy(&bytes).into_owned(),
            signature: String::from_utf8_lossy(&bytes).into_owned(),
        };
        prop_assert!(open_signed(&signed, &bytes, &sample.key.public()).is_err());
    }
}
