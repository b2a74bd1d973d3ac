//! The HTTP side of the contract. Every answer carries the protocol header, errors included: it is how a kiosk tells
//! the platform from a login page. Bodies are bounded in size and time. Nothing of a body is ever logged.

mod batch;
mod handlers;
mod problem;
mod range;

use crate::keys::Keys;
use crate::store::Store;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use problem::Refusal;
use protocol::{MAX_BATCH_BYTES, PROTOCOL_HEADER, PROTOCOL_VERSION};
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Longest time for a body to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Longest time for answers under way when the platform stops.
const GRACE: Duration = Duration::from_secs(10);
/// A body is never larger than a batch, plus a little that compression may add.
const MAX_BODY_BYTES: usize = MAX_BATCH_BYTES + 4096;

/// What every request may use.
pub struct App {
    /// The store.
    pub store: Store,
    /// The keys.
    pub keys: Keys,
}

impl App {
    /// Runs work that blocks on a thread of its own.
    async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = Arc::clone(self);
        let failed = |_| {
            let detail = "Send it again later.";
            Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "fault",
                "The platform has a fault.",
                detail,
            )
        };
        tokio::task::spawn_blocking(move || work(&app))
            .await
            .map_err(failed)?
    }
}

/// Answers until `shutdown` is ready, then finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async move {
        shutdown.await;
        stopping.send(()).ok();
    };
    let serving = axum::serve(listener, router(app)).with_graceful_shutdown(shutdown);
    let too_long = async {
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = serving.into_future() => result,
        () = too_long => Ok(()),
    }
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/probe", get(handlers::probe))
        .route("/v1/enrolments", post(handlers::enrol))
        .route("/v1/leads", post(handlers::leads))
        .route("/v1/heartbeat", post(handlers::heartbeat))
        .route("/v1/catalogue/checkpoint", get(handlers::checkpoint))
        .route("/v1/catalogue/{version}/snapshot", get(handlers::snapshot))
        .route("/v1/pictures/{sha256}", get(handlers::picture))
        .route("/healthz", get(handlers::health))
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
        .layer(axum::middleware::map_response(speak_protocol))
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

/// A whole body within the limits.
struct Body(Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let reading = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES);
        let title = "The request came too slowly.";
        let slow = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "slow", title, "Send it again.");
        let too_large =
            |_| Refusal::too_large(format!("A body is at most {MAX_BODY_BYTES} bytes, and whole."));
        let bytes = tokio::time::timeout(BODY_TIME, reading)
            .await
            .map_err(slow)?
            .map_err(too_large)?;
        Ok(Self(bytes.to_vec()))
    }
}

/// The kiosk that the request's token belongs to.
struct Kiosk(String);

impl FromRequestParts<Arc<App>> for Kiosk {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(|header| header.strip_prefix("Bearer "))
            .map(str::to_owned);
        let token = token.ok_or_else(Refusal::unauthorized)?;
        let kiosk = app
            .work(move |app| app.store.kiosk_of(&token).map_err(Refusal::from))
            .await?;
        kiosk.map(Self).ok_or_else(Refusal::unauthorized)
    }
}
