//! Decides whether a catalogue version that the platform offers is installed. Must not know: the network.

use super::error::CatalogueError;
use super::install::CatalogueSupply;
use expo_bundle::{CheckpointError, Refusal, VerifiedCheckpoint};
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_protocol::SignedCheckpoint;
use std::fmt::Display;

impl CatalogueSupply {
    /// The checkpoint of an offered version; `None` if it is installed or older, or if staff rolled back from it. Errors
    /// for a wrong signature, and for a version that this kiosk cannot install.
    pub fn wanted_checkpoint(
        &self,
        offered: &SignedCheckpoint,
    ) -> Result<Option<VerifiedCheckpoint>, CatalogueError> {
        let publisher = self.env.settings().publisher()?;
        match VerifiedCheckpoint::open(offered, &publisher) {
            Ok(checkpoint) => Ok(self.is_wanted(&checkpoint)?.then_some(checkpoint)),
            Err(CheckpointError::NotAuthentic(refusal)) => Err(refusal.into()),
            Err(CheckpointError::Unreadable { version, refusal }) => {
                if version.is_some() && version <= self.installed_version()? {
                    return Ok(None);
                }
                let version = version.unwrap_or_default();
                Err(CatalogueError::Unusable { version, refusal })
            }
        }
    }

    /// Whether a version is wanted now, with the same errors as [`Self::wanted_checkpoint`]: the kiosk may have been
    /// enrolled with another publisher since the signature was verified.
    pub fn is_wanted(&self, checkpoint: &VerifiedCheckpoint) -> Result<bool, CatalogueError> {
        checkpoint.require_key(&self.env.settings().publisher()?)?;
        let installed = self.installed_version()?;
        if Some(checkpoint.version) <= installed || Some(checkpoint.version) == self.rolled_back_from()? {
            return Ok(false);
        }
        self.refuse_future(checkpoint)?;
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
        Ok(true)
    }

    /// Refuses a version from the future. By its own time of publication it is refused for good. By the platform's
    /// clock it is only refused for now: that clock may be behind, and time passes.
    pub fn refuse_future(&self, checkpoint: &VerifiedCheckpoint) -> Result<(), CatalogueError> {
        expo_bundle::refuse_future(checkpoint, None).map_err(|refusal| CatalogueError::Unusable {
            version: checkpoint.version,
            refusal,
        })?;
        let now = self.env.platform_time_since_boot()?;
        Ok(expo_bundle::refuse_future(checkpoint, now)?)
    }

    /// Installs an offered snapshot. Returns the version that is installed afterwards.
    pub fn install_offered_snapshot(
        &self,
        checkpoint: &VerifiedCheckpoint,
        compressed: &[u8],
    ) -> Result<u64, CatalogueError> {
        checkpoint.require_key(&self.env.settings().publisher()?)?;
        let opened = expo_bundle::open_snapshot(checkpoint, compressed);
        let content = opened.map_err(|refusal| CatalogueError::Unusable {
            version: checkpoint.version,
            refusal,
        })?;
        self.install_if_wanted(checkpoint, || self.install(&content, checkpoint), None)
    }

    /// Installs an offered delta from version `from`. Returns the version that is installed afterwards.
    pub fn install_offered_delta(
        &self,
        checkpoint: &VerifiedCheckpoint,
        from: u64,
        packed: &[u8],
    ) -> Result<u64, CatalogueError> {
        let install = || self.install_delta(checkpoint, from, packed);
        self.install_if_wanted(checkpoint, install, Some(from))
    }

    /// Installs a version if it is still wanted: during the download somebody may have imported it from a stick, or rolled
    /// back from it.
    fn install_if_wanted(
        &self,
        checkpoint: &VerifiedCheckpoint,
        install: impl FnOnce() -> Result<(), CatalogueError>,
        delta_from: Option<u64>,
    ) -> Result<u64, CatalogueError> {
        let _version = self.lock_version();
        if !self.is_wanted(checkpoint)? {
            return Ok(self.installed_version()?.unwrap_or_default());
        }
        install()?;
        let mut details: Vec<(AuditDetail, &dyn Display)> = vec![(AuditDetail::Version, &checkpoint.version)];
        if let Some(from) = &delta_from {
            details.push((AuditDetail::From, from));
        }
        self.env.audit(AuditAct::CatalogueSynced, &details)?;
        Ok(checkpoint.version)
    }

    fn installed_version(&self) -> Result<Option<u64>, CatalogueError> {
        let installed = self.shown.current()?;
        Ok(installed.map(|version| version.installed().version))
    }
}
