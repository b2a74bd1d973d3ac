//! Measures the health of the kiosk: status figures, and input for the doctor. Must not know: limits, remedies.

use super::closing_key::closing_key_if_possible;
use crate::catalogue::error::CatalogueError;
use crate::catalogue::install::CatalogueSupply;
use crate::error::KioskError;
use crate::link::authorities;
use crate::link::platform_link::PlatformLink;
use crate::machine::diagnosis::{self, CatalogueHealth, Finding, Health, LeadsHealth};
use crate::machine::disk::Disk;
use crate::machine::lead_check::LeadCheck;
use crate::views::{CatalogueInfo, SyncStatus};
use expo_store::Leads;
use serde::Serialize;
use std::sync::Arc;

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
    #[serde(rename = "set_aside")]
    pub rejected: u32,
    /// Leads that the platform holds but could not read.
    pub quarantined: u32,
    /// Leads that cannot be read, here or in a damaged file that was replaced.
    pub unreadable: u32,
    pub catalogue: Option<CatalogueInfo>,
    pub disk_free_bytes: u64,
    /// Public key of this kiosk, with which receipts of closed days are checked.
    pub closing_key: Option<String>,
}

/// Measures status and health.
pub(crate) struct HealthCheck {
    leads: Arc<Leads>,
    disk: Disk,
    supply: Arc<CatalogueSupply>,
    link: Arc<PlatformLink>,
    pub lead_check: Arc<LeadCheck>,
}

impl HealthCheck {
    pub const fn new(
        leads: Arc<Leads>,
        disk: Disk,
        supply: Arc<CatalogueSupply>,
        link: Arc<PlatformLink>,
        lead_check: Arc<LeadCheck>,
    ) -> Self {
        Self {
            leads,
            disk,
            supply,
            link,
            lead_check,
        }
    }

    /// The kiosk in figures.
    pub fn status(&self) -> Result<Status, KioskError> {
        let env = &self.supply.env;
        let stop = env.settings().stop()?;
        let counts = self.leads.outbox_counts()?;
        let enrolment = env.settings().enrolment()?;
        Ok(Status {
            demonstration: stop.demonstration,
            stop: stop.id,
            kiosk: env.settings().kiosk_id()?,
            platform: enrolment.map(|e| e.platform),
            sync: self.link.sync_status(self.supply.shown.version_number())?,
            leads: self.leads.days()?.iter().map(|day| day.leads).sum(),
            waiting: counts.waiting,
            oldest_waiting_seconds: env.oldest_unsent_seconds(&counts)?,
            staff_only: counts.sealed_for_staff,
            rejected: counts.rejected,
            quarantined: counts.quarantined,
            unreadable: self.lead_check.damage()?.unreadable_count(),
            // The catalogue must not keep staff from their leads.
            catalogue: self.supply.shown.info().ok().flatten(),
            disk_free_bytes: env.disk_free(),
            closing_key: closing_key_if_possible(&self.leads)?.map(|key| key.public().to_string()),
        })
    }

    /// All problems, empty for a healthy kiosk.
    pub fn diagnose(&self) -> Vec<Finding> {
        let env = &self.supply.env;
        let stop = match env.settings().stop() {
            Ok(stop) => stop,
            Err(error) => return vec![Finding::not_provisioned(KioskError::from(error).to_string())],
        };
        self.disk.test_write();
        let mut findings = diagnosis::findings(&Health {
            disk_fault: self.disk.fault(),
            disk_free_bytes: env.disk_free(),
            lacks_reserve: self.disk.lacks_reserve(),
            catalogue: self.catalogue_health(),
            catalogue_overdue_since: self.supply.shown.overdue_since().ok().flatten(),
            leads: self.leads_health(),
            lacks_authorities: authorities::are_missing(env),
            sync: self.sync_health(),
        });
        if !stop.demonstration {
            let notice = self.supply.shown.reference.notice();
            findings.extend(Finding::of_notice(&notice.to_complete(stop.form_country())));
        }
        findings
    }

    fn catalogue_health(&self) -> CatalogueHealth {
        match self.supply.verify() {
            Ok(verified) => CatalogueHealth::Installed {
                missing: verified.missing_pictures,
                pictures: verified.pictures,
            },
            Err(CatalogueError::NotInstalled) if self.supply.shown.catalogues.was_damaged() => {
                CatalogueHealth::FileDamaged
            }
            Err(CatalogueError::NotInstalled) => CatalogueHealth::NotInstalled,
            Err(error) => CatalogueHealth::Invalid(KioskError::from(error).to_string()),
        }
    }

    fn leads_health(&self) -> LeadsHealth {
        let env = &self.supply.env;
        // A damaged file may be replaced here, so the faults are counted first.
        let damage = self.lead_check.damage().unwrap_or_default();
        let counts = self.leads.outbox_counts().unwrap_or_default();
        let oldest = env.oldest_unsent_seconds(&counts).ok().flatten();
        LeadsHealth {
            database_faults: match self.leads.check() {
                Ok(faults) => faults.join("; "),
                Err(error) => error.to_string(),
            },
            audit_log_is_intact: self
                .leads
                .check_audit_log()
                .is_ok_and(|check| check.fault.is_none()),
            damage,
            oldest_unsent_seconds: oldest.unwrap_or(0),
            is_enrolled: env.settings().enrolment().is_ok_and(|e| e.is_some()),
            counts,
        }
    }

    fn sync_health(&self) -> Option<(SyncStatus, i64)> {
        let installed_version = self.supply.shown.version_number();
        let status = self.link.sync_status(installed_version).ok()?;
        let offset_ms = self.supply.env.clock_offset_ms().ok()?;
        Some((status, offset_ms / 1_000))
    }
}
