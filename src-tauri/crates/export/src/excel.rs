//! An Excel workbook: one sheet of leads, one of counts.

use crate::columns::{Cell, WIDTHS, row};
use crate::words::{COLUMNS, Words};
use crate::written::{Hashing, Written};
use crate::{ExportError, Layout};
use domain::lead::LeadRecord;
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::Write;

/// Rows of a sheet without its header.
const MOST: u32 = 1_048_575;

/// Place of the local time among the headers.
const TAKEN_AT: usize = 1;

/// Columns that the summary counts, by their place among the headers: stop, kiosk, language, country, channel, purpose,
/// desk, and the four consents.
const COUNTED: [usize; 11] = [3, 4, 5, 9, 11, 12, 13, 16, 17, 18, 19];

/// Writes leads as a workbook. It is made in memory, because the mode that saves memory writes temporary files.
pub fn xlsx<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    output: impl Write,
) -> Result<Written, ExportError> {
    let words = Words::of(layout.lang);
    let mut workbook = Workbook::new();
    let mut counts = Counts::default();
    let sheet = workbook.add_worksheet().set_name(words.leads)?;
    let rows = fill(sheet, leads, layout, &mut counts)?;
    summarise(
        workbook.add_worksheet().set_name(words.summary)?,
        &counts,
        rows,
        words,
    )?;
    if let Some(last) = counts.last {
        // The same leads give the same file, whenever it is made.
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel_moment(last)?));
    }
    let bytes = workbook.save_to_buffer()?;
    let mut output = Hashing::new(output);
    output.write_all(&bytes)?;
    Ok(output.finish(u64::from(rows))?)
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        // Some of its errors quote the text of a cell; the kind is enough.
        let kind = format!("{error:?}");
        Self::Excel(kind.split(['(', ' ', '{']).next().unwrap_or_default().to_owned())
    }
}

/// The sheet of leads; returns how many.
fn fill<R: Borrow<LeadRecord>>(
    sheet: &mut Worksheet,
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    counts: &mut Counts,
) -> Result<u32, ExportError> {
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let money = Format::new().set_num_format("#,##0");
    for (column, (name, width)) in (0..).zip(Words::of(layout.lang).headers.into_iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, name, &heading())?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut rows = 0;
    for lead in leads {
        if rows == MOST {
            return Err(ExportError::TooMany);
        }
        rows += 1;
        let cells = row(lead.borrow(), layout);
        counts.add(&cells);
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(rows, column, text)?,
                Cell::Whole(number) => sheet.write_number_with_format(rows, column, number as f64, &money)?,
                Cell::Moment(at) => {
                    sheet.write_datetime_with_format(rows, column, excel_moment(at)?, &moment)?
                }
            };
        }
    }
    sheet.autofilter(0, 0, rows, COLUMNS as u16 - 1)?;
    Ok(rows)
}

/// How often each value of the counted columns stands there, and when the first and the last lead was taken.
#[derive(Default)]
struct Counts {
    values: [BTreeMap<String, u32>; COUNTED.len()],
    first: Option<DateTime>,
    last: Option<DateTime>,
}

impl Counts {
    fn add(&mut self, cells: &[Cell; COLUMNS]) {
        for (counts, column) in self.values.iter_mut().zip(COUNTED) {
            let value = match &cells[column] {
                Cell::Text(text) => text.clone(),
                _ => String::new(),
            };
            *counts.entry(value).or_default() += 1;
        }
        if let Cell::Moment(at) = &cells[TAKEN_AT] {
            self.first = Some(self.first.map_or(*at, |first| first.min(*at)));
            self.last = Some(self.last.map_or(*at, |last| last.max(*at)));
        }
    }
}

fn summarise(sheet: &mut Worksheet, counts: &Counts, leads: u32, words: &Words) -> Result<(), ExportError> {
    sheet.set_column_width(0, 32)?.set_column_width(1, 18)?;
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    sheet.write_string_with_format(0, 0, words.total, &heading())?;
    sheet.write_number(0, 1, leads)?;
    for (row, name, at) in [(1, words.first, counts.first), (2, words.last, counts.last)] {
        sheet.write_string_with_format(row, 0, name, &heading())?;
        if let Some(at) = at {
            sheet.write_datetime_with_format(row, 1, excel_moment(at)?, &moment)?;
        }
    }
    let mut row = 4;
    for (counts, column) in counts.values.iter().zip(COUNTED) {
        sheet.write_string_with_format(row, 0, words.headers[column], &heading())?;
        row += 1;
        for (value, count) in counts {
            sheet.write_string(row, 0, if value.is_empty() { words.none } else { value })?;
            sheet.write_number(row, 1, *count)?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

fn heading() -> Format {
    Format::new().set_bold().set_text_wrap()
}

fn excel_moment(at: DateTime) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(at.year() as u16, at.month() as u8, at.day() as u8)?.and_hms(
        at.hour() as u16,
        at.minute() as u8,
        f64::from(at.second()),
    )
}
