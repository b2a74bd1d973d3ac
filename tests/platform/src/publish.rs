//! Publishing: a source folder is built and signed with the store's key, a bundle is checked and handed on.

use crate::keys::{Keys, KeysError};
use crate::store::{CatalogueError, Store, StoreError};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Published {
    pub version: u64,
    pub projects: u64,
    pub units: u64,
    pub pictures: u64,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The version.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Publishes a source folder or a bundle file; whole, or nothing that a kiosk can see.
pub fn publish(store: &Store, keys: &Keys, source: &Path, now: Timestamp) -> Result<Published, PublishError> {
    let _ = (store, keys.signing()?, source, now);
    Err(StoreError("x".to_owned()).into())
}
