//! First set-up: the stop, the staff's keys, PIN and passphrase, the publisher's key. And enrolment later.

use crate::configuration::Configurations;
use crate::settings::{
    CONFIGURATIONS, ENROLMENT, ERASURES, Enrolment, PIN, PUBLISHERS, STAFF, STOP, SYNC, StaffKey,
};
use crate::workshop::{self, BundleCard};
use crate::{Kiosk, KioskError};
use bundle::Options;
use domain::Stop;
use jiff::Timestamp;
use protocol::Enrolled;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use store::leads::ErasedSetting;
use sync::Remembered;
use vault::SecretString;
use vault::passphrase::{self, WorkFactor};
use vault::pin;
use vault::seal::{Identity, Recipient};
use vault::signature::{PublicKey, PublisherKey};

/// The demonstration: its event file and its published secrets, shipped with the program.
pub struct Demonstration;

impl Demonstration {
    /// Event file.
    pub const EVENT: &'static str = include_str!("../../../../assets/demo/event.toml");
    /// Secret key that signs the demonstration catalogue. Published on purpose: it signs nothing else.
    pub const PUBLISHER_KEY: &'static str = include_str!("../../../../assets/demo/publisher.key");
    /// PIN.
    pub const PIN: &'static str = "240616";
    /// Passphrase.
    pub const PASSPHRASE: &'static str = "zellige plaster saffron demo";

    /// Public half of [`Self::PUBLISHER_KEY`], base64.
    pub fn publisher_public() -> Result<String, KioskError> {
        let key = PublisherKey::from_text(Self::PUBLISHER_KEY);
        key.map(|key| key.public().to_string())
            .map_err(|e| KioskError::Internal(e.to_string()))
    }

    /// Builds the demonstration's bundle, versioned by the day its source says, so that whatever a platform publishes
    /// is newer.
    pub fn build(source: &Path, out: &Path, cache: &Path) -> Result<BundleCard, KioskError> {
        let key =
            PublisherKey::from_text(Self::PUBLISHER_KEY).map_err(|e| KioskError::Internal(e.to_string()))?;
        let options = Options {
            version: None,
            published_at: Timestamp::constant(1_794_787_200, 0),
            expires_at: None,
            cache: Some(cache),
        };
        workshop::build_with(source, out, &key, &options, &mut |_| {})
    }

    /// The event file, complete.
    pub fn event() -> Result<EventFile, KioskError> {
        #[derive(Deserialize)]
        struct OnlyStop {
            stop: Stop,
        }
        let OnlyStop { stop } =
            toml::from_str(Self::EVENT).map_err(|e| KioskError::Internal(e.to_string()))?;
        Ok(EventFile {
            stop,
            pin: Self::PIN.to_owned(),
            passphrase: Self::PASSPHRASE.to_owned(),
            publisher_key: Self::publisher_public()?,
            ca: None,
        })
    }
}

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
    /// minisign public key of whoever publishes the catalogue.
    pub publisher_key: String,
    /// PEM file with the only certificate authorities to trust, when the stop pins them.
    #[serde(default)]
    pub ca: Option<PathBuf>,
}

/// What was set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provisioned {
    /// Identifier of the stop.
    pub stop: String,
    /// PIN, for a demonstration only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// Passphrase, for a demonstration only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passphrase: Option<String>,
}

impl EventFile {
    /// Reads an event file; faults name line and field.
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

impl Kiosk {
    /// Sets the kiosk up. Refuses weak secrets outside a demonstration, and a folder that has a stop already.
    pub fn provision(&self, event: &EventFile) -> Result<Provisioned, KioskError> {
        if let Some(stop) = self.leads.setting::<Stop>(STOP)? {
            return Err(KioskError::AlreadyProvisioned(stop.id));
        }
        let fault = |place: &str, problem: String| KioskError::Setup {
            place: place.to_owned(),
            problem,
        };
        event
            .stop
            .check()
            .map_err(|e| fault(&format!("stop.{}", e.field), e.problem))?;
        pin::check_strength(&event.pin).map_err(|e| fault("pin", e.to_string()))?;
        passphrase::check_strength(&event.passphrase).map_err(|e| fault("passphrase", e.to_string()))?;
        let published = event.pin == Demonstration::PIN || event.passphrase == Demonstration::PASSPHRASE;
        if published && !event.stop.demonstration {
            return Err(fault(
                "pin, passphrase",
                "these are the published ones of the demonstration".to_owned(),
            ));
        }
        let key: PublicKey = event
            .publisher_key
            .parse()
            .map_err(|e| fault("publisher_key", format!("{e}")))?;
        let identity = Identity::generate();
        let phrase = SecretString::from(event.passphrase.clone());
        let wrapped = passphrase::wrap(&identity, &phrase, WorkFactor::STANDARD)
            .map_err(|e| KioskError::Internal(e.to_string()))?;
        let staff = StaffKey {
            recipient: identity.recipient().to_string(),
            wrapped: hex::encode(wrapped),
        };
        if let Some(file) = &event.ca {
            self.pin_authorities(file)?;
        }
        let pin = pin::hash(&event.pin).map_err(|e| KioskError::Internal(e.to_string()))?;
        self.leads.set(&[
            (STOP, &event.stop),
            (STAFF, &staff),
            (PIN, &pin),
            (PUBLISHERS, &[key.to_string()]),
        ])?;
        self.audit("provisioned", format!("stop={}", event.stop.id))?;
        let shown = |secret: &str| event.stop.demonstration.then(|| secret.to_owned());
        Ok(Provisioned {
            stop: event.stop.id.clone(),
            pin: shown(&event.pin),
            passphrase: shown(&event.passphrase),
        })
    }

    /// Keeps what enrolment brought, and seals waiting leads for the platform if the passphrase is at hand (given,
    /// or published because this is a demonstration). Returns how many were sealed again.
    pub fn enrol(
        &self,
        platform: &str,
        enrolled: &Enrolled,
        phrase: Option<&str>,
    ) -> Result<u32, KioskError> {
        let fault = |problem: String| KioskError::Setup {
            place: "enrolment".to_owned(),
            problem,
        };
        let published = self.is_demonstration()?.then_some(Demonstration::PASSPHRASE);
        let stop = enrolled.stop.clone().map_or_else(|| self.stop(), Ok)?;
        stop.check()
            .map_err(|e| fault(format!("stop.{}: {}", e.field, e.problem)))?;
        enrolled
            .leads_recipient
            .parse::<Recipient>()
            .map_err(|e| fault(e.to_string()))?;
        let key: PublicKey = enrolled
            .publisher_key
            .parse()
            .map_err(|e| fault(format!("{e}")))?;
        let enrolment = Enrolment {
            platform: base(platform).to_owned(),
            kiosk: enrolled.kiosk.clone(),
            token: enrolled.token.clone(),
            leads_recipient: enrolled.leads_recipient.clone(),
            config_version: enrolled.config_version,
        };
        if published.is_some() && !stop.demonstration {
            return Err(fault(
                "this kiosk is set up as a demonstration, whose PIN and passphrase are published: set up \
                              another data folder with --event for a real stop"
                    .to_owned(),
            ));
        }
        let publishers: Vec<String> = std::iter::once(key.clone())
            .chain(
                self.trusted_publishers()?
                    .into_iter()
                    .filter(|former| *former != key),
            )
            .map(|key| key.to_string())
            .collect();
        let (before, basis) = self.leads.basis::<Enrolment>(ENROLMENT)?;
        let configurations = Configurations::enrolled(enrolled.config_version);
        let nothing_met = Remembered::default();
        let settings: [(&'static str, &dyn ErasedSetting); 6] = [
            (STOP, &stop),
            (ENROLMENT, &enrolment),
            (PUBLISHERS, &publishers),
            // Another platform counts anew.
            (CONFIGURATIONS, &configurations),
            (ERASURES, &None::<()>),
            // What the platform before asked for, patience above all, does not hold for this one.
            (SYNC, &nothing_met),
        ];
        if before.is_some_and(|before| before.leads_recipient != enrolment.leads_recipient) {
            // The new platform cannot open what was sealed to the old one.
            self.leads.set_and_hold_back(Some(&basis), &settings)?;
        } else {
            self.leads.set_on(Some(&basis), &settings)?;
        }
        self.audit("enrolled", format!("kiosk={}", enrolled.kiosk))?;
        match (phrase, published) {
            (Some(phrase), _) => self.reseal(&self.unwrap_staff(phrase)?.0),
            // A demonstration may have a passphrase of its own; its leads then wait for it.
            (None, Some(published)) => self
                .unwrap_staff(published)
                .map_or(Ok(0), |opened| self.reseal(&opened.0)),
            (None, None) => Ok(0),
        }
    }
}

/// The address of a platform as it is kept.
pub(crate) fn base(address: &str) -> &str {
    address.trim_end_matches('/')
}
