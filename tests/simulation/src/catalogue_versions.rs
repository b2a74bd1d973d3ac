//! Versions of a small invented catalogue as a publisher makes them: signed checkpoints, snapshots, the changes between
//! them, pictures. And what a careless cache would serve in their place.

use domain::{Catalogue, Money, Rendition};
use generator::Recipe;
use jiff::Timestamp;
use protocol::{Checkpoint, SignedCheckpoint, delta, sha256_hex, snapshot};
use std::collections::BTreeMap;
use vault::signature::PublisherKey;

use crate::Trouble;

/// Versions there are. A kiosk begins with none.
pub const EDITIONS: usize = 5;
/// Version of the first one.
const FIRST_VERSION: u64 = 101;
/// Different photos, in three sizes each.
const PHOTOS: usize = 4;

/// One version.
pub struct Edition {
    /// Its version.
    pub version: u64,
    /// Its signed checkpoint.
    pub signed: SignedCheckpoint,
    /// Its compressed snapshot.
    pub snapshot: Vec<u8>,
    /// Checksum of its rows.
    pub content_sha256: String,
    /// Hashes of its pictures.
    pub pictures: Vec<String>,
}

/// All versions, and all that is fetched with them.
pub struct Editions {
    /// Oldest first.
    pub all: Vec<Edition>,
    /// Picture files by hash.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// Packed changes by the versions between which they lead.
    pub deltas: BTreeMap<(u64, u64), Vec<u8>>,
    /// The same but for a price, so that they lead to another catalogue than they say.
    pub wrong_deltas: BTreeMap<(u64, u64), Vec<u8>>,
}

impl Editions {
    /// Makes and signs them.
    pub fn make(key: &PublisherKey) -> Result<Self, Trouble> {
        let (photos, pictures) = photos();
        let contents: Vec<Catalogue> = (0..EDITIONS).map(|number| content(number, &photos)).collect();
        let mut all = Vec::new();
        let mut checkpoints = Vec::new();
        for (number, content) in contents.iter().enumerate() {
            let (edition, checkpoint) = publish(FIRST_VERSION + number as u64, content, key)?;
            all.push(edition);
            checkpoints.push(checkpoint);
        }
        let (mut deltas, mut wrong_deltas) = (BTreeMap::new(), BTreeMap::new());
        for to in 1..EDITIONS {
            for from in 0..to {
                let header = delta::Header::between(&checkpoints[from], &checkpoints[to]);
                let between = (all[from].version, all[to].version);
                let make = |new: &Catalogue| delta::make(&contents[from], new, &header).map_err(Trouble::of);
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

    /// The edition of a version.
    pub fn of(&self, version: u64) -> Option<&Edition> {
        self.all.iter().find(|edition| edition.version == version)
    }
}

/// Packs and signs a catalogue under a version.
pub fn publish(
    version: u64,
    content: &Catalogue,
    key: &PublisherKey,
) -> Result<(Edition, Checkpoint), Trouble> {
    let text = snapshot::write(content).map_err(Trouble::of)?;
    let packed = zstd::bulk::compress(text.as_bytes(), 1).map_err(Trouble::of)?;
    let files = snapshot::picture_files(content);
    let checkpoint = Checkpoint {
        format: 1,
        version,
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        rows: snapshot::counts(content),
        content_sha256: snapshot::content_sha256(&text),
        snapshot_sha256: sha256_hex(&packed),
        snapshot_bytes: packed.len() as u64,
        snapshot_plain_bytes: text.len() as u64,
        pictures: files.len() as u64,
        pictures_bytes: files.iter().map(|(_, bytes)| bytes).sum(),
    };
    let text = serde_json::to_string(&checkpoint).map_err(Trouble::of)?;
    let signature = key.sign(text.as_bytes(), "simulation").map_err(Trouble::of)?;
    let edition = Edition {
        version,
        signed: SignedCheckpoint {
            checkpoint: text,
            signature,
        },
        snapshot: packed,
        content_sha256: checkpoint.content_sha256.clone(),
        pictures: files.into_iter().map(|(hash, _)| hash).collect(),
    };
    Ok((edition, checkpoint))
}

/// The rows of one version: prices rise, a unit goes, another photo comes.
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
    for (place, picture) in content.pictures.iter_mut().enumerate() {
        let photo = photos[(place + number) % photos.len()].clone();
        [picture.small, picture.medium, picture.large] = photo;
    }
    content
}

/// Files that are WebP by their header and nothing behind it: nobody looks at them here.
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
    let photos = (0..PHOTOS).map(|photo| [0, 1, 2].map(|size| rendition(photo, size)));
    (photos.collect(), files)
}

/// One pixel, lossless.
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
