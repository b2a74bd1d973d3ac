//! Reads tables from the sheets of `catalogue.xlsx`. Numbers, dates and booleans become the text that a CSV file would
//! contain. Must not know what columns mean.

use crate::fault::Fault;
use crate::source::cells::comma_separated;
use crate::source::schema::{SCHEMAS, TableSchema};
use crate::source::table::Grid;
use calamine::{Data, Reader, Xlsx};
use expo_texts::TemplateLanguage;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Reads the sheets of all tables. Returns each grid with the name of its table.
pub(super) fn read_grids(file: &str, path: &Path, faults: &mut Vec<Fault>) -> Vec<(&'static str, Grid)> {
    let opened = File::open(path)
        .map_err(|e| e.to_string())
        .and_then(|opened| Xlsx::new(BufReader::new(opened)).map_err(|e| e.to_string()));
    let mut workbook = match opened {
        Ok(workbook) => workbook,
        Err(problem) => {
            faults.push(Fault::file(
                file,
                &problem,
                "an Excel workbook (.xlsx) without a password",
            ));
            return Vec::new();
        }
    };
    let mut grids = Vec::new();
    for name in workbook.sheet_names() {
        if is_instruction_sheet(&name) {
            continue;
        }
        let label = format!("{file} [{name}]");
        let range = match workbook.worksheet_range(&name) {
            Ok(range) if range.is_empty() => continue,
            Ok(range) => range,
            Err(error) => {
                faults.push(Fault::file(
                    &label,
                    &error.to_string(),
                    "a sheet that can be read",
                ));
                continue;
            }
        };
        let Some(schema) = TableSchema::find(&name) else {
            let names = comma_separated(SCHEMAS.iter().map(|schema| schema.name));
            faults.push(Fault::file(&label, &name, format!("only sheets named {names}")));
            continue;
        };
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Vec::new();
        for (number, cells) in (first_row + 1..).zip(range.rows()) {
            // Empty columns left of the first filled one are dropped. They have no name, so nothing is lost.
            let texts = cells.iter().zip(first_column..).map(|(cell, column)| {
                text(cell).unwrap_or_else(|problem| {
                    let cell_name = format!("{}{number}", column_letters(column));
                    let expected = format!("a value in cell {cell_name}, not a formula that fails");
                    faults.push(Fault::cell(&label, number, "", &problem, expected));
                    String::new()
                })
            });
            rows.push((number, texts.collect()));
        }
        grids.push((schema.name, Grid { file: label, rows }));
    }
    grids
}

/// Whether the sheet holds the instructions of the template, in any language. It is not read.
fn is_instruction_sheet(name: &str) -> bool {
    TemplateLanguage::ALL
        .into_iter()
        .any(|language| expo_texts::template(language).instruction_sheet == name)
}

/// The text of the cell as in a CSV file, or the error that the cell shows.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        Data::DateTime(duration) => number_text(duration.as_f64()),
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        Data::Error(error) => return Err(error.to_string()),
    })
}

/// The number with the 15 digits that Excel shows, without binary rounding errors.
fn number_text(number: f64) -> String {
    format!("{number:.14e}")
        .parse::<f64>()
        .unwrap_or(number)
        .to_string()
}

/// `A`, `B`, … `Z`, `AA`, …
fn column_letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 {
        last.to_string()
    } else {
        format!("{}{last}", column_letters(column / 26 - 1))
    }
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
        ] {
            assert_eq!(number_text(number), shown);
        }
        assert_eq!(
            [0, 25, 26, 701, 702].map(column_letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }
}
