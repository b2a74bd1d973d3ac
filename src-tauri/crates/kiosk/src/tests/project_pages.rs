//! Pages of projects: outlines of units, and what lies around.

use super::{install, provisioned_kiosk};
use crate::views::{LandmarkKind, ProjectPage};
use expo_domain::{Catalogue, Lang, Outline, ProductType, Project, Region, Unit};

fn page(place: Option<(f64, f64)>, outline: Option<Outline>) -> ProjectPage {
    let project = Project {
        latitude: place.map(|place| place.0),
        longitude: place.map(|place| place.1),
        ..fixtures::project("P-1", "S-1", "T-1")
    };
    let unit = Unit {
        outline,
        ..fixtures::unit("U-1", "G-1")
    };
    let catalogue = Catalogue {
        subsidiaries: vec![fixtures::subsidiary("S-1")],
        towns: vec![fixtures::town("T-1", Region::Tangier)],
        projects: vec![project],
        groups: vec![fixtures::group("G-1", "P-1", ProductType::ResidentialPlot)],
        units: vec![unit],
        ..Catalogue::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _machine) = provisioned_kiosk(folder.path());
    install(&kiosk, &catalogue);
    kiosk.project("P-1", Lang::Ar).unwrap()
}

#[test]
fn outline_of_a_unit_reaches_its_page() {
    let outline = Outline::new(vec![[0, 0], [120, 0], [120, 90]]).unwrap();
    let shown = page(None, Some(outline.clone()));
    assert_eq!(shown.groups[0].units[0].outline, Some(outline));
}

#[test]
fn surroundings_begin_with_the_town() {
    use LandmarkKind::{Airport, Sea, Station, Town};
    let shown = page(Some((35.76, -5.80)), None).surroundings;
    let kinds: Vec<_> = shown.iter().map(|place| place.kind).collect();
    assert_eq!(kinds, [Town, Sea, Station, Airport]);
    // The town of the fixtures lies at 35 north, 5 west.
    assert_eq!((shown[0].km, shown[1].km), (111, 2));
    assert_eq!(shown[2].name.as_ref().unwrap().text, "طنجة المدينة");
}

#[test]
fn project_without_a_place_has_no_surroundings() {
    assert!(page(None, None).surroundings.is_empty());
}
