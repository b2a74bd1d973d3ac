//! Generates offers: past, current and future ones relative to the publication day. Must not know units.

use crate::words::texts;
use expo_domain::{Lang, Offer, Project};
use jiff::civil::{Date, date};
use rand::RngExt;
use rand::rngs::StdRng;

/// Title in French, Arabic and English, first and last day.
const OFFERS: [(&str, &str, &str, Date, Date); 6] = [
    (
        "Frais de notaire à moitié",
        "نصف أتعاب الموثق",
        "Half the notary’s fees",
        date(2026, 9, 1),
        date(2027, 3, 31),
    ),
    (
        "Remise de 3 %",
        "تخفيض 3%",
        "3% off",
        date(2026, 6, 1),
        date(2026, 12, 31),
    ),
    (
        "Cuisine équipée offerte",
        "مطبخ مجهز مجانا",
        "Fitted kitchen included",
        date(2026, 11, 1),
        date(2027, 1, 31),
    ),
    (
        "Offre d’été",
        "عرض الصيف",
        "Summer offer",
        date(2026, 6, 1),
        date(2026, 8, 31),
    ),
    (
        "Paiement en quatre fois",
        "الأداء على أربع مراحل",
        "Pay in four parts",
        date(2026, 10, 1),
        date(2027, 6, 30),
    ),
    (
        "Offre du printemps",
        "عرض الربيع",
        "Spring offer",
        date(2027, 3, 1),
        date(2027, 5, 31),
    ),
];

/// Six offers, each for about one project in forty. None is for all projects, so that filtering by offer has an effect.
pub fn offers(projects: &[Project], rng: &mut StdRng) -> Vec<Offer> {
    let rows = OFFERS.iter().enumerate();
    rows.filter_map(|(number, (fr, ar, en, valid_from, valid_to))| {
        let share = rng.random_range(0.015..0.035);
        let chosen: Vec<String> = projects
            .iter()
            .filter(|_| rng.random_bool(share))
            .map(|p| p.id.clone())
            .collect();
        let with_conditions = |title: &str, conditions: &str| format!("{title}. {conditions}");
        (!chosen.is_empty()).then(|| Offer {
            id: format!("OFFER-{}", number + 1),
            projects: chosen,
            title: texts(&[(Lang::Fr, fr), (Lang::Ar, ar), (Lang::En, en)]),
            text: texts(&[
                (Lang::Fr, &with_conditions(fr, "Conditions inventées.")),
                (Lang::Ar, &with_conditions(ar, "شروط مختلقة.")),
                (Lang::En, &with_conditions(en, "Invented conditions.")),
            ]),
            valid_from: *valid_from,
            valid_to: *valid_to,
        })
    })
    .collect()
}
