//! The deadline of a picture, and a reader that stops a decoder at the deadline. Decoders cannot be interrupted, but all
//! of them keep reading.

use crate::error::MediaError;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

/// Bytes between two checks of the deadline. Small, because a few bytes of a hostile picture can cause much work.
const MAX_READ_BYTES: usize = 4096;

/// Time limit for one picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    allowed: Duration,
    start: Instant,
}

impl Deadline {
    /// A deadline this long from now.
    pub(crate) fn after(allowed: Duration) -> Self {
        Self {
            allowed,
            start: Instant::now(),
        }
    }

    /// Fails once the deadline has passed.
    pub(crate) fn check(&self) -> Result<(), MediaError> {
        if self.start.elapsed() < self.allowed {
            Ok(())
        } else {
            Err(self.error())
        }
    }

    /// The error for a picture that takes too long.
    pub(crate) fn error(&self) -> MediaError {
        MediaError::TooSlow {
            seconds: self.allowed.as_secs(),
        }
    }

    /// A reader of `bytes` that fails after the deadline.
    pub(crate) fn reader(self, bytes: &[u8]) -> BufReader<DeadlineReader<'_>> {
        let reader = DeadlineReader {
            bytes: Cursor::new(bytes),
            deadline: self,
        };
        BufReader::with_capacity(MAX_READ_BYTES, reader)
    }
}

/// Reader of bytes in memory that fails after the deadline.
pub(crate) struct DeadlineReader<'b> {
    bytes: Cursor<&'b [u8]>,
    deadline: Deadline,
}

impl Read for DeadlineReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.deadline
            .check()
            .map_err(|late| io::Error::new(io::ErrorKind::TimedOut, late.to_string()))?;
        let length = buffer.len().min(MAX_READ_BYTES);
        self.bytes.read(&mut buffer[..length])
    }
}

impl Seek for DeadlineReader<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(position)
    }
}
