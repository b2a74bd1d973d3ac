//! The link of the takeaway: its fragment carries the choice, so that a page can show it without a server that knows it.
//! Must not know: catalogues, QR codes, languages.

use super::item::{Item, Product};
use jiff::civil::Date;
use std::fmt::Write;

/// Version of the fragment, so that a page recognises later forms.
const VERSION: &str = "v1";
/// Characters of a fragment that separate its parts.
const ITEM: char = ';';
const FIELD: char = '/';

/// `PAGE#v1;2026-11-23;PROJECT//52-80;PROJECT/A-12/85.5`: version, date, and for each item the reference of the
/// project, the number of the unit (empty for a whole project) and its area in square metres (smallest and largest).
pub(super) fn write(page: &str, items: &[Item], day: Date) -> String {
    let mut link = format!("{page}#{VERSION}{ITEM}{day}");
    for item in items {
        let (number, area) = match &item.product {
            Product::Unit(unit) => (unit.number.as_str(), square_metres(unit.surface_dm2)),
            Product::Project(facts) => ("", facts.surfaces_dm2.map_or_else(String::new, area_range)),
        };
        link.push(ITEM);
        encode(&mut link, &item.reference);
        link.push(FIELD);
        encode(&mut link, number);
        link.push(FIELD);
        link.push_str(&area);
    }
    link
}

fn area_range((smallest, largest): (i64, i64)) -> String {
    if smallest == largest {
        square_metres(smallest)
    } else {
        format!("{}-{}", square_metres(smallest), square_metres(largest))
    }
}

/// `85.5` for 8,550 square decimetres.
fn square_metres(dm2: i64) -> String {
    let decimals = format!("{}.{:02}", dm2 / 100, dm2 % 100);
    decimals.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Appends a value with everything but unreserved characters (RFC 3986) in percent-encoding.
fn encode(link: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(link, "%{byte:02X}");
        }
    }
}
