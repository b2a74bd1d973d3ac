//! `POST /v1/leads`: the kiosk sends envelopes, the platform answers each with a receipt. The platform detects
//! duplicates by a unique constraint, never by a query before the insert. It stores envelopes that it cannot read.

pub use expo_domain::Envelope;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A batch: at most [`crate::MAX_BATCH_ITEMS`] and [`crate::MAX_BATCH_BYTES`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadBatch {
    /// The envelopes.
    pub items: Vec<Envelope>,
}

/// Result for one envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored and read.
    Accepted,
    /// The platform already held the same bytes: a success.
    Duplicate,
    /// The platform holds other bytes with this id and revision. It keeps both, and people must decide.
    Conflict,
    /// Stored unread because the platform cannot open it.
    Quarantined,
    /// Not stored; the kiosk sends it again later.
    Retry,
}

impl Outcome {
    /// Whether the platform durably holds exactly these bytes.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Accepted | Self::Duplicate | Self::Quarantined)
    }
}

/// Answer to one envelope. It counts only if identifier, revision and SHA-256 are those of the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Identifier of the lead.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = "uuid"))]
    pub id: Uuid,
    /// Revision of the lead.
    pub revision: u32,
    /// SHA-256 of the sealed bytes that the platform received or holds.
    pub sha256: String,
    /// Result.
    pub outcome: Outcome,
}

/// One receipt for each envelope of a batch, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeadReceipts {
    /// The receipts.
    pub receipts: Vec<Receipt>,
}
