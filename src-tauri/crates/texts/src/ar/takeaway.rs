//! Takeaway in Arabic. Numbers of units and telephones follow a left-to-right mark: without it the plus sign of a
//! telephone number moves to the wrong end.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("اختياراتي – {}", FORMATS.date(today)),
    // The right-to-left mark separates a Latin number from the digits after the comma.
    comma: "،\u{200f} ",
    from: |price| format!("ابتداءً من {}", FORMATS.amount(price)),
    sold_out: "بيعت كل الوحدات",
    sold: "تم البيع",
    reserved: "تم الحجز",
    unit: |number| format!("الوحدة \u{200e}{number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "جاهز".to_owned(),
            Delivery::UnderConstruction => "في طور البناء",
            Delivery::OffPlan => "على التصميم",
        };
        let due = on.map(|day| format!("،\u{200f} التسليم {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "تم حجز كل الوحدات",
    reference: |id| format!("المرجع \u{200e}{id}"),
    total: |range| format!("المجموع التقريبي مع المصاريف: {}", FORMATS.range(range)),
    total_with_aid: |range| format!("المجموع في حالة قبول الدعم مرة واحدة: {}", FORMATS.range(range)),
    papers_missing: "الوثائق الناقصة:",
    papers_ready: "الوثائق الجاهزة:",
    phone: |number| format!("الهاتف \u{200e}{number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("أثمنة للاستئناس مع احتساب الرسوم،\u{200f} لائحة {day}")
    },
};
