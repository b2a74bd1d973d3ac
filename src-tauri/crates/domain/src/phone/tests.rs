//! Telephone numbers as visitors type them.

use super::*;

fn check(expected: &[(&str, Option<&str>, &str)]) {
    let differences: Vec<String> = expected
        .iter()
        .map(|(typed, country, expected)| (typed, country, expected, to_e164(typed, *country)))
        .filter(|(_, _, expected, found)| found.as_deref() != Ok(**expected))
        .map(|(typed, country, expected, found)| format!("{typed} {country:?}: {found:?}, not {expected}"))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Example numbers of libphonenumber: a mobile and a landline of every country, if it has them.
fn examples() -> Vec<(Region, PhoneNumber)> {
    let kinds = [PhoneNumberType::Mobile, PhoneNumberType::FixedLine];
    let of_region = |region| {
        let example = move |kind| PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind);
        kinds
            .into_iter()
            .filter_map(move |kind| example(kind).ok())
            .map(move |number| (region, number))
    };
    PHONE_NUMBER_UTIL
        .get_supported_regions()
        .flat_map(of_region)
        .collect()
}

/// Asserts that each example number, typed in this way in its country, is read as itself.
fn check_examples(typed: impl Fn(&PhoneNumber) -> String) {
    let examples = examples();
    assert!(examples.len() > 450, "{} examples", examples.len());
    let differences: Vec<String> = examples
        .iter()
        .map(|(region, number)| (region, typed(number), number))
        .filter(|(region, typed, number)| to_e164(typed, Some(&region.to_string())) != Ok(e164(number)))
        .map(|(region, typed, number)| {
            let found = to_e164(&typed, Some(&region.to_string()));
            format!("{typed} {region}: {found:?}, not {}", e164(number))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn national_formats_become_e164() {
    check(&[
        ("06 12 34 56 78", Some("FR"), "+33612345678"),
        ("+33 06 12 34 56 78", None, "+33612345678"),
        ("0033612345678", Some("MA"), "+33612345678"),
        ("+33 (0)6 12 34 56 78", None, "+33612345678"),
        ("0612345678", Some("MA"), "+212612345678"),
        ("+212 0522 00 00 01", None, "+212522000001"),
        ("+212 712345678", None, "+212712345678"),
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
    ]);
}

#[test]
fn digits_of_other_scripts_are_read() {
    check(&[
        ("٠٦١٢٣٤٥٦٧٨", Some("MA"), "+212612345678"),
        ("۰۶۱۲۳۴۵۶۷۸", Some("MA"), "+212612345678"),
        ("۰۰۳۳۶۱۲۳۴۵۶۷۸", None, "+33612345678"),
        ("٠٠٣٣٦١٢٣٤٥٦٧٨", None, "+33612345678"),
    ]);
}

#[test]
fn invisible_characters_are_ignored() {
    for mark in [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{180e}',
        '\u{200b}',
        '\u{200f}',
        '\u{202c}',
        '\u{2060}',
        '\u{2069}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{e0041}',
        '\t',
        '\u{7f}',
    ] {
        let typed = format!("{mark}0{mark}0{mark}33612{mark}345678{mark}");
        assert_eq!(to_e164(&typed, None).as_deref(), Ok("+33612345678"), "{mark:?}");
    }
}

#[test]
fn country_code_is_read_without_plus() {
    check(&[
        ("4915123456789", Some("DE"), "+4915123456789"),
        ("49 30 123456", Some("DE"), "+4930123456"),
        ("33612345678", Some("FR"), "+33612345678"),
        ("33 6 12 34 56 78", Some("FR"), "+33612345678"),
        ("212661000000", Some("MA"), "+212661000000"),
        // National numbers that begin with the digits of the country code.
        ("0491 570 156", Some("AU"), "+61491570156"),
        ("391 234 5678", Some("IT"), "+393912345678"),
        ("0494 123456", Some("DE"), "+49494123456"),
    ]);
}

#[test]
fn french_overseas_numbers_are_read_in_france() {
    check(&[
        ("0692112233", Some("FR"), "+262692112233"),
        ("0690123456", Some("FR"), "+590690123456"),
        ("0694201234", Some("FR"), "+594694201234"),
        ("0696201234", Some("FR"), "+596696201234"),
        ("0639012345", Some("FR"), "+262639012345"),
        ("0692112233", Some("RE"), "+262692112233"),
        ("0612345678", Some("RE"), "+33612345678"),
    ]);
    assert_eq!(to_e164("0692112233", Some("BE")), Err(PhoneError::Invalid));
}

#[test]
fn examples_are_read_in_e164() {
    check_examples(e164);
}

#[test]
fn examples_are_read_in_national_format() {
    check_examples(|number| number.format_as(PhoneNumberFormat::National).into_owned());
}

#[test]
fn examples_are_read_with_country_code_without_plus() {
    check_examples(|number| e164(number).trim_start_matches('+').to_owned());
}

#[test]
fn examples_are_read_as_they_are_shown() {
    check_examples(grouped);
}

#[test]
fn reading_is_grouped_and_names_the_moroccan_mobile() {
    let shown = |typed, country| {
        let reading = read(typed, Some(country)).unwrap();
        (reading.shown, reading.moroccan)
    };
    let moroccan = grouped(&parse_in("+212661000000", None).unwrap());
    assert!(moroccan.starts_with("+212 6") && moroccan.len() > "+212661000000".len());
    assert_eq!(
        shown("0661000000", "FR"),
        ("+33 6 61 00 00 00".to_owned(), Some(moroccan.clone()))
    );
    assert_eq!(shown("0661000000", "MA"), (moroccan, None));
    // Landlines of Morocco, other countries, and numbers with a country code or without a zero are not ambiguous.
    for (typed, country) in [
        ("0522000001", "FR"),
        ("+33661000000", "FR"),
        ("0033661000000", "FR"),
        ("661000000", "FR"),
        ("0470123456", "BE"),
    ] {
        assert_eq!(shown(typed, country).1, None, "{typed}");
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

#[test]
fn letters_are_no_digits_and_no_extension() {
    for typed in ["+212 600 FLOWER", "+212 537 00 00 00 ext 12", "212537000000 x3"] {
        assert_eq!(to_e164(typed, Some("MA")), Err(PhoneError::Invalid), "{typed}");
    }
}

#[test]
fn countries_have_telephone_numbers() {
    assert!(is_country("FR") && is_country("RE"));
    assert!(!is_country("fr") && !is_country("ZZ") && !is_country("FRA"));
}
