//! Catalogue and pictures down. Signatures are the kiosk's to check: here only lengths and hashes are, so that
//! nothing is kept that is not what it was announced to be.

use crate::error::{LocalError, SyncError};
use crate::ports::{Local, Platform};
use crate::state::State;
use protocol::{Checkpoint, SignedCheckpoint, sha256_hex};
use tokio::sync::Semaphore;

/// Takes the published version if it is wanted; `None` when there is nothing new. The change from the version shown is
/// asked for first; whatever is wrong with it costs nothing but the way over the whole snapshot. `unusable` is what was
/// said of a version that could not be shown: it is not fetched again. Nothing is installed but in a `turn`, because
/// that takes long and whoever waits for an answer meanwhile would take the line for dead.
pub async fn update<P: Platform, L: Local>(
    platform: &P,
    local: &L,
    unusable: Option<LocalError>,
    turn: &Semaphore,
) -> Result<Option<u64>, SyncError> {
    let Some(signed) = platform.checkpoint().await? else {
        return Ok(None);
    };
    let Some(checkpoint) = local.wants(&signed)? else {
        return Ok(None);
    };
    if let Some(error @ LocalError::Unusable { version, .. }) = unusable
        && version == checkpoint.version
    {
        return Err(error.into());
    }
    if let Some(from) = local.facts()?.catalogue_version
        && let Some(version) = by_delta(platform, local, &signed, &checkpoint, from, turn).await?
    {
        return Ok(Some(version));
    }
    // While the change was on its way a stick may have brought this version, or a newer one.
    if local.wants(&signed)?.is_none() {
        return Ok(None);
    }
    let (version, bytes) = (checkpoint.version, checkpoint.snapshot_bytes);
    let snapshot = platform.snapshot(version, bytes).await?;
    if snapshot.len() as u64 != bytes || sha256_hex(&snapshot) != checkpoint.snapshot_sha256 {
        return Err(SyncError::DamagedSnapshot { version });
    }
    let _turn = turn.acquire().await;
    Ok(Some(local.install_catalogue(&signed, &snapshot)?))
}

/// Takes the published version by what changed since the one shown; `None` when that is not to be had. A delta longer
/// than the snapshot is none.
async fn by_delta<P: Platform, L: Local>(
    platform: &P,
    local: &L,
    signed: &SignedCheckpoint,
    checkpoint: &Checkpoint,
    from: u64,
    turn: &Semaphore,
) -> Result<Option<u64>, SyncError> {
    let delta = platform.delta(checkpoint.version, from, checkpoint.snapshot_bytes);
    let delta = match delta.await {
        Ok(Some(delta)) => delta,
        Ok(None) => return Ok(None),
        // An answer that is no delta; if it is the platform that is unwell, the snapshot will tell.
        Err(error) if error.state() == State::Server => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let _turn = turn.acquire().await;
    match local.install_delta(signed, from, &delta) {
        Ok(version) => Ok(Some(version)),
        Err(LocalError::Refused { code, detail } | LocalError::Unusable { code, detail, .. }) => {
            tracing::info!(code, detail, "delta not taken");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// What fetching one picture came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// None is missing after those skipped.
    None,
    /// One more is there.
    Kept,
    /// This one cannot be had; others may.
    Bad(SyncError),
}

/// Fetches the picture needed most, leaving out the first `skip`, from where its download broke off. A fault of the
/// platform is taken for one of this picture, unless it asks for patience.
pub async fn picture<P: Platform, L: Local>(
    platform: &P,
    local: &L,
    skip: usize,
) -> Result<Picture, SyncError> {
    let Some(sha256) = local.missing_pictures(skip, 1)?.into_iter().next() else {
        return Ok(Picture::None);
    };
    let from = local.picture_part(&sha256)?;
    let mut take = |at: u64, bytes: &[u8]| local.keep_part(&sha256, at, bytes);
    match platform.picture_from(&sha256, from, &mut take).await {
        // Nothing came, and nothing was there.
        Ok(()) if local.picture_part(&sha256)? == 0 => {
            return Ok(Picture::Bad(SyncError::EmptyPicture));
        }
        Ok(()) => {}
        Err(error) if is_of_this_picture(&error) => return Ok(Picture::Bad(error)),
        Err(error) => return Err(error),
    }
    match local.finish_picture(&sha256) {
        Ok(()) => Ok(Picture::Kept),
        Err(error @ LocalError::Refused { .. }) => Ok(Picture::Bad(error.into())),
        Err(error) => Err(error.into()),
    }
}

fn is_of_this_picture(error: &SyncError) -> bool {
    let SyncError::Platform(error) = error else {
        return false;
    };
    error.is_permanent() || (error.state() == State::Server && error.retry_after().is_none())
}
