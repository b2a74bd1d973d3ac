//! Doubt about a question that stays without an answer. A line that dies in silence tells nobody, and a platform that
//! takes its time looks the same; a probe beside the question tells them apart. Must not know what was asked.

use crate::clock::Clock;
use crate::engine::PROBE_GAP;
use crate::error::PlatformError;
use crate::ports::Platform;
use crate::probe;
use protocol::Probe;
use std::pin::pin;
use std::time::Duration;
use tokio::select;
use tokio::time::sleep;

/// How waiting for an answer ended.
pub enum Waited<T> {
    /// It came.
    Answered(T),
    /// It stayed away while something more urgent came up.
    MadeWay,
    /// The line was dead while it was awaited, so that it will hardly come.
    GivenUp(Outage),
}

/// A probe that failed, or was answered so late that the line was dead for a while.
pub struct Outage {
    /// When it set out, in steady time.
    pub began: Duration,
    /// How long it took.
    pub took: Duration,
    /// What came of it.
    pub answer: Result<Probe, PlatformError>,
}

/// Waits for an answer. Each [`PROBE_GAP`] without one `makes_way`, given the steady time, is asked whether to end it, and where the question `is_doubted` a
/// probe whether the line holds. A platform that asks for patience is there, and is probed no more.
pub async fn wait<T, P: Platform, C: Clock>(
    platform: &P,
    clock: &mut C,
    mut is_doubted: bool,
    makes_way: impl Fn(Duration) -> bool,
    answer: impl Future<Output = T>,
) -> Waited<T> {
    let mut answer = pin!(answer);
    loop {
        select! {
            biased;
            answer = &mut answer => return Waited::Answered(answer),
            () = sleep(PROBE_GAP) => {}
        }
        if makes_way(clock.now().steady) {
            return Waited::MadeWay;
        }
        if !is_doubted {
            continue;
        }
        let began = clock.now().steady;
        let probed = select! {
            biased;
            answer = &mut answer => return Waited::Answered(answer),
            probed = probe::ask_patiently(platform, clock) => probed,
        };
        let took = clock.now().steady.saturating_sub(began);
        match &probed {
            Ok(_) if !probe::was_lost_at_first(took) => {}
            Err(error) if error.is_permanent() || error.retry_after().is_some() => is_doubted = false,
            _ => {
                return Waited::GivenUp(Outage {
                    began,
                    took,
                    answer: probed,
                });
            }
        }
    }
}
