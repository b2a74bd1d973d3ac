//! Values that are possible and probably wrong. A person confirms them before anything is built. Must not know how cells
//! are parsed.

use crate::fault::{Fault, Findings, message};
use crate::source::table::{Row, Tables};
use expo_domain::place::distance_km;
use expo_domain::{Delivery, Offer, ProductType, Project, Town, Unit};
use jiff::civil::Date;
use std::cell::RefCell;

/// Tables without which visitors see an empty catalogue.
const TABLES_WITH_ROWS: [&str; 5] = ["subsidiaries", "towns", "projects", "groups", "units"];
/// Usual prices of a unit in dirhams.
const USUAL_PRICES: std::ops::RangeInclusive<i64> = 20_000..=500_000_000;
/// Below this price per square metre, price and surface are probably exchanged.
const MIN_PRICE_PER_M2: i64 = 5;
/// Largest usual distance of a project from its town.
const MAX_KM_FROM_TOWN: f64 = 75.0;

/// Usual surfaces in m² and prices per m² in dirhams.
struct UsualRanges {
    surface: (i64, i64),
    price_per_m2: (i64, i64),
}

const fn usual_ranges(product_type: ProductType) -> UsualRanges {
    use ProductType as P;
    let (surface, price_per_m2) = match product_type {
        P::Apartment => ((12, 1_000), (1_000, 100_000)),
        P::House | P::Villa | P::SemiFinishedVilla => ((20, 5_000), (500, 100_000)),
        P::Shop => ((3, 5_000), (500, 300_000)),
        P::ResidentialPlot | P::CraftPlot | P::CommercialPlot => ((20, 100_000), (30, 100_000)),
        P::IndustrialPlot | P::Block => ((50, 2_000_000), (20, 100_000)),
    };
    UsualRanges {
        surface,
        price_per_m2,
    }
}

/// Warns of tables without rows.
pub(super) fn check_tables(tables: &Tables, findings: &RefCell<Findings>) {
    for (name, table) in tables.iter().filter(|(name, _)| TABLES_WITH_ROWS.contains(*name)) {
        if table.row_count() == 0 {
            let text = message(|t| (t.content.warnings.no_rows)(name));
            findings
                .borrow_mut()
                .push(Fault::file(&table.file, "", text).warning());
        }
    }
}

/// Warns of price and surface.
pub(super) fn check_unit(row: Row<'_>, unit: &Unit, product_type: Option<ProductType>) {
    let Some(product_type) = product_type else { return };
    let UsualRanges {
        surface,
        price_per_m2,
    } = usual_ranges(product_type);
    let dirhams = unit.price.0 / 100;
    let square_metres = unit.surface_dm2 / 100;
    // Both in hundredths, so that the ratio is dirhams per square metre.
    let ratio = unit.price.0 / unit.surface_dm2.max(1);
    let is_usual = |value: i64, (min, max): (i64, i64)| (min..=max).contains(&value);
    if ratio < MIN_PRICE_PER_M2 && !is_usual(square_metres, surface) && is_usual(dirhams, surface) {
        row.warn("price_dh", message(|t| t.content.warnings.swapped.to_owned()));
        return;
    }
    if !is_usual(square_metres, surface) {
        row.warn("surface_m2", message(|t| t.content.warnings.surface.to_owned()));
    }
    if !USUAL_PRICES.contains(&dirhams) || is_usual(square_metres, surface) && !is_usual(ratio, price_per_m2)
    {
        row.warn("price_dh", message(|t| t.content.warnings.price.to_owned()));
    }
}

/// Warns of the place and the dates of a project.
pub(super) fn check_project(row: Row<'_>, project: &Project, towns: &[Town], published_on: Option<Date>) {
    let town = towns.iter().find(|town| town.id == project.town);
    if let (Some(latitude), Some(longitude), Some(town)) = (project.latitude, project.longitude, town) {
        let distance = distance_km((town.latitude, town.longitude), (latitude, longitude));
        if distance > MAX_KM_FROM_TOWN {
            let km = distance.round() as u64;
            row.warn("latitude", message(|t| (t.content.warnings.far_from_town)(km)));
        }
    }
    let Some(today) = published_on else { return };
    let day = today.to_string();
    for (column, permit) in [
        ("building_permit_on", project.building_permit_on),
        ("habitation_permit_on", project.habitation_permit_on),
    ] {
        if permit.is_some_and(|permit| permit > today) {
            row.warn(column, message(|t| (t.content.warnings.permit_in_future)(&day)));
        }
    }
    let is_past = project
        .delivery_on
        .is_some_and(|month| month < today.first_of_month());
    if is_past && project.delivery != Delivery::Delivered {
        row.warn(
            "delivery_on",
            message(|t| (t.content.warnings.delivery_in_past)(&day)),
        );
    }
}

/// Warns of an offer that no visitor will see.
pub(super) fn check_offer(row: Row<'_>, offer: &Offer, published_on: Option<Date>) {
    if let Some(today) = published_on.filter(|today| offer.valid_to < *today) {
        let day = today.to_string();
        row.warn("valid_to", message(|t| (t.content.warnings.expired_offer)(&day)));
    }
}
