//! Catalogue and pictures down. Signatures are the kiosk's to check: here only lengths and hashes are, so that
//! nothing is kept that is not what it was announced to be.

use crate::error::{LocalError, SyncError};
use crate::ports::{Local, Platform};
use protocol::sha256_hex;

/// Takes the published version if it is wanted; `None` when there is nothing new.
pub async fn update<P: Platform, L: Local>(platform: &P, local: &L) -> Result<Option<u64>, SyncError> {
    let Some(signed) = platform.checkpoint().await? else {
        return Ok(None);
    };
    let Some(checkpoint) = local.wants(&signed)? else {
        return Ok(None);
    };
    let snapshot = platform
        .snapshot(checkpoint.version, checkpoint.snapshot_bytes)
        .await?;
    let whole = snapshot.len() as u64 == checkpoint.snapshot_bytes
        && sha256_hex(&snapshot) == checkpoint.snapshot_sha256;
    if !whole {
        return Err(SyncError::Damaged("the snapshot"));
    }
    Ok(Some(local.install_catalogue(&signed, &snapshot)?))
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

/// Fetches the picture needed most, leaving out the first `skip`.
pub async fn picture<P: Platform, L: Local>(
    platform: &P,
    local: &L,
    skip: usize,
) -> Result<Picture, SyncError> {
    let Some(sha256) = local.missing_pictures(skip, 1)?.into_iter().next() else {
        return Ok(Picture::None);
    };
    let bytes = match platform.picture(&sha256).await {
        Ok(bytes) => bytes,
        Err(error) if error.is_permanent() => return Ok(Picture::Bad(error.into())),
        Err(error) => return Err(error.into()),
    };
    if sha256_hex(&bytes) != sha256 {
        return Ok(Picture::Bad(SyncError::Damaged("a picture")));
    }
    match local.put_picture(&sha256, &bytes) {
        Ok(()) => Ok(Picture::Kept),
        Err(error @ LocalError::Refused { .. }) => Ok(Picture::Bad(error.into())),
        Err(error) => Err(error.into()),
    }
}
