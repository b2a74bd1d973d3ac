//! Leads, and leads to forget.

use super::{Shared, parse};
use crate::http::batch;
use crate::http::guard::{Body, Kiosk};
use crate::http::openapi::shapes;
use crate::http::problem::Refusal;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use protocol::{Erasures, ErasuresDone, LeadReceipts, MAX_ERASURES};
use serde::Deserialize;
use serde_json::{Value, json};

/// Envelopes up, one receipt for each down, in any order. Answered when all is on disk.
#[utoipa::path(
    post, path = "/v1/leads", tag = "kiosk", security(("kiosk" = [])),
    request_body(content = shapes::LeadBatch, description = "At most 100 envelopes and 256 KiB; `Content-Encoding: zstd` with a window of at most 1 MiB, or none"),
    responses(
        (status = 200, description = "What was done with each", body = shapes::LeadReceipts),
        (status = 415, description = "`encoding`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 422, description = "`item_unreadable`, `item_damaged`: nothing of the batch was kept", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
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
        let receipts = app.store.receive(&kiosk, &received, Timestamp::now())?;
        app.metrics.received(&receipts);
        Ok(Json(LeadReceipts { receipts }))
    })
    .await
}

#[derive(Deserialize)]
pub struct ErasuresQuery {
    #[serde(default)]
    after: u64,
}

/// Leads of this kiosk that are to be forgotten, ascending.
#[utoipa::path(
    get, path = "/v1/erasures", tag = "kiosk", security(("kiosk" = [])),
    params(("after" = Option<u64>, Query, description = "Highest number that was done, 0 for none")),
    responses(
        (status = 200, description = "At most 500", body = shapes::Erasures),
        (status = 400, description = "`malformed`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn erasures(
    State(app): Shared,
    Kiosk(kiosk): Kiosk,
    query: Result<Query<ErasuresQuery>, QueryRejection>,
) -> Result<Json<Erasures>, Refusal> {
    let give_number = || Refusal::malformed("Give the highest number that was told: /v1/erasures?after=…");
    let ErasuresQuery { after } = query.map_err(|_| give_number())?.0;
    app.work(move |app| Ok(Json(app.store.erasures(&kiosk, after)?)))
        .await
}

/// This kiosk forgot them. Telling it twice does no harm.
#[utoipa::path(
    post, path = "/v1/erasures", tag = "kiosk", security(("kiosk" = [])),
    request_body = shapes::ErasuresDone,
    responses((status = 200, description = "Noted", body = shapes::Nothing))
)]
pub async fn erasures_done(
    State(app): Shared,
    Kiosk(kiosk): Kiosk,
    Body(body): Body,
) -> Result<Json<Value>, Refusal> {
    let ErasuresDone { done } = parse(&body)?;
    if done.len() > MAX_ERASURES {
        return Err(Refusal::too_large(format!("At most {MAX_ERASURES} at once.")));
    }
    app.work(move |app| {
        app.store.erasures_done(&kiosk, &done, Timestamp::now())?;
        Ok(Json(json!({})))
    })
    .await
}
