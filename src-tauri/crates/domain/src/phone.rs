//! Telephone numbers: converts typed numbers to E.164. Must not know: who owns a number.
//!
//! National rules, such as lengths and trunk zeros (which Italian landlines keep), are libphonenumber metadata.

use crate::characters::{is_invisible, western_digit};
use rlibphonenumber::{
    PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region, ValidationError,
};
use serde::Serialize;
use std::str::FromStr;
use ts_rs::TS;

/// Why a text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Not a number, or no such number exists in its country.
    #[error("not a telephone number")]
    Invalid,
    /// Too few digits for its country.
    #[error("too few digits")]
    TooShort,
    /// Too many digits for its country.
    #[error("too many digits")]
    TooLong,
    /// No country code, and none known from the country of residence.
    #[error("unknown country")]
    UnknownCountry,
}

/// A telephone number as understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhoneReading {
    /// E.164.
    pub number: String,
    /// Grouped as its country writes it, after `+` and the country code.
    pub shown: String,
    /// The Moroccan mobile number that the same digits are too, grouped; `None` if there is none.
    pub moroccan: Option<String>,
}

/// Regions of the French numbering plan, whose numbers are typed in the same way in all of them. Saint-Barthélemy and
/// Saint-Martin share the numbers of Guadeloupe.
const FRENCH_PLAN: [Region; 6] = [
    Region::FR,
    Region::RE,
    Region::YT,
    Region::GP,
    Region::GF,
    Region::MQ,
];

/// Converts a number typed with `+`, with `00`, or in the national format of `country` (ISO 3166-1 alpha-2) to E.164.
/// The country code of `country` can be typed without `+`.
pub fn to_e164(typed: &str, country: Option<&str>) -> Result<String, PhoneError> {
    Ok(e164(&parse(&plain(typed), region(country))?))
}

/// The number as understood, with the Moroccan mobile that a visitor from abroad may have meant.
pub fn read(typed: &str, country: Option<&str>) -> Result<PhoneReading, PhoneError> {
    let plain = plain(typed);
    let number = parse(&plain, region(country))?;
    let moroccan = if is_national(&plain) && plain.starts_with('0') {
        parse_in(&plain, Some(Region::MA)).ok()
    } else {
        None
    };
    let moroccan = moroccan.filter(|other| *other != number && other.get_type() == PhoneNumberType::Mobile);
    Ok(PhoneReading {
        number: e164(&number),
        shown: grouped(&number),
        moroccan: moroccan.as_ref().map(grouped),
    })
}

/// The country of a number in E.164, ISO 3166-1 alpha-2; `None` for numbers of no country.
pub fn country_of(e164: &str) -> Option<String> {
    let region = parse_in(e164, None).ok()?.get_region_code()?;
    Some(region.to_string())
}

/// Whether this is the code of a country with telephone numbers, ISO 3166-1 alpha-2 in capital letters.
pub fn is_country(code: &str) -> bool {
    let has_numbers = || region(Some(code)).and_then(calling_code).is_some();
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) && has_numbers()
}

/// Western digits and signs, with `+` in place of `00`.
fn plain(typed: &str) -> String {
    let visible = typed.chars().filter(|c| !is_invisible(*c) && !c.is_control());
    let plain: String = visible.map(western_digit).collect();
    let plain = plain.trim();
    match plain.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => plain.to_owned(),
    }
}

/// Whether the number has no `+`, which libphonenumber also accepts in full width.
fn is_national(plain: &str) -> bool {
    !plain.starts_with(['+', '＋'])
}

fn region(country: Option<&str>) -> Option<Region> {
    Region::from_str(&country?.to_ascii_uppercase()).ok()
}

fn calling_code(region: Region) -> Option<i32> {
    PHONE_NUMBER_UTIL.get_country_code_for_region(region)
}

fn parse(plain: &str, region: Option<Region>) -> Result<PhoneNumber, PhoneError> {
    // libphonenumber reads letters as digits, and drops extensions.
    if plain.contains(char::is_alphabetic) {
        return Err(PhoneError::Invalid);
    }
    let number = parse_in(plain, region);
    if !is_national(plain) {
        return number;
    }
    let Some(region) = region else {
        return number;
    };
    let national = number
        .as_ref()
        .is_ok_and(|number| is_in_national_format(plain, number));
    match with_country_code(plain, region) {
        Some(complete) if !national => Ok(complete),
        _ => number.or_else(|error| elsewhere_in_french_plan(plain, region).ok_or(error)),
    }
}

/// The number that begins with the country code of its region, without `+`. With a trunk prefix it would be national.
fn with_country_code(plain: &str, region: Region) -> Option<PhoneNumber> {
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let code = calling_code(region)?.to_string();
    if !digits.starts_with(&code) {
        return None;
    }
    parse_in(&format!("+{digits}"), None).ok()
}

/// Whether the digits are those that the national format of the number has, including its trunk prefix.
fn is_in_national_format(plain: &str, number: &PhoneNumber) -> bool {
    let national = number.format_as(PhoneNumberFormat::National);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(&national) == digits(plain)
}

fn elsewhere_in_french_plan(plain: &str, region: Region) -> Option<PhoneNumber> {
    if !FRENCH_PLAN.contains(&region) {
        return None;
    }
    let mut others = FRENCH_PLAN.into_iter().filter(|other| *other != region);
    others.find_map(|other| parse_in(plain, Some(other)).ok())
}

fn parse_in(plain: &str, region: Option<Region>) -> Result<PhoneNumber, PhoneError> {
    let number = PhoneNumber::parse(plain, region).map_err(|error| match error {
        ParseError::InvalidCountryCode => PhoneError::UnknownCountry,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => PhoneError::TooShort,
        ParseError::TooLongNsn => PhoneError::TooLong,
        ParseError::NotANumber(_) => PhoneError::Invalid,
    })?;
    number.is_possible_with_reason().map_err(|error| match error {
        ValidationError::InvalidCountryCode => PhoneError::UnknownCountry,
        ValidationError::TooShort => PhoneError::TooShort,
        ValidationError::TooLong => PhoneError::TooLong,
        ValidationError::InvalidLength => PhoneError::Invalid,
    })?;
    number.is_valid().then_some(number).ok_or(PhoneError::Invalid)
}

fn e164(number: &PhoneNumber) -> String {
    number.format_as(PhoneNumberFormat::E164).into_owned()
}

fn grouped(number: &PhoneNumber) -> String {
    number.format_as(PhoneNumberFormat::International).into_owned()
}

#[cfg(test)]
mod tests;
