//! Errors of catalogue work. Must not know: how they are shown.

use crate::error::KioskError;
use crate::machine::background::WorkerPanicked;
use crate::settings::SettingsError;
use expo_bundle::Refusal;
use expo_store::StoreError;

/// Catalogue work that failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CatalogueError {
    /// No catalogue is installed.
    #[error("there is no catalogue")]
    NotInstalled,
    /// There is no version to roll back to.
    #[error("there is no previous catalogue")]
    NoPrevious,
    /// The installed version is not the one to roll back from.
    #[error("another version was installed")]
    VersionChanged,
    /// The catalogue is not accepted.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A validly signed version that this kiosk cannot install.
    #[error("version {version}: {refusal}")]
    Unusable { version: u64, refusal: Refusal },
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Worker(#[from] WorkerPanicked),
    #[error("the town of project {project} is missing")]
    MissingTown { project: String },
}

impl CatalogueError {
    /// Whether the rows of the installed catalogue are damaged. They were checked when it was installed.
    pub const fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Damaged { .. })
                | Self::Refused(Refusal::Damaged { .. })
                | Self::Json(_)
                | Self::MissingTown { .. }
        )
    }
}

impl From<CatalogueError> for KioskError {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::NotInstalled => Self::NoCatalogue,
            CatalogueError::NoPrevious => Self::NoPrevious,
            CatalogueError::VersionChanged => Self::VersionChanged,
            CatalogueError::Refused(refusal) | CatalogueError::Unusable { refusal, .. } => {
                Self::Refused { refusal }
            }
            CatalogueError::Settings(error) => error.into(),
            CatalogueError::Store(error) => error.into(),
            CatalogueError::Json(_) | CatalogueError::Worker(_) | CatalogueError::MissingTown { .. } => {
                Self::internal(error)
            }
        }
    }
}
