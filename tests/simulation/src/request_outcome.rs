//! What happens to one request: drawn from the network conditions. Must not know: what requests contain.

use crate::network_conditions::NetworkConditions;
use crate::rng::SeededRng;
use std::ops::RangeInclusive;
use std::time::Duration;

/// What happens to one request. *Processed* means that the platform did the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOutcome {
    /// Processed and answered.
    Succeeds,
    /// Processed and answered slowly, perhaps after the timeout.
    Slow,
    /// The connection is refused.
    ConnectionRefused,
    /// The request is lost; there is no response.
    RequestLost,
    /// The connection breaks while the request is sent.
    RequestCut,
    /// Processed, and the response is lost.
    ResponseLost,
    /// Processed, and the connection breaks while the response is sent.
    ResponseCut,
    /// Processed twice. The second time is this many milliseconds later, after requests that were sent in between.
    Duplicated(u64),
    /// A login page answers.
    LoginPage,
    /// A redirect, which the kiosk does not follow.
    Redirect,
    /// The certificate is invalid.
    TlsFailure,
    /// 5xx; not processed.
    ServerError,
    /// 5xx of a gateway after the request was processed.
    ServerErrorAfterWork,
    /// 503 with this `Retry-After`, in seconds.
    Unavailable(u64),
    /// 429 with this `Retry-After`, in seconds.
    RateLimited(u64),
    /// 429 without `Retry-After`.
    RateLimitedWithoutDelay,
    /// This 4xx status of a gateway.
    ClientError(u16),
    /// 401.
    Unauthorized,
    /// 426.
    UpgradeRequired,
    /// A well-formed response with wrong content.
    WrongBody,
}

impl RequestOutcome {
    /// The name of its counter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Succeeds => "succeeded",
            Self::Slow => "slow",
            Self::ConnectionRefused => "connection refused",
            Self::RequestLost => "request lost",
            Self::RequestCut => "request cut",
            Self::ResponseLost => "response lost",
            Self::ResponseCut => "response cut",
            Self::Duplicated(_) => "duplicated and reordered",
            Self::LoginPage => "login page",
            Self::Redirect => "redirect",
            Self::TlsFailure => "TLS failure",
            Self::ServerError => "5xx",
            Self::ServerErrorAfterWork => "5xx after the work",
            Self::Unavailable(_) => "5xx with Retry-After",
            Self::RateLimited(_) => "429 with Retry-After",
            Self::RateLimitedWithoutDelay => "429",
            Self::ClientError(_) => "4xx",
            Self::Unauthorized => "401",
            Self::UpgradeRequired => "426",
            Self::WrongBody => "wrong body",
        }
    }

    /// Counter names of all outcomes that are faults. A test checks that each of them occurs.
    pub const FAULTS: [&'static str; 19] = [
        Self::Slow.name(),
        Self::ConnectionRefused.name(),
        Self::RequestLost.name(),
        Self::RequestCut.name(),
        Self::ResponseLost.name(),
        Self::ResponseCut.name(),
        Self::Duplicated(0).name(),
        Self::LoginPage.name(),
        Self::Redirect.name(),
        Self::TlsFailure.name(),
        Self::ServerError.name(),
        Self::ServerErrorAfterWork.name(),
        Self::Unavailable(0).name(),
        Self::RateLimited(0).name(),
        Self::RateLimitedWithoutDelay.name(),
        Self::ClientError(0).name(),
        Self::Unauthorized.name(),
        Self::UpgradeRequired.name(),
        Self::WrongBody.name(),
    ];

    /// A random outcome of a request under these conditions. `endpoint` is the name of the endpoint, such as `probe`.
    pub fn draw(conditions: NetworkConditions, endpoint: &str, rng: &mut SeededRng) -> Self {
        let is_probe = endpoint == "probe";
        let is_download = ["checkpoint", "snapshot", "delta", "picture"].contains(&endpoint);
        match conditions {
            NetworkConditions::Unreachable => rng.pick(&[Self::ConnectionRefused, Self::RequestLost]),
            NetworkConditions::LoginPage => rng.pick(&[Self::LoginPage, Self::Redirect]),
            NetworkConditions::TlsFailure => Self::TlsFailure,
            NetworkConditions::PlatformFails => Self::ServerError,
            NetworkConditions::WorkFails if is_probe || rng.one_in(4) => Self::Succeeds,
            NetworkConditions::WorkFails => Self::draw_platform_fault(rng),
            NetworkConditions::RateLimited if is_probe && rng.one_in(2) => Self::Succeeds,
            NetworkConditions::RateLimited => {
                let seconds = retry_after_seconds(rng);
                rng.pick(&[
                    Self::RateLimited(seconds),
                    Self::RateLimitedWithoutDelay,
                    Self::Unavailable(seconds),
                ])
            }
            NetworkConditions::Slow => Self::Slow,
            NetworkConditions::StaleCache if is_download && rng.one_in(2) => Self::WrongBody,
            NetworkConditions::Good | NetworkConditions::StaleCache => Self::Succeeds,
            NetworkConditions::Mixed => match rng.within(0..=9) {
                0..=3 => Self::Succeeds,
                4..=6 => Self::draw_connection_fault(rng),
                _ => Self::draw_platform_fault(rng),
            },
        }
    }

    fn draw_connection_fault(rng: &mut SeededRng) -> Self {
        let delay = rng.within(5..=40_000);
        rng.pick(&[
            Self::Slow,
            Self::ConnectionRefused,
            Self::RequestLost,
            Self::RequestCut,
            Self::ResponseLost,
            Self::ResponseLost,
            Self::ResponseCut,
            Self::Duplicated(delay),
            Self::Duplicated(delay),
            Self::LoginPage,
            Self::TlsFailure,
        ])
    }

    fn draw_platform_fault(rng: &mut SeededRng) -> Self {
        let status = rng.pick(&[400, 404, 405, 409, 413, 415, 422]);
        match rng.within(0..=11) {
            0 | 1 => Self::ServerError,
            2 => Self::ServerErrorAfterWork,
            3 => Self::Unavailable(retry_after_seconds(rng)),
            4 => Self::RateLimited(retry_after_seconds(rng)),
            5..=7 => Self::ClientError(status),
            8 => rng.pick(&[
                Self::Unauthorized,
                Self::UpgradeRequired,
                Self::RateLimitedWithoutDelay,
            ]),
            _ => Self::WrongBody,
        }
    }
}

/// A `Retry-After`: usually short, rarely longer than the limit up to which kiosks honour it.
fn retry_after_seconds(rng: &mut SeededRng) -> u64 {
    if rng.one_in(400) {
        rng.within(600..=100_000)
    } else {
        rng.within(0..=45)
    }
}

/// Duration of a request, both directions together. Probes of one kiosk overlap at round times. Their last digits
/// differ, so that no two end in the same millisecond: their order would then not depend on the seed.
pub fn latency(range: RangeInclusive<u64>, number: u64, rng: &mut SeededRng) -> Duration {
    Duration::from_millis(rng.within(range) / 10 * 10 + 1 + number % 3)
}
