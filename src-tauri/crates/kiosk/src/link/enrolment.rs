//! Enrolment with a platform. Must not know: HTTP, how leads are taken.

use super::authorities::Authorities;
use super::configuration::Configurations;
use super::enrolment_reply::{self, Before, CheckedEnrolment};
use super::platform_link::PlatformLink;
use crate::demonstration::Demonstration;
use crate::error::KioskError;
use crate::lead_sealing::SealingError;
use crate::settings::{
    CONFIGURATIONS, ENROLMENT, ERASURE_PROGRESS, Enrolment, LAST_REPORT, PUBLISHER_KEYS, STOP, SYNC_STATE,
};
use expo_domain::Stop;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_protocol::{EnrolmentReply, EnrolmentRequest};
use expo_store::leads::SettingValue;
use expo_sync::{PersistedState, Platform, PlatformError, SystemClock};
use expo_vault::signature::PublicKey;
use std::fmt::Display;
use std::path::Path;

impl PlatformLink {
    /// The token of the current enrolment, for a new enrolment with the same platform, which then recognises the kiosk.
    /// `None` for any other address.
    pub fn token_for(&self, address: &str) -> Result<Option<String>, KioskError> {
        let enrolment = self.env.settings().enrolment()?;
        let same = enrolment.filter(|e| e.platform.eq_ignore_ascii_case(base_url(address)));
        Ok(same.map(|enrolment| enrolment.token))
    }

    /// Redeems a one-time code at a platform and stores the enrolment. `ca` is a PEM file with the only certificate
    /// authorities to trust from now on. Returns the number of leads resealed for the platform.
    pub async fn enrol_at<P: Platform>(
        &self,
        address: &str,
        platform: P,
        code: &str,
        phrase: Option<&str>,
        ca: Option<&Path>,
    ) -> Result<u32, KioskError> {
        self.env.settings().stop()?;
        let authorities = ca.map(Authorities::read).transpose()?;
        let request = EnrolmentRequest {
            code: code.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let mut clock = SystemClock::start();
        let reply = expo_sync::enrol(&platform, &mut clock, &request)
            .await
            .map_err(|error| KioskError::Setup {
                place: address.to_owned(),
                problem: failure_sentence(&error),
            })?;
        let checked = self.check(address, &reply)?;
        if let Some(authorities) = &authorities {
            authorities.pin(&self.env, &self.leads)?;
        }
        self.store(&checked, phrase)
    }

    /// Checks and stores an enrolment, and reseals waiting leads for the platform if the passphrase is known: given, or
    /// published because this is a demonstration. Returns the number of resealed leads.
    pub fn enrol(
        &self,
        platform: &str,
        reply: &EnrolmentReply,
        phrase: Option<&str>,
    ) -> Result<u32, KioskError> {
        self.store(&self.check(platform, reply)?, phrase)
    }

    fn check(&self, platform: &str, reply: &EnrolmentReply) -> Result<CheckedEnrolment, KioskError> {
        let settings = self.env.settings();
        let before = Before {
            stop: settings.stop()?,
            publishers: settings.trusted_publishers()?,
        };
        Ok(enrolment_reply::check(reply, base_url(platform), before)?)
    }

    fn store(&self, checked: &CheckedEnrolment, phrase: Option<&str>) -> Result<u32, KioskError> {
        let published_phrase = self.published_phrase()?;
        self.store_enrolment(&checked.stop, &checked.enrolment, &checked.publisher)?;
        self.env.audit(
            AuditAct::Enrolled,
            &[(AuditDetail::Kiosk, &checked.enrolment.kiosk)],
        )?;
        self.reseal_leads(phrase, published_phrase)
    }

    fn published_phrase(&self) -> Result<Option<&'static str>, KioskError> {
        let is_demonstration = self.env.settings().is_demonstration()?;
        Ok(is_demonstration.then_some(Demonstration::PASSPHRASE))
    }

    fn store_enrolment(
        &self,
        stop: &Stop,
        enrolment: &Enrolment,
        publisher: &PublicKey,
    ) -> Result<(), KioskError> {
        let former_keys = self.env.settings().trusted_publishers()?.into_iter();
        let publisher_keys: Vec<String> = std::iter::once(publisher.clone())
            .chain(former_keys.filter(|former| former != publisher))
            .map(|key| key.to_string())
            .collect();
        let (previous, guard) = self.leads.setting_with_guard::<Enrolment>(ENROLMENT)?;
        let configurations = Configurations::enrolled(enrolment.config_version);
        let sync_state = PersistedState::default();
        let settings: [(&'static str, &dyn SettingValue); 7] = [
            (STOP, stop),
            (ENROLMENT, enrolment),
            (PUBLISHER_KEYS, &publisher_keys),
            // Another platform has its own numbers of configurations and erasures.
            (CONFIGURATIONS, &configurations),
            (ERASURE_PROGRESS, &None::<()>),
            // The new identity begins its own line of reports.
            (LAST_REPORT, &None::<()>),
            // A Retry-After of the previous platform does not apply to this one.
            (SYNC_STATE, &sync_state),
        ];
        if previous.is_some_and(|previous| previous.leads_recipient != enrolment.leads_recipient) {
            // The new platform cannot open leads that were sealed for the previous one.
            self.leads.set_and_unqueue(Some(&guard), &settings)?;
        } else {
            self.leads.set_guarded(Some(&guard), &settings)?;
        }
        Ok(())
    }

    fn reseal_leads(&self, phrase: Option<&str>, published_phrase: Option<&str>) -> Result<u32, KioskError> {
        let reseal = |phrase: &str| -> Result<u32, SealingError> {
            let (identity, _) = self.sealing.unlock_staff_key(phrase)?;
            self.sealing.reseal_for_platform(&identity)
        };
        match (phrase, published_phrase) {
            (Some(phrase), _) => match reseal(phrase) {
                Err(SealingError::WrongPassphrase) => {
                    self.env.audit_command(AuditAct::WrongPassphrase, &[])?;
                    Err(KioskError::WrongPassphrase)
                }
                resealed => {
                    let resealed = resealed?;
                    let details: [(AuditDetail, &dyn Display); 1] = [(AuditDetail::Resealed, &resealed)];
                    self.env.audit_command(AuditAct::LeadsOpened, &details)?;
                    Ok(resealed)
                }
            },
            // A demonstration may have another passphrase; then its leads wait for it.
            (None, Some(published)) => match self.sealing.unlock_staff_key(published) {
                Ok((identity, _)) => Ok(self.sealing.reseal_for_platform(&identity)?),
                Err(_) => Ok(0),
            },
            (None, None) => Ok(0),
        }
    }
}

/// The base URL of a platform as it is stored.
fn base_url(address: &str) -> &str {
    address.trim_end_matches('/')
}

/// Why the enrolment failed, and what to do.
fn failure_sentence(error: &PlatformError) -> String {
    let code = match error {
        PlatformError::Refused { code, .. } => code.as_str(),
        PlatformError::RateLimited { .. } => "too_many_codes",
        _ => "",
    };
    match code {
        "code_unknown" => "the platform does not know this code: check it, or ask for a new one".to_owned(),
        "code_used" => "this code was used before: ask for a new one".to_owned(),
        "code_expired" => "this code has expired: ask for a new one".to_owned(),
        "too_many_codes" => {
            "too many requests from this network: wait ten minutes, then try again".to_owned()
        }
        _ => {
            let problem = error.to_string();
            format!("{}. {}", problem.trim_end_matches('.'), error.state().sentence())
        }
    }
}
