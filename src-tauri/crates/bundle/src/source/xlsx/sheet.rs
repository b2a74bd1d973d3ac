//! The cells of one sheet, in the order of the file. Only filled cells are kept.

use crate::source::grid::{Cell, Content, MAX_COLUMNS, column_letters, is_blank};
use crate::source::table::MAX_ROWS;
use crate::source::xlsx::strings::{rich_text, unescaped};
use crate::source::xlsx::styles::NumberFormat;
use crate::source::xlsx::xml::{Tag, Xml, XmlReader};
use crate::source::xlsx::{MAX_CELLS, MAX_TEXT_BYTES, XlsxError};
use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan};
use std::collections::HashSet;
use std::io::Read;

/// Number of rows of an Excel sheet.
const SHEET_ROWS: u32 = 1_048_576;
/// Number of columns of an Excel sheet.
const SHEET_COLUMNS: u32 = 16_384;
/// Numbers of more digits are rounded by Excel.
const MAX_EXACT_NUMBER: f64 = 1e15;

/// What all sheets of a workbook share.
#[derive(Default)]
pub(super) struct Shared {
    pub strings: Vec<String>,
    pub formats: Vec<NumberFormat>,
    pub is_1904: bool,
}

/// Reads the filled cells by row.
pub(super) fn rows(part: impl Read, shared: &Shared) -> Result<Vec<(u32, Vec<Cell>)>, XlsxError> {
    let mut xml = XmlReader::new(part);
    let mut collector = Collector::default();
    let (mut row, mut column) = (0_u32, 0);
    while let Some(event) = xml.next()? {
        match event {
            Xml::Start(tag) if tag.name == "row" => {
                row = match tag.get("r") {
                    Some(number) => number.parse().map_err(|_| bad_reference(number))?,
                    None => row.saturating_add(1),
                };
                column = 0;
            }
            Xml::Start(tag) if tag.name == "c" => {
                if let Some(reference) = tag.get("r") {
                    (column, row) = position(reference).ok_or_else(|| bad_reference(reference))?;
                }
                if row == 0 || row > SHEET_ROWS || column >= SHEET_COLUMNS {
                    return Err(bad_reference(&format!("{column}, {row}")));
                }
                if let Some(cell) = cell(&mut xml, &tag, column, shared)? {
                    collector.add(row, cell)?;
                }
                column += 1;
            }
            Xml::End(name) if name == "sheetData" => break,
            _ => {}
        }
    }
    let mut rows = collector.rows;
    rows.sort_by_key(|(row, _)| *row);
    Ok(rows)
}

fn bad_reference(reference: &str) -> XlsxError {
    XlsxError::damaged(format!("the cell reference {reference}"))
}

/// Column from 0 and row from 1 of a reference such as `B7`.
fn position(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || row.len() > 7 || !row.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        let value = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|value| *value < 26)?;
        column = column * 26 + u32::from(value) + 1;
    }
    let row = row.parse().ok()?;
    ((1..=SHEET_COLUMNS).contains(&column) && (1..=SHEET_ROWS).contains(&row)).then_some((column - 1, row))
}

/// Collects filled cells within the limits.
#[derive(Default)]
struct Collector {
    rows: Vec<(u32, Vec<Cell>)>,
    numbers: HashSet<u32>,
    cells: usize,
    text_bytes: usize,
}

impl Collector {
    fn add(&mut self, row: u32, cell: Cell) -> Result<(), XlsxError> {
        if cell.column >= MAX_COLUMNS {
            return Err(XlsxError::FarCell(format!(
                "{}{row}",
                column_letters(cell.column)
            )));
        }
        self.cells += 1;
        self.text_bytes += cell.text.len();
        if self.cells > MAX_CELLS || self.text_bytes > MAX_TEXT_BYTES {
            return Err(XlsxError::TooLarge(MAX_TEXT_BYTES as u64));
        }
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            if self.rows.len() >= MAX_ROWS {
                return Err(XlsxError::TooManyRows(MAX_ROWS));
            }
            if !self.numbers.insert(row) {
                return Err(XlsxError::damaged(format!("row {row} exists twice")));
            }
            self.rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            if cells.iter().any(|other| other.column == cell.column) {
                let name = format!("{}{row}", column_letters(cell.column));
                return Err(XlsxError::damaged(format!("cell {name} exists twice")));
            }
            cells.push(cell);
        }
        Ok(())
    }
}

/// Reads a cell up to its end; `None` if it is empty.
fn cell<R: Read>(
    xml: &mut XmlReader<R>,
    tag: &Tag,
    column: u32,
    shared: &Shared,
) -> Result<Option<Cell>, XlsxError> {
    let (mut value, mut text) = (String::new(), None);
    let (mut is_value, mut has_formula) = (false, false);
    loop {
        match xml.next()? {
            Some(Xml::Start(tag)) if tag.name == "is" => text = Some(rich_text(xml, "is")?),
            Some(Xml::Start(tag)) => {
                is_value = tag.name == "v";
                has_formula |= tag.name == "f";
            }
            Some(Xml::Text(part)) if is_value => value.push_str(&part),
            Some(Xml::End(name)) if name == "c" => break,
            Some(Xml::End(_)) => is_value = false,
            Some(Xml::Text(_)) => {}
            None => return Err(XlsxError::damaged("a cell without end")),
        }
    }
    let kind = tag.get("t").unwrap_or("n");
    let style = tag.get("s").and_then(|style| style.parse::<usize>().ok());
    let format = style.and_then(|style| shared.formats.get(style).copied());
    let (text, content) = match (kind, text) {
        ("inlineStr", text) => (text.unwrap_or_default(), Content::Text),
        ("str", _) => (unescaped(&value), Content::Text),
        (_, _) if value.trim().is_empty() && has_formula => (String::new(), Content::NoResult),
        (_, _) if value.trim().is_empty() => return Ok(None),
        ("s", _) => (shared_string(&value, shared)?, Content::Text),
        ("b", _) => match value.trim() {
            "1" | "true" => ("yes".to_owned(), Content::Boolean),
            _ => ("no".to_owned(), Content::Boolean),
        },
        ("e", _) => (value, Content::Error),
        ("d", _) => (value, Content::Date),
        _ => number(&value, format.unwrap_or(NumberFormat::Plain), shared.is_1904)?,
    };
    let is_filled = content == Content::NoResult || !is_blank(&text);
    Ok(is_filled.then_some(Cell {
        column,
        text,
        content,
    }))
}

fn shared_string(index: &str, shared: &Shared) -> Result<String, XlsxError> {
    let found = index
        .trim()
        .parse::<usize>()
        .ok()
        .and_then(|index| shared.strings.get(index));
    found
        .cloned()
        .ok_or_else(|| XlsxError::damaged(format!("text number {index} does not exist")))
}

/// The text of a number, which may be a date.
fn number(value: &str, format: NumberFormat, is_1904: bool) -> Result<(String, Content), XlsxError> {
    let number = value
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite());
    let number = number.ok_or_else(|| XlsxError::damaged(format!("the number {value}")))?;
    if format == NumberFormat::Date {
        let text = date_text(number, is_1904).unwrap_or_else(|| number_text(number));
        return Ok((text, Content::Date));
    }
    let text = number_text(number);
    let is_shown_differently =
        format != NumberFormat::Plain || number.abs() >= MAX_EXACT_NUMBER || text.len() > 20;
    let content = Content::Number {
        is_shown_differently,
        is_scaled: format == NumberFormat::Scaled,
    };
    Ok((text, content))
}

/// The number with the 15 digits that Excel shows, without binary rounding errors.
fn number_text(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if rounded.abs() >= 1e21 {
        format!("{rounded:e}")
    } else {
        rounded.to_string()
    }
}

/// `2026-11-16`, with the time if there is one. Day 60 of the 1900 system, which never was, has no date.
fn date_text(serial: f64, is_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&serial) {
        return None;
    }
    let first = match serial {
        _ if is_1904 => DateTime::constant(1904, 1, 1, 0, 0, 0, 0),
        0.0..60.0 => DateTime::constant(1899, 12, 31, 0, 0, 0, 0),
        60.0..61.0 => return None,
        _ => DateTime::constant(1899, 12, 30, 0, 0, 0, 0),
    };
    let seconds = SignedDuration::from_secs((serial.fract() * 86_400.0).round() as i64);
    let moment = first
        .checked_add((serial.trunc() as i64).days())
        .ok()?
        .checked_add(seconds)
        .ok()?;
    let text = moment.to_string().replace('T', " ");
    Some(text.strip_suffix(" 00:00:00").unwrap_or(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_binary_rounding_errors() {
        for (number, shown) in [
            (288_000.0, "288000"),
            (88.55, "88.55"),
            (0.1 + 0.2, "0.3"),
            (-5.0, "-5"),
            (1e300, "1e300"),
        ] {
            assert_eq!(number_text(number), shown);
        }
    }

    #[test]
    fn references_are_read_or_refused() {
        assert_eq!(position("A1"), Some((0, 1)));
        assert_eq!(position("XFD1048576"), Some((16_383, 1_048_576)));
        for wrong in [
            "", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1A", "É1", "A-1",
        ] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn serial_numbers_become_dates() {
        assert_eq!(date_text(46_342.0, false).as_deref(), Some("2026-11-16"));
        assert_eq!(date_text(44_880.0, true).as_deref(), Some("2026-11-16"));
        assert_eq!(date_text(46_342.5, false).as_deref(), Some("2026-11-16 12:00:00"));
        assert_eq!(date_text(1.0, false).as_deref(), Some("1900-01-01"));
        for none in [60.0, -1.0, 1e300] {
            assert_eq!(date_text(none, false), None, "{none}");
        }
    }
}
