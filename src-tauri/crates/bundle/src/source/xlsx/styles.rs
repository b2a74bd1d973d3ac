//! Number formats: whether a number is a date, and whether the format shows other characters than the digits.

use crate::source::xlsx::XlsxError;
use crate::source::xlsx::xml::{Xml, XmlReader};
use std::collections::HashMap;
use std::io::Read;

/// What a number format does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// Shows the number.
    Plain,
    /// Shows digits or letters that the cell does not contain, such as `000` or `"A-"0`.
    Decorated,
    /// Shows another value, such as a percentage.
    Scaled,
    Date,
}

/// The number format of each cell style.
pub(super) fn formats(part: impl Read) -> Result<Vec<NumberFormat>, XlsxError> {
    let mut xml = XmlReader::new(part);
    let mut custom: HashMap<u32, NumberFormat> = HashMap::new();
    let mut formats = Vec::new();
    let mut is_cell_style = false;
    while let Some(event) = xml.next()? {
        match event {
            Xml::Start(tag) if tag.name == "numFmt" => {
                if let (Some(id), Some(code)) = (tag.get("numFmtId"), tag.get("formatCode")) {
                    custom.insert(id.parse().map_err(XlsxError::damaged)?, custom_format(code));
                }
            }
            Xml::Start(tag) if tag.name == "cellXfs" => is_cell_style = true,
            Xml::End(name) if name == "cellXfs" => is_cell_style = false,
            Xml::Start(tag) if tag.name == "xf" && is_cell_style => {
                let id = tag
                    .get("numFmtId")
                    .and_then(|id| id.parse().ok())
                    .unwrap_or_default();
                formats.push(custom.get(&id).copied().unwrap_or_else(|| built_in_format(id)));
            }
            _ => {}
        }
    }
    Ok(formats)
}

const fn built_in_format(id: u32) -> NumberFormat {
    match id {
        9 | 10 | 11 | 12 | 13 | 48 => NumberFormat::Scaled,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => NumberFormat::Date,
        _ => NumberFormat::Plain,
    }
}

/// Judges the part of a format code for positive numbers.
fn custom_format(code: &str) -> NumberFormat {
    let code = code.split(';').next().unwrap_or_default();
    if code.eq_ignore_ascii_case("general") || code == "@" {
        return NumberFormat::Plain;
    }
    let (mut pattern, mut has_literal) = (String::new(), false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let literal: String = chars.by_ref().take_while(|c| *c != '"').collect();
                has_literal |= literal.contains(char::is_alphanumeric);
            }
            '\\' => has_literal |= chars.next().is_some_and(|c| c.is_alphanumeric() || c == '-'),
            '_' | '*' => _ = chars.next(),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.to_lowercase().as_str()) {
                    return NumberFormat::Date;
                }
            }
            c => pattern.extend(c.to_lowercase()),
        }
    }
    let pattern = pattern.replace("general", "0");
    let whole = pattern.split('.').next().unwrap_or_default();
    let zeros = whole.chars().filter(|c| *c == '0').count();
    let after_digits = pattern.trim_end_matches(|c: char| !matches!(c, '0' | '#' | '?' | ','));
    if pattern.contains(['y', 'd', 'm', 'h', 's']) {
        NumberFormat::Date
    } else if pattern.contains(['%', '/'])
        || pattern.contains("e+")
        || pattern.contains("e-")
        || after_digits.ends_with(',')
    {
        NumberFormat::Scaled
    } else if has_literal || zeros > 1 || whole.contains('-') {
        NumberFormat::Decorated
    } else {
        NumberFormat::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_are_judged() {
        for (code, expected) in [
            ("General", NumberFormat::Plain),
            ("#,##0.00", NumberFormat::Plain),
            (
                "_-* #,##0.00\\ [$DH-380C]_-;\\-* #,##0.00\\ [$DH-380C]_-",
                NumberFormat::Plain,
            ),
            ("000", NumberFormat::Decorated),
            ("\"A-\"0", NumberFormat::Decorated),
            ("00-00", NumberFormat::Decorated),
            ("0%", NumberFormat::Scaled),
            ("#,##0,", NumberFormat::Scaled),
            ("0.0E+00", NumberFormat::Scaled),
            ("yyyy\\-mm\\-dd", NumberFormat::Date),
            ("[$-40C]mmmm yyyy", NumberFormat::Date),
            ("[hh]:mm", NumberFormat::Date),
        ] {
            assert_eq!(custom_format(code), expected, "{code}");
        }
    }
}
