//! Cells of a file or sheet, before their columns are known. Must not know schemas.

use expo_domain::characters::is_invisible;

/// No table is wider than this number of columns.
pub(super) const MAX_COLUMNS: u32 = 500;

/// What a spreadsheet cell contains besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Text as typed.
    Text,
    /// A number. Its format may show other characters than its digits, or scale it.
    Number {
        is_shown_differently: bool,
        is_scaled: bool,
    },
    /// A date cell.
    Date,
    /// TRUE or FALSE.
    Boolean,
    /// A formula that fails.
    Error,
    /// A formula without a stored result.
    NoResult,
}

/// One filled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Column, counted from 0.
    pub column: u32,
    pub text: String,
    pub content: Content,
}

/// The filled cells of a file or sheet.
#[derive(Debug)]
pub(super) struct Grid {
    /// Name of the file or sheet, as used in faults.
    pub file: String,
    /// Whether a row with too many cells has shifted cells, as in a CSV file.
    pub is_csv: bool,
    /// Row numbers as in the spreadsheet, with the filled cells.
    pub rows: Vec<(u32, Vec<Cell>)>,
}

/// `A`, `B`, … `Z`, `AA`, …
pub(super) fn column_letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 {
        last.to_string()
    } else {
        format!("{}{last}", column_letters(column / 26 - 1))
    }
}

/// Whether the text shows nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(column_letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn spaces_and_marks_are_blank() {
        assert!(is_blank(" \u{a0}\u{202f}\u{200e}\u{feff}"));
        assert!(!is_blank("\u{200e}1"));
    }
}
