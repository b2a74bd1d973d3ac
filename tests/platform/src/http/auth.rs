//! Authentication by token: kiosks, and readers of the overview.

use super::error::ApiError;
use super::peer::Peer;
use crate::app::App;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Instant;

/// The token that a kiosk already has when it enrols again, if it sends one. It is not checked here.
pub struct PreviousToken(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for PreviousToken {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(credentials(&parts.headers)))
    }
}

/// Identifier of the kiosk that the token belongs to. Its rate limit is already applied.
pub struct KioskId(pub String);

impl FromRequestParts<Arc<App>> for KioskId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let known = match credentials(&parts.headers) {
            Some(token) => {
                app.run_blocking(move |app| app.store.kiosk_by_token(&token).map_err(ApiError::from))
                    .await?
            }
            None => None,
        };
        let Some(kiosk) = known else {
            return Err(unauthenticated(app, parts));
        };
        app.limits
            .count_kiosk(&kiosk, Instant::now())
            .map_err(ApiError::too_fast)?;
        Ok(Self(kiosk))
    }
}

/// Proof that the request has a valid overview token.
pub struct OverviewReader;

impl FromRequestParts<Arc<App>> for OverviewReader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let is_valid = match credentials(&parts.headers) {
            Some(token) => app
                .run_blocking(move |app| Ok(app.store.is_overview_token(&token, Timestamp::now())?))
                .await
                .map_err(IntoResponse::into_response)?,
            None => false,
        };
        if is_valid {
            return Ok(Self);
        }
        let mut response = unauthenticated(app, parts).into_response();
        // Browsers ask for a name, which is ignored, and a password, which is the token.
        let basic = HeaderValue::from_static("Basic realm=\"overview\", charset=\"UTF-8\"");
        if response.status() == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, basic);
        }
        Err(response)
    }
}

/// The token of `Bearer TOKEN`, or the password of `Basic …`.
fn credentials(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = header.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let plain = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    plain.split_once(':').map(|(_, password)| password.to_owned())
}

/// The response to a request without a valid token. An address that keeps sending wrong tokens has to wait.
fn unauthenticated(app: &Arc<App>, parts: &Parts) -> ApiError {
    let peer = parts.extensions.get::<Peer>().copied().unwrap_or_default();
    let has_credentials = parts.headers.contains_key(AUTHORIZATION);
    match app.limits.count_unauthenticated(peer.address, Instant::now()) {
        Err(wait) if has_credentials => ApiError::too_fast(wait),
        _ => ApiError::unauthorized(),
    }
}
