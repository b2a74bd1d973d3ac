use super::projects::FEATURES;
use super::shapes::{Need, SHAPES};
use super::{Source, Tongue, read, template};
use crate::sample::{self, change};
use crate::{Bundle, Options, build};
use domain::{Lang, Money, ProductType};
use jiff::Timestamp;
use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use vault::signature::PublisherKey;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    sample::write(folder.path());
    folder
}

fn whole(folder: &TempDir) -> Source {
    read(folder.path()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The faults as lines, without what was expected.
fn faults(folder: &TempDir) -> Vec<String> {
    let faults = read(folder.path()).expect_err("the source has faults").0;
    faults
        .iter()
        .map(|fault| fault.to_string().split(", expected").next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_source_without_fault_becomes_a_catalogue() {
    let folder = folder();
    let source = whole(&folder);
    let catalogue = &source.catalogue;
    assert!(catalogue.demonstration);
    assert_eq!(source.published_on, date(2026, 11, 16));
    assert_eq!(catalogue.notice.0[&Lang::Ar], "تجربة");
    assert_eq!(catalogue.towns[0].aliases, ["Fez", "Fas"]);
    assert_eq!(catalogue.projects[0].latitude, Some(34.04));
    assert_eq!(catalogue.projects[1].delivery_on, Some(date(2027, 9, 1)));
    assert_eq!(catalogue.groups[1].product_type, ProductType::ResidentialPlot);
    assert_eq!(catalogue.units[1].price, Money(29_000_050));
    assert_eq!(
        (catalogue.units[0].surface_dm2, catalogue.units[2].cos_hundredths),
        (5_850, Some(120))
    );
    assert_eq!(catalogue.offers[0].projects, ["FES-A"]);
    let places: Vec<_> = source
        .photos
        .iter()
        .map(|photo| (photo.project.as_str(), photo.position))
        .collect();
    assert_eq!(places, [("FES-A", 1), ("FES-A", 2), ("FES-B", 1)]);
}

#[test]
fn the_demonstration_is_without_fault() {
    let source = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/demo/source"));
    let source = source.unwrap_or_else(|faults| panic!("{faults}"));
    assert!(source.catalogue.demonstration);
    let regions: BTreeSet<_> = source.catalogue.towns.iter().map(|town| town.region).collect();
    let types: BTreeSet<_> = source
        .catalogue
        .groups
        .iter()
        .map(|group| group.product_type)
        .collect();
    assert_eq!((regions.len(), types.len()), (12, ProductType::ALL.len()));
    assert!(source.catalogue.projects.len() >= 48 && source.catalogue.units.len() >= 400);
}

#[test]
fn the_document_names_every_table_column_and_value() {
    let text = include_str!("../../../../../docs/catalogue-source.md");
    for shape in SHAPES {
        let start = text
            .find(&format!("### {}\n", shape.name))
            .or_else(|| text.find(&format!("### {} ", shape.name)));
        let section = text[start.expect(shape.name)..].split("\n### ").next().unwrap();
        for column in shape.columns {
            let name = column.name;
            let cell = match column.need {
                Need::Required => format!("`{name}`*"),
                Need::Optional => format!("`{name}`"),
                Need::Texts => format!("`{name}_fr`* …"),
                Need::OptionalTexts => format!("`{name}_fr` …"),
            };
            assert!(section.contains(&cell), "{}: {cell}", shape.name);
        }
    }
    let types = ProductType::ALL.iter().map(|value| value.code());
    for code in types.chain(FEATURES.iter().copied()) {
        assert!(text.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn the_template_as_it_stands_becomes_a_bundle() {
    for tongue in [Tongue::French, Tongue::English] {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("photos/exemple-01");
        fs::create_dir_all(&place).unwrap();
        sample::photo(&place.join("1-vue.jpg"), 3);
        fs::write(folder.path().join("catalogue.xlsx"), template(tongue).unwrap()).unwrap();
        let catalogue = whole(&folder).catalogue;
        assert_eq!(catalogue.projects[0].title.0[&Lang::Fr], "Résidence exemple");
        assert_eq!(
            (catalogue.units[0].price, catalogue.units[0].rooms),
            (Money(28_800_000), Some(3))
        );
        let key = PublisherKey::generate().unwrap();
        let out = folder.path().join("out/example.bundle");
        let options = Options {
            version: None,
            published_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            cache: None,
        };
        build(folder.path(), &out, &key, &options, &mut |_| {}).unwrap();
        let bundle = Bundle::open(&out, &key.public()).unwrap();
        assert_eq!(bundle.catalogue.pictures.len(), 1);
        assert_eq!(bundle.catalogue.units, catalogue.units);
    }
}

#[test]
fn the_template_has_every_column_and_its_examples_are_marked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.xlsx");
    fs::write(&path, template(Tongue::French).unwrap()).unwrap();
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    for shape in SHAPES {
        let range = calamine::Reader::worksheet_range(&mut workbook, shape.name).unwrap();
        let rows: Vec<Vec<String>> = range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        let names: Vec<String> = shape.headings().into_iter().map(|heading| heading.name).collect();
        assert_eq!((rows.len(), &rows[0]), (2, &names), "{}", shape.name);
        let marked = rows[1].iter().any(|cell| cell.to_lowercase().contains("exemple"));
        assert!(marked, "{}", shape.name);
        for heading in shape.headings() {
            let kind = heading.column.kind;
            assert_ne!(kind.expected(), "a value", "{}", heading.name);
            assert_ne!(kind.expected(), kind.expected_in_french(), "{}", heading.name);
        }
    }
}

#[test]
fn many_faults_give_one_line_each_all_at_once() {
    let folder = folder();
    let place = folder.path();
    change(place, "source.csv", "yes;2026-11-16", "oui;16/11/2026");
    change(place, "subsidiaries.csv", "+212537000000", "0537000000");
    change(place, "towns.csv", "-5.0003", "5.0003");
    change(place, "projects.csv", "off_plan;2027-09", "soon;2027");
    change(place, "projects.csv", "lift|school", "lift|casino");
    change(place, "groups.csv", "apartment", "flat");
    change(place, "units.csv", "288000;58.5", "-5;0");
    change(place, "units.csv", "U-02;FES-A-G1", "U-01;NOWHERE");
    change(place, "units.csv", "96;;;2;1;1.2", "96;3;;2;7;1.2");
    change(place, "offers.csv", "2026-12-31", "2025-12-31");
    change(place, "offers.csv", ";FES-A;", ";FES-Z|FES-A;");
    change(
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
            "source.csv, row 2, column demonstration: found “oui”",
            "source.csv, row 2, column published_on: found “16/11/2026”",
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

/// Table, what stands there, what is put in its place, and the one fault it must give.
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
fn every_check_tells_its_own_cell() {
    for (table, from, to, place) in CASES {
        let folder = folder();
        change(folder.path(), table, from, to);
        let mut told = faults(&folder);
        // Of a subsidiary that does not cover the town, both projects in it tell.
        told.dedup_by(|b, a| a.contains("column subsidiary") && b.contains("column subsidiary"));
        assert_eq!(told.len(), 1, "{table}: {to}: {told:?}");
        assert!(
            told[0].starts_with(&format!("{place}: ")),
            "{table}: {to}: {told:?}"
        );
    }
}

#[test]
fn columns_and_tables_are_checked_by_name() {
    let folder = folder();
    let place = folder.path();
    change(place, "units.csv", "price_dh", "price");
    change(place, "towns.csv", "aliases", "name_fr");
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
fn offers_may_be_absent_and_blank_rows_are_skipped() {
    let folder = folder();
    fs::remove_file(folder.path().join("offers.csv")).unwrap();
    change(folder.path(), "units.csv", "U-02", "\n;;;;;;;;;;;\n\nU-02");
    assert_eq!(whole(&folder).catalogue.units.len(), 3);
    change(folder.path(), "units.csv", "reserved", "gone");
    assert_eq!(faults(&folder), ["units.csv, row 6, column status: found “gone”"]);
}

#[test]
fn pictures_never_come_from_outside_photos() {
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
        change(folder.path(), "pictures.csv", "b.png", wrong);
        let told = faults(&folder);
        assert_eq!(told.len(), 1, "{wrong}: {told:?}");
        assert!(
            told[0].starts_with("pictures.csv, row 4, column file"),
            "{wrong}: {told:?}"
        );
    }
}

#[test]
fn a_file_that_is_no_picture_is_told_before_anything_is_built() {
    let folder = folder();
    fs::write(folder.path().join("photos/b.png"), "GIF89a").unwrap();
    let told = read(folder.path()).unwrap_err().to_string();
    assert!(
        told.contains("pictures.csv, row 4, column file: found “b.png”, expected a sound JPEG"),
        "{told}"
    );
}

/// Writes the sample as one workbook; cells that look like numbers and dates become real ones.
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
fn a_workbook_with_real_numbers_and_dates_reads_the_same() {
    let tables = folder();
    let expected = whole(&tables);
    let folder = folder();
    for (name, _) in sample::TABLES {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    workbook(&folder.path().join("catalogue.xlsx"));
    let source = whole(&folder);
    assert_eq!(source.catalogue, expected.catalogue);
    assert_eq!(source.published_on, expected.published_on);
    // A table in both places is a fault of the place read last.
    fs::copy(tables.path().join("units.csv"), folder.path().join("units.csv")).unwrap();
    assert_eq!(faults(&folder), ["units.csv: found “units”"]);
}

#[test]
fn faults_of_a_workbook_name_its_sheet() {
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
    let told = faults(&folder);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].starts_with("catalogue.xlsx [Feuil1]: found “Feuil1”"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("catalogue.xlsx [subsidiaries], row 6: found “#DIV/0!”"),
        "{told:?}"
    );
    assert!(
        told[2].starts_with("catalogue.xlsx [subsidiaries], row 6, column name_fr: found nothing"),
        "{told:?}"
    );
    fs::write(folder.path().join("catalogue.xlsx"), "no workbook").unwrap();
    let told = faults(&folder);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("catalogue.xlsx: "), "{told:?}");
}
