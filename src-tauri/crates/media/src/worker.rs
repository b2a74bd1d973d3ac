//! Prepares untrusted pictures on separate threads, with limits for parallelism, memory and time. A decoder that panics
//! or does not end fails only its own picture.

use crate::deadline::Deadline;
use crate::decode::{Format, ImageHeader, inspect};
use crate::encode::{PreparedPicture, prepare};
use crate::error::MediaError;
use std::num::NonZero;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Resource limits of a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Maximum number of pictures in parallel.
    pub max_parallel: usize,
    /// Maximum estimated memory of the pictures in progress, in bytes. A picture that needs more runs exclusively.
    pub max_memory_bytes: u64,
    /// Maximum time for one picture.
    pub timeout: Duration,
}

impl Default for Limits {
    /// One picture per core and at most eight in parallel; 768 MiB; 30 seconds.
    fn default() -> Self {
        Self {
            max_parallel: thread::available_parallelism().map_or(1, NonZero::get).min(8),
            max_memory_bytes: 768 * 1024 * 1024,
            timeout: Duration::from_secs(30),
        }
    }
}

/// Prepares pictures within its limits. Can be shared by several threads.
#[derive(Debug, Default)]
pub struct Worker {
    limits: Limits,
    resources: Arc<Resources>,
}

impl Worker {
    /// A worker with these limits.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            resources: Arc::default(),
        }
    }

    /// Its limits.
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// Makes the three sizes and the thumbhash of a JPEG, PNG or WebP picture on another thread. Blocks until resources
    /// are available; the timeout starts then.
    pub fn prepare(&self, bytes: Vec<u8>) -> Result<PreparedPicture, MediaError> {
        let permit = Resources::acquire(&self.resources, estimated_memory(inspect(&bytes)?), self.limits);
        let deadline = Deadline::after(self.limits.timeout);
        let (sender, receiver) = mpsc::channel();
        let work = move || {
            // The permit is released when the work ends, so timed-out pictures count against the limits too. The
            // receiver of a timed-out picture no longer exists, hence the ignored send error.
            let _permit = permit;
            let _ = sender.send(prepare(bytes, deadline));
        };
        thread::Builder::new()
            .name("picture".to_owned())
            .spawn(work)
            .map_err(MediaError::encoding)?;
        match receiver.recv_timeout(self.limits.timeout) {
            Ok(prepared) => prepared,
            Err(RecvTimeoutError::Timeout) => Err(deadline.error()),
            Err(RecvTimeoutError::Disconnected) => Err(MediaError::damaged("the decoder failed")),
        }
    }
}

/// Approximate memory that a picture needs during preparation, in bytes.
fn estimated_memory(header: ImageHeader) -> u64 {
    let bytes_per_pixel = match header.format {
        // Coefficients or planes, plus pixels.
        Format::Jpeg | Format::WebP => 8,
        // Channels of 16 bits, plus channels of 8 bits.
        Format::Png => 12,
    };
    u64::from(header.width) * u64::from(header.height) * bytes_per_pixel
}

/// Counts the pictures in progress and their memory.
#[derive(Debug, Default)]
struct Resources {
    usage: Mutex<Usage>,
    released: Condvar,
}

#[derive(Debug, Default)]
struct Usage {
    pictures: usize,
    memory: u64,
}

/// Permission to work on one picture. Dropping it releases the resources.
struct Permit {
    resources: Arc<Resources>,
    memory: u64,
}

impl Resources {
    /// Blocks until the limits permit one more picture.
    fn acquire(resources: &Arc<Self>, memory: u64, limits: Limits) -> Permit {
        let exhausted = |usage: &mut Usage| {
            let memory = usage.memory.saturating_add(memory);
            usage.pictures > 0 && (usage.pictures >= limits.max_parallel || memory > limits.max_memory_bytes)
        };
        let usage = resources.usage.lock().unwrap_or_else(PoisonError::into_inner);
        let mut usage = resources
            .released
            .wait_while(usage, exhausted)
            .unwrap_or_else(PoisonError::into_inner);
        usage.pictures += 1;
        usage.memory += memory;
        Permit {
            resources: Arc::clone(resources),
            memory,
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut usage = self
            .resources
            .usage
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        usage.pictures -= 1;
        usage.memory -= self.memory;
        drop(usage);
        self.resources.released.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn limits_of_parallelism_and_memory_hold() {
        let limits = Limits {
            max_parallel: 3,
            max_memory_bytes: 100,
            timeout: Duration::ZERO,
        };
        let resources = Arc::new(Resources::default());
        let (running, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for memory in [10, 60, 40, 90, 500, 1, 30, 70].repeat(6) {
                let (resources, running, bytes) = (&resources, &running, &bytes);
                scope.spawn(move || {
                    let permit = Resources::acquire(resources, memory, limits);
                    let is_only_one = running.fetch_add(1, Ordering::SeqCst) == 0;
                    let total = bytes.fetch_add(memory, Ordering::SeqCst) + memory;
                    assert!(running.load(Ordering::SeqCst) <= 3);
                    assert!(total <= 100 || is_only_one, "{total}");
                    thread::yield_now();
                    bytes.fetch_sub(memory, Ordering::SeqCst);
                    running.fetch_sub(1, Ordering::SeqCst);
                    drop(permit);
                });
            }
        });
        let usage = resources.usage.lock().unwrap();
        assert_eq!((usage.pictures, usage.memory), (0, 0));
    }

    #[test]
    fn picture_over_its_timeout_fails() {
        let worker = Worker::new(Limits {
            timeout: Duration::ZERO,
            ..Limits::default()
        });
        let picture = crate::tests::encoded(&crate::tests::two_halves(64, 64), image::ImageFormat::Jpeg);
        for _ in 0..2 * worker.limits().max_parallel {
            let result = worker.prepare(picture.clone());
            assert_eq!(result, Err(MediaError::TooSlow { seconds: 0 }));
        }
    }
}
