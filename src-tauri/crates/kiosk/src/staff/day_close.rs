//! Day close: exports the leads of a day to files. Must not know: file formats, windows.

use super::export_history::{exports, format_code};
use super::export_target::{ExportTarget, OfferedSticks, real_path};
use super::leads::{exported_revisions, without_merged};
use super::session::OpenedLeads;
use crate::atomic_file::{Access, write_atomic};
use crate::error::KioskError;
use crate::lead_sealing::open_record;
use crate::machine::environment::Environment;
use crate::machine::lead_check::LeadCheck;
use crate::views::{DayReceipt, Destination, ExportFormat, ExportedFile};
use expo_domain::Lang;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_domain::lead::LeadRecord;
use expo_export::{ExportError, ExportLocale, ExportStats};
use expo_store::Leads;
use expo_store::leads::ExportEntry;
use expo_vault::SecretString;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt::Display;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extension of an export that is being written.
const TEMPORARY_EXTENSION: &str = "part";

/// Which leads to export, and how.
#[derive(Debug, Clone, Deserialize)]
pub struct CloseOrder {
    /// Day at the stop, `YYYY-MM-DD`; all days if absent.
    pub day: Option<String>,
    /// Formats, at least one.
    pub formats: Vec<ExportFormat>,
    /// Folder to write to.
    pub destination: PathBuf,
}

/// Exports leads.
pub(crate) struct DayClose {
    env: Environment,
    leads: Arc<Leads>,
    offered: OfferedSticks,
    lead_check: Arc<LeadCheck>,
}

impl DayClose {
    pub fn new(env: Environment, leads: Arc<Leads>, lead_check: Arc<LeadCheck>) -> Self {
        Self {
            env,
            leads,
            offered: OfferedSticks::default(),
            lead_check,
        }
    }

    /// Possible destinations: removable media first, then a folder next to the data folder. Never inside it: exports are
    /// readable, and the data folder must hold nothing that is useful to a thief.
    pub fn destinations(&self) -> Vec<Destination> {
        let machine = self.env.machine();
        let destination = |path: PathBuf, label: String, removable| Destination {
            free_bytes: machine.disk_free(&path),
            path: path.to_string_lossy().into_owned(),
            label,
            removable,
        };
        let media = machine.removable();
        self.offered.remember(machine, &media);
        let mut destinations: Vec<Destination> = media
            .into_iter()
            .map(|(path, label)| destination(path, label, true))
            .collect();
        let mut folder = self.env.folder().as_os_str().to_owned();
        folder.push("-exports");
        destinations.push(destination(folder.into(), "exports".to_owned(), false));
        destinations
    }

    /// Writes the leads to files, each completely or not at all, and records the exports.
    pub fn close(&self, order: &CloseOrder, opened: &OpenedLeads) -> Result<DayReceipt, KioskError> {
        if order.day.as_ref().is_some_and(|day| day.parse::<Date>().is_err()) {
            return Err(KioskError::Setup {
                place: "day".to_owned(),
                problem: "expected a day such as 2026-02-13".to_owned(),
            });
        }
        self.refuse_data_folder(&order.destination)?;
        let previous = exports(&self.env, &self.leads, order.day.as_deref()).unwrap_or_default();
        let envelopes = self.leads.envelopes_of_day(order.day.as_deref())?;
        let records: Vec<LeadRecord> = envelopes
            .iter()
            .filter_map(|envelope| open_record(envelope, &opened.identity))
            .collect();
        let unopened = (envelopes.len() - records.len()) as u32;
        let records = without_merged(&self.leads, records, &opened.identity)?;
        let mut files = Vec::new();
        for format in &order.formats {
            files.push(self.export(order, *format, &records, &opened.phrase)?);
        }
        let counts = self.leads.outbox_counts()?;
        Ok(DayReceipt {
            leads: records.len() as u32,
            unsent: counts.waiting + counts.sealed_for_staff + counts.rejected,
            unopened,
            unreadable: self.lead_check.damage()?.unreadable_count(),
            files,
            previous,
        })
    }

    /// An error if the destination is in the data folder.
    fn refuse_data_folder(&self, destination: &Path) -> Result<(), KioskError> {
        let absolute = std::path::absolute(destination).unwrap_or_else(|_| destination.to_owned());
        if real_path(&absolute).starts_with(real_path(self.env.folder())) {
            return Err(KioskError::Destination {
                path: destination.display().to_string(),
                problem: "this is the kiosk's data folder, which must not hold readable leads".to_owned(),
            });
        }
        Ok(())
    }

    fn export(
        &self,
        order: &CloseOrder,
        format: ExportFormat,
        records: &[LeadRecord],
        phrase: &SecretString,
    ) -> Result<ExportedFile, KioskError> {
        let machine = self.env.machine();
        let path = order.destination.join(self.file_name(order, format)?);
        let target = ExportTarget::resolve(machine, &order.destination, &self.offered)?;
        let locale = ExportLocale {
            lang: Lang::Fr,
            zone: self.env.settings().zone()?,
        };
        let stats = write_private(&order.destination, &path, |file| {
            target.require_on_stick(file)?;
            match format {
                ExportFormat::Xlsx => expo_export::write_xlsx(records, &locale, file),
                ExportFormat::Csv => expo_export::write_csv(records, &locale, file),
                ExportFormat::Age => expo_export::write_age(records, &locale, phrase, file),
            }
        })
        .map_err(|error| KioskError::Destination {
            path: order.destination.display().to_string(),
            problem: error.to_string(),
        })?;
        target.require_unchanged(machine)?;
        self.record(order, format, records, &stats)?;
        Ok(ExportedFile {
            path: path.to_string_lossy().into_owned(),
            format,
            leads: records.len() as u32,
            bytes: stats.bytes,
            sha256: stats.sha256,
        })
    }

    /// Records an export in the database and in the audit log.
    fn record(
        &self,
        order: &CloseOrder,
        format: ExportFormat,
        records: &[LeadRecord],
        stats: &ExportStats,
    ) -> Result<(), KioskError> {
        let format = format_code(format);
        let leads = records.len() as u32;
        let revisions = exported_revisions(&self.leads, records)?;
        let entry = ExportEntry {
            at: self.env.now().to_string(),
            day: order.day.clone(),
            format: format.to_owned(),
            leads,
            sha256: stats.sha256.clone(),
            initials: None,
        };
        match self.leads.record_export(&entry, &revisions) {
            // The file is complete. Without the record, retention keeps the leads.
            Err(error) if error.is_of_disk() => {}
            recorded => recorded?,
        }
        let details: [(AuditDetail, &dyn Display); 3] = [
            (AuditDetail::Format, &format),
            (AuditDetail::Leads, &leads),
            (AuditDetail::Sha256, &stats.sha256),
        ];
        Ok(self.env.audit(AuditAct::Exported, &details)?)
    }

    fn file_name(&self, order: &CloseOrder, format: ExportFormat) -> Result<String, KioskError> {
        let settings = self.env.settings();
        let (stop, kiosk) = (settings.stop()?.id, settings.kiosk_id()?);
        let day = order.day.as_deref().unwrap_or("all");
        let time = self.env.now_at_stop()?;
        let time = time.strftime("%H%M%S");
        let extension = match format {
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Csv => "csv",
            ExportFormat::Age => "csv.age",
        };
        Ok(format!("leads-{stop}-{kiosk}-{day}-{time}.{extension}"))
    }
}

/// Writes a file that only its owner can read, completely or not at all.
fn write_private(
    folder: &Path,
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<ExportStats, ExportError>,
) -> Result<ExportStats, ExportError> {
    fs::create_dir_all(folder)?;
    remove_incomplete_exports(folder);
    write_atomic(
        path,
        &path.with_extension(TEMPORARY_EXTENSION),
        Access::Owner,
        write,
    )
}

/// Removes exports that a power cut interrupted, because they hold readable leads.
fn remove_incomplete_exports(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_export = entry.file_name().to_string_lossy().starts_with("leads-");
        if is_export && path.extension().is_some_and(|ext| ext == TEMPORARY_EXTENSION) {
            // A file that cannot be removed stays visible to staff.
            let _ = fs::remove_file(path);
        }
    }
}
