//! `POST /v1/enrolments`: a one-time code becomes a kiosk with a token, keys and a configuration.

use domain::Stop;
use serde::{Deserialize, Serialize};

/// What a kiosk asks with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentRequest {
    /// One-time code, as typed by staff; case and hyphens do not matter.
    pub code: String,
    /// Version of the program.
    pub program: String,
}

/// What it gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enrolled {
    /// Short identifier of the kiosk, unique at the platform, such as `K03`.
    pub kiosk: String,
    /// Bearer token of this kiosk.
    pub token: String,
    /// age X25519 recipient (`age1…`) that leads are sealed to.
    pub leads_recipient: String,
    /// minisign public key (base64 line) that checkpoints and bundles are signed with.
    pub publisher_key: String,
    /// Version of the configuration below.
    pub config_version: u64,
    /// The stop; `None` leaves the kiosk's own.
    pub stop: Option<Stop>,
}
