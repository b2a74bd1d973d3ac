//! Workbooks that were made to crash the program.

use super::raw_workbook::RawWorkbook;
use super::{faults, folder, read_valid};
use std::fs;

#[test]
fn space_in_the_last_cell_of_the_grid_is_ignored() {
    let mut workbook = RawWorkbook::units(&[]);
    workbook.sheets[0].2 += r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>"#;
    assert_eq!(read_valid(&workbook.folder()).catalogue.units.len(), 3);
}

#[test]
fn text_far_outside_the_table_is_a_fault() {
    let mut workbook = RawWorkbook::units(&[]);
    workbook.sheets[0].2 += r#"<row r="20000"><c r="XFD20000"><v>1</v></c></row>"#;
    assert_eq!(
        faults(&workbook.folder()),
        ["catalogue.xlsx [units]: found “XFD20000”"]
    );
}

#[test]
fn stated_number_of_texts_is_not_trusted() {
    let mut workbook = RawWorkbook::units(&[]);
    workbook.strings = r#"count="4000000000" uniqueCount="4000000000"><si><t>x</t></si>"#.to_owned();
    let reported = faults(&workbook.folder());
    assert_eq!(reported, ["catalogue.xlsx: found nothing"]);
}

#[test]
fn malformed_cells_are_faults() {
    for cell in [
        r#"<c r="A"><v>1</v></c>"#,
        r#"<c r="ZZZZ1"><v>1</v></c>"#,
        r#"<c r="A99999999999"><v>1</v></c>"#,
        r#"<c r="é9"><v>1</v></c>"#,
        r#"<c r="A9" t="s"><v>7</v></c>"#,
        r#"<c r="A9"><v>nan</v></c>"#,
        r#"<c r="A9" t="inlineStr"><is><t>&unknown;</t></is></c>"#,
        r#"<c r="A9"><v>1"#,
    ] {
        let mut workbook = RawWorkbook::units(&[]);
        workbook.sheets[0].2.extend([r#"<row r="9">"#, cell, "</row>"]);
        let reported = faults(&workbook.folder());
        assert_eq!(reported, ["catalogue.xlsx [units]: found nothing"], "{cell}");
    }
}

#[test]
fn workbook_that_unpacks_to_far_more_than_its_size_is_a_fault() {
    let folder = folder();
    fs::remove_file(folder.path().join("units.csv")).unwrap();
    let path = folder.path().join("catalogue.xlsx");
    let blank = r#"<row><c t="inlineStr"><is><t> </t></is></c></row>"#.repeat(500_000);
    RawWorkbook::units(&[]).write(&path, |name, content| {
        if name.contains("worksheets/0") {
            content.replace("</sheetData>", &format!("{blank}</sheetData>"))
        } else {
            content
        }
    });
    assert!(fs::metadata(&path).unwrap().len() < 1_000_000);
    assert_eq!(faults(&folder), ["catalogue.xlsx [units]: found nothing"]);
}

#[test]
fn truncated_workbook_is_a_fault() {
    let folder = RawWorkbook::units(&[]).folder();
    let path = folder.path().join("catalogue.xlsx");
    let whole = fs::read(&path).unwrap();
    for bytes in [0, 1, 30, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..bytes]).unwrap();
        let reported = faults(&folder);
        assert!(
            reported.iter().all(|line| line.starts_with("catalogue.xlsx")),
            "{bytes}: {reported:?}"
        );
    }
}

#[test]
fn second_sheet_of_a_table_is_a_fault() {
    let mut workbook = RawWorkbook::units(&[]);
    let rows = workbook.sheets[0].2.clone();
    workbook.sheets.push(("UNITS".to_owned(), "", rows));
    assert_eq!(
        faults(&workbook.folder()),
        ["catalogue.xlsx [UNITS]: found “units”"]
    );
}
