//! What headquarters do with catalogues: keys, source template, source check, bundles. Must not know: data folders, windows.

pub use crate::source::TableCount;
pub use crate::{Fault, Progress, Warnings};
pub use expo_texts::TemplateLanguage;

use crate::build::prepare_source;
use crate::pictures::PreparedPictures;
use crate::source::{self, Report};
use crate::{BuildError, Bundle, Faults, Options, Refusal, build_for_format, keys, refuse_future};
use expo_protocol::CHECKPOINT_FORMAT;
use expo_vault::signature::{PublicKey, PublisherKey};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Work of headquarters that failed.
#[derive(Debug, thiserror::Error)]
pub enum PublishingError {
    /// Errors in a catalogue source.
    #[error(transparent)]
    Source(Faults),
    /// A bundle that kiosks refuse.
    #[error("{refusal}: {}", .refusal.remedy())]
    Refused {
        /// The reason.
        #[from]
        refusal: Refusal,
    },
    /// A file that cannot be read or written.
    #[error("{path}: {problem}")]
    File {
        /// The file or folder.
        path: String,
        /// What is wrong.
        problem: String,
    },
}

impl PublishingError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Source(_) => "source",
            Self::Refused { refusal } => refusal.code(),
            Self::File { .. } => "setup",
        }
    }
}

/// A new key pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyPair {
    /// File with the secret key; it must not be on a kiosk.
    pub key: PathBuf,
    /// File with the public key.
    pub public_file: PathBuf,
    /// The public key, base64.
    pub public_key: String,
}

/// Description of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BundleSummary {
    pub path: PathBuf,
    pub version: u64,
    pub published_at: String,
    /// When staff are warned that a newer catalogue is due.
    pub expires_at: Option<String>,
    pub projects: u64,
    pub units: u64,
    pub pictures: u64,
    /// Guides, partners and rule files.
    pub documents: u64,
    pub bytes: u64,
    /// The publisher's public key, base64.
    pub public_key: String,
}

/// Creates a publisher key pair in `path` and `path.pub`; never overwrites a key.
pub fn keygen(path: &Path) -> Result<KeyPair, PublishingError> {
    let public = keys::generate(path).map_err(|e| file_error(path, &e))?;
    let mut public_file = path.as_os_str().to_owned();
    public_file.push(".pub");
    Ok(KeyPair {
        key: path.to_owned(),
        public_file: public_file.into(),
        public_key: public.to_string(),
    })
}

/// Contents of a valid source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceSummary {
    pub path: PathBuf,
    pub projects: usize,
    pub units: usize,
    pub photos: usize,
    /// Guides, partners and rule files.
    pub documents: usize,
    #[serde(flatten)]
    pub reading: Reading,
}

/// What was read from a source, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The rows of each table, with the file or sheet.
    pub tables: Vec<TableCount>,
    /// Values that were confirmed.
    pub warnings: Vec<Fault>,
    /// What is not read.
    pub notes: Vec<Fault>,
}

impl From<Report> for Reading {
    fn from(report: Report) -> Self {
        Self {
            tables: report.tables,
            warnings: report.warnings,
            notes: report.notes,
        }
    }
}

/// How thoroughly a source is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The tables, and the headers of photos: fast enough to run after each change.
    Tables,
    /// Everything that a build finds: also decodes each photo.
    Full,
}

/// Checks a source folder and reports all faults at once, and the warnings unless they are accepted.
pub fn check(
    path: &Path,
    depth: Depth,
    warnings: Warnings,
    progress: &mut dyn FnMut(Progress),
) -> Result<SourceSummary, PublishingError> {
    let scan = match depth {
        Depth::Tables => source::scan(path),
        Depth::Full => {
            let folder = tempfile::tempdir().map_err(|e| file_error(path, &e))?;
            let prepared = PreparedPictures::in_folder(folder.path());
            prepare_source(path, &prepared, progress).map_err(|error| build_error(path, error))?
        }
    };
    warnings.check(&scan.report).map_err(PublishingError::Source)?;
    Ok(SourceSummary {
        path: path.to_owned(),
        projects: scan.catalogue.projects.len(),
        units: scan.catalogue.units.len(),
        photos: scan.photos.len(),
        documents: scan.catalogue.documents.len(),
        reading: scan.report.into(),
    })
}

/// Writes the source template to `path` and creates its folder; never overwrites a file, which could be filled in.
pub fn template(path: &Path, language: TemplateLanguage) -> Result<(), PublishingError> {
    let workbook = source::template(language).map_err(|e| file_error(path, &e))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| file_error(folder, &e))?;
    }
    let mut file = File::create_new(path).map_err(|e| file_error(path, &e))?;
    file.write_all(&workbook)
        .and_then(|()| file.sync_all())
        .map_err(|e| file_error(path, &e))
}

/// Version and validity of a catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VersionOptions {
    /// Version, at most a day ahead of now; seconds since 1970 if absent.
    pub version: Option<u64>,
    /// Days after which staff are warned that a newer catalogue is due; never if absent.
    pub valid_days: Option<u32>,
    /// Whether a person confirmed the values that are probably wrong.
    pub accept_warnings: bool,
    /// Highest checkpoint format that the kiosks read; content of a later one is left out. The highest one if absent.
    pub format: Option<u32>,
}

impl VersionOptions {
    fn build_options(self, now: Timestamp, cache: Option<&Path>) -> Options<'_> {
        let days = |days: u32| SignedDuration::from_hours(24 * i64::from(days));
        Options {
            version: self.version,
            published_at: now,
            expires_at: self.valid_days.map(|valid| now + days(valid)),
            cache,
        }
    }
}

/// Builds a bundle from a source folder and reports progress. `cache` is a folder that keeps prepared pictures for the next
/// build.
pub fn build(
    source: &Path,
    out: &Path,
    key: &Path,
    cache: Option<&Path>,
    options: VersionOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<BuiltBundle, PublishingError> {
    let key = keys::secret(key).map_err(|e| file_error(key, &e))?;
    let warnings = if options.accept_warnings {
        Warnings::Accept
    } else {
        Warnings::Refuse
    };
    let format = options.format.unwrap_or(CHECKPOINT_FORMAT);
    let options = options.build_options(Timestamp::now(), cache);
    let built = build_for_format(source, out, &key, &options, (warnings, format), progress)
        .map_err(|error| build_error(source, error))?;
    Ok(BuiltBundle {
        bundle: summary(out, &built.checkpoint, built.bytes, &key.public()),
        reading: built.report.into(),
    })
}

/// A new bundle, and what was read from its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BuiltBundle {
    /// The bundle.
    #[serde(flatten)]
    pub bundle: BundleSummary,
    /// What was read.
    #[serde(flatten)]
    pub reading: Reading,
}

/// Like [`build`], with a key in memory and all options. Warnings are accepted.
pub fn build_with(
    source: &Path,
    out: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<BundleSummary, PublishingError> {
    let built =
        crate::build(source, out, key, options, progress).map_err(|error| build_error(source, error))?;
    Ok(summary(out, &built.checkpoint, built.bytes, &key.public()))
}

/// Checks a complete bundle with a public key. Without a trusted clock, its version is compared only with its own
/// time of publication.
pub fn verify(file: &Path, key: &PublicKey) -> Result<BundleSummary, PublishingError> {
    let opened = Bundle::open(file, key)?;
    refuse_future(&opened.checkpoint, None)?;
    let bytes = std::fs::metadata(file).map_or(0, |m| m.len());
    Ok(summary(file, &opened.checkpoint, bytes, key))
}

/// Reads a public key from a file with the public or the secret key.
pub fn public_key(path: &Path) -> Result<PublicKey, PublishingError> {
    let public = keys::public(path).map_err(|e| file_error(path, &e));
    public.or_else(|error| keys::secret(path).map(|key| key.public()).map_err(|_| error))
}

fn build_error(source: &Path, error: BuildError) -> PublishingError {
    match error {
        BuildError::Faults(faults) => PublishingError::Source(faults),
        BuildError::FutureVersion(refusal) => refusal.into(),
        other => file_error(source, &other),
    }
}

fn summary(
    path: &Path,
    checkpoint: &expo_protocol::Checkpoint,
    bytes: u64,
    key: &PublicKey,
) -> BundleSummary {
    BundleSummary {
        path: path.to_owned(),
        version: checkpoint.version,
        published_at: checkpoint.published_at.to_string(),
        expires_at: checkpoint.expires_at.map(|at| at.to_string()),
        projects: checkpoint.rows.projects,
        units: checkpoint.rows.units,
        pictures: checkpoint.pictures,
        documents: checkpoint.rows.documents,
        bytes,
        public_key: key.to_string(),
    }
}

fn file_error(path: &Path, problem: &dyn Error) -> PublishingError {
    PublishingError::File {
        path: path.display().to_string(),
        problem: problem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_days_set_the_expiry() {
        let now = "2026-02-13T09:00:00Z".parse::<Timestamp>().unwrap();
        let options = VersionOptions {
            valid_days: Some(30),
            ..VersionOptions::default()
        };
        let expires_at = options.build_options(now, None).expires_at.unwrap();
        assert_eq!(expires_at.to_string(), "2026-03-15T09:00:00Z");
        assert_eq!(
            VersionOptions::default().build_options(now, None).expires_at,
            None
        );
    }
}
