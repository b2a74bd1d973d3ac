//! Decides whether a catalogue version that the platform offers is installed. Must not know: the network.

use super::error::CatalogueError;
use super::install::CatalogueSupply;
use bundle::Refusal;
use domain::audit::{AuditAct, AuditDetail};
use protocol::{Checkpoint, SignedCheckpoint};
use std::fmt::Display;

impl CatalogueSupply {
    /// The checkpoint of an offered version; `None` if it is installed or older, or if staff rolled back from it. Errors
    /// for a wrong signature, and for a version that this kiosk cannot install.
    pub fn wanted_checkpoint(
        &self,
        offered: &SignedCheckpoint,
    ) -> Result<Option<Checkpoint>, CatalogueError> {
        let publisher = self.env.settings().publisher()?;
        bundle::verify_checkpoint(offered, &publisher)?;
        let installed = self.shown.current()?;
        let installed = installed.map(|version| version.installed().version);
        let checkpoint = match bundle::open_checkpoint(offered, &publisher) {
            Ok(checkpoint) => checkpoint,
            Err(refusal) => {
                let version = version_of(offered);
                if version.is_some() && version <= installed {
                    return Ok(None);
                }
                let version = version.unwrap_or_default();
                return Err(CatalogueError::Unusable { version, refusal });
            }
        };
        if Some(checkpoint.version) <= installed || Some(checkpoint.version) == self.rolled_back_from()? {
            return Ok(None);
        }
        // If the installed file is damaged, the same version is accepted again, but no older one.
        let last_shown = self.last_shown()?;
        if installed.is_none() && checkpoint.version < last_shown {
            return Err(CatalogueError::Unusable {
                version: checkpoint.version,
                refusal: Refusal::OlderVersion {
                    offered: checkpoint.version,
                    installed: last_shown,
                },
            });
        }
        Ok(Some(checkpoint))
    }

    /// Installs an offered snapshot. Returns the version that is installed afterwards.
    pub fn install_offered_snapshot(
        &self,
        signed: &SignedCheckpoint,
        compressed: &[u8],
    ) -> Result<u64, CatalogueError> {
        let publisher = self.env.settings().publisher()?;
        let checkpoint = bundle::open_checkpoint(signed, &publisher)?;
        let opened = bundle::open_snapshot(signed, compressed, &publisher);
        let (_, content) = opened.map_err(|refusal| CatalogueError::Unusable {
            version: checkpoint.version,
            refusal,
        })?;
        self.install_if_wanted(
            signed,
            |checkpoint| self.install(&content, signed, checkpoint),
            None,
        )
    }

    /// Installs an offered delta from version `from`. Returns the version that is installed afterwards.
    pub fn install_offered_delta(
        &self,
        signed: &SignedCheckpoint,
        from: u64,
        packed: &[u8],
    ) -> Result<u64, CatalogueError> {
        let install = |checkpoint: &Checkpoint| self.install_delta(signed, checkpoint, from, packed);
        self.install_if_wanted(signed, install, Some(from))
    }

    /// Installs a version if it is still wanted: during the download somebody may have imported it from a stick, or rolled
    /// back from it.
    fn install_if_wanted(
        &self,
        signed: &SignedCheckpoint,
        install: impl FnOnce(&Checkpoint) -> Result<(), CatalogueError>,
        delta_from: Option<u64>,
    ) -> Result<u64, CatalogueError> {
        let _version = self.lock_version();
        let Some(checkpoint) = self.wanted_checkpoint(signed)? else {
            let installed = self.shown.current()?;
            return Ok(installed.map_or(0, |version| version.installed().version));
        };
        install(&checkpoint)?;
        let mut details: Vec<(AuditDetail, &dyn Display)> = vec![(AuditDetail::Version, &checkpoint.version)];
        if let Some(from) = &delta_from {
            details.push((AuditDetail::From, from));
        }
        self.env.audit(AuditAct::CatalogueSynced, &details)?;
        Ok(checkpoint.version)
    }
}

/// The version number in a checkpoint that cannot be read otherwise.
fn version_of(signed: &SignedCheckpoint) -> Option<u64> {
    let checkpoint: serde_json::Value = serde_json::from_str(&signed.checkpoint).ok()?;
    checkpoint.get("version")?.as_u64()
}
