//! Checks the installed catalogue: its rows against its signed checkpoint, its pictures against their hashes. Must not
//! know: who asks.

use super::error::CatalogueError;
use super::install::CatalogueSupply;
use expo_bundle::{Refusal, VerifiedCheckpoint};
use expo_protocol::{SignedCheckpoint, snapshot};
use serde::Serialize;

/// Result of a check of the installed catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Installed version.
    pub version: u64,
    /// Number of its projects.
    pub projects: u64,
    /// Number of its picture files.
    pub pictures: u64,
    /// Picture files that are missing or damaged. Windows show placeholders until the kiosk downloads them again.
    pub missing_pictures: u64,
}

impl CatalogueSupply {
    /// Checks the installed catalogue.
    pub fn verify(&self) -> Result<Verified, CatalogueError> {
        let version = self.shown.required()?;
        let installed = version.installed();
        let signed = SignedCheckpoint {
            checkpoint: installed.checkpoint.clone(),
            signature: installed.signature.clone(),
        };
        let content = version.read_all()?;
        let text = snapshot::write(&content)?;
        let checkpoint = self.open_trusted(&signed)?;
        if snapshot::content_sha256(&text) != checkpoint.content_sha256 {
            let refusal = Refusal::Damaged {
                entry: expo_store::catalogue::FILE.to_owned(),
                problem: "its rows do not match its signed checkpoint".to_owned(),
            };
            return Err(refusal.into());
        }
        let files = snapshot::picture_files(&content);
        let missing = files.iter().filter(|(hash, _)| !self.pictures.is_intact(hash));
        Ok(Verified {
            version: installed.version,
            projects: content.projects.len() as u64,
            pictures: files.len() as u64,
            missing_pictures: missing.count() as u64,
        })
    }

    /// Retires the installed catalogue if its rows do not match its signed checkpoint. The next sync or bundle replaces it.
    pub fn retire_if_damaged(&self) -> Result<(), CatalogueError> {
        let _version = self.lock_version();
        let Some(version) = self.shown.current()? else {
            return Ok(());
        };
        match self.verify() {
            Err(error) if error.is_damage() => Ok(self.shown.catalogues.retire_damaged(&version)?),
            Err(error) => Err(error),
            Ok(_) => Ok(()),
        }
    }

    /// Opens a checkpoint signed by the current publisher, or by one that was trusted when it was installed.
    fn open_trusted(&self, signed: &SignedCheckpoint) -> Result<VerifiedCheckpoint, CatalogueError> {
        let mut error = CatalogueError::NotInstalled;
        for key in self.env.settings().trusted_publishers()? {
            match VerifiedCheckpoint::open(signed, &key) {
                Ok(checkpoint) => return Ok(checkpoint),
                Err(refused) => error = Refusal::from(refused).into(),
            }
        }
        Err(error)
    }
}
