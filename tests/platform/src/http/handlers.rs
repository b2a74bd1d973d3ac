//! One function an endpoint: unpack, ask the store, answer. Work that blocks runs beside the network's threads.

use super::batch;
use super::problem::Refusal;
use super::range;
use super::{App, Body, Kiosk};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use protocol::{
    Enrolled, EnrolmentRequest, Heartbeat, HeartbeatReply, LeadReceipts, PROTOCOL_VERSION, Probe,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

type Shared = State<Arc<App>>;

/// Version of the configuration a kiosk gets at enrolment.
const CONFIG_VERSION: u64 = 1;
/// Longest nonce that is echoed.
const MAX_NONCE: usize = 128;

#[derive(Deserialize)]
pub struct ProbeQuery {
    nonce: String,
}

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

pub async fn health(State(app): Shared) -> Result<Json<Value>, Refusal> {
    app.work(|app| app.store.check().map_err(Refusal::from)).await?;
    Ok(Json(json!({"status": "ok"})))
}

pub async fn enrol(State(app): Shared, Body(body): Body) -> Result<(StatusCode, Json<Enrolled>), Refusal> {
    let request: EnrolmentRequest = parse(&body)?;
    let enrolled = app
        .work(move |app| {
            let program: String = request.program.chars().take(40).collect();
            let enrolment = app.store.enrol(&request.code, &program, Timestamp::now())?;
            Ok::<_, Refusal>(Enrolled {
                kiosk: enrolment.kiosk,
                token: enrolment.token,
                leads_recipient: app.keys.recipient().to_string(),
                publisher_key: app.keys.publisher.to_string(),
                config_version: CONFIG_VERSION,
                stop: enrolment.stop,
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(enrolled)))
}

pub async fn leads(
    State(app): Shared,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Json<LeadReceipts>, Refusal> {
    let encoding = headers
        .get(CONTENT_ENCODING)
        .map(|value| value.as_bytes().to_vec());
    app.work(move |app| {
        let plain = match encoding.as_deref() {
            None | Some(b"identity") => body,
            Some(b"zstd") => batch::decompress(&body)?,
            Some(_) => {
                let detail = "Send a batch as zstd or as it is.";
                let title = "The encoding of the request is not known.";
                return Err(Refusal::new(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "encoding",
                    title,
                    detail,
                ));
            }
        };
        let received = batch::read(&plain, &app.keys.identity)?;
        Ok(Json(LeadReceipts {
            receipts: app.store.receive(&kiosk, &received, Timestamp::now())?,
        }))
    })
    .await
}

pub async fn heartbeat(
    State(app): Shared,
    Kiosk(kiosk): Kiosk,
    Body(body): Body,
) -> Result<Json<HeartbeatReply>, Refusal> {
    let report: Heartbeat = parse(&body)?;
    app.work(move |app| {
        let now = Timestamp::now();
        app.store.heard(&kiosk, &report, now)?;
        let catalogue_version = app.store.newest_version()?;
        Ok(Json(HeartbeatReply {
            server_time: now,
            catalogue_version,
            config_version: CONFIG_VERSION,
        }))
    })
    .await
}

pub async fn checkpoint(State(app): Shared, _: Kiosk) -> Result<Response, Refusal> {
    let signed = app
        .work(|app| app.store.checkpoint().map_err(Refusal::from))
        .await?;
    Ok(signed.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |signed| Json(signed).into_response(),
    ))
}

pub async fn snapshot(
    State(app): Shared,
    _: Kiosk,
    headers: HeaderMap,
    Path(version): Path<String>,
) -> Result<Response, Refusal> {
    let missing = || Refusal::not_found("This version was never published here.");
    let version: u64 = version.parse().map_err(|_| missing())?;
    let bytes = app
        .work(move |app| app.store.snapshot(version).map_err(Refusal::from))
        .await?;
    range::respond(&headers, "application/zstd", bytes.ok_or_else(missing)?)
}

pub async fn picture(
    State(app): Shared,
    _: Kiosk,
    headers: HeaderMap,
    Path(sha256): Path<String>,
) -> Result<Response, Refusal> {
    let bytes = app
        .work(move |app| app.store.picture(&sha256).map_err(Refusal::from))
        .await?;
    let missing = || Refusal::not_found("No picture has this SHA-256.");
    range::respond(&headers, "image/webp", bytes.ok_or_else(missing)?)
}

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|e| {
        Refusal::malformed(format!(
            "Not the document expected: line {}, column {}.",
            e.line(),
            e.column()
        ))
    })
}
