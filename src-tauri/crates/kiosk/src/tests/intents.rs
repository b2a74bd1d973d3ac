//! Intents of typed text: the offered filters with their counts, and units found by number.

use super::browse::{catalogue, everything, kiosk_with};
use crate::Kiosk;
use crate::views::{AnswerKind, Explore, ExploreQuery, Intent};
use expo_domain::{Catalogue, Delivery, LandTitle, Lang, Money, ProductType, Region, Texts, Topic, Town};
use proptest::prelude::*;

fn query(text: &str) -> ExploreQuery {
    ExploreQuery {
        text: text.to_owned(),
        ..everything()
    }
}

fn explore(kiosk: &Kiosk, text: &str) -> Explore {
    kiosk.explore(&query(text)).unwrap()
}

/// The offered intents, each with its count.
fn offered(kiosk: &Kiosk, text: &str) -> Vec<(Intent, Option<u32>)> {
    let intents = explore(kiosk, text).intents;
    intents
        .into_iter()
        .map(|found| (found.intent, found.count))
        .collect()
}

/// What the window does when an intent is chosen.
fn followed(query: &ExploreQuery, intent: Intent, text: &str) -> ExploreQuery {
    let mut query = ExploreQuery {
        text: text.to_owned(),
        ..query.clone()
    };
    match intent {
        Intent::Budget { max_price } => query.max_price = Some(max_price),
        Intent::Surface { min_surface } => query.min_surface = Some(min_surface),
        Intent::Rooms { rooms } => query.rooms = vec![rooms],
        Intent::Type { product_type } => query.types = vec![product_type],
        Intent::Delivery { delivery } => query.deliveries = vec![delivery],
        Intent::LandTitle { land_title } => query.land_titles = vec![land_title],
        Intent::Aid => query.aid = true,
        Intent::Offer => query.offer = true,
        Intent::Topic { .. } => {}
    }
    query
}

/// A catalogue with two projects in Casablanca, which has another budget, other types and unit numbers.
fn small_catalogue() -> Catalogue {
    let mut catalogue = Catalogue {
        subsidiaries: vec![fixtures::subsidiary("S-0")],
        towns: vec![Town {
            name: Texts::fr("Casablanca"),
            latitude: 33.5731,
            longitude: -7.5898,
            ..fixtures::town("CASA", Region::Casablanca)
        }],
        ..Catalogue::default()
    };
    for (id, title, product_type, prefix) in [
        ("CASA-1", "Les Arcades", ProductType::Shop, "M"),
        ("CASA-2", "Les Jasmins", ProductType::IndustrialPlot, "LI"),
    ] {
        catalogue.projects.push(expo_domain::Project {
            title: Texts::fr(title),
            ..fixtures::project(id, "S-0", "CASA")
        });
        let group = format!("{id}-G");
        catalogue.groups.push(fixtures::group(&group, id, product_type));
        for number in 1..4 {
            catalogue.units.push(expo_domain::Unit {
                number: format!("{prefix}-{number:03}"),
                price: Money::dirhams(1_000_000 * number),
                ..fixtures::unit(&format!("{group}-{number}"), &group)
            });
        }
    }
    catalogue
}

#[test]
fn amount_offers_the_budget_with_its_count() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let limit = |dirhams| Intent::Budget {
        max_price: Money::dirhams(dirhams),
    };
    for text in ["moins de 300000", "300k", "أقل من ٣٠٠ ألف درهم", "under 300k"] {
        let found = explore(&kiosk, text);
        // The amount is not a word: nothing is hidden, and no project is found by chance.
        assert_eq!(
            (found.total, found.answer.kind),
            (180, AnswerKind::Exact),
            "{text}"
        );
        let expected = kiosk.explore(&ExploreQuery {
            max_price: Some(Money::dirhams(300_000)),
            ..everything()
        });
        let expected = expected.unwrap().total;
        assert!(expected > 0 && expected < 180);
        assert_eq!(
            offered(&kiosk, text),
            [(limit(300_000), Some(expected))],
            "{text}"
        );
    }
    // A limit below every price is offered too, so that the visitor learns that nothing costs so little.
    assert_eq!(offered(&kiosk, "moins de 30000"), [(limit(30_000), Some(0))]);
}

#[test]
fn topics_have_no_count() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    for (text, topic) in [
        ("notaire", Topic::Notary),
        ("crédit", Topic::Credit),
        ("rendez-vous", Topic::Appointment),
        ("البنك", Topic::Credit),
    ] {
        assert_eq!(offered(&kiosk, text), [(Intent::Topic { topic }, None)], "{text}");
    }
    let aid = offered(&kiosk, "daam sakane");
    assert!(matches!(aid[0], (Intent::Aid, Some(count)) if count > 0));
    assert_eq!(aid[1], (Intent::Topic { topic: Topic::Aid }, None));
}

#[test]
fn filter_that_is_set_is_not_offered_again() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let query = ExploreQuery {
        text: "titre foncier".to_owned(),
        land_titles: vec![LandTitle::Titled],
        ..everything()
    };
    assert!(kiosk.explore(&query).unwrap().intents.is_empty());
    assert_eq!(explore(&kiosk, "titre foncier").intents.len(), 1);
}

#[test]
fn values_without_results_give_way_to_others() {
    let (_folder, kiosk) = kiosk_with(&small_catalogue());
    let types: Vec<Intent> = offered(&kiosk, "terrain")
        .into_iter()
        .map(|(intent, _)| intent)
        .collect();
    let product_type = ProductType::IndustrialPlot;
    assert_eq!(types, [Intent::Type { product_type }]);
    let product_type = ProductType::Apartment;
    assert_eq!(
        offered(&kiosk, "appartement"),
        [(Intent::Type { product_type }, Some(0))]
    );
}

#[test]
fn number_of_a_unit_finds_its_project_and_the_unit() {
    let (_folder, kiosk) = kiosk_with(&small_catalogue());
    for text in ["LI-002", "li 2", "lot 2", "LI-002 jasmins", "terrain n° 2"] {
        let found = explore(&kiosk, text);
        let hits: Vec<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(hits, ["CASA-2"], "{text}");
        let units: Vec<_> = found
            .units
            .iter()
            .map(|unit| (unit.id.as_str(), unit.number.as_str()))
            .collect();
        assert_eq!(units, [("CASA-2-G-2", "LI-002")], "{text}");
    }
    assert_eq!(explore(&kiosk, "magasin 3").units[0].id, "CASA-1-G-3");
    assert!(explore(&kiosk, "LI-009").units.is_empty());
}

#[test]
fn place_without_projects_shows_the_nearest_ones() {
    let (_folder, kiosk) = kiosk_with(&small_catalogue());
    let found = explore(&kiosk, "sebta");
    assert_eq!(
        (found.answer.kind, found.answer.is_empty_place),
        (AnswerKind::Nearby, true)
    );
    assert_eq!(found.answer.place.unwrap().text, "Sebta");
    assert!(found.hits[0].km > Some(250));
    let arabic = kiosk.explore(&ExploreQuery {
        lang: Lang::Ar,
        ..query("سبتة")
    });
    assert_eq!(arabic.unwrap().answer.place.unwrap().text, "سبتة");
}

#[test]
fn words_of_intents_do_not_hide_suggestions() {
    let (_folder, kiosk) = kiosk_with(&small_catalogue());
    for text in ["casab", "300000 casab", "notaire casab"] {
        let suggestions = explore(&kiosk, text).suggestions;
        assert_eq!(suggestions[0].id, "CASA", "{text}");
    }
    assert!(explore(&kiosk, "moins de 300000").suggestions.is_empty());
}

#[test]
fn intents_are_only_on_the_first_page() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let page = |offset| ExploreQuery {
        offset,
        limit: 10,
        ..query("moins de 300000")
    };
    assert_eq!(kiosk.explore(&page(0)).unwrap().intents.len(), 1);
    assert!(kiosk.explore(&page(10)).unwrap().intents.is_empty());
}

/// Texts of a few words with and without intents, and filters.
fn typed() -> impl Strategy<Value = ExploreQuery> {
    let words = [
        "jardin",
        "port",
        "ville 3",
        "villa",
        "terrain",
        "appartement",
        "livré",
        "sur plan",
        "titré",
        "aide",
        "offre",
        "moins de 900000",
        "2 millions",
        "100 m2",
        "3 pièces",
        "notaire",
        "magasin",
    ];
    (
        prop::sample::subsequence(words.to_vec(), 1..4).prop_shuffle(),
        prop::option::of((2..30_i64).prop_map(|n| Money::dirhams(n * 100_000))),
        prop::sample::subsequence(Delivery::ALL.to_vec(), 0..2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(words, max_price, deliveries, aid)| ExploreQuery {
            max_price,
            deliveries,
            aid,
            ..query(&words.join(" "))
        })
}

#[test]
fn counts_of_intents_are_the_totals_after_choosing_them() {
    for catalogue in [catalogue(), small_catalogue()] {
        let (_folder, kiosk) = kiosk_with(&catalogue);
        let config = ProptestConfig {
            cases: 96,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        proptest!(config, |(query in typed())| {
            for found in kiosk.explore(&query).unwrap().intents {
                let after = kiosk.explore(&followed(&query, found.intent, &found.text)).unwrap();
                if let Some(count) = found.count {
                    prop_assert_eq!(count, after.total, "{:?} {:?}", query, found);
                    prop_assert!(!after.intents.iter().any(|other| other.intent == found.intent));
                }
            }
        });
    }
}
