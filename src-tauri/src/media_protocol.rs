//! The `media:` protocol: `media://localhost/<sha256>` returns the picture with this hash. It serves only pictures.

use expo_kiosk_core::Kiosk;
use std::sync::Arc;
use tauri::http::{Request, Response, StatusCode, header};

/// Handles a request for a picture.
pub fn respond(kiosk: &Arc<Kiosk>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let hash = request.uri().path().trim_start_matches('/');
    let picture = kiosk.picture(hash);
    let status = if picture.is_some() {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    };
    let response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "image/webp")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(picture.unwrap_or_default());
    response.unwrap_or_default()
}
