//! Time zones come only from `expo_domain::zone`: the files of the machine may be outdated.

use super::{files, root};
use std::fs;

/// Calls that read the time zones of the machine.
const MACHINE_ZONES: [&str; 7] = [
    "TimeZone::get(",
    "TimeZone::system(",
    "TimeZone::try_system(",
    "tz::db()",
    ".in_tz(",
    "ZonedDateTime::now(",
    "Zoned::now(",
];

#[test]
fn no_code_reads_time_zones_of_the_machine() {
    let mut checked = 0;
    for folder in ["src-tauri", "tests"] {
        for file in files(&root().join(folder)) {
            let is_rust = file.extension().is_some_and(|extension| extension == "rs");
            if !is_rust || file.ends_with("architecture/time_zones.rs") {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let found: Vec<_> = MACHINE_ZONES
                .iter()
                .filter(|call| text.contains(**call))
                .collect();
            assert!(found.is_empty(), "{} uses {found:?}", file.display());
            checked += 1;
        }
    }
    assert!(checked > 300);
}

/// The engine of the windows has its own time zones, which may be outdated as well.
#[test]
fn windows_convert_no_time_zones() {
    for file in files(&root().join("ui/src")) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        for (at, _) in text.match_indices("timeZone") {
            let rest = &text[at..];
            assert!(rest.starts_with("timeZone: \"UTC\""), "{}", file.display());
        }
        let formats = text.matches("Intl.DateTimeFormat(").count();
        let in_utc = text.matches("timeZone: \"UTC\"").count();
        assert!(formats <= in_utc, "{} formats without UTC", file.display());
        assert!(!text.contains("toLocaleTimeString"), "{}", file.display());
    }
}
