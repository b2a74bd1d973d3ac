//! Is it the platform at all? A login page can copy a header, it cannot echo a nonce it was never taught.

use crate::clock::Clock;
use crate::error::PlatformError;
use crate::ports::Platform;
use protocol::{Enrolled, EnrolmentRequest, PROTOCOL_VERSION, Probe};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// When the same question is asked again while the first has no answer. A packet lost in a dead line must not cost
/// the whole patience: with [`crate::PROBE_GAP`] a question starts at least every 4.5 s, whatever happens to others.
const ASKED_AT: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(2500),
    Duration::from_secs(5),
];
/// How long to wait for any of them.
const PATIENCE: Duration = Duration::from_millis(7500);

/// Asks once and checks the nonce and the protocol of the answer.
pub async fn ask<P: Platform>(platform: &P, nonce: &str) -> Result<Probe, PlatformError> {
    let probe = platform.probe(nonce).await?;
    if probe.nonce != nonce {
        return Err(PlatformError::Captive("the nonce was not echoed".to_owned()));
    }
    if probe.protocol != PROTOCOL_VERSION {
        return Err(PlatformError::UpgradeRequired);
    }
    Ok(probe)
}

/// Redeems a one-time code, after making sure that it is the platform that gets it.
pub async fn enrol<P: Platform, C: Clock>(
    platform: &P,
    clock: &mut C,
    request: &EnrolmentRequest,
) -> Result<Enrolled, PlatformError> {
    ask(platform, &nonce(clock)).await?;
    platform.enrol(request).await
}

/// Asks up to three times, overlapping; the first answer counts.
pub(crate) async fn ask_patiently<P: Platform, C: Clock>(
    platform: &P,
    clock: &mut C,
) -> Result<Probe, PlatformError> {
    let nonces = [nonce(clock), nonce(clock), nonce(clock)];
    let question = |number: usize| {
        let nonce = &nonces[number];
        async move {
            sleep(ASKED_AT[number]).await;
            ask(platform, nonce).await
        }
    };
    let any = async {
        tokio::select! {
            answer = question(0) => answer,
            answer = question(1) => answer,
            answer = question(2) => answer,
        }
    };
    timeout(PATIENCE, any).await.unwrap_or_else(|_| {
        Err(PlatformError::Offline(format!(
            "no answer to three questions in {} ms",
            PATIENCE.as_millis()
        )))
    })
}

/// When, since its start, a probe that took so long asked its last question.
pub(crate) fn last_asked(took: Duration) -> Duration {
    ASKED_AT
        .into_iter()
        .rev()
        .find(|at| *at <= took)
        .unwrap_or_default()
}

/// Whether a probe that took so long had to ask more than once.
pub(crate) fn was_lost_at_first(took: Duration) -> bool {
    took >= ASKED_AT[1]
}

fn nonce<C: Clock>(clock: &mut C) -> String {
    format!("{:016x}{:016x}", clock.random(), clock.random())
}
