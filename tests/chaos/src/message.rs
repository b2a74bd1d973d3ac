//! HTTP/1.1 messages as the bytes they are. Knows where a message ends and no more: what it means is for others.

use std::io::{self, ErrorKind, Read};

/// Longest message that is passed on.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// A whole message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Head and body.
    pub bytes: Vec<u8>,
    /// Length of the head with its empty line.
    pub head: usize,
}

impl Message {
    /// The next message; `None` when the other side has said all.
    pub fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let head = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if !more(from, &mut bytes)? {
                return if bytes.is_empty() {
                    Ok(None)
                } else {
                    Err(ErrorKind::UnexpectedEof.into())
                };
            }
        };
        let mut message = Self { bytes, head };
        // Neither side of ours sends pieces of unknown number.
        if message.header("transfer-encoding").is_some() {
            return Err(io::Error::new(ErrorKind::InvalidData, "a body without a length"));
        }
        let length = message
            .header("content-length")
            .map_or(Ok(0), str::parse::<usize>);
        let length = length.map_err(|e| io::Error::new(ErrorKind::InvalidData, e))?;
        while message.bytes.len() < head + length {
            if !more(from, &mut message.bytes)? {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Some(message))
    }

    /// The first line: method and path, or the status.
    pub fn first_line(&self) -> &str {
        self.head_text().lines().next().unwrap_or_default()
    }

    /// A field of the head, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head_text().lines().skip(1);
        let mut pairs = fields.filter_map(|line| line.split_once(':'));
        pairs
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.bytes.get(self.head..).unwrap_or_default()
    }

    /// The same head with another body and its length.
    pub fn with_body(&self, body: &[u8]) -> Vec<u8> {
        let kept = self
            .head_text()
            .trim_end()
            .lines()
            .filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
        let mut head = kept.collect::<Vec<_>>().join("\r\n");
        let length = format!("\r\nContent-Length: {}\r\n\r\n", body.len());
        head.push_str(&length);
        [head.as_bytes(), body].concat()
    }

    fn head_text(&self) -> &str {
        std::str::from_utf8(self.bytes.get(..self.head).unwrap_or_default()).unwrap_or_default()
    }
}

fn more(from: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut piece = [0; 16 * 1024];
    let read = from.read(&mut piece)?;
    bytes.extend_from_slice(&piece[..read]);
    if bytes.len() > MAX_BYTES {
        return Err(io::Error::new(ErrorKind::InvalidData, "a message without end"));
    }
    Ok(read > 0)
}
