//! Rewrites what a person reads correctly in the strict form of a column: any kind of space in a number, a local date,
//! `Oui`, capitals in a code. What is not understood, or could mean two things, stays as it is and becomes a fault. Must
//! not know tables.

use crate::source::column_type::ColumnType;
use crate::source::months;
use expo_domain::characters::{is_invisible, western_digit};

/// Words around a price.
const CURRENCIES: [&str; 8] = ["dhs", "dh", "mad", "dirhams", "dirham", "د.م.", "درهم", "د.م"];
/// Units around a surface.
const SURFACE_UNITS: [&str; 4] = ["m²", "m2", "م²", "م2"];
/// Spellings of yes.
const YES: [&str; 5] = ["yes", "oui", "true", "vrai", "نعم"];
/// Spellings of no.
const NO: [&str; 5] = ["no", "non", "false", "faux", "لا"];

/// The strict form of a cell, or its trimmed text.
pub(super) fn canonical(cell_type: ColumnType, text: &str) -> String {
    use ColumnType as T;
    if matches!(cell_type, T::Text(_) | T::Photo) {
        return text.trim().to_owned();
    }
    let clean = cleaned(text);
    let rewritten = match cell_type {
        T::YesNo => yes_no(&clean),
        T::Date => months::date(&clean),
        T::Month => months::month(&clean),
        T::Price => number(&clean, &CURRENCIES, true),
        T::Surface => number(&clean, &SURFACE_UNITS, false),
        T::Coefficient | T::Latitude | T::Longitude => number(&clean, &["°"], false),
        T::Floor | T::Integer(..) | T::Position => integer(&clean),
        T::OneOf(codes) => code(&clean, &codes()),
        T::AnyOf(codes) => {
            let codes = codes();
            let parts: Option<Vec<String>> = clean.split('|').map(|part| code(part.trim(), &codes)).collect();
            parts.map(|parts| parts.join("|"))
        }
        T::Phone if clean.chars().all(is_of_phone) => expo_domain::phone::to_e164(&clean, None).ok(),
        _ => None,
    };
    rewritten.unwrap_or(clean)
}

/// Without invisible marks, with plain spaces, western digits and a plain minus.
fn cleaned(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let plain = visible.map(|c| match western_digit(c) {
        '\u{2212}' => '-',
        '٫' => ',',
        '\n' => '\n',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    plain.collect::<String>().trim().to_owned()
}

/// Whether the character is a digit or sign of one telephone number. Others may begin an extension.
fn is_of_phone(c: char) -> bool {
    c.is_ascii_digit() || "+-‐‑–(). ".contains(c)
}

fn yes_no(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let is = |words: &[&str]| words.contains(&text.as_str());
    match (is(&YES), is(&NO)) {
        (true, _) => Some("yes".to_owned()),
        (_, true) => Some("no".to_owned()),
        _ => None,
    }
}

fn code(text: &str, codes: &[&'static str]) -> Option<String> {
    let found = codes.iter().find(|code| code.eq_ignore_ascii_case(text));
    found.map(|code| (*code).to_owned())
}

/// A whole number without leading zeros; decimals may only be zeros.
fn integer(text: &str) -> Option<String> {
    let whole = match text.split_once(['.', ',']) {
        Some((whole, decimals)) if !decimals.is_empty() && decimals.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    whole.parse::<i32>().ok().map(|value| value.to_string())
}

/// A decimal number with a point. Thousands may be separated by spaces, points, commas or apostrophes in groups of
/// three. A single group of three after a point or comma is a group of thousands only if `has_cents`.
fn number(text: &str, units: &[&str], has_cents: bool) -> Option<String> {
    let lower = text.to_lowercase();
    let mut digits = lower.as_str();
    if let Some(rest) = units.iter().find_map(|unit| digits.strip_suffix(unit)) {
        digits = rest.trim_end();
    }
    if let Some(rest) = units.iter().find_map(|unit| digits.strip_prefix(unit)) {
        digits = rest.trim_start();
    }
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let marks: Vec<(usize, char)> = digits
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | ','))
        .collect();
    let decimal_mark = match marks.as_slice() {
        [] => None,
        [(at, _)] => {
            let decimals = digits.len() - at - 1;
            (!(has_cents && decimals == 3 && *at <= 3)).then_some(*at)
        }
        // Several marks: the last one is decimal if it differs from all others.
        [others @ .., (at, mark)] => others.iter().all(|(_, other)| other != mark).then_some(*at),
    };
    let (whole, decimals) =
        decimal_mark.map_or((digits, None), |at| (&digits[..at], Some(&digits[at + 1..])));
    let groups: Vec<&str> = whole.split([' ', '.', ',', '\'', '’']).collect();
    let is_grouped = groups.len() == 1
        || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let whole = groups.concat();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_grouped || !is_number(&whole) || decimals.is_some_and(|decimals| !is_number(decimals)) {
        return None;
    }
    let decimals = decimals
        .map(|decimals| format!(".{decimals}"))
        .unwrap_or_default();
    Some(format!("{sign}{whole}{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnType as T;

    fn check(cell_type: T, cases: &[(&str, &str)]) {
        for (typed, expected) in cases {
            assert_eq!(canonical(cell_type, typed), *expected, "{typed:?}");
        }
    }

    #[test]
    fn prices_with_any_separator_are_read() {
        check(
            T::Price,
            &[
                ("288 000", "288000"),
                ("288\u{202f}000,50", "288000.50"),
                ("288\u{2009}000 DH", "288000"),
                ("\u{200e}699.000\u{200f}", "699000"),
                ("699,000", "699000"),
                ("1.234.567,5", "1234567.5"),
                ("1,234,567.50 MAD", "1234567.50"),
                ("699 000,00 DH", "699000.00"),
                ("٦٩٩ ٠٠٠ درهم", "699000"),
                ("-5", "-5"),
            ],
        );
    }

    #[test]
    fn prices_that_are_not_clear_are_kept() {
        for unclear in [
            "288 00",
            "12 34 567",
            "1.23.456",
            "abc",
            "1,2,3.4.5",
            "288000.505,1",
            "12e3",
        ] {
            assert_eq!(canonical(T::Price, unclear), unclear);
        }
        assert_eq!(canonical(T::Price, "290000.505"), "290000.505");
    }

    #[test]
    fn surfaces_keep_three_decimals_as_decimals() {
        check(
            T::Surface,
            &[
                ("58,5 m²", "58.5"),
                ("1 250,5", "1250.5"),
                ("58.500", "58.500"),
                ("96 M2", "96"),
            ],
        );
    }

    #[test]
    fn codes_booleans_and_integers_have_one_form() {
        check(
            T::YesNo,
            &[
                ("Oui", "yes"),
                ("NON", "no"),
                (" yes\u{a0}", "yes"),
                ("peut-être", "peut-être"),
            ],
        );
        check(
            T::Position,
            &[("01", "1"), ("1,0", "1"), ("1.5", "1.5"), ("+2", "2")],
        );
        check(
            T::OneOf(|| vec!["available"]),
            &[("Available ", "available"), ("libre", "libre")],
        );
        check(
            T::AnyOf(|| vec!["lift", "school"]),
            &[("Lift | SCHOOL", "lift|school")],
        );
        check(
            T::Phone,
            &[
                ("\u{202a}+212 537-00 00 00\u{202c}", "+212537000000"),
                ("0537", "0537"),
                ("+212 537 00 00 00 poste 12", "+212 537 00 00 00 poste 12"),
                ("+212 537 00 00 00;ext=1", "+212 537 00 00 00;ext=1"),
            ],
        );
        check(T::Id, &[("\u{200b}FES-A\u{a0}", "FES-A")]);
        check(T::Photo, &[(" vue-\u{663}.jpg ", "vue-\u{663}.jpg")]);
        check(T::Text(10), &[(" a\u{200d}b ", "a\u{200d}b")]);
    }
}
