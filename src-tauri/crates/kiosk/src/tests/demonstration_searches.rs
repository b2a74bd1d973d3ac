//! What visitors type, searched in the catalogue of the demonstration.

use super::browse::{everything, kiosk_with};
use crate::Kiosk;
use crate::views::{AnswerKind, Explore, ExploreQuery, Intent};
use expo_domain::{Delivery, LandTitle, Money, Topic};
use std::path::Path;
use tempfile::TempDir;

fn demonstration() -> (TempDir, Kiosk) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/demo/source");
    let source = expo_bundle::source::read(&folder).unwrap();
    kiosk_with(&source.catalogue)
}

fn explore(kiosk: &Kiosk, text: &str) -> Explore {
    let query = ExploreQuery {
        text: text.to_owned(),
        ..everything()
    };
    kiosk.explore(&query).unwrap()
}

/// Asserts that each text offers this filter, with the number of projects that it leaves.
fn check_filter(texts: &[&str], intent: Intent) {
    let (_folder, kiosk) = demonstration();
    let wrong: Vec<_> = texts
        .iter()
        .map(|text| (text, explore(&kiosk, text).intents))
        .filter(|(_, intents)| {
            let is_offered = intents
                .iter()
                .any(|found| found.intent == intent && found.count > Some(0));
            !is_offered
        })
        .collect();
    assert!(wrong.is_empty(), "{intent:?} {wrong:?}");
}

/// Asserts that each text offers this topic, and that no project is found by chance.
fn check_topic(texts: &[&str], topic: Topic) {
    let (_folder, kiosk) = demonstration();
    let all = explore(&kiosk, "").total;
    for text in texts {
        let found = explore(&kiosk, text);
        let topics = found
            .intents
            .iter()
            .filter(|found| found.intent == Intent::Topic { topic });
        assert_eq!((topics.count(), found.total), (1, all), "{text}");
    }
}

const fn budget(dirhams: i64) -> Intent {
    Intent::Budget {
        max_price: Money::dirhams(dirhams),
    }
}

#[test]
fn amounts_offer_the_budget_filter() {
    check_filter(&["500000"], budget(500_000));
    check_filter(&["700 000 DH"], budget(700_000));
    check_filter(&["moins de 300000", "أقل من 300000", "300k"], budget(300_000));
}

#[test]
fn words_of_the_aid_offer_its_filter() {
    check_filter(&["daam sakane", "aide", "دعم سكن"], Intent::Aid);
    check_topic(&["daam sakane", "aide", "دعم سكن"], Topic::Aid);
}

#[test]
fn words_of_the_land_title_offer_its_filter() {
    let titled = Intent::LandTitle {
        land_title: LandTitle::Titled,
    };
    check_filter(&["titre foncier", "رسم عقاري", "titré"], titled);
}

#[test]
fn words_of_delivery_offer_its_filter() {
    let delivery = |delivery| Intent::Delivery { delivery };
    check_filter(&["livré", "prêt", "جاهز"], delivery(Delivery::Delivered));
    check_filter(&["2027"], delivery(Delivery::UnderConstruction));
}

#[test]
fn words_of_desks_offer_their_topic() {
    check_topic(&["notaire", "موثق"], Topic::Notary);
    check_topic(&["crédit"], Topic::Credit);
    check_topic(&["procuration"], Topic::PowerOfAttorney);
}

#[test]
fn names_in_other_spellings_are_exact() {
    let (_folder, kiosk) = demonstration();
    for (text, same) in [
        ("l\u{2bc}oriental", "l’oriental"),
        ("ⵎⵔⵔⴰⴽⵛ", "ⵎⵕⵕⴰⴽⵛ"),
        ("ⵜⵉⵟⵡⴰⵏ", "Tétouan"),
    ] {
        let (found, expected) = (explore(&kiosk, text), explore(&kiosk, same));
        assert_eq!(found.answer.kind, AnswerKind::Exact, "{text}");
        assert!(found.total > 0, "{text}");
        assert_eq!(found.total, expected.total, "{text}");
    }
}
