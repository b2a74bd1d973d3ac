//! Tests of reading a source folder.

mod clerk;
mod faults;
mod guides;
mod hostile;
mod many_faults;
mod ordinary;
mod parcels;
mod raw_workbook;
mod rules;
mod silent;
mod stand;
mod template;
mod variants;
mod warnings;
mod workbook;

use super::schema::{Presence, SCHEMAS};
use super::{Source, read};
use crate::tests::sample::{self, replace};
use expo_domain::{Feature, Lang, Money, ProductType};
use jiff::civil::date;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    sample::write(folder.path());
    folder
}

fn read_valid(folder: &TempDir) -> Source {
    read(folder.path()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The faults as lines, without the expected content.
fn faults(folder: &TempDir) -> Vec<String> {
    let faults = read(folder.path()).expect_err("the source has faults").0;
    faults
        .iter()
        .map(|fault| fault.to_string().split(", expected").next().unwrap().to_owned())
        .collect()
}

#[test]
fn valid_source_becomes_a_catalogue() {
    let folder = folder();
    let source = read_valid(&folder);
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
fn demonstration_source_has_no_faults() {
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
    assert!(source.catalogue.documents.len() >= 15);
    assert!(source.catalogue.projects.len() >= 48 && source.catalogue.units.len() >= 400);
}

#[test]
fn document_names_every_table_column_and_value() {
    let text = include_str!("../../../../../../docs/catalogue-source.md");
    for schema in SCHEMAS {
        let start = text
            .find(&format!("### {}\n", schema.name))
            .or_else(|| text.find(&format!("### {} ", schema.name)));
        let section = text[start.expect(schema.name)..].split("\n### ").next().unwrap();
        for column in schema.columns {
            let name = column.name;
            let cell = match column.presence {
                Presence::Required => format!("`{name}`*"),
                Presence::Optional => format!("`{name}`"),
                Presence::RequiredTexts => format!("`{name}_fr`* …"),
                Presence::OptionalTexts => format!("`{name}_fr` …"),
            };
            assert!(section.contains(&cell), "{}: {cell}", schema.name);
        }
    }
    let types = ProductType::ALL.iter().map(|value| value.code());
    for code in types.chain(Feature::ALL.iter().map(|value| value.code())) {
        assert!(text.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn offers_are_optional_and_blank_rows_are_skipped() {
    let folder = folder();
    fs::remove_file(folder.path().join("offers.csv")).unwrap();
    replace(folder.path(), "units.csv", "U-02", "\n;;;;;;;;;;;\n\nU-02");
    assert_eq!(read_valid(&folder).catalogue.units.len(), 3);
    replace(folder.path(), "units.csv", "reserved", "gone");
    assert_eq!(faults(&folder), ["units.csv, row 6, column status: found “gone”"]);
}
