//! Probe, health check and metrics.

use super::AppState;
use crate::http::auth::OverviewReader;
use crate::http::error::ApiError;
use crate::http::peer::Peer;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use expo_protocol::{PROTOCOL_VERSION, Probe, Problem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest nonce that is echoed.
const MAX_NONCE_BYTES: usize = 128;

#[derive(Deserialize)]
pub struct ProbeQuery {
    nonce: String,
}

/// Shows that the platform answers, and not a login page. Cheap: it does not use the store.
#[utoipa::path(
    get, path = "/v1/probe", tag = "kiosk", security(()),
    params(("nonce" = String, Query, description = "1 to 128 letters and digits", min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9]+$")),
    responses(
        (status = 200, description = "The same nonce", body = Probe),
        (status = 400, description = "`malformed`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn probe(query: Result<Query<ProbeQuery>, QueryRejection>) -> Result<Json<Probe>, ApiError> {
    let nonce = query.map(|Query(query)| query.nonce).unwrap_or_default();
    if nonce.is_empty() || nonce.len() > MAX_NONCE_BYTES || !nonce.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Err(ApiError::malformed(
            "Add a nonce of 1 to 128 letters and digits: /v1/probe?nonce=…",
        ));
    }
    Ok(Json(Probe {
        nonce,
        protocol: PROTOCOL_VERSION.to_owned(),
        server_time: Timestamp::now(),
    }))
}

/// The store answers.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(value_type = String)]
    status: &'static str,
}

/// Whether the store answers, for load balancers.
#[utoipa::path(
    get, path = "/healthz", tag = "operators", security(()),
    responses(
        (status = 200, description = "It does", body = Health),
        (status = 503, description = "`store`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn health(State(app): AppState) -> Result<Json<Health>, ApiError> {
    app.run_blocking(|app| app.store.check().map_err(ApiError::from))
        .await?;
    Ok(Json(Health { status: "ok" }))
}

/// Metrics for Prometheus. Without a token they are available only from the same machine.
#[utoipa::path(
    get, path = "/metrics", tag = "operators", security((), ("overview" = []), ("overview_browser" = [])),
    responses(
        (status = 200, description = "Prometheus text format", body = String, content_type = "text/plain"),
        (status = 401, description = "`unauthorized`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn metrics(
    State(app): AppState,
    peer: Peer,
    reader: Result<OverviewReader, Response>,
) -> Result<Response, Response> {
    // A Prometheus on this machine needs no token.
    if !peer.is_local {
        reader?;
    }
    let text = app
        .run_blocking(|app| app.metrics.text(&app.store).map_err(ApiError::from))
        .await
        .map_err(IntoResponse::into_response)?;
    let content_type = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((content_type, text).into_response())
}
