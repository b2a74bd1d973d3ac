//! French.

mod export;
mod import;
mod result;
mod summer;
mod takeaway;
mod template;
mod usb;

pub(crate) use import::IMPORT;
pub(crate) use template::TEMPLATE;

use crate::{Direction, Formats, Language};

pub(crate) static LANGUAGE: Language = Language {
    formats: FORMATS,
    direction: Direction::LeftToRight,
    export: export::TEXTS,
    summer: summer::TEXTS,
    takeaway: takeaway::TEXTS,
    usb: usb::TEXTS,
};

const FORMATS: Formats = Formats {
    digit_group_separator: '\u{a0}',
    decimal_mark: ',',
    currency: "DH",
    square_metres: "m²",
    date_pattern: "%d/%m/%Y",
    excel_date_time_format: "dd/mm/yyyy hh:mm",
};
