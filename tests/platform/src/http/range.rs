//! Immutable files, complete or one byte range (RFC 9110).

use super::error::ApiError;
use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

/// Answers with the file or the requested part of it. `tag` identifies the content and never changes.
pub fn respond(headers: &HeaderMap, kind: &'static str, tag: &str, bytes: Bytes) -> Response {
    let tag = format!("\"{tag}\"");
    let common = [
        (CONTENT_TYPE, kind.to_owned()),
        (ETAG, tag.clone()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if text(IF_NONE_MATCH) == Some(&tag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    // A part of a file that differs from the caller's is useless, so the complete file is sent.
    let is_same_file = text(IF_RANGE).is_none_or(|wanted| wanted == tag);
    let Some((first, last)) = text(RANGE).filter(|_| is_same_file).and_then(parse) else {
        return (common, bytes).into_response();
    };
    let length = bytes.len();
    let last = last.unwrap_or(usize::MAX).min(length.saturating_sub(1));
    if first > last || first >= length {
        let detail = format!("The file has {length} bytes.");
        let title = "The file has no such part.";
        let error = ApiError::new(StatusCode::RANGE_NOT_SATISFIABLE, "range", title, detail);
        return ([(CONTENT_RANGE, format!("bytes */{length}"))], error).into_response();
    }
    let part = bytes.slice(first..=last);
    let range = [(CONTENT_RANGE, format!("bytes {first}-{last}/{length}"))];
    (StatusCode::PARTIAL_CONTENT, common, range, part).into_response()
}

/// Parses `bytes=FIRST-` or `bytes=FIRST-LAST`. For anything else the complete file is sent, as the standard allows.
fn parse(range: &str) -> Option<(usize, Option<usize>)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match last {
        "" => (first.parse().ok()?, None),
        last => (first.parse().ok()?, Some(last.parse().ok()?)),
    };
    last.is_none_or(|last| first <= last).then_some((first, last))
}
