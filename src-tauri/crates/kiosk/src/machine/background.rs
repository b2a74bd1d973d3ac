//! Large work beside the visitors, whose touches come first. Must not know what is done.

use crate::catalogue::unpoisoned;
use crate::{Kiosk, KioskError};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};
use thread_priority::ThreadPriority;

/// So long after a touch somebody is taken to go on exploring.
const VISITING: Duration = Duration::from_secs(2);

impl Kiosk {
    /// Notes that somebody explores.
    pub(crate) fn touched(&self) {
        *unpoisoned(&self.touched_at) = Some(Instant::now());
    }

    /// Does two things: at once on two cores, or one after the other while somebody explores.
    pub(crate) fn beside_visitors<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> Result<A, KioskError> + Send,
        other: impl FnOnce() -> Result<B, KioskError> + Send,
    ) -> Result<(A, B), KioskError> {
        let touched = *unpoisoned(&self.touched_at);
        let alone = touched.is_none_or(|touched| touched.elapsed() > VISITING);
        thread::scope(|scope| {
            let one = scope.spawn(|| at_leisure(one));
            if alone {
                let other = scope.spawn(|| at_leisure(other));
                let (one, other) = (done(one), done(other));
                return Ok((one?, other?));
            }
            Ok((done(one)?, done(scope.spawn(|| at_leisure(other)))?))
        })
    }
}

fn done<T>(thread: ScopedJoinHandle<'_, Result<T, KioskError>>) -> Result<T, KioskError> {
    let fell = |_| KioskError::Internal("a thread that makes a catalogue ready panicked".to_owned());
    thread.join().map_err(fell)?
}

/// Frees what is large on a thread of its own: nobody waits for it.
pub(crate) fn let_go<T: Send + 'static>(large: T) {
    // Without a thread it is freed here.
    drop(thread::Builder::new().spawn(|| at_leisure(|| drop(large))));
}

/// Lets every other thread go first until this one ends. Where a system does not allow that, it goes on as it is.
pub(crate) fn at_leisure<T>(work: impl FnOnce() -> T) -> T {
    thread_priority::set_current_thread_priority(ThreadPriority::Min).ok();
    work()
}
