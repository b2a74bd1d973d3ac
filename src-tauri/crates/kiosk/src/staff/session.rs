//! Access of staff: the PIN opens the window, the passphrase opens the leads. A session is only in memory and ends with the
//! window. Must not know: windows.

pub(crate) use super::leads::OpenedLeads;
use crate::error::KioskError;
use crate::lead_sealing::{LeadSealing, SealingError};
use crate::lock::lock;
use crate::machine::environment::Environment;
use crate::settings::PIN_ATTEMPTS;
use crate::views::{AuditLine, LeadQuery, LeadsOpened, StaffState};
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_store::Leads;
use expo_store::leads::AuditCheck;
use expo_vault::pin::{self, FREE_ATTEMPTS, PinAttempts};
use expo_vault::seal::Identity;
use std::fmt::Display;
use std::sync::{Arc, Mutex};

/// A staff session: what staff have opened. A copy lets long work continue without the lock of the session.
#[derive(Clone, Default)]
pub struct Session {
    unlocked: bool,
    opened_leads: Option<OpenedLeads>,
}

impl Session {
    /// Whether the PIN was given.
    pub const fn is_unlocked(&self) -> bool {
        self.unlocked
    }

    /// An error unless the PIN was given.
    pub(crate) const fn require_pin(&self) -> Result<(), KioskError> {
        if self.unlocked {
            Ok(())
        } else {
            Err(KioskError::Locked)
        }
    }

    /// Goes on with the new passphrase, if the leads are open.
    pub(crate) fn replace_opened(&mut self, opened: OpenedLeads) {
        if self.opened_leads.is_some() {
            self.opened_leads = Some(opened);
        }
    }

    /// Whether the leads are open and the same list of them was asked for last, as a page does that waits for the rest.
    pub fn repeats(&self, query: &LeadQuery) -> bool {
        let opened = self.opened_leads.as_ref();
        opened.is_some_and(|opened| opened.repeats(query))
    }

    /// The opened leads; an error unless the passphrase was given.
    pub(crate) fn require_leads(&self) -> Result<OpenedLeads, KioskError> {
        self.require_pin()?;
        self.opened_leads.clone().ok_or(KioskError::LeadsLocked)
    }
}

/// Opens and closes sessions.
pub(crate) struct StaffAccess {
    env: Environment,
    leads: Arc<Leads>,
    sealing: LeadSealing,
    /// Wrong PINs that could not be stored, because of the disk.
    unstored_attempts: Mutex<Option<PinAttempts>>,
}

impl StaffAccess {
    pub const fn new(env: Environment, leads: Arc<Leads>, sealing: LeadSealing) -> Self {
        Self {
            env,
            leads,
            sealing,
            unstored_attempts: Mutex::new(None),
        }
    }

    /// State of the staff window.
    pub fn state(&self, session: &Session) -> Result<StaffState, KioskError> {
        let stop = self.env.settings().stop()?;
        Ok(StaffState {
            unlocked: session.unlocked,
            leads_open: session.opened_leads.is_some(),
            stop_names: stop.name.in_each_language(),
            demonstration: stop.demonstration,
            languages: stop.languages,
            locked_for_seconds: self.wait_seconds(&self.attempts()?),
        })
    }

    /// Unlocks the session with the PIN. The attempt is saved before it is checked, so that switching the machine off does
    /// not save an attempt. While the disk fails, attempts count until the program ends.
    pub fn unlock(&self, session: &mut Session, pin: &str) -> Result<(), KioskError> {
        let hash = self.env.settings().pin_hash()?;
        let before = self.attempts()?;
        let seconds = self.wait_seconds(&before);
        if seconds > 0 {
            return Err(KioskError::LockedOut { seconds });
        }
        let machine = self.env.machine();
        let after = before.failed(&machine.boot_id(), machine.monotonic_ms());
        self.save_attempts(&after)?;
        if pin::verify(pin, &hash) {
            self.save_attempts(&PinAttempts::default())?;
            session.unlocked = true;
            return Ok(self.env.audit(AuditAct::StaffUnlocked, &[])?);
        }
        let failures = (AuditDetail::Failures, &after.failures as &dyn Display);
        self.env.audit(AuditAct::WrongPin, &[failures])?;
        match self.wait_seconds(&after) {
            0 => Err(KioskError::WrongPin {
                left: FREE_ATTEMPTS.saturating_sub(after.failures),
            }),
            seconds => Err(KioskError::LockedOut { seconds }),
        }
    }

    /// Opens the leads for the session, and seals leads taken before enrolment for the platform. The passphrase is stronger
    /// than the PIN: it also unlocks the session, even during a lock-out, which it ends.
    pub fn open_leads(&self, session: &mut Session, phrase: &str) -> Result<LeadsOpened, KioskError> {
        let opened = match self.open_with_passphrase(phrase) {
            Err(KioskError::WrongPassphrase) => {
                self.env.audit(AuditAct::WrongPassphrase, &[])?;
                return Err(KioskError::WrongPassphrase);
            }
            opened => opened?,
        };
        let resealed = self.reseal(&opened.identity)?;
        session.opened_leads = Some(opened);
        if !session.unlocked {
            self.save_attempts(&PinAttempts::default())?;
            session.unlocked = true;
            self.env.audit(AuditAct::StaffUnlocked, &[])?;
        }
        self.env
            .audit(AuditAct::LeadsOpened, &[(AuditDetail::Resealed, &resealed)])?;
        Ok(LeadsOpened { resealed })
    }

    /// Ends the session.
    pub fn lock(&self, session: &mut Session) -> Result<(), KioskError> {
        let was_unlocked = session.unlocked;
        *session = Session::default();
        if was_unlocked {
            self.env.audit(AuditAct::StaffLocked, &[])?;
        }
        Ok(())
    }

    /// A session for the command line. An operator who can read the data folder and knows the passphrase needs no PIN.
    pub fn session_with_passphrase(&self, phrase: &str) -> Result<Session, KioskError> {
        let opened = match self.open_with_passphrase(phrase) {
            Err(KioskError::WrongPassphrase) => {
                self.env.audit_command(AuditAct::WrongPassphrase, &[])?;
                return Err(KioskError::WrongPassphrase);
            }
            opened => opened?,
        };
        let resealed = self.reseal(&opened.identity)?;
        self.env
            .audit_command(AuditAct::LeadsOpened, &[(AuditDetail::Resealed, &resealed)])?;
        Ok(Session {
            unlocked: true,
            opened_leads: Some(opened),
        })
    }

    fn open_with_passphrase(&self, phrase: &str) -> Result<OpenedLeads, KioskError> {
        let (identity, phrase) = self.sealing.unlock_staff_key(phrase)?;
        Ok(OpenedLeads::new(identity, phrase))
    }

    /// Checks that no entry of the audit log was changed or removed.
    pub fn check_audit_log(&self) -> Result<AuditCheck, KioskError> {
        Ok(self.leads.check_audit_log()?)
    }

    /// The newest entries of the audit log, newest first.
    pub fn audit_log(&self, limit: u32) -> Result<Vec<AuditLine>, KioskError> {
        let entries = self.leads.audit_log(limit)?;
        Ok(entries
            .into_iter()
            .map(|entry| AuditLine {
                at: self.env.local_time_of(&entry.at),
                act: entry.act,
                detail: entry.detail,
            })
            .collect())
    }

    fn attempts(&self) -> Result<PinAttempts, KioskError> {
        let unstored = lock(&self.unstored_attempts).clone();
        match unstored {
            Some(attempts) => Ok(attempts),
            None => Ok(self.env.settings().pin_attempts()?),
        }
    }

    fn save_attempts(&self, attempts: &PinAttempts) -> Result<(), KioskError> {
        let mut unstored = lock(&self.unstored_attempts);
        match self.leads.set(&[(PIN_ATTEMPTS, attempts)]) {
            Err(error) if error.is_of_disk() => *unstored = Some(attempts.clone()),
            saved => {
                saved?;
                *unstored = None;
            }
        }
        Ok(())
    }

    /// Seals leads taken before enrolment for the platform. While the disk fails, they wait for the next opening.
    fn reseal(&self, identity: &Identity) -> Result<u32, KioskError> {
        match self.sealing.reseal_for_platform(identity) {
            Err(SealingError::Store(error)) if error.is_of_disk() => Ok(0),
            resealed => Ok(resealed?),
        }
    }

    fn wait_seconds(&self, attempts: &PinAttempts) -> u64 {
        let machine = self.env.machine();
        attempts
            .wait_ms(&machine.boot_id(), machine.monotonic_ms())
            .div_ceil(1_000)
    }
}
