//! The catalogue: checkpoint, snapshots, changes, pictures.

use super::Shared;
use crate::deltas;
use crate::http::guard::Kiosk;
use crate::http::openapi::shapes;
use crate::http::problem::Refusal;
use crate::http::range;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// The newest version, signed.
#[utoipa::path(
    get, path = "/v1/catalogue/checkpoint", tag = "kiosk", security(("kiosk" = [])),
    responses(
        (status = 200, description = "Byte for byte as it was signed", body = shapes::SignedCheckpoint),
        (status = 204, description = "Nothing is published"),
    )
)]
pub async fn checkpoint(State(app): Shared, _: Kiosk) -> Result<Response, Refusal> {
    let signed = app
        .work(|app| app.store.checkpoint().map_err(Refusal::from))
        .await?;
    Ok(signed.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |signed| Json(signed).into_response(),
    ))
}

/// All rows of a version, NDJSON packed with zstd.
#[utoipa::path(
    get, path = "/v1/catalogue/{version}/snapshot", tag = "kiosk", security(("kiosk" = [])),
    params(
        ("version" = u64, Path, description = "Version"),
        ("Range" = Option<String>, Header, description = "`bytes=N-` goes on from byte N"),
        ("If-Range" = Option<String>, Header, description = "The ETag of what is there already"),
    ),
    responses(
        (status = 200, description = "As long as the checkpoint says", body = shapes::File, content_type = "application/zstd"),
        (status = 206, description = "The part that was asked for", body = shapes::File, content_type = "application/zstd"),
        (status = 304, description = "`If-None-Match` names it"),
        (status = 416, description = "`range`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
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
    let bytes = bytes.ok_or_else(missing)?;
    let tag = format!("snapshot-{version}");
    Ok(range::respond(&headers, "application/zstd", &tag, bytes))
}

#[derive(Deserialize)]
pub struct DeltaQuery {
    from: u64,
}

/// Changes from an older version to the newest: a plan, and its values packed against the older rows that it touches.
#[utoipa::path(
    get, path = "/v1/catalogue/{version}/delta", tag = "kiosk", security(("kiosk" = [])),
    params(
        ("version" = u64, Path, description = "The newest version"),
        ("from" = u64, Query, description = "The version to start from"),
        ("Range" = Option<String>, Header, description = "`bytes=N-` goes on from byte N"),
        ("If-Range" = Option<String>, Header, description = "The ETag of what is there already"),
    ),
    responses(
        (status = 200, description = "The changes", body = shapes::File, content_type = "application/zstd"),
        (status = 206, description = "The part that was asked for", body = shapes::File, content_type = "application/zstd"),
        (status = 304, description = "`If-None-Match` names it"),
        (status = 416, description = "`range`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 400, description = "`malformed`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 404, description = "`no_delta`: take the snapshot", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delta(
    State(app): Shared,
    _: Kiosk,
    headers: HeaderMap,
    Path(to): Path<String>,
    query: Result<Query<DeltaQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let missing = || {
        let detail = "There are changes to the newest version only, from a few before; take the snapshot.";
        Refusal::new(
            StatusCode::NOT_FOUND,
            "no_delta",
            "There is no such delta.",
            detail,
        )
    };
    let to: u64 = to.parse().map_err(|_| missing())?;
    let give_from = || Refusal::malformed("Give the version to start from: /delta?from=…");
    let DeltaQuery { from } = query.map_err(|_| give_from())?.0;
    let bytes = app
        .work(move |app| deltas::between(app, from, to).map_err(Refusal::from))
        .await?;
    let tag = format!("delta-{from}-{to}");
    Ok(range::respond(
        &headers,
        "application/zstd",
        &tag,
        bytes.ok_or_else(missing)?,
    ))
}

/// A picture file.
#[utoipa::path(
    get, path = "/v1/pictures/{sha256}", tag = "kiosk", security(("kiosk" = [])),
    params(
        ("sha256" = String, Path, description = "SHA-256 of the file, lower-case hex"),
        ("Range" = Option<String>, Header, description = "`bytes=N-` goes on from byte N"),
        ("If-Range" = Option<String>, Header, description = "The ETag of what is there already"),
    ),
    responses(
        (status = 200, description = "WebP, at most 8 MiB", body = shapes::File, content_type = "image/webp"),
        (status = 206, description = "The part that was asked for", body = shapes::File, content_type = "image/webp"),
        (status = 304, description = "`If-None-Match` names it"),
        (status = 416, description = "`range`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn picture(
    State(app): Shared,
    _: Kiosk,
    headers: HeaderMap,
    Path(sha256): Path<String>,
) -> Result<Response, Refusal> {
    let missing = || Refusal::not_found("No picture has this SHA-256.");
    let named = sha256.clone();
    let bytes = app
        .work(move |app| app.store.picture(&named).map_err(Refusal::from))
        .await?;
    Ok(range::respond(
        &headers,
        "image/webp",
        &sha256,
        bytes.ok_or_else(missing)?,
    ))
}
