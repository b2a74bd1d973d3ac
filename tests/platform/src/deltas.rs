//! Changes from an older version of the catalogue to the newest one: made when first asked for, then kept.

use crate::app::App;
use crate::store::StoreError;
use domain::Catalogue;
use protocol::{Checkpoint, delta};
use std::sync::PoisonError;

/// How many versions before the newest one changes are made for.
pub const VERSIONS_BACK: u32 = 10;

/// The packed changes from `from` to `to`, if `to` is the newest version and `from` not too old.
pub fn between(app: &App, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let versions = app.store.newest_versions(VERSIONS_BACK + 1)?;
    if versions.first() != Some(&to) || !versions.iter().skip(1).any(|version| *version == from) {
        return Ok(None);
    }
    if let Some(kept) = app.store.delta(from, to)? {
        return Ok(Some(kept));
    }
    let _making = app.making.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = app.store.delta(from, to)? {
        return Ok(Some(kept));
    }
    let packed = make(app, from, to)?;
    app.store.keep_delta(from, to, &packed)?;
    Ok(Some(packed))
}

fn make(app: &App, from: u64, to: u64) -> Result<Vec<u8>, StoreError> {
    let fault = |e: &dyn std::fmt::Display| StoreError(format!("changes from {from} to {to}: {e}"));
    let ((old_checkpoint, old), (new_checkpoint, new)) = (open(app, from)?, open(app, to)?);
    let header = delta::Header::between(&old_checkpoint, &new_checkpoint);
    delta::make(&old, &new, &header).map_err(|e| fault(&e))
}

fn open(app: &App, version: u64) -> Result<(Checkpoint, Catalogue), StoreError> {
    let fault = |e: &dyn std::fmt::Display| StoreError(format!("version {version}: {e}"));
    let (signed, packed) = app.store.version(version)?.ok_or_else(|| fault(&"it is gone"))?;
    bundle::open_snapshot(&signed, &packed, &app.keys.publisher).map_err(|e| fault(&e))
}
