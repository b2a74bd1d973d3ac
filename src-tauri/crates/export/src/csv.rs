//! CSV as Excel in French opens it by a double click: UTF-8 with a mark, semicolons, CRLF.

use crate::columns::{Cell, row};
use crate::words::Words;
use crate::written::{Hashing, Written};
use crate::{ExportError, Layout};
use ::csv::{Terminator, WriterBuilder};
use domain::lead::LeadRecord;
use std::borrow::Borrow;
use std::io::{self, Write};

/// What tells Excel that the file is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes leads one by one; nothing of them is kept.
pub fn csv<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    output: impl Write,
) -> Result<Written, ExportError> {
    let mut output = Hashing::new(output);
    let count = rows(leads, layout, &mut output)?;
    Ok(output.finish(count)?)
}

/// The whole file into `output`; returns how many leads.
pub(crate) fn rows<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    mut output: impl Write,
) -> io::Result<u64> {
    output.write_all(MARK)?;
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(&mut output);
    writer.write_record(Words::of(layout.lang).headers)?;
    let mut count = 0;
    for lead in leads {
        writer.write_record(row(lead.borrow(), layout).map(text))?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => as_text(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Moment(moment) => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Text that no spreadsheet computes; the full-width signs count as the plain ones in some languages of Excel.
fn as_text(text: String) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text,
    }
}
