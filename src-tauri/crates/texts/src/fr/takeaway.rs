//! Takeaway in French.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("Ma sélection – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("dès {}", FORMATS.amount(price)),
    sold_out: "tout est vendu",
    sold: "vendu",
    reserved: "réservé",
    unit: |number| format!("Bien {number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "prêt".to_owned(),
            Delivery::UnderConstruction => "en construction",
            Delivery::OffPlan => "sur plan",
        };
        let due = on.map(|day| format!(", livraison {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "tout est réservé",
    reference: |id| format!("réf. {id}"),
    total: |range| format!("Total à prévoir, frais compris\u{a0}: {}", FORMATS.range(range)),
    total_with_aid: |range| {
        format!(
            "Si l’aide est accordée, une seule fois\u{a0}: {}",
            FORMATS.range(range)
        )
    },
    papers_missing: "À réunir\u{a0}:",
    papers_ready: "Déjà prêt\u{a0}:",
    phone: |number| format!("Tél. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Prix TTC à titre indicatif, catalogue du {day}")
    },
};
