//! Changes from an older version of the catalogue to the newest one: made when first asked for, then kept.

use crate::app::App;
use crate::store::StoreError;
use domain::Catalogue;
use protocol::{Checkpoint, DELTA_MARGIN_BYTES, delta};
use std::sync::PoisonError;

/// How many versions before the newest one changes are made for.
pub const VERSIONS_BACK: u32 = 10;

/// The packed changes from `from` to `to`, if `to` is the newest version, `from` not too old, and a kiosk has use for
/// them.
pub fn between(app: &App, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let versions = app.store.newest_versions(VERSIONS_BACK + 1)?;
    if versions.first() != Some(&to) || !versions.iter().skip(1).any(|version| *version == from) {
        return Ok(None);
    }
    // Kept empty: they were made, and the snapshot is better.
    let useful = |kept: Vec<u8>| Some(kept).filter(|kept| !kept.is_empty());
    if let Some(kept) = app.store.delta(from, to)? {
        return Ok(useful(kept));
    }
    let _making = app.making.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = app.store.delta(from, to)? {
        return Ok(useful(kept));
    }
    let packed = make(app, from, to)?.unwrap_or_default();
    app.store.keep_delta(from, to, &packed)?;
    Ok(useful(packed))
}

/// `None` when a kiosk would not take them: longer than the snapshot, or unpacking to more than it allows.
fn make(app: &App, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let fault = |e: &dyn std::fmt::Display| StoreError(format!("changes from {from} to {to}: {e}"));
    let ((old_checkpoint, old), (new_checkpoint, new)) = (open(app, from)?, open(app, to)?);
    let header = delta::Header::between(&old_checkpoint, &new_checkpoint);
    let packed = delta::make(&old, &new, &header).map_err(|e| fault(&e))?;
    let most = new_checkpoint.snapshot_plain_bytes + DELTA_MARGIN_BYTES;
    let is_short = packed.len() as u64 <= new_checkpoint.snapshot_bytes;
    Ok(match delta::apply(&old, &packed, most) {
        Ok(led_to) if led_to == new => Some(packed).filter(|_| is_short),
        Ok(_) => return Err(fault(&"they lead to another catalogue")),
        Err(_) => None,
    })
}

fn open(app: &App, version: u64) -> Result<(Checkpoint, Catalogue), StoreError> {
    let fault = |e: &dyn std::fmt::Display| StoreError(format!("version {version}: {e}"));
    let (signed, packed) = app.store.version(version)?.ok_or_else(|| fault(&"it is gone"))?;
    bundle::open_snapshot(&signed, &packed, &app.keys.publisher).map_err(|e| fault(&e))
}
