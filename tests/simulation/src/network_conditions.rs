//! The state of the network between a kiosk and the platform, which lasts for some time. What it does to one request is
//! in `request_outcome`.

use crate::rng::SeededRng;

/// The state of one kiosk's network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkConditions {
    /// Every request succeeds quickly.
    Good,
    /// No request reaches the platform.
    Unreachable,
    /// A login page answers.
    LoginPage,
    /// The certificate is invalid.
    TlsFailure,
    /// The platform answers every request with a server error, probes too.
    PlatformFails,
    /// Probes succeed and most other requests fail.
    WorkFails,
    /// The platform limits the rate and sends `Retry-After`.
    RateLimited,
    /// Every request succeeds slowly.
    Slow,
    /// A cache answers half of the downloads with wrong content.
    StaleCache,
    /// Each request has a random outcome.
    Mixed,
}

impl NetworkConditions {
    /// Conditions in which no request succeeds.
    pub const OUTAGES: [Self; 4] = [
        Self::Unreachable,
        Self::LoginPage,
        Self::TlsFailure,
        Self::PlatformFails,
    ];

    /// Random conditions; `Mixed` is the most frequent.
    pub fn draw(rng: &mut SeededRng) -> Self {
        match rng.within(0..=12) {
            0 | 1 => Self::Good,
            2 => Self::Unreachable,
            3 => Self::LoginPage,
            4 => Self::TlsFailure,
            5 => Self::PlatformFails,
            6 => Self::WorkFails,
            7 => Self::RateLimited,
            8 => Self::Slow,
            9 => Self::StaleCache,
            _ => Self::Mixed,
        }
    }
}
