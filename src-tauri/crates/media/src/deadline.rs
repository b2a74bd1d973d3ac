//! A moment after which a picture is given up, and a reader that stops a decoder at that moment: decoders cannot be
//! interrupted, but all of them ask for more bytes.

use crate::error::MediaError;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

/// Bytes between two looks at the clock. Small, because a few bytes of a hostile picture can ask for much work.
const STEP: usize = 4096;

/// When a picture is given up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    allowed: Duration,
    start: Instant,
}

impl Deadline {
    /// So long from now.
    pub(crate) fn after(allowed: Duration) -> Self {
        Self {
            allowed,
            start: Instant::now(),
        }
    }

    /// An error once the time is over.
    pub(crate) fn check(&self) -> Result<(), MediaError> {
        if self.start.elapsed() < self.allowed {
            Ok(())
        } else {
            Err(self.passed())
        }
    }

    /// The error of a picture that took too long.
    pub(crate) fn passed(&self) -> MediaError {
        MediaError::TooSlow {
            seconds: self.allowed.as_secs(),
        }
    }

    /// Reads `bytes` until the time is over.
    pub(crate) fn reader(self, bytes: &[u8]) -> BufReader<Timed<'_>> {
        let timed = Timed {
            bytes: Cursor::new(bytes),
            deadline: self,
        };
        BufReader::with_capacity(STEP, timed)
    }
}

/// Bytes in memory that cannot be read any more once the time is over.
pub(crate) struct Timed<'b> {
    bytes: Cursor<&'b [u8]>,
    deadline: Deadline,
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.deadline
            .check()
            .map_err(|late| io::Error::new(io::ErrorKind::TimedOut, late.to_string()))?;
        let step = buffer.len().min(STEP);
        self.bytes.read(&mut buffer[..step])
    }
}

impl Seek for Timed<'_> {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(place)
    }
}
