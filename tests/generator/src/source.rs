//! Writes a catalogue as a source folder with tables and photos. Must not know how it is read.

use crate::{PUBLISHED_ON, Recipe, catalogue, gallery_entries, photo};
use expo_domain::{Catalogue, Lang, Money, Texts};
use std::fs;
use std::path::Path;

/// Why a source could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A folder or file cannot be written.
    #[error("the source cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A table cannot be written.
    #[error("a table cannot be written: {0}")]
    Table(#[from] csv::Error),
    /// A photo cannot be written.
    #[error("a photo cannot be written: {0}")]
    Photo(#[from] image::ImageError),
}

/// Writes the catalogue of a recipe as CSV tables and photos to `folder`, and returns it. Reading the folder gives the
/// same rows; its pictures are the written photos.
pub fn write_source(recipe: &Recipe, folder: &Path) -> Result<Catalogue, WriteError> {
    let catalogue = catalogue(recipe);
    fs::create_dir_all(folder)?;
    about(&catalogue, folder)?;
    places(&catalogue, folder)?;
    projects(&catalogue, folder)?;
    units(&catalogue, folder)?;
    offers(&catalogue, folder)?;
    pictures(recipe, &catalogue, folder)?;
    Ok(catalogue)
}

/// Writer of one table.
struct Table(csv::Writer<fs::File>);

impl Table {
    /// Creates the file and writes the header. A column name that ends in `_*` gives one column for each language.
    fn new(folder: &Path, name: &str, columns: &[&str]) -> Result<Self, WriteError> {
        let file = fs::File::create(folder.join(format!("{name}.csv")))?;
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(file);
        let header = columns.iter().flat_map(|column| match column.strip_suffix("_*") {
            Some(name) => LANGS.iter().map(|lang| format!("{name}_{lang}")).collect(),
            None => vec![(*column).to_owned()],
        });
        writer.write_record(header)?;
        Ok(Self(writer))
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        for cell in cells {
            match cell {
                Cell::Value(text) => self.0.write_field(text)?,
                Cell::Texts(texts) => {
                    for lang in LANGS {
                        self.0
                            .write_field(texts.0.get(&lang).map_or("", String::as_str))?;
                    }
                }
            }
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.0.flush()?)
    }
}

/// Languages of the generated texts and of the towns of the demonstration.
const LANGS: [Lang; 5] = [Lang::Fr, Lang::Ar, Lang::En, Lang::Es, Lang::Zgh];

enum Cell<'a> {
    Value(String),
    Texts(&'a Texts),
}

fn cell(value: &(impl ToString + ?Sized)) -> Cell<'static> {
    Cell::Value(value.to_string())
}

fn optional_cell<T: ToString>(value: Option<T>) -> Cell<'static> {
    Cell::Value(value.map(|value| value.to_string()).unwrap_or_default())
}

/// Hundredths as a decimal number.
fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

fn about(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(folder, "source", &["demonstration", "published_on", "notice_*"])?;
    let demonstration = if catalogue.demonstration { "yes" } else { "no" };
    table.row(&[
        cell(demonstration),
        cell(&PUBLISHED_ON),
        Cell::Texts(&catalogue.notice),
    ])?;
    table.finish()
}

fn places(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(folder, "subsidiaries", &["id", "name_*", "phone", "regions"])?;
    for row in &catalogue.subsidiaries {
        let regions: Vec<&str> = row.regions.iter().map(|region| region.code()).collect();
        table.row(&[
            cell(&row.id),
            Cell::Texts(&row.name),
            optional_cell(row.phone.as_ref()),
            cell(&regions.join("|")),
        ])?;
    }
    table.finish()?;
    let columns = ["id", "region", "name_*", "aliases", "latitude", "longitude"];
    let mut table = Table::new(folder, "towns", &columns)?;
    for row in &catalogue.towns {
        table.row(&[
            cell(&row.id),
            cell(row.region.code()),
            Cell::Texts(&row.name),
            cell(&row.aliases.join("|")),
            cell(&row.latitude),
            cell(&row.longitude),
        ])?;
    }
    table.finish()
}

fn projects(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let columns = [
        "id",
        "subsidiary",
        "town",
        "district_*",
        "title_*",
        "description_*",
        "delivery",
        "delivery_on",
        "building_permit_on",
        "habitation_permit_on",
        "land_title",
        "land_title_number",
        "latitude",
        "longitude",
        "features",
    ];
    let mut table = Table::new(folder, "projects", &columns)?;
    for row in &catalogue.projects {
        table.row(&[
            cell(&row.id),
            cell(&row.subsidiary),
            cell(&row.town),
            Cell::Texts(&row.district),
            Cell::Texts(&row.title),
            Cell::Texts(&row.description),
            cell(row.delivery.code()),
            optional_cell(row.delivery_on),
            optional_cell(row.building_permit_on),
            optional_cell(row.habitation_permit_on),
            cell(row.land_title.code()),
            optional_cell(row.land_title_number.as_ref()),
            optional_cell(row.latitude),
            optional_cell(row.longitude),
            cell(&row.features.join("|")),
        ])?;
    }
    table.finish()
}

fn units(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(folder, "groups", &["id", "project", "product_type", "title_*"])?;
    for row in &catalogue.groups {
        table.row(&[
            cell(&row.id),
            cell(&row.project),
            cell(row.product_type.code()),
            Cell::Texts(&row.title),
        ])?;
    }
    table.finish()?;
    let columns = [
        "id",
        "group",
        "number",
        "price_dh",
        "surface_m2",
        "floor",
        "rooms",
        "levels",
        "facades",
        "cos",
        "status",
        "designation_*",
    ];
    let mut table = Table::new(folder, "units", &columns)?;
    for row in &catalogue.units {
        let Money(centimes) = row.price;
        table.row(&[
            cell(&row.id),
            cell(&row.group),
            cell(&row.number),
            cell(&hundredths(centimes)),
            cell(&hundredths(row.surface_dm2)),
            optional_cell(row.floor),
            optional_cell(row.rooms),
            optional_cell(row.levels),
            optional_cell(row.facades),
            optional_cell(row.cos_hundredths.map(|value| hundredths(value.into()))),
            cell(row.status.code()),
            Cell::Texts(&row.designation),
        ])?;
    }
    table.finish()
}

fn offers(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let columns = ["id", "projects", "title_*", "text_*", "valid_from", "valid_to"];
    let mut table = Table::new(folder, "offers", &columns)?;
    for row in &catalogue.offers {
        table.row(&[
            cell(&row.id),
            cell(&row.projects.join("|")),
            Cell::Texts(&row.title),
            Cell::Texts(&row.text),
            cell(&row.valid_from),
            cell(&row.valid_to),
        ])?;
    }
    table.finish()
}

fn pictures(recipe: &Recipe, catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(
        folder,
        "pictures",
        &["project", "file", "position", "kind", "caption_*"],
    )?;
    for (row, (_, _, photo)) in catalogue.pictures.iter().zip(gallery_entries(recipe)) {
        table.row(&[
            cell(&row.project),
            cell(&photo::file_name(photo)),
            cell(&row.position),
            cell(row.kind.code()),
            Cell::Texts(&row.caption),
        ])?;
    }
    table.finish()?;
    let used: std::collections::BTreeSet<usize> = gallery_entries(recipe)
        .into_iter()
        .map(|(_, _, photo)| photo)
        .collect();
    for photo in used {
        let path = folder.join("photos").join(photo::file_name(photo));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        photo::write(recipe.seed, photo, &path)?;
    }
    Ok(())
}
