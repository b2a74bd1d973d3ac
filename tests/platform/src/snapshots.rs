//! Keeps the snapshot that kiosks download in memory, once for all requests. Must not know: HTTP, SQL.

use crate::store::{Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError};

/// The snapshot that was asked for last, with its version.
#[derive(Default)]
pub struct SnapshotCache(Mutex<Option<(u64, Arc<[u8]>)>>);

impl SnapshotCache {
    /// The compressed snapshot of a published version; `None` if it is not published, or withdrawn. All requests share
    /// its bytes.
    pub fn snapshot(&self, store: &Store, version: u64) -> Result<Option<Arc<[u8]>>, StoreError> {
        if !store.is_published(version)? {
            return Ok(None);
        }
        // Held while the snapshot is read, so that many kiosks asking for it at once read it only once.
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = cached.as_ref().filter(|(number, _)| *number == version) {
            return Ok(Some(Arc::clone(bytes)));
        }
        let Some(bytes) = store.snapshot(version)?.map(Arc::<[u8]>::from) else {
            return Ok(None);
        };
        *cached = Some((version, Arc::clone(&bytes)));
        Ok(Some(bytes))
    }
}
