//! Projects, groups and units: each cell for itself, then what only several cells or tables together can break.

use crate::source::cells::{
    DATE, IDENTIFIER, LATITUDE, LONGITUDE, MONTH, NAME, PARAGRAPHS, PRICE, SENTENCE, date, hundredths,
    identifier, latitude, list, list_of, longitude, month, one_of, price, whole,
};
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
    let delivery = one_of!(row, "delivery", Delivery);
    let delivery_on = row.optional("delivery_on", month, MONTH);
    let building_permit_on = row.optional("building_permit_on", date, DATE);
    let habitation_permit_on = row.optional("habitation_permit_on", date, DATE);
    let land_title = one_of!(row, "land_title", LandTitle);
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

pub(super) fn group(row: Row<'_>, known: &Known) -> Option<Group> {
    let id = row.required("id", identifier, IDENTIFIER);
    let project = row.required(
        "project",
        |cell| refer(known.projects.as_ref(), cell),
        "an id of the table projects",
    );
    let product_type = one_of!(row, "product_type", ProductType);
    let title = row.texts("title", NAME);
    Some(Group {
        id: id?,
        project: project?,
        product_type: product_type?,
        title: title?,
    })
}

pub(super) fn unit(row: Row<'_>, known: &Known) -> Option<Unit> {
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
    let status = one_of!(row, "status", UnitStatus);
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
