//! What the kiosk remembers of its set-up, under which names. One place for all of them.

use crate::{Kiosk, KioskError};
use domain::Stop;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};
use store::Basis;
use vault::pin::Guesses;
use vault::seal::Recipient;
use vault::signature::{PublicKey, SignatureError};

pub(crate) const STOP: &str = "stop";
pub(crate) const STAFF: &str = "staff";
pub(crate) const PIN: &str = "pin";
pub(crate) const GUESSES: &str = "guesses";
/// Publishers' keys ever trusted, the present one first: what is installed stays verifiable after a change of key.
pub(crate) const PUBLISHERS: &str = "publishers";
pub(crate) const ENROLMENT: &str = "enrolment";
pub(crate) const SYNC: &str = "sync";
pub(crate) const SENT: &str = "sent";
pub(crate) const ERASURES: &str = "erasures";
pub(crate) const CONFIGURATIONS: &str = "configurations";
pub(crate) const RUN: &str = "run";
/// The version staff went back from; it is not taken again by itself.
pub(crate) const REJECTED: &str = "rejected_version";

/// The version last shown: no older one is taken by itself, even when its file turns out damaged.
pub(crate) const SHOWN: &str = "shown_version";

/// Identifier of a kiosk that is not enrolled.
const UNENROLLED: &str = "K00";

/// The staff's key pair, its secret half wrapped by the passphrase.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StaffKey {
    pub recipient: String,
    /// age file, hex.
    pub wrapped: String,
}

/// What enrolment brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Base URL of the platform.
    pub platform: String,
    /// Identifier of this kiosk.
    pub kiosk: String,
    /// Bearer token.
    pub token: String,
    /// Recipient leads are sealed to.
    pub leads_recipient: String,
    /// Version of the configuration.
    pub config_version: u64,
}

/// Who may open leads that are sealed now.
pub(crate) struct Recipients {
    pub keys: Vec<Recipient>,
    /// Whether the platform is among them.
    pub for_platform: bool,
    /// The enrolment that named it: a lead sealed under another one is sealed anew.
    pub basis: Basis,
}

impl Kiosk {
    /// The stop this kiosk is set up for.
    pub fn stop(&self) -> Result<Stop, KioskError> {
        self.leads.setting(STOP)?.ok_or(KioskError::NotProvisioned)
    }

    /// What enrolment brought, `None` before.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, KioskError> {
        Ok(self.leads.setting(ENROLMENT)?)
    }

    /// Identifier of this kiosk.
    pub(crate) fn kiosk_id(&self) -> Result<String, KioskError> {
        Ok(self
            .enrolment()?
            .map_or_else(|| UNENROLLED.to_owned(), |e| e.kiosk))
    }

    pub(crate) fn staff_key(&self) -> Result<StaffKey, KioskError> {
        self.leads.setting(STAFF)?.ok_or(KioskError::NotProvisioned)
    }

    pub(crate) fn guesses(&self) -> Result<Guesses, KioskError> {
        Ok(self.leads.setting(GUESSES)?.unwrap_or_default())
    }

    /// The key that catalogues must be signed with.
    pub fn publisher(&self) -> Result<PublicKey, KioskError> {
        self.trusted_publishers()?
            .into_iter()
            .next()
            .ok_or(KioskError::NotProvisioned)
    }

    /// All keys ever trusted, the present one first.
    pub(crate) fn trusted_publishers(&self) -> Result<Vec<PublicKey>, KioskError> {
        let texts: Vec<String> = self.leads.setting(PUBLISHERS)?.unwrap_or_default();
        let parse = |text: &String| {
            text.parse()
                .map_err(|e: SignatureError| KioskError::Internal(e.to_string()))
        };
        texts.iter().map(parse).collect()
    }

    /// Staff, and before them the platform once its key is known: it opens every lead and tries the first entry first.
    pub(crate) fn recipients(&self) -> Result<Recipients, KioskError> {
        let key = |text: &str| {
            text.parse::<Recipient>()
                .map_err(|e| KioskError::Internal(e.to_string()))
        };
        let (enrolment, basis) = self.leads.basis::<Enrolment>(ENROLMENT)?;
        let mut keys = Vec::with_capacity(2);
        if let Some(enrolment) = &enrolment {
            keys.push(key(&enrolment.leads_recipient)?);
        }
        keys.push(key(&self.staff_key()?.recipient)?);
        Ok(Recipients {
            keys,
            for_platform: enrolment.is_some(),
            basis,
        })
    }

    pub(crate) fn zone(&self) -> Result<TimeZone, KioskError> {
        let stop = self.stop()?;
        TimeZone::get(&stop.time_zone).map_err(|e| KioskError::Internal(e.to_string()))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.machine.now()
    }

    pub(crate) fn now_at_stop(&self) -> Result<ZonedDateTime, KioskError> {
        Ok(self.now().to_zoned_datetime(self.zone()?))
    }

    pub(crate) fn today(&self) -> Result<Date, KioskError> {
        Ok(self.now_at_stop()?.date())
    }

    pub(crate) fn audit(&self, act: &str, detail: String) -> Result<(), KioskError> {
        let at = self.now().to_string();
        Ok(self.leads.audit(&store::leads::AuditEntry {
            at,
            act: act.to_owned(),
            detail,
        })?)
    }
}
