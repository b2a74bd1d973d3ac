//! Values that a person must confirm.

use super::folder;
use crate::source::scan;
use crate::tests::sample::{self, replace};
use crate::{BuildError, Options, Warnings, build_confirmed};
use expo_texts::TemplateLanguage;
use expo_vault::signature::PublisherKey;
use jiff::Timestamp;
use std::fs;

/// Table, text to replace, replacement, and place and text of the one warning.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "units.csv",
        "288000;58.5",
        "288;58.5",
        "units.csv, row 2, column price_dh: found “288”: an unusual price",
    ),
    (
        "units.csv",
        "288000;58.5",
        "58.5;288000",
        "units.csv, row 2, column price_dh: found “58.5”: price and surface",
    ),
    (
        "units.csv",
        "288000;58.5",
        "288000;699000",
        "units.csv, row 2, column surface_m2: found “699000”: an unusual surface",
    ),
    (
        "projects.csv",
        "34,04;-5.01",
        "23.7;-15.9",
        "projects.csv, row 2, column latitude: found “23.7”: the place is",
    ),
    (
        "projects.csv",
        "2024-05-02",
        "2036-05-02",
        "projects.csv, row 2, column habitation_permit_on: found “2036-05-02”",
    ),
    (
        "projects.csv",
        "off_plan;2027-09",
        "off_plan;2017-09",
        "projects.csv, row 3, column delivery_on: found “2017-09”",
    ),
    (
        "offers.csv",
        "2026-12-31",
        "2026-10-31",
        "offers.csv, row 2, column valid_to: found “2026-10-31”",
    ),
];

#[test]
fn implausible_values_are_warnings() {
    assert_eq!(scan(folder().path()).report.warnings, vec![]);
    for (table, from, to, expected) in CASES {
        let folder = folder();
        replace(folder.path(), table, from, to);
        let report = scan(folder.path()).report;
        assert_eq!((report.faults, report.warnings.len()), (vec![], 1), "{to}");
        let line = report.warnings[0].to_string();
        assert!(line.starts_with(expected), "{line}");
    }
}

#[test]
fn source_without_units_is_a_warning() {
    let folder = folder();
    let (name, text) = sample::TABLES[5];
    fs::write(folder.path().join(name), text.lines().next().unwrap()).unwrap();
    let report = scan(folder.path()).report;
    assert_eq!(report.faults, vec![]);
    assert!(
        report.warnings[0]
            .to_string()
            .starts_with("units.csv: the table units has no rows")
    );
}

#[test]
fn build_needs_confirmation_of_warnings() {
    let folder = folder();
    replace(folder.path(), "units.csv", "288000;58.5", "288;58.5");
    let out = folder.path().join("out/catalogue.bundle");
    let key = PublisherKey::generate().unwrap();
    let options = Options {
        version: None,
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        cache: None,
    };
    let build = |warnings| build_confirmed(folder.path(), &out, &key, &options, warnings, &mut |_| {});
    let BuildError::Faults(refused) = build(Warnings::Refuse).unwrap_err() else {
        panic!("another error")
    };
    assert!(
        refused.to_string().contains("--accept-warnings") && !out.exists(),
        "{refused}"
    );
    assert_eq!(build(Warnings::Accept).unwrap().report.warnings, refused.0);
}

#[test]
fn messages_exist_in_french() {
    let folder = folder();
    replace(folder.path(), "units.csv", "288000", "cher");
    let fault = &scan(folder.path()).report.faults[0];
    let line = fault.line(TemplateLanguage::French);
    assert!(
        line.starts_with("units.csv, ligne 2, colonne price_dh: trouvé « cher », attendu : un prix TTC"),
        "{line}"
    );
}
