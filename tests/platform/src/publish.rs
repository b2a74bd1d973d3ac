//! Publishing: a source folder is built and signed with the store's key, a bundle is checked and handed on. Both go the
//! same way from there: what kiosks get is what was read back from a bundle with every check.

use crate::app::App;
use crate::keys::KeysError;
use crate::store::{CatalogueError, StoreError};
use bundle::{BuildError, Bundle, Options, Refusal, build};
use jiff::Timestamp;
use serde::Serialize;
use std::fs;
use std::io;
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
    /// The source.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The bundle.
    #[error("{0}; {remedy}", remedy = .0.remedy())]
    Refused(#[from] Refusal),
    /// The version.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A working folder.
    #[error("a working folder cannot be written: {0}")]
    Io(#[from] io::Error),
}

/// Publishes a source folder or a bundle file; whole, or nothing that a kiosk can see.
pub fn publish(app: &App, source: &Path, now: Timestamp) -> Result<Published, PublishError> {
    if !source.is_dir() {
        return hand_on(app, source, now);
    }
    // Prepared pictures are kept beside the store; a store without a folder prepares them anew.
    let cache = app.folder.as_ref().map(|dir| dir.join("prepared-pictures"));
    cache.as_ref().map(fs::create_dir_all).transpose()?;
    // Seconds since 1970, and one more where two are published within one second.
    let next = app.store.newest_version()?.map_or(0, |newest| newest + 1);
    let version = next.max(u64::try_from(now.as_second()).unwrap_or_default());
    let options = Options {
        version: Some(version),
        published_at: now,
        expires_at: None,
        cache: cache.as_deref(),
    };
    let work = match &app.folder {
        Some(dir) => tempfile::tempdir_in(dir)?,
        None => tempfile::tempdir()?,
    };
    let built = build(
        source,
        &work.path().join("built.expo-bundle"),
        app.keys.signing()?,
        &options,
        &mut |_| {},
    )?;
    hand_on(app, &built.path, now)
}

fn hand_on(app: &App, file: &Path, now: Timestamp) -> Result<Published, PublishError> {
    let bundle = Bundle::open(file, &app.keys.publisher)?;
    bundle.for_each_picture(|sha256, bytes| {
        app.store.keep_picture(sha256, bytes).map_err(PublishError::from)
    })?;
    let version = bundle.checkpoint.version;
    app.store
        .publish(version, &bundle.signed, &bundle.snapshot, now)?;
    let rows = &bundle.checkpoint.rows;
    Ok(Published {
        version,
        projects: rows.projects,
        units: rows.units,
        pictures: bundle.checkpoint.pictures,
    })
}
