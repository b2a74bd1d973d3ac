//! HTTP client of the suite: sends any request, well-formed or not. Checks here what must hold for every answer.

use expo_protocol::{
    CHECKPOINT_FORMAT, Configuration, EnrolmentReply, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat,
    HeartbeatReply, LeadBatch, LeadReceipts, PROTOCOL_HEADER, PROTOCOL_VERSION, Problem, SignedCheckpoint,
};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Time limit for one answer.
const RESPONSE_TIMEOUT: Duration = Duration::from_mins(1);
/// A text contained in some requests. An error answer must not repeat it.
pub const ECHO_MARKER: &str = "zzMARKzz";

/// A requirement that is not met, or a request that could not be made; a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CheckError(pub String);

/// Returns a [`CheckError`] with a formatted sentence unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err($crate::CheckError(format!($($message)+)));
        }
    };
}

/// A platform, seen by a kiosk with a token or by a caller without one.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    /// Violations of the rules that hold for every answer.
    general_faults: Arc<Mutex<BTreeSet<String>>>,
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// HTTP headers.
    pub headers: HeaderMap,
    /// The body, unchanged.
    pub body: Vec<u8>,
}

impl Api {
    /// A caller without a token. `ca_file` is a PEM certificate to trust instead of the system's.
    pub fn new(url: &str, ca_file: Option<&Path>) -> Result<Self, CheckError> {
        // Fails only when a provider is already installed, which is fine.
        rustls::crypto::ring::default_provider().install_default().ok();
        let fault = |e: &dyn std::fmt::Display| CheckError(format!("the HTTP client cannot be created: {e}"));
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(RESPONSE_TIMEOUT);
        if let Some(path) = ca_file {
            let pem = std::fs::read(path).map_err(|e| fault(&e))?;
            let certificate = reqwest::Certificate::from_pem(&pem).map_err(|e| fault(&e))?;
            builder = builder.tls_certs_only([certificate]);
        }
        Ok(Self {
            http: builder.build().map_err(|e| fault(&e))?,
            base: url.trim_end_matches('/').to_owned(),
            token: None,
            general_faults: Arc::default(),
        })
    }

    /// The same platform, called with a token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// Violations so far of the rules that hold for every answer.
    pub fn general_faults(&self) -> Vec<String> {
        let faults = self.general_faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.iter().cloned().collect()
    }

    /// Sends a request.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, CheckError> {
        let endpoint = format!("{method} {}", path.split('?').next().unwrap_or(path));
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let no_answer = |e: reqwest::Error| {
            CheckError(format!(
                "{endpoint}: no answer: {}",
                with_causes(&e.without_url())
            ))
        };
        let response = request.send().await.map_err(no_answer)?;
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.map_err(no_answer)?.to_vec(),
        };
        let is_in_contract = path.starts_with("/v1/") || path == "/healthz";
        if let Some(fault) = answer.general_fault().filter(|_| is_in_contract) {
            let mut faults = self.general_faults.lock().unwrap_or_else(PoisonError::into_inner);
            faults.insert(format!("{endpoint} with status {}: {fault}", answer.status));
        }
        Ok(answer)
    }

    /// Sends a GET request.
    pub async fn get(&self, path: &str) -> Result<Answer, CheckError> {
        self.request(Method::GET, path, &[], None).await
    }

    /// Posts a value as JSON.
    pub async fn post(&self, path: &str, document: &(impl Serialize + Sync)) -> Result<Answer, CheckError> {
        let body = serde_json::to_vec(document).map_err(|e| CheckError(e.to_string()))?;
        self.post_bytes(path, body).await
    }

    /// Posts bytes declared as JSON.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Result<Answer, CheckError> {
        let json = [("content-type", "application/json")];
        self.request(Method::POST, path, &json, Some(body)).await
    }

    /// Enrols with a code.
    pub async fn enrol(&self, code: &str) -> Result<EnrolmentReply, CheckError> {
        let request = EnrolmentRequest {
            code: code.to_owned(),
            program: "contract".to_owned(),
        };
        self.post("/v1/enrolments", &request).await?.document(201)
    }

    /// Sends leads.
    pub async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, CheckError> {
        self.post("/v1/leads", batch).await?.document(200)
    }

    /// Sends a heartbeat.
    pub async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, CheckError> {
        self.post("/v1/heartbeat", report).await?.document(200)
    }

    /// The signed checkpoint; `None` if nothing is published.
    pub async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, CheckError> {
        self.get(&format!("/v1/catalogue/checkpoint?format={CHECKPOINT_FORMAT}"))
            .await?
            .document_or_none()
    }

    /// The newest configuration; `None` if there is none.
    pub async fn configuration(&self) -> Result<Option<Configuration>, CheckError> {
        self.get("/v1/configuration").await?.document_or_none()
    }

    /// Erasures with a number greater than `after`.
    pub async fn erasures(&self, after: u64) -> Result<Erasures, CheckError> {
        let path = format!("/v1/erasures?after={after}");
        self.get(&path).await?.document(200)
    }

    /// Reports erasures as done.
    pub async fn erasures_done(&self, done: &[u64]) -> Result<(), CheckError> {
        let done = ErasuresDone { done: done.to_vec() };
        let answer = self.post("/v1/erasures", &done).await?;
        answer.document::<serde_json::Value>(200).map(|_| ())
    }

    /// The complete body of a file.
    pub async fn file(&self, path: &str) -> Result<Vec<u8>, CheckError> {
        let answer = self.get(path).await?;
        ensure!(
            answer.status == 200,
            "GET {path}: status {} instead of 200",
            answer.status
        );
        Ok(answer.body)
    }
}

impl Answer {
    /// A header as text; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The JSON document of an answer that must have this status.
    pub fn document<T: DeserializeOwned>(&self, status: u16) -> Result<T, CheckError> {
        ensure!(
            self.status == status,
            "status {} instead of {status}{}",
            self.status,
            self.problem_summary()
        );
        let kind = self.header("content-type");
        ensure!(
            kind.starts_with("application/json"),
            "a JSON document has the content type {kind:?}"
        );
        serde_json::from_slice(&self.body)
            .map_err(|e| CheckError(format!("the document has another shape: {e}")))
    }

    /// The JSON document of a 200; `None` for a 204.
    pub fn document_or_none<T: DeserializeOwned>(&self) -> Result<Option<T>, CheckError> {
        if self.status == 204 {
            return Ok(None);
        }
        self.document(200).map(Some)
    }

    /// Checks that the answer is a problem document with this status and code.
    pub fn expect_problem(&self, status: u16, code: &str) -> Result<(), CheckError> {
        let found = self
            .problem()
            .map(|problem| code_of(&problem))
            .unwrap_or_default();
        ensure!(
            self.status == status && found == code,
            "status {} with code {found:?} instead of {status} {code:?}",
            self.status
        );
        Ok(())
    }

    /// The code of a problem document; empty if the answer is none.
    pub fn code(&self) -> String {
        self.problem()
            .map(|problem| code_of(&problem))
            .unwrap_or_default()
    }

    fn problem(&self) -> Option<Problem> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The code and detail of a problem document, in parentheses.
    fn problem_summary(&self) -> String {
        self.problem()
            .map(|problem| format!(" ({}: {})", code_of(&problem), problem.detail))
            .unwrap_or_default()
    }

    /// The rule for every answer that this one violates, if it does.
    fn general_fault(&self) -> Option<String> {
        if self.header(PROTOCOL_HEADER) != PROTOCOL_VERSION {
            return Some(format!("no header {PROTOCOL_HEADER}: {PROTOCOL_VERSION}"));
        }
        if self.status < 400 {
            return None;
        }
        if self.status >= 500 {
            return Some("the platform failed internally".to_owned());
        }
        if !self
            .header("content-type")
            .starts_with("application/problem+json")
        {
            return Some("an error without the content type application/problem+json".to_owned());
        }
        let Some(problem) = self.problem() else {
            return Some("a problem document without type, title, status or detail".to_owned());
        };
        if problem.status != self.status || code_of(&problem).is_empty() {
            return Some("a problem document with a different status, or without a code after #".to_owned());
        }
        let text = String::from_utf8_lossy(&self.body);
        text.contains(ECHO_MARKER)
            .then(|| "a problem document that repeats the request".to_owned())
    }
}

fn code_of(problem: &Problem) -> String {
    problem
        .kind
        .rsplit_once('#')
        .map_or_else(String::new, |(_, code)| code.to_owned())
}

/// An error followed by its causes.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
