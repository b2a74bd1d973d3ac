//! Finds the picture files of a source without ever leaving its `photos/`.

use crate::source::kinds::Kind;
use media::MediaError;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The header of nearly every picture lies in its first bytes; reading more for all of them would take minutes.
const HEAD_BYTES: u64 = 256 * 1024;

/// The folder `photos/` of a source.
pub(super) struct Folder(Option<PathBuf>);

impl Folder {
    pub(super) fn new(source: &Path) -> Self {
        Self(fs::canonicalize(source.join("photos")).ok())
    }

    /// The file with every link resolved, or what was expected instead.
    pub(super) fn resolve(&self, file: &str) -> Result<PathBuf, String> {
        let plain = |part| matches!(part, Component::Normal(_));
        if file.contains(['\\', ':', '\0']) || !Path::new(file).components().all(plain) {
            return Err(Kind::Photo.expected());
        }
        let missing = || "a file that exists below photos/".to_owned();
        let folder = self.0.as_ref().ok_or_else(missing)?;
        let path = fs::canonicalize(folder.join(file)).map_err(|_| missing())?;
        if !path.starts_with(folder) {
            return Err("a file below photos/, not a link out of it".to_owned());
        }
        check_head(&path)?;
        Ok(path)
    }
}

/// Length, format and dimensions; the pixels are looked at when the bundle is built.
fn check_head(path: &Path) -> Result<(), String> {
    let unreadable = |error: std::io::Error| format!("a picture that can be read ({error})");
    let opened = File::open(path).map_err(unreadable)?;
    let metadata = opened.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err("a file, not a folder".to_owned());
    }
    if metadata.len() > media::MAX_SOURCE_BYTES as u64 {
        return Err(wanted(&MediaError::TooManyBytes {
            bytes: metadata.len() as usize,
        }));
    }
    let mut bytes = Vec::new();
    (&opened)
        .take(HEAD_BYTES)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if media::inspect(&bytes).is_ok() {
        return Ok(());
    }
    (&opened).read_to_end(&mut bytes).map_err(unreadable)?;
    media::inspect(&bytes).map(|_| ()).map_err(|error| wanted(&error))
}

/// What is expected of a picture that `error` refused.
pub(crate) fn wanted(error: &MediaError) -> String {
    format!("a sound JPEG, PNG or WebP picture: {error}")
}
