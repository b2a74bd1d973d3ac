//! Errors of requests that got no response, as [`PlatformError`]. Must not know: endpoints and statuses.

use expo_sync::PlatformError;
use std::error::Error;
use std::io;

/// `Tls` for an invalid certificate or handshake, otherwise `Offline`. Messages contain no address.
pub fn to_platform_error(error: reqwest::Error) -> PlatformError {
    let error = error.without_url();
    if let Some(tls) = tls_error(&error) {
        return PlatformError::Tls(tls.to_string());
    }
    let detail = if error.is_timeout() {
        "no response in time".to_owned()
    } else {
        root_cause(&error).to_string()
    };
    PlatformError::Offline(detail)
}

/// A response that the platform should not have sent, or a request that cannot be written.
pub fn server_error(detail: String) -> PlatformError {
    PlatformError::Server {
        detail,
        retry_after: None,
    }
}

fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(tls);
    }
    // `source` of an io::Error skips the error it wraps.
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner
        .and_then(|inner| tls_error(inner))
        .or_else(|| error.source().and_then(tls_error))
}

fn root_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    error.source().map_or(error, root_cause)
}
