//! A worker that prepares untrusted pictures on threads of its own: so many at a time, so much memory, so much time
//! each. A decoder that panics, or does not end, costs its picture and nothing else.

use crate::decode::{Format, Image, inspect};
use crate::encode::{Prepared, prepare};
use crate::error::MediaError;
use crate::timed::Deadline;
use std::num::NonZero;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What a worker may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Pictures at a time.
    pub at_a_time: usize,
    /// Bytes that the pictures worked on may need together. One that needs more than all of it is worked on alone.
    pub memory: u64,
    /// After this a picture is given up.
    pub time: Duration,
}

impl Default for Limits {
    /// As many pictures at a time as the machine has cores, at most eight; 768 MiB; half a minute.
    fn default() -> Self {
        Self {
            at_a_time: thread::available_parallelism().map_or(1, NonZero::get).min(8),
            memory: 768 * 1024 * 1024,
            time: Duration::from_secs(30),
        }
    }
}

/// Prepares pictures within its limits. Several threads may share one.
#[derive(Debug, Default)]
pub struct Worker {
    limits: Limits,
    room: Arc<Room>,
}

impl Worker {
    /// A worker with these limits.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            room: Arc::default(),
        }
    }

    /// What it may use.
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// Makes three sizes and the thumbhash of a JPEG, PNG or WebP picture, on another thread. Waits until there is
    /// room; the time allowed begins then.
    pub fn prepare(&self, bytes: Vec<u8>) -> Result<Prepared, MediaError> {
        let taken = Room::take(&self.room, memory(inspect(&bytes)?), self.limits);
        let deadline = Deadline::after(self.limits.time);
        let (sender, receiver) = mpsc::channel();
        let work = move || {
            // Nobody listens any more when the picture was given up. What was taken is free only once the work has
            // ended, so that pictures given up count as well.
            let _taken = taken;
            let _ = sender.send(prepare(bytes, deadline));
        };
        thread::Builder::new()
            .name("picture".to_owned())
            .spawn(work)
            .map_err(MediaError::encoding)?;
        match receiver.recv_timeout(self.limits.time) {
            Ok(prepared) => prepared,
            Err(RecvTimeoutError::Timeout) => Err(deadline.passed()),
            Err(RecvTimeoutError::Disconnected) => Err(MediaError::damaged("the decoder failed")),
        }
    }
}

/// About what a picture needs while it is worked on, in bytes.
fn memory(header: Image) -> u64 {
    let a_pixel = match header.format {
        // Coefficients or planes, and pixels.
        Format::Jpeg | Format::WebP => 8,
        // 16 bits a channel, and 8.
        Format::Png => 12,
    };
    u64::from(header.width) * u64::from(header.height) * a_pixel
}

/// What is in use.
#[derive(Debug, Default)]
struct Room {
    used: Mutex<Used>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Used {
    pictures: usize,
    memory: u64,
}

/// A part of the room, given back when dropped.
struct Taken {
    room: Arc<Room>,
    memory: u64,
}

impl Room {
    fn take(room: &Arc<Self>, memory: u64, limits: Limits) -> Taken {
        let full = |used: &mut Used| {
            used.pictures > 0
                && (used.pictures >= limits.at_a_time || used.memory.saturating_add(memory) > limits.memory)
        };
        let used = room.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = room
            .freed
            .wait_while(used, full)
            .unwrap_or_else(PoisonError::into_inner);
        used.pictures += 1;
        used.memory += memory;
        Taken {
            room: Arc::clone(room),
            memory,
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut used = self.room.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.pictures -= 1;
        used.memory -= self.memory;
        drop(used);
        self.room.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn no_more_pictures_or_memory_than_allowed_are_in_use_at_a_time() {
        let limits = Limits {
            at_a_time: 3,
            memory: 100,
            time: Duration::ZERO,
        };
        let room = Arc::new(Room::default());
        let (running, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for memory in [10, 60, 40, 90, 500, 1, 30, 70].repeat(6) {
                let (room, running, bytes) = (&room, &running, &bytes);
                scope.spawn(move || {
                    let taken = Room::take(room, memory, limits);
                    let alone = running.fetch_add(1, Ordering::SeqCst) == 0;
                    let together = bytes.fetch_add(memory, Ordering::SeqCst) + memory;
                    assert!(running.load(Ordering::SeqCst) <= 3);
                    assert!(together <= 100 || alone, "{together}");
                    thread::yield_now();
                    bytes.fetch_sub(memory, Ordering::SeqCst);
                    running.fetch_sub(1, Ordering::SeqCst);
                    drop(taken);
                });
            }
        });
        let used = room.used.lock().unwrap();
        assert_eq!((used.pictures, used.memory), (0, 0));
    }

    #[test]
    fn a_picture_that_is_over_its_time_is_given_up() {
        let worker = Worker::new(Limits {
            time: Duration::ZERO,
            ..Limits::default()
        });
        let picture = crate::tests::encoded(&crate::tests::two_halves(64, 64), image::ImageFormat::Jpeg);
        for _ in 0..2 * worker.limits().at_a_time {
            let given_up = worker.prepare(picture.clone());
            assert_eq!(given_up, Err(MediaError::TooSlow { seconds: 0 }));
        }
    }
}
