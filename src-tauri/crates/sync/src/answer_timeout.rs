//! Decides whether to keep waiting for an answer. A dead connection and a slow platform look the same, so a probe runs
//! while the request waits. Must not know: the request.

use crate::clock::Clock;
use crate::engine::PROBE_INTERVAL;
use crate::error::PlatformError;
use crate::ports::Platform;
use crate::probe;
use expo_protocol::Probe;
use std::pin::pin;
use std::time::Duration;
use tokio::select;
use tokio::time::sleep;

/// How a wait for an answer ended.
pub enum WaitOutcome<T> {
    /// The answer arrived.
    Answered(T),
    /// More urgent work is due.
    Yielded,
    /// The connection was dead during the wait, so the answer is unlikely to arrive.
    LinkDown(LinkDown),
}

/// A probe that failed, or whose late answer shows that the connection was dead for a while.
pub struct LinkDown {
    /// When the probe started, monotonic.
    pub began: Duration,
    /// How long it took.
    pub took: Duration,
    /// Its result.
    pub answer: Result<Probe, PlatformError>,
}

/// Waits for an answer. After each [`PROBE_INTERVAL`] without one, ends the wait if `should_yield` says so for the
/// current monotonic time; otherwise sends a probe if `may_probe`. A platform that asks to wait is reachable, so no
/// further probes are sent.
pub async fn wait<T, P: Platform, C: Clock>(
    platform: &P,
    clock: &mut C,
    mut may_probe: bool,
    should_yield: impl Fn(Duration) -> bool,
    answer: impl Future<Output = T>,
) -> WaitOutcome<T> {
    let mut answer = pin!(answer);
    loop {
        select! {
            biased;
            answer = &mut answer => return WaitOutcome::Answered(answer),
            () = sleep(PROBE_INTERVAL) => {}
        }
        if should_yield(clock.now().monotonic) {
            return WaitOutcome::Yielded;
        }
        if !may_probe {
            continue;
        }
        let began = clock.now().monotonic;
        let probed = select! {
            biased;
            answer = &mut answer => return WaitOutcome::Answered(answer),
            probed = probe::send_probe_with_retries(platform, clock) => probed,
        };
        let took = clock.now().monotonic.saturating_sub(began);
        match &probed {
            Ok(_) if !probe::needed_retry(took) => {}
            Err(error) if error.is_permanent() || error.retry_after().is_some() => may_probe = false,
            _ => {
                return WaitOutcome::LinkDown(LinkDown {
                    began,
                    took,
                    answer: probed,
                });
            }
        }
    }
}
