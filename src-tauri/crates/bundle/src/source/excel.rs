//! Tables in the sheets of `catalogue.xlsx`: numbers, dates and truth values as Excel keeps them become the text that a
//! CSV file would hold.

use crate::fault::Fault;
use crate::source::shapes::{EXPLANATIONS, SHAPES};
use crate::source::table::Grid;
use calamine::{Data, Reader, Xlsx};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Reads every sheet that is a table, with the name of its table.
pub(super) fn grids(file: &str, path: &Path, faults: &mut Vec<Fault>) -> Vec<(&'static str, Grid)> {
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
        if EXPLANATIONS.contains(&name.as_str()) {
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
        let Some(shape) = SHAPES.iter().find(|shape| shape.name == name) else {
            let names = super::cells::list_of(SHAPES.iter().map(|shape| shape.name));
            faults.push(Fault::file(&label, &name, format!("only sheets named {names}")));
            continue;
        };
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Vec::new();
        for (number, cells) in (first_row + 1..).zip(range.rows()) {
            // Columns left of the first filled one keep no name; shifting them away changes nothing.
            let texts = cells.iter().zip(first_column..).map(|(cell, column)| {
                text(cell).unwrap_or_else(|problem| {
                    let place = format!("{}{number}", letters(column));
                    let expected = format!("a value in cell {place}, not a formula that fails");
                    faults.push(Fault::cell(&label, number, "", &problem, expected));
                    String::new()
                })
            });
            rows.push((number, texts.collect()));
        }
        grids.push((shape.name, Grid { file: label, rows }));
    }
    grids
}

/// The cell as a CSV file would hold it, or the error it shows.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
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

/// The fifteen digits that Excel shows, without the noise of binary fractions.
fn number_text(number: f64) -> String {
    format!("{number:.14e}")
        .parse::<f64>()
        .unwrap_or(number)
        .to_string()
}

/// `A`, `B`, … `Z`, `AA`, …
fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 {
        last.to_string()
    } else {
        format!("{}{last}", letters(column / 26 - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_their_binary_noise() {
        for (number, shown) in [
            (288_000.0, "288000"),
            (88.55, "88.55"),
            (0.1 + 0.2, "0.3"),
            (-5.0, "-5"),
        ] {
            assert_eq!(number_text(number), shown);
        }
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
