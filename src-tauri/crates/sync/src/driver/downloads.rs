//! Downloads of the driver: catalogue versions and pictures, and refused versions. Must not know: how files are
//! transferred.

use super::Driver;
use crate::catalogue;
use crate::clock::Clock;
use crate::download_slot::DownloadSlot;
use crate::error::{LocalError, SyncError};
use crate::lane::Lane;
use crate::persisted_state::RefusedCatalogue;
use crate::pictures::{self, PictureOutcome, PicturePass};
use crate::ports::{LocalStore, Platform};

/// Result of a download.
pub(super) enum Downloaded {
    Catalogue(Result<Option<u64>, SyncError>),
    Picture(Result<PictureOutcome, SyncError>),
}

/// Downloads and what is known about them.
pub(super) struct Downloads {
    pub slot: DownloadSlot<Downloaded>,
    pub catalogue: CatalogueStatus,
    picture_pass: PicturePass,
}

/// What is known about catalogue versions.
pub(super) struct CatalogueStatus {
    /// The published version, while it is refused.
    pub refused: Option<RefusedCatalogue>,
    /// Refusal of a version that this kiosk cannot install. Valid for the installed version: with another one installed,
    /// the check may have another result.
    pub unusable: Option<LocalError>,
    /// Installed version at the last check.
    installed: Option<u64>,
}

impl CatalogueStatus {
    /// The version that this kiosk cannot install.
    pub const fn unusable_version(&self) -> Option<u64> {
        match self.unusable {
            Some(LocalError::Unusable { version, .. }) => Some(version),
            _ => None,
        }
    }

    /// Records that the kiosk refuses the published version. `installed` returns the installed version.
    fn record_refusal(&mut self, error: &LocalError, installed: impl FnOnce() -> Option<u64>) {
        let (code, refused) = match error {
            LocalError::Unusable { version, code, .. } => (code, *version),
            // The version number is not trustworthy.
            LocalError::Refused { code, .. } => (code, 0),
            LocalError::Storage(_) => return,
        };
        let ended_by = if refused > 0 {
            refused
        } else {
            installed().map_or(0, |version| version + 1)
        };
        self.refused = Some(RefusedCatalogue {
            code: (*code).to_owned(),
            ended_by,
        });
        self.unusable = (refused > 0).then(|| error.clone());
    }
}

impl Downloads {
    pub fn new(refused: Option<RefusedCatalogue>) -> Self {
        Self {
            slot: DownloadSlot::new(),
            catalogue: CatalogueStatus {
                refused,
                unusable: None,
                installed: None,
            },
            picture_pass: PicturePass::default(),
        }
    }

    /// Records the installed catalogue version, which may come from a USB stick.
    pub fn note_installed(&mut self, version: Option<u64>) {
        self.catalogue.refused.take_if(|refused| refused.is_over(version));
        if std::mem::replace(&mut self.catalogue.installed, version) != version {
            self.retry_unusable();
        }
    }

    /// Lets a version that could not be installed be downloaded and checked again.
    pub fn retry_unusable(&mut self) {
        if self.catalogue.unusable.take().is_some() {
            // A running update still has the old refusal.
            self.slot.cancel(Lane::Catalogue);
        }
    }
}

impl<P: Platform, L: LocalStore, C: Clock> Driver<P, L, C> {
    pub(super) fn start_catalogue_update(&mut self) {
        let ports = self.ports.clone();
        let unusable = self.downloads.catalogue.unusable.clone();
        let permit = self.downloads.slot.install_permit();
        self.start_download(Lane::Catalogue, async move {
            let updated = catalogue::update(&*ports.platform, &*ports.local, unusable, &permit);
            Downloaded::Catalogue(updated.await)
        });
    }

    pub(super) fn start_picture_download(&mut self) {
        let ports = self.ports.clone();
        let skip = self.downloads.picture_pass.skipped();
        self.start_download(Lane::Pictures, async move {
            Downloaded::Picture(pictures::download_next(&*ports.platform, &*ports.local, skip).await)
        });
    }

    fn start_download(&mut self, lane: Lane, download: impl Future<Output = Downloaded> + Send + 'static) {
        self.engine.download_started(self.clock.now().monotonic);
        self.downloads.slot.start(lane, download);
    }

    pub(super) fn download_done(&mut self, downloaded: Downloaded) {
        match downloaded {
            Downloaded::Catalogue(result) => self.catalogue_update_done(result),
            Downloaded::Picture(picture) => self.picture_done(picture),
        }
    }

    fn catalogue_update_done(&mut self, result: Result<Option<u64>, SyncError>) {
        if let Ok(Some(version)) = result {
            tracing::info!(version, "new catalogue");
            self.downloads.picture_pass = PicturePass::default();
            self.engine.send_heartbeat_soon();
        }
        let catalogue = &mut self.downloads.catalogue;
        match &result {
            Ok(_) => {
                (catalogue.refused, catalogue.unusable) = (None, None);
                self.round
                    .failures
                    .retain(|failure| failure.lane != Lane::Catalogue);
            }
            Err(SyncError::Local(error)) => {
                let local = &self.ports.local;
                catalogue.record_refusal(error, || local.facts().unwrap_or_default().catalogue_version);
            }
            Err(error @ SyncError::DamagedSnapshot { version }) => {
                catalogue.refused = Some(RefusedCatalogue {
                    code: error.code().to_owned(),
                    ended_by: *version,
                });
            }
            // An unfinished update says nothing about the previous refusal.
            Err(_) => {}
        }
        self.lane_done(Lane::Catalogue, result.map(|_| ()));
    }

    fn picture_done(&mut self, picture: Result<PictureOutcome, SyncError>) {
        self.round.pictures += u64::from(matches!(picture, Ok(PictureOutcome::Stored)));
        let missing = self
            .ports
            .local
            .facts()
            .map(|facts| facts.missing_pictures as usize);
        let ended = self
            .downloads
            .picture_pass
            .record(picture, missing.unwrap_or(usize::MAX));
        if let Some(result) = ended {
            self.lane_done(Lane::Pictures, result);
        }
    }
}
