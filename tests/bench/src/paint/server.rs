//! The server behind the windows in Chromium: the same built pages and use cases, over local HTTP.

use crate::{Failure, print_text};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Part, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use expo_kiosk_core::views::{ExploreQuery, Lang};
use expo_kiosk_core::{Kiosk, KioskError, LinuxMachine};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Replaces the bridge that the shell injects into its pages.
const BRIDGE: &str = "<script>window.__TAURI_INTERNALS__ = { invoke: async (command, args) => {
    const answer = await fetch('/call/' + command, { method: 'POST', body: JSON.stringify(args) });
    const value = await answer.json();
    if (!answer.ok) throw value;
    return value;
} };</script>";

/// Serves the data folder until killed; prints its address first.
pub fn serve(data: &Path) -> Result<(), Failure> {
    let kiosk = Arc::new(Kiosk::open(data, Arc::new(LinuxMachine::default()))?);
    tokio::runtime::Runtime::new()?.block_on(async {
        let routes = Router::new()
            .route("/call/{command}", post(call))
            .route("/media/{hash}", get(picture))
            .fallback(page)
            .with_state(kiosk);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        print_text(&format!("http://{}/index.html\n", listener.local_addr()?));
        Ok(axum::serve(listener, routes).await?)
    })
}

async fn call(State(kiosk): State<Arc<Kiosk>>, Part(command): Part<String>, body: Bytes) -> Response {
    let result = tokio::task::spawn_blocking(move || answer(&kiosk, &command, &body)).await;
    if let Ok(Ok(value)) = result {
        axum::Json(value).into_response()
    } else {
        let error = serde_json::json!({ "code": "internal", "params": {}, "fields": [] });
        (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(error)).into_response()
    }
}

/// The commands needed to open the list.
fn answer(kiosk: &Kiosk, command: &str, body: &[u8]) -> Result<Value, Failure> {
    #[derive(Deserialize)]
    struct Arguments {
        lang: Option<Lang>,
        query: Option<ExploreQuery>,
    }
    let Arguments { lang, query } = serde_json::from_slice(body)?;
    let value = match (command, query) {
        ("visitor_boot", _) => serde_json::to_value(kiosk.boot(lang)?),
        ("explore", Some(query)) => serde_json::to_value(kiosk.explore(&query)?),
        _ => return Err(KioskError::Internal(format!("{command} is not served")).into()),
    };
    Ok(value?)
}

async fn picture(State(kiosk): State<Arc<Kiosk>>, Part(hash): Part<String>) -> Response {
    match tokio::task::spawn_blocking(move || kiosk.picture(&hash)).await {
        Ok(Some(bytes)) => (
            [
                (header::CONTENT_TYPE, "image/webp"),
                (header::CACHE_CONTROL, "no-store"),
            ],
            bytes,
        )
            .into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn page(uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let path: PathBuf = folder.join(name);
    if name.contains("..") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(bytes) = tokio::fs::read(&path).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let content_type = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let bytes = match (content_type.split(';').next(), String::from_utf8(bytes)) {
        (Some("text/html"), Ok(text)) => text
            .replacen("<head>", &format!("<head>{BRIDGE}"), 1)
            .into_bytes(),
        (Some("text/javascript"), Ok(text)) => text.replace("media://localhost/", "/media/").into_bytes(),
        (_, Ok(text)) => text.into_bytes(),
        (_, Err(other)) => other.into_bytes(),
    };
    ([(header::CONTENT_TYPE, content_type)], bytes).into_response()
}
