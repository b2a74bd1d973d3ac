//! Publishes catalogues: builds and signs a source folder, or checks a bundle that was signed elsewhere. In both cases the
//! bundle is read back with all checks before kiosks can see it. Must not know: HTTP, SQL.

use crate::app::App;
use crate::keys::KeysError;
use crate::store::{CatalogueError, StoreError};
use expo_bundle::{BuildError, Bundle, Options, Refusal, build, highest_version, refuse_future};
use jiff::Timestamp;
use serde::Serialize;
use std::fs;
use std::io;
use std::path::Path;

/// Summary of a published catalogue version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PublishSummary {
    pub version: u64,
    pub projects: u64,
    pub units: u64,
    pub pictures: u64,
    /// Guides and partners.
    pub documents: u64,
    /// Values of the source that a person should look at; none for a bundle.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Why a catalogue was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The source folder has faults.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The bundle is refused.
    #[error("{0}; {remedy}", remedy = .0.remedy())]
    Refused(#[from] Refusal),
    /// The store refuses the version.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A temporary folder cannot be written.
    #[error("a temporary folder cannot be written: {0}")]
    Io(#[from] io::Error),
}

/// Publishes a source folder or a bundle file. If it fails, kiosks see nothing of it.
pub fn publish(app: &App, source: &Path, now: Timestamp) -> Result<PublishSummary, PublishError> {
    if source.is_dir() {
        publish_source(app, source, None, now)
    } else {
        publish_bundle(app, source, now)
    }
}

/// Builds a source folder, signs it with the key of the store and publishes it. From `expires_at` on, kiosks report to their
/// staff that the catalogue is old.
pub fn publish_source(
    app: &App,
    source: &Path,
    expires_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<PublishSummary, PublishError> {
    // Prepared pictures are kept next to the store; without a data folder they are prepared again each time.
    let cache = app.data_dir.as_ref().map(|dir| dir.join("prepared-pictures"));
    cache.as_ref().map(fs::create_dir_all).transpose()?;
    // Seconds since 1970, or one more than the highest version if two are published within one second. Kiosks may
    // show a withdrawn version; one of the future does not count.
    let highest = app.store.highest_version_up_to(highest_version(now))?;
    let next = highest.map_or(0, |highest| highest + 1);
    let version = next.max(u64::try_from(now.as_second()).unwrap_or_default());
    let options = Options {
        version: Some(version),
        published_at: now,
        expires_at,
        cache: cache.as_deref(),
    };
    let work = match &app.data_dir {
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
    let warnings = built.report.warnings.iter().map(ToString::to_string).collect();
    let summary = publish_bundle(app, &built.path, now)?;
    Ok(PublishSummary { warnings, ..summary })
}

fn publish_bundle(app: &App, file: &Path, now: Timestamp) -> Result<PublishSummary, PublishError> {
    let bundle = Bundle::open(file, &app.keys.publisher)?;
    refuse_future(&bundle.checkpoint, Some(now))?;
    bundle.for_each_picture(|sha256, bytes| {
        app.store
            .insert_picture(sha256, bytes)
            .map_err(PublishError::from)
    })?;
    let version = bundle.checkpoint.version;
    app.store
        .publish(version, bundle.checkpoint.signed(), &bundle.snapshot, now)?;
    let rows = &bundle.checkpoint.rows;
    Ok(PublishSummary {
        version,
        projects: rows.projects,
        units: rows.units,
        pictures: bundle.checkpoint.pictures,
        documents: rows.documents,
        warnings: Vec::new(),
    })
}
