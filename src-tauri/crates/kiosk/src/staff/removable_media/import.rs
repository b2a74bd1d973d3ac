//! Imports bundles: signature first, then the complete content, then pictures, then the switch to the new version. Must not
//! know: windows.

use super::media::{bundles, is_on_medium, refuse_links};
use super::refusal_note;
use crate::catalogue::install::CatalogueSupply;
use crate::error::KioskError;
use crate::lock::lock;
use crate::machine::environment::Environment;
use crate::views::{ImportProgress, ImportStage, UsbBundle};
use expo_bundle::{Bundle, Refusal};
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_store::StoreError;
use serde::Serialize;
use std::fmt::Display;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Adds an entry to the audit log.
type Audit = fn(&Environment, AuditAct, &[(AuditDetail, &dyn Display)]) -> Result<(), StoreError>;

/// Result of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Version that is installed now.
    pub version: u64,
    /// Number of its projects.
    pub projects: u64,
    /// Number of its units.
    pub units: u64,
    /// Picture files stored from the bundle.
    pub pictures: u64,
}

/// Imports bundles and reports progress.
pub(crate) struct BundleImport {
    supply: Arc<CatalogueSupply>,
    progress: Mutex<ImportProgress>,
}

impl BundleImport {
    pub fn new(supply: Arc<CatalogueSupply>) -> Self {
        Self {
            supply,
            progress: Mutex::default(),
        }
    }

    /// Bundles on removable media, newest first. Fast enough to be called every few seconds.
    pub fn bundles(&self) -> Vec<UsbBundle> {
        bundles(self.supply.env.machine())
    }

    /// Progress of the current import; otherwise the result of the last one.
    pub fn progress(&self) -> ImportProgress {
        lock(&self.progress).clone()
    }

    /// Imports a bundle from a removable medium that is plugged in.
    pub fn import_from_medium(&self, path: &Path) -> Result<Imported, KioskError> {
        if !self.bundles().iter().any(|b| Path::new(&b.path) == path) {
            return Err(KioskError::Setup {
                place: "bundle".to_owned(),
                problem: "it is on no removable medium that is plugged in".to_owned(),
            });
        }
        self.import_and_audit(path, Environment::audit)
    }

    /// Imports a bundle for a command. After an error the installed catalogue is unchanged.
    pub fn import_by_command(&self, file: &Path) -> Result<Imported, KioskError> {
        self.import_and_audit(file, Environment::audit_command)
    }

    /// `audit` adds the entry of whoever asked for the import, so that staff see where a catalogue came from.
    fn import_and_audit(&self, file: &Path, audit: Audit) -> Result<Imported, KioskError> {
        let result = self.try_import(file);
        self.report_end(&result);
        self.update_refusal_note(file, &result);
        let env = &self.supply.env;
        let audited = match &result {
            Ok(imported) => audit(
                env,
                AuditAct::CatalogueImported,
                &[(AuditDetail::Version, &imported.version)],
            ),
            Err(error) => audit(
                env,
                AuditAct::CatalogueRefused,
                &[(AuditDetail::Code, &error.code())],
            ),
        };
        // The result of the import is more important than its audit entry.
        drop(audited);
        result
    }

    fn try_import(&self, file: &Path) -> Result<Imported, KioskError> {
        let supply = &self.supply;
        self.report(|progress| {
            *progress = ImportProgress {
                stage: ImportStage::Checking,
                ..ImportProgress::default()
            }
        });
        refuse_links(supply.env.machine(), file)?;
        let bundle = Bundle::open(file, &supply.env.settings().publisher()?)?;
        self.is_installed(&bundle)?;
        let mut pictures = 0;
        bundle.for_each_picture(|hash, bytes| {
            pictures += 1;
            self.report(|progress| {
                progress.stage = ImportStage::Pictures;
                (progress.done, progress.of) = (pictures, bundle.checkpoint.pictures);
            });
            supply.pictures.put(hash, bytes).map_err(KioskError::from)
        })?;
        self.report(|progress| progress.stage = ImportStage::Installing);
        // Another version may have been installed while the pictures were stored.
        let _version = supply.lock_version();
        if self.is_installed(&bundle)? {
            // The same version is installed; only its pictures may have been missing.
            supply.pictures.recompute_missing();
        } else {
            supply.install(&bundle.catalogue, &bundle.checkpoint)?;
        }
        let rows = &bundle.checkpoint.rows;
        Ok(Imported {
            version: bundle.checkpoint.version,
            projects: rows.projects,
            units: rows.units,
            pictures,
        })
    }

    /// Whether the bundle is installed already. An error if its version is older than the installed one, has the same
    /// number and another checkpoint, or is from the future.
    fn is_installed(&self, bundle: &Bundle) -> Result<bool, KioskError> {
        let offered = bundle.checkpoint.version;
        let shown = self.supply.shown.current()?.map(|v| v.installed().clone());
        let signed = bundle.checkpoint.signed();
        let is_same = (shown.as_ref()).is_some_and(|shown| shown.checkpoint == signed.checkpoint);
        let is_other = shown.is_some() && !is_same;
        let installed = shown.map_or_else(|| self.supply.last_shown(), |shown| Ok(shown.version))?;
        if offered < installed || (offered == installed && is_other) {
            return Err(Refusal::OlderVersion { offered, installed }.into());
        }
        if !is_same {
            self.supply.refuse_future(&bundle.checkpoint)?;
        }
        Ok(is_same)
    }

    /// Writes a note with the reason of a refusal next to a bundle on a removable medium, or removes it after an import.
    fn update_refusal_note(&self, file: &Path, result: &Result<Imported, KioskError>) {
        let env = &self.supply.env;
        if !is_on_medium(env.machine(), file) {
            return;
        }
        let updated = match result {
            Ok(_) => refusal_note::remove(file),
            Err(error) => refusal_note::write(file, error.code(), &env.now().to_string()),
        };
        // The medium may be read-only; the staff window shows the same reason.
        drop(updated);
    }

    fn report_end(&self, result: &Result<Imported, KioskError>) {
        self.report(|progress| match result {
            Ok(imported) => {
                progress.stage = ImportStage::Done;
                progress.version = Some(imported.version);
            }
            Err(error) => {
                progress.stage = ImportStage::Refused;
                progress.refused = Some(error.code());
            }
        });
    }

    fn report(&self, change: impl FnOnce(&mut ImportProgress)) {
        change(&mut lock(&self.progress));
    }
}
