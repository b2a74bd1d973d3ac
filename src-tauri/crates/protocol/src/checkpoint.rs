//! The checkpoint: signed description of a catalogue version. Served by `GET /v1/catalogue/checkpoint` and contained in
//! every bundle.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Highest format that this program reads.
pub const CHECKPOINT_FORMAT: u32 = 3;

/// Description of one published catalogue version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Format: 3 if the catalogue has rules or a plan of the stand, 2 if it has other documents or a unit with an outline, otherwise 1. A kiosk refuses a format that it
    /// does not know as that of a newer program.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 3))]
    pub format: u32,
    /// Catalogue version; a kiosk installs only higher ones.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 9_007_199_254_740_991_u64))]
    pub version: u64,
    /// Time of publication.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub published_at: Timestamp,
    /// After this time the kiosk warns staff that the catalogue is old. It still installs and shows it. Null: never.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// Number of rows of each kind.
    pub rows: RowCounts,
    /// SHA-256 over all lines of the snapshot, sorted by their bytes, each with its line feed.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub content_sha256: String,
    /// SHA-256 of the compressed snapshot file.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub snapshot_sha256: String,
    /// Size of the compressed snapshot file.
    #[cfg_attr(feature = "schema", schema(maximum = 536_870_912))]
    pub snapshot_bytes: u64,
    /// Size of the snapshot after decompression.
    #[cfg_attr(feature = "schema", schema(maximum = 536_870_912))]
    pub snapshot_plain_bytes: u64,
    /// Number of distinct picture files.
    pub pictures: u64,
    /// Total size of the distinct picture files.
    pub pictures_bytes: u64,
}

/// Number of rows of each kind in a catalogue version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the field names are self-explanatory")]
pub struct RowCounts {
    pub subsidiaries: u64,
    pub towns: u64,
    pub projects: u64,
    pub groups: u64,
    pub units: u64,
    pub offers: u64,
    pub pictures: u64,
    /// Left out in format 1, which has none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub documents: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// A checkpoint with the signature over its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SignedCheckpoint {
    /// JSON of a `Checkpoint`, byte for byte as signed; at most 16 KiB.
    pub checkpoint: String,
    /// minisign signature file of those bytes in UTF-8, prehashed (`ED`); at most 4 KiB.
    pub signature: String,
}
