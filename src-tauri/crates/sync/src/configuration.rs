//! Configuration down. Whether one can be used, and what happens when it proves bad, is the kiosk's to know.

use crate::error::SyncError;
use crate::ports::{Local, Platform};

/// Fetches the configuration the platform told of and has the kiosk try it.
pub async fn fetch<P: Platform, L: Local>(platform: &P, local: &L) -> Result<(), SyncError> {
    let offered = platform.configuration().await?;
    Ok(local.take_configuration(offered)?)
}
