//! Finds the photos of a source, only inside its folder `photos/`. Must not know tables.

use crate::source::column_type::ColumnType;
use expo_domain::{PictureKind, Texts};
use expo_media::MediaError;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Bytes that are read to find the header of a picture. They suffice for nearly all pictures; reading all files
/// completely would take minutes.
const HEADER_BYTES: u64 = 256 * 1024;

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

/// The folder `photos/` of a source.
pub(super) struct PhotoFolder(Option<PathBuf>);

impl PhotoFolder {
    pub(super) fn new(source: &Path) -> Self {
        Self(fs::canonicalize(source.join("photos")).ok())
    }

    /// The path of `file` with all links resolved, or a description of the file that is expected.
    pub(super) fn resolve(&self, file: &str) -> Result<PathBuf, String> {
        let is_plain = |part| matches!(part, Component::Normal(_));
        if file.contains(['\\', ':', '\0']) || !Path::new(file).components().all(is_plain) {
            return Err(ColumnType::Photo.expected());
        }
        let missing = || "a file that exists below photos/".to_owned();
        let folder = self.0.as_ref().ok_or_else(missing)?;
        let path = fs::canonicalize(folder.join(file)).map_err(|_| missing())?;
        if !path.starts_with(folder) {
            return Err("a file below photos/, not a link out of it".to_owned());
        }
        check_header(&path)?;
        Ok(path)
    }
}

/// Checks size, format and dimensions. The pixels are decoded when the bundle is built.
fn check_header(path: &Path) -> Result<(), String> {
    let unreadable = |error: std::io::Error| format!("a picture that can be read ({error})");
    let opened = File::open(path).map_err(unreadable)?;
    let metadata = opened.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err("a file, not a folder".to_owned());
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
        .map_err(unreadable)?;
    if expo_media::inspect(&bytes).is_ok() {
        return Ok(());
    }
    (&opened).read_to_end(&mut bytes).map_err(unreadable)?;
    expo_media::inspect(&bytes)
        .map(|_| ())
        .map_err(|error| expected_picture(&error))
}

/// A description of the picture that is expected instead of one that failed with `error`.
pub(crate) fn expected_picture(error: &MediaError) -> String {
    format!("a valid JPEG, PNG or WebP picture: {error}")
}
