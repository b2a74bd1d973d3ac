//! Who speaks, how well, and how much.

use super::Shared;
use crate::http::guard::{Looker, Peer};
use crate::http::openapi::shapes;
use crate::http::problem::Refusal;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use protocol::{PROTOCOL_VERSION, Probe};
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest nonce that is echoed.
const MAX_NONCE: usize = 128;

#[derive(Deserialize)]
pub struct ProbeQuery {
    nonce: String,
}

/// Is this the platform at all? Cheap: touches no store.
#[utoipa::path(
    get, path = "/v1/probe", tag = "kiosk", security(()),
    params(("nonce" = String, Query, description = "1 to 128 letters and digits", min_length = 1, max_length = 128, pattern = "^[A-Za-z0-9]+$")),
    responses(
        (status = 200, description = "The nonce again", body = shapes::Probe),
        (status = 400, description = "`malformed`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn probe(query: Result<Query<ProbeQuery>, QueryRejection>) -> Result<Json<Probe>, Refusal> {
    let nonce = query.map(|Query(query)| query.nonce).unwrap_or_default();
    if nonce.is_empty() || nonce.len() > MAX_NONCE || !nonce.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Refusal::malformed(
            "Give a nonce of 1 to 128 letters and digits: /v1/probe?nonce=…",
        ));
    }
    Ok(Json(Probe {
        nonce,
        protocol: PROTOCOL_VERSION.to_owned(),
        server_time: Timestamp::now(),
    }))
}

/// Whether the store answers, for load balancers.
#[utoipa::path(
    get, path = "/healthz", tag = "operators", security(()),
    responses(
        (status = 200, description = "It does", body = shapes::Health),
        (status = 503, description = "`store`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn health(State(app): Shared) -> Result<Json<Value>, Refusal> {
    app.work(|app| app.store.check().map_err(Refusal::from)).await?;
    Ok(Json(json!({"status": "ok"})))
}

/// Figures for Prometheus. Without a token from the same machine only.
#[utoipa::path(
    get, path = "/metrics", tag = "operators", security((), ("overview" = []), ("overview_browser" = [])),
    responses(
        (status = 200, description = "Prometheus text format", body = String, content_type = "text/plain"),
        (status = 401, description = "`unauthorized`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn metrics(
    State(app): Shared,
    peer: Peer,
    looker: Result<Looker, Response>,
) -> Result<Response, Response> {
    // Prometheus beside the platform needs no token, everybody else does.
    if !peer.is_local {
        looker?;
    }
    let text = app
        .work(|app| app.metrics.text(app).map_err(Refusal::from))
        .await
        .map_err(IntoResponse::into_response)?;
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, text).into_response())
}
