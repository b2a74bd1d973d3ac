//! Finds the tables of a source folder, as CSV files or as sheets of one workbook.

use crate::fault::Fault;
use crate::source::cells::list_of;
use crate::source::shapes::{SHAPES, Shape};
use crate::source::table::{Grid, Table};
use crate::source::{comma, excel};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Name of the workbook.
const WORKBOOK: &str = "catalogue.xlsx";
/// Most bytes of one file of tables: far beyond the design size, and it is held in memory.
const MAX_TABLE_BYTES: u64 = 128 * 1024 * 1024;

/// The tables found, by name.
pub(super) type Tables = BTreeMap<&'static str, Table>;

/// Reads every table and tells which are missing, unknown or there twice.
pub(super) fn tables(folder: &Path, faults: &mut Vec<Fault>) -> Tables {
    let mut tables = Tables::new();
    for (name, grid) in grids(folder, faults) {
        let Some(shape) = Shape::of(name) else { continue };
        let table = Table::new(shape, grid, faults);
        if let Some(other) = tables.get(name) {
            let expected = format!("the table {name} once; it stands in {} too", other.file);
            faults.push(Fault::file(&table.file, name, expected));
        } else {
            tables.insert(name, table);
        }
    }
    for shape in SHAPES
        .iter()
        .filter(|shape| !shape.may_be_absent && !tables.contains_key(shape.name))
    {
        let file = format!("{}.csv", shape.name);
        // What could not be read was told already.
        let places = [&file, WORKBOOK, &format!("{WORKBOOK} [{}]", shape.name)];
        if !faults.iter().any(|fault| places.contains(&fault.file.as_str())) {
            let expected = format!("this file, or a sheet {} in {WORKBOOK}", shape.name);
            faults.push(Fault::file(&file, "", expected));
        }
    }
    tables
}

fn grids(folder: &Path, faults: &mut Vec<Fault>) -> Vec<(&'static str, Grid)> {
    let mut grids = Vec::new();
    for file in files(folder, faults) {
        let path = folder.join(&file);
        if file == WORKBOOK {
            if is_small(&path, &file, faults) {
                grids.extend(excel::grids(&file, &path, faults));
            }
        } else if let Some(name) = file.strip_suffix(".csv") {
            let Some(shape) = Shape::of(name) else {
                let names = list_of(SHAPES.iter().map(|shape| shape.name));
                faults.push(Fault::file(&file, name, format!("only CSV files named {names}")));
                continue;
            };
            if is_small(&path, &file, faults) {
                match fs::read(&path) {
                    Ok(bytes) => {
                        grids.extend(comma::grid(&file, &bytes, faults).map(|grid| (shape.name, grid)));
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

fn is_small(path: &Path, file: &str, faults: &mut Vec<Fault>) -> bool {
    let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if bytes > MAX_TABLE_BYTES {
        let expected = format!("at most {MAX_TABLE_BYTES} bytes");
        faults.push(Fault::file(file, &format!("{bytes} bytes"), expected));
    }
    bytes <= MAX_TABLE_BYTES
}
