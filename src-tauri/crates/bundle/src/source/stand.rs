//! The plan of the stand, from the table `stand`. Must not know files, how the plan is drawn.

use crate::fault::{Findings, message};
use crate::source::cells::{identifier, integer, list};
use crate::source::partners::country;
use crate::source::references::ids;
use crate::source::rows::read_all;
use crate::source::table::{Row, Tables};
use expo_domain::{Document, DocumentContent, PlaceKind, PlanArea, Stand, StandPlace};
use std::cell::RefCell;
use std::collections::HashSet;

/// Identifier of the document.
const STAND_ID: &str = "stand";

/// The plan, with its places in the order of the table; `None` without a place.
pub(super) fn read(tables: &Tables, faults: &mut Findings) -> Option<Document> {
    let partners = ids(tables, "partners", |_| ()).unwrap_or_default();
    let partners: HashSet<String> = partners.into_keys().collect();
    let all_faults = RefCell::new(std::mem::take(faults));
    let places = read_all(tables, "stand", &all_faults, |row| place(row, &partners));
    *faults = all_faults.into_inner();
    (!places.is_empty()).then(|| Document {
        id: STAND_ID.to_owned(),
        content: DocumentContent::Stand(Stand { places }),
    })
}

fn place(row: Row<'_>, partners: &HashSet<String>) -> Option<StandPlace> {
    let id = row.required("id", identifier);
    let kind = row.required("kind", PlaceKind::from_code);
    let countries = row.optional("countries", |cell| list(cell, country));
    let partner = |id: &str| partners.contains(id).then(|| format!("partner/{id}"));
    let partners = row.optional("partners", |cell| list(cell, partner));
    let label = row.texts("label");
    let (x, width) = side(row, "x", "width");
    let (y, height) = side(row, "y", "height");
    Some(StandPlace {
        id: id?,
        kind: kind?,
        countries: countries.unwrap_or_default(),
        partners: partners.unwrap_or_default(),
        label: label?,
        area: PlanArea {
            x: x?,
            y: y?,
            width: width?,
            height: height?,
        },
    })
}

/// Start and length of one side, which ends within the plan.
fn side(row: Row<'_>, start: &str, length: &str) -> (Option<u8>, Option<u8>) {
    let from = row.required(start, |cell| integer(cell, 0, 99));
    let long = row.required(length, |cell| integer(cell, 1, 100));
    if let (Some(from), Some(long)) = (from, long)
        && from + long > 100
    {
        let start = format!("{start}, {from}");
        row.fault(
            length,
            &long.to_string(),
            message(|t| (t.rows.within_plan)(&start)),
        );
    }
    let percent = |number: Option<i32>| number.and_then(|number| u8::try_from(number).ok());
    (percent(from), percent(long))
}
