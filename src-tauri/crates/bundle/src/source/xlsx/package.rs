//! The parts of a workbook file, unpacked in bounded memory and time.

use crate::source::other_format::OtherFormat;
use crate::source::xlsx::XlsxError;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// Largest unpacked size of one part, and of all parts that are read.
const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;
/// A part may unpack to this size in any case.
const ALWAYS_ALLOWED_BYTES: u64 = 16 * 1024 * 1024;
/// Largest ratio of unpacked and packed size of larger parts. Sheets have 5 to 30.
const MAX_RATIO: u64 = 100;
/// Largest number of parts.
const MAX_PARTS: usize = 10_000;

/// A workbook file.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    names: Vec<String>,
    remaining_bytes: u64,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, XlsxError> {
        let open = || File::open(path).map_err(XlsxError::damaged);
        let Ok(archive) = ZipArchive::new(BufReader::new(open()?)) else {
            return Err(XlsxError::NotAWorkbook(OtherFormat::of_file(open()?)));
        };
        if archive.len() > MAX_PARTS {
            return Err(XlsxError::damaged(format!("{} parts", archive.len())));
        }
        let names = archive.file_names().map(|name| Ok(name?.into_owned()));
        let names = names
            .collect::<Result<_, ZipError>>()
            .map_err(XlsxError::damaged)?;
        Ok(Self {
            archive,
            names,
            remaining_bytes: MAX_UNPACKED_BYTES,
        })
    }

    /// The error of a zip file that is not a workbook.
    pub(super) fn not_a_workbook(&self) -> XlsxError {
        XlsxError::NotAWorkbook(OtherFormat::of_archive(&self.names))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.stored_name(name).is_some()
    }

    fn stored_name(&self, name: &str) -> Option<String> {
        let plain = |name: &str| name.trim_start_matches('/').replace('\\', "/").to_lowercase();
        let wanted = plain(name);
        let found = self.names.iter().find(|stored| plain(stored) == wanted);
        found.cloned()
    }

    /// A reader of the part, or `None` if it does not exist. Names differ in case in some programs.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<impl Read + use<'_>>, XlsxError> {
        let Some(stored) = self.stored_name(name) else {
            return Ok(None);
        };
        let part = self.archive.by_name(&stored).map_err(XlsxError::damaged)?;
        let allowed = (part.compressed_size().saturating_mul(MAX_RATIO))
            .max(ALWAYS_ALLOWED_BYTES)
            .min(self.remaining_bytes);
        if part.size() > allowed {
            return Err(XlsxError::TooLarge(MAX_UNPACKED_BYTES));
        }
        Ok(Some(LimitedReader {
            part,
            allowed,
            remaining_bytes: &mut self.remaining_bytes,
        }))
    }
}

/// Fails after `allowed` bytes, whatever size the file states.
struct LimitedReader<'p, R> {
    part: R,
    allowed: u64,
    remaining_bytes: &'p mut u64,
}

impl<R: Read> Read for LimitedReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.part.read(buffer)?;
        let bytes = count as u64;
        if bytes > self.allowed || bytes > *self.remaining_bytes {
            return Err(std::io::Error::other("a part unpacks to far more than its size"));
        }
        self.allowed -= bytes;
        *self.remaining_bytes -= bytes;
        Ok(count)
    }
}
