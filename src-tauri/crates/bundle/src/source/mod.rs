//! Reads a catalogue source: a folder of spreadsheets with `photos/`. Owns the columns, every check of them and the
//! sentences about what is wrong. Must not know keys, signatures or bundles.

mod cells;
mod comma;
mod excel;
mod known;
mod load;
mod photos;
mod projects;
mod rows;
mod shapes;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use photos::wanted;

use crate::fault::Faults;
use domain::{Catalogue, PictureKind, Texts};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A whole source without a fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Everything but the pictures.
    pub catalogue: Catalogue,
    /// The photos that become the pictures, in order of project and position.
    pub photos: Vec<Photo>,
    /// The day headquarters wrote on it.
    pub published_on: Date,
}

/// One row of the table `pictures`.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Identifier of its project.
    pub project: String,
    /// Place in the gallery, 1 is the cover.
    pub position: u32,
    /// What it shows.
    pub kind: PictureKind,
    /// What it shows, in words.
    pub caption: Texts,
    /// Where the file lies, every link resolved.
    pub path: PathBuf,
    /// Where its row stands, for faults that only show when it is decoded.
    pub(crate) table: String,
    pub(crate) row: u32,
    pub(crate) file: String,
}

/// Reads the folder, or tells every fault in it at once.
pub fn read(folder: &Path) -> Result<Source, Faults> {
    let mut faults = Vec::new();
    let tables = load::tables(folder, &mut faults);
    let source = rows::source(&tables, folder, &mut faults);
    match source {
        Some(source) if faults.is_empty() => Ok(source),
        _ => {
            faults.sort();
            faults.dedup();
            Err(Faults(faults))
        }
    }
}
