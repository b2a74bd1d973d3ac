//! `/v1/erasures`: persons asked to be forgotten. The kiosk removes every revision of these leads down to the bytes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One lead to forget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Place in the platform's order, from 1.
    pub seq: u64,
    /// The lead.
    pub id: Uuid,
}

/// What `GET /v1/erasures?after={seq}` answers: those after `seq`, ascending, at most [`crate::MAX_ERASURES`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasures {
    /// Only those of leads that this kiosk sent.
    pub erasures: Vec<Erasure>,
    /// Highest place there is for this kiosk that is not done, or 0; more are to be asked for while it was not reached.
    pub newest: u64,
}

/// What a kiosk tells with `POST /v1/erasures` when they are gone; telling it twice does no harm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasuresDone {
    /// Places of the erasures done.
    pub done: Vec<u64>,
}
