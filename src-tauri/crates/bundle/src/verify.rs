//! The rules by which a checkpoint and a snapshot are taken, the same for a stick and for the network: signature first,
//! then lengths, hashes, checksum, counts, references.

use crate::fault::quoted;
use crate::refusal::Refusal;
use domain::{Catalogue, Rendition};
use protocol::{Checkpoint, MAX_PICTURE_BYTES, MAX_SNAPSHOT_BYTES, SignedCheckpoint, sha256_hex, snapshot};
use std::collections::BTreeMap;
use std::io::Read;
use vault::signature::PublicKey;

/// Format of checkpoints that this program writes and reads.
pub const FORMAT: u32 = 1;
/// Most bytes of a checkpoint.
pub const MAX_CHECKPOINT_BYTES: u64 = 16 * 1024;
/// Most bytes of a signature file.
pub const MAX_SIGNATURE_BYTES: u64 = 4 * 1024;
/// Names of the first entries of a bundle, in their order.
pub(crate) const CHECKPOINT: &str = "checkpoint.json";
pub(crate) const SIGNATURE: &str = "checkpoint.json.minisig";
pub(crate) const SNAPSHOT: &str = "snapshot.ndjson.zst";

/// Refuses a checkpoint that is not the publisher's.
pub fn verify_checkpoint(signed: &SignedCheckpoint, key: &PublicKey) -> Result<(), Refusal> {
    let text = &signed.checkpoint;
    if text.len() as u64 > MAX_CHECKPOINT_BYTES || signed.signature.len() as u64 > MAX_SIGNATURE_BYTES {
        return Err(Refusal::damaged(CHECKPOINT, "it is too long"));
    }
    key.verify(text.as_bytes(), &signed.signature)
        .map_err(|e| Refusal::signature(CHECKPOINT, e))?;
    Ok(())
}

/// Reads a checkpoint whose signature holds.
pub fn open_checkpoint(signed: &SignedCheckpoint, key: &PublicKey) -> Result<Checkpoint, Refusal> {
    verify_checkpoint(signed, key)?;
    let text = &signed.checkpoint;
    let damaged = |error: serde_json::Error| Refusal::damaged(CHECKPOINT, error.to_string());
    // The format is read alone first: another format has other fields.
    let value: serde_json::Value = serde_json::from_str(text).map_err(damaged)?;
    let format = value
        .get("format")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or_default();
    if format != u64::from(FORMAT) {
        return Err(Refusal::NewerFormat { format });
    }
    serde_json::from_value(value).map_err(damaged)
}

/// Reads a catalogue: a checkpoint whose signature holds and the compressed snapshot that it describes.
pub fn open_snapshot(
    signed: &SignedCheckpoint,
    compressed: &[u8],
    key: &PublicKey,
) -> Result<(Checkpoint, Catalogue), Refusal> {
    let checkpoint = open_checkpoint(signed, key)?;
    let catalogue = read_snapshot(&checkpoint, compressed)?;
    Ok((checkpoint, catalogue))
}

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

/// The catalogue in a compressed snapshot, if it is the one that `checkpoint` describes.
pub(crate) fn read_snapshot(checkpoint: &Checkpoint, compressed: &[u8]) -> Result<Catalogue, Refusal> {
    let damaged = |problem: String| Refusal::damaged(SNAPSHOT, problem);
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
    if snapshot::counts(&catalogue) != checkpoint.rows {
        return Err(damaged(
            "it has other numbers of rows than the checkpoint".to_owned(),
        ));
    }
    let files = picture_files(&catalogue)?;
    let bytes: u64 = files.values().map(|file| file.rendition.bytes).sum();
    if (files.len() as u64, bytes) != (checkpoint.pictures, checkpoint.pictures_bytes) {
        return Err(damaged("it has other pictures than the checkpoint".to_owned()));
    }
    Ok(catalogue)
}

/// Never more than the checkpoint promises, and never more than any catalogue may have.
fn decompress(compressed: &[u8], plain_bytes: u64) -> Result<String, Refusal> {
    let damaged = |problem: String| Refusal::damaged(SNAPSHOT, problem);
    if plain_bytes > MAX_SNAPSHOT_BYTES {
        return Err(damaged(format!(
            "{plain_bytes} bytes, at most {MAX_SNAPSHOT_BYTES} are taken"
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
            "it does not unpack to the {plain_bytes} bytes of the checkpoint"
        )));
    }
    Ok(text)
}

/// A picture file that a catalogue needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needed<'c> {
    pub rendition: &'c Rendition,
    pub project: &'c str,
}

/// Every picture file that a catalogue needs, by hash; the same hash always tells the same file.
pub(crate) fn picture_files(catalogue: &Catalogue) -> Result<BTreeMap<&str, Needed<'_>>, Refusal> {
    let mut files: BTreeMap<&str, Needed<'_>> = BTreeMap::new();
    for picture in &catalogue.pictures {
        let sizes = [&picture.small, &picture.medium, &picture.large];
        for (rendition, widest) in sizes.into_iter().zip(media::WIDTHS) {
            let problem = |words| {
                let (project, position) = (&picture.project, picture.position);
                Refusal::damaged(SNAPSHOT, format!("picture {project}/{position} {words}"))
            };
            let is_hex = rendition
                .hash
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            if rendition.hash.len() != 64 || !is_hex {
                return Err(problem("is not named by a SHA-256"));
            }
            if rendition.width > widest || rendition.height > media::MAX_HEIGHT {
                return Err(problem("is larger than its size may be"));
            }
            if rendition.bytes > MAX_PICTURE_BYTES {
                return Err(problem("is larger than any picture may be"));
            }
            let needed = Needed {
                rendition,
                project: &picture.project,
            };
            let known = files.entry(&rendition.hash).or_insert(needed);
            if known.rendition != rendition {
                return Err(problem("contradicts another one with the same content"));
            }
        }
    }
    Ok(files)
}

/// Checks one picture file against what the catalogue says of it.
pub(crate) fn check_picture(rendition: &Rendition, bytes: &[u8]) -> Result<(), Refusal> {
    let name = picture_name(&rendition.hash);
    if bytes.len() as u64 != rendition.bytes {
        return Err(Refusal::damaged(
            &name,
            format!("{} bytes instead of {}", bytes.len(), rendition.bytes),
        ));
    }
    if sha256_hex(bytes) != rendition.hash {
        return Err(Refusal::damaged(&name, "its SHA-256 is not its name"));
    }
    let image = media::inspect(bytes).map_err(|e| Refusal::damaged(&name, quoted(&e.to_string())))?;
    let wanted = media::Image {
        format: media::Format::WebP,
        width: rendition.width,
        height: rendition.height,
    };
    if image != wanted {
        return Err(Refusal::damaged(
            &name,
            "it is another picture than the catalogue says",
        ));
    }
    Ok(())
}

/// Name of a picture inside a bundle.
pub(crate) fn picture_name(hash: &str) -> String {
    format!("pictures/{hash}.webp")
}
