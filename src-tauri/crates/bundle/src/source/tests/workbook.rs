//! Sources in an Excel workbook.

use super::{faults, folder, read_valid};
use crate::tests::sample;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fs;
use std::path::Path;

/// Writes the sample as one workbook. Cells that look like numbers and dates become real ones.
fn workbook(path: &Path) {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (name, text) in sample::TABLES {
        let sheet = workbook
            .add_worksheet()
            .set_name(name.trim_end_matches(".csv"))
            .unwrap();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(';').enumerate() {
                let (row, column) = (row as u32, column as u16);
                let month = Some(cell)
                    .filter(|cell| *cell == "2027-09")
                    .map(|cell| format!("{cell}-01"));
                if let Ok(date) = ExcelDateTime::parse_from_str(month.as_deref().unwrap_or(cell))
                    && cell.matches('-').count() > 0
                    && cell.starts_with("202")
                {
                    sheet
                        .write_datetime_with_format(row, column, &date, &day)
                        .unwrap();
                } else if let Ok(number) = cell.parse::<f64>()
                    && !cell.starts_with('+')
                {
                    sheet.write_number(row, column, number).unwrap();
                } else if !cell.is_empty() {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        }
    }
    workbook.save(path).unwrap();
}

#[test]
fn workbook_with_numbers_and_dates_reads_like_csv() {
    let tables = folder();
    let expected = read_valid(&tables);
    let folder = folder();
    for (name, _) in sample::TABLES {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    workbook(&folder.path().join("catalogue.xlsx"));
    let source = read_valid(&folder);
    assert_eq!(source.catalogue, expected.catalogue);
    assert_eq!(source.published_on, expected.published_on);
    // If a table is in a workbook and a CSV file, the one that is read last gets the fault.
    fs::copy(tables.path().join("units.csv"), folder.path().join("units.csv")).unwrap();
    assert_eq!(faults(&folder), ["units.csv: found “units”"]);
}

#[test]
fn faults_of_a_workbook_name_the_sheet() {
    let folder = folder();
    fs::remove_file(folder.path().join("subsidiaries.csv")).unwrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("subsidiaries").unwrap();
    for (column, cell) in ["id", "name_fr", "regions", "phone"].into_iter().enumerate() {
        sheet.write_string(3, column as u16, cell).unwrap();
    }
    sheet.write_string(5, 0, "AO-T").unwrap();
    sheet.write_string(5, 2, "MA-03").unwrap();
    sheet
        .write_formula(5, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    workbook
        .add_worksheet()
        .set_name("Feuil1")
        .unwrap()
        .write_string(0, 0, "brouillon")
        .unwrap();
    workbook.save(folder.path().join("catalogue.xlsx")).unwrap();
    let reported = faults(&folder);
    assert_eq!(reported.len(), 3, "{reported:?}");
    assert!(
        reported[0].starts_with("catalogue.xlsx [Feuil1]: found “Feuil1”"),
        "{reported:?}"
    );
    assert!(
        reported[2].starts_with("catalogue.xlsx [subsidiaries], row 6, column phone: found “#DIV/0!”"),
        "{reported:?}"
    );
    assert!(
        reported[1].starts_with("catalogue.xlsx [subsidiaries], row 6, column name_fr: found nothing"),
        "{reported:?}"
    );
    fs::write(folder.path().join("catalogue.xlsx"), "no workbook").unwrap();
    let reported = faults(&folder);
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].starts_with("catalogue.xlsx: "), "{reported:?}");
}
