//! How the kiosk is doing: a status in figures, and a doctor that names faults with their remedy.

use crate::views::SyncState::{NotEnrolled, Unauthorized, UpgradeRequired};
use crate::views::{CatalogueInfo, SyncStatus};
use crate::{Kiosk, KioskError};
use serde::Serialize;

/// Free bytes under which the doctor speaks up.
const LOW_DISK: u64 = 1024 * 1024 * 1024;
/// Seconds an unsent lead may wait before it does: a day of the fair and its night.
const LONG_WAIT: u64 = 24 * 60 * 60;
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
            oldest_waiting_seconds: self.age_of_oldest(&counts)?,
            staff_only: counts.sealed_for_staff,
            set_aside: counts.set_aside,
            catalogue: self.catalogue_info()?,
            disk_free_bytes: self.machine.disk_free(&self.folder),
        })
    }

    /// Every fault found, empty when all is well.
    pub fn diagnose(&self) -> Vec<Finding> {
        if let Err(error) = self.stop() {
            let remedy = "Run 'expo-kiosk provision --event FILE.toml'.";
            return vec![Finding::new("not_provisioned", error.to_string(), remedy)];
        }
        let disk = self.machine.disk_free(&self.folder);
        let low = (disk < LOW_DISK).then(|| {
            let problem = format!("{} MiB free", disk / 1024 / 1024);
            Finding::new("disk_low", problem, "Free space: remove old exports and logs.")
        });
        let reserve = self.lacks_reserve().then(|| {
            let problem = "the reserve for leads was given up".to_owned();
            Finding::new(
                "reserve_gone",
                problem,
                "Free space at once: leads stop when the disk is full.",
            )
        });
        let overdue = self.overdue_since().ok().flatten().map(|day| {
            let problem = format!("the catalogue was to be replaced by {day}; it is still shown");
            let remedy = "Let the kiosk sync, or import the newest bundle of headquarters.";
            Finding::new("catalogue_overdue", problem, remedy)
        });
        let parts = [self.diagnose_leads(), self.diagnose_platform()];
        self.diagnose_catalogue()
            .into_iter()
            .chain(overdue)
            .chain(low)
            .chain(reserve)
            .chain(parts.into_iter().flatten())
            .collect()
    }

    fn diagnose_catalogue(&self) -> Option<Finding> {
        let import = "Import a bundle, or let the kiosk sync.";
        match self.verify() {
            Ok(found) if found.missing_pictures == 0 => None,
            Ok(found) => {
                let problem = format!(
                    "{} of {} picture files are missing",
                    found.missing_pictures, found.pictures
                );
                let remedy = "Let the kiosk sync, or import the bundle again.";
                Some(Finding::new("pictures_missing", problem, remedy))
            }
            Err(KioskError::NoCatalogue) if self.catalogues.was_damaged() => {
                let problem = "the catalogue was damaged and is set aside".to_owned();
                Some(Finding::new("catalogue_damaged", problem, import))
            }
            Err(KioskError::NoCatalogue) => Some(Finding::new(
                "no_catalogue",
                "there is no catalogue".to_owned(),
                import,
            )),
            Err(error) => Some(Finding::new("catalogue_damaged", error.to_string(), import)),
        }
    }

    fn diagnose_leads(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let problem = match self.leads.check() {
            Ok(faults) => faults.join("; "),
            Err(error) => error.to_string(),
        };
        if !problem.is_empty() {
            let remedy = "Stop the kiosk, copy the whole data folder to a stick, call support.";
            findings.push(Finding::new("leads_damaged", problem, remedy));
        }
        let counts = self.leads.outbox_counts().unwrap_or_default();
        let enrolled = self.enrolment().is_ok_and(|e| e.is_some());
        let of = |count: u32, code, what: &str, remedy| {
            (count > 0).then(|| Finding::new(code, format!("{count} leads {what}"), remedy))
        };
        let age = self.age_of_oldest(&counts).ok().flatten().unwrap_or(0);
        if age > LONG_WAIT {
            let count = counts.waiting + counts.sealed_for_staff;
            let problem = format!("{count} leads are unsent, the oldest for {} hours", age / 3_600);
            findings.push(Finding::new(
                "leads_wait_long",
                problem,
                "Bring the kiosk online: 'expo-kiosk sync --once' says what is in the way. Until then export them.",
            ));
        }
        findings.extend(of(
            counts.set_aside,
            "leads_set_aside",
            "need people to look at them",
            "Export them and call headquarters.",
        ));
        findings.extend(of(
            counts.quarantined,
            "leads_quarantined",
            "could not be read by the platform",
            "Export them and call headquarters; they stay on this kiosk.",
        ));
        findings.extend(of(
            if enrolled { counts.sealed_for_staff } else { 0 },
            "leads_wait_for_passphrase",
            "wait for the passphrase",
            "Open the leads once with the passphrase in the staff window.",
        ));
        findings
    }

    fn diagnose_platform(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let Ok((status, remembered)) = self.sync_status() else {
            return findings;
        };
        let offset = remembered.clock_offset_ms.unwrap_or(0) / 1_000;
        if offset.abs() > WRONG_CLOCK {
            let problem = format!("the clock is off by {offset} seconds");
            findings.push(Finding::new(
                "clock_wrong",
                problem,
                "Set date and time of the machine.",
            ));
        }
        if let Some(code) = status.catalogue_refused {
            let problem =
                format!("the platform's newest catalogue is not taken ({code}); the one before is shown");
            let remedy = "Tell headquarters the code: they publish the catalogue again.";
            findings.push(Finding::new("catalogue_refused", problem, remedy));
        }
        if matches!(status.state, NotEnrolled | Unauthorized) {
            let problem = "the platform does not know this kiosk".to_owned();
            let remedy = "Run 'expo-kiosk enrol --platform URL --code CODE'.";
            findings.push(Finding::new("not_enrolled", problem, remedy));
        }
        if status.state == UpgradeRequired {
            let problem = "the platform needs a newer program".to_owned();
            findings.push(Finding::new(
                "upgrade_required",
                problem,
                "Install the new version.",
            ));
        }
        findings
    }
}

impl Finding {
    const fn new(code: &'static str, problem: String, remedy: &'static str) -> Self {
        Self {
            code,
            problem,
            remedy,
        }
    }
}
