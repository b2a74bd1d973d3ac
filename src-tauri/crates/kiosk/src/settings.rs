//! Names and types of the kiosk's settings, which are stored in `leads.db`. Must not know: when settings change.

use expo_domain::Stop;
use expo_domain::zone::time_zone;
use expo_store::{Leads, StoreError};
use expo_sync::PersistedState;
use expo_vault::pin::PinAttempts;
use expo_vault::signature::PublicKey;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const STOP: &str = "stop";
pub(crate) const STAFF_KEY: &str = "staff";
pub(crate) const PIN_HASH: &str = "pin";
pub(crate) const PIN_ATTEMPTS: &str = "guesses";
/// All publisher keys ever trusted, the current one first. Catalogues installed before a key change stay verifiable.
pub(crate) const PUBLISHER_KEYS: &str = "publishers";
/// Whether the stop pins certificate authorities.
pub(crate) const AUTHORITIES_PINNED: &str = "authorities_pinned";
pub(crate) const ENROLMENT: &str = "enrolment";
pub(crate) const SYNC_STATE: &str = "sync";
/// Total number of leads that the platform holds.
pub(crate) const SENT_TOTAL: &str = "sent";
/// The last heartbeat that the platform answered.
pub(crate) const LAST_REPORT: &str = "last_report";
pub(crate) const ERASURE_PROGRESS: &str = "erasures";
pub(crate) const CONFIGURATIONS: &str = "configurations";
/// Secret key that signs closings.
pub(crate) const CLOSING_KEY: &str = "closing_key";
pub(crate) const PROGRAM_RUN: &str = "run";
/// Catalogue version that staff rolled back from; the kiosk does not install it again automatically.
pub(crate) const ROLLED_BACK_FROM: &str = "rejected_version";
/// Catalogue version last shown. The kiosk does not install an older one automatically, even if the file is damaged.
pub(crate) const LAST_SHOWN_VERSION: &str = "shown_version";

/// Result of the last check of `leads.db`.
pub(crate) const LEADS_CHECK: &str = "leads_check";
/// Names of the damaged files in the audit log.
pub(crate) const AUDITED_DAMAGED_FILES: &str = "audited_damaged_files";

/// Settings that the kiosk cannot work without. A copy of them replaces them when `leads.db` is damaged.
pub(crate) const COPIED: &[&str] = &[
    STOP,
    STAFF_KEY,
    PIN_HASH,
    PUBLISHER_KEYS,
    ENROLMENT,
    CONFIGURATIONS,
    ROLLED_BACK_FROM,
    LAST_SHOWN_VERSION,
    AUDITED_DAMAGED_FILES,
    CLOSING_KEY,
    INSTALLATION,
];

/// Random name of this data folder, under which the kiosk takes leads before its first enrolment.
const INSTALLATION: &str = "installation";

/// First letter of the name of a kiosk that is not enrolled. Platforms give names that begin with K.
const UNENROLLED_PREFIX: char = 'U';
/// Characters of the name after its first letter: 30 random bits, so that two kiosks practically never have the same
/// name.
const UNENROLLED_CHARS: u32 = 6;
/// Crockford's base 32: no letters that look like digits, and no U.
const BASE_32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The staff's key pair; the passphrase encrypts the secret half.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StaffKey {
    pub recipient: String,
    /// age file with the secret key, hex.
    #[serde(rename = "wrapped")]
    pub encrypted_secret: String,
}

/// Result of the enrolment with a platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Base URL of the platform.
    pub platform: String,
    /// Identifier of this kiosk.
    pub kiosk: String,
    /// Bearer token.
    pub token: String,
    /// Recipient that leads are sealed to.
    pub leads_recipient: String,
    /// Version of the configuration at enrolment.
    pub config_version: u64,
}

/// The last heartbeat that the platform answered, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastReport {
    /// Identifier of the report.
    pub id: String,
    /// Time in the answer, by the platform's clock.
    pub server_time: Timestamp,
    /// Boot of this machine in which the answer arrived.
    pub boot_id: String,
    /// Milliseconds from that boot to the answer.
    pub monotonic_ms: u64,
}

/// A setting that cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// The data folder has no stop yet.
    #[error("this kiosk is not set up")]
    NotProvisioned,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The value is not valid.
    #[error("setting {name}: {problem}")]
    Invalid { name: &'static str, problem: String },
}

impl SettingsError {
    /// Converts the error of a parser, for `map_err`.
    pub fn invalid<E: Display>(name: &'static str) -> impl Fn(E) -> Self {
        move |error| Self::Invalid {
            name,
            problem: error.to_string(),
        }
    }
}

/// Reads settings. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Settings(Arc<Leads>);

impl Settings {
    pub fn new(leads: Arc<Leads>) -> Self {
        Self(leads)
    }

    /// The stop this kiosk is set up for.
    pub fn stop(&self) -> Result<Stop, SettingsError> {
        self.required(STOP)
    }

    /// The enrolment, `None` before the first.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, SettingsError> {
        Ok(self.0.setting(ENROLMENT)?)
    }

    /// Identifier of this kiosk.
    pub fn kiosk_id(&self) -> Result<String, SettingsError> {
        self.enrolment()?
            .map_or_else(|| self.installation_id(), |enrolment| Ok(enrolment.kiosk))
    }

    /// The random name of this data folder, created when it is first needed.
    fn installation_id(&self) -> Result<String, SettingsError> {
        loop {
            let (id, guard) = self.0.setting_with_guard::<String>(INSTALLATION)?;
            if let Some(id) = id {
                return Ok(id);
            }
            let id = new_installation_id();
            match self.0.set_guarded(Some(&guard), &[(INSTALLATION, &id)]) {
                // Another process created one at the same time.
                Err(StoreError::Superseded { .. }) => {}
                written => return Ok(written.map(|()| id)?),
            }
        }
    }

    /// The last heartbeat that the platform answered, `None` since the enrolment.
    pub fn last_report(&self) -> Result<Option<LastReport>, SettingsError> {
        let report: Option<Option<LastReport>> = self.0.setting(LAST_REPORT)?;
        Ok(report.flatten())
    }

    pub fn staff_key(&self) -> Result<StaffKey, SettingsError> {
        self.required(STAFF_KEY)
    }

    pub fn pin_hash(&self) -> Result<String, SettingsError> {
        self.required(PIN_HASH)
    }

    /// Failed PIN attempts since the last correct PIN.
    pub fn pin_attempts(&self) -> Result<PinAttempts, SettingsError> {
        Ok(self.0.setting(PIN_ATTEMPTS)?.unwrap_or_default())
    }

    /// The key that new catalogues must be signed with.
    pub fn publisher(&self) -> Result<PublicKey, SettingsError> {
        let keys = self.trusted_publishers()?;
        keys.into_iter().next().ok_or(SettingsError::NotProvisioned)
    }

    /// All publisher keys ever trusted, the current one first.
    pub fn trusted_publishers(&self) -> Result<Vec<PublicKey>, SettingsError> {
        let texts: Vec<String> = self.0.setting(PUBLISHER_KEYS)?.unwrap_or_default();
        let keys = texts.iter().map(|text| text.parse());
        keys.collect::<Result<_, _>>()
            .map_err(SettingsError::invalid(PUBLISHER_KEYS))
    }

    /// Whether only the authorities in the data folder are trusted.
    pub fn authorities_are_pinned(&self) -> Result<bool, SettingsError> {
        Ok(self.0.setting(AUTHORITIES_PINNED)?.unwrap_or(false))
    }

    /// Time zone of the stop.
    pub fn zone(&self) -> Result<TimeZone, SettingsError> {
        time_zone(&self.stop()?.time_zone).map_err(SettingsError::invalid(STOP))
    }

    /// Whether the stop is a demonstration. Its secrets are published.
    pub fn is_demonstration(&self) -> Result<bool, SettingsError> {
        let stop: Option<Stop> = self.0.setting(STOP)?;
        Ok(stop.is_some_and(|stop| stop.demonstration))
    }

    /// State of the last sync, `None` before the first.
    pub fn sync_state(&self) -> Result<Option<PersistedState>, SettingsError> {
        Ok(self.0.setting(SYNC_STATE)?)
    }

    fn required<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, SettingsError> {
        self.0.setting(name)?.ok_or(SettingsError::NotProvisioned)
    }
}

fn new_installation_id() -> String {
    // The last 32 bits of a version 7 UUID are random.
    let random = Uuid::now_v7().as_u128();
    let digit = |place: u32| char::from(BASE_32[(random >> (5 * place)) as usize % BASE_32.len()]);
    std::iter::once(UNENROLLED_PREFIX)
        .chain((0..UNENROLLED_CHARS).map(digit))
        .collect()
}
