//! Why the platform rejects a lead. Must not know: what happens to the lead.

use crate::error::PlatformError;
use std::fmt;

/// Why the platform rejects a lead: its code and its sentence. Stored as one text, `code: sentence`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Code of the platform.
    pub code: String,
    /// Explanation of the platform, in its language; may be empty.
    pub detail: String,
}

impl Rejection {
    /// Reads a stored text.
    pub fn from_stored(text: &str) -> Self {
        let (code, detail) = text.split_once(": ").unwrap_or((text, ""));
        Self {
            code: code.to_owned(),
            detail: detail.to_owned(),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        if self.detail.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", self.detail)
    }
}

impl From<&PlatformError> for Rejection {
    fn from(error: &PlatformError) -> Self {
        match error {
            PlatformError::Refused { code, detail, .. } => Self {
                code: code.clone(),
                detail: detail.clone(),
            },
            other => Self::from_stored(&other.to_string()),
        }
    }
}
