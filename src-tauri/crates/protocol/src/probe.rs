//! `GET /v1/probe?nonce=…`: is this the platform at all? A login page cannot echo a nonce it was never taught.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The platform's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// The nonce of the question.
    pub nonce: String,
    /// Version of the protocol the platform speaks.
    pub protocol: String,
    /// Platform's clock.
    pub server_time: Timestamp,
}
