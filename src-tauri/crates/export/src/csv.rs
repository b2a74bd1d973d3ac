//! CSV that French Excel opens by double click: UTF-8 with byte order mark, semicolons, CRLF.

use crate::columns::{COLUMN_COUNT, Cell, header_row, row};
use crate::hashing_writer::{ExportStats, HashingWriter};
use crate::{ExportError, ExportLocale};
use ::csv::{Terminator, WriterBuilder};
use expo_domain::Lang;
use expo_domain::characters::western_digit;
use expo_domain::fold::fold;
use expo_domain::lead::LeadRecord;
use std::borrow::Borrow;
use std::io::{self, Write};

/// UTF-8 byte order mark, by which Excel detects the encoding.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Beginnings of the names of months in French, English and other Latin languages, folded.
const MONTHS: [&str; 21] = [
    "jan", "fev", "feb", "mar", "mrt", "avr", "apr", "abr", "mai", "may", "mei", "mag", "jui", "jun", "jul",
    "aou", "aug", "sep", "oct", "nov", "dec",
];

/// Writes leads as CSV, one at a time, without buffering them.
pub fn write_csv<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    write_file(
        leads.into_iter().map(|lead| row(lead.borrow(), locale)),
        locale.lang,
        output,
    )
}

/// Writes rows as CSV.
pub(crate) fn write_file(
    rows: impl IntoIterator<Item = [Cell; COLUMN_COUNT]>,
    lang: Lang,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let mut output = HashingWriter::new(output);
    let count = write_rows(rows, lang, &mut output)?;
    Ok(output.finish(count)?)
}

/// Writes the complete file to `output` and returns the number of leads.
pub(crate) fn write_rows(
    rows: impl IntoIterator<Item = [Cell; COLUMN_COUNT]>,
    lang: Lang,
    mut output: impl Write,
) -> io::Result<u64> {
    output.write_all(BYTE_ORDER_MARK)?;
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(&mut output);
    writer.write_record(header_row(&expo_texts::of(lang).export.headers))?;
    let mut count = 0;
    for row in rows {
        writer.write_record(row.map(cell_text))?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

fn cell_text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => escape(text),
        Cell::Integer(number) => number.to_string(),
        Cell::LocalTime(time) => time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Cell::UniversalTime(time) => time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}

/// Prefixes text that a spreadsheet would compute or convert with an apostrophe. Excel treats the full-width signs like
/// the plain ones in some languages. An apostrophe that is part of the text is doubled, so that removing one restores it.
fn escape(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '#', '\'', '＝', '＋', '－', '＠']) || is_value(&text) {
        format!("'{text}")
    } else {
        text
    }
}

/// Whether a spreadsheet reads the text as a number, a date, a time or a truth value. A date has at most one word, the
/// name of a month, and two hyphens; an identifier of a lead has more.
fn is_value(text: &str) -> bool {
    if text.matches('-').count() > 2 {
        return false;
    }
    let folded = fold(text);
    let mut words = folded
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let (word, more) = (words.next(), words.next());
    let has_digit = text.chars().map(western_digit).any(|c| c.is_ascii_digit());
    match word {
        _ if more.is_some() => false,
        None => has_digit,
        Some(word) if has_digit => is_value_word(word, folded.starts_with(|c: char| c.is_ascii_digit())),
        Some(word) => matches!(word, "true" | "false" | "vrai" | "faux"),
    }
}

/// A month, a half of the day, a currency, or a letter after a digit, such as that of an exponent.
fn is_value_word(word: &str, after_digit: bool) -> bool {
    let is_latin = word.is_ascii();
    match word.len() {
        1 => after_digit,
        2 => matches!(word, "am" | "pm" | "dh"),
        _ if is_latin => MONTHS.iter().any(|month| word.starts_with(month)) || matches!(word, "mad" | "eur"),
        // Names of months in other scripts differ from country to country.
        _ => true,
    }
}
