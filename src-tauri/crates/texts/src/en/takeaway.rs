//! Takeaway in English.

use super::FORMATS;
use crate::TakeawayTexts;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("My selection – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("from {}", FORMATS.amount(price)),
    sold_out: "all sold",
    sold: "sold",
    reserved: "reserved",
    unit: |number| format!("Unit {number}"),
    phone: |number| format!("Tel. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Indicative prices with tax, catalogue of {day}")
    },
};
