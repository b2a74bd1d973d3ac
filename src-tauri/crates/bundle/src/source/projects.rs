//! Reads projects, groups and units: first each cell, then rules that involve several cells or tables. Must not know
//! files.

use crate::fault::message;
use crate::source::cells::{
    MAX_NAME_CHARS, date, hundredths, identifier, integer, latitude, list, longitude, month, plan_points,
    price,
};
use crate::source::column_type::ColumnType;
use crate::source::references::{References, resolve};
use crate::source::table::{Row, plain_text};
use expo_domain::{Delivery, Feature, Group, LandTitle, Outline, ProductType, Project, Unit, UnitStatus};
use jiff::civil::Date;

pub(super) fn project(row: Row<'_>, references: &References) -> Option<Project> {
    let id = row.required("id", identifier);
    let subsidiary = row.required("subsidiary", |cell| {
        resolve(references.subsidiaries.as_ref(), cell)
    });
    let town = row.required("town", |cell| resolve(references.towns.as_ref(), cell));
    let title = row.texts("title");
    let description = row.texts("description");
    let delivery = row.required("delivery", Delivery::from_code);
    let delivery_on = row.optional("delivery_on", month);
    let building_permit_on = row.optional("building_permit_on", date);
    let habitation_permit_on = row.optional("habitation_permit_on", date);
    let land_title = row.required("land_title", LandTitle::from_code);
    let number = row.optional("land_title_number", |cell| plain_text(cell, MAX_NAME_CHARS));
    let latitude = row.optional("latitude", latitude);
    let longitude = row.optional("longitude", longitude);
    let feature = |part: &str| Feature::from_code(part).map(|_| part.to_owned());
    let features = row.optional("features", |cell| list(cell, feature));
    check_project(
        row,
        references,
        delivery,
        building_permit_on,
        habitation_permit_on,
    );
    Some(Project {
        id: id?,
        subsidiary: subsidiary?,
        town: town?,
        district: row.optional_texts("district"),
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

/// Checks rules that involve several cells.
fn check_project(
    row: Row<'_>,
    references: &References,
    delivery: Option<Delivery>,
    building_permit_on: Option<Date>,
    habitation_permit_on: Option<Date>,
) {
    if delivery.is_some_and(|delivery| delivery != Delivery::Delivered)
        && (row.is_empty("delivery_on") || !row.table.has("delivery_on"))
    {
        let expected = |t: &expo_texts::ImportTexts| ColumnType::Month.describe(t.types);
        row.fault(
            "delivery_on",
            "",
            message(|t| (t.rows.because_not_delivered)(&expected(t))),
        );
    }
    if let (Some(building), Some(habitation)) = (building_permit_on, habitation_permit_on)
        && habitation < building
    {
        let building = format!("building_permit_on, {building}");
        let expected = message(|t| (t.rows.not_before)(&building));
        row.fault("habitation_permit_on", &habitation.to_string(), expected);
    }
    for (filled, missing, kind) in [
        ("latitude", "longitude", ColumnType::Longitude),
        ("longitude", "latitude", ColumnType::Latitude),
    ] {
        let is_missing = row.is_empty(missing) || !row.table.has(missing);
        if row.cell(filled).is_some() && is_missing {
            let expected = message(|t| (t.rows.because_other_degree)(&kind.describe(t.types)));
            row.fault(missing, "", expected);
        }
    }
    let subsidiary = row.cell("subsidiary").unwrap_or_default();
    let covered = references
        .subsidiaries
        .as_ref()
        .and_then(|ids| ids.get(subsidiary)?.as_ref());
    let region = row
        .cell("town")
        .and_then(|town| *references.towns.as_ref()?.get(town)?);
    if let (Some(covered), Some(region)) = (covered, region)
        && !covered.contains(&region)
    {
        row.fault(
            "subsidiary",
            subsidiary,
            message(|t| (t.rows.covering_subsidiary)(region.code())),
        );
    }
    let id = row.cell("id").and_then(identifier);
    if let (Some(id), Some(covers)) = (id, &references.covers)
        && !covers.contains(&id)
    {
        row.fault("id", &id, message(|t| t.rows.cover.to_owned()));
    }
}

pub(super) fn group(row: Row<'_>, references: &References) -> Option<Group> {
    let id = row.required("id", identifier);
    let project = row.required("project", |cell| resolve(references.projects.as_ref(), cell));
    let product_type = row.required("product_type", ProductType::from_code);
    let title = row.texts("title");
    Some(Group {
        id: id?,
        project: project?,
        product_type: product_type?,
        title: title?,
    })
}

pub(super) fn unit(row: Row<'_>, references: &References) -> Option<Unit> {
    let id = row.required("id", identifier);
    let group = row.required("group", |cell| resolve(references.groups.as_ref(), cell));
    let number = row.required("number", |cell| plain_text(cell, 40));
    let price = row.required("price_dh", price);
    let surface_dm2 = row.required("surface_m2", |cell| hundredths(cell, 10_000_000));
    let floor = row.optional("floor", |cell| integer(cell, -5, 100));
    let count = |column, min, max| {
        row.optional(column, |cell| integer(cell, min, max))
            .map(|value| value as u32)
    };
    let (rooms, levels, facades) = (
        count("rooms", 1, 50),
        count("levels", 0, 100),
        count("facades", 1, 4),
    );
    let cos_hundredths = row
        .optional("cos", |cell| hundredths(cell, 50))
        .map(|value| value as u32);
    let status = row.required("status", UnitStatus::from_code);
    let product_type = row.cell("group").and_then(|group| references.product_type(group));
    for column in product_type.map_or(&[][..], inapplicable_columns) {
        if let Some(cell) = row.cell(column) {
            let code = product_type.map_or("", ProductType::code);
            row.fault(column, cell, message(|t| (t.rows.empty_for_type)(code)));
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
        designation: row.optional_texts("designation"),
        outline: None,
    })
}

/// The unit of a parcel and its outline.
pub(super) fn parcel(row: Row<'_>, references: &References) -> Option<(String, Outline)> {
    let unit = row.required("unit", |cell| resolve(references.units.as_ref(), cell));
    let points = row.required("points", plan_points)?;
    match Outline::new(points) {
        Ok(outline) => Some((unit?, outline)),
        Err(error) => {
            row.fault(
                "points",
                row.cell("points").unwrap_or_default(),
                message(|t| (t.rows.outline)(error)),
            );
            None
        }
    }
}

/// Columns that do not apply to a product type: land has no floor, and buildings have no coefficient of land use.
const fn inapplicable_columns(product_type: ProductType) -> &'static [&'static str] {
    use ProductType as P;
    match product_type {
        P::ResidentialPlot | P::CraftPlot | P::IndustrialPlot | P::CommercialPlot | P::Block => {
            &["floor", "rooms"]
        }
        P::Apartment | P::Shop => &["cos", "facades"],
        P::House | P::Villa | P::SemiFinishedVilla => &["cos"],
    }
}
