//! How the kiosk is doing: a status in figures, and a doctor that names faults with their remedy.

use crate::views::SyncState::{NotEnrolled, Unauthorized, UpgradeRequired};
use crate::views::{CatalogueInfo, SyncStatus};
use crate::{Kiosk, KioskError};
use serde::Serialize;

/// Free bytes under which the doctor speaks up.
const LOW_DISK: u64 = 1024 * 1024 * 1024;
/// Clock offset in seconds from which it does.
const WRONG_CLOCK: i64 = 300;

/// The kiosk in figures, without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Status {
    pub stop: String,
    pub demonstration: bool,
    pub kiosk: String,
    pub platform: Option<String>,
    pub sync: SyncStatus,
    pub leads: u32,
    pub waiting: u32,
    pub oldest_waiting_seconds: Option<u64>,
    pub staff_only: u32,
    pub set_aside: u32,
    pub catalogue: Option<CatalogueInfo>,
    pub disk_free_bytes: u64,
}

/// Something wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: &'static str,
}

impl Kiosk {
    /// The kiosk in figures.
    pub fn status(&self) -> Result<Status, KioskError> {
        let stop = self.stop()?;
        let counts = self.leads.outbox_counts()?;
        let enrolment = self.enrolment()?;
        Ok(Status {
            demonstration: stop.demonstration,
            stop: stop.id,
            kiosk: self.kiosk_id()?,
            platform: enrolment.map(|e| e.platform),
            sync: self.sync_status()?.0,
            leads: self.leads.days()?.iter().map(|day| day.leads).sum(),
            waiting: counts.waiting,
            oldest_waiting_seconds: self.age_seconds(counts.oldest_taken_at.as_deref()),
            staff_only: counts.sealed_for_staff,
            set_aside: counts.set_aside,
            catalogue: self.catalogue_info()?,
            disk_free_bytes: self.machine.disk_free(&self.folder),
        })
    }

    /// Every fault found, empty when all is well.
    pub fn diagnose(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut find = |code, problem: String, remedy| {
            findings.push(Finding {
                code,
                problem,
                remedy,
            });
        };
        if let Err(error) = self.stop() {
            find(
                "not_provisioned",
                error.to_string(),
                "Run 'expo-kiosk provision --event FILE.toml'.",
            );
            return findings;
        }
        match self.leads.check() {
            Ok(faults) if faults.is_empty() => {}
            Ok(faults) => find(
                "leads_damaged",
                faults.join("; "),
                "Stop the kiosk, copy the whole data folder to a stick, call support.",
            ),
            Err(error) => find(
                "leads_damaged",
                error.to_string(),
                "Stop the kiosk, copy the whole data folder to a stick, call support.",
            ),
        }
        match self.verify() {
            Ok(found) if found.missing_pictures == 0 => {}
            Ok(found) => find(
                "pictures_missing",
                format!(
                    "{} of {} picture files are missing",
                    found.missing_pictures, found.pictures
                ),
                "Let the kiosk sync, or import the bundle again.",
            ),
            Err(KioskError::NoCatalogue) if self.catalogues.was_damaged() => find(
                "catalogue_damaged",
                "the catalogue was damaged and is set aside".to_owned(),
                "Import a bundle, or let the kiosk sync.",
            ),
            Err(KioskError::NoCatalogue) => {
                find(
                    "no_catalogue",
                    "there is no catalogue".to_owned(),
                    "Import a bundle, or let the kiosk sync.",
                );
            }
            Err(error) => find(
                "catalogue_damaged",
                error.to_string(),
                "Import the bundle again, or roll back.",
            ),
        }
        let free = self.machine.disk_free(&self.folder);
        if free < LOW_DISK {
            let problem = format!("{} MiB free", free / 1024 / 1024);
            find("disk_low", problem, "Free space: remove old exports and logs.");
        }
        if let Ok((status, remembered)) = self.sync_status() {
            let offset = remembered.clock_offset_ms.unwrap_or(0) / 1_000;
            if offset.abs() > WRONG_CLOCK {
                find(
                    "clock_wrong",
                    format!("the clock is off by {offset} seconds"),
                    "Set date and time of the machine.",
                );
            }
            if matches!(status.state, NotEnrolled | Unauthorized) {
                find(
                    "not_enrolled",
                    "the platform does not know this kiosk".to_owned(),
                    "Run 'expo-kiosk enrol --platform URL --code CODE'.",
                );
            }
            if status.state == UpgradeRequired {
                find(
                    "upgrade_required",
                    "the platform needs a newer program".to_owned(),
                    "Install the new version.",
                );
            }
        }
        if let Ok(counts) = self.leads.outbox_counts() {
            if counts.set_aside > 0 {
                let problem = format!("{} leads need people to look at them", counts.set_aside);
                find("leads_set_aside", problem, "Export them and call headquarters.");
            }
            if counts.quarantined > 0 {
                let problem = format!("the platform could not read {} leads", counts.quarantined);
                find(
                    "leads_quarantined",
                    problem,
                    "Export them and call headquarters; they stay on this kiosk.",
                );
            }
            if counts.sealed_for_staff > 0 && self.enrolment().is_ok_and(|e| e.is_some()) {
                let problem = format!("{} leads were taken before enrolment", counts.sealed_for_staff);
                find(
                    "leads_wait_for_passphrase",
                    problem,
                    "Open the leads once with the passphrase in the staff window.",
                );
            }
        }
        findings
    }
}
