//! Deltas from earlier catalogue versions to the newest one. A delta is created when a kiosk first asks for it, then kept
//! in the store. Must not know: HTTP, SQL.

use crate::app::App;
use crate::store::StoreError;
use expo_bundle::VerifiedCheckpoint;
use expo_domain::Catalogue;
use expo_protocol::{DELTA_MARGIN_BYTES, delta};
use std::sync::PoisonError;

/// Number of versions before the newest one for which deltas are created.
pub const MAX_VERSIONS_BACK: u32 = 10;

/// The packed delta from version `from` to version `to`. `None` unless `to` is the newest version of its format, `from` is recent enough,
/// and the delta is not larger than the snapshot.
pub fn between(app: &App, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
    if !app.store.is_offered(to)? || !app.store.versions_below(to, MAX_VERSIONS_BACK)?.contains(&from) {
        return Ok(None);
    }
    // An empty row in the store means: already tried, and the snapshot is better.
    let useful = |stored: Vec<u8>| Some(stored).filter(|stored| !stored.is_empty());
    if let Some(stored) = app.store.delta(from, to)? {
        return Ok(useful(stored));
    }
    let _guard = app.delta_lock.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(stored) = app.store.delta(from, to)? {
        return Ok(useful(stored));
    }
    let packed = create(app, from, to)?.unwrap_or_default();
    app.store.insert_delta(from, to, &packed)?;
    Ok(useful(packed))
}

/// `None` if a kiosk would refuse the delta: it is longer than the snapshot, or unpacks to more than the kiosk allows.
fn create(app: &App, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let fault = |e: &dyn std::fmt::Display| StoreError(format!("delta from {from} to {to}: {e}"));
    let ((old_checkpoint, old), (new_checkpoint, new)) = (read_version(app, from)?, read_version(app, to)?);
    let header = delta::Header::between(&old_checkpoint, &new_checkpoint);
    let packed = delta::make(&old, &new, &header).map_err(|e| fault(&e))?;
    let max_plain_bytes = new_checkpoint.snapshot_plain_bytes + DELTA_MARGIN_BYTES;
    let is_short = packed.len() as u64 <= new_checkpoint.snapshot_bytes;
    Ok(match delta::apply(&old, &packed, max_plain_bytes) {
        Ok(result) if result == new => Some(packed).filter(|_| is_short),
        Ok(_) => return Err(fault(&"it leads to another catalogue")),
        Err(_) => None,
    })
}

fn read_version(app: &App, version: u64) -> Result<(VerifiedCheckpoint, Catalogue), StoreError> {
    let fault = |e: &dyn std::fmt::Display| StoreError(format!("version {version}: {e}"));
    let (signed, packed) = app
        .store
        .version(version)?
        .ok_or_else(|| fault(&"it is not in the store"))?;
    let checkpoint = VerifiedCheckpoint::open(&signed, &app.keys.publisher).map_err(|e| fault(&e))?;
    let catalogue = expo_bundle::open_snapshot(&checkpoint, &packed).map_err(|e| fault(&e))?;
    Ok((checkpoint, catalogue))
}
