//! What a person reads correctly is read.

use super::raw_workbook::RawWorkbook;
use super::{folder, read_valid};
use crate::source::scan;
use crate::tests::sample::{self, replace};
use expo_domain::Money;
use std::fs;

/// Changes of the sample that do not change its catalogue.
const HARMLESS: &[(&str, &str, &str)] = &[
    ("source.csv", "yes;2026-11-16", "Oui;16/11/2026"),
    ("source.csv", "yes;2026-11-16", "YES ;2026-11-16T00:00:00Z"),
    (
        "source.csv",
        "demonstration;published_on",
        "DEMONSTRATION ;Published on",
    ),
    ("source.csv", "demonstration;", "sep=;\ndemonstration;"),
    (
        "source.csv",
        "demonstration;",
        "Catalogue de Fès\n\ndemonstration;",
    ),
    ("units.csv", "288000;58.5", "288\u{202f}000,00 DH;58,50 m²"),
    ("units.csv", "288000;58.5", "288.000;58.5"),
    ("units.csv", "288000;58.5", "\u{200e}288\u{2009}000;58.5"),
    ("units.csv", "available;Trois", "Available ;Trois"),
    ("units.csv", "U-02;FES-A-G1", "\u{200b}U-02;FES-A-G1\u{a0}"),
    ("projects.csv", "2027-09", "septembre 2027"),
    ("projects.csv", "2027-09", "09/2027"),
    ("projects.csv", "lift|school", "Lift | School"),
    (
        "subsidiaries.csv",
        "+212537000000",
        "\u{202a}+212 537 00 00 00\u{202c}",
    ),
    ("pictures.csv", "a/1.png", "A/1.PNG"),
];

#[test]
fn other_spellings_give_the_same_catalogue() {
    let expected = read_valid(&folder());
    for (table, from, to) in HARMLESS {
        let folder = folder();
        replace(folder.path(), table, from, to);
        let source = read_valid(&folder);
        assert_eq!(source.catalogue, expected.catalogue, "{to}");
        assert_eq!(source.photos.len(), 3, "{to}");
    }
}

#[test]
fn ambiguous_date_says_how_to_write_it() {
    let folder = folder();
    replace(folder.path(), "offers.csv", "2026-01-01", "05/03/2026");
    let report = scan(folder.path()).report;
    assert_eq!(report.faults.len(), 1);
    assert!(
        report.faults[0].to_string().contains("could be exchanged"),
        "{}",
        report.faults[0]
    );
}

#[test]
fn photo_names_in_decomposed_letters_are_found() {
    let folder = folder();
    let photos = folder.path().join("photos");
    fs::create_dir(photos.join("re\u{301}sidence")).unwrap();
    fs::rename(photos.join("b.png"), photos.join("re\u{301}sidence/Vue.png")).unwrap();
    replace(folder.path(), "pictures.csv", "b.png", "r\u{e9}sidence/vue.png");
    assert_eq!(read_valid(&folder).photos.len(), 3);
}

#[test]
fn photo_names_that_differ_in_case_need_the_exact_one() {
    let folder = folder();
    let photos = folder.path().join("photos");
    sample::photo(&photos.join("B.PNG"), 5);
    replace(folder.path(), "pictures.csv", "b.png", "B.png");
    let faults = scan(folder.path()).report.faults;
    assert!(faults[0].to_string().contains("B.PNG"), "{faults:?}");
}

#[test]
fn sheets_in_capitals_hidden_lists_and_empty_tails_are_read() {
    let mut workbook = RawWorkbook::units(&[]);
    workbook.sheets[0].0 = "Units ".to_owned();
    workbook.sheets[0].2 +=
        r#"<row r="900"><c r="A900" s="1"/><c r="B900" t="inlineStr"><is><t> </t></is></c></row>"#;
    let list = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    workbook
        .sheets
        .push(("listes".to_owned(), r#"state="hidden""#, list.to_owned()));
    let folder = workbook.folder();
    assert_eq!(read_valid(&folder).catalogue.units.len(), 3);
    let notes = scan(folder.path()).report.notes;
    assert_eq!(
        notes[0].to_string(),
        "catalogue.xlsx [listes]: not read: a hidden sheet"
    );
}

#[test]
fn rich_text_and_escapes_are_read() {
    let mut workbook = RawWorkbook::units(&[
        (2, "designation_fr", r#"t="s"><v>0</v>"#),
        (3, "price_dh", r"><v>290000.5</v>"),
    ]);
    workbook.strings =
        "><si><r><t>Trois_x000D_\n</t></r><r><t>pièces &amp; cour</t></r><rPh><t>x</t></rPh></si>".to_owned();
    let units = read_valid(&workbook.folder()).catalogue.units;
    assert!(
        units[0]
            .designation
            .0
            .values()
            .any(|text| text == "Trois\npièces & cour")
    );
    assert_eq!(units[1].price, Money(29_000_050));
}
