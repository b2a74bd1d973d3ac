//! What an answer means: is it the platform's, is it good, and what does it hold. Nothing is read before the header
//! says that it is the platform that speaks, and never more than the limit.

use crate::{MAX_JSON_BYTES, fault, transport};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION, Problem};
use reqwest::header::{CONTENT_RANGE, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;
use sync::{PlatformError, SyncError, Take};

/// What the body must be.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    Json,
    Zstd,
    Picture,
}

/// Sends a request and reads the JSON of a good answer.
pub async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, PlatformError> {
    parse(checked(request).await?).await
}

/// Sends a request and reads the JSON of a good answer; `None` when there is nothing to tell (204).
pub async fn json_or_nothing<T: DeserializeOwned>(
    request: RequestBuilder,
) -> Result<Option<T>, PlatformError> {
    let response = checked(request).await?;
    if response.status() == StatusCode::NO_CONTENT {
        return Ok(None);
    }
    parse(response).await.map(Some)
}

/// Reads the JSON of an answer.
async fn parse<T: DeserializeOwned>(response: Response) -> Result<T, PlatformError> {
    expect(&response, Expected::Json)?;
    let body = read(response, MAX_JSON_BYTES).await?;
    serde_json::from_slice(&body).map_err(|e| fault(format!("an answer is not what was agreed: {e}")))
}

/// Sends a request and returns its answer if it is the platform's and good.
pub async fn checked(request: RequestBuilder) -> Result<Response, PlatformError> {
    let response = request.send().await.map_err(transport::error)?;
    let status = response.status();
    let captive = |what: &str| Err(PlatformError::Captive(what.to_owned()));
    if status.is_redirection() {
        return captive("it redirects to another page");
    }
    if status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
        return captive("the network asks to log in");
    }
    match response
        .headers()
        .get(PROTOCOL_HEADER)
        .map(reqwest::header::HeaderValue::as_bytes)
    {
        Some(version) if version == PROTOCOL_VERSION.as_bytes() => {}
        Some(_) => return Err(PlatformError::UpgradeRequired),
        // Behind a certificate that holds no login page can speak: it is a gateway of the platform's own.
        None if response.url().scheme() == "https" && is_gateway_trouble(status) => {}
        None => return captive("an answer without the platform's header"),
    }
    if status.is_success() {
        Ok(response)
    } else {
        Err(refusal(response).await)
    }
}

fn is_gateway_trouble(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

async fn refusal(response: Response) -> PlatformError {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    match status {
        401 | 403 => return PlatformError::Unauthorized { status },
        426 => return PlatformError::UpgradeRequired,
        429 => return PlatformError::RateLimited { retry_after },
        _ => {}
    }
    let problem = problem(response).await;
    match problem {
        Some(Problem { kind, detail, .. }) if (400..500).contains(&status) && status != 408 => {
            PlatformError::Refused {
                status,
                code: code(&kind),
                detail: short(&detail),
            }
        }
        None if (400..500).contains(&status) && status != 408 => PlatformError::Refused {
            status,
            code: "unknown".to_owned(),
            detail: String::new(),
        },
        problem => {
            let code = problem.map_or_else(String::new, |problem| format!(", {}", code(&problem.kind)));
            PlatformError::Server {
                detail: format!("status {status}{code}"),
                retry_after,
            }
        }
    }
}

async fn problem(response: Response) -> Option<Problem> {
    let body = read(response, MAX_JSON_BYTES).await.ok()?;
    serde_json::from_slice(&body).ok()
}

/// The code after the last `#` of a problem's type, made harmless for logs.
fn code(kind: &str) -> String {
    let code = kind.rsplit('#').next().unwrap_or_default();
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(40)
        .collect()
}

fn short(detail: &str) -> String {
    detail.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// `Retry-After` in seconds or as a date; a date is compared with the answer's own `Date`, because our clock may be wrong.
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
    // HTTP dates are RFC 2822 dates that say GMT.
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// Checks the type of the body: a login page that copies our header still sends HTML.
pub fn expect(response: &Response, expected: Expected) -> Result<(), PlatformError> {
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
    let good = match expected {
        Expected::Json => kind == "application/json",
        Expected::Zstd => kind == "application/zstd",
        Expected::Picture => kind == "image/webp",
    };
    if good {
        Ok(())
    } else {
        Err(PlatformError::Captive("an answer of another kind".to_owned()))
    }
}

/// Whether a download goes on after the bytes that are there.
pub fn continues(response: &Response, have: u64) -> bool {
    let range = response
        .headers()
        .get(CONTENT_RANGE)
        .and_then(|value| value.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_some_and(|range| range.starts_with(&format!("bytes {have}-")))
}

/// Hands the body over piece by piece, with the place of each, beginning at `from`; never beyond `max` bytes in all.
pub async fn stream(
    mut response: Response,
    from: u64,
    max: u64,
    take: &mut Take<'_>,
) -> Result<(), SyncError> {
    let too_long = || fault(format!("an answer is longer than {max} bytes"));
    let room = max.saturating_sub(from);
    if response.content_length().is_some_and(|length| length > room) {
        return Err(too_long().into());
    }
    let mut at = from;
    while let Some(chunk) = response.chunk().await.map_err(transport::error)? {
        if at + chunk.len() as u64 > max {
            return Err(too_long().into());
        }
        take(at, &chunk)?;
        at += chunk.len() as u64;
    }
    Ok(())
}

/// The whole body.
pub async fn read(mut response: Response, max: u64) -> Result<Vec<u8>, PlatformError> {
    let too_long = || fault(format!("an answer is longer than {max} bytes"));
    if response.content_length().is_some_and(|length| length > max) {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(transport::error)? {
        if (bytes.len() + chunk.len()) as u64 > max {
            return Err(too_long());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
