//! Intents of queries as visitors type them, and the results of queries with intents.

use super::*;
use crate::{AnswerKind, Index, Intent};
use proptest::prelude::*;

/// The sample with numbered units: plots MEK-1 from `LI-001`, flats FES-1 from `A-101`, shops CAS-2 from `1`.
fn numbered_catalogue() -> Catalogue {
    let mut catalogue = catalogue();
    for unit in &mut catalogue.units {
        let Some((project, number)) = unit.id.rsplit_once('-') else {
            continue;
        };
        let number: usize = number.parse().unwrap();
        unit.number = match project {
            "MEK-1" => format!("LI-{:03}", number + 1),
            "FES-1" => format!("A-{}", number + 101),
            "CAS-2" => (number + 1).to_string(),
            other => format!("{other}/{number}"),
        };
    }
    catalogue
}

/// What is understood, as text: the text to search for, the intents, and the units as `PROJECT NUMBER`.
fn reading_text(index: &Index, catalogue: &Catalogue, query: &str) -> String {
    let reading = index.read(query);
    let intents = reading.intents.iter().map(|found| match found.intent {
        Intent::Budget(price) => format!("budget {}", price.0 / 100),
        Intent::Surface(surface) => format!("surface {surface}"),
        Intent::Rooms(rooms) => format!("rooms {rooms}"),
        Intent::Type(product_type) => product_type.code().to_owned(),
        Intent::Delivery(delivery) => delivery.code().to_owned(),
        Intent::LandTitle(title) => title.code().to_owned(),
        Intent::Aid => "aid".to_owned(),
        Intent::Offer => "offer".to_owned(),
        Intent::Topic(topic) => format!("ask {topic}"),
    });
    let units = reading.units.iter();
    let units = units.map(|unit| format!("{} {}", catalogue.projects[unit.ord].id, unit.number));
    let list: Vec<String> = intents.chain(units).collect();
    format!("[{}] {}", reading.text, list.join(", "))
        .trim_end()
        .to_owned()
}

fn check(expected: &[(&str, &str)]) {
    let catalogue = numbered_catalogue();
    let index = Index::build(&catalogue);
    let differences: Vec<String> = expected
        .iter()
        .map(|(query, expected)| (query, expected, reading_text(&index, &catalogue, query)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(query, expected, found)| format!("{query}\n   expected {expected}\n   found    {found}"))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn amounts_are_budgets_and_not_words() {
    check(&[
        ("500000", "[] budget 500000"),
        ("moins de 300000", "[] budget 300000"),
        ("700 000 DH", "[] budget 700000"),
        ("300k", "[] budget 300000"),
        ("under 300k", "[] budget 300000"),
        ("أقل من ٣٠٠ ألف درهم", "[] budget 300000"),
        (
            "villa moins de 2 millions agadir",
            "[villa agadir] villa, semi_finished_villa, budget 2000000",
        ),
        ("appartement 80 m² fes", "[appartement fes] apartment, surface 80"),
        ("moins de", "[]"),
    ]);
}

#[test]
fn words_of_filters_are_not_searched() {
    check(&[
        ("daam sakane", "[] aid, ask aid"),
        ("aide", "[] aid, ask aid"),
        ("دعم السكن", "[] aid, ask aid"),
        ("بالدعم فاس", "[فاس] aid, ask aid"),
        ("titre foncier", "[] titled"),
        (
            "terrain titré",
            "[terrain] residential_plot, craft_plot, industrial_plot, commercial_plot, block, titled",
        ),
        ("رسم عقاري", "[] titled"),
        ("titre mère", "[] mother_title"),
        ("offre", "[] offer"),
        ("عروض الرباط", "[الرباط] offer"),
    ]);
}

#[test]
fn words_of_categories_are_searched_and_are_filters() {
    check(&[
        ("villa", "[villa] villa, semi_finished_villa"),
        ("livré", "[livré] delivered"),
        ("clé en main fes", "[clé fes] delivered"),
        ("sur plan", "[plan] off_plan"),
        (
            "terrain industriel tanger",
            "[terrain industriel tanger] industrial_plot",
        ),
        ("magasin", "[magasin] shop"),
        ("شقة فاس", "[شقة فاس] apartment"),
        (
            "appartement 3 chambres",
            "[appartement 3 chambres] apartment, rooms 4",
        ),
        ("f3", "[f3] rooms 3"),
        ("2027", "[] under_construction, off_plan"),
        ("casa", "[casa]"),
        ("appart", "[appart] apartment"),
    ]);
}

#[test]
fn words_of_guides_and_desks_are_topics() {
    check(&[
        ("notaire", "[] ask notary"),
        ("الموثق", "[] ask notary"),
        ("crédit", "[] ask credit"),
        ("banque", "[] ask credit"),
        ("قرض سكني", "[] ask credit"),
        ("rendez-vous", "[] ask appointment"),
        ("rdv rabat", "[rabat] ask appointment"),
        ("frais de notaire", "[] ask costs"),
        ("procuration", "[] ask power_of_attorney"),
        ("conseiller", "[] ask advisor"),
        ("notai", "[] ask notary"),
    ]);
}

#[test]
fn numbers_of_units_find_the_units() {
    check(&[
        ("A-104", "[] FES-1 A-104"),
        ("a104", "[] FES-1 A-104"),
        ("A 104 fes", "[fes] FES-1 A-104"),
        ("LI-002", "[] MEK-1 LI-002"),
        ("li 2", "[] MEK-1 LI-002"),
        ("lot 2", "[] MEK-1 LI-002, JDD-1 JDD-1/2"),
        ("lot n° 12", "[] MEK-1 LI-012"),
        (
            "lot 99",
            "[lot 99] residential_plot, craft_plot, industrial_plot, commercial_plot",
        ),
        ("magasin 3", "[] CAS-2 3"),
        ("n° 12", "[] MEK-1 LI-012, TMS-1 TMS-1/12, LAA-1 LAA-1/12"),
        ("3", "[3]"),
        ("appartement 3", "[appartement 3] apartment"),
    ]);
}

#[test]
fn names_of_the_catalogue_come_before_intents() {
    let mut catalogue = numbered_catalogue();
    add_project(
        &mut catalogue,
        "RBT-2",
        "RABAT",
        Texts::fr("Offre des Almohades"),
        ProductType::Apartment,
        1,
    );
    let index = Index::build(&catalogue);
    assert_eq!(index.read("offre").text, "offre");
    assert_eq!(index.search("offre des").unwrap().hits[0].ord, 16);
    assert_eq!(index.read("offre rabat").text, "rabat");
}

#[test]
fn amount_alone_lists_everything_instead_of_one_project() {
    let index = Index::build(&numbered_catalogue());
    for query in [
        "moins de 300000",
        "500000",
        "daam sakane",
        "notaire",
        "titre foncier",
    ] {
        assert!(index.search(query).is_none(), "{query}");
    }
    let villas = index.search("villa moins de 300000").unwrap();
    assert_eq!(villas.kind, AnswerKind::Exact);
    assert_eq!(villas.hits, index.search("villa").unwrap().hits);
}

#[test]
fn number_of_a_unit_narrows_the_other_words() {
    let catalogue = numbered_catalogue();
    let index = Index::build(&catalogue);
    let found = |query: &str| -> (AnswerKind, Vec<&str>) {
        let answer = index.search(query).unwrap();
        let ids = answer
            .hits
            .iter()
            .map(|hit| catalogue.projects[hit.ord].id.as_str());
        (answer.kind, ids.collect())
    };
    assert_eq!(found("A-104"), (AnswerKind::Exact, vec!["FES-1"]));
    assert_eq!(found("oliviers A-104"), (AnswerKind::Exact, vec!["FES-1"]));
    assert_eq!(found("A-104 rabat"), (AnswerKind::Partial, vec!["FES-1"]));
}

#[test]
fn taking_an_intent_removes_its_words_from_the_query() {
    let index = Index::build(&numbered_catalogue());
    let rests = |query: &str| -> Vec<String> {
        let intents = index.read(query).intents.into_iter();
        intents.map(|found| found.rest).collect()
    };
    assert_eq!(
        rests("villa titrée, moins de 900000 à fes"),
        [
            "titrée, moins de 900000 à fes",
            "titrée, moins de 900000 à fes",
            "villa moins de 900000 à fes",
            "villa titrée, à fes"
        ]
    );
    assert_eq!(rests("notaire"), [""]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_adds_words(typed in "(moins|de|villa|300|000|k|m2|مليون|٣|A-1|lot|€|notaire|fes|[ ,.-]|\\PC){0,14}") {
        let index = &properties::SAMPLE.1;
        let reading = index.read(&typed);
        prop_assert!(reading.text.split(' ').all(|word| typed.contains(word)));
        for found in &reading.intents {
            prop_assert!(found.rest.len() < typed.len());
            prop_assert!(found.rest.split(' ').all(|word| typed.contains(word)));
        }
    }

    #[test]
    fn budget_is_read_however_it_is_grouped(thousands in 50_i64..20_000, group in "[ .\u{a0}\u{202f}]") {
        let amount = thousands * 1_000;
        let digits = amount.to_string();
        let grouped: Vec<&str> = {
            let first = (digits.len() - 1) % 3 + 1;
            let mut parts = vec![&digits[..first]];
            parts.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
            parts
        };
        let index = &properties::SAMPLE.1;
        for text in [digits.clone(), grouped.join(&group), format!("moins de {digits} dh")] {
            let reading = index.read(&text);
            prop_assert_eq!(reading.intents.first().map(|found| found.intent), Some(Intent::Budget(Money::dirhams(amount))));
            prop_assert_eq!(reading.text, "");
        }
    }
}
