//! Exports of decrypted leads: CSV, Excel, and CSV encrypted with a passphrase. Writes to any `Write` and never to
//! temporary files, because the data is personal. Must not know: where leads are stored, which keys opened them, where the
//! output goes.
//!
//! # CSV injection
//!
//! In CSV a text that a spreadsheet would compute or convert gets a leading apostrophe: one that starts with `=`, `+`,
//! `-` or `@`, and one that looks like a number, a date, a time or a truth value, such as `01200`, `1-2` or `1E5`.
//! Spreadsheets then treat it as text, and a telephone number keeps its `+` and all digits instead of becoming 3,36E+10.
//! Programs that read the file must remove one leading apostrophe. Excel files store text as text, so they do not need
//! this.
//!
//! In all files control characters become spaces, and zero-width characters are left out.

mod age_file;
mod columns;
mod csv;
mod excel;
mod hashing_writer;
#[cfg(test)]
mod tests;

pub use self::csv::write_csv;
pub use age_file::write_age;
pub use excel::write_xlsx;
pub use hashing_writer::ExportStats;

use expo_domain::Lang;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::io;

/// Language and time zone of an export.
#[derive(Debug, Clone)]
pub struct ExportLocale {
    /// Language of headers and fixed values; a language without texts uses its fallback.
    pub lang: Lang,
    /// Time zone of the stop, for the column with local times.
    pub zone: TimeZone,
    /// Names of stops by their codes, in this language.
    pub stop_names: BTreeMap<String, String>,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output could not be written.
    #[error("the export could not be written: {0}")]
    Io(#[from] io::Error),
    /// More leads than rows of an Excel sheet.
    #[error("an Excel sheet holds at most 1,048,575 leads: export to CSV instead")]
    TooMany,
    /// The workbook could not be created.
    #[error("the Excel file could not be created: {0}")]
    Excel(String),
}
