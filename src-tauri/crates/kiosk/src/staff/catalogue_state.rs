//! The installed and the previous catalogue, for staff. Must not know: how versions are installed.

use crate::catalogue::install::CatalogueSupply;
use crate::error::KioskError;
use crate::views::{CatalogueState, CatalogueVersion};
use expo_store::Installed;

/// The installed catalogue, and the one that staff can roll back to.
pub(crate) fn catalogue_state(supply: &CatalogueSupply) -> Result<CatalogueState, KioskError> {
    let view = |installed: &Installed| CatalogueVersion {
        version: installed.version,
        published_at: supply.env.local_time_of(&installed.published_at),
    };
    let current = supply.shown.current()?;
    Ok(CatalogueState {
        shown: current.map(|version| view(version.installed())),
        previous: supply.shown.catalogues.previous()?.as_ref().map(view),
        rolled_back_from: supply.rolled_back_from()?,
        missing_pictures: supply.pictures.missing()?.len() as u32,
    })
}
