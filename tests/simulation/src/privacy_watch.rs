//! Reads along on the wire and in the data folders for anything personal in clear. Every invented visitor bears the same
//! word in the name and the same first digits in the telephone number, so that one look finds any of them.

use crate::chronicle::Chronicle;
use crate::fixture::Files;
use serde::Serialize;
use std::sync::Arc;

/// In every name.
pub const NAME: &str = "Zelligine";
/// The first digits of every telephone number.
pub const PHONE: &str = "+336120";

/// Whoever reads along, in some of the runs.
pub struct Watch {
    chronicle: Arc<Chronicle>,
    /// Reading everything is slow.
    reads: bool,
}

impl Watch {
    /// Somebody who reads, or does not.
    pub const fn new(chronicle: Arc<Chronicle>, reads: bool) -> Self {
        Self { chronicle, reads }
    }

    /// Whether anybody reads.
    pub const fn reads(&self) -> bool {
        self.reads
    }

    /// Reads what is sent.
    pub fn read(&self, what: &str, message: &impl Serialize) {
        if self.reads {
            let text = serde_json::to_vec(message).unwrap_or_default();
            self.look(what, &text);
            self.chronicle.count("messages read along", 1);
        }
    }

    /// Reads every file of a data folder; `gone` are bytes that must not be there any more.
    pub fn read_folder(&self, files: &Files, gone: &[Vec<u8>]) {
        for (place, bytes) in files {
            let what = place.display().to_string();
            self.look(&what, bytes);
            if gone.iter().any(|gone| holds(bytes, gone)) {
                self.chronicle
                    .broken(format!("{what} still holds an envelope that was erased"));
            }
            self.chronicle.count("files read along", 1);
        }
    }

    fn look(&self, what: &str, bytes: &[u8]) {
        if holds(bytes, NAME.as_bytes()) || holds(bytes, PHONE.as_bytes()) {
            self.chronicle
                .broken(format!("{what} holds something personal in clear"));
        }
    }
}

/// Whether bytes stand in others. The first byte is looked for alone, which is quick.
fn holds(bytes: &[u8], part: &[u8]) -> bool {
    let Some((first, _)) = part.split_first() else {
        return false;
    };
    let mut rest = bytes;
    while let Some(place) = rest.iter().position(|byte| byte == first) {
        if rest[place..].starts_with(part) {
            return true;
        }
        rest = &rest[place + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_wherever_it_stands() {
        for bytes in [&b"+336120"[..], b"++336120", b"+33+336120..", b"x+3361201"] {
            assert!(holds(bytes, PHONE.as_bytes()));
        }
        for bytes in [&b""[..], b"+33612", b"336120+"] {
            assert!(!holds(bytes, PHONE.as_bytes()));
        }
    }
}
