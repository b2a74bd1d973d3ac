//! The country of a time zone, for the countries where most Moroccans abroad live, and Morocco. Source: `zone.tab` and
//! `backward` of the IANA time zone database 2025b. Must not know: stops.

/// Country of a stop whose time zone is not in the list.
pub(super) const DEFAULT: &str = "FR";

const TIME_ZONES: &[(&str, &[&str])] = &[
    ("FR", &["Europe/Paris"]),
    ("MA", &["Africa/Casablanca", "Africa/El_Aaiun"]),
    ("ES", &["Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"]),
    ("IT", &["Europe/Rome"]),
    ("BE", &["Europe/Brussels"]),
    ("NL", &["Europe/Amsterdam"]),
    ("DE", &["Europe/Berlin", "Europe/Busingen"]),
    ("GB", &["Europe/London"]),
    ("CH", &["Europe/Zurich"]),
    (
        "CA",
        &[
            "America/Toronto",
            "America/Montreal",
            "America/Vancouver",
            "America/Edmonton",
            "America/Winnipeg",
            "America/Halifax",
            "America/Moncton",
            "America/Regina",
            "America/St_Johns",
        ],
    ),
    (
        "US",
        &[
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Detroit",
            "America/Phoenix",
        ],
    ),
    ("SE", &["Europe/Stockholm"]),
    ("AE", &["Asia/Dubai"]),
    ("SA", &["Asia/Riyadh"]),
    ("QA", &["Asia/Qatar"]),
    ("PT", &["Europe/Lisbon"]),
    ("NO", &["Europe/Oslo"]),
    ("DK", &["Europe/Copenhagen"]),
    ("LU", &["Europe/Luxembourg"]),
    ("AT", &["Europe/Vienna"]),
    ("IE", &["Europe/Dublin"]),
    ("TN", &["Africa/Tunis"]),
    ("DZ", &["Africa/Algiers"]),
];

/// The country of an IANA time zone, ISO 3166-1 alpha-2.
pub(super) fn of_time_zone(zone: &str) -> Option<&'static str> {
    let country = TIME_ZONES.iter().find(|(_, zones)| zones.contains(&zone));
    country.map(|(code, _)| *code)
}

/// The IANA time zones of a country, that of most people first; empty for a country that is not in the list.
pub(super) fn time_zones_of(code: &str) -> &'static [&'static str] {
    let country = TIME_ZONES.iter().find(|(country, _)| *country == code);
    country.map_or(&[], |(_, zones)| *zones)
}
