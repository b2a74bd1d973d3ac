//! Guides of a stop, and their takeaway.

use super::takeaway::{GuideContext, compose};
use super::{find, guidance};
use crate::visitor::qr_code::MAX_QR_BYTES;
use expo_domain::document::{GuideStep, Span};
use expo_domain::{
    Document, DocumentContent, Guide, GuideText, Lang, Partner, PartnerKind, Situation, Texts, Topic,
};
use jiff::civil::date;

const CONTEXT: GuideContext = GuideContext {
    name: "Essai, Expo",
    phone: Some("+212520000000"),
    site: Some("https://www.example.org"),
};

fn text(papers: Vec<String>) -> GuideText {
    let step = Span {
        text: "Appelez le notaire".to_owned(),
        strong: false,
    };
    GuideText {
        title: "Procuration".to_owned(),
        summary: "Un essai.".to_owned(),
        short: vec![vec![step]],
        steps: vec![GuideStep {
            title: "Étape".to_owned(),
            blocks: vec![],
        }],
        papers,
        source: "Loi d’essai".to_owned(),
    }
}

fn guide(country: Option<&str>) -> Document {
    let guide = Guide {
        key: "procuration".to_owned(),
        country: country.map(str::to_owned),
        situation: Situation::FromAbroad,
        topics: vec![Topic::Steps],
        product_types: vec![],
        checked_on: date(2026, 11, 23),
        texts: [(Lang::Fr, text(vec!["Passeport".to_owned()]))].into(),
    };
    Document {
        id: format!("guide/procuration/{}", country.unwrap_or_default()),
        content: DocumentContent::Guide(guide),
    }
}

fn partner(countries: &[&str]) -> Document {
    Document {
        id: format!("partner/{}", countries.join("-")),
        content: DocumentContent::Partner(Partner {
            kind: PartnerKind::Notary,
            countries: countries.iter().map(|&c| c.to_owned()).collect(),
            name: Texts::fr("Notaires"),
            desk: Texts::fr("Comptoir 4"),
            text: Texts::fr("Essai"),
            hours: Texts::default(),
            languages: vec![Lang::Fr],
            topics: vec![Topic::Notary],
        }),
    }
}

#[test]
fn a_stop_shows_the_variant_of_its_country() {
    let documents = [guide(None), guide(Some("BE")), partner(&["BE"]), partner(&[])];
    let country = |stop| find(&documents, "procuration", stop).unwrap().country.clone();
    assert_eq!((country("BE"), country("CA")), (Some("BE".to_owned()), None));
    let belgium = guidance(&documents, "BE", Lang::Ar);
    assert_eq!((belgium.guides.len(), belgium.partners.len()), (1, 2));
    assert_eq!(belgium.guides[0].title.lang, Lang::Fr);
    assert_eq!(guidance(&documents, "CA", Lang::Fr).partners.len(), 1);
}

#[test]
fn a_guide_only_for_another_country_is_not_shown() {
    let documents = [guide(Some("BE"))];
    assert_eq!(find(&documents, "procuration", "FR"), None);
    assert!(guidance(&documents, "FR", Lang::Fr).guides.is_empty());
}

#[test]
fn taken_papers_say_which_are_missing_and_which_are_ready() {
    let papers = text(vec!["Passeport".to_owned(), "Bulletins".to_owned()]);
    let taken = compose(&papers, &[1, 9], &CONTEXT, Lang::Fr).unwrap();
    assert_eq!(
        taken.text,
        "Procuration\nÀ réunir :\n– Passeport\nDéjà prêt :\n– Bulletins".replace(" :", "\u{a0}:")
    );
    let steps = compose(&text(vec![]), &[], &CONTEXT, Lang::Fr).unwrap();
    assert_eq!(steps.text, "Procuration\n1. Appelez le notaire");
}

#[test]
fn papers_that_do_not_fit_into_the_code_are_counted() {
    let papers = (0..30)
        .map(|n| format!("{n} {}", "جواز السفر ".repeat(10)))
        .collect();
    let taken = compose(&text(papers), &[], &CONTEXT, Lang::Ar).unwrap();
    assert_eq!(taken.text.lines().count() + taken.left_out as usize, 32);
    assert!(taken.left_out > 0 && taken.text.len() < MAX_QR_BYTES);
}
