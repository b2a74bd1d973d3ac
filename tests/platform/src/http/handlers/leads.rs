//! Leads and erasures.

use super::{AppState, parse};
use crate::http::auth::KioskId;
use crate::http::batch;
use crate::http::body::LimitedBody;
use crate::http::error::ApiError;
use crate::log;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, StatusCode};
use expo_protocol::{Erasures, ErasuresDone, LeadReceipts, MAX_ERASURES, Problem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Accepts a batch of envelopes. Answers with one receipt per envelope, in any order, after everything is on disk.
#[utoipa::path(
    post, path = "/v1/leads", tag = "kiosk", security(("kiosk" = [])),
    request_body(content = batch::LeadBatch, description = "At most 100 envelopes and 256 KiB; `Content-Encoding: zstd` with a window of at most 1 MiB, or none"),
    responses(
        (status = 200, description = "The outcome of each envelope", body = LeadReceipts),
        (status = 415, description = "`encoding`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`item_unreadable`, `item_damaged`: nothing of the batch is stored", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn leads(
    State(app): AppState,
    KioskId(kiosk): KioskId,
    headers: HeaderMap,
    LimitedBody(body): LimitedBody,
) -> Result<Json<LeadReceipts>, ApiError> {
    let encoding = headers
        .get(CONTENT_ENCODING)
        .map(|value| value.as_bytes().to_vec());
    app.run_blocking(move |app| {
        let plain = match encoding.as_deref() {
            None | Some(b"identity") => body,
            Some(b"zstd") => batch::decompress(&body)?,
            Some(_) => {
                let detail = "Send a batch with zstd or without compression.";
                let title = "The encoding of the request is not supported.";
                return Err(ApiError::new(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "encoding",
                    title,
                    detail,
                ));
            }
        };
        let received = batch::read(&plain, &app.keys.identity)?;
        let inserted = app.store.insert_envelopes(&kiosk, &received, Timestamp::now())?;
        app.metrics.count_receipts(&inserted.receipts);
        if inserted.reused_tickets > 0 {
            log::line(&format_args!(
                "{kiosk}: {} new leads have tickets that other leads have; 'reused-tickets' lists them",
                inserted.reused_tickets
            ));
        }
        Ok(Json(LeadReceipts {
            receipts: inserted.receipts,
        }))
    })
    .await
}

#[derive(Deserialize)]
pub struct ErasuresQuery {
    #[serde(default)]
    after: u64,
}

/// Erasures that this kiosk has not done yet, ascending.
#[utoipa::path(
    get, path = "/v1/erasures", tag = "kiosk", security(("kiosk" = [])),
    params(("after" = Option<u64>, Query, description = "Highest number that the kiosk has done; 0 for none")),
    responses(
        (status = 200, description = "At most 500", body = Erasures),
        (status = 400, description = "`malformed`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn erasures(
    State(app): AppState,
    KioskId(kiosk): KioskId,
    query: Result<Query<ErasuresQuery>, QueryRejection>,
) -> Result<Json<Erasures>, ApiError> {
    let number_is_invalid =
        || ApiError::malformed("Add the highest number that is done: /v1/erasures?after=…");
    let ErasuresQuery { after } = query.map_err(|_| number_is_invalid())?.0;
    app.run_blocking(move |app| Ok(Json(app.store.erasures(&kiosk, after)?)))
        .await
}

/// An empty object.
#[derive(Serialize, ToSchema)]
pub struct Nothing {}

/// Reports erasures that this kiosk has done. Reporting them again has no effect.
#[utoipa::path(
    post, path = "/v1/erasures", tag = "kiosk", security(("kiosk" = [])),
    request_body = ErasuresDone,
    responses((status = 200, description = "Recorded", body = Nothing))
)]
pub async fn erasures_done(
    State(app): AppState,
    KioskId(kiosk): KioskId,
    LimitedBody(body): LimitedBody,
) -> Result<Json<Nothing>, ApiError> {
    let ErasuresDone { done } = parse(&body)?;
    if done.len() > MAX_ERASURES {
        return Err(ApiError::too_large(format!(
            "At most {MAX_ERASURES} erasures per request."
        )));
    }
    app.run_blocking(move |app| {
        app.store.mark_erasures_done(&kiosk, &done, Timestamp::now())?;
        Ok(Json(Nothing {}))
    })
    .await
}
