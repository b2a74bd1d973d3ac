//! Reads a catalogue source: a folder of spreadsheets with `photos/`. Owns the columns, every check of them and the
//! sentences about what is wrong. Must not know keys, signatures or bundles.

mod cells;
mod comma;
mod excel;
#[cfg(test)]
mod fifty;
mod kinds;
mod known;
mod load;
mod photos;
mod projects;
mod rows;
mod shapes;
mod table;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use photos::wanted;
pub use template::{Tongue, template};

use crate::fault::{Fault, Faults};
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

/// Reads the folder, or tells every fault in its tables at once. Of photos only the headers are looked at.
pub fn read(folder: &Path) -> Result<Source, Faults> {
    let Look {
        catalogue,
        published_on,
        photos,
        faults,
    } = look(folder);
    match published_on {
        Some(published_on) if faults.is_empty() => Ok(Source {
            catalogue,
            photos,
            published_on,
        }),
        _ => Err(Faults::of(faults)),
    }
}

/// What a folder holds, faults and all.
pub(crate) struct Look {
    /// The rows without a fault.
    pub catalogue: Catalogue,
    pub published_on: Option<Date>,
    /// Photos that were found, whatever is wrong in their rows.
    pub photos: Vec<Photo>,
    pub faults: Vec<Fault>,
}

/// Reads the folder as far as it can be read.
pub(crate) fn look(folder: &Path) -> Look {
    let mut faults = Vec::new();
    let tables = load::tables(folder, &mut faults);
    let (catalogue, published_on, photos) = rows::read(&tables, folder, &mut faults);
    Look {
        catalogue,
        published_on,
        photos,
        faults,
    }
}
