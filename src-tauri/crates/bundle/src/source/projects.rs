//! Projects, groups and units: each cell for itself, then what only several cells or tables together can break.

use crate::source::cells::{
    NAME, date, hundredths, identifier, latitude, list, longitude, month, price, whole,
};
use crate::source::kinds::Kind;
use crate::source::known::{Known, refer};
use crate::source::table::{Row, plain_text};
use domain::{Delivery, Group, LandTitle, ProductType, Project, Unit, UnitStatus};
use jiff::civil::Date;

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

pub(super) fn project(row: Row<'_>, known: &Known) -> Option<Project> {
    let id = row.required("id", identifier);
    let subsidiary = row.required("subsidiary", |cell| refer(known.subsidiaries.as_ref(), cell));
    let town = row.required("town", |cell| refer(known.towns.as_ref(), cell));
    let title = row.texts("title");
    let description = row.texts("description");
    let delivery = row.required("delivery", Delivery::from_code);
    let delivery_on = row.optional("delivery_on", month);
    let building_permit_on = row.optional("building_permit_on", date);
    let habitation_permit_on = row.optional("habitation_permit_on", date);
    let land_title = row.required("land_title", LandTitle::from_code);
    let number = row.optional("land_title_number", |cell| plain_text(cell, NAME));
    let latitude = row.optional("latitude", latitude);
    let longitude = row.optional("longitude", longitude);
    let feature = |part: &str| FEATURES.contains(&part).then(|| part.to_owned());
    let features = row.optional("features", |cell| list(cell, feature));
    check_project(row, known, delivery, building_permit_on, habitation_permit_on);
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
            format!("{}, because the project is not delivered", Kind::Month.expected()),
        );
    }
    if let (Some(permit), Some(inhabit)) = (building_permit_on, habitation_permit_on)
        && inhabit < permit
    {
        let expected = format!("a day not before the building permit of {permit}");
        row.fault("habitation_permit_on", &inhabit.to_string(), expected);
    }
    match (row.cell("latitude"), row.cell("longitude")) {
        (Some(_), None) => row.fault(
            "longitude",
            "",
            format!("{}, because latitude is given", Kind::Longitude.expected()),
        ),
        (None, Some(_)) => row.fault(
            "latitude",
            "",
            format!("{}, because longitude is given", Kind::Latitude.expected()),
        ),
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

pub(super) fn group(row: Row<'_>, known: &Known) -> Option<Group> {
    let id = row.required("id", identifier);
    let project = row.required("project", |cell| refer(known.projects.as_ref(), cell));
    let product_type = row.required("product_type", ProductType::from_code);
    let title = row.texts("title");
    Some(Group {
        id: id?,
        project: project?,
        product_type: product_type?,
        title: title?,
    })
}

pub(super) fn unit(row: Row<'_>, known: &Known) -> Option<Unit> {
    let id = row.required("id", identifier);
    let group = row.required("group", |cell| refer(known.groups.as_ref(), cell));
    let number = row.required("number", |cell| plain_text(cell, 40));
    let price = row.required("price_dh", price);
    let surface_dm2 = row.required("surface_m2", |cell| hundredths(cell, 10_000_000));
    let floor = row.optional("floor", |cell| whole(cell, -5, 100));
    let count = |column, from, to| {
        row.optional(column, |cell| whole(cell, from, to))
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
        designation: row.optional_texts("designation"),
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
