//! Routes and the middleware around them.

use super::error::ApiError;
use super::{handlers, middleware, overview};
use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use std::sync::Arc;

/// All routes of the platform.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/probe", get(handlers::service::probe))
        .route("/v1/enrolments", post(handlers::kiosks::enrol))
        .route("/v1/leads", post(handlers::leads::leads))
        .route("/v1/heartbeat", post(handlers::kiosks::heartbeat))
        .route("/v1/catalogue/checkpoint", get(handlers::catalogue::checkpoint))
        .route(
            "/v1/catalogue/{version}/snapshot",
            get(handlers::catalogue::snapshot),
        )
        .route("/v1/catalogue/{version}/delta", get(handlers::catalogue::delta))
        .route("/v1/pictures/{sha256}", get(handlers::catalogue::picture))
        .route("/v1/configuration", get(handlers::kiosks::configuration))
        .route(
            "/v1/erasures",
            get(handlers::leads::erasures).post(handlers::leads::erasures_done),
        )
        .route("/overview", get(overview::page))
        .route("/overview.json", get(overview::figures))
        .route("/healthz", get(handlers::service::health))
        .route("/metrics", get(handlers::service::metrics))
        .fallback(async || ApiError::not_found("See docs/sync.md for the paths."))
        .method_not_allowed_fallback(async || {
            let detail = "See docs/sync.md for the methods.";
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "This path does not support the method.",
                detail,
            )
        })
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(
            Arc::clone(&app),
            middleware::limit_unauthenticated,
        ))
        .layer(from_fn(middleware::limit_head_size))
        .layer(from_fn_with_state(Arc::clone(&app), middleware::measure))
        .layer(map_response(middleware::add_protocol_header))
        .with_state(app)
}
