//! Converts the rows of tables to the rows of a catalogue. Must not know files or bundles.

use crate::fault::{Fault, Findings, message};
use crate::source::cells::{
    MAX_NAME_CHARS, date, identifier, integer, latitude, list, longitude, phone, region, yes_no,
};
use crate::source::photos::{Photo, PhotoFolder};
use crate::source::plausibility;
use crate::source::projects::{group, parcel, project, unit};
use crate::source::references::{References, check_unique, resolve};
use crate::source::table::{Row, Tables, plain_text};
use expo_domain::{Catalogue, Offer, Outline, PictureKind, Subsidiary, Texts, Town, Unit};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

/// Reads all rows of all tables, and the photos whose files exist.
pub(super) fn read(
    tables: &Tables,
    folder: &Path,
    findings: &mut Findings,
) -> (Catalogue, Option<Date>, Vec<Photo>) {
    let all_faults = RefCell::new(std::mem::take(findings));
    let references = References::new(tables);
    for (name, column) in [
        ("subsidiaries", "id"),
        ("towns", "id"),
        ("projects", "id"),
        ("groups", "id"),
        ("units", "id"),
        ("parcels", "unit"),
        ("offers", "id"),
        ("partners", "id"),
        ("stand", "id"),
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
    plausibility::check_tables(tables, &all_faults);
    let about = read_about(tables, &all_faults);
    let (demonstration, published_on, notice) = about.unwrap_or_default();
    let towns = read_all(tables, "towns", &all_faults, town);
    let catalogue = Catalogue {
        demonstration,
        notice,
        subsidiaries: read_all(tables, "subsidiaries", &all_faults, subsidiary),
        projects: read_all(tables, "projects", &all_faults, |row| {
            let read = project(row, &references);
            read.inspect(|read| plausibility::check_project(row, read, &towns, published_on))
        }),
        towns,
        groups: read_all(tables, "groups", &all_faults, |row| group(row, &references)),
        units: units(tables, &all_faults, &references),
        offers: read_all(tables, "offers", &all_faults, |row| {
            let read = offer(row, &references);
            read.inspect(|read| plausibility::check_offer(row, read, published_on))
        }),
        pictures: Vec::new(),
        documents: Vec::new(),
    };
    let photo_folder = PhotoFolder::new(folder);
    let mut photos = read_all(tables, "pictures", &all_faults, |row| {
        photo(row, &references, &photo_folder)
    });
    report_unused(&photo_folder, &photos, &all_faults);
    photos.sort_by(|a, b| (&a.project, a.position).cmp(&(&b.project, b.position)));
    *findings = all_faults.into_inner();
    (catalogue, published_on, photos)
}

/// Reports photos that no row names.
fn report_unused(folder: &PhotoFolder, photos: &[Photo], findings: &RefCell<Findings>) {
    if let Some((count, first)) = folder.unused(photos) {
        let text = message(|t| (t.content.photos.unused)(count));
        findings
            .borrow_mut()
            .push(Fault::file("photos/", &first, text).note());
    }
}

/// The units, with their outlines from the table `parcels`.
fn units(tables: &Tables, faults: &RefCell<Findings>, references: &References) -> Vec<Unit> {
    let parcels = read_all(tables, "parcels", faults, |row| parcel(row, references));
    let mut outlines: HashMap<String, Outline> = parcels.into_iter().collect();
    let mut units = read_all(tables, "units", faults, |row| {
        let read = unit(row, references);
        read.inspect(|read| plausibility::check_unit(row, read, references.product_type(&read.group)))
    });
    for unit in &mut units {
        unit.outline = outlines.remove(&unit.id);
    }
    units
}

pub(super) fn read_all<'t, T>(
    tables: &'t Tables,
    name: &str,
    faults: &'t RefCell<Findings>,
    read: impl Fn(Row<'t>) -> Option<T>,
) -> Vec<T> {
    tables
        .get(name)
        .map(|table| table.rows(faults).filter_map(read).collect())
        .unwrap_or_default()
}

/// The only row of the table `source`.
fn read_about(tables: &Tables, faults: &RefCell<Findings>) -> Option<(bool, Option<Date>, Texts)> {
    let table = tables.get("source")?;
    let mut rows = table.rows(faults);
    let Some(row) = rows.next() else {
        faults.borrow_mut().push(Fault::file(
            &table.file,
            "",
            message(|t| t.rows.one_row.to_owned()),
        ));
        return None;
    };
    if let Some(second) = rows.next() {
        second.fault("", "another row", message(|t| t.rows.only_one_row.to_owned()));
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
        let from = format!("valid_from, {from}");
        row.fault(
            "valid_to",
            &to.to_string(),
            message(|t| (t.rows.not_before)(&from)),
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
