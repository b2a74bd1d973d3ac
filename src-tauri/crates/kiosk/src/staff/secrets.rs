//! A new PIN and a new passphrase. Each needs the present passphrase, so that a session left open gives nobody the kiosk.
//! Must not know: windows, leads.

use super::session::OpenedLeads;
use crate::error::KioskError;
use crate::lead_sealing::{LeadSealing, SealingError};
use crate::machine::environment::Environment;
use crate::published_secrets::{is_published_passphrase, is_published_pin};
use crate::settings::{PIN_HASH, STAFF_KEY, StaffKey};
use expo_domain::audit::AuditAct;
use expo_store::Leads;
use expo_vault::SecretString;
use expo_vault::passphrase::{self, WorkFactor};
use expo_vault::pin;
use std::sync::Arc;

/// Changes the secrets of staff.
pub(crate) struct StaffSecrets {
    env: Environment,
    leads: Arc<Leads>,
    sealing: LeadSealing,
}

impl StaffSecrets {
    pub const fn new(env: Environment, leads: Arc<Leads>, sealing: LeadSealing) -> Self {
        Self { env, leads, sealing }
    }

    /// Replaces the PIN.
    pub fn change_pin(&self, phrase: &str, new: &str) -> Result<(), KioskError> {
        self.open(phrase)?;
        pin::check_strength(new).map_err(|_| KioskError::WeakPin)?;
        self.refuse_published(is_published_pin(new))?;
        let hash = pin::hash(new).map_err(KioskError::internal)?;
        self.leads.replace_secret(&[(PIN_HASH, &hash)])?;
        Ok(self.env.audit(AuditAct::PinChanged, &[])?)
    }

    /// Encrypts the staff key with another passphrase. The key stays, so that leads of before still open. Returns what the
    /// new passphrase opens.
    pub fn change_passphrase(&self, phrase: &str, new: &str) -> Result<OpenedLeads, KioskError> {
        let identity = self.open(phrase)?.identity;
        passphrase::check_strength(new).map_err(|_| KioskError::WeakPassphrase)?;
        self.refuse_published(is_published_passphrase(new))?;
        let phrase = SecretString::from(new.to_owned());
        let encrypted =
            passphrase::wrap(&identity, &phrase, WorkFactor::STANDARD).map_err(KioskError::internal)?;
        let key = StaffKey {
            recipient: identity.recipient().to_string(),
            encrypted_secret: hex::encode(encrypted),
        };
        self.leads.replace_secret(&[(STAFF_KEY, &key)])?;
        self.env.audit(AuditAct::PassphraseChanged, &[])?;
        Ok(OpenedLeads::new(identity, phrase))
    }

    fn open(&self, phrase: &str) -> Result<OpenedLeads, KioskError> {
        match self.sealing.unlock_staff_key(phrase) {
            Ok((identity, phrase)) => Ok(OpenedLeads::new(identity, phrase)),
            Err(SealingError::WrongPassphrase) => {
                self.env.audit(AuditAct::WrongPassphrase, &[])?;
                Err(KioskError::WrongPassphrase)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A secret that anybody can read protects only a demonstration.
    fn refuse_published(&self, is_published: bool) -> Result<(), KioskError> {
        if is_published && !self.env.settings().stop()?.demonstration {
            return Err(KioskError::PublishedSecret);
        }
        Ok(())
    }
}
