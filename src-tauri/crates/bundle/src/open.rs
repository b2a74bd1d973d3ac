//! Opens a bundle file. The signature of the checkpoint is verified before anything else is unpacked. Entries have a
//! fixed order, name and length, so that no entry is missing, extra or out of place. Must not know how bundles are
//! built.

use crate::checkpoint::{
    CHECKPOINT_ENTRY, MAX_CHECKPOINT_BYTES, MAX_SIGNATURE_BYTES, SIGNATURE_ENTRY, VerifiedCheckpoint,
};
use crate::fault::quote;
use crate::refusal::Refusal;
use crate::verify::{SNAPSHOT_ENTRY, check_picture, open_snapshot, picture_entry, picture_files};
use expo_domain::Catalogue;
use expo_protocol::{MAX_SNAPSHOT_BYTES, SignedCheckpoint};
use expo_vault::signature::PublicKey;
use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use tar::{Archive, Entries};

const NOT_A_REGULAR_FILE: &str = "it is a pipe, a device or a folder, not a file";
/// Size of a tar header, and the unit that the content of an entry is padded to.
const TAR_BLOCK_BYTES: u64 = 512;

/// A verified bundle.
#[derive(Debug)]
pub struct Bundle {
    /// Its checkpoint.
    pub checkpoint: VerifiedCheckpoint,
    /// The rows.
    pub catalogue: Catalogue,
    /// The rows as they are sent to kiosks: NDJSON, compressed with zstd.
    pub snapshot: Vec<u8>,
    path: PathBuf,
}

impl Bundle {
    /// Opens and verifies a bundle. If `FILE.minisig` exists in the same folder, verifies this signature over the
    /// complete file too. [`crate::refuse_older`] checks whether the version may be installed.
    pub fn open(path: &Path, key: &PublicKey) -> Result<Self, Refusal> {
        let file = open_regular_file(path)?.ok_or_else(|| Refusal::NotABundle {
            problem: NOT_A_REGULAR_FILE.to_owned(),
        })?;
        let mut reader = EntryReader::new(&file)?;
        let mut archive = Archive::new(BufReader::new(&file));
        let mut entries = archive.entries()?.raw(true);
        let signed = SignedCheckpoint {
            checkpoint: reader.text(&mut entries, CHECKPOINT_ENTRY, MAX_CHECKPOINT_BYTES)?,
            signature: reader.text(&mut entries, SIGNATURE_ENTRY, MAX_SIGNATURE_BYTES)?,
        };
        let checkpoint = VerifiedCheckpoint::open(&signed, key)?;
        if checkpoint.snapshot_bytes > MAX_SNAPSHOT_BYTES {
            return Err(Refusal::damaged(
                SNAPSHOT_ENTRY,
                "it is larger than a snapshot may be",
            ));
        }
        let snapshot = reader.bytes(&mut entries, SNAPSHOT_ENTRY, checkpoint.snapshot_bytes)?;
        let catalogue = open_snapshot(&checkpoint, &snapshot)?;
        reader.pictures(&mut entries, &catalogue, |_, _| Ok::<_, Refusal>(()))?;
        reader.end(&mut entries)?;
        verify_file_signature(path, &file, key)?;
        Ok(Self {
            checkpoint,
            catalogue,
            snapshot,
            path: path.to_owned(),
        })
    }

    /// Calls `visit` with SHA-256 and bytes of each picture file. Each file is verified again when it is read, because
    /// the content of a USB stick can change after [`Bundle::open`].
    pub fn for_each_picture<E: From<Refusal>>(
        &self,
        visit: impl FnMut(&str, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let file = open_regular_file(&self.path).map_err(Refusal::from)?;
        let file = file.ok_or_else(|| Refusal::NotABundle {
            problem: NOT_A_REGULAR_FILE.to_owned(),
        })?;
        let mut reader = EntryReader::new(&file)?;
        let mut archive = Archive::new(BufReader::new(&file));
        let mut entries = archive.entries().map_err(Refusal::from)?.raw(true);
        let signed = self.checkpoint.signed();
        reader.bytes(&mut entries, CHECKPOINT_ENTRY, signed.checkpoint.len() as u64)?;
        reader.bytes(&mut entries, SIGNATURE_ENTRY, signed.signature.len() as u64)?;
        reader.bytes(&mut entries, SNAPSHOT_ENTRY, self.checkpoint.snapshot_bytes)?;
        reader.pictures(&mut entries, &self.catalogue, visit)
    }
}

/// Path of the signature over the complete bundle `path`.
pub fn signature_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".minisig");
    name.into()
}

/// Opens a regular file; `None` for anything else. The type is checked before opening: opening a pipe blocks until a
/// writer connects, and a device may be endless.
fn open_regular_file(path: &Path) -> io::Result<Option<File>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    File::open(path).map(Some)
}

/// Verifies the signature over the complete file, if `FILE.minisig` exists.
fn verify_file_signature(path: &Path, file: &File, key: &PublicKey) -> Result<(), Refusal> {
    let signature_path = signature_path(path);
    let name = quote(&signature_path.file_name().unwrap_or_default().to_string_lossy());
    let signature = match open_regular_file(&signature_path) {
        Ok(Some(signature)) => signature,
        Ok(None) => return Err(Refusal::damaged(&name, NOT_A_REGULAR_FILE)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let mut text = String::new();
    signature
        .take(MAX_SIGNATURE_BYTES)
        .read_to_string(&mut text)
        .map_err(|error| Refusal::damaged(&name, error.to_string()))?;
    let mut file = file;
    io::Seek::rewind(&mut file)?;
    key.verify_reader(file, &text)
        .map_err(|error| Refusal::signature(&name, error))?;
    Ok(())
}

type TarEntries<'a, 'f> = Entries<'a, BufReader<&'f File>>;

/// Reads the expected entries in order and counts the bytes they use of the file.
struct EntryReader {
    file_bytes: u64,
    used_bytes: u64,
}

impl EntryReader {
    fn new(file: &File) -> Result<Self, Refusal> {
        Ok(Self {
            file_bytes: file.metadata()?.len(),
            used_bytes: 0,
        })
    }

    /// The next entry as text of at most `max_bytes`.
    fn text(
        &mut self,
        entries: &mut TarEntries<'_, '_>,
        name: &str,
        max_bytes: u64,
    ) -> Result<String, Refusal> {
        let bytes = self
            .next(entries, name, |bytes| bytes <= max_bytes)
            .map_err(|error| error.into_refusal(name))?;
        String::from_utf8(bytes).map_err(|_| Refusal::damaged(name, "it is not text"))
    }

    /// The next entry, which must have exactly `length` bytes.
    fn bytes(
        &mut self,
        entries: &mut TarEntries<'_, '_>,
        name: &str,
        length: u64,
    ) -> Result<Vec<u8>, Refusal> {
        self.next(entries, name, |bytes| bytes == length)
            .map_err(|error| error.into_refusal(name))
    }

    fn next(
        &mut self,
        entries: &mut TarEntries<'_, '_>,
        name: &str,
        is_length_valid: impl Fn(u64) -> bool,
    ) -> Result<Vec<u8>, EntryError> {
        let Some(entry) = entries.next() else {
            let has_end_marker = self.used_bytes + 2 * TAR_BLOCK_BYTES <= self.file_bytes;
            return Err(if has_end_marker {
                EntryError::Missing
            } else {
                EntryError::Truncated
            });
        };
        let mut entry = entry.map_err(|error| EntryError::Unreadable(quote(&error.to_string())))?;
        let found = String::from_utf8_lossy(&entry.header().path_bytes()).into_owned();
        if found != name || !entry.header().entry_type().is_file() {
            return Err(EntryError::Unexpected(quote(&found)));
        }
        let length = entry
            .header()
            .entry_size()
            .map_err(|_| EntryError::Unreadable("it has no length".to_owned()))?;
        if !is_length_valid(length) {
            return Err(EntryError::Unreadable(format!(
                "its length of {length} bytes is not valid"
            )));
        }
        // No memory is reserved for more bytes than the file has, whatever the header claims.
        if length > self.file_bytes {
            return Err(EntryError::Truncated);
        }
        let mut bytes = Vec::with_capacity(length as usize);
        entry
            .read_to_end(&mut bytes)
            .map_err(|error| EntryError::Unreadable(quote(&error.to_string())))?;
        if bytes.len() as u64 != length {
            return Err(EntryError::Truncated);
        }
        self.used_bytes += TAR_BLOCK_BYTES + length.next_multiple_of(TAR_BLOCK_BYTES);
        Ok(bytes)
    }

    /// Verifies each picture of the catalogue and passes it to `visit`.
    fn pictures<E: From<Refusal>>(
        &mut self,
        entries: &mut TarEntries<'_, '_>,
        catalogue: &Catalogue,
        mut visit: impl FnMut(&str, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        for (hash, picture) in picture_files(catalogue)? {
            let name = picture_entry(hash);
            let bytes = self.next(entries, &name, |bytes| bytes == picture.rendition.bytes);
            let bytes = bytes.map_err(|error| match error {
                // If a picture is left out, the next one is read instead.
                EntryError::Missing | EntryError::Unexpected(_) => Refusal::MissingPicture {
                    hash: hash.to_owned(),
                    project: picture.project.to_owned(),
                },
                other => other.into_refusal(&name),
            })?;
            check_picture(picture.rendition, &bytes)?;
            visit(hash, &bytes)?;
        }
        Ok(())
    }

    /// Refuses anything after the last entry except the two empty blocks that end a tar file.
    fn end(&self, entries: &mut TarEntries<'_, '_>) -> Result<(), Refusal> {
        if entries.next().is_some() || self.used_bytes + 2 * TAR_BLOCK_BYTES != self.file_bytes {
            return Err(Refusal::damaged(
                "the bundle",
                "it contains more than the catalogue needs",
            ));
        }
        Ok(())
    }
}

/// Why the next entry is not the expected one.
enum EntryError {
    /// The archive ends properly before it.
    Missing,
    /// The file ends before or inside it.
    Truncated,
    /// Another entry is in its place.
    Unexpected(String),
    /// The entry cannot be read.
    Unreadable(String),
}

impl EntryError {
    /// The refusal when the entry `name` is expected. A file that does not start with a checkpoint is not a damaged
    /// bundle: it is something else.
    fn into_refusal(self, name: &str) -> Refusal {
        let problem = match self {
            Self::Missing => "it is missing".to_owned(),
            Self::Truncated => "the file ends too early".to_owned(),
            Self::Unexpected(found) => format!("“{found}” is in its place"),
            Self::Unreadable(problem) => problem,
        };
        match name {
            CHECKPOINT_ENTRY => Refusal::NotABundle { problem },
            _ => Refusal::damaged(name, problem),
        }
    }
}
