//! English.

mod export;
mod import;
mod result;
mod summer;
mod takeaway;
mod template;
mod usb;

pub(crate) use export::TEXTS as EXPORT;
pub(crate) use import::IMPORT;
pub(crate) use template::TEMPLATE;
pub(crate) use usb::TEXTS as USB;

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
    digit_group_separator: ',',
    decimal_mark: '.',
    currency: "MAD",
    square_metres: "m²",
    date_pattern: "%-d %b %Y",
    excel_date_time_format: "dd/mm/yyyy hh:mm",
};
