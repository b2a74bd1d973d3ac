//! `/v1/erasures`: leads to erase because their persons asked for it. The kiosk removes every revision of such a lead
//! from disk, including the bytes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One lead to erase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Erasure {
    /// Sequence number on the platform, from 1.
    pub seq: u64,
    /// Identifier of the lead.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = "uuid"))]
    pub id: Uuid,
}

/// Response to `GET /v1/erasures?after={seq}`: erasures with higher numbers than `seq`, ascending, at most
/// 500.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Erasures {
    /// Erasures of leads that this kiosk sent, ascending.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub erasures: Vec<Erasure>,
    /// Highest sequence number that this kiosk has not confirmed, or 0. The kiosk requests more until it reaches this
    /// number.
    pub newest: u64,
}

/// Body of `POST /v1/erasures`: confirms completed erasures. Idempotent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ErasuresDone {
    /// Sequence numbers of the completed erasures.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub done: Vec<u64>,
}
