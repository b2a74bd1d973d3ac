//! Gets leads out of damaged files: into files that the platform accepts, and back into `leads.db`. Must not know: how a
//! damaged file is read.

use crate::atomic_file::{Access, write_atomic};
use crate::destination_fault::DestinationFault;
use crate::error::KioskError;
use crate::link::platform_link::PlatformLink;
use expo_domain::Envelope;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_protocol::{LeadBatch, MAX_BATCH_BYTES, MAX_BATCH_ITEMS};
use expo_store::Leads;
use expo_store::leads::salvage::{Salvaged, SalvagedLead};
use serde::Serialize;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to salvage, and where to.
#[derive(Debug, Clone)]
pub struct SalvageOrder {
    /// Damaged database files; all in the data folder if empty.
    pub files: Vec<PathBuf>,
    /// Folder to write to.
    pub destination: PathBuf,
    /// Whether to store the leads that are missing in `leads.db`.
    pub restore: bool,
}

/// Result of a salvage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Salvage {
    /// The files that were read.
    pub files: Vec<SalvagedFile>,
    /// The files that were written; each is the body of a `POST /v1/leads`.
    pub written: Vec<String>,
    /// Number of leads that were put back.
    pub restored: u32,
}

/// What was found in one damaged file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalvagedFile {
    /// Path of the file.
    pub file: String,
    /// Number of envelopes found.
    pub envelopes: u32,
    /// Identifiers of leads that the file names but that are not readable.
    pub unreadable: Vec<String>,
}

/// Salvages leads.
pub(crate) struct LeadSalvage {
    leads: Arc<Leads>,
    link: Arc<PlatformLink>,
}

impl LeadSalvage {
    pub const fn new(leads: Arc<Leads>, link: Arc<PlatformLink>) -> Self {
        Self { leads, link }
    }

    /// Writes every envelope that is still readable, and puts leads back if that is ordered. Changes no damaged file, and
    /// can be repeated.
    pub fn run(&self, order: &SalvageOrder) -> Result<Salvage, KioskError> {
        let mut salvage = Salvage {
            files: Vec::new(),
            written: Vec::new(),
            restored: 0,
        };
        for file in self.files(order)? {
            let salvaged = self.read(&file)?;
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            salvage
                .written
                .extend(write_batches(&salvaged.leads, &stem, &order.destination)?);
            if order.restore {
                salvage.restored += self.leads.restore(&salvaged.leads)?;
            }
            salvage.files.push(SalvagedFile {
                file: file.to_string_lossy().into_owned(),
                envelopes: salvaged.leads.len() as u32,
                unreadable: salvaged.unreadable.iter().map(ToString::to_string).collect(),
            });
        }
        if salvage.restored > 0 {
            let env = &self.link.env;
            env.audit(
                AuditAct::LeadsRestored,
                &[(AuditDetail::Leads, &salvage.restored)],
            )?;
            self.link.nudge();
        }
        Ok(salvage)
    }

    fn files(&self, order: &SalvageOrder) -> Result<Vec<PathBuf>, KioskError> {
        if !order.files.is_empty() {
            return Ok(order.files.clone());
        }
        let damaged = self.leads.damaged_files()?.into_iter();
        let folder = self.leads.path().parent().unwrap_or(Path::new("."));
        Ok(damaged.map(|file| folder.join(file.name)).collect())
    }

    fn read(&self, file: &Path) -> Result<Salvaged, KioskError> {
        let real = file.canonicalize().map_err(|e| KioskError::Setup {
            place: file.display().to_string(),
            problem: e.to_string(),
        })?;
        let is_in_use = self.leads.path().canonicalize().is_ok_and(|used| used == real);
        Ok(if is_in_use {
            self.leads.salvage()?
        } else {
            Salvaged::read_files(&real)?
        })
    }
}

/// Writes envelopes as batches that only their owner can read. Returns the paths.
fn write_batches(leads: &[SalvagedLead], stem: &str, folder: &Path) -> Result<Vec<String>, KioskError> {
    let failed = |e: std::io::Error| KioskError::Destination {
        path: folder.display().to_string(),
        fault: DestinationFault::of(&e, 0, 0),
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut paths = Vec::new();
    for (index, items) in batches(leads).into_iter().enumerate() {
        let json = serde_json::to_vec(&LeadBatch { items }).map_err(KioskError::internal)?;
        let path = folder.join(format!("{stem}-envelopes-{:03}.json", index + 1));
        write_atomic(&path, &path.with_extension("part"), Access::Owner, |file| {
            file.write_all(&json)
        })
        .map_err(failed)?;
        paths.push(path.to_string_lossy().into_owned());
    }
    Ok(paths)
}

/// Batches within the limits of the platform.
fn batches(leads: &[SalvagedLead]) -> Vec<Vec<Envelope>> {
    let mut batches: Vec<Vec<Envelope>> = Vec::new();
    let mut bytes = usize::MAX;
    for lead in leads {
        let size = lead.envelope.wire_bytes();
        match batches.last_mut() {
            Some(batch) if batch.len() < MAX_BATCH_ITEMS && bytes + size <= MAX_BATCH_BYTES => {
                batch.push(lead.envelope.clone());
                bytes += size;
            }
            _ => {
                batches.push(vec![lead.envelope.clone()]);
                bytes = size;
            }
        }
    }
    batches
}
