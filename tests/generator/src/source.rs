//! The catalogue as the folder of tables and photos that headquarters keeps. Must not know how it is read.

use crate::{PUBLISHED_ON, Recipe, catalogue, photo, placing};
use domain::{Catalogue, Lang, Money, Texts};
use std::fs;
use std::path::Path;

/// Why a source could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder or a file.
    #[error("the source cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A table.
    #[error("a table cannot be written: {0}")]
    Table(#[from] csv::Error),
    /// A photo.
    #[error("a photo cannot be written: {0}")]
    Photo(#[from] image::ImageError),
}

/// Writes the catalogue of a recipe as CSV tables and photos into `folder`, and returns it. Reading the folder gives
/// the same rows; its pictures are those photos.
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

/// One table: its header, then rows of as many cells.
struct Table(csv::Writer<fs::File>);

impl Table {
    /// A column that ends in `_*` stands once a language.
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
                Cell::One(text) => self.0.write_field(text)?,
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

    fn end(mut self) -> Result<(), WriteError> {
        Ok(self.0.flush()?)
    }
}

/// Languages that generated texts, or the towns of the demonstration, are written in.
const LANGS: [Lang; 5] = [Lang::Fr, Lang::Ar, Lang::En, Lang::Es, Lang::Zgh];

enum Cell<'a> {
    One(String),
    Texts(&'a Texts),
}

fn one(value: &(impl ToString + ?Sized)) -> Cell<'static> {
    Cell::One(value.to_string())
}

fn maybe<T: ToString>(value: Option<T>) -> Cell<'static> {
    Cell::One(value.map(|value| value.to_string()).unwrap_or_default())
}

/// Hundredths as a decimal number.
fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

fn about(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(folder, "source", &["demonstration", "published_on", "notice_*"])?;
    let demonstration = if catalogue.demonstration { "yes" } else { "no" };
    table.row(&[
        one(demonstration),
        one(&PUBLISHED_ON),
        Cell::Texts(&catalogue.notice),
    ])?;
    table.end()
}

fn places(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(folder, "subsidiaries", &["id", "name_*", "phone", "regions"])?;
    for row in &catalogue.subsidiaries {
        let regions: Vec<&str> = row.regions.iter().map(|region| region.code()).collect();
        table.row(&[
            one(&row.id),
            Cell::Texts(&row.name),
            maybe(row.phone.as_ref()),
            one(&regions.join("|")),
        ])?;
    }
    table.end()?;
    let columns = ["id", "region", "name_*", "aliases", "latitude", "longitude"];
    let mut table = Table::new(folder, "towns", &columns)?;
    for row in &catalogue.towns {
        table.row(&[
            one(&row.id),
            one(row.region.code()),
            Cell::Texts(&row.name),
            one(&row.aliases.join("|")),
            one(&row.latitude),
            one(&row.longitude),
        ])?;
    }
    table.end()
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
            one(&row.id),
            one(&row.subsidiary),
            one(&row.town),
            Cell::Texts(&row.district),
            Cell::Texts(&row.title),
            Cell::Texts(&row.description),
            one(row.delivery.code()),
            maybe(row.delivery_on),
            maybe(row.building_permit_on),
            maybe(row.habitation_permit_on),
            one(row.land_title.code()),
            maybe(row.land_title_number.as_ref()),
            maybe(row.latitude),
            maybe(row.longitude),
            one(&row.features.join("|")),
        ])?;
    }
    table.end()
}

fn units(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(folder, "groups", &["id", "project", "product_type", "title_*"])?;
    for row in &catalogue.groups {
        table.row(&[
            one(&row.id),
            one(&row.project),
            one(row.product_type.code()),
            Cell::Texts(&row.title),
        ])?;
    }
    table.end()?;
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
            one(&row.id),
            one(&row.group),
            one(&row.number),
            one(&hundredths(centimes)),
            one(&hundredths(row.surface_dm2)),
            maybe(row.floor),
            maybe(row.rooms),
            maybe(row.levels),
            maybe(row.facades),
            maybe(row.cos_hundredths.map(|value| hundredths(value.into()))),
            one(row.status.code()),
            Cell::Texts(&row.designation),
        ])?;
    }
    table.end()
}

fn offers(catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let columns = ["id", "projects", "title_*", "text_*", "valid_from", "valid_to"];
    let mut table = Table::new(folder, "offers", &columns)?;
    for row in &catalogue.offers {
        table.row(&[
            one(&row.id),
            one(&row.projects.join("|")),
            Cell::Texts(&row.title),
            Cell::Texts(&row.text),
            one(&row.valid_from),
            one(&row.valid_to),
        ])?;
    }
    table.end()
}

fn pictures(recipe: &Recipe, catalogue: &Catalogue, folder: &Path) -> Result<(), WriteError> {
    let mut table = Table::new(
        folder,
        "pictures",
        &["project", "file", "position", "kind", "caption_*"],
    )?;
    for (row, (_, _, photo)) in catalogue.pictures.iter().zip(placing(recipe)) {
        table.row(&[
            one(&row.project),
            one(&photo::name(photo)),
            one(&row.position),
            one(row.kind.code()),
            Cell::Texts(&row.caption),
        ])?;
    }
    table.end()?;
    let used: std::collections::BTreeSet<usize> =
        placing(recipe).into_iter().map(|(_, _, photo)| photo).collect();
    for photo in used {
        let path = folder.join("photos").join(photo::name(photo));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        photo::write(recipe.seed, photo, &path)?;
    }
    Ok(())
}
