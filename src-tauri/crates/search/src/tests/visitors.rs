//! Queries as visitors type them, with what they should get.

use super::*;
use crate::{Index, Kind, Suggestion};

/// Hits as `ID` or `ID~km`, after the kind and what is said beside it.
fn shown(index: &Index, catalogue: &Catalogue, query: &str) -> String {
    let Some(answer) = index.find(query) else {
        return "everything".to_owned();
    };
    let mut out = vec![format!("{:?}", answer.kind).to_lowercase()];
    if !answer.words.is_empty() {
        out.push(format!("[{}]", answer.words.join(" ")));
    }
    out.extend(answer.place.map(|place| format!("({})", place.french())));
    out.extend(answer.hits.iter().map(|hit| {
        let id = &catalogue.projects[hit.ord].id;
        hit.km.map_or_else(|| id.clone(), |km| format!("{id}~{km}"))
    }));
    out.join(" ")
}

fn check(expected: &[(&str, &str)]) {
    let catalogue = catalogue();
    let index = Index::build(&catalogue);
    let wrong: Vec<String> = expected
        .iter()
        .map(|(query, expected)| (query, expected, shown(&index, &catalogue, query)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(query, expected, found)| format!("{query}\n   expected {expected}\n   found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_town_in_any_language_finds_its_projects_and_those_around() {
    check(&[
        ("Rabat", "exact RBT-1 SAL-1~3 TMS-1~24"),
        ("الرباط", "exact RBT-1 SAL-1~3 TMS-1~24"),
        ("رباط", "exact RBT-1 SAL-1~3 TMS-1~24"),
        ("بالرباط", "exact RBT-1 SAL-1~3 TMS-1~24"),
        ("ⵔⴱⴰⵟ", "exact RBT-1 SAL-1~3 TMS-1~24"),
        ("Fez", "exact FES-1 FES-2"),
        ("fes", "exact FES-1 FES-2"),
        ("casa", "exact CAS-1 CAS-2 CAS-3"),
        ("casa blanca", "exact CAS-1 CAS-2 CAS-3"),
        ("Dar el Beida", "exact CAS-1 CAS-2 CAS-3"),
        ("الدارالبيضاء", "exact CAS-1 CAS-2 CAS-3"),
        ("كازا", "exact CAS-1 CAS-2 CAS-3"),
        ("El Aaiún", "exact LAA-1"),
        ("laayoune", "exact LAA-1"),
        ("l3youn", "exact LAA-1"),
        ("Laâyoune", "exact LAA-1"),
        ("benimellal", "exact BML-1"),
        ("mellal beni", "exact BML-1"),
        ("eljadida", "exact JDD-1"),
        ("jadida", "exact JDD-1"),
        ("Tangier", "exact TNG-1"),
        ("Uchda", "exact OUJ-1"),
    ]);
}

#[test]
fn a_beginning_is_enough() {
    check(&[
        ("jard", "exact FES-2"),
        ("ouj", "exact OUJ-1"),
        ("الن", "exact TNG-1 TMS-1"),
        ("rési oliv", "exact FES-1"),
        ("oliv rési", "exact FES-1"),
        ("Les Terrasses de l", "exact RBT-1"),
        ("terrasses oudaya", "exact RBT-1"),
        ("terrasses de l'oudaya", "exact RBT-1"),
    ]);
}

#[test]
fn typing_errors_are_forgiven_and_said() {
    check(&[
        ("casablnca", "corrected [Casablanca] CAS-1 CAS-2 CAS-3"),
        ("xasablanca", "corrected [Casablanca] CAS-1 CAS-2 CAS-3"),
        ("acsablanca", "corrected [Casablanca] CAS-1 CAS-2 CAS-3"),
        ("casabalcna", "corrected [Casablanca] CAS-1 CAS-2 CAS-3"),
        ("taser", "nothing"),
        ("résidence olivirs", "corrected [résidence Oliviers] FES-1"),
        ("oliveir", "corrected [Oliviers] FES-1"),
        ("الرياط", "corrected [الرباط] RBT-1 CAS-3 SAL-1~3 TMS-1~24"),
        ("ارلباط", "corrected [الرباط] RBT-1 SAL-1~3 TMS-1~24"),
        ("jardnis fes", "corrected [Jardins fes] FES-2"),
    ]);
}

#[test]
fn kinds_are_understood_in_eight_languages_and_narrow_a_town() {
    check(&[
        ("villa", "exact AGA-2 FES-2"),
        ("villas", "exact AGA-2 FES-2"),
        ("villa agadir", "exact AGA-2"),
        ("terrain", "exact MEK-1 JDD-1"),
        ("بقعة", "exact MEK-1 JDD-1"),
        ("terreno Mequinez", "exact MEK-1"),
        ("Grundstück Meknes", "exact MEK-1"),
        ("piso Fez", "exact FES-1"),
        ("شقة فاس", "exact FES-1"),
        ("wohnung in oujda", "exact OUJ-1"),
        ("flat with pool", "exact CAS-1"),
        ("appartement à vendre à Fès", "exact FES-1"),
        ("je cherche un appartement pas cher à fes", "exact FES-1"),
        ("appartement meublé fes", "partial [meublé] FES-1"),
        ("magasin casa", "exact CAS-2"),
        ("casa agadir", "exact AGA-1"),
        ("casa rabat", "exact CAS-1 RBT-1 CAS-2 CAS-3"),
        ("f3 casablanca", "exact CAS-1"),
        ("appartement 7 chambres fes", "exact FES-1"),
        ("2 bedrooms in Oujda", "exact OUJ-1"),
        ("شقة 3 غرف فاس", "exact FES-1"),
        ("sur plan", "exact BML-1"),
    ]);
}

#[test]
fn a_place_without_projects_shows_what_is_near() {
    check(&[
        ("Skhirat", "nearby (Skhirat) TMS-1~11 RBT-1~26 SAL-1~29"),
        ("الصخيرات", "nearby (Skhirat) TMS-1~11 RBT-1~26 SAL-1~29"),
        ("appartement temara", "nearby (Témara) RBT-1~12 TMS-1~13 SAL-1~15"),
    ]);
}

#[test]
fn a_region_finds_its_towns() {
    check(&[
        ("Fès-Meknès", "exact MEK-1 FES-1 FES-2"),
        ("oriental", "exact OUJ-1"),
        ("l'oriental", "exact OUJ-1"),
        ("جهة الشرق", "exact OUJ-1"),
        ("souss massa", "exact AGA-2 AGA-1"),
        ("appartement région rabat salé kénitra", "exact TMS-1 SAL-1 RBT-1"),
    ]);
}

#[test]
fn another_script_finds_what_is_written_in_one() {
    check(&[
        ("riad salam", "corrected [رياض السلام] CAS-3"),
        ("nakhil", "exact TMS-1"),
        ("tifawin", "corrected [ⵜⵉⴼⴰⵡⵉⵏ] AGA-1"),
        ("تيفاوين", "corrected [ⵜⵉⴼⴰⵡⵉⵏ] AGA-1"),
        ("تاسميت", "exact BML-1"),
        ("nakheel", "corrected [Annakhil] TMS-1 TNG-1"),
    ]);
}

#[test]
fn what_is_not_there_is_not_found() {
    check(&[
        ("", "everything"),
        ("  '", "everything"),
        ("ال", "everything"),
        ("projet à vendre", "everything"),
        ("paris", "nothing"),
        ("qwxz", "nothing"),
        ("bibliothèque municipale", "nothing"),
        ("مطار", "nothing"),
        ("résidence zzzz fes", "partial [zzzz] FES-1"),
    ]);
}

#[test]
fn suggestions_are_places_and_projects_that_begin_so() {
    let catalogue = catalogue();
    let index = Index::build(&catalogue);
    let suggested = |query: &str| -> Vec<String> {
        let name = |suggestion| match suggestion {
            Suggestion::Town(id) => id,
            Suggestion::Region(region) => region.code().to_owned(),
            Suggestion::Project(ord) => catalogue.projects[ord].id.clone(),
        };
        index.suggest(query, 6).into_iter().map(name).collect()
    };
    assert_eq!(suggested("ag"), ["AGADIR"]);
    assert_eq!(suggested("ra"), ["RABAT", "MA-04"]);
    assert_eq!(suggested("kech"), [""; 0]);
    assert_eq!(suggested("jar"), ["FES-2"]);
    assert_eq!(suggested("beni m"), ["BENI-MELLAL", "MA-05"]);
    assert_eq!(suggested("résidence")[..2], ["TMS-1", "FES-1"]);
    assert_eq!(suggested("casablnca"), ["CASABLANCA", "MA-06"]);
    assert_eq!(suggested("qwxz"), [""; 0]);
    assert_eq!(suggested(""), [""; 0]);
    assert!(index.find("").is_none());
    assert_eq!(index.find("rabat").unwrap().kind, Kind::Exact);
}
