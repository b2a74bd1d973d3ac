//! Files that never change, whole or from a byte on (RFC 9110, one range).

use super::problem::Refusal;
use axum::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// The file, or the part that is asked for.
pub fn respond(headers: &HeaderMap, kind: &'static str, mut bytes: Vec<u8>) -> Result<Response, Refusal> {
    let common = [
        (CONTENT_TYPE, kind),
        (ACCEPT_RANGES, "bytes"),
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    let asked = headers
        .get(RANGE)
        .and_then(|value| value.to_str().ok())
        .and_then(parse);
    let Some((first, last)) = asked else {
        return Ok((common, bytes).into_response());
    };
    let length = bytes.len();
    let last = last.unwrap_or(usize::MAX).min(length.saturating_sub(1));
    if first > last || first >= length {
        let detail = format!("The file has {length} bytes.");
        let title = "There is no such part.";
        return Err(Refusal::new(
            StatusCode::RANGE_NOT_SATISFIABLE,
            "range",
            title,
            detail,
        ));
    }
    bytes.truncate(last + 1);
    let part = bytes.split_off(first);
    let range = [(CONTENT_RANGE, format!("bytes {first}-{last}/{length}"))];
    Ok((StatusCode::PARTIAL_CONTENT, common, range, part).into_response())
}

/// `bytes=FIRST-` or `bytes=FIRST-LAST`; anything else is answered whole, as the standard allows.
fn parse(range: &str) -> Option<(usize, Option<usize>)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = if last.is_empty() {
        None
    } else {
        Some(last.parse().ok()?)
    };
    Some((first.parse().ok()?, last))
}
