//! Middleware for every request: rate limit of addresses, size of the request head, metrics and the protocol header.

use super::error::ApiError;
use super::peer::Peer;
use crate::app::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use expo_protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION};
use std::sync::Arc;
use std::time::Instant;

/// Longest request head: request line and header fields.
pub const MAX_HEAD_BYTES: usize = 32 * 1024;

/// Routes that do not check the token, so a token sent there proves nothing.
const OPEN_ROUTES: [&str; 3] = ["/v1/probe", "/v1/enrolments", "/healthz"];

/// Applies the rate limit of the caller's address to requests without a token and to routes that do not check it.
pub async fn limit_unauthenticated(
    State(app): State<Arc<App>>,
    peer: Peer,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let is_open = route.is_none_or(|route| OPEN_ROUTES.contains(&route.as_str()));
    if (is_open || !request.headers().contains_key(AUTHORIZATION))
        && let Err(wait) = app.limits.count_unauthenticated(peer.address, Instant::now())
    {
        return ApiError::too_fast(wait).into_response();
    }
    next.run(request).await
}

/// Refuses heads longer than [`MAX_HEAD_BYTES`]. The read buffer of the connection limits them only roughly.
pub async fn limit_head_size(request: Request, next: Next) -> Response {
    let target = request
        .uri()
        .path_and_query()
        .map_or(0, |path| path.as_str().len());
    let fields = request.headers().iter();
    let fields: usize = fields
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if target + fields > MAX_HEAD_BYTES {
        return ApiError::head_too_large(MAX_HEAD_BYTES).into_response();
    }
    next.run(request).await
}

/// Counts and times every request by its route, never by its path, which may contain anything.
pub async fn measure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = match request.method().as_str() {
        known @ ("GET" | "POST" | "HEAD") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let response = next.run(request).await;
    app.metrics
        .count_request(&method, &route, response.status().as_str(), started.elapsed());
    response
}

/// Adds the protocol header to every response.
pub async fn add_protocol_header(mut response: Response) -> Response {
    let name = HeaderName::from_bytes(PROTOCOL_HEADER.as_bytes());
    if let Ok(name) = name {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(PROTOCOL_VERSION));
    }
    response
}
