//! Telephone numbers: converts typed numbers to E.164. Must not know: who owns a number.
//!
//! National rules, such as lengths and trunk zeros (which Italian landlines keep), are libphonenumber metadata.

use rlibphonenumber::{ParseError, PhoneNumber, PhoneNumberFormat, Region, ValidationError};
use std::str::FromStr;

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

/// Converts a number typed with `+`, with `00`, or in the national format of `country` (ISO 3166-1 alpha-2) to E.164.
pub fn to_e164(typed: &str, country: Option<&str>) -> Result<String, PhoneError> {
    let plain: String = typed
        .trim()
        .chars()
        .map(western_digit)
        .filter(|c| !is_invisible(*c))
        .collect();
    let international = match plain.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => plain,
    };
    let region = country.and_then(|code| Region::from_str(&code.to_ascii_uppercase()).ok());
    if region.is_none() && !international.starts_with('+') {
        return Err(PhoneError::UnknownCountry);
    }
    let number = PhoneNumber::parse(&international, region).map_err(|error| match error {
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
    if !number.is_valid() {
        return Err(PhoneError::Invalid);
    }
    Ok(number.format_as(PhoneNumberFormat::E164).into_owned())
}

/// Whether this is the code of a country with telephone numbers, ISO 3166-1 alpha-2 in capital letters.
pub fn is_country(code: &str) -> bool {
    // Any national number shows whether the country has a numbering plan.
    let has_numbers = || to_e164("12345678", Some(code)) != Err(PhoneError::UnknownCountry);
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) && has_numbers()
}

fn western_digit(c: char) -> char {
    match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        c => c,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_formats_become_e164() {
        for (typed, country, expected) in [
            ("06 12 34 56 78", Some("FR"), "+33612345678"),
            ("+33 06 12 34 56 78", None, "+33612345678"),
            ("0033612345678", Some("MA"), "+33612345678"),
            ("+33 (0)6 12 34 56 78", None, "+33612345678"),
            ("0612345678", Some("MA"), "+212612345678"),
            ("+212 0522 00 00 01", None, "+212522000001"),
            ("+212 712345678", None, "+212712345678"),
            ("٠٦١٢٣٤٥٦٧٨", Some("MA"), "+212612345678"),
            ("0470 12 34 56", Some("BE"), "+32470123456"),
            ("06 12345678", Some("NL"), "+31612345678"),
            ("0151 23456789", Some("DE"), "+4915123456789"),
            ("07400 123456", Some("GB"), "+447400123456"),
            ("078 123 45 67", Some("CH"), "+41781234567"),
            ("070-123 45 67", Some("SE"), "+46701234567"),
            ("612 34 56 78", Some("ES"), "+34612345678"),
            ("912 345 678", Some("PT"), "+351912345678"),
            ("02 12345678", Some("IT"), "+390212345678"),
            ("+39 312 345 6789", None, "+393123456789"),
        ] {
            assert_eq!(
                to_e164(typed, country).as_deref(),
                Ok(expected),
                "{typed} {country:?}"
            );
        }
    }

    #[test]
    fn invalid_numbers_are_rejected_with_a_reason() {
        assert_eq!(to_e164("0612", Some("FR")), Err(PhoneError::TooShort));
        assert_eq!(to_e164("06123456789999", Some("FR")), Err(PhoneError::TooLong));
        assert_eq!(to_e164("0612345678", None), Err(PhoneError::UnknownCountry));
        assert_eq!(to_e164("+999 123456", None), Err(PhoneError::UnknownCountry));
        assert_eq!(to_e164("abc", Some("FR")), Err(PhoneError::Invalid));
        assert!(to_e164("0012", Some("FR")).is_err());
    }
}
