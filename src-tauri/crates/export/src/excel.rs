//! An Excel workbook with a sheet of leads and a sheet of counts.

use crate::columns::{COLUMN_COUNT, COLUMN_WIDTHS, Cell, header_row, row};
use crate::hashing_writer::{ExportStats, HashingWriter};
use crate::{ExportError, ExportLocale};
use expo_domain::lead::LeadRecord;
use expo_texts::Language;
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::Write;

/// Maximum number of rows of a sheet, without its header.
const MAX_ROWS: u32 = 1_048_575;

/// Index of the column with the local time.
const TAKEN_AT_COLUMN: usize = 1;

/// Indices of the columns that the summary counts: stop, kiosk, language, country, channel, purpose, desk and the four
/// consents.
const SUMMARY_COLUMNS: [usize; 11] = [3, 4, 5, 9, 11, 12, 13, 16, 17, 18, 19];

/// Writes leads as a workbook. Builds it in memory, because the low-memory mode of the library writes temporary files.
pub fn write_xlsx<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let language = expo_texts::of(locale.lang);
    let mut workbook = Workbook::new();
    let mut counts = Counts::default();
    let sheet = workbook.add_worksheet().set_name(language.export.leads_sheet)?;
    let rows = write_leads(sheet, leads, locale, &mut counts)?;
    write_summary(
        workbook.add_worksheet().set_name(language.export.summary_sheet)?,
        &counts,
        rows,
        language,
    )?;
    if let Some(last) = counts.last {
        // Makes the file reproducible: the same leads give the same bytes.
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel_datetime(last)?));
    }
    let bytes = workbook.save_to_buffer()?;
    let mut output = HashingWriter::new(output);
    output.write_all(&bytes)?;
    Ok(output.finish(u64::from(rows))?)
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        // Some errors quote the text of a cell, which is personal. The kind of the error is enough.
        let kind = format!("{error:?}");
        Self::Excel(kind.split(['(', ' ', '{']).next().unwrap_or_default().to_owned())
    }
}

/// Writes the sheet of leads and returns their number.
fn write_leads<R: Borrow<LeadRecord>>(
    sheet: &mut Worksheet,
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    counts: &mut Counts,
) -> Result<u32, ExportError> {
    let language = expo_texts::of(locale.lang);
    let date_format = date_time_format(language);
    let integer_format = Format::new().set_num_format("#,##0");
    let headers = header_row(&language.export.headers);
    for (column, (name, width)) in (0..).zip(headers.into_iter().zip(COLUMN_WIDTHS)) {
        sheet.write_string_with_format(0, column, name, &heading_format())?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut rows = 0;
    for lead in leads {
        if rows == MAX_ROWS {
            return Err(ExportError::TooMany);
        }
        rows += 1;
        let cells = row(lead.borrow(), locale);
        counts.add(&cells);
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(rows, column, text)?,
                Cell::Integer(number) => {
                    sheet.write_number_with_format(rows, column, number as f64, &integer_format)?
                }
                Cell::LocalTime(at) => {
                    sheet.write_datetime_with_format(rows, column, excel_datetime(at)?, &date_format)?
                }
            };
        }
    }
    sheet.autofilter(0, 0, rows, COLUMN_COUNT as u16 - 1)?;
    Ok(rows)
}

/// Number of leads for each value of the summary columns, and the times of the first and the last lead.
#[derive(Default)]
struct Counts {
    values: [BTreeMap<String, u32>; SUMMARY_COLUMNS.len()],
    first: Option<DateTime>,
    last: Option<DateTime>,
}

impl Counts {
    fn add(&mut self, cells: &[Cell; COLUMN_COUNT]) {
        for (counts, column) in self.values.iter_mut().zip(SUMMARY_COLUMNS) {
            let value = match &cells[column] {
                Cell::Text(text) => text.clone(),
                _ => String::new(),
            };
            *counts.entry(value).or_default() += 1;
        }
        if let Cell::LocalTime(at) = &cells[TAKEN_AT_COLUMN] {
            self.first = Some(self.first.map_or(*at, |first| first.min(*at)));
            self.last = Some(self.last.map_or(*at, |last| last.max(*at)));
        }
    }
}

fn write_summary(
    sheet: &mut Worksheet,
    counts: &Counts,
    leads: u32,
    language: &Language,
) -> Result<(), ExportError> {
    let texts = &language.export;
    let headers = header_row(&texts.headers);
    let date_format = date_time_format(language);
    sheet.set_column_width(0, 32)?.set_column_width(1, 18)?;
    sheet.write_string_with_format(0, 0, texts.total, &heading_format())?;
    sheet.write_number(0, 1, leads)?;
    for (row, name, at) in [
        (1, texts.first_lead, counts.first),
        (2, texts.last_lead, counts.last),
    ] {
        sheet.write_string_with_format(row, 0, name, &heading_format())?;
        if let Some(at) = at {
            sheet.write_datetime_with_format(row, 1, excel_datetime(at)?, &date_format)?;
        }
    }
    let mut row = 4;
    for (counts, column) in counts.values.iter().zip(SUMMARY_COLUMNS) {
        sheet.write_string_with_format(row, 0, headers[column], &heading_format())?;
        row += 1;
        for (value, count) in counts {
            sheet.write_string(row, 0, if value.is_empty() { texts.not_given } else { value })?;
            sheet.write_number(row, 1, *count)?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

fn heading_format() -> Format {
    Format::new().set_bold().set_text_wrap()
}

fn date_time_format(language: &Language) -> Format {
    Format::new().set_num_format(language.formats.excel_date_time_format)
}

fn excel_datetime(at: DateTime) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(at.year() as u16, at.month() as u8, at.day() as u8)?.and_hms(
        at.hour() as u16,
        at.minute() as u8,
        f64::from(at.second()),
    )
}
