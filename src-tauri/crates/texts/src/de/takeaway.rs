//! Takeaway in German.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("Meine Auswahl – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("ab {}", FORMATS.amount(price)),
    sold_out: "ausverkauft",
    sold: "verkauft",
    reserved: "reserviert",
    unit: |number| format!("Objekt {number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "bezugsfertig".to_owned(),
            Delivery::UnderConstruction => "im Bau",
            Delivery::OffPlan => "vom Plan",
        };
        let due = on.map(|day| format!(", Übergabe {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "alles reserviert",
    reference: |id| format!("Ref. {id}"),
    total: |range| format!("Gesamtbetrag mit Kosten: {}", FORMATS.range(range)),
    total_with_aid: |range| {
        format!(
            "Falls die Förderung einmal bewilligt wird: {}",
            FORMATS.range(range)
        )
    },
    papers_missing: "Noch zu besorgen:",
    papers_ready: "Schon da:",
    phone: |number| format!("Tel. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Richtpreise inkl. aller Steuern, Katalog vom {day}")
    },
};
