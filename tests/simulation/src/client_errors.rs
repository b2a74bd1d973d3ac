//! What the kiosk's HTTP client makes of what came, or did not come, as an answer.

use crate::sky::Fate;
use std::time::Duration;
use sync::PlatformError;

/// What a kiosk hears when a question meets a fate that answers in the platform's place.
pub fn instead(fate: Fate) -> PlatformError {
    let wait = |seconds: u64| Some(Duration::from_secs(seconds));
    match fate {
        Fate::Refused => offline("connection refused"),
        Fate::RequestCut => offline("the connection broke off"),
        Fate::Captive => PlatformError::Captive("a login page".to_owned()),
        Fate::Redirected => PlatformError::Captive("it redirects to another page".to_owned()),
        Fate::Tls => PlatformError::Tls("unknown issuer".to_owned()),
        Fate::Fault => server("status 500"),
        Fate::FaultWait(seconds) => PlatformError::Server {
            detail: "status 503".to_owned(),
            retry_after: wait(seconds),
        },
        Fate::TooMany(seconds) => PlatformError::RateLimited {
            retry_after: wait(seconds),
        },
        Fate::TooManySilent => PlatformError::RateLimited { retry_after: None },
        Fate::Refusal(status) => refused(status, "gateway"),
        Fate::Unauthorized => PlatformError::Unauthorized { status: 401 },
        Fate::Upgrade => PlatformError::UpgradeRequired,
        // The rest is done by the platform; what comes back of it is no answer.
        _ => server("an answer is not what was agreed"),
    }
}

/// No answer.
pub fn offline(detail: &str) -> PlatformError {
    PlatformError::Offline(detail.to_owned())
}

/// A fault that the platform tells.
pub fn server(detail: &str) -> PlatformError {
    PlatformError::Server {
        detail: detail.to_owned(),
        retry_after: None,
    }
}

/// This very request is not wanted.
pub fn refused(status: u16, code: &str) -> PlatformError {
    PlatformError::Refused {
        status,
        code: code.to_owned(),
        detail: String::new(),
    }
}
