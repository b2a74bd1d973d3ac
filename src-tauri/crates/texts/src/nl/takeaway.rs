//! Takeaway in Dutch.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("Mijn selectie – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("vanaf {}", FORMATS.amount(price)),
    sold_out: "uitverkocht",
    sold: "verkocht",
    reserved: "gereserveerd",
    unit: |number| format!("Object {number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "klaar".to_owned(),
            Delivery::UnderConstruction => "in aanbouw",
            Delivery::OffPlan => "op plan",
        };
        let due = on.map(|day| format!(", oplevering {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "alles gereserveerd",
    reference: |id| format!("ref. {id}"),
    total: |range| format!("Geraamd totaal met kosten: {}", FORMATS.range(range)),
    total_with_aid: |range| format!("Als de steun wordt toegekend, één keer: {}", FORMATS.range(range)),
    papers_missing: "Nog te verzamelen:",
    papers_ready: "Al klaar:",
    phone: |number| format!("Tel. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Indicatieve prijzen inclusief alle belastingen, catalogus van {day}")
    },
};
