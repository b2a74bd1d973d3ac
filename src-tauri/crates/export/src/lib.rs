//! Leads that were opened, written out for people: CSV, Excel, and a CSV encrypted to a passphrase. Writes to any
//! `Write` and never to a temporary file, because what it writes is personal. Must not know where leads come from, which
//! keys opened them, or where the output lies.
//!
//! # Text that spreadsheets would take for something else
//!
//! In CSV a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it: every
//! spreadsheet then keeps it as text instead of computing it, and a telephone number keeps its `+` and all its digits
//! instead of becoming 3,36E+10. Programs that read the file drop one leading apostrophe. Excel files need none of this:
//! there every text is stored as text.

mod age_file;
mod columns;
mod comma;
mod excel;
#[cfg(test)]
mod tests;
mod words;
mod written;

pub use age_file::age;
pub use comma::csv;
pub use excel::xlsx;
pub use written::Written;

use domain::Lang;
use jiff::tz::TimeZone;
use std::io;

/// How an export is worded and when its hours are counted.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Language of headers and fixed values: French, Arabic and English are written; others give French.
    pub lang: Lang,
    /// The stop's time zone, for the column of local time.
    pub zone: TimeZone,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output could not be written.
    #[error("the export could not be written: {0}")]
    Io(#[from] io::Error),
    /// Excel takes no more rows than a sheet has.
    #[error("an Excel sheet holds at most 1,048,575 leads: export to CSV instead")]
    TooMany,
    /// The workbook could not be made.
    #[error("the Excel file could not be made: {0}")]
    Excel(String),
}
