//! The versions of a small invented catalogue, as a publisher makes them: signed checkpoints, snapshots, deltas and
//! pictures. Also wrong deltas, such as a faulty cache could serve.

use crate::error::SimulationError;
use expo_domain::{Catalogue, Money, Rendition};
use expo_protocol::{Checkpoint, SignedCheckpoint, delta, sha256_hex, snapshot};
use expo_vault::signature::PublisherKey;
use generator::Recipe;
use std::collections::BTreeMap;

/// Number of versions. A kiosk starts with none of them.
pub const VERSION_COUNT: usize = 5;
/// Number of the first version.
const FIRST_VERSION: u64 = 101;
/// Number of photos. Each has three sizes.
const PHOTO_COUNT: usize = 4;

/// One catalogue version.
pub struct CatalogueVersion {
    /// Its number.
    pub version: u64,
    /// The signed checkpoint.
    pub signed: SignedCheckpoint,
    /// The compressed snapshot.
    pub snapshot: Vec<u8>,
    /// Checksum of the rows.
    pub content_sha256: String,
    /// Hashes of the pictures.
    pub pictures: Vec<String>,
}

/// All versions, with everything that kiosks download.
pub struct CatalogueVersions {
    /// Oldest first.
    pub all: Vec<CatalogueVersion>,
    /// Picture files by hash.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// Compressed deltas by their two versions, older one first.
    pub deltas: BTreeMap<(u64, u64), Vec<u8>>,
    /// The same deltas with one wrong price: the result is not the catalogue that the checkpoint describes.
    pub wrong_deltas: BTreeMap<(u64, u64), Vec<u8>>,
}

impl CatalogueVersions {
    /// Makes and signs all versions.
    pub fn new(key: &PublisherKey) -> Result<Self, SimulationError> {
        let (photos, pictures) = photos();
        let contents: Vec<Catalogue> = (0..VERSION_COUNT)
            .map(|number| content(number, &photos))
            .collect();
        let mut all = Vec::new();
        let mut checkpoints = Vec::new();
        for (number, content) in contents.iter().enumerate() {
            let (version, checkpoint) = publish(FIRST_VERSION + number as u64, content, key);
            all.push(version);
            checkpoints.push(checkpoint);
        }
        let (mut deltas, mut wrong_deltas) = (BTreeMap::new(), BTreeMap::new());
        for to in 1..VERSION_COUNT {
            for from in 0..to {
                let header = delta::Header::between(&checkpoints[from], &checkpoints[to]);
                let between = (all[from].version, all[to].version);
                let make = |new: &Catalogue| {
                    delta::make(&contents[from], new, &header).map_err(SimulationError::new)
                };
                deltas.insert(between, make(&contents[to])?);
                let mut other = contents[to].clone();
                for unit in other.units.iter_mut().take(1) {
                    unit.price = Money(unit.price.0 + 1);
                }
                wrong_deltas.insert(between, make(&other)?);
            }
        }
        Ok(Self {
            all,
            pictures,
            deltas,
            wrong_deltas,
        })
    }

    /// The version with this number.
    pub fn get(&self, version: u64) -> Option<&CatalogueVersion> {
        self.all.iter().find(|candidate| candidate.version == version)
    }
}

/// Compresses a catalogue and signs its checkpoint.
pub fn publish(version: u64, content: &Catalogue, key: &PublisherKey) -> (CatalogueVersion, Checkpoint) {
    let publication = fixtures::publish(content, version, key);
    let files = snapshot::picture_files(content);
    let catalogue_version = CatalogueVersion {
        version,
        signed: publication.signed,
        snapshot: publication.snapshot,
        content_sha256: publication.checkpoint.content_sha256.clone(),
        pictures: files.into_iter().map(|(hash, _)| hash).collect(),
    };
    (catalogue_version, publication.checkpoint)
}

/// The rows of one version. From one version to the next, prices rise, a unit is removed and a photo changes.
fn content(number: usize, photos: &[[Rendition; 3]]) -> Catalogue {
    let recipe = Recipe {
        seed: 7,
        projects: 2,
        units: 8,
        pictures: 2,
    };
    let mut content = generator::catalogue(&recipe);
    let used = |town: &str| content.projects.iter().any(|project| project.town == town);
    let towns = content
        .towns
        .iter()
        .filter(|town| used(&town.id))
        .cloned()
        .collect();
    content.towns = towns;
    for unit in &mut content.units {
        unit.price = Money(unit.price.0 + 100_000 * number as i64);
    }
    content.units.remove(number);
    for (index, picture) in content.pictures.iter_mut().enumerate() {
        let photo = photos[(index + number) % photos.len()].clone();
        [picture.small, picture.medium, picture.large] = photo;
    }
    content
}

/// Files with a valid WebP header and one pixel; the simulation never decodes them.
fn photos() -> (Vec<[Rendition; 3]>, BTreeMap<String, Vec<u8>>) {
    let mut files = BTreeMap::new();
    let mut rendition = |photo: usize, size: usize| {
        let bytes = webp(400 + 350 * size, (photo * 3 + size) as u8);
        let rendition = Rendition {
            hash: sha256_hex(&bytes),
            width: 1,
            height: 1,
            bytes: bytes.len() as u64,
        };
        files.insert(rendition.hash.clone(), bytes);
        rendition
    };
    let photos = (0..PHOTO_COUNT).map(|photo| [0, 1, 2].map(|size| rendition(photo, size)));
    (photos.collect(), files)
}

/// A lossless WebP file with one pixel, padded to about this many bytes.
fn webp(bytes: usize, shade: u8) -> Vec<u8> {
    let mut pixels = vec![0x2f, 0, 0, 0, 0];
    pixels.extend(std::iter::repeat_n(shade, bytes & !1).chain([0]));
    let length = |bytes: usize| (bytes as u32).to_le_bytes();
    let mut file = b"RIFF".to_vec();
    file.extend(length(pixels.len() + 12));
    file.extend(b"WEBPVP8L");
    file.extend(length(pixels.len()));
    file.extend(pixels);
    file
}
