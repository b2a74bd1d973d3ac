//! Texts of a workbook: the shared table, and texts inside cells. Formatted runs are joined, phonetic readings left out.

use crate::source::xlsx::xml::{Xml, XmlReader};
use crate::source::xlsx::{MAX_CELLS, MAX_TEXT_BYTES, XlsxError};
use std::io::Read;

/// A stated number of texts may differ this much from the real one; some programs count repeated texts.
const MAX_COUNT_DIFFERENCE: u64 = 1_000_000;

/// Reads all shared texts.
pub(super) fn shared_strings(part: impl Read) -> Result<Vec<String>, XlsxError> {
    let mut xml = XmlReader::new(part);
    let mut strings = Vec::new();
    let mut stated: u64 = 0;
    while let Some(event) = xml.next()? {
        match event {
            Xml::Start(tag) if tag.name == "sst" => {
                let count = tag.get("uniqueCount").and_then(|count| count.parse().ok());
                stated = count.unwrap_or_default();
            }
            Xml::Start(tag) if tag.name == "si" => {
                strings.push(rich_text(&mut xml, "si")?);
                if strings.len() > MAX_CELLS {
                    return Err(XlsxError::TooLarge(MAX_TEXT_BYTES as u64));
                }
            }
            _ => {}
        }
    }
    if stated > strings.len() as u64 + MAX_COUNT_DIFFERENCE {
        return Err(XlsxError::StringCount(stated, strings.len()));
    }
    Ok(strings)
}

/// The text up to the end of the element `name`, which is already open.
pub(super) fn rich_text<R: Read>(xml: &mut XmlReader<R>, name: &str) -> Result<String, XlsxError> {
    let (mut text, mut is_text, mut is_phonetic) = (String::new(), false, false);
    while let Some(event) = xml.next()? {
        match event {
            Xml::Start(tag) if tag.name == "t" => is_text = !is_phonetic,
            Xml::Start(tag) if tag.name == "rPh" => is_phonetic = true,
            Xml::End(end) if end == "t" => is_text = false,
            Xml::End(end) if end == "rPh" => is_phonetic = false,
            Xml::End(end) if end == name => return Ok(unescaped(&text)),
            Xml::Text(part) if is_text => text.push_str(&part),
            _ => {}
        }
    }
    Err(XlsxError::damaged("a text without end"))
}

/// Replaces `_x000D_` and the like by their characters, as Excel does.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let code = escape
            .get(2..6)
            .filter(|_| escape.as_bytes().get(6) == Some(&b'_'));
        let c = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        let length = if let Some(c) = c {
            plain.push(c);
            7
        } else {
            plain.push_str("_x");
            2
        };
        rest = &escape[length..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_characters() {
        assert_eq!(unescaped("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("_x00é_ _xZZZZ_ _x"), "_x00é_ _xZZZZ_ _x");
    }

    #[test]
    fn runs_are_joined_without_phonetics() {
        let xml = "<sst uniqueCount=\"9\"><si><r><t>A &amp; </t></r><r><t>B</t></r><rPh><t>x</t></rPh></si><si/></sst>";
        assert_eq!(shared_strings(xml.as_bytes()).unwrap(), ["A & B", ""]);
    }

    #[test]
    fn stated_count_is_not_trusted() {
        let xml = "<sst uniqueCount=\"9999999999\"><si><t>A</t></si></sst>";
        assert!(matches!(
            shared_strings(xml.as_bytes()),
            Err(XlsxError::StringCount(9_999_999_999, 1))
        ));
    }
}
