//! Faults of CSV tables and photos.

use super::{faults, folder};
use crate::source::read;
use crate::tests::sample::{self, replace};
use std::fs;
use std::path::Path;

#[test]
fn all_faults_are_reported_at_once_with_one_line_each() {
    let folder = folder();
    let place = folder.path();
    replace(place, "source.csv", "yes;2026-11-16", "peut-être;16/11/26");
    replace(place, "subsidiaries.csv", "+212537000000", "0537000000");
    replace(place, "towns.csv", "-5.0003", "5.0003");
    replace(place, "projects.csv", "off_plan;2027-09", "soon;2027");
    replace(place, "projects.csv", "lift|school", "lift|casino");
    replace(place, "groups.csv", "apartment", "flat");
    replace(place, "units.csv", "288000;58.5", "-5;0");
    replace(place, "units.csv", "U-02;FES-A-G1", "U-01;NOWHERE");
    replace(place, "units.csv", "96;;;2;1;1.2", "96;3;;2;7;1.2");
    replace(place, "offers.csv", "2026-12-31", "2025-12-31");
    replace(place, "offers.csv", ";FES-A;", ";FES-Z|FES-A;");
    replace(
        place,
        "pictures.csv",
        "a/2.png;2;floor_plan;Plan",
        "a/3.png;1;painting;",
    );
    assert_eq!(
        faults(&folder),
        [
            "groups.csv, row 2, column product_type: found “flat”",
            "offers.csv, row 2, column projects: found “FES-Z|FES-A”",
            "offers.csv, row 2, column valid_to: found “2025-12-31”",
            "pictures.csv, row 3, column caption_fr: found nothing",
            "pictures.csv, row 3, column file: found “a/3.png”",
            "pictures.csv, row 3, column kind: found “painting”",
            "pictures.csv, row 3, column position: found “1”",
            "projects.csv, row 2, column features: found “lift|casino”",
            "projects.csv, row 3, column delivery: found “soon”",
            "projects.csv, row 3, column delivery_on: found “2027”",
            "source.csv, row 2, column demonstration: found “peut-être”",
            "source.csv, row 2, column published_on: found “16/11/26”",
            "subsidiaries.csv, row 2, column phone: found “0537000000”",
            "towns.csv, row 2, column longitude: found “5.0003”",
            "units.csv, row 2, column price_dh: found “-5”",
            "units.csv, row 2, column surface_m2: found “0”",
            "units.csv, row 3, column group: found “NOWHERE”",
            "units.csv, row 3, column id: found “U-01”",
            "units.csv, row 4, column facades: found “7”",
            "units.csv, row 4, column floor: found “3”",
        ]
    );
}

/// Table, text to replace, replacement, and the one expected fault.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("offers.csv", "OFFER-1", "offer-1", "offers.csv, row 2, column id"),
    (
        "projects.csv",
        "FES-B;AO-T;FES",
        "FES-B;AO-X;FES",
        "projects.csv, row 3, column subsidiary",
    ),
    (
        "projects.csv",
        "FES-B;AO-T;FES",
        "FES-B;AO-T;SEF",
        "projects.csv, row 3, column town",
    ),
    (
        "projects.csv",
        "off_plan;2027-09",
        "off_plan;",
        "projects.csv, row 3, column delivery_on",
    ),
    (
        "projects.csv",
        "2024-05-02",
        "2021-05-02",
        "projects.csv, row 2, column habitation_permit_on",
    ),
    (
        "projects.csv",
        "34,04;-5.01",
        "34,04;",
        "projects.csv, row 2, column longitude",
    ),
    (
        "projects.csv",
        "34,04;-5.01",
        "38;-5.01",
        "projects.csv, row 2, column latitude",
    ),
    (
        "projects.csv",
        ";titled;",
        ";;",
        "projects.csv, row 2, column land_title",
    ),
    (
        "subsidiaries.csv",
        "MA-03|MA-04",
        "MA-04",
        "projects.csv, row 2, column subsidiary",
    ),
    (
        "subsidiaries.csv",
        "MA-03|MA-04",
        "MA-03|MA-13",
        "subsidiaries.csv, row 2, column regions",
    ),
    (
        "towns.csv",
        "Fez|Fas",
        "Fez|Fez",
        "towns.csv, row 2, column aliases",
    ),
    (
        "towns.csv",
        ";Fès;",
        ";F\u{202e}s;",
        "towns.csv, row 2, column name_fr",
    ),
    ("units.csv", "A-102", "A-101", "units.csv, row 3, column number"),
    (
        "units.csv",
        "290 000,50",
        "290000.505",
        "units.csv, row 3, column price_dh",
    ),
    (
        "units.csv",
        "58.5;1;3",
        "58.5;1.5;3",
        "units.csv, row 2, column floor",
    ),
    (
        "units.csv",
        "58.5;1;3;;;",
        "58.5;1;3;;;2",
        "units.csv, row 2, column cos",
    ),
    (
        "units.csv",
        ";reserved;",
        ";Réservé;",
        "units.csv, row 3, column status",
    ),
    ("units.csv", ";Lot R+2", ";Lot R+2;surplus", "units.csv, row 4"),
    (
        "pictures.csv",
        "FES-B;b.png;1",
        "FES-B;b.png;2",
        "projects.csv, row 3, column id",
    ),
    (
        "pictures.csv",
        "FES-B;b.png;1",
        "FES-B;b.png;0",
        "pictures.csv, row 4, column position",
    ),
    (
        "source.csv",
        "yes;2026-11-16;Essai",
        ";2026-11-16;Essai",
        "source.csv, row 2, column demonstration",
    ),
];

#[test]
fn each_check_reports_its_own_cell() {
    for (table, from, to, place) in CASES {
        let folder = folder();
        replace(folder.path(), table, from, to);
        let mut reported = faults(&folder);
        // If a subsidiary does not cover a town, both projects in this town have a fault.
        reported.dedup_by(|b, a| a.contains("column subsidiary") && b.contains("column subsidiary"));
        assert_eq!(reported.len(), 1, "{table}: {to}: {reported:?}");
        assert!(
            reported[0].starts_with(&format!("{place}: ")),
            "{table}: {to}: {reported:?}"
        );
    }
}

#[test]
fn unknown_and_missing_columns_and_tables_are_faults() {
    let folder = folder();
    let place = folder.path();
    replace(place, "units.csv", "price_dh", "price");
    replace(place, "towns.csv", "aliases", "name_fr");
    fs::remove_file(place.join("groups.csv")).unwrap();
    fs::rename(place.join("offers.csv"), place.join("offres.csv")).unwrap();
    assert_eq!(
        faults(&folder),
        [
            "groups.csv: found nothing",
            "offres.csv: found “offres”",
            "towns.csv, row 1, column name_fr: found “name_fr”",
            "units.csv, row 1, column price: found “price”",
            "units.csv, row 1, column price_dh: found nothing",
        ]
    );
    let nowhere = read(Path::new("/nowhere/at/all")).unwrap_err().0;
    assert!(
        nowhere[0].to_string().contains("expected a folder"),
        "{nowhere:?}"
    );
}

#[test]
fn photos_outside_the_folder_are_faults() {
    let outside = tempfile::tempdir().unwrap();
    sample::photo(&outside.path().join("secret.png"), 1);
    let absolute = outside.path().join("secret.png").display().to_string();
    for wrong in [
        "../source.csv",
        "a/../../x.png",
        "./b.png",
        &absolute,
        "a\\1.png",
        "C:b.png",
        "a",
        "link.png",
    ] {
        let folder = folder();
        let link = folder.path().join("photos/link.png");
        std::os::unix::fs::symlink(&absolute, link).unwrap();
        replace(folder.path(), "pictures.csv", "b.png", wrong);
        let reported = faults(&folder);
        assert_eq!(reported.len(), 1, "{wrong}: {reported:?}");
        assert!(
            reported[0].starts_with("pictures.csv, row 4, column file"),
            "{wrong}: {reported:?}"
        );
    }
}

#[test]
fn file_that_is_not_a_picture_is_a_fault() {
    let folder = folder();
    fs::write(folder.path().join("photos/b.png"), "GIF89a").unwrap();
    let reported = read(folder.path()).unwrap_err().to_string();
    assert!(
        reported.contains("pictures.csv, row 4, column file: found “b.png”, expected a valid JPEG"),
        "{reported}"
    );
}
