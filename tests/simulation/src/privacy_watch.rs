//! Searches sent messages and data folders for personal data in clear. All invented visitors have the same word in
//! their name and the same first digits in their phone number, so that one search finds any of them.

use crate::event_log::EventLog;
use crate::fixture::Files;
use serde::Serialize;
use std::sync::Arc;

/// A word in every name.
pub const NAME_MARKER: &str = "Zelligine";
/// The first digits of every phone number.
pub const PHONE_PREFIX: &str = "+336120";

/// Searches for personal data, in some of the runs.
pub struct PrivacyWatch {
    log: Arc<EventLog>,
    /// Searching everything is slow.
    is_enabled: bool,
}

impl PrivacyWatch {
    /// A watch that searches only if it is enabled.
    pub const fn new(log: Arc<EventLog>, is_enabled: bool) -> Self {
        Self { log, is_enabled }
    }

    /// Whether it searches.
    pub const fn is_enabled(&self) -> bool {
        self.is_enabled
    }

    /// Searches a message that is sent.
    pub fn check_message(&self, name: &str, message: &impl Serialize) {
        if self.is_enabled {
            let text = serde_json::to_vec(message).unwrap_or_default();
            self.check(name, &text);
            self.log.count("messages checked for personal data", 1);
        }
    }

    /// Searches every file of a data folder. `erased` are bytes that must not be there.
    pub fn check_files(&self, files: &Files, erased: &[Vec<u8>]) {
        for (path, bytes) in files {
            let name = path.display().to_string();
            self.check(&name, bytes);
            if erased.iter().any(|part| contains(bytes, part)) {
                self.log.violated(format!("{name} contains an erased envelope"));
            }
            self.log.count("files checked for personal data", 1);
        }
    }

    fn check(&self, name: &str, bytes: &[u8]) {
        if contains(bytes, NAME_MARKER.as_bytes()) || contains(bytes, PHONE_PREFIX.as_bytes()) {
            self.log
                .violated(format!("{name} contains personal data in clear"));
        }
    }
}

/// Whether `part` occurs in `bytes`. It searches for the first byte, which is fast.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let Some((first, _)) = part.split_first() else {
        return false;
    };
    let mut rest = bytes;
    while let Some(index) = rest.iter().position(|byte| byte == first) {
        if rest[index..].starts_with(part) {
            return true;
        }
        rest = &rest[index + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contains_finds_part_at_any_index() {
        for bytes in [&b"+336120"[..], b"++336120", b"+33+336120..", b"x+3361201"] {
            assert!(contains(bytes, PHONE_PREFIX.as_bytes()));
        }
        for bytes in [&b""[..], b"+33612", b"336120+"] {
            assert!(!contains(bytes, PHONE_PREFIX.as_bytes()));
        }
    }
}
