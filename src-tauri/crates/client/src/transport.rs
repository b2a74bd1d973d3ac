//! What it means when no answer came at all.

use std::error::Error;
use std::io;
use sync::PlatformError;

/// A certificate that does not hold, or no way to the platform. Addresses are left out of messages.
pub fn error(error: reqwest::Error) -> PlatformError {
    let error = error.without_url();
    if let Some(tls) = tls_error(&error) {
        return PlatformError::Tls(tls.to_string());
    }
    let what = if error.is_timeout() {
        "no answer in time".to_owned()
    } else {
        root_cause(&error).to_string()
    };
    PlatformError::Offline(what)
}

fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(tls);
    }
    // An io::Error hides the error it was made of from `source`.
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner
        .and_then(|inner| tls_error(inner))
        .or_else(|| error.source().and_then(tls_error))
}

fn root_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    error.source().map_or(error, root_cause)
}
