//! Checks that the platform answers, and not something else. A login page can copy a header, but it cannot echo a nonce
//! that it does not know. Must not know: when probes are due.

use crate::clock::Clock;
use crate::error::PlatformError;
use crate::ports::Platform;
use expo_protocol::{EnrolmentReply, EnrolmentRequest, PROTOCOL_VERSION, Probe};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// When the requests of one probe start. A packet lost on a dead connection must not use up the complete timeout: with
/// [`crate::PROBE_INTERVAL`], a request starts at least every 4.5 s, even if others get no answer.
const REQUEST_STARTS: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(2500),
    Duration::from_secs(5),
];
/// How long a probe waits for an answer to any of its requests.
const PROBE_TIMEOUT: Duration = Duration::from_millis(7500);

/// Sends one probe request and checks nonce and protocol version of the answer.
pub async fn send_probe<P: Platform>(platform: &P, nonce: &str) -> Result<Probe, PlatformError> {
    let probe = platform.probe(nonce).await?;
    if probe.nonce != nonce {
        return Err(PlatformError::Captive("the nonce was not echoed".to_owned()));
    }
    if probe.protocol != PROTOCOL_VERSION {
        return Err(PlatformError::UpgradeRequired);
    }
    Ok(probe)
}

/// Redeems a one-time code, after a probe makes sure that the platform receives it.
pub async fn enrol<P: Platform, C: Clock>(
    platform: &P,
    clock: &mut C,
    request: &EnrolmentRequest,
) -> Result<EnrolmentReply, PlatformError> {
    send_probe(platform, &nonce(clock)).await?;
    platform.enrol(request).await
}

/// Sends up to three overlapping probe requests; the first answer counts.
pub(crate) async fn send_probe_with_retries<P: Platform, C: Clock>(
    platform: &P,
    clock: &mut C,
) -> Result<Probe, PlatformError> {
    let nonces = [nonce(clock), nonce(clock), nonce(clock)];
    let request = |number: usize| {
        let nonce = &nonces[number];
        async move {
            sleep(REQUEST_STARTS[number]).await;
            send_probe(platform, nonce).await
        }
    };
    let any = async {
        tokio::select! {
            answer = request(0) => answer,
            answer = request(1) => answer,
            answer = request(2) => answer,
        }
    };
    timeout(PROBE_TIMEOUT, any).await.unwrap_or_else(|_| {
        Err(PlatformError::Offline(format!(
            "no answer to three probes in {} ms",
            PROBE_TIMEOUT.as_millis()
        )))
    })
}

/// When a probe of this duration started its last request, since its own start.
pub(crate) fn last_request_start(took: Duration) -> Duration {
    REQUEST_STARTS
        .into_iter()
        .rev()
        .find(|at| *at <= took)
        .unwrap_or_default()
}

/// Whether a probe of this duration needed more than one request.
pub(crate) fn needed_retry(took: Duration) -> bool {
    took >= REQUEST_STARTS[1]
}

fn nonce<C: Clock>(clock: &mut C) -> String {
    format!("{:016x}{:016x}", clock.random(), clock.random())
}
