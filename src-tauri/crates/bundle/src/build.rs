//! Builds a bundle: prepares the pictures of a source, writes snapshot and checkpoint, and signs the checkpoint and the
//! complete file. Must not know how tables are read or pictures converted.

use crate::checkpoint::{CHECKPOINT_ENTRY, SIGNATURE_ENTRY, format_for, reduce_to_format};
use crate::fault::Faults;
use crate::open::{Bundle, signature_path};
use crate::pictures::PreparedPictures;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::source::{self, Report, SourceScan};
use crate::verify::{SNAPSHOT_ENTRY, highest_version, picture_entry, picture_files};
use expo_domain::Catalogue;
use expo_protocol::{CHECKPOINT_FORMAT, Checkpoint, SignedCheckpoint, sha256_hex, snapshot};
use expo_vault::signature::{PublicKey, PublisherKey, SignatureError};
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Compression level of the snapshot. It is high because one snapshot is fetched by every kiosk.
const ZSTD_LEVEL: i32 = 12;

/// Options of a build.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Catalogue version, at most [`crate::highest_version`] of `published_at`. Defaults to the seconds of
    /// `published_at`, so that a later build has a higher version.
    pub version: Option<u64>,
    /// Time of publication.
    pub published_at: Timestamp,
    /// From this time on, kiosks tell staff that the catalogue is old.
    pub expires_at: Option<Timestamp>,
    /// Folder that keeps prepared pictures for the next build.
    pub cache: Option<&'a Path>,
}

/// A finished build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildOutput {
    /// Checkpoint of the catalogue.
    pub checkpoint: Checkpoint,
    /// Path of the bundle.
    pub path: PathBuf,
    /// Path of the signature over the complete bundle.
    pub signature_path: PathBuf,
    /// Size of the bundle in bytes.
    pub bytes: u64,
    /// What was read from the source.
    pub report: Report,
}

/// Why a build failed.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The source has faults.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// A file cannot be read or written.
    #[error("the bundle cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The key cannot sign.
    #[error(transparent)]
    Sign(#[from] SignatureError),
    /// The version is from the future.
    #[error("{0}; {remedy}", remedy = .0.remedy())]
    FutureVersion(Refusal),
    /// The catalogue contradicts itself.
    #[error("the catalogue is inconsistent: {0}")]
    Inconsistent(#[from] Refusal),
}

/// Builds `out` and `out.minisig` from the folder `source`. If the source has faults, returns all of them and leaves
/// `out` unchanged. Warnings are accepted.
pub fn build(
    source: &Path,
    out: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<BuildOutput, BuildError> {
    build_confirmed(source, out, key, options, Warnings::Accept, progress)
}

/// What happens to values that must be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    /// They are reported and nothing is built.
    Refuse,
    /// A person confirmed them.
    Accept,
}

impl Warnings {
    /// The faults, and the warnings unless they are accepted.
    pub(crate) fn check(self, report: &Report) -> Result<(), Faults> {
        let mut problems = report.faults.clone();
        if self == Self::Refuse {
            problems.extend(report.warnings.iter().cloned());
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Faults::new(problems))
        }
    }
}

/// Like [`build`], with a choice about warnings.
pub fn build_confirmed(
    source: &Path,
    out: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
    warnings: Warnings,
    progress: &mut dyn FnMut(Progress),
) -> Result<BuildOutput, BuildError> {
    build_for_format(source, out, key, options, (warnings, CHECKPOINT_FORMAT), progress)
}

/// Like [`build_confirmed`], for kiosks that read formats up to `format`: content of a later format is left out.
pub fn build_for_format(
    source: &Path,
    out: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
    (warnings, format): (Warnings, u32),
    progress: &mut dyn FnMut(Progress),
) -> Result<BuildOutput, BuildError> {
    refuse_future_version(options)?;
    let out_folder = folder_of(out);
    fs::create_dir_all(out_folder)?;
    let temporary = tempfile::tempdir_in(out_folder)?;
    let prepared = PreparedPictures::in_folder(options.cache.unwrap_or(temporary.path()));
    let SourceScan {
        catalogue, report, ..
    } = prepare_source(source, &prepared, progress)?;
    warnings.check(&report)?;
    progress(Progress::Writing);
    let catalogue = reduce_to_format(catalogue, format);
    let output = write_bundle(&catalogue, &prepared, out, out_folder, key, options)?;
    Ok(BuildOutput { report, ..output })
}

/// The folder of a file, also for a name without folder.
fn folder_of(file: &Path) -> &Path {
    let folder = file.parent();
    let named = folder.filter(|folder| !folder.as_os_str().is_empty());
    named.unwrap_or(Path::new("."))
}

/// Reads the tables and prepares all photos. Finds everything that a build finds.
pub(crate) fn prepare_source(
    source: &Path,
    prepared: &PreparedPictures,
    progress: &mut dyn FnMut(Progress),
) -> Result<SourceScan, BuildError> {
    let mut scan = source::scan(source);
    progress(Progress::Read {
        photos: scan.photos.len(),
        faults: scan.report.faults.len(),
    });
    let (pictures, photo_faults) = prepared.prepare_all(&scan.photos, progress)?;
    if !photo_faults.is_empty() {
        let faults = std::mem::take(&mut scan.report.faults);
        scan.report.faults = Faults::new(faults.into_iter().chain(photo_faults).collect()).0;
    }
    scan.catalogue.pictures = pictures;
    if scan.report.faults.is_empty() {
        snapshot::check_references(&scan.catalogue)
            .map_err(|error| Refusal::damaged(SNAPSHOT_ENTRY, error.to_string()))?;
        picture_files(&scan.catalogue)?;
    }
    Ok(scan)
}

/// Kiosks and platforms refuse a version from the future, so it is not built.
fn refuse_future_version(options: &Options<'_>) -> Result<(), BuildError> {
    let highest = highest_version(options.published_at);
    match options.version {
        Some(offered) if offered > highest => Err(BuildError::FutureVersion(Refusal::FutureVersion {
            offered,
            highest,
        })),
        _ => Ok(()),
    }
}

/// Writes bundle and signature to temporary files in `out_folder`, then renames them.
fn write_bundle(
    catalogue: &Catalogue,
    prepared: &PreparedPictures,
    out: &Path,
    out_folder: &Path,
    key: &PublisherKey,
    options: &Options<'_>,
) -> Result<BuildOutput, BuildError> {
    let (checkpoint, snapshot) = checkpoint_and_snapshot(catalogue, options)?;
    let text = serde_json::to_string_pretty(&checkpoint).map_err(io::Error::from)?;
    let signature = key.sign(text.as_bytes(), &trusted_comment(&checkpoint))?;
    let signed = SignedCheckpoint {
        checkpoint: text,
        signature,
    };
    let mut bundle = NamedTempFile::new_in(out_folder)?;
    write_archive(&mut bundle, &signed, &snapshot, catalogue, prepared)?;
    bundle.rewind()?;
    let file_signature = key.sign_reader(bundle.as_file(), &trusted_comment(&checkpoint))?;
    let bytes = bundle.as_file().metadata()?.len();
    publish(bundle, &file_signature, out, &key.public())?;
    Ok(BuildOutput {
        checkpoint,
        path: out.to_owned(),
        signature_path: signature_path(out),
        bytes,
        report: Report::default(),
    })
}

/// Verifies a finished bundle and its signature as a kiosk does, then renames both to their final names. What kiosks
/// would refuse is never published, and `out` stays as it is.
pub(crate) fn publish(
    mut bundle: NamedTempFile,
    file_signature: &str,
    out: &Path,
    key: &PublicKey,
) -> Result<(), BuildError> {
    Bundle::open(bundle.path(), key)?;
    bundle.rewind()?;
    key.verify_reader(bundle.as_file(), file_signature)
        .map_err(|error| Refusal::signature("the signature of the file", error))?;
    let signature_path = signature_path(out);
    let mut signature_file = NamedTempFile::new_in(folder_of(out))?;
    signature_file.write_all(file_signature.as_bytes())?;
    // A new bundle next to an old signature would be refused. A bundle without a signature file is accepted.
    if let Err(error) = fs::remove_file(&signature_path)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error.into());
    }
    persist(bundle, out)?;
    persist(signature_file, &signature_path)
}

/// The checkpoint of a catalogue and its compressed snapshot.
fn checkpoint_and_snapshot(
    catalogue: &Catalogue,
    options: &Options<'_>,
) -> Result<(Checkpoint, Vec<u8>), BuildError> {
    let text = snapshot::write(catalogue).map_err(io::Error::from)?;
    let compressed = zstd::bulk::compress(text.as_bytes(), ZSTD_LEVEL)?;
    let files = picture_files(catalogue)?;
    let seconds = options.published_at.as_second().max(1) as u64;
    let checkpoint = Checkpoint {
        format: format_for(catalogue),
        version: options.version.unwrap_or(seconds),
        published_at: options.published_at,
        expires_at: options.expires_at,
        rows: snapshot::row_counts(catalogue),
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
fn trusted_comment(checkpoint: &Checkpoint) -> String {
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

fn write_archive(
    file: &mut NamedTempFile,
    signed: &SignedCheckpoint,
    snapshot: &[u8],
    catalogue: &Catalogue,
    prepared: &PreparedPictures,
) -> Result<(), BuildError> {
    let mut archive = tar::Builder::new(BufWriter::new(file.as_file_mut()));
    append(&mut archive, CHECKPOINT_ENTRY, signed.checkpoint.as_bytes())?;
    append(&mut archive, SIGNATURE_ENTRY, signed.signature.as_bytes())?;
    append(&mut archive, SNAPSHOT_ENTRY, snapshot)?;
    for (hash, picture) in picture_files(catalogue)? {
        append(
            &mut archive,
            &picture_entry(hash),
            &prepared.read(picture.rendition)?,
        )?;
    }
    archive.into_inner()?.flush()?;
    Ok(())
}

/// Appends an entry. The header depends only on name and length, so that builds are reproducible.
fn append<W: Write>(archive: &mut tar::Builder<W>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_path(name)?;
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_cksum();
    archive.append(&header, bytes)
}

/// Syncs a finished file to disk and renames it to `path`. Everybody may read it, because its content is public.
fn persist(file: NamedTempFile, path: &Path) -> Result<(), BuildError> {
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
