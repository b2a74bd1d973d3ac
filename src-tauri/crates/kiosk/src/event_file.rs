//! The event file that sets up the kiosks of one stop. Must not know: how a kiosk stores its settings.

use crate::error::KioskError;
use expo_domain::Stop;
use serde::Deserialize;
use std::path::PathBuf;

/// An event file: the stop, and the secrets and keys of its kiosks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFile {
    /// The stop.
    pub stop: Stop,
    /// PIN of the staff window, 6 to 12 digits.
    pub pin: String,
    /// Passphrase that opens leads, at least 16 characters.
    pub passphrase: String,
    /// minisign public key of the catalogue publisher.
    pub publisher_key: String,
    /// PEM file with the only trusted certificate authorities, if the stop pins them.
    #[serde(default)]
    pub ca: Option<PathBuf>,
}

impl EventFile {
    /// Parses an event file in TOML. Errors name `place`, the line and the field.
    pub fn parse(text: &str, place: &str) -> Result<Self, KioskError> {
        toml::from_str(text).map_err(|e| {
            // The error's own display quotes the line, which may hold the PIN or the passphrase.
            let line = e.span().map_or(0, |span| {
                text[..span.start.min(text.len())].lines().count().max(1)
            });
            KioskError::Setup {
                place: format!("{place}, line {line}"),
                problem: e.message().to_owned(),
            }
        })
    }
}
