//! Loads the tables of a source folder from CSV files and from the sheets of one workbook. Reports every file that is
//! not read. Must not know cells.

use crate::fault::{Fault, Findings, Severity, message};
use crate::source::cells::comma_separated;
use crate::source::grid::Grid;
use crate::source::guides::GUIDES_FOLDER;
use crate::source::rules::RULES_FOLDER;
use crate::source::schema::{SCHEMAS, TableSchema};
use crate::source::table::{Table, Tables, column_name};
use crate::source::{csv, excel, text_files};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// File name of the workbook.
const WORKBOOK_FILE: &str = "catalogue.xlsx";
/// Maximum size of one file of tables in bytes. It is far above the expected size, and the file is held in memory.
const MAX_TABLE_BYTES: u64 = 128 * 1024 * 1024;
/// Ends of the names of spreadsheets that are not read.
const OTHER_SPREADSHEETS: [&str; 12] = [
    "xls", "xlsb", "xlt", "xltx", "xltm", "ods", "fods", "ots", "numbers", "gsheet", "tsv", "xlsx",
];

/// What the name of a file says about its content.
enum FileKind {
    Workbook,
    Table(&'static TableSchema),
    /// A CSV file that is no table.
    UnknownTable,
    /// A table that was saved under a longer name, such as `offers.csv.txt`.
    Renamed(String),
    OtherSpreadsheet,
    Other,
}

impl FileKind {
    /// Names of files are compared without case, because Windows and Macs do not distinguish it.
    fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let end = name.rsplit('.').next().unwrap_or_default();
        if name == WORKBOOK_FILE || name == "catalogue.xlsm" {
            return Self::Workbook;
        }
        if let Some(table) = name.strip_suffix(".csv") {
            return TableSchema::find(table.trim()).map_or(Self::UnknownTable, Self::Table);
        }
        if OTHER_SPREADSHEETS.contains(&end) {
            return Self::OtherSpreadsheet;
        }
        let tables = SCHEMAS.iter().map(|schema| format!("{}.csv", schema.name));
        let mut intended = tables.chain([WORKBOOK_FILE.to_owned()]);
        let renamed = intended.find(|intended| name.starts_with(intended));
        renamed.map_or(Self::Other, Self::Renamed)
    }
}

/// Reads every table. Adds a fault for each table that is missing, unknown or duplicated.
pub(super) fn tables(folder: &Path, findings: &mut Findings) -> Tables {
    let mut tables = Tables::new();
    for (name, grid) in grids(folder, findings) {
        let Some(schema) = TableSchema::find(name) else {
            continue;
        };
        let table = Table::new(schema, grid, findings);
        if let Some(other) = tables.get(name) {
            let expected = message(|t| (t.files.table_once)(name, &other.file));
            findings.push(Fault::file(&table.file, name, expected));
        } else {
            tables.insert(name, table);
        }
    }
    for schema in SCHEMAS
        .iter()
        .filter(|schema| !schema.is_optional && !tables.contains_key(schema.name))
    {
        let file = format!("{}.csv", schema.name);
        if !has_fault(findings, schema.name) {
            let expected = message(|t| (t.files.missing_table)(schema.name));
            findings.push(Fault::file(&file, "", expected));
        }
    }
    tables
}

/// Whether the file of the table, or the workbook, already has a fault.
fn has_fault(findings: &Findings, table: &str) -> bool {
    let sheet = format!("[{table}]");
    findings.iter().any(|finding| {
        let file = finding.file.to_lowercase();
        let is_workbook = matches!(
            FileKind::of(&file),
            FileKind::Workbook | FileKind::OtherSpreadsheet
        );
        let concerns_table = is_workbook || file == format!("{table}.csv") || file.ends_with(&sheet);
        finding.severity == Severity::Fault && concerns_table
    })
}

fn grids(folder: &Path, findings: &mut Findings) -> Vec<(&'static str, Grid)> {
    let mut grids = Vec::new();
    let folders = [GUIDES_FOLDER, RULES_FOLDER].map(|name| text_files::folder(folder, name));
    for file in files(folder, findings) {
        let path = folder.join(&file);
        if path.is_dir() {
            let is_read = folders.iter().flatten().any(|folder| *folder == path);
            if !file.eq_ignore_ascii_case("photos") && !is_read {
                findings.push(not_read(&file));
            }
            continue;
        }
        match FileKind::of(&file) {
            FileKind::Workbook => {
                if check_size(&path, &file, findings) {
                    grids.extend(excel::read_grids(&file, &path, findings));
                }
            }
            FileKind::Table(schema) => {
                if let Some(bytes) = read(&path, &file, findings) {
                    let is_column = |name: &str| schema.has_column(&column_name(name));
                    let grid = csv::read_grid(&file, &bytes, &is_column, findings);
                    grids.extend(grid.map(|grid| (schema.name, grid)));
                }
            }
            FileKind::UnknownTable => {
                let names = comma_separated(SCHEMAS.iter().map(|schema| schema.name));
                let found = file.get(..file.len() - 4).unwrap_or(&file);
                let expected = message(|t| (t.files.csv_names)(&names));
                findings.push(Fault::file(&file, found, expected));
            }
            FileKind::Renamed(intended) => {
                let expected = message(|t| (t.files.rename_to)(&intended));
                findings.push(Fault::file(&file, &file, expected));
            }
            FileKind::OtherSpreadsheet => {
                let expected = message(|t| t.files.save_as_workbook.to_owned());
                findings.push(Fault::file(&file, &file, expected));
            }
            FileKind::Other => findings.push(not_read(&file)),
        }
    }
    grids
}

fn not_read(file: &str) -> Fault {
    Fault::file(file, "", message(|t| t.files.not_read.to_owned())).note()
}

/// Names of the files in the folder, sorted. Hidden files, and the locks of open workbooks, are left out.
fn files(folder: &Path, findings: &mut Findings) -> Vec<String> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let names = entries
                .flatten()
                .map(|entry| entry.file_name().to_string_lossy().into_owned());
            let mut names: Vec<String> = names.filter(|name| !name.starts_with(['.', '~'])).collect();
            names.sort();
            names
        }
        Err(error) => {
            let name = folder.display().to_string();
            let expected = message(|t| t.files.folder.to_owned());
            findings.push(Fault::file(&name, &error.to_string(), expected));
            Vec::new()
        }
    }
}

/// The content of a file; adds a fault if it is too large or cannot be read.
fn read(path: &Path, file: &str, findings: &mut Findings) -> Option<Vec<u8>> {
    if !check_size(path, file, findings) {
        return None;
    }
    let mut bytes = Vec::new();
    let result = File::open(path).and_then(|opened| opened.take(MAX_TABLE_BYTES).read_to_end(&mut bytes));
    match result {
        Ok(_) => Some(bytes),
        Err(error) => {
            let expected = message(|t| t.files.readable.to_owned());
            findings.push(Fault::file(file, &error.to_string(), expected));
            None
        }
    }
}

/// Whether the path is a file of an allowed size; adds a fault if not.
fn check_size(path: &Path, file: &str, findings: &mut Findings) -> bool {
    let metadata = fs::metadata(path);
    let bytes = metadata.as_ref().map_or(0, fs::Metadata::len);
    if bytes > MAX_TABLE_BYTES {
        let expected = message(|t| (t.files.max_bytes)(MAX_TABLE_BYTES));
        findings.push(Fault::file(file, &bytes.to_string(), expected));
        return false;
    }
    if !metadata.is_ok_and(|metadata| metadata.is_file()) {
        let expected = message(|t| t.files.readable.to_owned());
        findings.push(Fault::file(file, "", expected));
        return false;
    }
    true
}
