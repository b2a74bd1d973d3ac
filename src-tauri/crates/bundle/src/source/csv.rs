//! Reads tables from CSV files. The separator is detected from the header; rows are numbered as in a spreadsheet. A
//! quotation that probably swallows rows is a fault. Must not know schemas.

use crate::fault::{Fault, Findings, Message, message};
use crate::source::grid::{Cell, Content, Grid, MAX_COLUMNS, is_blank};
use crate::source::other_format::OtherFormat;
use crate::source::table::MAX_ROWS;

/// Lines in which the header is looked for, to detect the separator.
const MAX_LINES_TO_HEADER: usize = 10;
/// A quotation with line feeds and fewer separators than this, without those of sentences, is no swallowed row.
const MIN_SWALLOWED_SEPARATORS: usize = 3;

/// Parses `bytes`, the content of the file named `file`. `is_column` says whether a text is the name of a column.
pub(super) fn read_grid(
    file: &str,
    bytes: &[u8],
    is_column: &dyn Fn(&str) -> bool,
    findings: &mut Findings,
) -> Option<Grid> {
    if let Some(format) = OtherFormat::of_table(bytes) {
        let expected = message(|t| (t.formats.csv.other_format)(format.name(t)));
        findings.push(Fault::file(file, "", expected));
        return None;
    }
    let text = match decode(bytes) {
        Ok(text) => text,
        Err((row, found)) => {
            let expected = message(|t| t.formats.csv.utf8.to_owned());
            findings.push(Fault::cell(file, row, "", &found, expected));
            return None;
        }
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (stated, text) = stated_separator(&text);
    let separator = stated.unwrap_or_else(|| separator(text, is_column));
    match (Parser {
        text,
        separator,
        row: 1,
    })
    .rows()
    {
        Ok(rows) => Some(Grid {
            file: file.to_owned(),
            is_csv: true,
            rows,
        }),
        Err(CsvFault { row, found, expected }) => {
            findings.push(Fault::cell(file, row, "", &found, expected));
            None
        }
    }
}

/// The text in UTF-8, or row and cell of the first byte that is not. A NUL is a sign of UTF-16.
fn decode(bytes: &[u8]) -> Result<&str, (u32, String)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|error| error.valid_up_to());
    let valid = text.and_then(|text| text.find('\0').map_or(Ok(text), Err));
    valid.map_err(|at| {
        let (before, after) = bytes.split_at(at);
        let row = before.split(|byte| *byte == b'\n').count() as u32;
        let is_end = |byte: &u8| b";,\t\r\n".contains(byte);
        let start = before.iter().rposition(is_end).map_or(0, |end| end + 1);
        let end = after.iter().position(is_end).unwrap_or(after.len());
        (row, String::from_utf8_lossy(&bytes[start..at + end]).into_owned())
    })
}

/// Splits off the line `sep=;`, which Excel does not count as a row.
fn stated_separator(text: &str) -> (Option<char>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim_matches('"');
    let stated = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    let mut chars = line.get(4..).unwrap_or_default().chars();
    match (stated, chars.next()) {
        (Some(_), Some(separator)) if chars.all(|c| c == separator || c == '"') => (Some(separator), rest),
        _ => (None, text),
    }
}

/// The separator that gives the most column names in one of the first lines; at equal numbers, the most cells.
fn separator(text: &str, is_column: &dyn Fn(&str) -> bool) -> char {
    let rank = |separator: char| {
        let lines = text
            .lines()
            .filter(|line| !is_blank(line))
            .take(MAX_LINES_TO_HEADER);
        let ranks = lines.map(|line| {
            let cells: Vec<&str> = line.split(separator).take(MAX_COLUMNS as usize).collect();
            let names = cells
                .iter()
                .filter(|cell| is_column(cell.trim_matches('"')))
                .count();
            (names, cells.len())
        });
        ranks.max().unwrap_or_default()
    };
    let separators = ['\t', ',', ';'];
    separators
        .into_iter()
        .max_by_key(|separator| rank(*separator))
        .unwrap_or(';')
}

struct CsvFault {
    row: u32,
    found: String,
    expected: Message,
}

/// Position in a CSV text. A line break inside a quotation does not end the row.
struct Parser<'t> {
    text: &'t str,
    separator: char,
    row: u32,
}

impl Parser<'_> {
    fn rows(mut self) -> Result<Vec<(u32, Vec<Cell>)>, CsvFault> {
        let mut rows = Vec::new();
        let mut header_separators = None;
        // A row more than allowed is a fault of the table.
        while !self.text.is_empty() && rows.len() <= MAX_ROWS {
            let mut cells = Vec::new();
            let (mut column, mut quoted_rows) = (0, None);
            loop {
                let text = self.cell(header_separators)?;
                if text.contains('\n') && text.contains(self.separator) {
                    quoted_rows = Some(text.clone());
                }
                if !is_blank(&text) {
                    if column >= MAX_COLUMNS {
                        return Err(CsvFault {
                            row: self.row,
                            found: text,
                            expected: message(|t| t.columns.outside.to_owned()),
                        });
                    }
                    cells.push(Cell {
                        column,
                        text,
                        content: Content::Text,
                    });
                }
                if !self.skip(self.separator) {
                    break;
                }
                column += 1;
            }
            self.skip('\n');
            // More cells than the header: the quotation took the line break out of the next row.
            if let Some(text) = quoted_rows
                && header_separators.is_some_and(|separators| column as usize > separators)
            {
                return Err(self.fault(&text, |t| t.formats.csv.swallowed_rows.to_owned()));
            }
            if !cells.is_empty() {
                header_separators = header_separators.max(Some(column as usize));
                rows.push((self.row, cells));
            }
            self.row += 1;
        }
        Ok(rows)
    }

    fn skip(&mut self, expected: char) -> bool {
        let rest = self.text.strip_prefix(expected);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    /// The next cell, up to its separator. `header_separators` is the number of separators in a complete row.
    fn cell(&mut self, header_separators: Option<usize>) -> Result<String, CsvFault> {
        if !self.skip('"') {
            let end = self.text.find([self.separator, '\n']).unwrap_or(self.text.len());
            let (cell, rest) = self.text.split_at(end);
            self.text = rest;
            return Ok(cell.to_owned());
        }
        let mut cell = String::new();
        loop {
            let Some((part, rest)) = self.text.split_once('"') else {
                return Err(self.fault(&cell, |t| t.formats.csv.unclosed_quote.to_owned()));
            };
            cell.push_str(part);
            self.text = rest;
            if !self.skip('"') {
                break;
            }
            cell.push('"');
        }
        let least = header_separators
            .unwrap_or_default()
            .max(MIN_SWALLOWED_SEPARATORS);
        // In a sentence a space follows the comma or semicolon.
        let after_separators = cell.split(self.separator).skip(1);
        let separators = after_separators.filter(|part| !part.starts_with([' ', '\u{a0}', '\n']));
        if cell.contains('\n') && separators.count() >= least {
            return Err(self.fault(&cell, |t| t.formats.csv.swallowed_rows.to_owned()));
        }
        // Spaces may follow a closing quotation mark, nothing else.
        self.text = self.text.trim_start_matches([' ', '\u{a0}']);
        if self.text.is_empty() || self.text.starts_with([self.separator, '\n']) {
            Ok(cell)
        } else {
            Err(self.fault(&cell, |t| t.formats.csv.text_after_quote.to_owned()))
        }
    }

    fn fault(&self, found: &str, expected: fn(&'static expo_texts::ImportTexts) -> String) -> CsvFault {
        CsvFault {
            row: self.row,
            found: format!("\"{found}"),
            expected: message(expected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_column(name: &str) -> bool {
        ["id", "name"].contains(&name.trim())
    }

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut findings = Findings::default();
        let grid = read_grid("t.csv", text.as_bytes(), &is_column, &mut findings).unwrap();
        assert_eq!(findings.iter().count(), 0);
        let texts = |cells: Vec<Cell>| cells.into_iter().map(|cell| cell.text).collect();
        grid.rows
            .into_iter()
            .map(|(row, cells)| (row, texts(cells)))
            .collect()
    }

    /// Row and expected content of the only fault.
    fn fault(bytes: &[u8]) -> (Option<u32>, String) {
        let mut findings = Findings::default();
        assert!(read_grid("t.csv", bytes, &is_column, &mut findings).is_none());
        let fault = findings.iter().next().unwrap();
        (fault.row, fault.to_string())
    }

    #[test]
    fn separator_is_detected() {
        for separator in [";", ",", "\t"] {
            let text = format!("id{separator}name\nA1{separator}\"x;y,z\t\"\n");
            assert_eq!(rows(&text)[1], (2, vec!["A1".to_owned(), "x;y,z\t".to_owned()]));
        }
        assert_eq!(rows("id\nA1")[1], (2, vec!["A1".to_owned()]));
        let titled = rows("Catalogue, 2026, Rabat\nid;name\nA1;x");
        assert_eq!(titled[2], (3, vec!["A1".to_owned(), "x".to_owned()]));
    }

    #[test]
    fn line_that_states_the_separator_is_no_row() {
        for line in ["sep=|", "SEP=|", "\"sep=|\""] {
            assert_eq!(
                rows(&format!("{line}\r\nid|a;b\r\n"))[0].1,
                ["id", "a;b"],
                "{line}"
            );
        }
    }

    #[test]
    fn rows_are_numbered_as_in_a_spreadsheet() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("\u{feff}a;b{end}1;\"two{end}lines\"{end}{end}{end}2;x{end}3;y{end}{end}4;z");
            let numbers: Vec<u32> = rows(&text).iter().map(|(row, _)| *row).collect();
            assert_eq!(numbers, [1, 2, 5, 6, 8], "{end:?}");
        }
    }

    #[test]
    fn quotation_marks_inside_a_text_are_kept() {
        assert_eq!(rows("id;name\n1;Le \"Jardin\"\n")[1].1[1], "Le \"Jardin\"");
        assert_eq!(
            rows("id;name\n1;\"Le \"\"Jardin\"\"; suite\"\n")[1].1[1],
            "Le \"Jardin\"; suite"
        );
    }

    #[test]
    fn quotation_that_swallows_rows_is_a_fault() {
        let header = "a;b;c;d\n";
        for (rows, row, expected) in [
            ("1;x;y;\"z\n2;x;y;z\"\n3;x;y;z\n", 2, "further rows"),
            ("1;x;y;z\n2;\"x;y;z\n3;x\";y;z\n", 3, "further rows"),
            ("1;x;y;\"z\n2;x\";;\n3;x;y;z\n", 2, "further rows"),
            ("1;x;y;z\n2;x;y;\"z\n", 3, "never ends"),
            ("1;x;y;\"z\n2;\"x\";y;z\n", 2, "after the closing"),
        ] {
            let (found, line) = fault(format!("{header}{rows}").as_bytes());
            assert_eq!(found, Some(row), "{line}");
            assert!(line.contains(expected), "{line}");
        }
    }

    #[test]
    fn quoted_paragraphs_with_commas_are_read() {
        let text = "Un parc, une école, un marché,\nune crèche, un souk, une mosquée.";
        let table = rows(&format!("id,name\nA1,\"{text}\"\n"));
        assert_eq!(table[1], (2, vec!["A1".to_owned(), text.to_owned()]));
    }

    #[test]
    fn text_far_outside_the_table_is_a_fault() {
        let far = format!("id;name\nA1;x{}y\n", ";".repeat(500));
        assert_eq!(fault(far.as_bytes()).0, Some(2));
    }

    #[test]
    fn rows_beyond_the_limit_are_not_kept() {
        let text = format!("id;name\n{}", "1;x\n".repeat(MAX_ROWS + 10));
        assert_eq!(rows(&text).len(), MAX_ROWS + 1);
    }

    #[test]
    fn wrong_encoding_is_reported_with_its_row() {
        assert_eq!(fault(b"id;name\nA1;F\xe8s\n").0, Some(2));
        assert_eq!(fault(b"\xff\xfei\0d\0").0, Some(1));
        let (row, line) = fault(b"i\0d\0;\0n\0");
        assert_eq!(row, Some(1));
        assert!(line.contains("UTF-8"), "{line}");
    }
}
