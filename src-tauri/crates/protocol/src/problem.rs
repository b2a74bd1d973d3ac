//! Errors as RFC 9457 problem documents (`application/problem+json`).

use serde::{Deserialize, Serialize};

/// An error as a problem document of RFC 9457. It never contains what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank#CODE`; the code is stable.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schema(pattern = "^about:blank#[a-z_]+$"))]
    pub kind: String,
    /// Short summary, the same for every occurrence.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// One sentence: the cause and its remedy. Staff read its first 200 characters next to a rejected lead.
    pub detail: String,
}
