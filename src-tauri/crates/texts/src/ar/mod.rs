//! Arabic.

mod export;
mod result;
mod summer;
mod takeaway;
mod usb;

use crate::{Direction, Formats, Language};

pub(crate) static LANGUAGE: Language = Language {
    formats: FORMATS,
    direction: Direction::RightToLeft,
    export: export::TEXTS,
    summer: summer::TEXTS,
    takeaway: takeaway::TEXTS,
    usb: usb::TEXTS,
};

const FORMATS: Formats = Formats {
    digit_group_separator: '\u{a0}',
    decimal_mark: ',',
    currency: "درهم",
    square_metres: "م²",
    date_pattern: "%d/%m/%Y",
    excel_date_time_format: "dd/mm/yyyy hh:mm",
};
