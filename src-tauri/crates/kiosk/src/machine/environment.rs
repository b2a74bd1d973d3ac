//! What every part of the kiosk needs: data folder, clock, settings, audit log. Must not know: the parts.

use super::Machine;
use crate::lock::lock;
use crate::settings::{Settings, SettingsError};
use expo_domain::audit::{AuditAct, AuditDetail, detail_text};
use expo_store::leads::AuditEntry;
use expo_store::{Leads, StoreError};
use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use std::collections::VecDeque;
use std::fmt::Display;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Maximum number of entries of the audit log that wait for the disk.
const MAX_UNSTORED_ENTRIES: usize = 1_000;

/// Data folder, machine and settings. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Environment {
    folder: Arc<Path>,
    machine: Arc<dyn Machine>,
    settings: Settings,
    audit_log: Arc<Leads>,
    /// Entries that could not be stored yet, because of the disk.
    unstored_entries: Arc<Mutex<VecDeque<AuditEntry>>>,
}

impl Environment {
    pub fn new(folder: &Path, machine: Arc<dyn Machine>, leads: Arc<Leads>) -> Self {
        Self {
            folder: folder.into(),
            machine,
            settings: Settings::new(Arc::clone(&leads)),
            audit_log: leads,
            unstored_entries: Arc::default(),
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn machine(&self) -> &dyn Machine {
        &*self.machine
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn now(&self) -> Timestamp {
        self.machine.now()
    }

    /// The current time in the time zone of the stop.
    pub fn now_at_stop(&self) -> Result<ZonedDateTime, SettingsError> {
        Ok(self.now().to_zoned_datetime(self.settings.zone()?))
    }

    /// A time as people at the stop read it: RFC 3339 with the offset there. In UTC before the set-up.
    pub fn local_time(&self, at: Timestamp) -> String {
        let Ok(zone) = self.settings.zone() else {
            return at.to_string();
        };
        at.display_with_offset(zone.to_offset(at)).to_string()
    }

    /// Like [`Self::local_time`], for a stored time; text that is not a time stays as it is.
    pub fn local_time_of(&self, stored: &str) -> String {
        let at = stored.parse().map(|at| self.local_time(at));
        at.unwrap_or_else(|_| stored.to_owned())
    }

    /// The current day in the time zone of the stop.
    pub fn today(&self) -> Result<Date, SettingsError> {
        Ok(self.now_at_stop()?.date())
    }

    /// Free bytes on the disk of the data folder.
    pub fn disk_free(&self) -> u64 {
        self.machine.disk_free(&self.folder)
    }

    /// Adds an entry about an act of a command. Who ran it is unknown, except for the user of the operating system.
    pub fn audit_command(
        &self,
        act: AuditAct,
        details: &[(AuditDetail, &dyn Display)],
    ) -> Result<(), StoreError> {
        let user = self.machine.user_id();
        let mut details = details.to_vec();
        details.push((AuditDetail::By, &"command"));
        if let Some(user) = &user {
            details.push((AuditDetail::User, user));
        }
        self.audit(act, &details)
    }

    /// Adds an entry to the audit log; keeps it in memory while the disk fails. Details must not hold personal data.
    pub fn audit(&self, act: AuditAct, details: &[(AuditDetail, &dyn Display)]) -> Result<(), StoreError> {
        let entry = AuditEntry {
            at: self.now().to_string(),
            act: act.code().to_owned(),
            detail: detail_text(details),
        };
        let mut unstored = lock(&self.unstored_entries);
        unstored.push_back(entry);
        self.store_entries(&mut unstored)
    }

    /// Stores the entries of the audit log that could not be stored before.
    pub fn store_audit_entries(&self) -> Result<(), StoreError> {
        self.store_entries(&mut lock(&self.unstored_entries))
    }

    /// Whether the program reads a copy of the leads, because the data folder could not be written at its start.
    pub fn reads_a_copy(&self) -> bool {
        self.audit_log.is_copy()
    }

    fn store_entries(&self, unstored: &mut VecDeque<AuditEntry>) -> Result<(), StoreError> {
        while let Some(entry) = unstored.front() {
            match self.audit_log.audit(entry) {
                // Staff must be able to work although the disk fails.
                Err(error) if error.is_of_disk() => {
                    while unstored.len() > MAX_UNSTORED_ENTRIES {
                        unstored.pop_front();
                    }
                    return Ok(());
                }
                stored => {
                    unstored.pop_front();
                    stored?;
                }
            }
        }
        Ok(())
    }
}
