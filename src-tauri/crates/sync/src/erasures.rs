//! Persons who asked to be forgotten: asked for, erased on the kiosk, then told. In this order, so that after a crash
//! anywhere between the same is done once more, which does no harm.

use crate::error::{PlatformError, SyncError};
use crate::ports::{Local, Platform};
use protocol::{ErasuresDone, MAX_ERASURES};

/// Does the next erasures, at most [`MAX_ERASURES`].
pub async fn forget<P: Platform, L: Local>(platform: &P, local: &L) -> Result<(), SyncError> {
    let settled = local.erasures_settled()?;
    let asked = platform.erasures(settled).await?;
    let places = || asked.erasures.iter().map(|erasure| erasure.seq);
    let ascends = std::iter::once(settled)
        .chain(places())
        .is_sorted_by(|a, b| a < b);
    if !ascends || asked.erasures.len() > MAX_ERASURES {
        let detail = "erasures are not in order, or too many".to_owned();
        let retry_after = None;
        return Err(PlatformError::Server { detail, retry_after }.into());
    }
    let Some(last) = places().next_back() else {
        // Whatever the platform told of is not there: asked again when it tells of it again.
        return Ok(local.settle_erasures(settled, settled)?);
    };
    local.erase(&asked.erasures)?;
    let done = places().collect();
    platform.erasures_done(&ErasuresDone { done }).await?;
    Ok(local.settle_erasures(last, asked.newest)?)
}
