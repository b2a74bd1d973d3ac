//! Reads a catalogue source: a folder of spreadsheets with the folders `photos/`, `guides/` and `rules/`. Owns the table schemas, all
//! checks of the cells and the wording of faults. Must not know keys, signatures or bundles.

mod admission;
mod canonical;
pub(crate) mod cells;
mod column_type;
mod csv;
mod excel;
mod grid;
mod guides;
mod header;
mod load;
mod markdown;
mod months;
mod other_format;
mod partners;
mod photos;
mod plausibility;
mod projects;
mod references;
mod rows;
mod rules;
mod schema;
mod stand;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod text_files;
mod xlsx;

pub use photos::Photo;
pub(crate) use photos::{expected_picture, unreadable};
pub use template::template;

use crate::fault::{Fault, Faults, Findings};
use expo_domain::Catalogue;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

/// A source without faults.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The catalogue without its pictures.
    pub catalogue: Catalogue,
    /// The photos that become the pictures, by project and position.
    pub photos: Vec<Photo>,
    /// Publication day, as given in the table `source`.
    pub published_on: Date,
}

/// Reads the folder, or returns all faults of its tables. Of photos only the headers are checked. Warnings are accepted.
pub fn read(folder: &Path) -> Result<Source, Faults> {
    let scan = scan(folder);
    let faults = scan.report.faults;
    match scan.published_on {
        Some(published_on) if faults.is_empty() => Ok(Source {
            catalogue: scan.catalogue,
            photos: scan.photos,
            published_on,
        }),
        _ => Err(Faults::new(faults)),
    }
}

/// Number of rows that were read from one file or sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableCount {
    /// Name of the table.
    pub table: String,
    /// `units.csv` or `catalogue.xlsx [units]`.
    pub file: String,
    /// Rows below the header.
    pub rows: usize,
}

/// What was read, what was not, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The rows of each table.
    pub tables: Vec<TableCount>,
    /// With any fault nothing is built.
    pub faults: Vec<Fault>,
    /// Values to confirm.
    pub warnings: Vec<Fault>,
    /// Files, sheets, columns and rows that are not read.
    pub notes: Vec<Fault>,
}

/// Content of a folder, with its report.
pub(crate) struct SourceScan {
    /// The rows without a fault.
    pub catalogue: Catalogue,
    pub published_on: Option<Date>,
    /// The photos whose files exist, even if their rows have faults.
    pub photos: Vec<Photo>,
    pub report: Report,
}

/// Reads as much of the folder as possible.
pub(crate) fn scan(folder: &Path) -> SourceScan {
    let mut findings = Findings::default();
    let tables = load::tables(folder, &mut findings);
    let (mut catalogue, published_on, photos) = rows::read(&tables, folder, &mut findings);
    catalogue.documents = guides::read(folder, &mut findings);
    catalogue.documents.extend(partners::read(&tables, &mut findings));
    catalogue.documents.extend(rules::read(folder, &mut findings));
    catalogue.documents.extend(stand::read(&tables, &mut findings));
    let counts = tables.iter().map(|(name, table)| TableCount {
        table: (*name).to_owned(),
        file: table.file.clone(),
        rows: table.row_count(),
    });
    let [faults, warnings, notes] = findings.sorted();
    SourceScan {
        catalogue,
        published_on,
        photos,
        report: Report {
            tables: counts.collect(),
            faults,
            warnings,
            notes,
        },
    }
}
