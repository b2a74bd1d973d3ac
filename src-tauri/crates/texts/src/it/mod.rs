//! Italian, for visitors. The texts for staff are the English ones.

mod summer;
mod takeaway;

use crate::{Direction, Formats, Language, en};

pub(crate) static LANGUAGE: Language = Language {
    formats: FORMATS,
    direction: Direction::LeftToRight,
    export: en::EXPORT,
    summer: summer::TEXTS,
    takeaway: takeaway::TEXTS,
    usb: en::USB,
};

const FORMATS: Formats = Formats {
    digit_group_separator: '\u{a0}',
    decimal_mark: ',',
    currency: "DH",
    square_metres: "m²",
    date_pattern: "%d/%m/%Y",
    excel_date_time_format: "dd/mm/yyyy hh:mm",
};
