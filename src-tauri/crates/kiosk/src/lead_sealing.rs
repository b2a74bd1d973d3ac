//! Seals lead records for their recipients, and opens them with the staff key. Must not know: how leads are taken, sent
//! or exported.

use crate::settings::{COPIED, ENROLMENT, Enrolment, STAFF_KEY, Settings, SettingsError};
use expo_domain::Envelope;
use expo_domain::lead::LeadRecord;
use expo_store::leads::ReplacementRules;
use expo_store::{Leads, SealedLead, SettingGuard, StoreError};
use expo_vault::seal::{Identity, Recipient, SealError};
use expo_vault::{SecretString, passphrase};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Replaces a damaged `leads.db`.
pub(crate) const REPLACEMENT_RULES: ReplacementRules = ReplacementRules {
    copied_settings: COPIED,
    is_for_platform,
};

/// Recipients of leads that are sealed now.
pub(crate) struct Recipients {
    keys: Vec<Recipient>,
    /// Whether the platform is one of them.
    pub include_platform: bool,
    /// Guards the enrolment that named the platform: a lead sealed under another one must be sealed again.
    pub guard: SettingGuard,
}

/// A lead that could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealingError {
    #[error("wrong passphrase")]
    WrongPassphrase,
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Encode(#[from] serde_json::Error),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Seals and opens leads.
#[derive(Clone)]
pub(crate) struct LeadSealing {
    leads: Arc<Leads>,
    settings: Settings,
}

impl LeadSealing {
    pub fn new(leads: Arc<Leads>, settings: Settings) -> Self {
        Self { leads, settings }
    }

    /// The current recipients: the platform if enrolled, then staff. The platform is first because it opens every lead
    /// and tries the first entry first.
    pub fn recipients(&self) -> Result<Recipients, SealingError> {
        let (enrolment, guard) = self.leads.setting_with_guard::<Enrolment>(ENROLMENT)?;
        let mut keys = Vec::with_capacity(2);
        if let Some(enrolment) = &enrolment {
            keys.push(parse_recipient(&enrolment.leads_recipient, ENROLMENT)?);
        }
        keys.push(parse_recipient(&self.settings.staff_key()?.recipient, STAFF_KEY)?);
        Ok(Recipients {
            keys,
            include_platform: enrolment.is_some(),
            guard,
        })
    }

    /// Decrypts the staff key with the passphrase.
    pub fn unlock_staff_key(&self, phrase: &str) -> Result<(Identity, SecretString), SealingError> {
        let encrypted = hex::decode(&self.settings.staff_key()?.encrypted_secret)
            .map_err(SettingsError::invalid(STAFF_KEY))?;
        let phrase = SecretString::from(phrase.to_owned());
        let identity = passphrase::unwrap(&encrypted, &phrase).map_err(|_| SealingError::WrongPassphrase)?;
        Ok((identity, phrase))
    }

    /// Seals leads taken before enrolment to the platform as well. Returns their number, 0 while not enrolled.
    pub fn reseal_for_platform(&self, identity: &Identity) -> Result<u32, SealingError> {
        loop {
            match self.try_reseal(identity) {
                // Another platform was enrolled at the same time; it could not open these leads.
                Err(SealingError::Store(StoreError::Superseded { .. })) => {}
                result => return result,
            }
        }
    }

    fn try_reseal(&self, identity: &Identity) -> Result<u32, SealingError> {
        let recipients = self.recipients()?;
        if !recipients.include_platform {
            return Ok(0);
        }
        let mut newest = BTreeMap::<Uuid, LeadRecord>::new();
        for envelope in self.leads.sealed_for_staff()? {
            let record = open_record(&envelope, identity);
            let is_newer = |record: &LeadRecord| {
                let known = newest.get(&record.header.id);
                known.is_none_or(|known| known.header.revision < record.header.revision)
            };
            if let Some(record) = record.filter(is_newer) {
                newest.insert(record.header.id, record);
            }
        }
        let mut resealed = Vec::with_capacity(newest.len());
        for record in newest.into_values() {
            let stored = self.leads.revisions_of(record.header.id)?;
            if let Some(newest) = stored.first() {
                // Without a readable day the lead stays as it is; it can still be exported.
                resealed.extend(self.sealed_again(record, newest.revision + 1, &recipients)?);
            }
        }
        self.leads.reseal(Some(&recipients.guard), &resealed)?;
        Ok(resealed.len() as u32)
    }

    fn sealed_again(
        &self,
        mut record: LeadRecord,
        revision: u32,
        recipients: &Recipients,
    ) -> Result<Option<SealedLead>, SealingError> {
        record.header.revision = revision;
        let sealed = seal(&record, recipients)?;
        let Some((day, hour)) = self.leads.day_and_hour(record.header.id)? else {
            return Ok(None);
        };
        Ok(Some(SealedLead {
            envelope: Envelope::new(record.header, sealed),
            day,
            hour,
            for_platform: recipients.include_platform,
            figures: Vec::new(),
        }))
    }
}

/// Staff are always a recipient, the platform is one after enrolment.
fn is_for_platform(sealed: &[u8]) -> bool {
    expo_vault::seal::recipient_count(sealed) > 1
}

/// Seals a record for all recipients.
pub(crate) fn seal(record: &LeadRecord, recipients: &Recipients) -> Result<Vec<u8>, SealingError> {
    let plain = Zeroizing::new(serde_json::to_vec(record)?);
    Ok(expo_vault::seal::seal(&plain, &recipients.keys)?)
}

/// Why an intact envelope gives no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpenFault {
    /// It was sealed for other recipients.
    OtherKey,
    /// Its content is not a record, or has another header than the envelope.
    Unreadable,
}

/// Opens an envelope.
pub(crate) fn try_open(envelope: &Envelope, identity: &Identity) -> Result<LeadRecord, OpenFault> {
    let plain = expo_vault::seal::open(&envelope.sealed, identity).map_err(|_| OpenFault::OtherKey)?;
    let record: LeadRecord = serde_json::from_slice(&plain).map_err(|_| OpenFault::Unreadable)?;
    if record.header == envelope.header {
        Ok(record)
    } else {
        Err(OpenFault::Unreadable)
    }
}

/// Like [`try_open`], without the reason.
pub(crate) fn open_record(envelope: &Envelope, identity: &Identity) -> Option<LeadRecord> {
    try_open(envelope, identity).ok()
}

fn parse_recipient(text: &str, setting: &'static str) -> Result<Recipient, SettingsError> {
    text.parse().map_err(SettingsError::invalid(setting))
}
