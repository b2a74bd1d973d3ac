//! Events of an XML part, with texts and attributes unescaped. Names have no namespace prefix, so that transitional and
//! strict workbooks read alike.

use crate::source::xlsx::XlsxError;
use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};

/// Largest length of one text or tag in bytes.
const MAX_EVENT_BYTES: usize = 4 * 1024 * 1024;

/// One event.
pub(super) enum Xml {
    /// A start tag. An empty element is followed by its end.
    Start(Tag),
    /// An end tag.
    End(String),
    Text(String),
}

/// Name and attributes of an element.
pub(super) struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads the events of a part.
pub(super) struct XmlReader<R: Read> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    pending_end: Option<String>,
}

impl<R: Read> XmlReader<R> {
    pub(super) fn new(part: R) -> Self {
        Self {
            reader: Reader::from_reader(BufReader::with_capacity(64 * 1024, part)),
            buffer: Vec::new(),
            pending_end: None,
        }
    }

    /// The next event, or `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Xml>, XlsxError> {
        if let Some(name) = self.pending_end.take() {
            return Ok(Some(Xml::End(name)));
        }
        loop {
            self.buffer.clear();
            if self.buffer.capacity() > MAX_EVENT_BYTES {
                self.buffer.shrink_to(0);
            }
            let event = self.reader.read_event_into(&mut self.buffer)?;
            if event.len() > MAX_EVENT_BYTES {
                return Err(XlsxError::damaged("a very long tag or text"));
            }
            match event {
                Event::Start(start) => return tag(&start).map(|tag| Some(Xml::Start(tag))),
                Event::Empty(start) => {
                    let tag = tag(&start)?;
                    self.pending_end = Some(tag.name.clone());
                    return Ok(Some(Xml::Start(tag)));
                }
                Event::End(end) => {
                    return Ok(Some(Xml::End(end.local_name().as_ref().to_owned())));
                }
                Event::Text(content) => return Ok(Some(Xml::Text(content.to_string()))),
                Event::CData(content) => return Ok(Some(Xml::Text(content.to_string()))),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref()? {
                        Some(c) => Some(c.to_string()),
                        None => resolve_xml_entity(&reference).map(str::to_owned),
                    };
                    let text = resolved.ok_or_else(|| XlsxError::damaged("an unknown entity"))?;
                    return Ok(Some(Xml::Text(text)));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

fn tag(start: &BytesStart<'_>) -> Result<Tag, XlsxError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(XlsxError::damaged)?;
        let value = unescape(&attribute.value).map_err(XlsxError::damaged)?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(Tag {
        name: start.local_name().as_ref().to_owned(),
        attributes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_long_text_is_damage() {
        let text = format!("<a>{}</a>", "x".repeat(MAX_EVENT_BYTES + 1));
        let mut xml = XmlReader::new(text.as_bytes());
        assert!(matches!(xml.next(), Ok(Some(Xml::Start(_)))));
        assert!(matches!(xml.next(), Err(XlsxError::Damaged(_))));
    }
}
