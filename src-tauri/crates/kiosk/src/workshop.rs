//! Headquarters' workshop: keys, bundles from spreadsheets, and looking at a bundle without installing it. Needs no
//! data folder.

use crate::KioskError;
pub use bundle::Progress;
pub use bundle::source::Tongue;
use bundle::{BuildError, Bundle, Options, keys, source};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use vault::signature::PublicKey;

/// A pair of keys made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyPair {
    /// File with the secret key; keep it off the kiosk.
    pub key: PathBuf,
    /// File with the public key.
    pub public_file: PathBuf,
    /// The public key, base64.
    pub public_key: String,
}

/// What a bundle is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BundleCard {
    pub path: PathBuf,
    pub version: u64,
    pub published_at: String,
    /// When staff are told that it was to be replaced.
    pub expires_at: Option<String>,
    pub projects: u64,
    pub units: u64,
    pub pictures: u64,
    pub bytes: u64,
    /// The publisher's public key, base64.
    pub public_key: String,
}

/// Makes a publisher's pair of keys in `path` and `path.pub`; never overwrites one.
pub fn keygen(path: &Path) -> Result<KeyPair, KioskError> {
    let public = keys::generate(path).map_err(|e| setup(path, &e))?;
    let mut public_file = path.as_os_str().to_owned();
    public_file.push(".pub");
    Ok(KeyPair {
        key: path.to_owned(),
        public_file: public_file.into(),
        public_key: public.to_string(),
    })
}

/// What a source without a fault holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceCard {
    pub path: PathBuf,
    pub projects: usize,
    pub units: usize,
    pub photos: usize,
}

/// Reads a source folder and tells every fault of its tables at once. Photos are looked at as far as their headers:
/// quick enough to be done after each change.
pub fn check(path: &Path) -> Result<SourceCard, KioskError> {
    let found = source::read(path).map_err(KioskError::Source)?;
    Ok(SourceCard {
        path: path.to_owned(),
        projects: found.catalogue.projects.len(),
        units: found.catalogue.units.len(),
        photos: found.photos.len(),
    })
}

/// Writes the template of a source into `path`, with the folder when it is missing; never over a file, which could be a
/// filled one.
pub fn template(path: &Path, tongue: Tongue) -> Result<(), KioskError> {
    let workbook = source::template(tongue).map_err(|e| setup(path, &e))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| setup(folder, &e))?;
    }
    let mut file = File::create_new(path).map_err(|e| setup(path, &e))?;
    file.write_all(&workbook)
        .and_then(|()| file.sync_all())
        .map_err(|e| setup(path, &e))
}

/// What headquarters decide of a catalogue beside what is in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edition {
    /// Its version; seconds since 1970 when absent.
    pub version: Option<u64>,
    /// Days after which staff are told that it was to be replaced; never when absent.
    pub valid_days: Option<u32>,
}

impl Edition {
    pub(crate) fn options(self, now: Timestamp, cache: Option<&Path>) -> Options<'_> {
        let days = |days: u32| SignedDuration::from_hours(24 * i64::from(days));
        Options {
            version: self.version,
            published_at: now,
            expires_at: self.valid_days.map(|valid| now + days(valid)),
            cache,
        }
    }
}

/// Builds a bundle from a source folder, telling how far it is. `cache` keeps prepared pictures for the next build.
pub fn build(
    source: &Path,
    out: &Path,
    key: &Path,
    cache: Option<&Path>,
    edition: Edition,
    progress: &mut dyn FnMut(Progress),
) -> Result<BundleCard, KioskError> {
    let key = keys::secret(key).map_err(|e| setup(key, &e))?;
    let options = edition.options(Timestamp::now(), cache);
    build_with(source, out, &key, &options, progress)
}

pub(crate) fn build_with(
    source: &Path,
    out: &Path,
    key: &vault::signature::PublisherKey,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<BundleCard, KioskError> {
    let built = bundle::build(source, out, key, options, progress).map_err(|error| match error {
        BuildError::Faults(faults) => KioskError::Source(faults),
        other => setup(source, &other),
    })?;
    Ok(card(out, &built.checkpoint, built.bytes, &key.public()))
}

/// Checks a bundle whole, with the public (or secret) key in `key`.
pub fn verify(file: &Path, key: &PublicKey) -> Result<BundleCard, KioskError> {
    let opened = Bundle::open(file, key)?;
    let bytes = std::fs::metadata(file).map_or(0, |m| m.len());
    Ok(card(file, &opened.checkpoint, bytes, key))
}

/// Reads a public key from a file: `.pub`, or a secret key file whose public half is taken.
pub fn public_key(path: &Path) -> Result<PublicKey, KioskError> {
    let public = keys::public(path).map_err(|e| setup(path, &e));
    public.or_else(|error| keys::secret(path).map(|key| key.public()).map_err(|_| error))
}

fn card(path: &Path, checkpoint: &protocol::Checkpoint, bytes: u64, key: &PublicKey) -> BundleCard {
    BundleCard {
        path: path.to_owned(),
        version: checkpoint.version,
        published_at: checkpoint.published_at.to_string(),
        expires_at: checkpoint.expires_at.map(|at| at.to_string()),
        projects: checkpoint.rows.projects,
        units: checkpoint.rows.units,
        pictures: checkpoint.pictures,
        bytes,
        public_key: key.to_string(),
    }
}

fn setup(path: &Path, problem: &dyn std::error::Error) -> KioskError {
    KioskError::Setup {
        place: path.display().to_string(),
        problem: problem.to_string(),
    }
}
