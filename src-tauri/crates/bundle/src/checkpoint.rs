//! Checkpoints whose signature was verified. Must not know: where they come from, what is installed.

use crate::refusal::Refusal;
use expo_domain::{Catalogue, Document, DocumentContent};
use expo_protocol::{CHECKPOINT_FORMAT, Checkpoint, SignedCheckpoint};
use expo_vault::signature::PublicKey;
use std::ops::Deref;

/// Maximum size of a checkpoint in bytes.
pub const MAX_CHECKPOINT_BYTES: u64 = 16 * 1024;
/// Maximum size of a signature file in bytes.
pub const MAX_SIGNATURE_BYTES: u64 = 4 * 1024;
/// Names of the first two entries of a bundle, in this order.
pub(crate) const CHECKPOINT_ENTRY: &str = "checkpoint.json";
pub(crate) const SIGNATURE_ENTRY: &str = "checkpoint.json.minisig";

/// A checkpoint whose signature was verified. Only [`VerifiedCheckpoint::open`] makes one, so whoever holds it need not
/// verify the signature again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint {
    checkpoint: Checkpoint,
    signed: SignedCheckpoint,
    /// The key that signed it.
    key: PublicKey,
}

/// A checkpoint that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It is too long or not signed with the publisher key: nothing in it is trustworthy.
    #[error(transparent)]
    NotAuthentic(Refusal),
    /// The publisher signed it, but this program cannot read it.
    #[error("{refusal}")]
    Unreadable {
        /// Its version, if it has one.
        version: Option<u64>,
        /// Why it cannot be read.
        refusal: Refusal,
    },
}

impl VerifiedCheckpoint {
    /// Verifies the signature of a checkpoint, then parses it.
    pub fn open(signed: &SignedCheckpoint, key: &PublicKey) -> Result<Self, CheckpointError> {
        verify_signature(signed, key).map_err(CheckpointError::NotAuthentic)?;
        Ok(Self {
            checkpoint: parse(&signed.checkpoint)?,
            signed: signed.clone(),
            key: key.clone(),
        })
    }

    /// The checkpoint and its signature, byte for byte as received.
    pub const fn signed(&self) -> &SignedCheckpoint {
        &self.signed
    }

    /// Refuses a checkpoint that is not signed with `key`. Verifies the signature again only if it was verified with
    /// another key.
    pub fn require_key(&self, key: &PublicKey) -> Result<(), Refusal> {
        if self.key == *key {
            return Ok(());
        }
        verify_signature(&self.signed, key)
    }
}

impl Deref for VerifiedCheckpoint {
    type Target = Checkpoint;

    fn deref(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

impl From<CheckpointError> for Refusal {
    fn from(error: CheckpointError) -> Self {
        match error {
            CheckpointError::NotAuthentic(refusal) | CheckpointError::Unreadable { refusal, .. } => refusal,
        }
    }
}

/// Refuses a checkpoint that is too long or not signed with the publisher key.
fn verify_signature(signed: &SignedCheckpoint, key: &PublicKey) -> Result<(), Refusal> {
    let text = &signed.checkpoint;
    if text.len() as u64 > MAX_CHECKPOINT_BYTES || signed.signature.len() as u64 > MAX_SIGNATURE_BYTES {
        return Err(Refusal::damaged(CHECKPOINT_ENTRY, "it is too long"));
    }
    key.verify(text.as_bytes(), &signed.signature)
        .map_err(|e| Refusal::signature(CHECKPOINT_ENTRY, e))?;
    Ok(())
}

/// The lowest checkpoint format whose readers know every row and field of the catalogue, so that programs of an earlier
/// version keep installing catalogues without newer content. Format 2 added guides, partners and the outlines of units,
/// format 3 the rules and the plan of the stand.
pub(crate) fn format_for(catalogue: &Catalogue) -> u32 {
    if catalogue.documents.iter().any(is_of_format_3) {
        return 3;
    }
    let has_outlines = catalogue.units.iter().any(|unit| unit.outline.is_some());
    if has_outlines || !catalogue.documents.is_empty() {
        2
    } else {
        1
    }
}

const fn is_of_format_3(document: &Document) -> bool {
    matches!(
        document.content,
        DocumentContent::Rules(_) | DocumentContent::Stand(_)
    )
}

/// The catalogue without the content of later formats.
pub(crate) fn reduce_to_format(mut catalogue: Catalogue, format: u32) -> Catalogue {
    if format < 3 {
        catalogue.documents.retain(|document| !is_of_format_3(document));
    }
    if format < 2 {
        catalogue.documents.clear();
        for unit in &mut catalogue.units {
            unit.outline = None;
        }
    }
    catalogue
}

fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
    let damaged = |version, error: serde_json::Error| CheckpointError::Unreadable {
        version,
        refusal: Refusal::damaged(CHECKPOINT_ENTRY, error.to_string()),
    };
    // Read only version and format first: another format has other fields.
    let value: serde_json::Value = serde_json::from_str(text).map_err(|e| damaged(None, e))?;
    let number = |name| value.get(name).and_then(serde_json::Value::as_u64);
    let version = number("version");
    let format = number("format").unwrap_or_default();
    if !(1..=u64::from(CHECKPOINT_FORMAT)).contains(&format) {
        return Err(CheckpointError::Unreadable {
            version,
            refusal: Refusal::NewerFormat { format },
        });
    }
    let checkpoint: Checkpoint = serde_json::from_value(value).map_err(|e| damaged(version, e))?;
    if format == 1 && checkpoint.rows.documents > 0 {
        return Err(CheckpointError::Unreadable {
            version,
            refusal: Refusal::damaged(CHECKPOINT_ENTRY, "its format has no documents"),
        });
    }
    Ok(checkpoint)
}
