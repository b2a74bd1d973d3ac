//! Reads sheets of an Excel workbook cell by cell, in bounded memory and time: no size that the file states is trusted.
//! Must not know tables and columns.

mod package;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

pub(super) use workbook::Workbook;

use crate::fault::{Message, message};
use crate::source::other_format::OtherFormat;

/// Largest number of filled cells.
const MAX_CELLS: usize = 6_000_000;
/// Largest size of all texts in bytes. A shared text is counted at each use.
const MAX_TEXT_BYTES: usize = 512 * 1024 * 1024;

/// Why a workbook or a sheet cannot be read.
#[derive(Debug)]
pub(super) enum XlsxError {
    /// Not a workbook, or encrypted.
    NotAWorkbook(OtherFormat),
    /// It unpacks to more than this number of bytes.
    TooLarge(u64),
    /// A part contradicts the format.
    Damaged(String),
    /// The number of texts that the workbook states, and the number that it has.
    StringCount(u64, usize),
    /// More filled rows than this.
    TooManyRows(usize),
    /// A filled cell far outside every table: its name.
    FarCell(String),
}

impl XlsxError {
    pub(super) fn damaged(problem: impl std::fmt::Display) -> Self {
        Self::Damaged(problem.to_string().chars().take(120).collect())
    }

    /// What is expected instead.
    pub(super) fn expected(&self) -> Message {
        message(|t| match self {
            Self::NotAWorkbook(OtherFormat::Encrypted) => t.formats.workbook.no_password.to_owned(),
            Self::NotAWorkbook(OtherFormat::Empty) => t.formats.workbook.empty_file.to_owned(),
            Self::NotAWorkbook(format) => (t.formats.workbook.other_format)(format.name(t)),
            Self::TooLarge(bytes) => (t.formats.workbook.too_large)(*bytes),
            Self::Damaged(problem) => (t.formats.workbook.damaged)(problem),
            Self::StringCount(stated, found) => (t.formats.workbook.string_count)(*stated, *found),
            Self::TooManyRows(rows) => (t.rows.too_many_rows)(*rows),
            Self::FarCell(_) => t.columns.outside.to_owned(),
        })
    }

    /// What was found, if it is not part of the expectation.
    pub(super) fn found(&self) -> &str {
        match self {
            Self::FarCell(name) => name,
            _ => "",
        }
    }
}

impl From<quick_xml::Error> for XlsxError {
    fn from(error: quick_xml::Error) -> Self {
        Self::damaged(error)
    }
}
