//! `GET /v1/probe?nonce=…`: checks that the platform answers, and not a captive login page, which does not return the
//! nonce.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Response of the platform to a probe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Probe {
    /// The nonce of the request.
    pub nonce: String,
    /// Protocol version of the platform, `1`.
    pub protocol: String,
    /// Time by the platform's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub server_time: Timestamp,
}
