//! Parses the text of one cell to a value. Must not know columns or tables.

use expo_domain::outline::PlanPoint;
use expo_domain::{Money, Region};
use jiff::civil::Date;
use std::str::FromStr;

/// Maximum length of labels on a plan, in characters.
pub(super) const MAX_LABEL_CHARS: usize = 40;
/// Maximum length of names and titles, in characters.
pub(super) const MAX_NAME_CHARS: usize = 160;
/// Maximum length of sentences, in characters.
pub(crate) const MAX_SENTENCE_CHARS: usize = 400;
/// Maximum length of descriptions, in characters.
pub(super) const MAX_DESCRIPTION_CHARS: usize = 4_000;

/// `a, b, c`, to list the allowed values.
pub(crate) fn comma_separated<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(", ")
}

/// `[A-Z0-9][A-Z0-9-]{1,39}`.
pub(super) fn identifier(text: &str) -> Option<String> {
    let is_allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    let is_valid = (2..=40).contains(&text.len()) && text.bytes().all(is_allowed) && !text.starts_with('-');
    is_valid.then(|| text.to_owned())
}

/// `yes` or `no`.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// `2026-11-16`, in exactly this format.
pub(crate) fn date(text: &str) -> Option<Date> {
    let has_format = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    has_format
        .then(|| Date::from_str(text).ok())?
        .filter(|date| (1950..=2100).contains(&date.year()))
}

/// `2027-09`, or the first day of the month, to which Excel converts it.
pub(super) fn month(text: &str) -> Option<Date> {
    let first = if text.len() == 7 {
        format!("{text}-01")
    } else {
        text.to_owned()
    };
    date(&first).filter(|date| date.day() == 1)
}

/// An amount above zero, exact to the centime.
pub(super) fn price(text: &str) -> Option<Money> {
    Money::parse_dirhams(text).filter(|price| price.0 > 0)
}

/// A decimal number above zero and at most `max`, in hundredths.
pub(super) fn hundredths(text: &str, max: i64) -> Option<i64> {
    let value = Money::parse_dirhams(text)?.0;
    (value > 0 && value <= max * 100).then_some(value)
}

/// An integer from `min` to `max`, both included.
pub(super) fn integer(text: &str, min: i32, max: i32) -> Option<i32> {
    text.parse().ok().filter(|value| (min..=max).contains(value))
}

/// Degrees from `min` to `max`. Morocco lies between 20 and 37 north and between 18 and 0 west.
fn degrees(text: &str, min: f64, max: f64) -> Option<f64> {
    text.replace(',', ".")
        .parse()
        .ok()
        .filter(|value| (min..=max).contains(value))
}

/// Degrees north within Morocco.
pub(super) fn latitude(cell: &str) -> Option<f64> {
    degrees(cell, 20.0, 37.0)
}

/// Degrees east within Morocco.
pub(super) fn longitude(cell: &str) -> Option<f64> {
    degrees(cell, -18.0, 0.0)
}

/// One of the twelve regions.
pub(super) fn region(text: &str) -> Option<Region> {
    Region::from_code(text)
}

/// A telephone number in E.164 format.
pub(super) fn phone(text: &str) -> Option<String> {
    expo_domain::phone::to_e164(text, None)
        .ok()
        .filter(|number| number == text)
}

/// Parts of a list separated by `|`; `None` if a part is empty, not valid or repeated.
pub(super) fn list<T: PartialEq>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let parts: Option<Vec<T>> = text.split('|').map(|part| parse(part.trim())).collect();
    let parts = parts?;
    let is_unique = parts
        .iter()
        .enumerate()
        .all(|(index, part)| !parts[..index].contains(part));
    is_unique.then_some(parts)
}

/// Points such as `0 0|120 0|120 90`.
pub(super) fn plan_points(text: &str) -> Option<Vec<PlanPoint>> {
    let point = |part: &str| {
        let coordinates: Option<Vec<i32>> = part
            .split_whitespace()
            .map(|number| number.parse().ok())
            .collect();
        coordinates?.try_into().ok()
    };
    text.split('|').map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complete_values_are_parsed() {
        assert_eq!(identifier("RBT-01"), Some("RBT-01".to_owned()));
        for wrong in ["A", "-AB", "rbt", "É1", "A B", &"A".repeat(41)] {
            assert_eq!(identifier(wrong), None, "{wrong}");
        }
        assert_eq!(date("2026-11-16"), Some(Date::constant(2026, 11, 16)));
        for wrong in [
            "16/11/2026",
            "2026-11-31",
            "2026-1-1",
            "20261116",
            "2026-11-16T10",
            "0026-11-16",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        assert_eq!(month("2027-09"), Some(Date::constant(2027, 9, 1)));
        assert_eq!(month("2027-09-01"), month("2027-09"));
        for wrong in ["2027", "2027-13", "2027-09-02", "09/2027"] {
            assert_eq!(month(wrong), None, "{wrong}");
        }
        assert_eq!(
            (price("0"), price("-5"), price("1,5")),
            (None, None, Some(Money(150)))
        );
        assert_eq!(
            (hundredths("88.55", 100), hundredths("101", 100)),
            (Some(8_855), None)
        );
        assert_eq!(
            (degrees("nan", 20.0, 37.0), degrees("34,02", 20.0, 37.0)),
            (None, Some(34.02))
        );
        assert_eq!(plan_points("0 0| 12  -3"), Some(vec![[0, 0], [12, -3]]));
        for wrong in ["", "1", "1 2 3", "1,5 2", "1 2||3 4"] {
            assert_eq!(plan_points(wrong), None, "{wrong}");
        }
        assert_eq!(phone("0537000000"), None);
        assert_eq!(list("MA-01|MA-02", region).map(|l| l.len()), Some(2));
        for wrong in ["MA-01|", "MA-01|MA-01", "MA-13"] {
            assert_eq!(list(wrong, region), None, "{wrong}");
        }
    }
}
