//! Events of an XML part, with texts and attributes unescaped. Names have no namespace prefix, so that transitional and
//! strict workbooks read alike.

use crate::source::xlsx::XlsxError;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, BufReader, Read};

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
            match self.reader.read_event_into(&mut self.buffer)? {
                Event::Start(start) => return tag(&start).map(|tag| Some(Xml::Start(tag))),
                Event::Empty(start) => {
                    let tag = tag(&start)?;
                    self.pending_end = Some(tag.name.clone());
                    return Ok(Some(Xml::Start(tag)));
                }
                Event::End(end) => {
                    return Ok(Some(Xml::End(text(end.local_name().as_ref())?)));
                }
                Event::Text(content) => return text(&content).map(|text| Some(Xml::Text(text))),
                Event::CData(content) => return text(&content).map(|text| Some(Xml::Text(text))),
                Event::GeneralRef(reference) => {
                    let named = |name: &[u8]| match name {
                        b"amp" => Some('&'),
                        b"lt" => Some('<'),
                        b"gt" => Some('>'),
                        b"quot" => Some('"'),
                        b"apos" => Some('\''),
                        _ => None,
                    };
                    let resolved = reference.resolve_char_ref()?.or_else(|| named(&reference));
                    let c = resolved.ok_or_else(|| XlsxError::damaged("an unknown entity"))?;
                    return Ok(Some(Xml::Text(c.to_string())));
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
        let raw = text(&attribute.value)?;
        let value = quick_xml::escape::unescape(&raw).map_err(XlsxError::damaged)?;
        attributes.push((text(attribute.key.local_name().as_ref())?, value.into_owned()));
    }
    Ok(Tag {
        name: text(start.local_name().as_ref())?,
        attributes,
    })
}

fn text(bytes: &[u8]) -> Result<String, XlsxError> {
    let text = str::from_utf8(bytes).map_err(|_| XlsxError::damaged("not UTF-8"))?;
    Ok(text.to_owned())
}
