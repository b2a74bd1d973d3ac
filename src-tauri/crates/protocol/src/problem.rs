//! Errors as RFC 9457 problem documents (`application/problem+json`).

use serde::{Deserialize, Serialize};

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `about:blank#<code>`; the code is stable.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short sentence, the same for every occurrence.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What went wrong this time and what to do; never personal data.
    pub detail: String,
}
