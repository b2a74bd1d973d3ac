//! `POST /v1/leads`: envelopes up, one receipt for each down. The platform decides `duplicate` by a unique
//! constraint, never by looking first; it keeps what it cannot read.

use domain::LeadHeader;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A sealed lead as it was frozen on the kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// What may be known without opening it.
    pub header: LeadHeader,
    /// age file, base64 in JSON.
    #[serde(with = "base64_bytes")]
    pub sealed: Vec<u8>,
    /// SHA-256 of `sealed`, lower-case hex.
    pub sha256: String,
}

impl Envelope {
    /// An upper bound of what this envelope adds to a batch in JSON, bytes.
    pub fn wire_bytes(&self) -> usize {
        self.sealed.len().div_ceil(3) * 4 + 600
    }
}

/// A batch: at most [`crate::MAX_BATCH_ITEMS`] and [`crate::MAX_BATCH_BYTES`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadBatch {
    /// The envelopes.
    pub items: Vec<Envelope>,
}

/// What the platform did with one envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored and read.
    Accepted,
    /// Had it already, the same bytes: a success.
    Duplicate,
    /// Has other bytes under this id and revision: both are kept, people must look.
    Conflict,
    /// Stored raw because it could not be read.
    Quarantined,
    /// Not stored; send again later.
    Retry,
}

impl Outcome {
    /// Whether the platform holds these very bytes durably.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Accepted | Self::Duplicate | Self::Quarantined)
    }
}

/// The answer for one envelope; it echoes what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Of the envelope.
    pub id: Uuid,
    /// Of the envelope.
    pub revision: u32,
    /// Of the sealed bytes the platform holds or saw.
    pub sha256: String,
    /// What was done.
    pub outcome: Outcome,
}

/// One receipt an envelope, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadReceipts {
    /// The receipts.
    pub receipts: Vec<Receipt>,
}

mod base64_bytes {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD
            .decode(String::deserialize(deserializer)?)
            .map_err(D::Error::custom)
    }
}
