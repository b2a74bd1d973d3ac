//! From rows of tables to rows of the catalogue.

use crate::fault::Fault;
use crate::source::cells::{
    DATE, IDENTIFIER, MONTH, PHONE, PRICE, REGION, date, degrees, hundredths, identifier, list, list_of,
    month, phone, price, region, whole, yes_no,
};
use crate::source::known::{Known, each_once, refer};
use crate::source::load::Tables;
use crate::source::table::{Row, plain_text};
use crate::source::{Photo, Source, photos};
use domain::{
    Catalogue, Delivery, Group, LandTitle, Offer, PictureKind, ProductType, Project, Subsidiary, Texts, Town,
    Unit, UnitStatus,
};
use jiff::civil::Date;
use std::cell::RefCell;
use std::path::Path;

/// What a project may have around it.
pub(super) const FEATURES: &[&str] = &[
    "parking",
    "lift",
    "green_space",
    "playground",
    "school",
    "mosque",
    "shops",
    "security",
    "sea_view",
    "mountain_view",
    "transport",
    "health_centre",
    "sport",
    "pool",
    "terrace",
];

/// Longest texts, in characters.
const NAME: usize = 160;
const SENTENCE: usize = 400;
const PARAGRAPHS: usize = 4_000;

/// A cell that must hold one code of an enum.
macro_rules! code {
    ($row:expr, $column:literal, $kind:ty) => {{
        let codes = list_of(<$kind>::ALL.iter().map(|value| value.code()));
        $row.required($column, <$kind>::from_code, &format!("one of {codes}"))
    }};
}

/// Every row of every table; `None` when there is no description of the source.
pub(super) fn source(tables: &Tables, folder: &Path, faults: &mut Vec<Fault>) -> Option<Source> {
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
    Some(Source {
        catalogue,
        photos,
        published_on: published_on?,
    })
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
    let demonstration = row.required("demonstration", yes_no, "yes or no");
    let published_on = row.required("published_on", date, DATE);
    let notice = row.texts("notice", SENTENCE);
    Some((demonstration?, published_on, notice?))
}

fn subsidiary(row: Row<'_>) -> Option<Subsidiary> {
    let id = row.required("id", identifier, IDENTIFIER);
    let name = row.texts("name", NAME);
    let phone = row.optional("phone", phone, PHONE);
    let regions = row.required(
        "regions",
        |cell| list(cell, region),
        &format!("{REGION}, or several between |"),
    );
    Some(Subsidiary {
        id: id?,
        name: name?,
        phone,
        regions: regions?,
    })
}

fn latitude(cell: &str) -> Option<f64> {
    degrees(cell, 20.0, 37.0)
}

fn longitude(cell: &str) -> Option<f64> {
    degrees(cell, -18.0, 0.0)
}

const LATITUDE: &str = "degrees north between 20 and 37, such as 34.0209";
const LONGITUDE: &str = "degrees east between -18 and 0, such as -6.8416";

fn town(row: Row<'_>) -> Option<Town> {
    let id = row.required("id", identifier, IDENTIFIER);
    let region = row.required("region", region, REGION);
    let name = row.texts("name", NAME);
    let alias = |part: &str| plain_text(part, NAME).filter(|part| !part.is_empty());
    let aliases = row.optional(
        "aliases",
        |cell| list(cell, alias),
        "other spellings between |, each once",
    );
    let latitude = row.required("latitude", latitude, LATITUDE);
    let longitude = row.required("longitude", longitude, LONGITUDE);
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

fn project(row: Row<'_>, known: &Known) -> Option<Project> {
    let id = row.required("id", identifier, IDENTIFIER);
    let subsidiary = row.required(
        "subsidiary",
        |cell| refer(known.subsidiaries.as_ref(), cell),
        "an id of the table subsidiaries",
    );
    let town = row.required(
        "town",
        |cell| refer(known.towns.as_ref(), cell),
        "an id of the table towns",
    );
    let title = row.texts("title", NAME);
    let description = row.texts("description", PARAGRAPHS);
    let delivery = code!(row, "delivery", Delivery);
    let delivery_on = row.optional("delivery_on", month, MONTH);
    let building_permit_on = row.optional("building_permit_on", date, DATE);
    let habitation_permit_on = row.optional("habitation_permit_on", date, DATE);
    let land_title = code!(row, "land_title", LandTitle);
    let number = row.optional(
        "land_title_number",
        |cell| plain_text(cell, NAME),
        "a number of a land title",
    );
    let latitude = row.optional("latitude", latitude, LATITUDE);
    let longitude = row.optional("longitude", longitude, LONGITUDE);
    let feature = |part: &str| FEATURES.contains(&part).then(|| part.to_owned());
    let expected = format!(
        "any of {} between |, each once",
        list_of(FEATURES.iter().copied())
    );
    let features = row.optional("features", |cell| list(cell, feature), &expected);
    check_project(row, known, delivery, building_permit_on, habitation_permit_on);
    Some(Project {
        id: id?,
        subsidiary: subsidiary?,
        town: town?,
        district: row.optional_texts("district", NAME),
        title: title?,
        description: description?,
        delivery: delivery?,
        delivery_on,
        building_permit_on,
        habitation_permit_on,
        land_title: land_title?,
        land_title_number: number,
        latitude,
        longitude,
        features: features.unwrap_or_default(),
    })
}

/// What only several cells together can break.
fn check_project(
    row: Row<'_>,
    known: &Known,
    delivery: Option<Delivery>,
    building_permit_on: Option<Date>,
    habitation_permit_on: Option<Date>,
) {
    if delivery.is_some_and(|delivery| delivery != Delivery::Delivered) && row.cell("delivery_on").is_none() {
        row.fault(
            "delivery_on",
            "",
            format!("{MONTH}, because the project is not delivered"),
        );
    }
    if let (Some(permit), Some(inhabit)) = (building_permit_on, habitation_permit_on)
        && inhabit < permit
    {
        let expected = format!("a day not before the building permit of {permit}");
        row.fault("habitation_permit_on", &inhabit.to_string(), expected);
    }
    match (row.cell("latitude"), row.cell("longitude")) {
        (Some(_), None) => row.fault("longitude", "", format!("{LONGITUDE}, because latitude is given")),
        (None, Some(_)) => row.fault("latitude", "", format!("{LATITUDE}, because longitude is given")),
        _ => {}
    }
    let subsidiary = row.cell("subsidiary").unwrap_or_default();
    let covered = known
        .subsidiaries
        .as_ref()
        .and_then(|ids| ids.get(subsidiary)?.as_ref());
    let region = row
        .cell("town")
        .and_then(|town| *known.towns.as_ref()?.get(town)?);
    if let (Some(covered), Some(region)) = (covered, region)
        && !covered.contains(&region)
    {
        row.fault(
            "subsidiary",
            subsidiary,
            format!("a subsidiary that covers {}", region.code()),
        );
    }
    let id = row.cell("id").and_then(identifier);
    if let (Some(id), Some(covers)) = (id, &known.covers)
        && !covers.contains(&id)
    {
        row.fault(
            "id",
            &id,
            "a picture of this project with position 1 in the table pictures",
        );
    }
}

fn group(row: Row<'_>, known: &Known) -> Option<Group> {
    let id = row.required("id", identifier, IDENTIFIER);
    let project = row.required(
        "project",
        |cell| refer(known.projects.as_ref(), cell),
        "an id of the table projects",
    );
    let product_type = code!(row, "product_type", ProductType);
    let title = row.texts("title", NAME);
    Some(Group {
        id: id?,
        project: project?,
        product_type: product_type?,
        title: title?,
    })
}

fn unit(row: Row<'_>, known: &Known) -> Option<Unit> {
    let id = row.required("id", identifier, IDENTIFIER);
    let group = row.required(
        "group",
        |cell| refer(known.groups.as_ref(), cell),
        "an id of the table groups",
    );
    let number = row.required(
        "number",
        |cell| plain_text(cell, 40),
        "a product number of at most 40 characters",
    );
    let price = row.required("price_dh", price, PRICE);
    let surface = "a surface in m² above 0 with at most two decimals, such as 88.5";
    let surface_dm2 = row.required("surface_m2", |cell| hundredths(cell, 10_000_000), surface);
    let floor = row.optional(
        "floor",
        |cell| whole(cell, -5, 100),
        "a floor from -5 to 100, 0 for the ground floor",
    );
    let count = |column, from, to| {
        let expected = format!("a whole number from {from} to {to}");
        row.optional(column, |cell| whole(cell, from, to), &expected)
            .map(|value| value as u32)
    };
    let (rooms, levels, facades) = (
        count("rooms", 1, 50),
        count("levels", 0, 100),
        count("facades", 1, 4),
    );
    let cos = "a coefficient above 0 with at most two decimals, such as 1.2";
    let cos_hundredths = row
        .optional("cos", |cell| hundredths(cell, 50), cos)
        .map(|value| value as u32);
    let status = code!(row, "status", UnitStatus);
    let product_type = row
        .cell("group")
        .and_then(|group| *known.groups.as_ref()?.get(group)?);
    for column in product_type.map_or(&[][..], foreign_columns) {
        if let Some(cell) = row.cell(column) {
            let kind = product_type.map_or("", ProductType::code);
            row.fault(
                column,
                cell,
                format!("an empty cell, because the group is of type {kind}"),
            );
        }
    }
    Some(Unit {
        id: id?,
        group: group?,
        number: number?,
        price: price?,
        surface_dm2: surface_dm2?,
        floor,
        rooms,
        levels,
        facades,
        cos_hundredths,
        status: status?,
        designation: row.optional_texts("designation", SENTENCE),
    })
}

/// Columns that make no sense for a product type: land has no floor, what is built no coefficient of land use.
const fn foreign_columns(product_type: ProductType) -> &'static [&'static str] {
    use ProductType as P;
    match product_type {
        P::ResidentialPlot | P::CraftPlot | P::IndustrialPlot | P::CommercialPlot | P::Block => {
            &["floor", "rooms"]
        }
        P::Apartment | P::Shop => &["cos", "facades"],
        P::House | P::Villa | P::SemiFinishedVilla => &["cos"],
    }
}

fn offer(row: Row<'_>, known: &Known) -> Option<Offer> {
    let id = row.required("id", identifier, IDENTIFIER);
    let expected = "ids of the table projects between |, each once; empty for all";
    let projects = row.optional(
        "projects",
        |cell| list(cell, |id| refer(known.projects.as_ref(), id)),
        expected,
    );
    let title = row.texts("title", NAME);
    let text = row.texts("text", PARAGRAPHS);
    let valid_from = row.required("valid_from", date, DATE);
    let valid_to = row.required("valid_to", date, DATE);
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
    let project = row.required(
        "project",
        |cell| refer(known.projects.as_ref(), cell),
        "an id of the table projects",
    );
    let position = row.required(
        "position",
        |cell| whole(cell, 1, 99),
        "a whole number from 1 (the cover) to 99",
    );
    let kind = code!(row, "kind", PictureKind);
    let caption = row.texts("caption", SENTENCE);
    let file = row.required("file", Some, photos::PATH);
    let path = file.and_then(|file| {
        folder
            .resolve(file)
            .map_err(|expected| row.fault("file", file, expected))
            .ok()
    });
    Some(Photo {
        project: project?,
        position: position? as u32,
        kind: kind?,
        caption: caption?,
        path: path?,
        table: row.table.file.clone(),
        row: row.number,
        file: file?.to_owned(),
    })
}
