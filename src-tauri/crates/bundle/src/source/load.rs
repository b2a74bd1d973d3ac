//! Loads the tables of a source folder from CSV files and from the sheets of one workbook. Must not know cells.

use crate::fault::Fault;
use crate::source::cells::comma_separated;
use crate::source::schema::{SCHEMAS, TableSchema};
use crate::source::table::{Grid, Table, Tables};
use crate::source::{csv, excel};
use std::fs;
use std::path::Path;

/// File name of the workbook.
const WORKBOOK_FILE: &str = "catalogue.xlsx";
/// Maximum size of one file of tables in bytes. It is far above the expected size, and the file is held in memory.
const MAX_TABLE_BYTES: u64 = 128 * 1024 * 1024;

/// Reads every table. Adds a fault for each table that is missing, unknown or duplicated.
pub(super) fn tables(folder: &Path, faults: &mut Vec<Fault>) -> Tables {
    let mut tables = Tables::new();
    for (name, grid) in grids(folder, faults) {
        let Some(schema) = TableSchema::find(name) else {
            continue;
        };
        let table = Table::new(schema, grid, faults);
        if let Some(other) = tables.get(name) {
            let expected = format!("the table {name} only once; it is in {} too", other.file);
            faults.push(Fault::file(&table.file, name, expected));
        } else {
            tables.insert(name, table);
        }
    }
    for schema in SCHEMAS
        .iter()
        .filter(|schema| !schema.is_optional && !tables.contains_key(schema.name))
    {
        let file = format!("{}.csv", schema.name);
        // A file that cannot be read already has a fault.
        let sources = [
            &file,
            WORKBOOK_FILE,
            &format!("{WORKBOOK_FILE} [{}]", schema.name),
        ];
        if !faults.iter().any(|fault| sources.contains(&fault.file.as_str())) {
            let expected = format!("this file, or a sheet {} in {WORKBOOK_FILE}", schema.name);
            faults.push(Fault::file(&file, "", expected));
        }
    }
    tables
}

fn grids(folder: &Path, faults: &mut Vec<Fault>) -> Vec<(&'static str, Grid)> {
    let mut grids = Vec::new();
    for file in files(folder, faults) {
        let path = folder.join(&file);
        if file == WORKBOOK_FILE {
            if check_size(&path, &file, faults) {
                grids.extend(excel::read_grids(&file, &path, faults));
            }
        } else if let Some(name) = file.strip_suffix(".csv") {
            let Some(schema) = TableSchema::find(name) else {
                let names = comma_separated(SCHEMAS.iter().map(|schema| schema.name));
                faults.push(Fault::file(&file, name, format!("only CSV files named {names}")));
                continue;
            };
            if check_size(&path, &file, faults) {
                match fs::read(&path) {
                    Ok(bytes) => {
                        grids.extend(csv::read_grid(&file, &bytes, faults).map(|grid| (schema.name, grid)));
                    }
                    Err(error) => {
                        faults.push(Fault::file(&file, &error.to_string(), "a file that can be read"));
                    }
                }
            }
        }
    }
    grids
}

/// Names of the files in the folder, sorted.
fn files(folder: &Path, faults: &mut Vec<Fault>) -> Vec<String> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let names = entries
                .flatten()
                .filter_map(|entry| entry.file_name().into_string().ok());
            let mut names: Vec<String> = names.filter(|name| !name.starts_with(['.', '~'])).collect();
            names.sort();
            names
        }
        Err(error) => {
            let name = folder.display().to_string();
            faults.push(Fault::file(
                &name,
                &error.to_string(),
                "a folder with tables and photos",
            ));
            Vec::new()
        }
    }
}

/// Whether the file is small enough; adds a fault if not.
fn check_size(path: &Path, file: &str, faults: &mut Vec<Fault>) -> bool {
    let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if bytes > MAX_TABLE_BYTES {
        let expected = format!("at most {MAX_TABLE_BYTES} bytes");
        faults.push(Fault::file(file, &format!("{bytes} bytes"), expected));
    }
    bytes <= MAX_TABLE_BYTES
}
