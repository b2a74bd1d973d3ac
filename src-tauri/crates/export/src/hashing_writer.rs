//! A writer that counts and hashes the written bytes, and the resulting statistics of an export.

use expo_domain::hash::Sha256Hasher;
use std::io::{self, Write};

/// Size and hash of an exported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportStats {
    /// Number of leads.
    pub leads: u64,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of all bytes, lower-case hex.
    pub sha256: String,
}

/// Forwards bytes to `inner`, and counts and hashes the bytes that `inner` accepts.
pub(crate) struct HashingWriter<W> {
    inner: W,
    hasher: Sha256Hasher,
    bytes: u64,
}

impl<W: Write> HashingWriter<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self {
            inner,
            hasher: Sha256Hasher::default(),
            bytes: 0,
        }
    }

    pub(crate) fn finish(mut self, leads: u64) -> io::Result<ExportStats> {
        self.inner.flush()?;
        Ok(ExportStats {
            leads,
            bytes: self.bytes,
            sha256: self.hasher.finish(),
        })
    }
}

impl<W: Write> Write for HashingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
