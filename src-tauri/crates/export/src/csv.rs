//! CSV that French Excel opens by double click: UTF-8 with byte order mark, semicolons, CRLF.

use crate::columns::{Cell, header_row, row};
use crate::hashing_writer::{ExportStats, HashingWriter};
use crate::{ExportError, ExportLocale};
use ::csv::{Terminator, WriterBuilder};
use expo_domain::lead::LeadRecord;
use std::borrow::Borrow;
use std::io::{self, Write};

/// UTF-8 byte order mark, by which Excel detects the encoding.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes leads as CSV, one at a time, without buffering them.
pub fn write_csv<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let mut output = HashingWriter::new(output);
    let count = write_rows(leads, locale, &mut output)?;
    Ok(output.finish(count)?)
}

/// Writes the complete file to `output` and returns the number of leads.
pub(crate) fn write_rows<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    mut output: impl Write,
) -> io::Result<u64> {
    output.write_all(BYTE_ORDER_MARK)?;
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(&mut output);
    writer.write_record(header_row(&expo_texts::of(locale.lang).export.headers))?;
    let mut count = 0;
    for lead in leads {
        writer.write_record(row(lead.borrow(), locale).map(cell_text))?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

fn cell_text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => escape_formula(text),
        Cell::Integer(number) => number.to_string(),
        Cell::LocalTime(time) => time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Prefixes text that a spreadsheet would interpret as a formula with an apostrophe. Excel treats the full-width signs
/// like the plain ones in some languages.
fn escape_formula(text: String) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text,
    }
}
