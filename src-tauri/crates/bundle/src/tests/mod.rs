use crate::{
    BuildError, Built, Bundle, Options, Progress, Refusal, build, keys, open_snapshot, refuse_older, sample,
};
use domain::Catalogue;
use jiff::Timestamp;
use proptest::prelude::*;
use protocol::SignedCheckpoint;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;
use vault::signature::PublisherKey;

const PUBLISHED: Timestamp = Timestamp::constant(1_795_000_000, 0);
const OPTIONS: Options<'static> = Options {
    version: None,
    published_at: PUBLISHED,
    expires_at: None,
    cache: None,
};

struct Sample {
    folder: TempDir,
    key: PublisherKey,
    built: Built,
}

impl Sample {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        fs::create_dir(&source).unwrap();
        sample::write(&source);
        let key = PublisherKey::generate().unwrap();
        let out = folder.path().join("out/demo.bundle");
        let built = build(&source, &out, &key, &OPTIONS, &mut |_| {}).unwrap();
        Self { folder, key, built }
    }

    fn source(&self) -> PathBuf {
        self.folder.path().join("source")
    }

    /// The checkpoint and the snapshot of a bundle: everything but the signatures, which hold random bytes.
    fn contents(&self, path: &Path) -> (String, Vec<u8>) {
        let bundle = self.open(path).unwrap();
        (bundle.signed.checkpoint, bundle.snapshot)
    }

    fn open(&self, path: &Path) -> Result<Bundle, Refusal> {
        Bundle::open(path, &self.key.public())
    }

    /// Another file with other bytes and no signature beside it.
    fn with_bytes(&self, bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new_in(self.folder.path()).unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn refusal(&self, bytes: &[u8]) -> Refusal {
        self.open(self.with_bytes(bytes).path())
            .expect_err("this must not open")
    }

    /// Names and bytes of the entries.
    fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let bytes = fs::read(&self.built.path).unwrap();
        let mut archive = tar::Archive::new(&bytes[..]);
        let entries = archive.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.path().unwrap().display().to_string(), bytes)
        });
        entries.collect()
    }
}

pub(crate) fn tarred(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        // Written raw, because the honest way refuses the names that are tried here.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, &bytes[..]).unwrap();
    }
    archive.into_inner().unwrap()
}

/// One for all tests that only read it: making keys and pictures takes time.
static SAMPLE: LazyLock<Sample> = LazyLock::new(Sample::new);

#[test]
fn what_is_built_opens_again_with_everything_in_it() {
    let sample = &*SAMPLE;
    let bundle = sample.open(&sample.built.path).unwrap();
    assert_eq!(bundle.checkpoint, sample.built.checkpoint);
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
            assert_eq!(protocol::sha256_hex(bytes), hash);
            hashes.push(hash.to_owned());
            Ok::<_, Refusal>(())
        })
        .unwrap();
    assert_eq!(hashes.len() as u64, bundle.checkpoint.pictures);
    let (checkpoint, catalogue) =
        open_snapshot(&bundle.signed, &bundle.snapshot, &sample.key.public()).unwrap();
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
fn the_same_source_gives_the_same_catalogue_and_a_cache_spares_the_pictures() {
    let sample = Sample::new();
    let cache = sample.folder.path().join("cache");
    let options = Options {
        cache: Some(&cache),
        ..OPTIONS
    };
    let again = sample.folder.path().join("again.bundle");
    let mut heard = Vec::new();
    build(&sample.source(), &again, &sample.key, &options, &mut |progress| {
        heard.push(progress);
    })
    .unwrap();
    assert!(sample.contents(&again) == sample.contents(&sample.built.path));
    let read = Progress::Read { photos: 3, faults: 0 };
    assert_eq!(heard.first(), Some(&read));
    let done = |kept| Progress::Picture { done: 3, kept, of: 3 };
    assert_eq!(heard[3], done(0));
    let kept: Vec<_> = fs::read_dir(&cache)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let one = kept
        .iter()
        .find(|path| path.extension().is_some_and(|e| e == "webp"))
        .unwrap();
    let sound = fs::read(one).unwrap();
    fs::write(one, "rotten").unwrap();
    heard.clear();
    build(&sample.source(), &again, &sample.key, &options, &mut |progress| {
        heard.push(progress);
    })
    .unwrap();
    assert_eq!(heard[3], done(2), "what did not change is not done again");
    assert_eq!(
        fs::read(one).unwrap(),
        sound,
        "a rotten file in the cache is made anew"
    );
    assert!(sample.contents(&again) == sample.contents(&sample.built.path));
}

#[test]
fn nothing_is_built_of_a_source_with_a_fault() {
    let sample = Sample::new();
    let before = fs::read(&sample.built.path).unwrap();
    // The header is sound, the pixels are not: only seen when it is decoded.
    let photo = sample.source().join("photos/b.png");
    let whole = fs::read(&photo).unwrap();
    fs::write(&photo, &whole[..whole.len() / 2]).unwrap();
    let error = build(
        &sample.source(),
        &sample.built.path,
        &sample.key,
        &OPTIONS,
        &mut |_| {},
    )
    .unwrap_err();
    let BuildError::Faults(faults) = &error else {
        panic!("{error}")
    };
    assert_eq!((faults.0.len(), faults.0[0].row), (1, Some(4)), "{error}");
    assert!(fs::read(&sample.built.path).unwrap() == before);
    let left: Vec<_> = fs::read_dir(sample.built.path.parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(left.len(), 2, "the bundle and its signature: {left:?}");
}

#[test]
fn only_the_publishers_key_opens() {
    let sample = &*SAMPLE;
    let other = PublisherKey::generate().unwrap().public();
    let refusal = Bundle::open(&sample.built.path, &other).unwrap_err();
    assert_eq!(refusal.code(), "wrong_key");
    let mut entries = sample.entries();
    let text = String::from_utf8(entries[0].1.clone()).unwrap();
    entries[0].1 = text.replace("\"units\": 3", "\"units\": 4").into_bytes();
    assert_ne!(entries[0].1, text.as_bytes());
    assert_eq!(sample.refusal(&tarred(&entries)).code(), "wrong_signature");
}

#[test]
fn the_signature_beside_the_file_counts_where_it_lies() {
    let sample = Sample::new();
    let beside = &sample.built.signature_path;
    assert_eq!(beside.file_name().unwrap(), "demo.bundle.minisig");
    let comment = fs::read_to_string(beside).unwrap();
    assert!(
        comment.contains("trusted comment: catalogue version 1795000000"),
        "{comment}"
    );
    // A byte that no entry covers: the permissions of the first header, with its checksum mended.
    let mut bytes = fs::read(&sample.built.path).unwrap();
    bytes[106] ^= 1;
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes().copy_from_slice(&bytes[..512]);
    header.set_cksum();
    bytes[..512].copy_from_slice(header.as_bytes());
    fs::write(&sample.built.path, bytes).unwrap();
    let refusal = sample.open(&sample.built.path).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::WrongSignature {
            signed: "demo.bundle.minisig".to_owned()
        }
    );
    fs::remove_file(beside).unwrap();
    assert!(sample.open(&sample.built.path).is_ok());
}

#[test]
fn only_higher_versions_are_taken() {
    let checkpoint = &SAMPLE.built.checkpoint;
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
fn a_missing_picture_is_named_with_a_project_that_needs_it() {
    let sample = &*SAMPLE;
    for place in [3, sample.entries().len() - 1] {
        let mut entries = sample.entries();
        let (name, _) = entries.remove(place);
        let Refusal::MissingPicture { hash, project } = sample.refusal(&tarred(&entries)) else {
            panic!("another refusal")
        };
        assert_eq!(name, format!("pictures/{hash}.webp"));
        assert!(project.starts_with("FES-"));
    }
}

#[test]
fn entries_that_are_extra_elsewhere_or_exchanged_are_refused() {
    let sample = &*SAMPLE;
    let entries = sample.entries();
    assert!(
        sample.open(sample.with_bytes(&tarred(&entries)).path()).is_ok(),
        "the test's own tar opens"
    );
    for name in [
        "../escape.webp",
        "/etc/passwd",
        "pictures/../../x",
        "checkpoint.json",
    ] {
        for place in [0, 1, 3, entries.len()] {
            let mut tried = entries.clone();
            tried.insert(place, (name.to_owned(), b"x".to_vec()));
            let refusal = sample.refusal(&tarred(&tried));
            assert!(
                ["damaged", "not_a_bundle", "missing_picture"].contains(&refusal.code()),
                "{refusal}"
            );
        }
    }
    for place in 0..entries.len() {
        let mut tried = entries.clone();
        tried[place].0 = format!("./{}", tried[place].0);
        assert_ne!(sample.refusal(&tarred(&tried)).remedy(), "");
    }
    let mut exchanged = entries.clone();
    let bytes = exchanged[3].1.clone();
    exchanged[4].1 = bytes;
    assert_eq!(sample.refusal(&tarred(&exchanged)).code(), "damaged");
    let mut longer = tarred(&entries);
    longer.extend([0; 512]);
    assert_eq!(sample.refusal(&longer).code(), "damaged");
    // A link under the right name.
    let mut bytes = tarred(&entries);
    bytes[156] = b'2';
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes().copy_from_slice(&bytes[..512]);
    header.set_cksum();
    bytes[..512].copy_from_slice(header.as_bytes());
    assert_eq!(sample.refusal(&bytes).code(), "not_a_bundle");
}

#[test]
fn other_files_are_not_bundles() {
    let sample = &*SAMPLE;
    for bytes in [&b""[..], b"PK\x03\x04 a zip", &[0; 2048], &[0xff; 2048]] {
        assert_eq!(sample.refusal(bytes).code(), "not_a_bundle");
    }
    assert_eq!(
        sample.open(Path::new("/nowhere/at.all")).unwrap_err().code(),
        "unreadable"
    );
    let whole = fs::read(&sample.built.path).unwrap();
    for length in (1..whole.len()).step_by(701) {
        let refusal = sample.refusal(&whole[..length]);
        assert!(
            ["not_a_bundle", "damaged"].contains(&refusal.code()),
            "cut at {length}: {refusal}"
        );
    }
}

/// Signs a checkpoint that claims something else, as a publisher with a broken program would.
fn resigned(sample: &Sample, from: &str, to: &str) -> SignedCheckpoint {
    let text = String::from_utf8(sample.entries()[0].1.clone()).unwrap();
    let checkpoint = text.replacen(from, to, 1);
    assert_ne!(checkpoint, text, "{from} does not stand in {text}");
    let signature = sample.key.sign(checkpoint.as_bytes(), "test").unwrap();
    SignedCheckpoint {
        checkpoint,
        signature,
    }
}

#[test]
fn a_signed_checkpoint_that_does_not_fit_its_snapshot_is_refused() {
    let sample = &*SAMPLE;
    let snapshot = &sample.entries()[2].1;
    let key = sample.key.public();
    let plain = sample.built.checkpoint.snapshot_plain_bytes;
    for (from, to, code) in [
        ("\"format\": 1", "\"format\": 2, \"hue\": 1", "newer_format"),
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
        let refusal = open_snapshot(&resigned(sample, from, to), snapshot, &key).unwrap_err();
        assert_eq!(refusal.code(), code, "{to}: {refusal}");
    }
}

#[test]
fn a_snapshot_that_unpacks_to_more_than_it_says_is_cut_off() {
    let sample = &*SAMPLE;
    let bomb = zstd::bulk::compress(&vec![b' '; 64 * 1024 * 1024], 1).unwrap();
    let mut checkpoint = sample.built.checkpoint.clone();
    checkpoint.snapshot_bytes = bomb.len() as u64;
    checkpoint.snapshot_sha256 = protocol::sha256_hex(&bomb);
    let text = serde_json::to_string(&checkpoint).unwrap();
    let signature = sample.key.sign(text.as_bytes(), "test").unwrap();
    let signed = SignedCheckpoint {
        checkpoint: text,
        signature,
    };
    let refusal = open_snapshot(&signed, &bomb, &sample.key.public()).unwrap_err();
    assert!(refusal.to_string().contains("does not unpack to"), "{refusal}");
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_folders_in_place_of_files_are_refused_at_once() {
    let sample = &*SAMPLE;
    let folder = tempfile::tempdir().unwrap();
    // Whoever opens a pipe without a writer waits for ever.
    let open = |path: &Path| {
        let (path, key) = (path.to_owned(), sample.key.public());
        let (sender, opened) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(Bundle::open(&path, &key).map(drop)));
        let waited = opened.recv_timeout(std::time::Duration::from_secs(20));
        waited.expect("it waits for a writer").unwrap_err()
    };
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
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
    let whole = folder.path().join("whole.bundle");
    fs::copy(&sample.built.path, &whole).unwrap();
    sample.open(&whole).unwrap();
    pipe("whole.bundle.minisig");
    let refusal = open(&whole);
    assert!(
        refusal.code() == "damaged" && refusal.to_string().contains("whole.bundle.minisig"),
        "{refusal}"
    );
}

#[test]
fn keys_are_two_files_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("publisher.key");
    let public = keys::generate(&path).unwrap();
    assert_eq!(keys::secret(&path).unwrap().public(), public);
    assert_eq!(keys::public(&keys::public_path(&path)).unwrap(), public);
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let before = fs::read(&path).unwrap();
    assert!(matches!(keys::generate(&path), Err(keys::KeyError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(matches!(keys::public(&path), Err(keys::KeyError::Key { .. })));
    assert!(matches!(
        keys::secret(&folder.path().join("none")),
        Err(keys::KeyError::File { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_changed_byte_opens_to_another_catalogue(place in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let sample = &*SAMPLE;
        let mut bytes = fs::read(&sample.built.path).unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        if let Ok(bundle) = sample.open(sample.with_bytes(&bytes).path()) {
            let whole = sample.open(&sample.built.path).unwrap();
            prop_assert_eq!(bundle.catalogue, whole.catalogue);
            prop_assert_eq!(bundle.checkpoint, whole.checkpoint);
        }
    }

    #[test]
    fn no_rubbish_panics(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        let sample = &*SAMPLE;
        prop_assert!(sample.open(sample.with_bytes(&bytes).path()).is_err());
        let signed = SignedCheckpoint {
            checkpoint: String::from_utf8_lossy(&bytes).into_owned(),
            signature: String::from_utf8_lossy(&bytes).into_owned(),
        };
        prop_assert!(open_snapshot(&signed, &bytes, &sample.key.public()).is_err());
    }
}
