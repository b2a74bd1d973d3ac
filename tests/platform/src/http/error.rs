//! Error responses as RFC 9457 problem documents with stable codes. They never repeat what was sent.

use crate::store::{EnrolmentError, StoreError};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use expo_protocol::Problem;
use std::io::Write;

/// An error response: a problem document with its status and headers.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    retry_after: Option<u32>,
}

impl ApiError {
    /// `code` is stable, `title` is the same for every occurrence, `detail` says what happened this time and what to do.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            title,
            detail: detail.into(),
            retry_after: None,
        }
    }

    /// Adds `Retry-After`, in seconds.
    pub const fn with_retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// 404: nothing exists under this path or identifier.
    pub fn not_found(detail: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "Not found.", detail)
    }

    /// 400: the request cannot be parsed.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The request cannot be parsed.",
            detail,
        )
    }

    /// 413: the body is too large.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "The request is too large.",
            detail,
        )
    }

    /// 431: the head is too long.
    pub fn head_too_large(max_bytes: usize) -> Self {
        Self::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "too_large",
            "The request is too large.",
            format!("A head has at most {max_bytes} bytes."),
        )
    }

    /// 429: too many requests. The next one is accepted after `wait`.
    pub fn too_fast(wait: std::time::Duration) -> Self {
        let detail = "Send fewer requests, and wait as Retry-After says.";
        let title = "Too many requests.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_fast", title, detail)
            .with_retry_after(wait.as_secs_f64().ceil().max(1.0) as u32)
    }

    /// 401: no token, or a wrong one.
    pub fn unauthorized() -> Self {
        let detail =
            "Send the token from enrolment as 'Authorization: Bearer …'; enrol again if it was lost.";
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "This kiosk is not known.",
            detail,
        )
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        // The response does not contain the error; it is only in the log of the platform.
        writeln!(std::io::stderr(), "store error: {error}").ok();
        let detail = "Nothing of the request was stored; send it again later.";
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store",
            "The store is not available.",
            detail,
        )
        .with_retry_after(5)
    }
}

impl From<EnrolmentError> for ApiError {
    fn from(error: EnrolmentError) -> Self {
        let detail = error.to_string();
        let response = |status, code, title| Self::new(status, code, title, detail);
        match error {
            EnrolmentError::Unknown => response(
                StatusCode::NOT_FOUND,
                "code_unknown",
                "The enrolment code is not known.",
            ),
            EnrolmentError::Used => {
                response(StatusCode::CONFLICT, "code_used", "The enrolment code was used.")
            }
            EnrolmentError::Expired => {
                response(StatusCode::GONE, "code_expired", "The enrolment code is too old.")
            }
            EnrolmentError::TooMany => response(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_codes",
                "Too many wrong codes were tried.",
            )
            .with_retry_after(600),
            EnrolmentError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            kind: format!("about:blank#{}", self.code),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
        };
        let mut response = (self.status, axum::Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
