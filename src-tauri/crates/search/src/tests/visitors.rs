//! Queries as visitors type them, with the expected answers.

use super::*;
use crate::{AnswerKind, Index, Suggestion};

/// The answer as text: kind, `[words]`, `(place)`, then the hits as `ID` or `ID~km`.
fn answer_text(index: &Index, catalogue: &Catalogue, query: &str) -> String {
    let Some(answer) = index.search(query) else {
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
    let differences: Vec<String> = expected
        .iter()
        .map(|(query, expected)| (query, expected, answer_text(&index, &catalogue, query)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(query, expected, found)| format!("{query}\n   expected {expected}\n   found    {found}"))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn town_in_any_language_matches_it_and_its_surroundings() {
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
fn prefixes_match() {
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
fn typing_errors_are_corrected_and_reported() {
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
fn categories_in_eight_languages_narrow_a_town() {
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
fn place_without_projects_gives_nearby_projects() {
    check(&[
        ("Skhirat", "nearby (Skhirat) TMS-1~11 RBT-1~26 SAL-1~29"),
        ("الصخيرات", "nearby (Skhirat) TMS-1~11 RBT-1~26 SAL-1~29"),
        ("appartement temara", "nearby (Témara) RBT-1~12 TMS-1~13 SAL-1~15"),
    ]);
}

#[test]
fn known_place_is_not_corrected_into_another() {
    check(&[
        ("sebta", "nearby (Sebta) TNG-1~45 FES-1~208 FES-2~208"),
        ("سبتة", "nearby (Sebta) TNG-1~45 FES-1~208 FES-2~208"),
        ("Ceuta", "nearby (Sebta) TNG-1~45 FES-1~208 FES-2~208"),
        ("melilla", "nearby (Melilia) OUJ-1~116 FES-1~235 FES-2~235"),
        ("bouskoura", "nearby (Bouskoura) CAS-1~15 CAS-2~15 CAS-3~15"),
        ("villa bouskoura", "nearby (Bouskoura) FES-2~253 AGA-2~383"),
        ("îlot sebta", "nearby [îlot] (Sebta) TNG-1~45 FES-1~208 FES-2~208"),
    ]);
    let index = Index::build(&catalogue());
    assert!(index.search("sebta").unwrap().is_empty_place);
    assert!(!index.search("magasin rabat").unwrap().is_empty_place);
}

#[test]
fn region_matches_projects_of_its_towns() {
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
fn names_match_in_another_script() {
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
fn unknown_words_do_not_match() {
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
fn suggestions_are_places_and_projects_by_prefix() {
    let catalogue = catalogue();
    let index = Index::build(&catalogue);
    let suggestions = |query: &str| -> Vec<String> {
        let name = |suggestion| match suggestion {
            Suggestion::Town(id) => id,
            Suggestion::Region(region) => region.code().to_owned(),
            Suggestion::Project(ord) => catalogue.projects[ord].id.clone(),
        };
        index.suggest(query, 6).into_iter().map(name).collect()
    };
    assert_eq!(suggestions("ag"), ["AGADIR"]);
    assert_eq!(suggestions("ra"), ["RABAT", "MA-04"]);
    assert_eq!(suggestions("kech"), [""; 0]);
    assert_eq!(suggestions("jar"), ["FES-2"]);
    assert_eq!(suggestions("beni m"), ["BENI-MELLAL", "MA-05"]);
    assert_eq!(suggestions("résidence")[..2], ["TMS-1", "FES-1"]);
    assert_eq!(suggestions("casablnca"), ["CASABLANCA", "MA-06"]);
    assert_eq!(suggestions("qwxz"), [""; 0]);
    assert_eq!(suggestions(""), [""; 0]);
    assert!(index.search("").is_none());
    assert_eq!(index.search("rabat").unwrap().kind, AnswerKind::Exact);
}
