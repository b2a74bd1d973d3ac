//! Turns the health of a kiosk into findings with remedies. Must not know: how the health is measured.

use super::disk::disk_is_low;
use super::elapsed::clock_is_wrong;
use super::lead_check::LeadDamage;
use crate::views::SyncState::{NotEnrolled, Unauthorized, UpgradeRequired};
use crate::views::{DiskFault, FindingCode, SyncStatus};
use expo_store::leads::OutboxCounts;
use serde::Serialize;

/// Unsent leads older than this are reported, in seconds: one day of the fair and its night.
pub(crate) const MAX_UNSENT_SECONDS: u64 = 24 * 60 * 60;

/// A problem and its remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code.
    pub code: FindingCode,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: &'static str,
}

/// Measured health of a kiosk.
pub(crate) struct Health {
    /// Why the data folder cannot be written.
    pub disk_fault: Option<DiskFault>,
    pub disk_free_bytes: u64,
    /// Whether the reserve for leads was deleted and cannot be created again.
    pub lacks_reserve: bool,
    pub catalogue: CatalogueHealth,
    /// Day when the installed catalogue should have been replaced.
    pub catalogue_overdue_since: Option<String>,
    pub leads: LeadsHealth,
    /// Whether the pinned certificate authorities cannot be read.
    pub lacks_authorities: bool,
    /// State of the sync and clock offset in seconds; `None` if they cannot be read.
    pub sync: Option<(SyncStatus, i64)>,
}

/// Health of the installed catalogue.
pub(crate) enum CatalogueHealth {
    /// Its rows match the checkpoint; `missing` of its `pictures` files are missing.
    Installed {
        missing: u64,
        pictures: u64,
    },
    NotInstalled,
    /// Its file was damaged and is no longer used.
    FileDamaged,
    /// It does not pass the checks, for this reason.
    Invalid(String),
}

/// Health of the leads.
pub(crate) struct LeadsHealth {
    /// Faults of the database, empty if there are none.
    pub database_faults: String,
    /// Whether no entry of the audit log was changed or removed.
    pub audit_log_is_intact: bool,
    pub damage: LeadDamage,
    pub counts: OutboxCounts,
    pub oldest_unsent_seconds: u64,
    pub is_enrolled: bool,
}

impl Finding {
    /// The only finding of a kiosk without a stop.
    pub(crate) fn not_provisioned(problem: String) -> Self {
        Self::new(
            FindingCode::NotProvisioned,
            problem,
            "Run 'expo-kiosk provision --event FILE.toml'.",
        )
    }

    /// The finding of a privacy notice that the controller has not completed.
    pub(crate) fn of_notice(open_points: &[&str]) -> Option<Self> {
        let finding = || {
            Self::new(
                FindingCode::NoticeIncomplete,
                format!("the privacy notice is not complete: {}", open_points.join("; ")),
                "Ask the controller for the texts and complete assets/legal/notice.toml.",
            )
        };
        (!open_points.is_empty()).then(finding)
    }

    const fn new(code: FindingCode, problem: String, remedy: &'static str) -> Self {
        Self {
            code,
            problem,
            remedy,
        }
    }
}

/// All findings, empty for a healthy kiosk.
pub(crate) fn findings(health: &Health) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(catalogue_finding(&health.catalogue));
    findings.extend(health.catalogue_overdue_since.as_ref().map(|day| {
        Finding::new(
            FindingCode::CatalogueOverdue,
            format!("the catalogue should have been replaced by {day}; it is still shown"),
            "Let the kiosk sync, or import the newest bundle of headquarters.",
        )
    }));
    findings.extend(disk_findings(health));
    findings.extend(lead_findings(&health.leads));
    if health.lacks_authorities {
        findings.push(Finding::new(
            FindingCode::AuthoritiesMissing,
            "the pinned certificate authorities are missing: the kiosk does not connect".to_owned(),
            "Run 'expo-kiosk enrol' again with --ca FILE.",
        ));
    }
    if let Some((status, clock_offset_seconds)) = &health.sync {
        findings.extend(platform_findings(status, *clock_offset_seconds));
    }
    findings
}

fn catalogue_finding(catalogue: &CatalogueHealth) -> Option<Finding> {
    let import = "Import a bundle, or let the kiosk sync.";
    match catalogue {
        CatalogueHealth::Installed { missing: 0, .. } => None,
        CatalogueHealth::Installed { missing, pictures } => Some(Finding::new(
            FindingCode::PicturesMissing,
            format!("{missing} of {pictures} picture files are missing"),
            "Let the kiosk sync, or import the bundle again.",
        )),
        CatalogueHealth::NotInstalled => Some(Finding::new(
            FindingCode::NoCatalogue,
            "no catalogue is installed".to_owned(),
            import,
        )),
        CatalogueHealth::FileDamaged => Some(Finding::new(
            FindingCode::CatalogueDamaged,
            "the catalogue file was damaged and is no longer used".to_owned(),
            import,
        )),
        CatalogueHealth::Invalid(problem) => Some(Finding::new(
            FindingCode::CatalogueDamaged,
            problem.clone(),
            import,
        )),
    }
}

fn disk_findings(health: &Health) -> Vec<Finding> {
    let mut findings = Vec::new();
    match health.disk_fault {
        None => {}
        Some(DiskFault::Full) => findings.push(Finding::new(
            FindingCode::DiskFull,
            "the disk is full".to_owned(),
            "Free space at once: leads stop when the reserve is used up.",
        )),
        Some(DiskFault::NotWritable) => findings.push(Finding::new(
            FindingCode::DiskNotWritable,
            "the data folder cannot be written: the form takes no leads".to_owned(),
            "Export the leads to a stick, check the disk and its mount, then restart the kiosk.",
        )),
    }
    if disk_is_low(health.disk_free_bytes) {
        findings.push(Finding::new(
            FindingCode::DiskLow,
            format!("{} MiB free", health.disk_free_bytes / 1024 / 1024),
            "Free space: remove old exports and logs.",
        ));
    }
    if health.lacks_reserve {
        findings.push(Finding::new(
            FindingCode::ReserveGone,
            "the reserve for leads was deleted because the disk is nearly full".to_owned(),
            "Free space at once: leads stop when the disk is full.",
        ));
    }
    findings
}

fn lead_findings(leads: &LeadsHealth) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !leads.database_faults.is_empty() {
        findings.push(Finding::new(
            FindingCode::LeadsDamaged,
            leads.database_faults.clone(),
            "Stop the kiosk, copy the complete data folder to a stick, call support.",
        ));
    }
    if !leads.audit_log_is_intact {
        findings.push(Finding::new(
            FindingCode::AuditLogChanged,
            "an entry of the audit log was changed or removed".to_owned(),
            "Run 'expo-kiosk audit --verify', keep a copy of the data folder and tell headquarters.",
        ));
    }
    findings.extend(damage_findings(&leads.damage));
    let counts = &leads.counts;
    if leads.oldest_unsent_seconds > MAX_UNSENT_SECONDS {
        let count = counts.waiting + counts.sealed_for_staff;
        let hours = leads.oldest_unsent_seconds / 3_600;
        findings.push(Finding::new(
            FindingCode::LeadsWaitLong,
            format!("{count} leads are unsent, the oldest for {hours} hours"),
            "Bring the kiosk online: 'expo-kiosk sync --once' shows the problem. Until then export the leads.",
        ));
    }
    if counts.rejected > 0 {
        findings.push(Finding::new(
            FindingCode::LeadsSetAside,
            format!("the platform rejects {} leads", counts.rejected),
            "Export them and call headquarters.",
        ));
    }
    if counts.quarantined > 0 {
        findings.push(Finding::new(
            FindingCode::LeadsQuarantined,
            format!("the platform could not read {} leads", counts.quarantined),
            "Export them and call headquarters; they stay on this kiosk.",
        ));
    }
    if leads.is_enrolled && counts.sealed_for_staff > 0 {
        findings.push(Finding::new(
            FindingCode::LeadsWaitForPassphrase,
            format!("{} leads wait for the passphrase", counts.sealed_for_staff),
            "Open the leads once with the passphrase in the staff window.",
        ));
    }
    findings
}

fn damage_findings(damage: &LeadDamage) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !damage.unreadable.is_empty() {
        let leads = damage.unreadable.iter();
        let leads: Vec<_> = leads
            .map(|lead| format!("{}: {}", lead.name, lead.problem))
            .collect();
        findings.push(Finding::new(
            FindingCode::LeadsUnreadable,
            format!("{} leads cannot be read ({})", leads.len(), leads.join("; ")),
            "All other leads are sent and exported. Tell headquarters, and run 'expo-kiosk lead salvage --out DIR'.",
        ));
    }
    findings.extend(damage.damaged_files.iter().map(|file| {
        let lost = if file.unreadable.is_empty() {
            "all leads it names were put back".to_owned()
        } else {
            format!("not readable: {}", file.unreadable.join(", "))
        };
        Finding::new(
            FindingCode::LeadsFileReplaced,
            format!(
                "the file of the leads was damaged and replaced; {} is the old one: {} leads were put back, {lost}",
                file.name, file.restored
            ),
            "Run 'expo-kiosk lead salvage --out DIR --restore', then move the old file and its -wal to a safe place.",
        )
    }));
    findings
}

fn platform_findings(status: &SyncStatus, clock_offset_seconds: i64) -> Vec<Finding> {
    let mut findings = Vec::new();
    if clock_is_wrong(clock_offset_seconds) {
        findings.push(Finding::new(
            FindingCode::ClockWrong,
            format!("the clock is off by {clock_offset_seconds} seconds"),
            "Set date and time of the machine.",
        ));
    }
    if let Some(code) = &status.catalogue_refused {
        findings.push(Finding::new(
            FindingCode::CatalogueRefused,
            format!(
                "the platform's newest catalogue cannot be installed ({code}); the previous one is shown"
            ),
            "Give headquarters the code: they publish the catalogue again.",
        ));
    }
    if matches!(status.state, NotEnrolled | Unauthorized) {
        findings.push(Finding::new(
            FindingCode::NotEnrolled,
            "the platform does not know this kiosk".to_owned(),
            "Run 'expo-kiosk enrol --platform URL --code CODE'.",
        ));
    }
    if status.state == UpgradeRequired {
        findings.push(Finding::new(
            FindingCode::UpgradeRequired,
            "the platform needs a newer version of this program".to_owned(),
            "Install the new version.",
        ));
    }
    findings
}
