//! The demonstration: its event file, published secrets and catalogue, which ship with the program. Must not know: the data
//! folder.

use crate::error::KioskError;
use crate::event_file::EventFile;
use expo_bundle::Options;
use expo_bundle::publishing::{self, BundleSummary, PublishingError};
use expo_domain::Stop;
use expo_vault::signature::{PublisherKey, SignatureError};
use jiff::Timestamp;
use serde::Deserialize;
use std::path::Path;

/// The demonstration.
pub struct Demonstration;

impl Demonstration {
    /// Event file, without secrets.
    pub const EVENT: &'static str = include_str!("../../../../assets/demo/event.toml");
    /// Secret key that signs the demonstration catalogue. It is published on purpose and signs nothing else.
    pub const PUBLISHER_KEY: &'static str = include_str!("../../../../assets/demo/publisher.key");
    /// PIN.
    pub const PIN: &'static str = "240616";
    /// Passphrase.
    pub const PASSPHRASE: &'static str = "zellige plaster saffron demo";

    /// Public half of [`Self::PUBLISHER_KEY`], base64.
    pub fn publisher_public() -> Result<String, KioskError> {
        let key = Self::publisher_key().map_err(KioskError::internal)?;
        Ok(key.public().to_string())
    }

    /// Builds the bundle of the demonstration. Its version is the fixed date of the source, so that versions published by a
    /// platform are newer. `cache` is a folder that keeps prepared pictures.
    pub fn build(source: &Path, out: &Path, cache: &Path) -> Result<BundleSummary, PublishingError> {
        let key = Self::publisher_key().map_err(|e| PublishingError::File {
            path: "the publisher key of the demonstration".to_owned(),
            problem: e.to_string(),
        })?;
        let options = Options {
            version: None,
            published_at: Timestamp::constant(1_794_787_200, 0),
            expires_at: None,
            cache: Some(cache),
        };
        publishing::build_with(source, out, &key, &options, &mut |_| {})
    }

    /// The complete event file.
    pub fn event() -> Result<EventFile, KioskError> {
        #[derive(Deserialize)]
        struct OnlyStop {
            stop: Stop,
        }
        let OnlyStop { stop } = toml::from_str(Self::EVENT).map_err(KioskError::internal)?;
        Ok(EventFile {
            stop,
            pin: Self::PIN.to_owned(),
            passphrase: Self::PASSPHRASE.to_owned(),
            publisher_key: Self::publisher_public()?,
            ca: None,
        })
    }

    fn publisher_key() -> Result<PublisherKey, SignatureError> {
        PublisherKey::from_text(Self::PUBLISHER_KEY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct StopFile {
        stop: Stop,
    }

    #[test]
    fn the_other_stops_of_the_demonstration_are_valid() {
        for (text, country) in [
            (include_str!("../../../../assets/demo/stops/brussels.toml"), "BE"),
            (include_str!("../../../../assets/demo/stops/montreal.toml"), "CA"),
        ] {
            let StopFile { stop } = toml::from_str(text).unwrap();
            assert_eq!(stop.check(), Ok(()));
            assert!(stop.demonstration);
            assert_eq!(stop.form_country(), country);
        }
    }
}
