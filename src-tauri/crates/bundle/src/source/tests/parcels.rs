//! The optional table `parcels`: outlines of units on a site plan.

use super::{faults, folder, read_valid};
use crate::checkpoint::format_for;
use expo_domain::Outline;
use std::fs;
use tempfile::TempDir;

fn folder_with(parcels: &str) -> TempDir {
    let folder = folder();
    fs::write(
        folder.path().join("parcels.csv"),
        format!("unit;points\n{parcels}\n"),
    )
    .unwrap();
    folder
}

#[test]
fn outlines_belong_to_their_units() {
    let catalogue = read_valid(&folder_with("U-03;0 0|120 0|120 90|0 90")).catalogue;
    let corners = |unit: usize| catalogue.units[unit].outline.as_ref().map(Outline::points);
    assert_eq!(corners(2), Some(&[[0, 0], [120, 0], [120, 90], [0, 90]][..]));
    assert_eq!(corners(0), None);
}

#[test]
fn a_catalogue_with_an_outline_has_format_2() {
    assert_eq!(format_for(&read_valid(&folder()).catalogue), 1);
    let outlined = folder_with("U-03;0 0|120 0|120 90");
    assert_eq!(format_for(&read_valid(&outlined).catalogue), 2);
}

#[test]
fn each_wrong_outline_is_a_fault_with_its_row() {
    for (parcel, column) in [
        ("U-03;0 0|120 0", "points"),
        ("U-03;0 0|90 90|90 0|0 90", "points"),
        ("U-03;0 0|10001 0|0 90", "points"),
        ("U-03;0 0|-1 0|0 90", "points"),
        ("U-03;0,0 120,0 120,90", "points"),
        ("U-03;", "points"),
        ("U-99;0 0|120 0|120 90", "unit"),
    ] {
        let faults = faults(&folder_with(parcel));
        assert_eq!(faults.len(), 1, "{parcel}: {faults:?}");
        let place = format!("parcels.csv, row 2, column {column}: ");
        assert!(faults[0].starts_with(&place), "{parcel}: {faults:?}");
    }
}

#[test]
fn a_unit_has_one_outline() {
    let twice = folder_with("U-03;0 0|120 0|120 90\nU-03;0 0|120 0|120 80");
    assert_eq!(faults(&twice), ["parcels.csv, row 3, column unit: found “U-03”"]);
}
