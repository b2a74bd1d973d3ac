//! Views for staff: session, figures, sync, exports, audit log. Without personal data. Must not know: rules, windows.

use super::{CatalogueInfo, ClosingState, DiskFault, FacetCount};
use expo_domain::{AuditAct, AuditDetail, Lang};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// State of the staff window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StaffState {
    pub unlocked: bool,
    /// Whether the passphrase was given.
    pub leads_open: bool,
    /// Name of the stop in each language.
    pub stop_names: BTreeMap<Lang, String>,
    pub demonstration: bool,
    pub languages: Vec<Lang>,
    /// Seconds until the next PIN attempt is possible; 0 if it is possible now.
    pub locked_for_seconds: u64,
}

/// Result of opening the leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadsOpened {
    /// Leads taken before enrolment that were now sealed for the platform.
    pub resealed: u32,
}

/// Figures of today, and the state of the kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Today {
    pub stop_name: String,
    pub kiosk: String,
    pub day: String,
    pub leads_day: u32,
    pub leads_total: u32,
    pub closing: ClosingState,
    pub by_hour: Vec<HourCount>,
    pub by_language: Vec<FacetCount>,
    pub by_region: Vec<RegionCount>,
    pub by_project: Vec<ProjectCount>,
    /// By product type.
    pub by_type: Vec<FacetCount>,
    /// By desk at the stand.
    pub by_desk: Vec<FacetCount>,
    /// Visits of the day; `None` if the stop does not count them.
    pub visits: Option<VisitFigures>,
    pub waiting: u32,
    pub oldest_waiting_seconds: Option<u64>,
    /// Whether the doctor reports that leads wait for too long.
    pub waits_too_long: bool,
    /// Leads taken before enrolment, which wait for the passphrase.
    pub staff_only: u32,
    /// Rejected leads.
    pub set_aside: u32,
    /// Leads that the platform holds but could not read.
    pub quarantined: u32,
    /// Leads that cannot be read, here or in a damaged file that was replaced.
    pub unreadable: u32,
    pub leads_check: Option<LeadsCheck>,
    /// Damaged files that were replaced; an operator moves them away.
    pub damaged_files: u32,
    pub sync: SyncStatus,
    pub catalogue: Option<CatalogueInfo>,
    /// Day when the catalogue should have been replaced; `None` before that day.
    pub catalogue_overdue_since: Option<String>,
    pub disk_free_bytes: u64,
    /// Whether the doctor reports little free space.
    pub disk_is_low: bool,
    /// Why the data folder cannot be written; then the form takes no leads.
    pub disk_fault: Option<DiskFault>,
    /// The platform's clock minus this machine's; `None` if unknown.
    pub clock_offset_seconds: Option<i64>,
    /// Whether the doctor reports a wrong clock.
    pub clock_is_wrong: bool,
}

/// Anonymous counts of the visits of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct VisitFigures {
    pub visits: u32,
    /// Visits by language used, highest first.
    pub by_language: Vec<FacetCount>,
    /// Visits that left the form without sending it, by its last step, in the order of the steps.
    pub form_left_at: Vec<FacetCount>,
    /// Leads sent, as counted with the visits.
    pub leads: u32,
    pub searches_without_result: u32,
}

/// Result of the last check of the file with the leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LeadsCheck {
    pub checked_at: String,
    pub damaged: bool,
}

/// Number of leads in an hour of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HourCount {
    pub hour: u8,
    pub count: u32,
}

/// Number of leads with interest in a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RegionCount {
    /// Code of the region.
    pub code: String,
    /// Name in each language; empty if the code is unknown.
    pub names: BTreeMap<Lang, String>,
    /// Number of leads.
    pub count: u32,
}

/// Number of leads with interest in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProjectCount {
    /// Identifier of the project.
    pub id: String,
    /// French title, or the identifier if the catalogue does not have the project.
    pub title: String,
    /// Title in each language; empty if the catalogue does not have the project.
    pub names: BTreeMap<Lang, String>,
    /// Number of leads.
    pub count: u32,
}

/// State of the sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SyncStatus {
    pub state: SyncState,
    pub last_contact_at: Option<String>,
    pub next_attempt_at: Option<String>,
    pub sent_total: u32,
    /// Code of the refusal of the newest published catalogue.
    pub catalogue_refused: Option<String>,
}

/// State of the sync; the windows have a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SyncState {
    Never,
    NotEnrolled,
    Offline,
    Captive,
    ClockOrTls,
    Unauthorized,
    RateLimited,
    Server,
    UpgradeRequired,
    Ok,
}

/// Result of one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SyncReport {
    pub state: SyncState,
    pub sent: u32,
    pub duplicates: u32,
    pub waiting: u32,
    pub catalogue_version: Option<u64>,
    /// Code of the refusal of a published catalogue.
    pub catalogue_refused: Option<String>,
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AuditRow {
    pub at: String,
    pub act: LoggedAct,
    pub details: Vec<LoggedDetail>,
}

/// An act in the audit log. Another version of the program may have written an unknown one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LoggedAct {
    Known(AuditAct),
    Other(String),
}

/// A detail in the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LoggedDetail {
    pub name: DetailName,
    pub value: String,
}

/// The name of a detail in the audit log; empty for text without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DetailName {
    Known(AuditDetail),
    Other(String),
}

/// An entry of the audit log with the codes that are stored, for the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AuditLine {
    pub at: String,
    pub act: String,
    pub detail: String,
}

impl From<AuditLine> for AuditRow {
    fn from(line: AuditLine) -> Self {
        let details = expo_domain::audit::split_details(&line.detail);
        let details = details.into_iter().map(|(name, value)| LoggedDetail {
            name: AuditDetail::from_code(name)
                .map_or_else(|| DetailName::Other(name.to_owned()), DetailName::Known),
            value: value.to_owned(),
        });
        Self {
            details: details.collect(),
            act: AuditAct::from_code(&line.act).map_or(LoggedAct::Other(line.act), LoggedAct::Known),
            at: line.at,
        }
    }
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    StaffState::export_all(config)?;
    LeadsOpened::export_all(config)?;
    Today::export_all(config)?;
    SyncReport::export_all(config)?;
    AuditRow::export_all(config)?;
    super::FindingCode::export_all(config)?;
    super::HostError::export_all(config)
}
