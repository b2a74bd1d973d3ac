//! Reads a catalogue source: a folder of spreadsheets with the folders `photos/` and `guides/`. Owns the table schemas, all checks of
//! the cells and the wording of faults. Must not know keys, signatures or bundles.

mod cells;
mod column_type;
mod csv;
mod excel;
mod guides;
mod load;
mod markdown;
mod partners;
mod photos;
mod projects;
mod references;
mod rows;
mod schema;
mod table;
mod template;
#[cfg(test)]
mod tests;

pub use photos::Photo;
pub(crate) use photos::expected_picture;
pub use template::template;

use crate::fault::{Fault, Faults};
use expo_domain::Catalogue;
use jiff::civil::Date;
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

/// Reads the folder, or returns all faults of its tables. Of photos only the headers are checked.
pub fn read(folder: &Path) -> Result<Source, Faults> {
    let SourceScan {
        catalogue,
        published_on,
        photos,
        faults,
    } = scan(folder);
    match published_on {
        Some(published_on) if faults.is_empty() => Ok(Source {
            catalogue,
            photos,
            published_on,
        }),
        _ => Err(Faults::new(faults)),
    }
}

/// Content of a folder, with its faults.
pub(crate) struct SourceScan {
    /// The rows without a fault.
    pub catalogue: Catalogue,
    pub published_on: Option<Date>,
    /// The photos whose files exist, even if their rows have faults.
    pub photos: Vec<Photo>,
    pub faults: Vec<Fault>,
}

/// Reads as much of the folder as possible.
pub(crate) fn scan(folder: &Path) -> SourceScan {
    let mut faults = Vec::new();
    let tables = load::tables(folder, &mut faults);
    let (mut catalogue, published_on, photos) = rows::read(&tables, folder, &mut faults);
    catalogue.documents = guides::read(folder, &mut faults);
    catalogue.documents.extend(partners::read(&tables, &mut faults));
    SourceScan {
        catalogue,
        published_on,
        photos,
        faults,
    }
}
