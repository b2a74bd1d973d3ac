//! The overview for headquarters: kiosks, leads and visits by stop and day, as JSON and as a page. It contains no personal data.

mod figures;
mod french;
mod page;
mod visits;

use super::auth::OverviewReader;
use super::error::ApiError;
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::{Html, IntoResponse, Response};
use figures::Overview;
use jiff::Timestamp;
use std::sync::Arc;

/// The page contains its own style; nothing else may be loaded or run.
const PAGE_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The overview as JSON.
#[utoipa::path(
    get, path = "/overview.json", tag = "headquarters", security(("overview" = []), ("overview_browser" = [])),
    responses((status = 200, description = "Kiosks, leads and visits by stop and day", body = Overview))
)]
pub async fn figures(_: OverviewReader, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let overview = app
        .run_blocking(|app| Ok(Overview::read(&app.store, Timestamp::now())?))
        .await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(overview)).into_response())
}

/// The overview as a page, in French.
#[utoipa::path(
    get, path = "/overview", tag = "headquarters", security(("overview" = []), ("overview_browser" = [])),
    responses((status = 200, description = "The same as HTML", body = String, content_type = "text/html"))
)]
pub async fn page(_: OverviewReader, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let overview = app
        .run_blocking(|app| Ok(Overview::read(&app.store, Timestamp::now())?))
        .await?;
    let headers = [
        (CONTENT_SECURITY_POLICY, PAGE_SECURITY_POLICY),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, Html(page::document(&overview).into_string())).into_response())
}
