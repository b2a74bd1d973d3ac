//! Finds the tables in the sheets of a workbook. Reports every sheet that is not read. Must not know what columns mean.

use crate::fault::{Fault, Findings, message};
use crate::source::cells::comma_separated;
use crate::source::grid::Grid;
use crate::source::schema::{SCHEMAS, TableSchema};
use crate::source::xlsx::{Workbook, XlsxError};
use expo_texts::TemplateLanguage;
use std::path::Path;

/// Reads the sheets of all tables. Returns each grid with the name of its table.
pub(super) fn read_grids(file: &str, path: &Path, findings: &mut Findings) -> Vec<(&'static str, Grid)> {
    let mut grids: Vec<(&'static str, Grid)> = Vec::new();
    let mut workbook = match Workbook::open(path) {
        Ok(workbook) => workbook,
        Err(error) => {
            findings.push(fault(file, &error));
            return grids;
        }
    };
    for sheet in workbook.sheets.clone() {
        let label = format!("{file} [{}]", sheet.name);
        if is_instruction_sheet(&sheet.name) {
            let text = message(|t| t.formats.workbook.instructions.to_owned());
            findings.push(Fault::file(&label, "", text).note());
            continue;
        }
        let schema = TableSchema::find(&sheet.name.trim().to_lowercase());
        if schema.is_none() && sheet.is_hidden {
            let text = message(|t| t.formats.workbook.hidden_sheet.to_owned());
            findings.push(Fault::file(&label, "", text).note());
            continue;
        }
        let rows = match workbook.rows(&sheet) {
            Ok(rows) => rows,
            Err(error) => {
                findings.push(fault(&label, &error));
                continue;
            }
        };
        if rows.is_empty() {
            continue;
        }
        let Some(schema) = schema else {
            let names = comma_separated(SCHEMAS.iter().map(|schema| schema.name));
            let expected = message(|t| (t.formats.workbook.sheet_names)(&names));
            findings.push(Fault::file(&label, &sheet.name, expected));
            continue;
        };
        if let Some((name, other)) = grids.iter().find(|(name, _)| *name == schema.name) {
            let expected = message(|t| (t.files.table_once)(name, &other.file));
            findings.push(Fault::file(&label, name, expected));
            continue;
        }
        if sheet.is_hidden {
            let text = message(|t| t.formats.workbook.hidden_table.to_owned());
            findings.push(Fault::file(&label, "", text).warning());
        }
        let grid = Grid {
            file: label,
            is_csv: false,
            rows,
        };
        grids.push((schema.name, grid));
    }
    grids
}

fn fault(file: &str, error: &XlsxError) -> Fault {
    Fault::file(file, error.found(), error.expected())
}

/// Whether the sheet holds the instructions of the template, in any language. It is not read.
fn is_instruction_sheet(name: &str) -> bool {
    TemplateLanguage::ALL
        .into_iter()
        .any(|language| expo_texts::template(language).instruction_sheet == name)
}
