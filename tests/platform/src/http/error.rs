//! Errors as RFC 9457 problem documents with stable codes. Details never hold what was sent.

use crate::store::{EnrolmentError, StoreError};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use protocol::Problem;
use std::io::Write;

/// A refusal or a fault, ready to be answered.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    retry_after: Option<u32>,
}

impl Refusal {
    /// A refusal with a status, a stable code, a sentence for every occurrence and one for this one.
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

    /// Asks to wait, in seconds.
    pub const fn after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// No such thing here.
    pub fn not_found(detail: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing here.",
            detail,
        )
    }

    /// The body cannot be understood.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The request cannot be understood.",
            detail,
        )
    }

    /// The body is too large.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "The request is too large.",
            detail,
        )
    }

    /// The head is too long.
    pub fn head_too_large(most: usize) -> Self {
        Self::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "too_large",
            "The request is too large.",
            format!("A head is at most {most} bytes."),
        )
    }

    /// Too many requests; `wait` until the next one.
    pub fn too_fast(wait: std::time::Duration) -> Self {
        let detail = "Send fewer requests, and the next one after what Retry-After says.";
        let title = "Too many requests.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_fast", title, detail)
            .after(wait.as_secs_f64().ceil().max(1.0) as u32)
    }

    /// No or a wrong token.
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

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        // The caller learns that it is our fault; our own log says which.
        writeln!(std::io::stderr(), "fault: {error}").ok();
        let detail = "Nothing of the request was kept; send it again later.";
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store",
            "The platform cannot store now.",
            detail,
        )
        .after(5)
    }
}

impl From<EnrolmentError> for Refusal {
    fn from(error: EnrolmentError) -> Self {
        let detail = error.to_string();
        let refuse = |status, code, title| Self::new(status, code, title, detail);
        match error {
            EnrolmentError::Unknown => refuse(
                StatusCode::NOT_FOUND,
                "code_unknown",
                "The enrolment code is not known.",
            ),
            EnrolmentError::Used => refuse(StatusCode::CONFLICT, "code_used", "The enrolment code was used."),
            EnrolmentError::Expired => {
                refuse(StatusCode::GONE, "code_expired", "The enrolment code is too old.")
            }
            EnrolmentError::TooMany => refuse(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_codes",
                "Too many wrong codes were tried.",
            )
            .after(600),
            EnrolmentError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Refusal {
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
