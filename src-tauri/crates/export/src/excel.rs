//! An Excel workbook with a sheet of leads, a sheet of counts and a sheet that explains the columns.

use crate::columns::{COLUMN_COUNT, COLUMNS, Cell, header_row, row};
use crate::hashing_writer::{ExportStats, HashingWriter};
use crate::{ExportError, ExportLocale};
use expo_domain::Lang;
use expo_domain::lead::LeadRecord;
use expo_texts::{Direction, Language};
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::Write;

/// Maximum number of rows of a sheet, without its header.
const MAX_ROWS: u32 = 1_048_575;
/// Width of an explanation, in characters.
const EXPLANATION_WIDTH: u16 = 70;

/// Writes leads as a workbook. Builds it in memory, because the low-memory mode of the library writes temporary files.
pub fn write_xlsx<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let rows = leads.into_iter().map(|lead| row(lead.borrow(), locale));
    write_workbook(rows, locale.lang, output)
}

/// Writes rows as a workbook.
pub(crate) fn write_workbook(
    rows: impl IntoIterator<Item = [Cell; COLUMN_COUNT]>,
    lang: Lang,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let language = expo_texts::of(lang);
    let mut workbook = Workbook::new();
    let mut counts = Counts::default();
    let sheet = add_sheet(&mut workbook, language.export.leads_sheet, language)?;
    let rows = write_leads(sheet, rows, language, &mut counts)?;
    let sheet = add_sheet(&mut workbook, language.export.summary_sheet, language)?;
    write_summary(sheet, &counts, rows, language)?;
    let sheet = add_sheet(&mut workbook, language.export.columns_sheet, language)?;
    write_explanations(sheet, language)?;
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

/// Adds a sheet whose first column is where readers of the language start.
fn add_sheet<'a>(
    workbook: &'a mut Workbook,
    name: &str,
    language: &Language,
) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    Ok(sheet.set_right_to_left(language.direction == Direction::RightToLeft))
}

/// Writes the sheet of leads and returns their number.
fn write_leads(
    sheet: &mut Worksheet,
    leads: impl IntoIterator<Item = [Cell; COLUMN_COUNT]>,
    language: &Language,
    counts: &mut Counts,
) -> Result<u32, ExportError> {
    let date_format = date_time_format(language);
    let integer_format = Format::new().set_num_format("#,##0");
    for (column, (name, spec)) in (0..).zip(header_row(&language.export.headers).into_iter().zip(&COLUMNS)) {
        sheet.write_string_with_format(0, column, name, &heading_format())?;
        sheet.set_column_width(column, spec.width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut rows = 0;
    for cells in leads {
        if rows == MAX_ROWS {
            return Err(ExportError::TooMany);
        }
        rows += 1;
        counts.add(&cells);
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(rows, column, text)?,
                Cell::Integer(number) => {
                    sheet.write_number_with_format(rows, column, number as f64, &integer_format)?
                }
                Cell::LocalTime(at) | Cell::UniversalTime(at) => {
                    sheet.write_datetime_with_format(rows, column, excel_datetime(at)?, &date_format)?
                }
            };
        }
    }
    sheet.autofilter(0, 0, rows, COLUMN_COUNT as u16 - 1)?;
    Ok(rows)
}

/// Number of leads for each value of the counted columns, and the times of the first and the last lead.
#[derive(Default)]
struct Counts {
    values: BTreeMap<usize, BTreeMap<String, u32>>,
    first: Option<DateTime>,
    last: Option<DateTime>,
}

impl Counts {
    fn add(&mut self, cells: &[Cell; COLUMN_COUNT]) {
        for (at, (cell, column)) in cells.iter().zip(&COLUMNS).enumerate() {
            if column.is_counted {
                let value = match cell {
                    Cell::Text(text) => text.clone(),
                    _ => String::new(),
                };
                *self.values.entry(at).or_default().entry(value).or_default() += 1;
            }
            if let Cell::LocalTime(at) = cell {
                self.first = Some(self.first.map_or(*at, |first| first.min(*at)));
                self.last = Some(self.last.map_or(*at, |last| last.max(*at)));
            }
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
    for (at, column) in COLUMNS.iter().enumerate().filter(|(_, column)| column.is_counted) {
        sheet.write_string_with_format(row, 0, (column.text)(&texts.headers), &heading_format())?;
        row += 1;
        for (value, count) in counts.values.get(&at).into_iter().flatten() {
            sheet.write_string(row, 0, if value.is_empty() { texts.not_given } else { value })?;
            sheet.write_number(row, 1, *count)?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

/// Explains every column in French and Arabic, whoever reads the file, and in the language of the file.
fn write_explanations(sheet: &mut Worksheet, language: &'static Language) -> Result<(), ExportError> {
    let mut readers: Vec<&Language> = vec![expo_texts::of(Lang::Fr), expo_texts::of(Lang::Ar)];
    if readers
        .iter()
        .all(|reader| reader.export.own_language != language.export.own_language)
    {
        readers.push(language);
    }
    let texts = &language.export;
    sheet.set_column_width(0, 28)?.set_column_width(1, 20)?;
    sheet.write_string_with_format(0, 0, texts.column, &heading_format())?;
    sheet.write_string_with_format(0, 1, texts.column_key, &heading_format())?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, reader) in (2..).zip(&readers) {
        sheet.set_column_width(at, EXPLANATION_WIDTH)?;
        sheet.write_string_with_format(0, at, reader.export.own_language, &heading_format())?;
    }
    for (row, column) in (1..).zip(&COLUMNS) {
        sheet.write_string(row, 0, (column.text)(&texts.headers))?;
        sheet.write_string(row, 1, column.key)?;
        for (at, reader) in (2..).zip(&readers) {
            let note = (column.text)(&reader.export.notes);
            sheet.write_string_with_format(row, at, note, &note_format(reader))?;
        }
    }
    Ok(())
}

fn heading_format() -> Format {
    Format::new().set_bold().set_text_wrap()
}

/// A wrapped text in the direction of its script.
fn note_format(language: &Language) -> Format {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    match language.direction {
        Direction::LeftToRight => format.set_reading_direction(1),
        Direction::RightToLeft => format.set_reading_direction(2).set_align(FormatAlign::Right),
    }
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
