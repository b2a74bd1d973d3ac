//! Checks `leads.db` at the start of the program and daily, keeps the result, and records damaged files that were replaced.
//! Must not know: who reads the result.

use super::environment::Environment;
use crate::settings::{AUDITED_DAMAGED_FILES, LEADS_CHECK};
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_store::leads::{DamagedFile, UnreadableLead};
use expo_store::{Leads, StoreError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::sync::Arc;

/// Time between two checks.
const CHECK_INTERVAL: SignedDuration = SignedDuration::from_hours(24);

/// Result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadCheckResult {
    /// Time by this machine's clock.
    pub checked_at: Timestamp,
    /// Whether the file was damaged.
    pub damaged: bool,
    /// Number of leads that could not be read.
    pub unreadable: u32,
}

/// Leads that cannot be read, and damaged files that were replaced.
#[derive(Debug, Clone, Default)]
pub(crate) struct LeadDamage {
    /// In `leads.db`.
    pub unreadable: Vec<UnreadableLead>,
    pub damaged_files: Vec<DamagedFile>,
}

impl LeadDamage {
    /// Number of leads that cannot be read, here or in damaged files.
    pub fn unreadable_count(&self) -> u32 {
        self.unreadable.len() as u32 + unreadable_in(&self.damaged_files)
    }
}

/// Number of unreadable leads, and whether the file or an earlier one is damaged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KnownDamage {
    pub unreadable: u32,
    pub last_check: Option<LeadCheckResult>,
    pub damaged_files: Vec<DamagedFile>,
}

/// Checks the leads.
pub(crate) struct LeadCheck {
    env: Environment,
    leads: Arc<Leads>,
}

impl LeadCheck {
    pub const fn new(env: Environment, leads: Arc<Leads>) -> Self {
        Self { env, leads }
    }

    /// Checks the file and all leads, and replaces a file that is damaged. Takes seconds for a large file; leads can be
    /// stored during the check.
    pub fn run(&self) -> Result<LeadCheckResult, StoreError> {
        let faults = match self.leads.check() {
            Err(StoreError::Damaged { problem, .. }) => vec![problem],
            checked => checked?,
        };
        if faults.iter().any(|fault| !is_of_one_row(fault)) {
            self.leads.replace_damaged()?;
        }
        if self.leads.restore_outbox_rows().is_err() {
            // A new file has all readable leads in its outbox.
            self.leads.replace_damaged()?;
        }
        let result = LeadCheckResult {
            checked_at: self.env.now(),
            damaged: !faults.is_empty(),
            unreadable: self.leads.unreadable()?.len() as u32,
        };
        self.leads.set(&[(LEADS_CHECK, &result)])?;
        self.audit_damaged_files()?;
        Ok(result)
    }

    /// Checks if the last check was a day ago, or if the clock was set back since. Returns whether it did.
    pub fn run_if_due(&self) -> Result<bool, StoreError> {
        let now = self.env.now();
        let is_recent = |last: LeadCheckResult| {
            let age = now.duration_since(last.checked_at);
            age >= SignedDuration::ZERO && age < CHECK_INTERVAL
        };
        if self.last()?.is_some_and(is_recent) {
            return Ok(false);
        }
        self.run().map(|_| true)
    }

    /// What is damaged now. Reads all leads.
    pub fn damage(&self) -> Result<LeadDamage, StoreError> {
        Ok(LeadDamage {
            unreadable: self.leads.unreadable()?,
            damaged_files: self.leads.damaged_files()?,
        })
    }

    /// What was damaged at the last check. Fast.
    pub fn known_damage(&self) -> Result<KnownDamage, StoreError> {
        let last_check = self.last()?;
        let damaged_files = self.leads.damaged_files()?;
        let checked = last_check.as_ref().map_or(0, |check| check.unreadable);
        Ok(KnownDamage {
            unreadable: checked.max(self.leads.unreadable_waiting()?) + unreadable_in(&damaged_files),
            last_check,
            damaged_files,
        })
    }

    /// Records damaged files that are new in the audit log.
    pub fn audit_damaged_files(&self) -> Result<(), StoreError> {
        let files = self.leads.damaged_files()?;
        if files.is_empty() {
            return Ok(());
        }
        let mut audited: Vec<String> = self.leads.setting(AUDITED_DAMAGED_FILES)?.unwrap_or_default();
        for file in files {
            if audited.contains(&file.name) {
                continue;
            }
            let unreadable = file.unreadable.len();
            let details: [(AuditDetail, &dyn Display); 3] = [
                (AuditDetail::File, &file.name),
                (AuditDetail::Leads, &file.restored),
                (AuditDetail::Unreadable, &unreadable),
            ];
            self.env.audit(AuditAct::LeadsFileReplaced, &details)?;
            audited.push(file.name);
            self.leads.set(&[(AUDITED_DAMAGED_FILES, &audited)])?;
        }
        Ok(())
    }

    fn last(&self) -> Result<Option<LeadCheckResult>, StoreError> {
        self.leads.setting(LEADS_CHECK)
    }
}

fn unreadable_in(files: &[DamagedFile]) -> u32 {
    files.iter().map(|file| file.unreadable.len() as u32).sum()
}

/// Whether a fault that SQLite reports concerns the values of one row, and not the structure of the file.
fn is_of_one_row(fault: &str) -> bool {
    fault.contains(" value in ") || fault.starts_with("CHECK constraint failed in ")
}
