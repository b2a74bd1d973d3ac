//! The HTTP side of the contract. Every answer carries the protocol header, errors included: it is how a kiosk tells
//! the platform from a login page. Bodies are bounded in size and time. Nothing of a body is ever logged.

mod batch;
mod guard;
mod handlers;
mod limits;
mod metrics;
pub mod openapi;
mod overview;
mod problem;
mod range;
mod serve;

pub use batch::open_record;
pub use limits::Limits;
pub use metrics::Metrics;
pub use serve::serve;

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{get, post};
use problem::Refusal;
use protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION};
use std::sync::Arc;

impl App {
    /// Runs work that blocks on a thread of its own.
    async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = Arc::clone(self);
        let failed = |_| {
            let detail = "Send it again later.";
            let title = "The platform has a fault.";
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", title, detail)
        };
        tokio::task::spawn_blocking(move || work(&app))
            .await
            .map_err(failed)?
    }
}

fn router(app: Arc<App>) -> Router {
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
        .fallback(async || Refusal::not_found("See docs/sync.md for what there is."))
        .method_not_allowed_fallback(async || {
            let detail = "See docs/sync.md for the methods.";
            Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "This is not done here.",
                detail,
            )
        })
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(&app), guard::limit_strangers))
        .layer(from_fn(guard::limit_heads))
        .layer(from_fn_with_state(Arc::clone(&app), metrics::measure))
        .layer(map_response(speak_protocol))
        .with_state(app)
}

async fn speak_protocol(mut response: Response) -> Response {
    let name = HeaderName::from_bytes(PROTOCOL_HEADER.as_bytes());
    if let Ok(name) = name {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(PROTOCOL_VERSION));
    }
    response
}
