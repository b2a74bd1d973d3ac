//! Finds the photos of a source, only inside its folder `photos/`. Must not know tables.

use crate::fault::{Message, message};
use crate::source::column_type::ColumnType;
use expo_domain::{PictureKind, Texts};
use expo_media::MediaError;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Bytes that are read to find the header of a picture. They suffice for nearly all pictures; reading all files
/// completely would take minutes.
const HEADER_BYTES: u64 = 256 * 1024;
/// Largest number of files below `photos/` whose names are compared.
const MAX_LISTED_FILES: usize = 200_000;
/// Largest depth of folders below `photos/`.
const MAX_DEPTH: usize = 16;

/// One row of the table `pictures`.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Identifier of the project.
    pub project: String,
    /// Position in the gallery; 1 is the cover.
    pub position: u32,
    /// Kind of picture.
    pub kind: PictureKind,
    /// Caption in several languages.
    pub caption: Texts,
    /// Path of the file, with all links resolved.
    pub path: PathBuf,
    /// Table, row and cell of the photo, for faults that show only when it is decoded.
    pub(crate) table: String,
    pub(crate) row: u32,
    pub(crate) file: String,
}

/// The files below the folder `photos/` of a source. Their names are compared exactly first, then without case and with
/// composed accents, because Macs and Windows change both.
pub(super) struct PhotoFolder {
    folder: Option<PathBuf>,
    /// Paths below the folder by their folded spelling.
    files: HashMap<String, Vec<String>>,
}

impl PhotoFolder {
    pub(super) fn new(source: &Path) -> Self {
        let named = |entry: &fs::DirEntry| entry.file_name().eq_ignore_ascii_case("photos");
        let entries = fs::read_dir(source).ok().into_iter().flatten().flatten();
        let name = entries.filter(named).map(|entry| entry.path()).min();
        let folder = name.and_then(|path| fs::canonicalize(path).ok());
        let mut files = HashMap::new();
        if let Some(folder) = &folder {
            list(folder, "", 0, &mut files);
        }
        Self { folder, files }
    }

    /// The path of `file` with all links resolved, or a description of the file that is expected.
    pub(super) fn resolve(&self, file: &str) -> Result<PathBuf, Message> {
        let is_plain = |part| matches!(part, Component::Normal(_));
        if file.contains(['\\', ':', '\0']) || !Path::new(file).components().all(is_plain) {
            return Err(message(|t| ColumnType::Photo.describe(t.types)));
        }
        let missing = || message(|t| t.content.photos.missing.to_owned());
        let folder = self.folder.as_ref().ok_or_else(missing)?;
        let path = match fs::canonicalize(folder.join(file)) {
            Ok(path) => path,
            Err(_) => match self.files.get(&folded(file)).map(Vec::as_slice) {
                Some([only]) => fs::canonicalize(folder.join(only)).map_err(|_| missing())?,
                Some(several @ [_, ..]) => {
                    let names = several.join(", ");
                    return Err(message(|t| (t.content.photos.several)(&names)));
                }
                _ => return Err(missing()),
            },
        };
        if !path.starts_with(folder) {
            return Err(message(|t| t.content.photos.link.to_owned()));
        }
        check_header(&path)?;
        Ok(path)
    }

    /// Files that no row names, and one of them.
    pub(super) fn unused(&self, photos: &[Photo]) -> Option<(usize, String)> {
        let folder = self.folder.as_ref()?;
        let used: HashSet<&Path> = photos
            .iter()
            .filter_map(|photo| photo.path.strip_prefix(folder).ok())
            .collect();
        let files = self.files.values().flatten();
        let unused = files.filter(|file| !used.contains(Path::new(file.as_str())));
        let unused: Vec<&String> = unused.collect();
        let first = unused.iter().min()?;
        Some((unused.len(), (*first).clone()))
    }
}

/// The same for all spellings of a name: lower case, composed accents.
fn folded(file: &str) -> String {
    file.nfc().collect::<String>().to_lowercase().nfc().collect()
}

/// Adds the files below `folder`; hidden ones and links to folders are left out.
fn list(folder: &Path, prefix: &str, depth: usize, files: &mut HashMap<String, Vec<String>>) {
    let entries = fs::read_dir(folder).ok().into_iter().flatten().flatten();
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') || files.len() > MAX_LISTED_FILES {
            continue;
        }
        let path = format!("{prefix}{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => {
                list(&entry.path(), &format!("{path}/"), depth + 1, files);
            }
            Ok(kind) if kind.is_dir() => {}
            _ => files.entry(folded(&path)).or_default().push(path),
        }
    }
}

/// Checks size, format and dimensions. The pixels are decoded when the bundle is built.
fn check_header(path: &Path) -> Result<(), Message> {
    let opened = File::open(path).map_err(|error| unreadable(&error))?;
    let metadata = opened.metadata().map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(message(|t| t.content.photos.not_a_folder.to_owned()));
    }
    if metadata.len() > expo_media::MAX_SOURCE_BYTES as u64 {
        return Err(expected_picture(&MediaError::TooManyBytes {
            bytes: metadata.len() as usize,
        }));
    }
    let mut bytes = Vec::new();
    (&opened)
        .take(HEADER_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    if expo_media::inspect(&bytes).is_ok() {
        return Ok(());
    }
    (&opened)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    expo_media::inspect(&bytes)
        .map(|_| ())
        .map_err(|error| expected_picture(&error))
}

/// A description of the picture that is expected instead of one that cannot be read.
pub(crate) fn unreadable(error: &std::io::Error) -> Message {
    message(|t| (t.content.photos.readable)(&error.to_string()))
}

/// A description of the picture that is expected instead of one that failed with `error`.
pub(crate) fn expected_picture(error: &MediaError) -> Message {
    message(|t| {
        let texts = &t.content.pictures;
        let problem = match error {
            MediaError::Empty => texts.empty.to_owned(),
            MediaError::TooManyBytes { bytes } => {
                (texts.too_many_bytes)(*bytes, expo_media::MAX_SOURCE_BYTES)
            }
            MediaError::UnknownFormat => texts.unknown_format.to_owned(),
            MediaError::Heic => texts.heic.to_owned(),
            MediaError::Avif => texts.avif.to_owned(),
            MediaError::TooLarge { width, height } => (texts.too_large)(*width, *height),
            MediaError::Animated => texts.animated.to_owned(),
            MediaError::NoPixels => texts.no_pixels.to_owned(),
            MediaError::Cmyk => texts.cmyk.to_owned(),
            MediaError::ArithmeticCoding => texts.arithmetic.to_owned(),
            MediaError::Damaged { problem } | MediaError::Encoding { problem } => (texts.damaged)(problem),
            MediaError::TooSlow { seconds } => (texts.too_slow)(*seconds),
        };
        (texts.valid)(&problem)
    })
}
