//! HTTP/1.1 messages as raw bytes: reads one message from a connection. Must not know: what messages contain.

use std::io::{self, ErrorKind, Read};

/// Limit of the length of a message.
const MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

/// A complete message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Head and body.
    pub bytes: Vec<u8>,
    /// Length of the head with its empty line.
    pub head_length: usize,
}

impl Message {
    /// Reads the next message; `None` when the connection ends.
    pub fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let head_length = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if !read_more(from, &mut bytes)? {
                return if bytes.is_empty() {
                    Ok(None)
                } else {
                    Err(ErrorKind::UnexpectedEof.into())
                };
            }
        };
        let mut message = Self { bytes, head_length };
        // Kiosk and platform do not send chunked bodies.
        if message.header("transfer-encoding").is_some() {
            return Err(io::Error::new(ErrorKind::InvalidData, "a body without a length"));
        }
        let length = message
            .header("content-length")
            .map_or(Ok(0), str::parse::<usize>);
        let length = length.map_err(|e| io::Error::new(ErrorKind::InvalidData, e))?;
        while message.bytes.len() < head_length + length {
            if !read_more(from, &mut message.bytes)? {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Some(message))
    }

    /// The first line: the request line or the status line.
    pub fn first_line(&self) -> &str {
        self.head_text().lines().next().unwrap_or_default()
    }

    /// The value of a header. Case of the name does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head_text().lines().skip(1);
        let mut pairs = fields.filter_map(|line| line.split_once(':'));
        pairs
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.bytes.get(self.head_length..).unwrap_or_default()
    }

    /// The message with another body and the matching `Content-Length`.
    pub fn with_body(&self, body: &[u8]) -> Vec<u8> {
        let lines = self
            .head_text()
            .trim_end()
            .lines()
            .filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
        let mut head = lines.collect::<Vec<_>>().join("\r\n");
        let length = format!("\r\nContent-Length: {}\r\n\r\n", body.len());
        head.push_str(&length);
        [head.as_bytes(), body].concat()
    }

    fn head_text(&self) -> &str {
        std::str::from_utf8(self.bytes.get(..self.head_length).unwrap_or_default()).unwrap_or_default()
    }
}

/// Reads once from the connection; `false` when it ends.
fn read_more(from: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 16 * 1024];
    let read = from.read(&mut chunk)?;
    bytes.extend_from_slice(&chunk[..read]);
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(io::Error::new(ErrorKind::InvalidData, "the message is too long"));
    }
    Ok(read > 0)
}
