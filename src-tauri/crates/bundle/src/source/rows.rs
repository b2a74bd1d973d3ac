//! Converts the rows of tables to the rows of a catalogue. Must not know files or bundles.

use crate::fault::Fault;
use crate::source::cells::{
    MAX_NAME_CHARS, date, identifier, integer, latitude, list, longitude, phone, region, yes_no,
};
use crate::source::photos::{Photo, PhotoFolder};
use crate::source::projects::{group, project, unit};
use crate::source::references::{References, check_unique, resolve};
use crate::source::table::{Row, Tables, plain_text};
use expo_domain::{Catalogue, Offer, PictureKind, Subsidiary, Texts, Town};
use jiff::civil::Date;
use std::cell::RefCell;
use std::path::Path;

/// Reads all rows of all tables, and the photos whose files exist.
pub(super) fn read(
    tables: &Tables,
    folder: &Path,
    faults: &mut Vec<Fault>,
) -> (Catalogue, Option<Date>, Vec<Photo>) {
    let all_faults = RefCell::new(std::mem::take(faults));
    let references = References::new(tables);
    for (name, column) in [
        ("subsidiaries", "id"),
        ("towns", "id"),
        ("projects", "id"),
        ("groups", "id"),
        ("units", "id"),
        ("offers", "id"),
        ("partners", "id"),
    ] {
        if let Some(table) = tables.get(name) {
            check_unique(table, &all_faults, column, |row| row.cell(column));
        }
    }
    if let Some(units) = tables.get("units") {
        check_unique(units, &all_faults, "number", |row| {
            Some((row.cell("group")?, row.cell("number")?))
        });
    }
    if let Some(pictures) = tables.get("pictures") {
        check_unique(pictures, &all_faults, "position", |row| {
            Some((row.cell("project")?, row.cell("position")?))
        });
    }
    let about = read_about(tables, &all_faults);
    let (demonstration, published_on, notice) = about.unwrap_or_default();
    let catalogue = Catalogue {
        demonstration,
        notice,
        subsidiaries: read_all(tables, "subsidiaries", &all_faults, subsidiary),
        towns: read_all(tables, "towns", &all_faults, town),
        projects: read_all(tables, "projects", &all_faults, |row| project(row, &references)),
        groups: read_all(tables, "groups", &all_faults, |row| group(row, &references)),
        units: read_all(tables, "units", &all_faults, |row| unit(row, &references)),
        offers: read_all(tables, "offers", &all_faults, |row| offer(row, &references)),
        pictures: Vec::new(),
        documents: Vec::new(),
    };
    let photo_folder = PhotoFolder::new(folder);
    let mut photos = read_all(tables, "pictures", &all_faults, |row| {
        photo(row, &references, &photo_folder)
    });
    photos.sort_by(|a, b| (&a.project, a.position).cmp(&(&b.project, b.position)));
    *faults = all_faults.into_inner();
    (catalogue, published_on, photos)
}

pub(super) fn read_all<'t, T>(
    tables: &'t Tables,
    name: &str,
    faults: &'t RefCell<Vec<Fault>>,
    read: impl Fn(Row<'t>) -> Option<T>,
) -> Vec<T> {
    tables
        .get(name)
        .map(|table| table.rows(faults).filter_map(read).collect())
        .unwrap_or_default()
}

/// The only row of the table `source`.
fn read_about(tables: &Tables, faults: &RefCell<Vec<Fault>>) -> Option<(bool, Option<Date>, Texts)> {
    let table = tables.get("source")?;
    let mut rows = table.rows(faults);
    let Some(row) = rows.next() else {
        faults
            .borrow_mut()
            .push(Fault::file(&table.file, "", "one row below the header"));
        return None;
    };
    if let Some(second) = rows.next() {
        second.fault("", "another row", "one row only");
    }
    let demonstration = row.required("demonstration", yes_no);
    let published_on = row.required("published_on", date);
    let notice = row.texts("notice");
    Some((demonstration?, published_on, notice?))
}

fn subsidiary(row: Row<'_>) -> Option<Subsidiary> {
    let id = row.required("id", identifier);
    let name = row.texts("name");
    let phone = row.optional("phone", phone);
    let regions = row.required("regions", |cell| list(cell, region));
    Some(Subsidiary {
        id: id?,
        name: name?,
        phone,
        regions: regions?,
    })
}

fn town(row: Row<'_>) -> Option<Town> {
    let id = row.required("id", identifier);
    let region = row.required("region", region);
    let name = row.texts("name");
    let alias = |part: &str| plain_text(part, MAX_NAME_CHARS).filter(|part| !part.is_empty());
    let aliases = row.optional("aliases", |cell| list(cell, alias));
    let latitude = row.required("latitude", latitude);
    let longitude = row.required("longitude", longitude);
    let aliases = aliases.unwrap_or_default();
    Some(Town {
        id: id?,
        region: region?,
        name: name?,
        aliases,
        latitude: latitude?,
        longitude: longitude?,
    })
}

fn offer(row: Row<'_>, references: &References) -> Option<Offer> {
    let id = row.required("id", identifier);
    let projects = row.optional("projects", |cell| {
        list(cell, |id| resolve(references.projects.as_ref(), id))
    });
    let title = row.texts("title");
    let text = row.texts("text");
    let valid_from = row.required("valid_from", date);
    let valid_to = row.required("valid_to", date);
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        row.fault(
            "valid_to",
            &to.to_string(),
            format!("a day not before valid_from, {from}"),
        );
    }
    Some(Offer {
        id: id?,
        projects: projects.unwrap_or_default(),
        title: title?,
        text: text?,
        valid_from: valid_from?,
        valid_to: valid_to?,
    })
}

fn photo(row: Row<'_>, references: &References, folder: &PhotoFolder) -> Option<Photo> {
    let project = row.required("project", |cell| resolve(references.projects.as_ref(), cell));
    let position = row.required("position", |cell| integer(cell, 1, 99));
    let kind = row.required("kind", PictureKind::from_code);
    let caption = row.texts("caption");
    let file = row.required("file", Some);
    let path = file.and_then(|file| {
        folder
            .resolve(file)
            .map_err(|expected| row.fault("file", file, expected))
            .ok()
    });
    // A photo of a row with faults is returned too, so that faults of the file are also reported. With any fault
    // nothing is built.
    Some(Photo {
        project: project.unwrap_or_default(),
        position: position.unwrap_or_default() as u32,
        kind: kind.unwrap_or(PictureKind::View),
        caption: caption.unwrap_or_default(),
        path: path?,
        table: row.table.file.clone(),
        row: row.number,
        file: file?.to_owned(),
    })
}
