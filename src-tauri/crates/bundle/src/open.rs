//! Opens a bundle file. The signature of the checkpoint is checked before anything else is unpacked; entries have their
//! one order, their one name and their one length, so nothing is missing, extra or elsewhere.

use crate::checked::{
    CHECKPOINT, MAX_CHECKPOINT_BYTES, MAX_SIGNATURE_BYTES, SIGNATURE, SNAPSHOT, check_picture,
    open_checkpoint, picture_files, picture_name, read_snapshot,
};
use crate::fault::quoted;
use crate::refusal::Refusal;
use domain::Catalogue;
use protocol::{Checkpoint, MAX_SNAPSHOT_BYTES, SignedCheckpoint};
use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use tar::{Archive, Entries};
use vault::signature::PublicKey;

/// What is said of anything that is no file.
const NOT_PLAIN: &str = "it is a pipe, a device or a folder, not a file";
/// Bytes of a header and unit of padding in a tar file.
const BLOCK: u64 = 512;

/// A bundle of which every byte was checked.
#[derive(Debug)]
pub struct Bundle {
    /// What it is.
    pub checkpoint: Checkpoint,
    /// The same, byte for byte as signed.
    pub signed: SignedCheckpoint,
    /// The rows.
    pub catalogue: Catalogue,
    /// The rows as they are sent: NDJSON, compressed with zstd.
    pub snapshot: Vec<u8>,
    path: PathBuf,
}

impl Bundle {
    /// Opens and checks the whole file, and the signature `FILE.minisig` over it where that lies beside it. Whether its
    /// version may be taken is for [`crate::refuse_older`].
    pub fn open(path: &Path, key: &PublicKey) -> Result<Self, Refusal> {
        let file = open_plain(path)?.ok_or_else(|| Refusal::NotABundle {
            problem: NOT_PLAIN.to_owned(),
        })?;
        let mut parts = Parts::new(&file)?;
        let mut archive = Archive::new(BufReader::new(&file));
        let mut entries = archive.entries()?.raw(true);
        let signed = SignedCheckpoint {
            checkpoint: parts.text(&mut entries, CHECKPOINT, MAX_CHECKPOINT_BYTES)?,
            signature: parts.text(&mut entries, SIGNATURE, MAX_SIGNATURE_BYTES)?,
        };
        let checkpoint = open_checkpoint(&signed, key)?;
        if checkpoint.snapshot_bytes > MAX_SNAPSHOT_BYTES {
            return Err(Refusal::damaged(
                SNAPSHOT,
                "it is larger than any snapshot may be",
            ));
        }
        let snapshot = parts.bytes(&mut entries, SNAPSHOT, checkpoint.snapshot_bytes)?;
        let catalogue = read_snapshot(&checkpoint, &snapshot)?;
        parts.pictures(&mut entries, &catalogue, |_, _| Ok::<_, Refusal>(()))?;
        parts.end(&mut entries)?;
        check_whole(path, &file, key)?;
        Ok(Self {
            checkpoint,
            signed,
            catalogue,
            snapshot,
            path: path.to_owned(),
        })
    }

    /// Gives every picture file with its SHA-256, one after the other, each checked again as it is read: a stick can be
    /// changed between two looks.
    pub fn for_each_picture<E: From<Refusal>>(
        &self,
        visit: impl FnMut(&str, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let file = open_plain(&self.path).map_err(Refusal::from)?;
        let file = file.ok_or_else(|| Refusal::NotABundle {
            problem: NOT_PLAIN.to_owned(),
        })?;
        let mut parts = Parts::new(&file)?;
        let mut archive = Archive::new(BufReader::new(&file));
        let mut entries = archive.entries().map_err(Refusal::from)?.raw(true);
        parts.bytes(&mut entries, CHECKPOINT, self.signed.checkpoint.len() as u64)?;
        parts.bytes(&mut entries, SIGNATURE, self.signed.signature.len() as u64)?;
        parts.bytes(&mut entries, SNAPSHOT, self.checkpoint.snapshot_bytes)?;
        parts.pictures(&mut entries, &self.catalogue, visit)
    }
}

/// Where the signature over a whole bundle lies.
pub fn signature_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".minisig");
    name.into()
}

/// A plain file, `None` when it is anything else. Looked at before it is opened: opening a pipe waits for a writer who may
/// never come, and a device may have no end.
fn open_plain(path: &Path) -> io::Result<Option<File>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    File::open(path).map(Some)
}

/// The signature over the whole file, where there is one.
fn check_whole(path: &Path, file: &File, key: &PublicKey) -> Result<(), Refusal> {
    let beside = signature_path(path);
    let name = quoted(&beside.file_name().unwrap_or_default().to_string_lossy());
    let signature = match open_plain(&beside) {
        Ok(Some(signature)) => signature,
        Ok(None) => return Err(Refusal::damaged(&name, NOT_PLAIN)),
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

type Reading<'a, 'f> = Entries<'a, BufReader<&'f File>>;

/// Takes the entries one by one and counts what they fill of the file.
struct Parts {
    file_bytes: u64,
    filled: u64,
}

impl Parts {
    fn new(file: &File) -> Result<Self, Refusal> {
        Ok(Self {
            file_bytes: file.metadata()?.len(),
            filled: 0,
        })
    }

    /// The next entry as text of at most `most` bytes.
    fn text(&mut self, entries: &mut Reading<'_, '_>, name: &str, most: u64) -> Result<String, Refusal> {
        let bytes = self
            .next(entries, name, |bytes| bytes <= most)
            .map_err(|trouble| trouble.of(name))?;
        String::from_utf8(bytes).map_err(|_| Refusal::damaged(name, "it is not text"))
    }

    /// The next entry, which has just `length` bytes.
    fn bytes(&mut self, entries: &mut Reading<'_, '_>, name: &str, length: u64) -> Result<Vec<u8>, Refusal> {
        self.next(entries, name, |bytes| bytes == length)
            .map_err(|trouble| trouble.of(name))
    }

    fn next(
        &mut self,
        entries: &mut Reading<'_, '_>,
        name: &str,
        fits: impl Fn(u64) -> bool,
    ) -> Result<Vec<u8>, Trouble> {
        let Some(entry) = entries.next() else {
            let ends_properly = self.filled + 2 * BLOCK <= self.file_bytes;
            return Err(if ends_properly {
                Trouble::Absent
            } else {
                Trouble::CutShort
            });
        };
        let mut entry = entry.map_err(|error| Trouble::Broken(quoted(&error.to_string())))?;
        let found = String::from_utf8_lossy(&entry.header().path_bytes()).into_owned();
        if found != name || !entry.header().entry_type().is_file() {
            return Err(Trouble::Another(quoted(&found)));
        }
        let length = entry
            .header()
            .entry_size()
            .map_err(|_| Trouble::Broken("it has no length".to_owned()))?;
        if !fits(length) {
            return Err(Trouble::Broken(format!("it has {length} bytes, which cannot be")));
        }
        // The length is believed only as far as the file goes: nothing is reserved for bytes that do not exist.
        if length > self.file_bytes {
            return Err(Trouble::CutShort);
        }
        let mut bytes = Vec::with_capacity(length as usize);
        entry
            .read_to_end(&mut bytes)
            .map_err(|error| Trouble::Broken(quoted(&error.to_string())))?;
        if bytes.len() as u64 != length {
            return Err(Trouble::CutShort);
        }
        self.filled += BLOCK + length.next_multiple_of(BLOCK);
        Ok(bytes)
    }

    fn pictures<E: From<Refusal>>(
        &mut self,
        entries: &mut Reading<'_, '_>,
        catalogue: &Catalogue,
        mut visit: impl FnMut(&str, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        for (hash, needed) in picture_files(catalogue)? {
            let name = picture_name(hash);
            let bytes = self.next(entries, &name, |bytes| bytes == needed.rendition.bytes);
            let bytes = bytes.map_err(|trouble| match trouble {
                // The next picture stands in the place of one that was left out.
                Trouble::Absent | Trouble::Another(_) => Refusal::MissingPicture {
                    hash: hash.to_owned(),
                    project: needed.project.to_owned(),
                },
                other => other.of(&name),
            })?;
            check_picture(needed.rendition, &bytes)?;
            visit(hash, &bytes)?;
        }
        Ok(())
    }

    /// Nothing after the last entry but the two empty blocks that end a tar file.
    fn end(&self, entries: &mut Reading<'_, '_>) -> Result<(), Refusal> {
        if entries.next().is_some() || self.filled + 2 * BLOCK != self.file_bytes {
            return Err(Refusal::damaged(
                "the bundle",
                "there is more in it than the catalogue needs",
            ));
        }
        Ok(())
    }
}

/// Why the next entry is not the expected one.
enum Trouble {
    /// The archive ended before it, properly.
    Absent,
    /// The file ended before or inside it.
    CutShort,
    /// Another one stands in its place.
    Another(String),
    /// It cannot be read.
    Broken(String),
}

impl Trouble {
    /// The refusal when the entry called `name` was expected. A file that does not even begin with a checkpoint is not
    /// damaged: it is something else.
    fn of(self, name: &str) -> Refusal {
        let problem = match self {
            Self::Absent => "it is not there".to_owned(),
            Self::CutShort => "the file ends too early".to_owned(),
            Self::Another(found) => format!("“{found}” stands in its place"),
            Self::Broken(problem) => problem,
        };
        match name {
            CHECKPOINT => Refusal::NotABundle { problem },
            _ => Refusal::damaged(name, problem),
        }
    }
}
