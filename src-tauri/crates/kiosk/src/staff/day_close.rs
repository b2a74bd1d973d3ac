//! The day: figures for staff, and closing it into files.

use crate::staff::{Session, open_record};
use crate::views::{
    CatalogueInfo, DayReceipt, DayRow, Destination, ExportFormat, ExportRow, ExportedFile, Facet, HourCount,
    ProjectCount, Today,
};
use crate::{Kiosk, KioskError};
use domain::Lang;
use domain::lead::LeadRecord;
use export::{Layout, Written};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use store::Retention;
use store::leads::{ExportEntry, TallyKind};
use vault::SecretString;

/// Milliseconds of a day.
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// Lines in the lists of figures.
const TOP: u32 = 8;

/// What to close, how and where to.
#[derive(Debug, Clone, Deserialize)]
pub struct CloseOrder {
    /// Day at the stop, all days when absent.
    pub day: Option<String>,
    /// Formats, at least one.
    pub formats: Vec<ExportFormat>,
    /// Folder.
    pub destination: PathBuf,
}

impl Kiosk {
    /// Today's figures, without personal data.
    pub fn staff_today(&self, session: &Session) -> Result<Today, KioskError> {
        session.demand_pin()?;
        let day = self.today()?.to_string();
        let counts = self.leads.outbox_counts()?;
        let (sync, remembered) = self.sync_status()?;
        let by_hour = self.leads.by_hour(&day)?;
        Ok(Today {
            stop_name: self.stop()?.name.french().to_owned(),
            kiosk: self.kiosk_id()?,
            leads_day: by_hour.iter().map(|(_, count)| count).sum(),
            leads_total: self.leads.days()?.iter().map(|d| d.leads).sum(),
            by_hour: by_hour
                .into_iter()
                .map(|(hour, count)| HourCount { hour, count })
                .collect(),
            by_language: self.facets(&day, TallyKind::Language)?,
            by_region: self.facets(&day, TallyKind::Region)?,
            by_project: self.top_projects(&day)?,
            waiting: counts.waiting,
            oldest_waiting_seconds: self.age_of_oldest(&counts)?,
            staff_only: counts.sealed_for_staff,
            set_aside: counts.set_aside,
            sync,
            catalogue: self.catalogue_info()?,
            catalogue_overdue_since: self.overdue_since()?,
            disk_free_bytes: self.machine.disk_free(&self.folder),
            clock_offset_seconds: remembered.clock_offset_ms.map(|ms| ms / 1_000),
            day,
        })
    }

    /// Which catalogue is shown, `None` before the first.
    pub(crate) fn catalogue_info(&self) -> Result<Option<CatalogueInfo>, KioskError> {
        match self.explorer() {
            Ok(explorer) => self.info(&explorer, Lang::Fr).map(Some),
            Err(KioskError::NoCatalogue) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Days that have leads, with what was exported of them.
    pub fn staff_days(&self, session: &Session) -> Result<Vec<DayRow>, KioskError> {
        session.demand_pin()?;
        let row = |d: store::leads::DayFigures| {
            let exports = self.exports(Some(&d.day))?;
            Ok(DayRow {
                day: d.day,
                leads: d.leads,
                unsent: d.unsent,
                exports,
            })
        };
        self.leads.days()?.into_iter().map(row).collect()
    }

    /// Where exports can go: sticks first, then a folder beside the data folder. Never inside it: what lies there
    /// tells a thief nothing, and exports can be read.
    pub fn staff_destinations(&self, session: &Session) -> Result<Vec<Destination>, KioskError> {
        session.demand_pin()?;
        let place = |path: PathBuf, label: String, removable| Destination {
            free_bytes: self.machine.disk_free(&path),
            path: path.to_string_lossy().into_owned(),
            label,
            removable,
        };
        let mut places: Vec<Destination> = self
            .machine
            .removable()
            .into_iter()
            .map(|(path, label)| place(path, label, true))
            .collect();
        let mut beside = self.folder.clone().into_os_string();
        beside.push("-exports");
        places.push(place(beside.into(), "exports".to_owned(), false));
        Ok(places)
    }

    /// Writes the leads of a day to files, each whole or not at all, and remembers what was written.
    pub fn close_day(&self, session: &Session, order: &CloseOrder) -> Result<DayReceipt, KioskError> {
        let (identity, phrase) = session.demand_leads()?;
        if order.day.as_ref().is_some_and(|day| day.parse::<Date>().is_err()) {
            return Err(KioskError::Setup {
                place: "day".to_owned(),
                problem: "expected a day such as 2026-02-13".to_owned(),
            });
        }
        self.refuse_own_folder(&order.destination)?;
        let previous = self.exports(order.day.as_deref())?;
        let envelopes = self.leads.of_day(order.day.as_deref())?;
        let records: Vec<LeadRecord> = envelopes
            .iter()
            .filter_map(|envelope| open_record(envelope, identity))
            .collect();
        let unopened = (envelopes.len() - records.len()) as u32;
        let mut files = Vec::new();
        for format in &order.formats {
            files.push(self.write_file(order, *format, &records, phrase)?);
        }
        let counts = self.leads.outbox_counts()?;
        Ok(DayReceipt {
            leads: records.len() as u32,
            unsent: counts.waiting + counts.sealed_for_staff + counts.set_aside,
            unopened,
            files,
            previous,
        })
    }

    /// Exports can be read by anybody, the data folder must tell a thief nothing.
    fn refuse_own_folder(&self, destination: &Path) -> Result<(), KioskError> {
        let real = |path: &Path| {
            let existing = path.ancestors().find_map(|p| Some((p, p.canonicalize().ok()?)));
            existing.map_or_else(
                || path.to_owned(),
                |(part, real)| match path.strip_prefix(part) {
                    Ok(rest) => real.join(rest),
                    Err(_) => real,
                },
            )
        };
        let absolute = std::path::absolute(destination).unwrap_or_else(|_| destination.to_owned());
        if real(&absolute).starts_with(real(&self.folder)) {
            let problem = "this is the kiosk's data folder, where nothing readable may lie".to_owned();
            return Err(KioskError::Destination {
                path: destination.display().to_string(),
                problem,
            });
        }
        Ok(())
    }

    /// Erases leads that the platform holds: those that were exported from the second day after theirs on, because until
    /// then staff may want the file again; the others when the time set by the configuration has passed. Nothing while
    /// the clock is known to be a day or more wrong.
    pub fn erase_closed(&self) -> Result<u32, KioskError> {
        self.leads.finish_erasures()?;
        let offset = self.sync_status()?.1.clock_offset_ms.unwrap_or(0);
        if offset.unsigned_abs() >= DAY_MS {
            return Ok(0);
        }
        let today = self.today()?;
        let days_ago = |days: i64| {
            let day = today.checked_sub(days.days());
            day.map(|day| day.to_string())
                .map_err(|e| KioskError::Internal(e.to_string()))
        };
        let kept = self.configurations()?.retention_days();
        let held_before = kept.map(|days| days_ago(days.into())).transpose()?;
        let retention = Retention {
            closed_before: &days_ago(1)?,
            held_before: held_before.as_deref(),
        };
        Ok(self.leads.purge(retention, &self.now().to_string())?)
    }

    fn write_file(
        &self,
        order: &CloseOrder,
        format: ExportFormat,
        records: &[LeadRecord],
        phrase: &SecretString,
    ) -> Result<ExportedFile, KioskError> {
        let name = self.file_name(order, format)?;
        let layout = Layout {
            lang: Lang::Fr,
            zone: self.zone()?,
        };
        let fail = |problem: String| KioskError::Destination {
            path: order.destination.display().to_string(),
            problem,
        };
        let path = order.destination.join(name);
        let written = write_whole(&order.destination, &path, |file| match format {
            ExportFormat::Xlsx => export::xlsx(records, &layout, file),
            ExportFormat::Csv => export::csv(records, &layout, file),
            ExportFormat::Age => export::age(records, &layout, phrase, file),
        })
        .map_err(fail)?;
        let at = self.now().to_string();
        let leads = records.len() as u32;
        let written_leads: Vec<_> = records.iter().map(|r| (r.header.id, r.header.revision)).collect();
        let entry = ExportEntry {
            at,
            day: order.day.clone(),
            format: code(format).to_owned(),
            leads,
            sha256: written.sha256.clone(),
        };
        self.leads.remember_export(&entry, &written_leads)?;
        self.audit(
            "exported",
            format!("format={} leads={leads} sha256={}", code(format), written.sha256),
        )?;
        Ok(ExportedFile {
            path: path.to_string_lossy().into_owned(),
            format,
            leads,
            bytes: written.bytes,
            sha256: written.sha256,
        })
    }

    fn file_name(&self, order: &CloseOrder, format: ExportFormat) -> Result<String, KioskError> {
        let now = self.now_at_stop()?;
        let day = order.day.clone().unwrap_or_else(|| "all".to_owned());
        let ending = match format {
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Csv => "csv",
            ExportFormat::Age => "csv.age",
        };
        let time = now.strftime("%H%M%S");
        Ok(format!(
            "leads-{}-{}-{day}-{time}.{ending}",
            self.stop()?.id,
            self.kiosk_id()?
        ))
    }

    fn exports(&self, day: Option<&str>) -> Result<Vec<ExportRow>, KioskError> {
        let row = |e: ExportEntry| {
            let format = match e.format.as_str() {
                "xlsx" => ExportFormat::Xlsx,
                "csv" => ExportFormat::Csv,
                _ => ExportFormat::Age,
            };
            ExportRow {
                at: e.at,
                format,
                leads: e.leads,
                sha256: e.sha256,
            }
        };
        Ok(self.leads.exports(day)?.into_iter().map(row).collect())
    }

    fn facets(&self, day: &str, kind: TallyKind) -> Result<Vec<Facet>, KioskError> {
        let tally = self.leads.tally(day, kind, TOP)?;
        Ok(tally
            .into_iter()
            .map(|(value, count)| Facet { value, count })
            .collect())
    }

    fn top_projects(&self, day: &str) -> Result<Vec<ProjectCount>, KioskError> {
        let tally = self.leads.tally(day, TallyKind::Project, TOP)?;
        let explorer = self.explorer().ok();
        let title = |id: &str| {
            let entry = explorer.as_ref().and_then(|e| e.entry(id));
            entry.map_or_else(|| id.to_owned(), |e| e.project.title.french().to_owned())
        };
        Ok(tally
            .into_iter()
            .map(|(id, count)| ProjectCount {
                title: title(&id),
                id,
                count,
            })
            .collect())
    }
}

const fn code(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::Csv => "csv",
        ExportFormat::Age => "age",
    }
}

/// Writes beside the final name, syncs, renames: a stick pulled out in between leaves no half file of that name.
fn write_whole(
    folder: &Path,
    path: &Path,
    write: impl Fn(&mut File) -> Result<Written, export::ExportError>,
) -> Result<Written, String> {
    fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    remove_half_files(folder);
    let part = path.with_extension("part");
    let attempt = || -> Result<Written, String> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).read(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part).map_err(|e| e.to_string())?;
        let written = write(&mut file).map_err(|e| e.to_string())?;
        file.flush()
            .and_then(|()| file.sync_all())
            .map_err(|e| e.to_string())?;
        fs::rename(&part, path).map_err(|e| e.to_string())?;
        // A name that is only in memory is gone with the stick.
        #[cfg(unix)]
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|e| e.to_string())?;
        Ok(written)
    };
    let done = attempt();
    if done.is_err() {
        // A half file with personal data must not stay on somebody's stick.
        let _ = fs::remove_file(&part);
    }
    done
}

/// Half files of an export that a power cut ended hold readable leads: they go before anything new is written.
fn remove_half_files(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_ours = entry.file_name().to_string_lossy().starts_with("leads-");
        if is_ours && path.extension().is_some_and(|ending| ending == "part") {
            // What cannot be removed stays visible to staff on their own stick.
            let _ = fs::remove_file(path);
        }
    }
}
