//! Takeaway in French.

use super::FORMATS;
use crate::TakeawayTexts;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("Ma sélection – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("dès {}", FORMATS.amount(price)),
    sold_out: "tout est vendu",
    sold: "vendu",
    reserved: "réservé",
    unit: |number| format!("Unité {number}"),
    phone: |number| format!("Tél. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Prix TTC à titre indicatif, catalogue du {day}")
    },
};
