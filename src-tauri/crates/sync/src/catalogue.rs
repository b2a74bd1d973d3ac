//! Downloads a catalogue version. Checks lengths and hashes only. Must not know: signatures, which the kiosk checks.

use crate::error::{LocalError, SyncError};
use crate::ports::{LocalStore, Platform};
use crate::state::State;
use expo_protocol::sha256_hex;
use tokio::sync::Semaphore;

/// Installs the published version if the kiosk wants it, and returns it; `None` if there is nothing new. Tries a delta
/// first and falls back to the snapshot. `unusable` is the known refusal of a version, which is not downloaded again.
/// Takes the `install_permit` while it installs: this blocks for long, and a request that waits for its answer at the
/// same time would take the connection for dead.
pub async fn update<P: Platform, L: LocalStore>(
    platform: &P,
    local: &L,
    unusable: Option<LocalError>,
    install_permit: &Semaphore,
) -> Result<Option<u64>, SyncError> {
    let Some(signed) = platform.checkpoint().await? else {
        return Ok(None);
    };
    let Some(checkpoint) = local.wanted_checkpoint(&signed)? else {
        return Ok(None);
    };
    if let Some(error @ LocalError::Unusable { version, .. }) = unusable
        && version == checkpoint.version
    {
        return Err(error.into());
    }
    if let Some(from) = local.facts()?.catalogue_version
        && let Some(version) = update_by_delta(platform, local, &checkpoint, from, install_permit).await?
    {
        return Ok(Some(version));
    }
    // A USB stick may have installed this version or a newer one during the download of the delta.
    if !local.is_still_wanted(&checkpoint)? {
        return Ok(None);
    }
    let (version, bytes) = (checkpoint.version, checkpoint.snapshot_bytes);
    let snapshot = platform.snapshot(version, bytes).await?;
    if snapshot.len() as u64 != bytes || sha256_hex(&snapshot) != checkpoint.snapshot_sha256 {
        return Err(SyncError::DamagedSnapshot { version });
    }
    let _permit = install_permit.acquire().await;
    Ok(Some(local.install_catalogue(&checkpoint, &snapshot)?))
}

/// Installs the published version with a delta from version `from`; `None` if there is no usable delta. A delta longer
/// than the snapshot is not used.
async fn update_by_delta<P: Platform, L: LocalStore>(
    platform: &P,
    local: &L,
    checkpoint: &L::Checkpoint,
    from: u64,
    install_permit: &Semaphore,
) -> Result<Option<u64>, SyncError> {
    let delta = platform.delta(checkpoint.version, from, checkpoint.snapshot_bytes);
    let delta = match delta.await {
        Ok(Some(delta)) => delta,
        Ok(None) => return Ok(None),
        // Not a delta. If the platform itself has a fault, the request for the snapshot reports it.
        Err(error) if error.state() == State::Server => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let _permit = install_permit.acquire().await;
    match local.install_delta(checkpoint, from, &delta) {
        Ok(version) => Ok(Some(version)),
        Err(LocalError::Refused { code, detail } | LocalError::Unusable { code, detail, .. }) => {
            tracing::info!(code, detail, "delta refused, using the snapshot");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
