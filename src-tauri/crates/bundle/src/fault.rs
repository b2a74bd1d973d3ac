//! Faults of a catalogue source, worded so that the person who filled in the table can find and correct them. Must not
//! know which checks exist.

use serde::Serialize;
use std::fmt;

/// Longest extract of a cell that is quoted, in characters.
const MAX_QUOTE_CHARS: usize = 60;

/// One fault of a source. Faults sort by file, row and column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// `units.csv`, `catalogue.xlsx [units]`, `guides/notary.fr.md` or a picture below `photos/`.
    pub file: String,
    /// Row as the spreadsheet numbers it: the header is row 1; the line of a Markdown file. `None` for a fault of the complete file.
    pub row: Option<u32>,
    /// Name of the column.
    pub column: Option<String>,
    /// Content of the cell, shortened.
    pub found: String,
    /// What the cell should contain.
    pub expected: String,
}

impl Fault {
    /// A fault of a complete file.
    pub(crate) fn file(file: &str, found: &str, expected: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            row: None,
            column: None,
            found: quote(found),
            expected: expected.into(),
        }
    }

    /// A fault of one cell, or of a complete row when `column` is empty.
    pub(crate) fn cell(file: &str, row: u32, column: &str, found: &str, expected: impl Into<String>) -> Self {
        let column = (!column.is_empty()).then(|| column.to_owned());
        Self {
            row: Some(row),
            column,
            ..Self::file(file, found, expected)
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            let unit = if self.file.ends_with(".md") { "line" } else { "row" };
            write!(f, ", {unit} {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        if self.found.is_empty() {
            write!(f, ": found nothing, expected {}", self.expected)
        } else {
            write!(f, ": found “{}”, expected {}", self.found, self.expected)
        }
    }
}

/// All faults of a source, sorted and without duplicates; at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the source has {} fault(s):\n{}", .0.len(), lines(.0))]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Sorts the faults and removes duplicates.
    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort();
        faults.dedup();
        Self(faults)
    }
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}

/// One line of at most [`MAX_QUOTE_CHARS`] characters that is safe to print on a terminal.
pub(crate) fn quote(text: &str) -> String {
    let mut short: String = text
        .trim()
        .chars()
        .take(MAX_QUOTE_CHARS)
        .map(|c| if is_unsafe_char(c) { '·' } else { c })
        .collect();
    if text.trim().chars().count() > MAX_QUOTE_CHARS {
        short.push('…');
    }
    short
}

/// Control characters, line separators and overrides of the writing direction.
pub(crate) fn is_unsafe_char(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}
