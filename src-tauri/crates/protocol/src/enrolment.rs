//! `POST /v1/enrolments`: exchanges a one-time code for an identifier, a token, keys and a configuration.

use expo_domain::Stop;
use serde::{Deserialize, Serialize};

/// Request of a kiosk to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrolmentRequest {
    /// One-time code as typed by the operator. Case, hyphens and spaces are ignored; O is 0, I and L are 1.
    pub code: String,
    /// Version of the program.
    pub program: String,
}

/// Response of the platform to an enrolment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = Enrolled))]
pub struct EnrolmentReply {
    /// Short identifier of the kiosk, unique on the platform, such as `K03`. It is printed on every ticket.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Za-z0-9]{1,12}$"))]
    pub kiosk: String,
    /// Bearer token of this kiosk.
    #[cfg_attr(feature = "schema", schema(pattern = "^[!-~]{16,}$"))]
    pub token: String,
    /// age X25519 recipient (`age1…`) that leads are sealed to.
    #[cfg_attr(feature = "schema", schema(pattern = "^age1[0-9a-z]+$"))]
    pub leads_recipient: String,
    /// minisign public key that verifies checkpoints and bundles: the second line of its `.pub` file.
    pub publisher_key: String,
    /// Configuration version that the kiosk starts with; it fetches only higher ones. 0 makes it fetch any.
    pub config_version: u64,
    /// The stop; null keeps the kiosk's own.
    #[cfg_attr(feature = "schema", schema(required))]
    pub stop: Option<Stop>,
}
