//! Keeps the snapshot that kiosks download in memory, once for all requests. Must not know: HTTP, SQL.

use crate::app::App;
use crate::store::StoreError;
use std::sync::{Arc, Mutex, PoisonError};

/// The snapshot that was asked for last, with its version.
#[derive(Default)]
pub struct SnapshotCache(Mutex<Option<(u64, Arc<[u8]>)>>);

/// The compressed snapshot of a published version; `None` if it is not published, or withdrawn. All requests share
/// its bytes.
pub fn snapshot(app: &App, version: u64) -> Result<Option<Arc<[u8]>>, StoreError> {
    if !app.store.is_published(version)? {
        return Ok(None);
    }
    // Held while the snapshot is read, so that many kiosks asking for it at once read it only once.
    let mut cached = app.snapshots.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, bytes)) = cached.as_ref().filter(|(number, _)| *number == version) {
        return Ok(Some(Arc::clone(bytes)));
    }
    let Some(bytes) = app.store.snapshot(version)?.map(Arc::<[u8]>::from) else {
        return Ok(None);
    };
    *cached = Some((version, Arc::clone(&bytes)));
    Ok(Some(bytes))
}
