//! Erases leads that the platform lists: fetch, erase on the kiosk, report. In this order a crash at any point only
//! repeats work, which is harmless. Must not know: how leads are erased.

use crate::error::{PlatformError, SyncError};
use crate::ports::{LocalStore, Platform};
use expo_protocol::{ErasuresDone, MAX_ERASURES};

/// Processes the next erasures, at most [`MAX_ERASURES`].
pub async fn process_next<P: Platform, L: LocalStore>(platform: &P, local: &L) -> Result<(), SyncError> {
    let settled = local.last_settled_erasure()?;
    let page = platform.erasures(settled).await?;
    let numbers = || page.erasures.iter().map(|erasure| erasure.seq);
    let is_ascending = std::iter::once(settled)
        .chain(numbers())
        .is_sorted_by(|a, b| a < b);
    if !is_ascending || page.erasures.len() > MAX_ERASURES {
        let detail = "erasures are out of order, or too many".to_owned();
        let retry_after = None;
        return Err(PlatformError::Server { detail, retry_after }.into());
    }
    let Some(last) = numbers().next_back() else {
        // The announced erasure is not listed. The next heartbeat that announces one starts over.
        return Ok(local.settle_erasures(settled, settled)?);
    };
    local.erase(&page.erasures)?;
    let done = numbers().collect();
    platform.erasures_done(&ErasuresDone { done }).await?;
    Ok(local.settle_erasures(last, page.newest)?)
}
