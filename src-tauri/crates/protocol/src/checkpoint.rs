//! The checkpoint: what one version of the catalogue is, small enough to sign. Served by
//! `GET /v1/catalogue/checkpoint` and carried in every bundle.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One published version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Format of this document, 1.
    pub format: u32,
    /// Version of the catalogue; a kiosk takes only higher ones.
    pub version: u64,
    /// When it was published.
    pub published_at: Timestamp,
    /// After this the kiosk tells staff that the catalogue is old; it is still shown.
    pub expires_at: Option<Timestamp>,
    /// Rows of each kind.
    pub rows: RowCounts,
    /// Checksum of the rows, see [`crate::snapshot::content_sha256`].
    pub content_sha256: String,
    /// SHA-256 of the compressed snapshot file.
    pub snapshot_sha256: String,
    /// Length of the compressed snapshot file.
    pub snapshot_bytes: u64,
    /// Length of the snapshot after decompression.
    pub snapshot_plain_bytes: u64,
    /// Number of different picture files.
    pub pictures: u64,
    /// Their length together.
    pub pictures_bytes: u64,
}

/// Rows of each kind in a version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RowCounts {
    pub subsidiaries: u64,
    pub towns: u64,
    pub projects: u64,
    pub groups: u64,
    pub units: u64,
    pub offers: u64,
    pub pictures: u64,
}

/// A checkpoint with the signature over its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCheckpoint {
    /// JSON of a [`Checkpoint`], byte for byte as signed.
    pub checkpoint: String,
    /// minisign signature file over those bytes.
    pub signature: String,
}
