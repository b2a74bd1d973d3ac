//! Who asks, and within which limits: bodies, tokens of kiosks, tokens of those who look at the overview.

use super::problem::Refusal;
use crate::app::App;
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::MAX_BATCH_BYTES;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Instant;

/// A body is never larger than a batch, plus a little that compression may add.
const MAX_BODY_BYTES: usize = MAX_BATCH_BYTES + 4096;
/// Longest head of a request.
pub const MAX_HEAD_BYTES: usize = 32 * 1024;

/// Where a request came from.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// The caller's address.
    pub address: IpAddr,
    /// Whether it came straight from this machine, through no proxy.
    pub is_local: bool,
}

impl Peer {
    /// The address of the connection, or behind a proxy the one that the proxy says.
    pub fn of(connection: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> Self {
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .next_back();
        let told = forwarded.and_then(|address| address.trim().parse().ok());
        Self {
            address: told.filter(|_| behind_proxy).unwrap_or(connection),
            is_local: connection.is_loopback() && forwarded.is_none(),
        }
    }
}

impl Default for Peer {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::UNSPECIFIED.into(),
            is_local: false,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

/// What is answered without a look at the token. A token shown there proves nothing.
const OPEN: [&str; 3] = ["/v1/probe", "/v1/enrolments", "/healthz"];

/// Requests that show no token, or whose token nobody looks at, are counted by their address.
pub async fn limit_strangers(
    State(app): State<Arc<App>>,
    peer: Peer,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let is_open = route.is_none_or(|route| OPEN.contains(&route.as_str()));
    if (is_open || !request.headers().contains_key(AUTHORIZATION))
        && let Err(wait) = app.limits.stranger(peer.address, Instant::now())
    {
        return Refusal::too_fast(wait).into_response();
    }
    next.run(request).await
}

/// Refuses heads that are too long. What the connection reads at once is bounded only roughly.
pub async fn limit_heads(request: Request, next: Next) -> Response {
    let line = request
        .uri()
        .path_and_query()
        .map_or(0, |path| path.as_str().len());
    let fields = request.headers().iter();
    let fields: usize = fields
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if line + fields > MAX_HEAD_BYTES {
        return Refusal::head_too_large(MAX_HEAD_BYTES).into_response();
    }
    next.run(request).await
}

/// A whole body within the limits.
pub struct Body(pub Vec<u8>);

impl FromRequest<Arc<App>> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refusal> {
        let reading = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES);
        let title = "The request came too slowly.";
        let slow = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "slow", title, "Send it again.");
        let too_large =
            |_| Refusal::too_large(format!("A body is at most {MAX_BODY_BYTES} bytes, and whole."));
        let bytes = tokio::time::timeout(app.limits.body_time, reading)
            .await
            .map_err(slow)?
            .map_err(too_large)?;
        Ok(Self(bytes.to_vec()))
    }
}

/// The token a kiosk had so far, where it shows one to be enrolled anew.
pub struct Former(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Former {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(credentials(&parts.headers)))
    }
}

/// The kiosk that the request's token belongs to.
pub struct Kiosk(pub String);

impl FromRequestParts<Arc<App>> for Kiosk {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let known = match credentials(&parts.headers) {
            Some(token) => {
                app.work(move |app| app.store.kiosk_of(&token).map_err(Refusal::from))
                    .await?
            }
            None => None,
        };
        let Some(kiosk) = known else {
            return Err(stranger(app, parts));
        };
        app.limits
            .kiosk(&kiosk, Instant::now())
            .map_err(Refusal::too_fast)?;
        Ok(Self(kiosk))
    }
}

/// Somebody who may look at figures: has a token of the overview.
pub struct Looker;

impl FromRequestParts<Arc<App>> for Looker {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let may = match credentials(&parts.headers) {
            Some(token) => {
                let look = app.work(move |app| app.store.may_look(&token).map_err(Refusal::from));
                look.await.map_err(IntoResponse::into_response)?
            }
            None => false,
        };
        if may {
            return Ok(Self);
        }
        let mut refused = stranger(app, parts).into_response();
        // Browsers ask for a name, which does not matter, and a password, which is the token.
        let basic = HeaderValue::from_static("Basic realm=\"overview\", charset=\"UTF-8\"");
        if refused.status() == StatusCode::UNAUTHORIZED {
            refused.headers_mut().insert(WWW_AUTHENTICATE, basic);
        }
        Err(refused)
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

/// The refusal of somebody unknown, who is slowed down when he goes on trying.
fn stranger(app: &Arc<App>, parts: &Parts) -> Refusal {
    let peer = parts.extensions.get::<Peer>().copied().unwrap_or_default();
    let shown = parts.headers.contains_key(AUTHORIZATION);
    match app.limits.stranger(peer.address, Instant::now()) {
        Err(wait) if shown => Refusal::too_fast(wait),
        _ => Refusal::unauthorized(),
    }
}
