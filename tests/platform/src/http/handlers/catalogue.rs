//! The catalogue: checkpoint, snapshots, deltas, pictures.

use super::AppState;
use crate::deltas;
use crate::http::auth::KioskId;
use crate::http::error::ApiError;
use crate::http::range;
use crate::http::schemas::File;
use crate::store::FIRST_FORMAT;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use expo_protocol::{Problem, SignedCheckpoint};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FormatQuery {
    format: Option<u32>,
}

/// The checkpoint of the newest version that the kiosk reads, signed.
#[utoipa::path(
    get, path = "/v1/catalogue/checkpoint", tag = "kiosk", security(("kiosk" = [])),
    params(("format" = Option<u32>, Query, description = "Highest format that the kiosk reads; 1 if missing")),
    responses(
        (status = 200, description = "Byte for byte as it was signed", body = SignedCheckpoint),
        (status = 204, description = "No version is published"),
        (status = 400, description = "`malformed`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn checkpoint(
    State(app): AppState,
    _: KioskId,
    query: Result<Query<FormatQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let not_a_number = |_| ApiError::malformed("Expected a number as format: /checkpoint?format=3.");
    let format = query.map_err(not_a_number)?.0.format.unwrap_or(FIRST_FORMAT);
    let signed = app
        .run_blocking(move |app| app.store.checkpoint(format).map_err(ApiError::from))
        .await?;
    Ok(signed.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |signed| Json(signed).into_response(),
    ))
}

/// All rows of a version as NDJSON, compressed with zstd.
#[utoipa::path(
    get, path = "/v1/catalogue/{version}/snapshot", tag = "kiosk", security(("kiosk" = [])),
    params(
        ("version" = u64, Path, description = "Catalogue version"),
        ("Range" = Option<String>, Header, description = "`bytes=N-` continues at byte N"),
        ("If-Range" = Option<String>, Header, description = "The ETag of the part that the caller already has"),
    ),
    responses(
        (status = 200, description = "Its length is in the checkpoint", body = File, content_type = "application/zstd"),
        (status = 206, description = "The requested part", body = File, content_type = "application/zstd"),
        (status = 304, description = "`If-None-Match` is its ETag"),
        (status = 416, description = "`range`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn snapshot(
    State(app): AppState,
    _: KioskId,
    headers: HeaderMap,
    Path(version): Path<String>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::not_found("This version is not published here.");
    let version: u64 = version.parse().map_err(|_| missing())?;
    let bytes = app
        .run_blocking(move |app| Ok(app.snapshots.snapshot(&app.store, version)?))
        .await?;
    let bytes = Bytes::from_owner(bytes.ok_or_else(missing)?);
    let tag = format!("snapshot-{version}");
    Ok(range::respond(&headers, "application/zstd", &tag, bytes))
}

#[derive(Deserialize)]
pub struct DeltaQuery {
    from: u64,
}

/// Delta from an older version to the newest one: a plan, and its values compressed with the older rows that it touches as
/// dictionary.
#[utoipa::path(
    get, path = "/v1/catalogue/{version}/delta", tag = "kiosk", security(("kiosk" = [])),
    params(
        ("version" = u64, Path, description = "The newest version"),
        ("from" = u64, Query, description = "The version to start from"),
        ("Range" = Option<String>, Header, description = "`bytes=N-` continues at byte N"),
        ("If-Range" = Option<String>, Header, description = "The ETag of the part that the caller already has"),
    ),
    responses(
        (status = 200, description = "The delta", body = File, content_type = "application/zstd"),
        (status = 206, description = "The requested part", body = File, content_type = "application/zstd"),
        (status = 304, description = "`If-None-Match` is its ETag"),
        (status = 416, description = "`range`", body = Problem, content_type = "application/problem+json"),
        (status = 400, description = "`malformed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`no_delta`: fetch the snapshot", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delta(
    State(app): AppState,
    _: KioskId,
    headers: HeaderMap,
    Path(to): Path<String>,
    query: Result<Query<DeltaQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let missing = || {
        let detail = "Deltas lead from a few earlier versions to the newest one only; fetch the snapshot.";
        ApiError::new(
            StatusCode::NOT_FOUND,
            "no_delta",
            "There is no such delta.",
            detail,
        )
    };
    let to: u64 = to.parse().map_err(|_| missing())?;
    let from_is_required = || ApiError::malformed("Add the version to start from: /delta?from=…");
    let DeltaQuery { from } = query.map_err(|_| from_is_required())?.0;
    let bytes = app
        .run_blocking(move |app| deltas::between(app, from, to).map_err(ApiError::from))
        .await?;
    let tag = format!("delta-{from}-{to}");
    Ok(range::respond(
        &headers,
        "application/zstd",
        &tag,
        bytes.ok_or_else(missing)?.into(),
    ))
}

/// A picture file.
#[utoipa::path(
    get, path = "/v1/pictures/{sha256}", tag = "kiosk", security(("kiosk" = [])),
    params(
        ("sha256" = String, Path, description = "SHA-256 of the file, lower-case hex"),
        ("Range" = Option<String>, Header, description = "`bytes=N-` continues at byte N"),
        ("If-Range" = Option<String>, Header, description = "The ETag of the part that the caller already has"),
    ),
    responses(
        (status = 200, description = "WebP, at most 8 MiB", body = File, content_type = "image/webp"),
        (status = 206, description = "The requested part", body = File, content_type = "image/webp"),
        (status = 304, description = "`If-None-Match` is its ETag"),
        (status = 416, description = "`range`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn picture(
    State(app): AppState,
    _: KioskId,
    headers: HeaderMap,
    Path(sha256): Path<String>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::not_found("No picture has this SHA-256.");
    let tag = sha256.clone();
    let bytes = app
        .run_blocking(move |app| app.store.picture(&sha256).map_err(ApiError::from))
        .await?;
    Ok(range::respond(
        &headers,
        "image/webp",
        &tag,
        bytes.ok_or_else(missing)?.into(),
    ))
}
