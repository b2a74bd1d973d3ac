//! Bundles of a publisher whose program is broken or whose key was stolen: rightly signed, every hash right, and
//! pictures that are none.

use crate::tests::tarred;
use crate::{Bundle, Options, Refusal, build, sample};
use domain::{Catalogue, Rendition};
use jiff::Timestamp;
use protocol::{Checkpoint, sha256_hex, snapshot};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use vault::signature::PublisherKey;

/// The catalogue of the sample, its pictures, and the key.
struct Publisher {
    folder: TempDir,
    key: PublisherKey,
    catalogue: Catalogue,
    pictures: BTreeMap<String, Vec<u8>>,
}

impl Publisher {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        sample::write(folder.path());
        let key = PublisherKey::generate().unwrap();
        let out = folder.path().join("honest.bundle");
        let options = Options {
            version: Some(7),
            published_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            cache: None,
        };
        build(folder.path(), &out, &key, &options, &mut |_| {}).unwrap();
        let bundle = Bundle::open(&out, &key.public()).unwrap();
        let mut pictures = BTreeMap::new();
        bundle
            .for_each_picture(|hash, bytes| {
                pictures.insert(hash.to_owned(), bytes.to_vec());
                Ok::<_, Refusal>(())
            })
            .unwrap();
        Self {
            folder,
            key,
            catalogue: bundle.catalogue,
            pictures,
        }
    }

    /// A bundle in which the first picture is `bytes` and said to be so large.
    fn bundle_with(&self, bytes: &[u8], width: u32, height: u32) -> Result<Bundle, Refusal> {
        let mut catalogue = self.catalogue.clone();
        let rendition = Rendition {
            hash: sha256_hex(bytes),
            width,
            height,
            bytes: bytes.len() as u64,
        };
        let picture = &mut catalogue.pictures[0];
        picture.small = rendition.clone();
        picture.medium = rendition.clone();
        picture.large = rendition;
        let mut files = self.pictures.clone();
        files.insert(sha256_hex(bytes), bytes.to_vec());
        let needed: BTreeMap<&str, u64> = catalogue
            .pictures
            .iter()
            .flat_map(|picture| [&picture.small, &picture.medium, &picture.large])
            .map(|rendition| (rendition.hash.as_str(), rendition.bytes))
            .collect();
        let text = snapshot::write(&catalogue).unwrap();
        let compressed = zstd::bulk::compress(text.as_bytes(), 3).unwrap();
        let checkpoint = Checkpoint {
            format: 1,
            version: 8,
            published_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            rows: snapshot::counts(&catalogue),
            content_sha256: snapshot::content_sha256(&text),
            snapshot_sha256: sha256_hex(&compressed),
            snapshot_bytes: compressed.len() as u64,
            snapshot_plain_bytes: text.len() as u64,
            pictures: needed.len() as u64,
            pictures_bytes: needed.values().sum(),
        };
        let signed = serde_json::to_string(&checkpoint).unwrap();
        let signature = self.key.sign(signed.as_bytes(), "test").unwrap();
        let mut entries = vec![
            ("checkpoint.json".to_owned(), signed.into_bytes()),
            ("checkpoint.json.minisig".to_owned(), signature.into_bytes()),
            ("snapshot.ndjson.zst".to_owned(), compressed),
        ];
        entries.extend(
            needed
                .keys()
                .map(|hash| (format!("pictures/{hash}.webp"), files[*hash].clone())),
        );
        let path = self.folder.path().join("hostile.bundle");
        fs::write(&path, tarred(&entries)).unwrap();
        self.open(&path)
    }

    fn open(&self, path: &Path) -> Result<Bundle, Refusal> {
        Bundle::open(path, &self.key.public())
    }
}

/// A WebP file with an extended header and nothing that could be shown.
fn extended_webp(flags: u8, width: u32, height: u32, frame: &[u8]) -> Vec<u8> {
    let mut webp = b"RIFF".to_vec();
    webp.extend((4 + 18 + frame.len() as u32).to_le_bytes());
    webp.extend(b"WEBPVP8X\x0a\0\0\0");
    webp.extend([flags, 0, 0, 0]);
    webp.extend(&(width - 1).to_le_bytes()[..3]);
    webp.extend(&(height - 1).to_le_bytes()[..3]);
    webp.extend(frame);
    webp
}

#[test]
fn the_test_itself_makes_bundles_that_open() {
    let publisher = Publisher::new();
    let (hash, bytes) = publisher.pictures.first_key_value().unwrap();
    let opened = publisher.bundle_with(bytes, 24, 16).unwrap();
    assert_eq!(opened.catalogue.pictures[0].large.hash, *hash);
}

#[test]
fn pictures_that_are_bombs_or_none_are_refused_however_well_they_are_signed() {
    let publisher = Publisher::new();
    let sound = publisher.pictures.values().next().unwrap();
    // The chunk with the pixels, which follows the header of the file.
    let frame = &sound[12..];
    let moving = extended_webp(0b10, 24, 16, frame);
    let bomb = extended_webp(0, 16_384, 16_384, frame);
    let script: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let mut png = Vec::new();
    image::RgbImage::new(24, 16)
        .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
        .unwrap();
    for (what, bytes, width, height) in [
        ("a script", script, 24, 16),
        ("nothing", b"", 24, 16),
        ("zeros", &[0; 4096], 24, 16),
        ("another format", &png, 24, 16),
        ("an animation", &moving, 24, 16),
        ("a bomb that says so", &bomb, 16_384, 16_384),
        ("a bomb that lies", &bomb, 24, 16),
        ("wider than any small picture", sound, 481, 16),
        ("another size", sound, 16, 24),
        ("no width", sound, 0, 16),
    ] {
        let refusal = publisher.bundle_with(bytes, width, height).expect_err(what);
        assert_eq!(refusal.code(), "damaged", "{what}: {refusal}");
    }
}

#[test]
fn a_sound_header_before_rubbish_does_no_harm() {
    // Whether a picture can be shown to its last row is only known where it is shown: the window then has a
    // placeholder. Here nothing may fail but the bundle, and the bytes come out as they went in.
    let publisher = Publisher::new();
    let sound = publisher.pictures.values().next().unwrap();
    for cut in [31, sound.len() / 2, sound.len() - 1] {
        let mut rubbish = sound[..cut].to_vec();
        rubbish.resize(sound.len() + 5_000, 0xa5);
        for bytes in [&sound[..cut], &rubbish] {
            let Ok(bundle) = publisher.bundle_with(bytes, 24, 16) else {
                continue;
            };
            let mut found = false;
            bundle
                .for_each_picture(|_, given| {
                    found |= given == bytes;
                    Ok::<_, Refusal>(())
                })
                .unwrap();
            assert!(found);
        }
    }
}
