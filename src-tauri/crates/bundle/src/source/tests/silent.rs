//! Content that was once changed or dropped without a word.

use super::raw_workbook::RawWorkbook;
use super::{faults, folder, read_valid};
use crate::source::scan;
use crate::tests::sample::replace;
use std::fs;

/// Row, column, raw cell, and a part of the expected fault.
const CHANGED_CELLS: &[(u32, &str, &str, &str)] = &[
    (
        2,
        "number",
        r#"s="1"><v>46032</v>"#,
        "column number: found “2026-01-10”",
    ),
    (2, "number", r#"s="2"><v>7</v>"#, "column number: found “7”"),
    (2, "number", r#"t="b"><v>1</v>"#, "column number: found “yes”"),
    (
        2,
        "designation_fr",
        r#"s="1"><v>46032</v>"#,
        "column designation_fr: found “2026-01-10”",
    ),
    (2, "floor", r"><f>1+2</f><v></v>", "column floor: found nothing"),
    (
        2,
        "designation_fr",
        r"><f>A1</f>",
        "column designation_fr: found nothing",
    ),
    (
        2,
        "price_dh",
        r#"s="3"><v>0.5</v>"#,
        "column price_dh: found “0.5”",
    ),
    (
        2,
        "price_dh",
        r"><v>288.123</v>",
        "column price_dh: found “288.123”",
    ),
];

#[test]
fn cells_that_the_spreadsheet_changed_are_faults() {
    for (row, column, raw, expected) in CHANGED_CELLS {
        let folder = RawWorkbook::units(&[(*row, column, raw)]).folder();
        let reported = faults(&folder);
        assert_eq!(reported.len(), 1, "{raw}: {reported:?}");
        assert!(reported[0].contains(expected), "{raw}: {reported:?}");
    }
}

#[test]
fn numbers_and_stored_results_are_read() {
    let folder = RawWorkbook::units(&[
        (4, "number", r"><v>12</v>"),
        (2, "floor", r"><f>1+1</f><v>2</v>"),
        (3, "designation_fr", r#"t="str"><f>A1</f><v>Deux pièces</v>"#),
    ])
    .folder();
    let units = read_valid(&folder).catalogue.units;
    assert_eq!((units[0].floor, units[2].number.as_str()), (Some(2), "12"));
    assert!(units[1].designation.0.values().any(|text| text == "Deux pièces"));
}

#[test]
fn same_position_in_another_spelling_is_a_fault() {
    for spelling in ["01", "1,0", "\u{200e}1"] {
        let folder = folder();
        replace(
            folder.path(),
            "pictures.csv",
            "a/2.png;2;",
            &format!("a/2.png;{spelling};"),
        );
        assert_eq!(
            faults(&folder),
            ["pictures.csv, row 3, column position: found “1”"],
            "{spelling}"
        );
    }
}

#[test]
fn tables_with_names_in_capitals_are_read() {
    let folder = folder();
    fs::rename(folder.path().join("offers.csv"), folder.path().join("OFFERS.CSV")).unwrap();
    assert_eq!(read_valid(&folder).catalogue.offers.len(), 1);
}

#[test]
fn spreadsheets_with_other_names_are_faults() {
    for name in [
        "offers.csv.txt",
        "catalogue.xls",
        "catalogue.ods",
        "Catalogue (2).xlsx",
        "catalogue.xlsx.zip",
    ] {
        let folder = folder();
        fs::write(folder.path().join(name), "x").unwrap();
        let reported = faults(&folder);
        assert!(
            reported.len() == 1 && reported[0].starts_with(name),
            "{name}: {reported:?}"
        );
    }
}

#[test]
fn everything_that_is_not_read_is_reported() {
    let folder = folder();
    fs::write(folder.path().join("notes.txt"), "x").unwrap();
    fs::create_dir(folder.path().join("anciens")).unwrap();
    fs::copy(
        folder.path().join("photos/b.png"),
        folder.path().join("photos/c.png"),
    )
    .unwrap();
    replace(folder.path(), "towns.csv", "id;", "agent;id;");
    replace(folder.path(), "towns.csv", "FES;", "Ali;FES;");
    replace(
        folder.path(),
        "units.csv",
        "U-01;",
        "Total;;;888000;;;;;;;;\nU-01;",
    );
    let report = scan(folder.path()).report;
    assert_eq!((report.faults, report.warnings), (vec![], vec![]));
    let notes: Vec<String> = report.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "anciens: not read: it is no table of the catalogue",
            "notes.txt: not read: it is no table of the catalogue",
            "photos/: found “c.png”: 1 file(s) not read: no row of the table pictures names them",
            "towns.csv, row 1, column agent: not read: the column agent is not part of the table",
            "units.csv, row 2: found “Total”: not read: a row of totals",
        ]
    );
}

#[test]
fn report_counts_the_rows_of_each_table() {
    let report = scan(folder().path()).report;
    let counts: Vec<_> = report
        .tables
        .iter()
        .map(|table| (table.file.as_str(), table.rows))
        .collect();
    assert!(
        counts.contains(&("units.csv", 3)) && counts.contains(&("pictures.csv", 3)),
        "{counts:?}"
    );
}

#[test]
fn misspelt_optional_column_is_a_fault() {
    let folder = folder();
    replace(folder.path(), "units.csv", ";floor;", ";flor;");
    assert_eq!(faults(&folder), ["units.csv, row 1, column flor: found “flor”"]);
}

#[test]
fn line_feed_in_a_name_is_a_fault() {
    let folder = folder();
    replace(folder.path(), "towns.csv", ";Fès;", ";\"Fès\nville\";");
    let reported = faults(&folder);
    assert!(
        reported[0].starts_with("towns.csv, row 2, column name_fr"),
        "{reported:?}"
    );
}

#[test]
fn folders_named_like_tables_do_not_hide_missing_tables() {
    for name in ["units.csv", "catalogue.numbers", "catalogue.xlsx"] {
        let folder = folder();
        fs::remove_file(folder.path().join("units.csv")).unwrap();
        fs::create_dir(folder.path().join(name)).unwrap();
        assert_eq!(faults(&folder), ["units.csv: found nothing"], "{name}");
    }
}
