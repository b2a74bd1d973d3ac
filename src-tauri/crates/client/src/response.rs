//! Checks and reads HTTP responses: protocol header, status, content type and size limit. A body is read only after the
//! protocol header shows that the response comes from the platform, and never beyond the limit.
//! Must not know: which endpoint is called or why.

use crate::transport::{self, server_error};
use expo_protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION, Problem};
use expo_sync::{ChunkSink, PlatformError, SyncError};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_RANGE, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Maximum size of a JSON response.
const MAX_JSON_BYTES: u64 = 1024 * 1024;

/// Content type that a body must have.
#[derive(Debug, Clone, Copy)]
pub enum ContentType {
    Json,
    Zstd,
    Webp,
}

/// Sends a request and parses the JSON of a successful response.
pub async fn send_for_json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, PlatformError> {
    parse_json(send(request).await?).await
}

/// Sends a request and parses the JSON of a successful response; `None` for status 204.
pub async fn send_for_optional_json<T: DeserializeOwned>(
    request: RequestBuilder,
) -> Result<Option<T>, PlatformError> {
    let response = send(request).await?;
    if response.status() == StatusCode::NO_CONTENT {
        return Ok(None);
    }
    parse_json(response).await.map(Some)
}

async fn parse_json<T: DeserializeOwned>(response: Response) -> Result<T, PlatformError> {
    check_content_type(&response, ContentType::Json)?;
    let body = read_body(response, MAX_JSON_BYTES).await?;
    serde_json::from_slice(&body)
        .map_err(|e| server_error(format!("the response does not match the protocol: {e}")))
}

/// Sends a request and returns its response if it comes from the platform and has a success status.
pub async fn send(request: RequestBuilder) -> Result<Response, PlatformError> {
    let response = request.send().await.map_err(transport::to_platform_error)?;
    let status = response.status();
    let captive = |reason: &str| Err(PlatformError::Captive(reason.to_owned()));
    if status.is_redirection() {
        return captive("a redirect to another page");
    }
    if status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
        return captive("the network requires a login");
    }
    match response
        .headers()
        .get(PROTOCOL_HEADER)
        .map(reqwest::header::HeaderValue::as_bytes)
    {
        Some(version) if version == PROTOCOL_VERSION.as_bytes() => {}
        Some(_) => return Err(PlatformError::UpgradeRequired),
        // A login page cannot present a valid certificate, so this response comes from a gateway of the platform.
        None if response.url().scheme() == "https" && is_gateway_error(status) => {}
        None => return captive("a response without the protocol header"),
    }
    if status.is_success() {
        Ok(response)
    } else {
        Err(error_of(response).await)
    }
}

fn is_gateway_error(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

async fn error_of(response: Response) -> PlatformError {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    match status {
        401 | 403 => return PlatformError::Unauthorized { status },
        426 => return PlatformError::UpgradeRequired,
        429 => return PlatformError::RateLimited { retry_after },
        _ => {}
    }
    let problem = parse_problem(response).await;
    match problem {
        Some(Problem { kind, detail, .. }) if (400..500).contains(&status) && status != 408 => {
            PlatformError::Refused {
                status,
                code: problem_code(&kind),
                detail: sanitize_detail(&detail),
            }
        }
        None if (400..500).contains(&status) && status != 408 => PlatformError::Refused {
            status,
            code: "unknown".to_owned(),
            detail: String::new(),
        },
        problem => {
            let code = problem.map_or_else(String::new, |problem| {
                format!(", {}", problem_code(&problem.kind))
            });
            PlatformError::Server {
                detail: format!("status {status}{code}"),
                retry_after,
            }
        }
    }
}

async fn parse_problem(response: Response) -> Option<Problem> {
    let body = read_body(response, MAX_JSON_BYTES).await.ok()?;
    serde_json::from_slice(&body).ok()
}

/// The code after the last `#` of a problem type, reduced to characters that are safe in logs.
fn problem_code(kind: &str) -> String {
    let code = kind.rsplit('#').next().unwrap_or_default();
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(40)
        .collect()
}

/// Removes control characters and cuts the text to 200 characters.
fn sanitize_detail(detail: &str) -> String {
    detail.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// `Retry-After` in seconds or as a date. A date is compared with the `Date` of the response, because the kiosk's clock
/// may be wrong.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(text)?;
    let now = headers
        .get(DATE)
        .and_then(|date| http_date(date.to_str().ok()?))
        .unwrap_or_else(Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

fn http_date(text: &str) -> Option<Timestamp> {
    // HTTP dates are RFC 2822 dates in GMT.
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// Checks the content type: a login page that copies the protocol header still sends HTML.
pub fn check_content_type(response: &Response, expected: ContentType) -> Result<(), PlatformError> {
    let value = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = value
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let matches = match expected {
        ContentType::Json => kind == "application/json",
        ContentType::Zstd => kind == "application/zstd",
        ContentType::Webp => kind == "image/webp",
    };
    if matches {
        Ok(())
    } else {
        Err(PlatformError::Captive(
            "a response with another content type".to_owned(),
        ))
    }
}

/// Whether the body begins at byte `from`, as the request asked.
pub fn resumes_at(response: &Response, from: u64) -> bool {
    let range = response
        .headers()
        .get(CONTENT_RANGE)
        .and_then(|value| value.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_some_and(|range| range.starts_with(&format!("bytes {from}-")))
}

/// Passes the body to `take` in chunks, each with its offset in the file. The first offset is `from`; the file may have
/// at most `max` bytes.
pub async fn stream_body(
    mut response: Response,
    from: u64,
    max: u64,
    take: &mut ChunkSink<'_>,
) -> Result<(), SyncError> {
    let too_long = || server_error(format!("the response is longer than {max} bytes"));
    let remaining = max.saturating_sub(from);
    if response.content_length().is_some_and(|length| length > remaining) {
        return Err(too_long().into());
    }
    let mut offset = from;
    while let Some(chunk) = response.chunk().await.map_err(transport::to_platform_error)? {
        if offset + chunk.len() as u64 > max {
            return Err(too_long().into());
        }
        take(offset, &chunk)?;
        offset += chunk.len() as u64;
    }
    Ok(())
}

/// Reads the complete body, at most `max` bytes.
pub async fn read_body(mut response: Response, max: u64) -> Result<Vec<u8>, PlatformError> {
    let too_long = || server_error(format!("the response is longer than {max} bytes"));
    if response.content_length().is_some_and(|length| length > max) {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(transport::to_platform_error)? {
        if (bytes.len() + chunk.len()) as u64 > max {
            return Err(too_long());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
