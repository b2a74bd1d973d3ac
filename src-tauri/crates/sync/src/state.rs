//! State of the sync: a code for programs and a sentence for staff. Must not know: what causes a state.

use serde::{Deserialize, Serialize};
use std::fmt;

/// State of the sync between kiosk and platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The kiosk is not enrolled. Set by callers that have no driver.
    NotEnrolled,
    /// No network, unknown host, no answer in time, or not tried yet.
    Offline,
    /// Something other than the platform answers, such as the login page of the venue's wifi.
    Captive,
    /// The certificate is not valid: the clock is wrong or the connection is intercepted.
    ClockOrTls,
    /// The platform does not know this kiosk, or no longer.
    Unauthorized,
    /// The platform asks to wait.
    RateLimited,
    /// The platform answers with errors.
    Server,
    /// The platform needs a newer protocol version.
    UpgradeRequired,
    /// The platform answers and work succeeds.
    Ok,
}

impl State {
    /// Stable code, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotEnrolled => "not_enrolled",
            Self::Offline => "offline",
            Self::Captive => "captive",
            Self::ClockOrTls => "clock_or_tls",
            Self::Unauthorized => "unauthorized",
            Self::RateLimited => "rate_limited",
            Self::Server => "server",
            Self::UpgradeRequired => "upgrade_required",
            Self::Ok => "ok",
        }
    }

    /// One English sentence with a remedy, for the command line.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotEnrolled => "The kiosk is not enrolled: ask for a code and run 'expo-kiosk enrol'.",
            Self::Offline => {
                "The platform does not answer: check the network; leads are safe and are sent automatically."
            }
            Self::Captive => "The network asks for a login page: log in on it, or use another network.",
            Self::ClockOrTls => {
                "The platform's certificate is not valid: check date and time, then the network."
            }
            Self::Unauthorized => "The platform does not accept this kiosk: enrol it again with a new code.",
            Self::RateLimited => "The platform asks to wait: sending resumes automatically.",
            Self::Server => {
                "The platform has a fault: sending resumes automatically; tell its team if it lasts."
            }
            Self::UpgradeRequired => "The platform needs a newer version of this program: update the kiosk.",
            Self::Ok => "The platform answers.",
        }
    }

    /// Whether the platform was not reached, so that only a probe is useful.
    pub const fn is_unreachable(self) -> bool {
        matches!(self, Self::Offline | Self::Captive | Self::ClockOrTls)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
