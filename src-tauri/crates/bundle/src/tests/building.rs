//! Building bundles.

use super::{OPTIONS, SAMPLE, Sample};
use crate::build::publish;
use crate::{BuildError, Options, Progress, Refusal, VerifiedCheckpoint, build, open_snapshot};
use expo_domain::Catalogue;
use std::fs;
use std::io::Write;
use tempfile::NamedTempFile;

#[test]
fn built_bundle_opens_with_complete_content() {
    let sample = &*SAMPLE;
    let bundle = sample.open(&sample.output.path).unwrap();
    assert_eq!(*bundle.checkpoint, sample.output.checkpoint);
    assert_eq!(bundle.checkpoint.version, 1_795_000_000);
    assert_eq!(
        (bundle.checkpoint.rows.units, bundle.checkpoint.rows.pictures),
        (3, 3)
    );
    let source = crate::source::read(&sample.source()).unwrap().catalogue;
    assert_eq!(
        Catalogue {
            pictures: vec![],
            ..bundle.catalogue.clone()
        },
        source
    );
    let mut hashes = Vec::new();
    bundle
        .for_each_picture(|hash, bytes| {
            assert_eq!(expo_protocol::sha256_hex(bytes), hash);
            hashes.push(hash.to_owned());
            Ok::<_, Refusal>(())
        })
        .unwrap();
    assert_eq!(hashes.len() as u64, bundle.checkpoint.pictures);
    let checkpoint = VerifiedCheckpoint::open(bundle.checkpoint.signed(), &sample.key.public()).unwrap();
    let catalogue = open_snapshot(&checkpoint, &bundle.snapshot).unwrap();
    assert_eq!((checkpoint, catalogue), (bundle.checkpoint, bundle.catalogue));
    let entries: Vec<String> = sample.entries().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        entries[..3],
        [
            "checkpoint.json",
            "checkpoint.json.minisig",
            "snapshot.ndjson.zst"
        ]
    );
    assert_eq!(
        entries[3..],
        hashes
            .iter()
            .map(|hash| format!("pictures/{hash}.webp"))
            .collect::<Vec<_>>()
    );
}

#[test]
fn rebuild_is_reproducible_and_reuses_cached_pictures() {
    let sample = Sample::new();
    let cache = sample.folder.path().join("cache");
    let options = Options {
        cache: Some(&cache),
        ..OPTIONS
    };
    let again = sample.folder.path().join("again.bundle");
    let mut steps = Vec::new();
    build(&sample.source(), &again, &sample.key, &options, &mut |progress| {
        steps.push(progress);
    })
    .unwrap();
    assert!(sample.contents(&again) == sample.contents(&sample.output.path));
    let read = Progress::Read { photos: 3, faults: 0 };
    assert_eq!(steps.first(), Some(&read));
    let done = |cached| Progress::Picture {
        done: 3,
        cached,
        total: 3,
    };
    assert_eq!(steps[3], done(0));
    let cached_files: Vec<_> = fs::read_dir(&cache)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let cached_picture = cached_files
        .iter()
        .find(|path| path.extension().is_some_and(|e| e == "webp"))
        .unwrap();
    let intact = fs::read(cached_picture).unwrap();
    fs::write(cached_picture, "damaged").unwrap();
    steps.clear();
    build(&sample.source(), &again, &sample.key, &options, &mut |progress| {
        steps.push(progress);
    })
    .unwrap();
    assert_eq!(steps[3], done(2), "unchanged photos are not prepared again");
    assert_eq!(
        fs::read(cached_picture).unwrap(),
        intact,
        "a damaged file in the cache is replaced"
    );
    assert!(sample.contents(&again) == sample.contents(&sample.output.path));
}

#[test]
fn source_with_a_fault_builds_nothing() {
    let sample = Sample::new();
    let before = fs::read(&sample.output.path).unwrap();
    // The header is valid, the pixels are not: detected only by decoding.
    let photo = sample.source().join("photos/b.png");
    let intact = fs::read(&photo).unwrap();
    fs::write(&photo, &intact[..intact.len() / 2]).unwrap();
    let error = build(
        &sample.source(),
        &sample.output.path,
        &sample.key,
        &OPTIONS,
        &mut |_| {},
    )
    .unwrap_err();
    let BuildError::Faults(faults) = &error else {
        panic!("{error}")
    };
    assert_eq!((faults.0.len(), faults.0[0].row), (1, Some(4)), "{error}");
    assert!(fs::read(&sample.output.path).unwrap() == before);
    let left: Vec<_> = fs::read_dir(sample.output.path.parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(
        left.len(),
        2,
        "only the bundle and its signature are left: {left:?}"
    );
}

#[test]
fn future_version_is_not_built() {
    let sample = Sample::new();
    let out = sample.folder.path().join("future/catalogue.bundle");
    let options = Options {
        version: Some(9_999_999_999),
        ..OPTIONS
    };
    let error = build(&sample.source(), &out, &sample.key, &options, &mut |_| {}).unwrap_err();
    assert!(matches!(error, BuildError::FutureVersion(_)), "{error}");
    assert!(!out.parent().unwrap().exists());
}

/// Copies of a finished bundle, each with one changed byte, stand for whatever goes wrong after the checks of the source.
#[test]
fn bundle_that_kiosks_would_refuse_is_not_published() {
    let sample = Sample::new();
    let (out, signature_path) = (&sample.output.path, &sample.output.signature_path);
    let (before, signature) = (
        fs::read(out).unwrap(),
        fs::read_to_string(signature_path).unwrap(),
    );
    let finished = |bytes: &[u8]| {
        let mut file = NamedTempFile::new_in(out.parent().unwrap()).unwrap();
        file.write_all(bytes).unwrap();
        file
    };
    let key = sample.key.public();
    for at in (600..before.len()).step_by(before.len() / 40) {
        let mut changed = before.clone();
        changed[at] ^= 1;
        let error = publish(finished(&changed), &signature, out, &key).expect_err("it is refused");
        assert!(matches!(error, BuildError::Inconsistent(_)), "byte {at}: {error}");
    }
    let other = sample.key.sign_reader(&b"other"[..], "comment").unwrap();
    publish(finished(&before), &other, out, &key).expect_err("the signature is of another file");
    assert!(fs::read(out).unwrap() == before && fs::read_to_string(signature_path).unwrap() == signature);
    let left = fs::read_dir(out.parent().unwrap()).unwrap().count();
    assert_eq!(left, 2, "no temporary files");
    publish(finished(&before), &signature, out, &key).unwrap();
}

#[test]
fn wrong_size_in_the_picture_cache_is_prepared_again() {
    let sample = Sample::new();
    let cache = sample.folder.path().join("cache");
    let options = Options {
        cache: Some(&cache),
        ..OPTIONS
    };
    let out = sample.folder.path().join("cached.bundle");
    let run = || build(&sample.source(), &out, &sample.key, &options, &mut |_| {});
    run().unwrap();
    let files = fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path());
    let mut records = files.filter(|path| path.extension().is_some_and(|e| e == "json"));
    let record = records.next().unwrap();
    let intact = fs::read_to_string(&record).unwrap();
    let wrong = intact.replace("\"width\":24", "\"width\":25");
    assert_ne!(wrong, intact);
    fs::write(&record, wrong).unwrap();
    run().unwrap();
    assert_eq!(fs::read_to_string(&record).unwrap(), intact);
    assert!(sample.contents(&out) == sample.contents(&sample.output.path));
}
