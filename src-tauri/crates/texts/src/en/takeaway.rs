//! Takeaway in English.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("My selection – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("from {}", FORMATS.amount(price)),
    sold_out: "all sold",
    sold: "sold",
    reserved: "reserved",
    unit: |number| format!("Property {number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "ready".to_owned(),
            Delivery::UnderConstruction => "being built",
            Delivery::OffPlan => "off plan",
        };
        let due = on.map(|day| format!(", handover {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "all reserved",
    reference: |id| format!("ref. {id}"),
    total: |range| format!("Estimated total with costs: {}", FORMATS.range(range)),
    total_with_aid: |range| format!("If the aid is granted, once: {}", FORMATS.range(range)),
    papers_missing: "Still to bring:",
    papers_ready: "Ready:",
    phone: |number| format!("Tel. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Prices for guidance only, incl. all taxes, catalogue of {day}")
    },
};
