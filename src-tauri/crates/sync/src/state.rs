//! How the platform was last met, in a word for programs and a sentence for staff. Must not know what led to it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How things stand between kiosk and platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No code was redeemed yet: there is nobody to talk to. Said by whoever has no driver to ask.
    NotEnrolled,
    /// No network, no such host, no answer in time, or not tried yet.
    Offline,
    /// Something answers, and it is not the platform: a login page of the hall.
    Captive,
    /// The certificate does not hold: the clock is wrong or the line is intercepted.
    ClockOrTls,
    /// The platform does not know this kiosk (any more).
    Unauthorized,
    /// The platform asks for patience.
    RateLimited,
    /// The platform answers, and is not well.
    Server,
    /// The platform speaks a newer protocol only.
    UpgradeRequired,
    /// All is well.
    Ok,
}

impl State {
    /// The stable code, as in JSON and in the interface's sentences.
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

    /// One English sentence with its remedy, for the command line.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotEnrolled => "The kiosk is not enrolled: ask for a code and run 'expo-kiosk enrol'.",
            Self::Offline => {
                "The platform does not answer: check the network; leads wait safely and are sent by themselves."
            }
            Self::Captive => "The network asks for a login page: log in on it, or use another network.",
            Self::ClockOrTls => {
                "The platform's certificate does not hold: check date and time, then the network."
            }
            Self::Unauthorized => "The platform does not accept this kiosk: enrol it again with a new code.",
            Self::RateLimited => "The platform asks to wait: sending goes on by itself.",
            Self::Server => "The platform has a fault: sending goes on by itself; tell its team if it lasts.",
            Self::UpgradeRequired => "The platform needs a newer version of this program: update the kiosk.",
            Self::Ok => "The platform answers.",
        }
    }

    /// Whether the platform itself was not reached, so that asking whether it is there again is all that helps.
    pub const fn is_unreachable(self) -> bool {
        matches!(self, Self::Offline | Self::Captive | Self::ClockOrTls)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
