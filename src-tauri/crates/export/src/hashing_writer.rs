//! What was written: counted and hashed on its way out.

use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// What an export wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Leads in it.
    pub leads: u64,
    /// Length.
    pub bytes: u64,
    /// SHA-256 of all bytes, lower-case hex.
    pub sha256: String,
}

/// Passes bytes on, counting and hashing those that were taken.
pub(crate) struct Hashing<W> {
    inner: W,
    hasher: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self {
            inner,
            hasher: Sha256::new(),
            bytes: 0,
        }
    }

    pub(crate) fn finish(mut self, leads: u64) -> io::Result<Written> {
        self.inner.flush()?;
        Ok(Written {
            leads,
            bytes: self.bytes,
            sha256: hex::encode(self.hasher.finalize()),
        })
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
