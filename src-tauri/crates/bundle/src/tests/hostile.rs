//! Bundles with valid signatures and hashes whose pictures are not pictures, as from a publisher with a faulty program
//! or a stolen key.

use super::sample;
use super::tar_file;
use crate::{Bundle, Options, Refusal, build};
use expo_domain::{Catalogue, Rendition};
use expo_protocol::{SignedCheckpoint, sha256_hex, snapshot};
use expo_vault::signature::PublisherKey;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The publisher of the sample, with its key, catalogue and picture files.
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
        let out = folder.path().join("original.bundle");
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

    /// Opens a bundle whose first picture is `bytes`, with this width and height in the catalogue.
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
        let publication = fixtures::publish(&catalogue, 8, &self.key);
        let SignedCheckpoint {
            checkpoint,
            signature,
        } = publication.signed;
        let mut entries = vec![
            ("checkpoint.json".to_owned(), checkpoint.into_bytes()),
            ("checkpoint.json.minisig".to_owned(), signature.into_bytes()),
            ("snapshot.ndjson.zst".to_owned(), publication.snapshot),
        ];
        entries.extend(
            snapshot::picture_files(&catalogue)
                .into_iter()
                .map(|(hash, _)| (format!("pictures/{hash}.webp"), files[&hash].clone())),
        );
        let path = self.folder.path().join("hostile.bundle");
        fs::write(&path, tar_file(&entries)).unwrap();
        self.open(&path)
    }

    fn open(&self, path: &Path) -> Result<Bundle, Refusal> {
        Bundle::open(path, &self.key.public())
    }
}

/// A WebP file with an extended header.
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
fn unchanged_picture_opens() {
    let publisher = Publisher::new();
    let (hash, bytes) = publisher.pictures.first_key_value().unwrap();
    let opened = publisher.bundle_with(bytes, 24, 16).unwrap();
    assert_eq!(opened.catalogue.pictures[0].large.hash, *hash);
}

#[test]
fn signed_bombs_and_other_files_are_refused() {
    let publisher = Publisher::new();
    let valid = publisher.pictures.values().next().unwrap();
    // The chunk with the pixels follows the file header.
    let frame = &valid[12..];
    let animation = extended_webp(0b10, 24, 16, frame);
    let bomb = extended_webp(0, 16_384, 16_384, frame);
    let script: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let mut png = Vec::new();
    image::RgbImage::new(24, 16)
        .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
        .unwrap();
    for (case, bytes, width, height) in [
        ("a script", script, 24, 16),
        ("nothing", b"", 24, 16),
        ("zeros", &[0; 4096], 24, 16),
        ("another format", &png, 24, 16),
        ("an animation", &animation, 24, 16),
        ("a bomb with its size in the catalogue", &bomb, 16_384, 16_384),
        ("a bomb with a small size in the catalogue", &bomb, 24, 16),
        ("wider than any small picture", valid, 481, 16),
        ("another size", valid, 16, 24),
        ("no width", valid, 0, 16),
    ] {
        let refusal = publisher.bundle_with(bytes, width, height).expect_err(case);
        assert_eq!(refusal.code(), "damaged", "{case}: {refusal}");
    }
}

#[test]
fn valid_header_with_damaged_pixels_does_no_harm() {
    // Bundles are not decoded when they are opened; the window shows a placeholder for a picture it cannot decode.
    // Opening must either refuse the bundle or return the bytes unchanged.
    let publisher = Publisher::new();
    let valid = publisher.pictures.values().next().unwrap();
    for cut in [31, valid.len() / 2, valid.len() - 1] {
        let mut padded = valid[..cut].to_vec();
        padded.resize(valid.len() + 5_000, 0xa5);
        for bytes in [&valid[..cut], &padded] {
            let Ok(bundle) = publisher.bundle_with(bytes, 24, 16) else {
                continue;
            };
            let mut found = false;
            bundle
                .for_each_picture(|_, content| {
                    found |= content == bytes;
                    Ok::<_, Refusal>(())
                })
                .unwrap();
            assert!(found);
        }
    }
}
