//! Envelopes: sealed leads as they are stored and sent. Must not know: keys, queues, the network.

use crate::LeadHeader;
use serde::{Deserialize, Serialize};

/// A sealed lead. Its bytes never change after sealing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Clear-text header.
    pub header: LeadHeader,
    /// age file, base64 in JSON.
    #[serde(with = "base64_bytes")]
    pub sealed: Vec<u8>,
    /// SHA-256 of `sealed`, lower-case hex.
    pub sha256: String,
}

impl Envelope {
    /// An envelope with these sealed bytes.
    pub fn new(header: LeadHeader, sealed: Vec<u8>) -> Self {
        Self {
            header,
            sha256: crate::hash::sha256_hex(&sealed),
            sealed,
        }
    }

    /// Upper bound of the size of this envelope in the JSON of a batch, bytes.
    pub fn wire_bytes(&self) -> usize {
        self.sealed.len().div_ceil(3) * 4 + 600
    }
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
