//! Checks snapshots and pictures against a verified checkpoint, from a USB stick and from the network alike: lengths,
//! hashes, checksum, counts and references. Must not know where the bytes come from.

use crate::checkpoint::{VerifiedCheckpoint, format_for};
use crate::fault::quote;
use crate::refusal::Refusal;
use crate::rules::check_documents;
use expo_domain::{Catalogue, Rendition};
use expo_protocol::{Checkpoint, MAX_PICTURE_BYTES, MAX_SNAPSHOT_BYTES, is_sha256_hex, sha256_hex, snapshot};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::io::Read;

/// How far a version may be ahead of the time it is compared with: clocks differ, and two builds may share a second.
const MAX_VERSION_AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Name of the third entry of a bundle.
pub(crate) const SNAPSHOT_ENTRY: &str = "snapshot.ndjson.zst";

/// Refuses a version that is not higher than the installed one.
pub fn refuse_older(checkpoint: &Checkpoint, installed: Option<u64>) -> Result<(), Refusal> {
    match installed {
        Some(installed) if checkpoint.version <= installed => Err(Refusal::OlderVersion {
            offered: checkpoint.version,
            installed,
        }),
        _ => Ok(()),
    }
}

/// The highest version that is accepted at a time. Versions are seconds since 1970, so a higher one is from the
/// future, and kiosks that show it would ignore every real version after it.
pub fn highest_version(at: Timestamp) -> u64 {
    let seconds = at.as_second().saturating_add(MAX_VERSION_AHEAD.as_secs());
    u64::try_from(seconds).unwrap_or_default()
}

/// Refuses a version that is from the future: by the time of publication in the checkpoint, which needs no clock, and
/// by `now` if the caller knows the time.
pub fn refuse_future(checkpoint: &Checkpoint, now: Option<Timestamp>) -> Result<(), Refusal> {
    let times = [Some(checkpoint.published_at), now];
    match times.into_iter().flatten().map(highest_version).min() {
        Some(highest) if checkpoint.version > highest => Err(Refusal::FutureVersion {
            offered: checkpoint.version,
            highest,
        }),
        _ => Ok(()),
    }
}

/// Reads the catalogue in a compressed snapshot. Refuses a snapshot that does not match its checkpoint.
pub fn open_snapshot(checkpoint: &VerifiedCheckpoint, compressed: &[u8]) -> Result<Catalogue, Refusal> {
    let damaged = |problem: String| Refusal::damaged(SNAPSHOT_ENTRY, problem);
    if compressed.len() as u64 != checkpoint.snapshot_bytes {
        return Err(damaged(format!(
            "{} bytes instead of {}",
            compressed.len(),
            checkpoint.snapshot_bytes
        )));
    }
    if sha256_hex(compressed) != checkpoint.snapshot_sha256 {
        return Err(damaged("its SHA-256 is not the one in the checkpoint".to_owned()));
    }
    let text = decompress(compressed, checkpoint.snapshot_plain_bytes)?;
    if snapshot::content_sha256(&text) != checkpoint.content_sha256 {
        return Err(damaged(
            "the checksum of its rows is not the one in the checkpoint".to_owned(),
        ));
    }
    let catalogue = snapshot::read(&text).map_err(|e| damaged(e.to_string()))?;
    if snapshot::row_counts(&catalogue) != checkpoint.rows {
        return Err(damaged("its row counts differ from the checkpoint".to_owned()));
    }
    if checkpoint.format < format_for(&catalogue) {
        return Err(damaged(
            "its format has no outlines, documents or rules".to_owned(),
        ));
    }
    check_documents(&catalogue.documents).map_err(damaged)?;
    let files = picture_files(&catalogue)?;
    let bytes: u64 = files.values().map(|file| file.rendition.bytes).sum();
    if (files.len() as u64, bytes) != (checkpoint.pictures, checkpoint.pictures_bytes) {
        return Err(damaged("its pictures differ from the checkpoint".to_owned()));
    }
    Ok(catalogue)
}

/// Decompresses at most `plain_bytes`, and never more than [`MAX_SNAPSHOT_BYTES`].
fn decompress(compressed: &[u8], plain_bytes: u64) -> Result<String, Refusal> {
    let damaged = |problem: String| Refusal::damaged(SNAPSHOT_ENTRY, problem);
    if plain_bytes > MAX_SNAPSHOT_BYTES {
        return Err(damaged(format!(
            "{plain_bytes} bytes, the maximum is {MAX_SNAPSHOT_BYTES}"
        )));
    }
    let decoder = zstd::Decoder::with_buffer(compressed).map_err(|e| damaged(e.to_string()))?;
    let mut text = String::new();
    decoder
        .take(plain_bytes + 1)
        .read_to_string(&mut text)
        .map_err(|e| damaged(e.to_string()))?;
    if text.len() as u64 != plain_bytes {
        return Err(damaged(format!(
            "it does not decompress to the {plain_bytes} bytes of the checkpoint"
        )));
    }
    Ok(text)
}

/// A picture file of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PictureFile<'c> {
    pub rendition: &'c Rendition,
    /// One of the projects that show it.
    pub project: &'c str,
}

/// All picture files of a catalogue by SHA-256. Refuses pictures that give different sizes for one hash.
pub(crate) fn picture_files(catalogue: &Catalogue) -> Result<BTreeMap<&str, PictureFile<'_>>, Refusal> {
    let mut files: BTreeMap<&str, PictureFile<'_>> = BTreeMap::new();
    for picture in &catalogue.pictures {
        let sizes = [&picture.small, &picture.medium, &picture.large];
        for (rendition, max_width) in sizes.into_iter().zip(expo_media::WIDTHS) {
            let problem = |text| {
                let (project, position) = (&picture.project, picture.position);
                Refusal::damaged(SNAPSHOT_ENTRY, format!("picture {project}/{position} {text}"))
            };
            if !is_sha256_hex(&rendition.hash) {
                return Err(problem("is not named by a SHA-256"));
            }
            if rendition.width > max_width || rendition.height > expo_media::MAX_HEIGHT {
                return Err(problem("has larger dimensions than allowed"));
            }
            if rendition.bytes > MAX_PICTURE_BYTES {
                return Err(problem("has more bytes than allowed"));
            }
            let file = PictureFile {
                rendition,
                project: &picture.project,
            };
            let first = files.entry(&rendition.hash).or_insert(file);
            if first.rendition != rendition {
                return Err(problem("contradicts another one with the same content"));
            }
        }
    }
    Ok(files)
}

/// Refuses a picture file that does not match its rendition in the catalogue.
pub(crate) fn check_picture(rendition: &Rendition, bytes: &[u8]) -> Result<(), Refusal> {
    let name = picture_entry(&rendition.hash);
    if bytes.len() as u64 != rendition.bytes {
        return Err(Refusal::damaged(
            &name,
            format!("{} bytes instead of {}", bytes.len(), rendition.bytes),
        ));
    }
    if sha256_hex(bytes) != rendition.hash {
        return Err(Refusal::damaged(&name, "its SHA-256 is not its name"));
    }
    let image = expo_media::inspect(bytes).map_err(|e| Refusal::damaged(&name, quote(&e.to_string())))?;
    let expected = expo_media::ImageHeader {
        format: expo_media::Format::WebP,
        width: rendition.width,
        height: rendition.height,
    };
    if image != expected {
        return Err(Refusal::damaged(
            &name,
            "its format or dimensions differ from the catalogue",
        ));
    }
    Ok(())
}

/// Name of a picture entry in a bundle.
pub(crate) fn picture_entry(hash: &str) -> String {
    format!("pictures/{hash}.webp")
}
