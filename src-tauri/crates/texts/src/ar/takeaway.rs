//! Takeaway in Arabic. Numbers of units and telephones follow a left-to-right mark: without it the plus sign of a
//! telephone number moves to the wrong end.

use super::FORMATS;
use crate::TakeawayTexts;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("اختياراتي – {}", FORMATS.date(today)),
    // The right-to-left mark separates a Latin number from the digits after the comma.
    comma: "،\u{200f} ",
    from: |price| format!("ابتداء من {}", FORMATS.amount(price)),
    sold_out: "بيعت كل الوحدات",
    sold: "مبيعة",
    reserved: "محجوزة",
    unit: |number| format!("الوحدة \u{200e}{number}"),
    phone: |number| format!("الهاتف \u{200e}{number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("أثمنة إرشادية شاملة للرسوم،\u{200f} قائمة {day}")
    },
};
