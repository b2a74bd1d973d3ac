//! Dates and months as people write them in Morocco. A date whose day and month could be exchanged is not read. Must not
//! know columns.

use jiff::civil::Date;

/// Names of the months in French, English and Moroccan Arabic. Abbreviations are starts of names.
const NAMES: [&[&str]; 12] = [
    &["janvier", "january", "يناير"],
    &["février", "fevrier", "february", "فبراير"],
    &["mars", "march", "مارس"],
    &["avril", "april", "أبريل", "ابريل"],
    &["mai", "may", "ماي", "مايو"],
    &["juin", "june", "يونيو"],
    &["juillet", "july", "يوليوز", "يوليو"],
    &["août", "aout", "august", "غشت"],
    &["septembre", "september", "شتنبر"],
    &["octobre", "october", "أكتوبر", "اكتوبر"],
    &["novembre", "november", "نونبر"],
    &["décembre", "decembre", "december", "دجنبر"],
];
/// Shortest abbreviation of a month, in characters.
const MIN_NAME_CHARS: usize = 3;

/// `2026-11-16` from an unambiguous date, with or without a time.
pub(super) fn date(text: &str) -> Option<String> {
    let [a, b, c] = parts(without_time(text)?)?;
    let (year, month, day) = match (a.is_year(), c.is_year()) {
        (true, false) => (a.number()?, b.month()?, c.number()?),
        (false, true) if b.number().is_none() => (c.number()?, b.month()?, a.number()?),
        (false, true) if a.number().is_none() => (c.number()?, a.month()?, b.number()?),
        (false, true) => {
            let (first, second) = (a.number()?, b.number()?);
            match (first > 12, second > 12) {
                (true, false) => (c.number()?, second, first),
                (false, true) => (c.number()?, first, second),
                (false, false) if first == second => (c.number()?, first, first),
                _ => return None,
            }
        }
        _ => return None,
    };
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    let date = date.ok()?;
    Some(date.to_string())
}

/// Whether the text is a date whose day and month could be exchanged.
pub(super) fn is_ambiguous(text: &str) -> bool {
    let parts = without_time(text).and_then(parts);
    parts.is_some_and(|[a, b, c]| {
        let is_short = |part: &Part<'_>| part.number().is_some_and(|number| (1..=12).contains(&number));
        is_short(&a) && is_short(&b) && c.number().is_some() && c.0.len() != 3
    })
}

/// `2027-09` from a month, or the first day of a month as `2027-09-01`.
pub(super) fn month(text: &str) -> Option<String> {
    if let Some(date) = date(text) {
        return Some(date);
    }
    let mut parts = text
        .split([' ', '/', '.', '-', ','])
        .filter(|part| !part.is_empty());
    let (a, b) = (Part(parts.next()?), Part(parts.next()?));
    if parts.next().is_some() {
        return None;
    }
    let (year, month) = match (a.is_year(), b.is_year()) {
        (true, false) => (a.number()?, b.month()?),
        (false, true) => (b.number()?, a.month()?),
        _ => return None,
    };
    (1..=12).contains(&month).then(|| format!("{year:04}-{month:02}"))
}

/// The date before a time such as `T10:00:00Z` or ` 00:00`; `None` if something else follows.
fn without_time(text: &str) -> Option<&str> {
    let time_start = text
        .find(':')
        .and_then(|colon| text[..colon].rfind(['T', 't', ' ']));
    let Some(at) = time_start else {
        return Some(text);
    };
    let (date, time) = text.split_at(at);
    let is_time = time
        .chars()
        .skip(1)
        .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+' | '-'));
    is_time.then(|| date.trim_end())
}

/// One part of a date: a number or the name of a month.
#[derive(Clone, Copy)]
struct Part<'t>(&'t str);

impl Part<'_> {
    fn is_year(&self) -> bool {
        self.0.len() == 4 && self.number().is_some()
    }

    /// At most four digits; `1er` is 1.
    fn number(&self) -> Option<u32> {
        let digits = self.0.strip_suffix("er").unwrap_or(self.0);
        let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse().ok())?
    }

    /// Number of the month, from digits or from a name.
    fn month(&self) -> Option<u32> {
        if let Some(number) = self.number() {
            return Some(number);
        }
        let name = self.0.to_lowercase();
        let is_long = name.chars().count() >= MIN_NAME_CHARS;
        let mut found = (1..)
            .zip(NAMES)
            .filter(|(_, names)| is_long && names.iter().any(|full| full.starts_with(&name)));
        match (found.next(), found.next()) {
            (Some((month, _)), None) => Some(month),
            _ => None,
        }
    }
}

fn parts(text: &str) -> Option<[Part<'_>; 3]> {
    let parts = text
        .split([' ', '/', '.', '-', ','])
        .filter(|part| !part.is_empty());
    let parts: Vec<Part<'_>> = parts.take(4).map(Part).collect();
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_dates_become_iso_dates() {
        for clear in [
            "2026-11-16",
            "2026-11-16T10:30:00Z",
            "2026-11-16T00:00:00.000+01:00",
            "2026-11-16 00:00:00",
            "16/11/2026",
            "16.11.2026",
            "16-11-2026",
            "2026/11/16",
            "11/16/2026",
            "16 novembre 2026",
            "16 nov. 2026",
            "November 16, 2026",
            "16 نونبر 2026",
        ] {
            assert_eq!(date(clear).as_deref(), Some("2026-11-16"), "{clear}");
        }
        assert_eq!(date("05/05/2026").as_deref(), Some("2026-05-05"));
        assert_eq!(date("1er mars 2026").as_deref(), Some("2026-03-01"));
    }

    #[test]
    fn unclear_dates_are_not_read() {
        for unclear in [
            "05/03/2026",
            "16/11/26",
            "2026",
            "31/02/2026",
            "16 jui 2026",
            "2026-11-16 demain",
            "20261116",
            "16/11/2026 10:00 h",
            "00/11/2026",
            "261/11/2026",
            "16/267/2026",
        ] {
            assert_eq!(date(unclear), None, "{unclear}");
        }
        assert!(is_ambiguous("05/03/2026") && is_ambiguous("05/03/26"));
        assert!(!is_ambiguous("16/11/2026") && !is_ambiguous("2026-11-16"));
    }

    #[test]
    fn months_are_read_in_words_and_digits() {
        for clear in [
            "2027-09",
            "09/2027",
            "9/2027",
            "2027/9",
            "septembre 2027",
            "Sept. 2027",
            "شتنبر 2027",
        ] {
            assert_eq!(month(clear).as_deref(), Some("2027-09"), "{clear}");
        }
        assert_eq!(month("2027-09-01").as_deref(), Some("2027-09-01"));
        for unclear in ["2027", "13/2027", "09/27", "2027-13", "jui 2027"] {
            assert_eq!(month(unclear), None, "{unclear}");
        }
    }
}
