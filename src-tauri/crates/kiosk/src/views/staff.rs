//! What staff are shown. No personal data here: figures only.

use super::{CatalogueInfo, Facet};
use domain::Lang;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the staff window stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StaffState {
    pub unlocked: bool,
    /// Whether the passphrase was given.
    pub leads_open: bool,
    pub stop_name: String,
    pub demonstration: bool,
    pub languages: Vec<Lang>,
    /// IANA time zone of the hall, in which hours are shown.
    pub time_zone: String,
    /// Seconds until another PIN may be tried, 0 when now.
    pub locked_for_seconds: u64,
}

/// What opening the leads did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadsOpened {
    /// Leads sealed again because the platform's key was not known when they were taken.
    pub resealed: u32,
}

/// A day in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Today {
    pub stop_name: String,
    pub kiosk: String,
    pub day: String,
    pub leads_day: u32,
    pub leads_total: u32,
    pub by_hour: Vec<HourCount>,
    pub by_language: Vec<Facet>,
    pub by_region: Vec<Facet>,
    pub by_project: Vec<ProjectCount>,
    pub waiting: u32,
    pub oldest_waiting_seconds: Option<u64>,
    /// Leads that wait for the passphrase because they were taken before enrolment.
    pub staff_only: u32,
    /// Leads the platform refused for good or holds differently; people must look.
    pub set_aside: u32,
    pub sync: SyncStatus,
    pub catalogue: Option<CatalogueInfo>,
    /// Day by which the catalogue was to be replaced, once that has passed; it is still shown.
    pub catalogue_overdue_since: Option<String>,
    pub disk_free_bytes: u64,
    pub clock_offset_seconds: Option<i64>,
}

/// Leads in an hour of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HourCount {
    pub hour: u8,
    pub count: u32,
}

/// Leads that name a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProjectCount {
    pub id: String,
    pub title: String,
    pub count: u32,
}

/// How the platform was last seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SyncStatus {
    pub state: SyncState,
    pub last_contact_at: Option<String>,
    pub next_attempt_at: Option<String>,
    pub sent_total: u32,
    /// Code of why the newest catalogue published is not taken.
    pub catalogue_refused: Option<String>,
}

/// States of the sync, each one sentence for staff.
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

/// What one round did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SyncReport {
    pub state: SyncState,
    pub sent: u32,
    pub duplicates: u32,
    pub waiting: u32,
    pub catalogue_version: Option<u64>,
    /// Why a published catalogue was not taken, as a code.
    pub catalogue_refused: Option<String>,
}

/// A day that has leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayRow {
    pub day: String,
    pub leads: u32,
    pub unsent: u32,
    pub exports: Vec<ExportRow>,
}

/// An export made before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExportRow {
    pub at: String,
    pub format: ExportFormat,
    pub leads: u32,
    pub sha256: String,
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ExportFormat {
    Xlsx,
    Csv,
    Age,
}

/// A place to export to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Destination {
    pub path: String,
    pub label: String,
    pub removable: bool,
    pub free_bytes: u64,
}

/// A file written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExportedFile {
    pub path: String,
    pub format: ExportFormat,
    pub leads: u32,
    pub bytes: u64,
    pub sha256: String,
}

/// Proof of a closed day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayReceipt {
    pub files: Vec<ExportedFile>,
    pub leads: u32,
    pub unsent: u32,
    /// Leads that do not open with this passphrase; they are kept.
    pub unopened: u32,
    /// Exports of the same day made before.
    pub previous: Vec<ExportRow>,
}

/// An act of staff or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AuditRow {
    pub at: String,
    pub act: String,
    pub detail: String,
}

/// Every type staff are shown, for the export to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    StaffState::export_all(config)?;
    LeadsOpened::export_all(config)?;
    Today::export_all(config)?;
    SyncReport::export_all(config)?;
    DayRow::export_all(config)?;
    Destination::export_all(config)?;
    DayReceipt::export_all(config)?;
    AuditRow::export_all(config)?;
    super::HostError::export_all(config)
}
