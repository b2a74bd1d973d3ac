//! Day close: exports the leads of a day to files, all or none, with a signed receipt. Must not know: file formats, windows.

use super::closing_control::{ClosingControl, RunningClosing};
use super::closing_key::closing_key_if_possible;
use super::closing_record::{Closed, ClosedFrom, ClosingCounts, ClosingRecord};
use super::export_files::{build, extension, is_in_use, stem};
use super::export_history::exports;
use super::export_target::{ExportTarget, OfferedSticks, real_path};
use super::export_writer::{ExportFile, ExportWriter};
use super::session::OpenedLeads;
use crate::destination_fault::DestinationFault;
use crate::error::KioskError;
use crate::lead_sealing::open_record;
use crate::machine::environment::Environment;
use crate::machine::lead_check::LeadCheck;
use crate::views::{
    CloseOrder, ClosingProgress, ClosingReceipt, DayReceipt, Destination, ExportScope, ExportedFile,
};
use crate::visitor::qr_code::qr_code;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_domain::lead::LeadRecord;
use expo_export::ExportLocale;
use expo_store::Leads;
use expo_store::leads::{Closing, ExportEntry};
use jiff::civil::Date;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Maximum number of initials.
const MAX_INITIALS: usize = 4;

/// Exports leads.
pub(crate) struct DayClose {
    env: Environment,
    leads: Arc<Leads>,
    offered: OfferedSticks,
    lead_check: Arc<LeadCheck>,
    control: ClosingControl,
}

/// The leads of an order.
struct Selection {
    records: Vec<LeadRecord>,
    unopened: u32,
}

impl DayClose {
    pub fn new(env: Environment, leads: Arc<Leads>, lead_check: Arc<LeadCheck>) -> Self {
        Self {
            env,
            leads,
            offered: OfferedSticks::default(),
            lead_check,
            control: ClosingControl::default(),
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

    /// Progress of the closing that runs.
    pub fn progress(&self) -> ClosingProgress {
        self.control.progress()
    }

    /// Stops the closing that runs, unless its files are complete.
    pub fn cancel(&self) {
        self.control.cancel();
    }

    /// Writes the leads to files and a receipt next to them, all or none, and records the closing.
    pub fn close(
        &self,
        order: &CloseOrder,
        opened: &OpenedLeads,
        from: ClosedFrom,
    ) -> Result<DayReceipt, KioskError> {
        let running = self.control.begin();
        let initials = checked_initials(order.initials.as_deref())?;
        self.check(order)?;
        let previous = exports(&self.env, &self.leads, order.day.as_deref()).unwrap_or_default();
        let selection = self.select(order, opened)?;
        let mut record = ClosingRecord::new(
            self.closed(order, initials, from)?,
            self.counts(&selection)?,
            &selection.records,
        );
        record.previous = previous.iter().map(Into::into).collect();
        let target = ExportTarget::resolve(self.env.machine(), &order.destination, &self.offered)?;
        let stem = self.stem(order)?;
        let (mut output, files) = self.build(order, &stem, &selection, opened, &running)?;
        record.files = files.iter().map(Into::into).collect();
        let (receipt_file, receipt) = self.receipt(order, &stem, &mut record)?;
        let path = order.destination.join(&receipt_file.name);
        let qr = qr_code(&record.short_text(&expo_texts::of(order.lang).export.receipt))?;
        output.push(receipt_file);
        let writer = ExportWriter {
            machine: self.env.machine(),
            folder: &order.destination,
            target: &target,
            running: &running,
        };
        writer.write(&output)?;
        self.store(order, &record, receipt, &selection)?;
        Ok(DayReceipt {
            leads: record.counts.leads,
            unsent: record.counts.unsent,
            unopened: record.counts.unopened,
            unreadable: record.counts.unreadable,
            files,
            previous,
            record: ClosingReceipt {
                path: path.to_string_lossy().into_owned(),
                qr,
                public_key: record.public_key,
            },
        })
    }

    /// An error if the day is not a day, there is no format, or the destination is in the data folder.
    fn check(&self, order: &CloseOrder) -> Result<(), KioskError> {
        if order.formats.is_empty() {
            return Err(KioskError::Setup {
                place: "formats".to_owned(),
                problem: "expected at least one of age, xlsx and csv".to_owned(),
            });
        }
        if order.day.as_ref().is_some_and(|day| day.parse::<Date>().is_err()) {
            return Err(KioskError::Setup {
                place: "day".to_owned(),
                problem: "expected a day such as 2026-02-13".to_owned(),
            });
        }
        let folder = &order.destination;
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        if real_path(&absolute).starts_with(real_path(self.env.folder())) {
            return Err(KioskError::Destination {
                path: folder.display().to_string(),
                fault: DestinationFault::DataFolder,
            });
        }
        Ok(())
    }

    fn select(&self, order: &CloseOrder, opened: &OpenedLeads) -> Result<Selection, KioskError> {
        let mut envelopes = self.leads.envelopes_of_day(order.day.as_deref())?;
        if order.scope == ExportScope::New {
            envelopes = self.leads.without_exported(&envelopes)?;
            if envelopes.is_empty() {
                return Err(KioskError::NothingNew);
            }
        }
        let records: Vec<LeadRecord> = envelopes
            .iter()
            .filter_map(|envelope| open_record(envelope, &opened.identity))
            .collect();
        let unopened = (envelopes.len() - records.len()) as u32;
        Ok(Selection { records, unopened })
    }

    fn closed(
        &self,
        order: &CloseOrder,
        initials: Option<String>,
        from: ClosedFrom,
    ) -> Result<Closed, KioskError> {
        let settings = self.env.settings();
        Ok(Closed {
            stop: settings.stop()?.id,
            kiosk: settings.kiosk_id()?,
            day: order.day.clone(),
            scope: order.scope,
            at: self.env.local_time(self.env.now()),
            from,
            initials,
        })
    }

    fn counts(&self, selection: &Selection) -> Result<ClosingCounts, KioskError> {
        let outbox = self.leads.outbox_counts()?;
        Ok(ClosingCounts {
            leads: selection.records.len() as u32,
            unsent: outbox.waiting + outbox.sealed_for_staff + outbox.rejected,
            unopened: selection.unopened,
            unreadable: self.lead_check.damage()?.unreadable_count(),
        })
    }

    fn stem(&self, order: &CloseOrder) -> Result<String, KioskError> {
        let settings = self.env.settings();
        let (stop, kiosk) = (settings.stop()?.id, settings.kiosk_id()?);
        let time = self.env.now_at_stop()?.strftime("%H%M%S").to_string();
        let day = order.day.as_deref().unwrap_or("all");
        Ok(stem([&stop, &kiosk, day, &time], |stem| {
            is_in_use(&order.destination, stem)
        }))
    }

    /// The files in memory, and what the receipt says of them.
    fn build(
        &self,
        order: &CloseOrder,
        stem: &str,
        selection: &Selection,
        opened: &OpenedLeads,
        running: &RunningClosing<'_>,
    ) -> Result<(Vec<ExportFile>, Vec<ExportedFile>), KioskError> {
        let stop = self.env.settings().stop()?;
        let name = stop.name.pick(order.lang).map(|name| name.text);
        let locale = ExportLocale {
            lang: order.lang,
            zone: self.env.settings().zone()?,
            stop_names: name.map(|name| (stop.id.clone(), name)).into_iter().collect(),
        };
        let (mut output, mut files) = (Vec::new(), Vec::new());
        for format in &order.formats {
            running.require_wanted()?;
            let name = format!("{stem}.{}", extension(*format));
            let path = order.destination.join(&name);
            let (file, stats) = build(*format, name, &selection.records, &locale, &opened.phrase)?;
            output.push(file);
            files.push(ExportedFile {
                path: path.to_string_lossy().into_owned(),
                format: *format,
                leads: selection.records.len() as u32,
                bytes: stats.bytes,
                sha256: stats.sha256,
            });
        }
        Ok((output, files))
    }

    /// The receipt as a file, and its text. Adds the key to the record.
    fn receipt(
        &self,
        order: &CloseOrder,
        stem: &str,
        record: &mut ClosingRecord,
    ) -> Result<(ExportFile, String), KioskError> {
        let key = closing_key_if_possible(&self.leads)?;
        record.public_key = key.as_ref().map(|key| key.public().to_string());
        let stop_name = self.env.settings().stop()?.name;
        let stop_name = stop_name
            .pick(order.lang)
            .map(|name| name.text)
            .unwrap_or_default();
        let texts = &expo_texts::of(order.lang).export.receipt;
        let receipt = record
            .receipt(texts, &stop_name, key.as_ref())
            .map_err(KioskError::internal)?;
        let file = ExportFile {
            name: format!("{stem}.receipt.txt"),
            bytes: Zeroizing::new(receipt.clone().into_bytes()),
        };
        Ok((file, receipt))
    }

    /// Records the closing in the database and in the audit log.
    fn store(
        &self,
        order: &CloseOrder,
        record: &ClosingRecord,
        receipt: String,
        selection: &Selection,
    ) -> Result<(), KioskError> {
        let at = self.env.now().to_string();
        let initials = &record.closed.initials;
        let entries: Vec<ExportEntry> = record
            .files
            .iter()
            .map(|file| ExportEntry {
                at: at.clone(),
                day: order.day.clone(),
                format: file.format.code().to_owned(),
                leads: file.leads,
                sha256: file.sha256.clone(),
                initials: initials.clone(),
            })
            .collect();
        let records = selection.records.iter();
        let revisions: Vec<_> = records.map(|r| (r.header.id, r.header.revision)).collect();
        let closing = Closing {
            at,
            day: order.day.clone(),
            receipt,
        };
        match self.leads.record_closing(&closing, &entries, &revisions) {
            // The files are complete. Without the record, retention keeps the leads.
            Err(error) if error.is_of_disk() => {}
            recorded => recorded?,
        }
        self.audit(record)
    }

    fn audit(&self, record: &ClosingRecord) -> Result<(), KioskError> {
        for file in &record.files {
            let format = file.format.code();
            let details: [(AuditDetail, &dyn Display); 3] = [
                (AuditDetail::Format, &format),
                (AuditDetail::Leads, &file.leads),
                (AuditDetail::Sha256, &file.sha256),
            ];
            self.env.audit(AuditAct::Exported, &details)?;
        }
        let day = record.closed.day.as_deref().unwrap_or("all");
        let mut details: Vec<(AuditDetail, &dyn Display)> = vec![
            (AuditDetail::Day, &day),
            (AuditDetail::Leads, &record.counts.leads),
            (AuditDetail::Unsent, &record.counts.unsent),
        ];
        if let Some(initials) = &record.closed.initials {
            details.push((AuditDetail::Initials, initials));
        }
        match record.closed.from {
            ClosedFrom::StaffWindow => Ok(self.env.audit(AuditAct::DayClosed, &details)?),
            ClosedFrom::Command => Ok(self.env.audit_command(AuditAct::DayClosed, &details)?),
        }
    }
}

/// The initials in capitals; `None` if there are none.
fn checked_initials(given: Option<&str>) -> Result<Option<String>, KioskError> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '.' | '-');
    let text = given.unwrap_or_default().to_uppercase();
    let initials: String = text.chars().filter(|c| !is_separator(*c)).collect();
    if initials.chars().count() > MAX_INITIALS || !initials.chars().all(char::is_alphabetic) {
        return Err(KioskError::Setup {
            place: "initials".to_owned(),
            problem: format!("expected at most {MAX_INITIALS} letters, not a name"),
        });
    }
    Ok((!initials.is_empty()).then_some(initials))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_letters_and_never_a_name() {
        let checked = |text| checked_initials(Some(text)).ok().flatten();
        assert_eq!(checked(" t. e. ").as_deref(), Some("TE"));
        assert_eq!(checked("ل ت").as_deref(), Some("لت"));
        assert_eq!(checked_initials(None).unwrap(), None);
        assert_eq!(checked_initials(Some(" ")).unwrap(), None);
        for wrong in ["Testine", "T3", "T=E"] {
            assert!(checked_initials(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
