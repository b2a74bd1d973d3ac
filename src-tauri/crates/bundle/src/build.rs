//! Builds a bundle: source → pictures, snapshot, checkpoint → one file, signed inside and outside.

use crate::checked::{CHECKPOINT, FORMAT, SIGNATURE, SNAPSHOT, picture_files, picture_name};
use crate::fault::Faults;
use crate::open::signature_path;
use crate::pictures::Prepared;
use crate::refusal::Refusal;
use crate::source;
use domain::Catalogue;
use jiff::Timestamp;
use protocol::{Checkpoint, SignedCheckpoint, sha256_hex, snapshot};
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use vault::signature::{PublisherKey, SignatureError};

/// How hard the snapshot is compressed: it is made once and fetched by every kiosk.
const ZSTD_LEVEL: i32 = 12;

/// What a bundle is built with.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Version of the catalogue; when absent, the seconds of `published_at`, so that a later build is higher.
    pub version: Option<u64>,
    /// When it is published.
    pub published_at: Timestamp,
    /// When staff are told that it is old.
    pub expires_at: Option<Timestamp>,
    /// Folder in which prepared pictures are kept, so that the next build is quick.
    pub cache: Option<&'a Path>,
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The tables were read.
    Read {
        /// Photos to prepare.
        photos: usize,
        /// Faults found in the tables. Nothing will be built if there are any, but the photos are looked at first.
        faults: usize,
    },
    /// A photo was prepared.
    Picture {
        /// Photos done.
        done: usize,
        /// How many of them were taken from the cache.
        kept: usize,
        /// Photos in all.
        of: usize,
    },
    /// The file is being written.
    Writing,
}

/// What was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// What it is.
    pub checkpoint: Checkpoint,
    /// The bundle.
    pub path: PathBuf,
    /// The signature over the whole of it.
    pub signature_path: PathBuf,
    /// Length of the bundle.
    pub bytes: u64,
}

/// Why nothing was built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The source has faults.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// A file could not be read or written.
    #[error("the bundle could not be written: {0}")]
    Io(#[from] io::Error),
    /// The key does not sign.
    #[error(transparent)]
    Sign(#[from] SignatureError),
    /// The parts do not fit together.
    #[error("the catalogue does not fit together: {0}")]
    Inconsistent(#[from] Refusal),
}

/// Builds `out` and `out.minisig` from the folder `source`, or tells every fault of it and leaves `out` as it was.
pub fn build(
    source: &Path,
    out: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Built, BuildError> {
    let source::Look {
        mut catalogue,
        photos,
        mut faults,
        ..
    } = source::look(source);
    progress(Progress::Read {
        photos: photos.len(),
        faults: faults.len(),
    });
    let beside = out
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(beside)?;
    let passing = tempfile::tempdir_in(beside)?;
    let prepared = Prepared(options.cache.unwrap_or(passing.path()).to_owned());
    let (pictures, of_photos) = prepared.all(&photos, progress)?;
    faults.extend(of_photos);
    if !faults.is_empty() {
        return Err(Faults::of(faults).into());
    }
    catalogue.pictures = pictures;
    progress(Progress::Writing);
    pack(&catalogue, &prepared, out, beside, key, options)
}

/// Writes the bundle of a whole catalogue, in the folder `beside` first.
fn pack(
    catalogue: &Catalogue,
    prepared: &Prepared,
    out: &Path,
    beside: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
) -> Result<Built, BuildError> {
    let (checkpoint, snapshot) = describe(catalogue, options)?;
    let text = serde_json::to_string_pretty(&checkpoint).map_err(io::Error::from)?;
    let signature = key.sign(text.as_bytes(), &comment(&checkpoint))?;
    let signed = SignedCheckpoint {
        checkpoint: text,
        signature,
    };
    let mut file = NamedTempFile::new_in(beside)?;
    write(&mut file, &signed, &snapshot, catalogue, prepared)?;
    file.rewind()?;
    let whole = key.sign_reader(file.as_file(), &comment(&checkpoint))?;
    let signature_path = signature_path(out);
    let mut beside_it = NamedTempFile::new_in(beside)?;
    beside_it.write_all(whole.as_bytes())?;
    // An old signature beside a new bundle would refuse it; none beside it does not.
    if let Err(error) = fs::remove_file(&signature_path)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error.into());
    }
    let bytes = file.as_file().metadata()?.len();
    settle(file, out)?;
    settle(beside_it, &signature_path)?;
    Ok(Built {
        checkpoint,
        path: out.to_owned(),
        signature_path,
        bytes,
    })
}

/// The checkpoint of a catalogue and its compressed snapshot.
fn describe(catalogue: &Catalogue, options: &Options<'_>) -> Result<(Checkpoint, Vec<u8>), BuildError> {
    let text = snapshot::write(catalogue).map_err(io::Error::from)?;
    let compressed = zstd::bulk::compress(text.as_bytes(), ZSTD_LEVEL)?;
    let files = picture_files(catalogue)?;
    let seconds = options.published_at.as_second().max(1) as u64;
    let checkpoint = Checkpoint {
        format: FORMAT,
        version: options.version.unwrap_or(seconds),
        published_at: options.published_at,
        expires_at: options.expires_at,
        rows: snapshot::counts(catalogue),
        content_sha256: snapshot::content_sha256(&text),
        snapshot_sha256: sha256_hex(&compressed),
        snapshot_bytes: compressed.len() as u64,
        snapshot_plain_bytes: text.len() as u64,
        pictures: files.len() as u64,
        pictures_bytes: files.values().map(|file| file.rendition.bytes).sum(),
    };
    Ok((checkpoint, compressed))
}

/// The trusted comment of both signatures.
fn comment(checkpoint: &Checkpoint) -> String {
    let Checkpoint {
        version,
        published_at,
        rows,
        pictures,
        ..
    } = checkpoint;
    let (projects, units) = (rows.projects, rows.units);
    format!(
        "catalogue version {version}, published {published_at}, {projects} projects, {units} units, {pictures} picture files"
    )
}

fn write(
    file: &mut NamedTempFile,
    signed: &SignedCheckpoint,
    snapshot: &[u8],
    catalogue: &Catalogue,
    prepared: &Prepared,
) -> Result<(), BuildError> {
    let mut archive = tar::Builder::new(BufWriter::new(file.as_file_mut()));
    append(&mut archive, CHECKPOINT, signed.checkpoint.as_bytes())?;
    append(&mut archive, SIGNATURE, signed.signature.as_bytes())?;
    append(&mut archive, SNAPSHOT, snapshot)?;
    for (hash, needed) in picture_files(catalogue)? {
        append(
            &mut archive,
            &picture_name(hash),
            &prepared.read(needed.rendition)?,
        )?;
    }
    archive.into_inner()?.flush()?;
    Ok(())
}

/// The same header for the same bytes, whenever and by whomever it is built.
pub(crate) fn append<W: Write>(archive: &mut tar::Builder<W>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_path(name)?;
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_cksum();
    archive.append(&header, bytes)
}

/// Makes a finished file durable under its name, readable by all: what it holds is public.
fn settle(file: NamedTempFile, path: &Path) -> Result<(), BuildError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file()
            .set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.as_file().sync_all()?;
    let file: File = file.persist(path).map_err(|error| error.error)?;
    drop(file);
    Ok(())
}
