//! From rows of tables to rows of the catalogue.

use crate::fault::Fault;
use crate::source::cells::{NAME, date, identifier, latitude, list, longitude, phone, region, whole, yes_no};
use crate::source::known::{Known, each_once, refer};
use crate::source::load::Tables;
use crate::source::projects::{group, project, unit};
use crate::source::table::{Row, plain_text};
use crate::source::{Photo, photos};
use domain::{Catalogue, Offer, PictureKind, Subsidiary, Texts, Town};
use jiff::civil::Date;
use std::cell::RefCell;
use std::path::Path;

/// Every row of every table, and the photos that were found.
pub(super) fn read(
    tables: &Tables,
    folder: &Path,
    faults: &mut Vec<Fault>,
) -> (Catalogue, Option<Date>, Vec<Photo>) {
    let told = RefCell::new(std::mem::take(faults));
    let known = Known::of(tables);
    for (name, column) in [
        ("subsidiaries", "id"),
        ("towns", "id"),
        ("projects", "id"),
        ("groups", "id"),
        ("units", "id"),
        ("offers", "id"),
    ] {
        if let Some(table) = tables.get(name) {
            each_once(table, &told, column, |row| row.cell(column));
        }
    }
    if let Some(units) = tables.get("units") {
        each_once(units, &told, "number", |row| {
            Some((row.cell("group")?, row.cell("number")?))
        });
    }
    if let Some(pictures) = tables.get("pictures") {
        each_once(pictures, &told, "position", |row| {
            Some((row.cell("project")?, row.cell("position")?))
        });
    }
    let about = about(tables, &told);
    let (demonstration, published_on, notice) = about.unwrap_or_default();
    let catalogue = Catalogue {
        demonstration,
        notice,
        subsidiaries: all(tables, "subsidiaries", &told, subsidiary),
        towns: all(tables, "towns", &told, town),
        projects: all(tables, "projects", &told, |row| project(row, &known)),
        groups: all(tables, "groups", &told, |row| group(row, &known)),
        units: all(tables, "units", &told, |row| unit(row, &known)),
        offers: all(tables, "offers", &told, |row| offer(row, &known)),
        pictures: Vec::new(),
    };
    let place = photos::Folder::new(folder);
    let mut photos = all(tables, "pictures", &told, |row| photo(row, &known, &place));
    photos.sort_by(|a, b| (&a.project, a.position).cmp(&(&b.project, b.position)));
    *faults = told.into_inner();
    (catalogue, published_on, photos)
}

fn all<'t, T>(
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

fn about(tables: &Tables, faults: &RefCell<Vec<Fault>>) -> Option<(bool, Option<Date>, Texts)> {
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
    let alias = |part: &str| plain_text(part, NAME).filter(|part| !part.is_empty());
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

fn offer(row: Row<'_>, known: &Known) -> Option<Offer> {
    let id = row.required("id", identifier);
    let projects = row.optional("projects", |cell| {
        list(cell, |id| refer(known.projects.as_ref(), id))
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

fn photo(row: Row<'_>, known: &Known, folder: &photos::Folder) -> Option<Photo> {
    let project = row.required("project", |cell| refer(known.projects.as_ref(), cell));
    let position = row.required("position", |cell| whole(cell, 1, 99));
    let kind = row.required("kind", PictureKind::from_code);
    let caption = row.texts("caption");
    let file = row.required("file", Some);
    let path = file.and_then(|file| {
        folder
            .resolve(file)
            .map_err(|expected| row.fault("file", file, expected))
            .ok()
    });
    // With any fault nothing is built; the photo is looked at all the same, so that its own faults are told as well.
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
