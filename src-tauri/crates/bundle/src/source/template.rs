//! The template of a source: a workbook with every table and column, notes with the expected content, drop-down lists
//! of codes, and one example row per sheet. A bundle can be built from the unchanged template. Uses the same schema as
//! the reader. Must not know rows or faults.

use crate::source::column_type::ColumnType;
use crate::source::schema::{Heading, SCHEMAS, TableSchema};
use expo_texts::{TemplateLanguage, TemplateTexts};
use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError,
};

/// Last row with drop-down lists, counted from 0: the last row of an Excel sheet.
const LAST_ROW: u32 = 1_048_575;
/// Header of a column that must be filled: green.
const REQUIRED_COLOR: Color = Color::RGB(0x00_2F_6B_4F);
/// Header of a column that may be empty: grey.
const OPTIONAL_COLOR: Color = Color::RGB(0x00_7A_7A_7A);
/// Example row: yellow.
const EXAMPLE_COLOR: Color = Color::RGB(0x00_FF_F4_CC);

/// The template as the bytes of an Excel workbook, to be saved as `catalogue.xlsx` in a source folder.
pub fn template(language: TemplateLanguage) -> Result<Vec<u8>, XlsxError> {
    let texts = expo_texts::template(language);
    let mut workbook = Workbook::new();
    write_instructions(workbook.add_worksheet(), texts)?;
    for schema in SCHEMAS {
        write_table(workbook.add_worksheet(), schema, texts)?;
    }
    workbook.save_to_buffer()
}

/// The first sheet: instructions.
fn write_instructions(sheet: &mut Worksheet, texts: &TemplateTexts) -> Result<(), XlsxError> {
    sheet
        .set_name(texts.instruction_sheet)?
        .set_column_width(0, 110)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let title = Format::new().set_bold().set_font_size(16);
    for (row, line) in (0..).zip(texts.instructions.lines()) {
        let format = if row == 0 { &title } else { &wrapped };
        sheet.write_string_with_format(row, 0, line, format)?;
    }
    Ok(())
}

/// The sheet of one table: header with notes, example row, drop-down lists.
fn write_table(
    sheet: &mut Worksheet,
    schema: &'static TableSchema,
    texts: &TemplateTexts,
) -> Result<(), XlsxError> {
    sheet.set_name(schema.name)?.set_freeze_panes(1, 0)?;
    // All cells are text, so that Excel does not convert telephone numbers or dates.
    let text = Format::new().set_num_format("@");
    let example = text.clone().set_background_color(EXAMPLE_COLOR).set_italic();
    for (column, heading) in (0_u16..).zip(schema.headings()) {
        let background = if heading.is_required {
            REQUIRED_COLOR
        } else {
            OPTIONAL_COLOR
        };
        let header = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(background);
        let width = heading
            .name
            .len()
            .max(example_cell(&heading).chars().count().min(40))
            + 4;
        sheet
            .set_column_width(column, width as f64)?
            .set_column_format(column, &text)?
            .write_string_with_format(0, column, &heading.name, &header)?
            .write_string_with_format(1, column, example_cell(&heading), &example)?
            .insert_note(0, column, &note(&heading, texts))?;
        if let Some(list) = drop_down_list(heading.column.cell_type, texts)? {
            sheet.add_data_validation(1, column, LAST_ROW, column, &list)?;
        }
    }
    Ok(())
}

/// Cell of the example row. Only the French column of a text has one.
fn example_cell(heading: &Heading) -> &'static str {
    let is_translation = heading.lang.is_some_and(|lang| lang != expo_domain::Lang::Fr);
    if is_translation {
        ""
    } else {
        heading.column.example
    }
}

fn note(heading: &Heading, texts: &TemplateTexts) -> Note {
    let content = heading.column.cell_type.describe(&texts.columns);
    let text = if heading.is_required {
        (texts.required_column)(&content)
    } else {
        (texts.optional_column)(&content)
    };
    Note::new(text)
        .add_author_prefix(false)
        .set_width(320)
        .set_height(120)
}

/// The list of codes, or of the identifiers in another sheet.
fn drop_down_list(
    column_type: ColumnType,
    texts: &TemplateTexts,
) -> Result<Option<DataValidation>, XlsxError> {
    let choices = column_type.choices();
    let list = if let ColumnType::Reference(table) = column_type {
        let ids = format!("={table}!$A$2:$A${}", LAST_ROW + 1);
        DataValidation::new().allow_list_formula(Formula::new(ids))
    } else if choices.is_empty() {
        return Ok(None);
    } else {
        DataValidation::new().allow_list_strings(&choices)?
    };
    let list = list
        .set_error_title(texts.unknown_value_title)?
        .set_error_message(texts.unknown_value_message)?;
    Ok(Some(list))
}
