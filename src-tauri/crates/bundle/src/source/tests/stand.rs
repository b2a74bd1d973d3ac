//! The optional table `stand`: the plan of the stand.

use super::{faults, folder, read_valid};
use crate::checkpoint::format_for;
use expo_domain::{DocumentContent, PlaceKind, PlanArea};
use std::fs;
use tempfile::TempDir;

fn folder_with(places: &str) -> TempDir {
    let folder = folder();
    let partners = "id;kind;name_fr;desk_fr;text_fr;languages;topics\n\
                    BANK-A;bank;Banque A;Comptoir 4;Essai;fr;credit\n";
    fs::write(folder.path().join("partners.csv"), partners).unwrap();
    fs::write(
        folder.path().join("stand.csv"),
        format!("id;kind;countries;partners;label_fr;x;y;width;height\n{places}\n"),
    )
    .unwrap();
    folder
}

#[test]
fn the_places_of_the_stand_become_one_document_of_format_3() {
    let folder = folder_with("DESK-4;desk;FR;BANK-A;Comptoir 4;70;10;30;15\nK03;kiosk;;;Borne;0;85;10;15");
    let catalogue = read_valid(&folder).catalogue;
    assert_eq!(format_for(&catalogue), 3);
    let [partner, stand] = &catalogue.documents[..] else {
        panic!("{:?}", catalogue.documents)
    };
    assert_eq!(stand.id, "stand");
    let DocumentContent::Stand(stand) = &stand.content else {
        panic!("{stand:?}")
    };
    let [desk, kiosk] = &stand.places[..] else {
        panic!("{stand:?}")
    };
    assert_eq!(desk.partners, [partner.id.as_str()]);
    let area = PlanArea {
        x: 70,
        y: 10,
        width: 30,
        height: 15,
    };
    assert_eq!((desk.area, desk.label.french()), (area, "Comptoir 4"));
    assert!(desk.is_present_in("FR") && !desk.is_present_in("CA"));
    assert_eq!((kiosk.id.as_str(), kiosk.kind), ("K03", PlaceKind::Kiosk));
    fs::remove_file(folder.path().join("stand.csv")).unwrap();
    assert_eq!(format_for(&read_valid(&folder).catalogue), 2);
}

#[test]
fn each_wrong_place_is_a_fault_with_its_column() {
    for (place, column) in [
        ("DESK-4;table;;BANK-A;Comptoir 4;70;10;20;15", "kind"),
        ("DESK-4;desk;France;BANK-A;Comptoir 4;70;10;20;15", "countries"),
        ("DESK-4;desk;;BANK-Z;Comptoir 4;70;10;20;15", "partners"),
        ("DESK-4;desk;;BANK-A;;70;10;20;15", "label_fr"),
        ("DESK-4;desk;;BANK-A;Comptoir 4;-1;10;20;15", "x"),
        ("DESK-4;desk;;BANK-A;Comptoir 4;70;10;31;15", "width"),
        ("DESK-4;desk;;BANK-A;Comptoir 4;70;90;20;11", "height"),
        ("DESK-4;desk;;BANK-A;Comptoir 4;70;90;20;0", "height"),
    ] {
        let faults = faults(&folder_with(place));
        assert_eq!(faults.len(), 1, "{place}: {faults:?}");
        let at = format!("stand.csv, row 2, column {column}: ");
        assert!(faults[0].starts_with(&at), "{place}: {faults:?}");
    }
}
