//! Downloads the configuration. Must not know: which configurations are valid, or how a bad one is rolled back.

use crate::error::SyncError;
use crate::ports::{LocalStore, Platform};

/// Fetches the newest configuration and lets the kiosk apply it on trial.
pub async fn fetch<P: Platform, L: LocalStore>(platform: &P, local: &L) -> Result<(), SyncError> {
    let offered = platform.configuration().await?;
    Ok(local.apply_configuration(offered)?)
}
