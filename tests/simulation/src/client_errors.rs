//! The errors that the kiosk's HTTP client would return for each outcome of a request.

use crate::request_outcome::RequestOutcome;
use expo_sync::PlatformError;
use std::time::Duration;

/// The error of a request that is not answered by the platform.
pub fn error_for(outcome: RequestOutcome) -> PlatformError {
    let after = |seconds: u64| Some(Duration::from_secs(seconds));
    match outcome {
        RequestOutcome::ConnectionRefused => offline("connection refused"),
        RequestOutcome::RequestCut => offline("the connection was closed"),
        RequestOutcome::LoginPage => PlatformError::Captive("a login page".to_owned()),
        RequestOutcome::Redirect => PlatformError::Captive("a redirect to another page".to_owned()),
        RequestOutcome::TlsFailure => PlatformError::Tls("unknown issuer".to_owned()),
        RequestOutcome::ServerError => server_error("status 500"),
        RequestOutcome::Unavailable(seconds) => PlatformError::Server {
            detail: "status 503".to_owned(),
            retry_after: after(seconds),
        },
        RequestOutcome::RateLimited(seconds) => PlatformError::RateLimited {
            retry_after: after(seconds),
        },
        RequestOutcome::RateLimitedWithoutDelay => PlatformError::RateLimited { retry_after: None },
        RequestOutcome::ClientError(status) => refused(status, "gateway"),
        RequestOutcome::Unauthorized => PlatformError::Unauthorized { status: 401 },
        RequestOutcome::UpgradeRequired => PlatformError::UpgradeRequired,
        // In the remaining outcomes the platform does the work and the response cannot be parsed.
        _ => server_error("the response does not match the protocol"),
    }
}

/// There is no response.
pub fn offline(detail: &str) -> PlatformError {
    PlatformError::Offline(detail.to_owned())
}

/// A server error without `Retry-After`.
pub fn server_error(detail: &str) -> PlatformError {
    PlatformError::Server {
        detail: detail.to_owned(),
        retry_after: None,
    }
}

/// The request is refused with this status and code.
pub fn refused(status: u16, code: &str) -> PlatformError {
    PlatformError::Refused {
        status,
        code: code.to_owned(),
        detail: String::new(),
    }
}
