//! Staff come in: PIN for the window, passphrase for the leads. A session lives in memory only and ends with the
//! window.

use crate::lead::seal;
use crate::settings::{GUESSES, PIN, Recipients, STOP};
use crate::views::{AuditRow, LeadsOpened, StaffState};
use crate::{Kiosk, KioskError};
use domain::Stop;
use domain::lead::LeadRecord;
use sha2::{Digest, Sha256};
use store::{NewLead, Outgoing, StoreError};
use vault::pin::{self, FREE_GUESSES, Guesses};
use vault::seal::Identity;
use vault::{SecretString, passphrase};

/// Lines of the audit log shown.
const AUDIT_LINES: u32 = 200;

/// What staff have opened so far.
#[derive(Default)]
pub struct Session {
    unlocked: bool,
    identity: Option<(Identity, SecretString)>,
}

impl Session {
    /// Whether the PIN was given.
    pub const fn is_unlocked(&self) -> bool {
        self.unlocked
    }

    pub(crate) const fn demand_pin(&self) -> Result<(), KioskError> {
        if self.unlocked {
            Ok(())
        } else {
            Err(KioskError::Locked)
        }
    }

    pub(crate) fn demand_leads(&self) -> Result<(&Identity, &SecretString), KioskError> {
        self.demand_pin()?;
        self.identity
            .as_ref()
            .map(|(identity, phrase)| (identity, phrase))
            .ok_or(KioskError::LeadsLocked)
    }
}

impl Kiosk {
    /// Where the staff window stands.
    pub fn staff_state(&self, session: &Session) -> Result<StaffState, KioskError> {
        let stop = self.stop()?;
        Ok(StaffState {
            unlocked: session.unlocked,
            leads_open: session.identity.is_some(),
            stop_name: stop.name.french().to_owned(),
            demonstration: stop.demonstration,
            languages: stop.languages,
            time_zone: stop.time_zone,
            locked_for_seconds: self.wait_seconds(&self.guesses()?),
        })
    }

    /// Opens the staff window. The guess is written down before it is checked, so that pulling the plug in between
    /// gains nothing.
    pub fn staff_unlock(&self, session: &mut Session, pin: &str) -> Result<(), KioskError> {
        let hash: String = self.leads.setting(PIN)?.ok_or(KioskError::NotProvisioned)?;
        let before = self.guesses()?;
        let seconds = self.wait_seconds(&before);
        if seconds > 0 {
            return Err(KioskError::LockedOut { seconds });
        }
        let after = before.failed(&self.machine.boot_id(), self.machine.monotonic_ms());
        self.leads.set(&[(GUESSES, &after)])?;
        if pin::verify(pin, &hash) {
            self.leads.set(&[(GUESSES, &Guesses::default())])?;
            session.unlocked = true;
            return self.audit("staff_unlocked", String::new());
        }
        self.audit("wrong_pin", format!("failures={}", after.failures))?;
        match self.wait_seconds(&after) {
            0 => Err(KioskError::WrongPin {
                left: FREE_GUESSES.saturating_sub(after.failures),
            }),
            seconds => Err(KioskError::LockedOut { seconds }),
        }
    }

    /// Opens the leads for this session, and seals for the platform those taken before its key was known.
    pub fn staff_passphrase(&self, session: &mut Session, phrase: &str) -> Result<LeadsOpened, KioskError> {
        session.demand_pin()?;
        let opened = self.unwrap_staff(phrase)?;
        let resealed = self.reseal(&opened.0)?;
        session.identity = Some(opened);
        self.audit("leads_opened", format!("resealed={resealed}"))?;
        Ok(LeadsOpened { resealed })
    }

    /// Whether the PIN was given, for acts that need nothing else of a session.
    pub fn demand_pin(&self, session: &Session) -> Result<(), KioskError> {
        session.demand_pin()
    }

    /// Closes the session.
    pub fn staff_lock(&self, session: &mut Session) -> Result<(), KioskError> {
        let was_open = session.unlocked;
        *session = Session::default();
        if was_open {
            self.audit("staff_locked", String::new())
        } else {
            Ok(())
        }
    }

    /// A session of the command line: whoever can read the data folder and knows the passphrase needs no PIN.
    pub fn session_with_passphrase(&self, phrase: &str) -> Result<Session, KioskError> {
        let opened = self.unwrap_staff(phrase)?;
        self.reseal(&opened.0)?;
        Ok(Session {
            unlocked: true,
            identity: Some(opened),
        })
    }

    /// The audit log, newest first.
    pub fn audit_log(&self, session: &Session) -> Result<Vec<AuditRow>, KioskError> {
        session.demand_pin()?;
        self.read_audit_log(AUDIT_LINES)
    }

    /// The audit log for the operator's command line.
    pub fn read_audit_log(&self, limit: u32) -> Result<Vec<AuditRow>, KioskError> {
        let rows = self.leads.audit_log(limit)?;
        Ok(rows
            .into_iter()
            .map(|e| AuditRow {
                at: e.at,
                act: e.act,
                detail: e.detail,
            })
            .collect())
    }

    /// Seals leads taken before enrolment to the platform as well; 0 while not enrolled.
    pub(crate) fn reseal(&self, identity: &Identity) -> Result<u32, KioskError> {
        loop {
            match self.reseal_for_platform(identity) {
                // Another platform was enrolled while they were sealed: that one could not open them.
                Err(KioskError::Store(StoreError::Superseded { .. })) => {}
                done => return done,
            }
        }
    }

    fn reseal_for_platform(&self, identity: &Identity) -> Result<u32, KioskError> {
        let recipients = self.recipients()?;
        if !recipients.for_platform {
            return Ok(0);
        }
        let mut next = Vec::new();
        for envelope in self.leads.sealed_for_staff()? {
            if let Some(record) = open_record(&envelope, identity) {
                next.push(self.next_revision(record, &recipients)?);
            }
        }
        self.leads.reseal(Some(&recipients.basis), &next)?;
        Ok(next.len() as u32)
    }

    fn next_revision(&self, mut record: LeadRecord, recipients: &Recipients) -> Result<NewLead, KioskError> {
        record.header.revision += 1;
        let sealed = seal(&record, recipients)?;
        let counted = self.leads.day_and_hour(record.header.id)?;
        let (day, hour) = counted.ok_or_else(|| KioskError::Internal("a lead without a day".to_owned()))?;
        let sha256 = hex::encode(Sha256::digest(&sealed));
        Ok(NewLead {
            header: record.header,
            day,
            hour,
            sealed,
            sha256,
            for_platform: recipients.for_platform,
            tally: Vec::new(),
        })
    }

    pub(crate) fn unwrap_staff(&self, phrase: &str) -> Result<(Identity, SecretString), KioskError> {
        let wrapped =
            hex::decode(&self.staff_key()?.wrapped).map_err(|e| KioskError::Internal(e.to_string()))?;
        let phrase = SecretString::from(phrase.to_owned());
        let identity = passphrase::unwrap(&wrapped, &phrase).map_err(|_| KioskError::WrongPassphrase)?;
        Ok((identity, phrase))
    }

    fn wait_seconds(&self, guesses: &Guesses) -> u64 {
        guesses
            .wait_ms(&self.machine.boot_id(), self.machine.monotonic_ms())
            .div_ceil(1_000)
    }

    /// Whether the stop is a demonstration; its secrets are published, so its leads open by themselves.
    pub(crate) fn is_demonstration(&self) -> Result<bool, KioskError> {
        Ok(self
            .leads
            .setting::<Stop>(STOP)?
            .is_some_and(|stop| stop.demonstration))
    }
}

/// The record in an envelope; `None` when it does not open or its inside is not what its outside says.
pub(crate) fn open_record(envelope: &Outgoing, identity: &Identity) -> Option<LeadRecord> {
    let plain = vault::seal::open(&envelope.sealed, identity).ok()?;
    let record: LeadRecord = serde_json::from_slice(&plain).ok()?;
    (record.header == envelope.header).then_some(record)
}
