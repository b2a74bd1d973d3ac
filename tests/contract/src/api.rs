//! Asking a platform anything, well-formed or not. What holds for every answer is looked at here, once.

use protocol::{
    Configuration, Enrolled, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch,
    LeadReceipts, PROTOCOL_HEADER, PROTOCOL_VERSION, Problem, SignedCheckpoint,
};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Longest time for an answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// A text that stands in what is sent, and must never come back in a problem's detail.
pub const MARK: &str = "zzMARKzz";

/// Something was not as the contract demands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

/// Fails a check in words unless something holds.
#[macro_export]
macro_rules! demand {
    ($holds:expr, $($words:tt)+) => {
        if !$holds {
            return Err($crate::Fault(format!($($words)+)));
        }
    };
}

/// A platform, as a kiosk or as a stranger.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    /// What was wrong with any answer, whatever was asked.
    general: Arc<Mutex<BTreeSet<String>>>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Api {
    /// A stranger at a platform.
    pub fn new(url: &str, ca_file: Option<&Path>) -> Result<Self, Fault> {
        // Fails only when a provider is there already, which is as good.
        rustls::crypto::ring::default_provider().install_default().ok();
        let fault = |e: &dyn std::fmt::Display| Fault(format!("no client can be made: {e}"));
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE);
        if let Some(path) = ca_file {
            let pem = std::fs::read(path).map_err(|e| fault(&e))?;
            let certificate = reqwest::Certificate::from_pem(&pem).map_err(|e| fault(&e))?;
            builder = builder.tls_certs_only([certificate]);
        }
        Ok(Self {
            http: builder.build().map_err(|e| fault(&e))?,
            base: url.trim_end_matches('/').to_owned(),
            token: None,
            general: Arc::default(),
        })
    }

    /// The same platform, as the bearer of a token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// What was wrong with any answer so far.
    pub fn general_faults(&self) -> Vec<String> {
        let general = self.general.lock().unwrap_or_else(PoisonError::into_inner);
        general.iter().cloned().collect()
    }

    /// Asks.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, Fault> {
        let what = format!("{method} {}", path.split('?').next().unwrap_or(path));
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
        let no_answer =
            |e: reqwest::Error| Fault(format!("{what}: no answer: {}", in_full(&e.without_url())));
        let response = request.send().await.map_err(no_answer)?;
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.map_err(no_answer)?.to_vec(),
        };
        let is_contract = path.starts_with("/v1/") || path == "/healthz";
        if let Some(fault) = answer.general_fault().filter(|_| is_contract) {
            let mut general = self.general.lock().unwrap_or_else(PoisonError::into_inner);
            general.insert(format!("{what} with status {}: {fault}", answer.status));
        }
        Ok(answer)
    }

    /// Asks for something.
    pub async fn get(&self, path: &str) -> Result<Answer, Fault> {
        self.ask(Method::GET, path, &[], None).await
    }

    /// Sends a document.
    pub async fn post(&self, path: &str, document: &(impl Serialize + Sync)) -> Result<Answer, Fault> {
        let body = serde_json::to_vec(document).map_err(|e| Fault(e.to_string()))?;
        self.post_bytes(path, body).await
    }

    /// Sends bytes that are said to be JSON.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Result<Answer, Fault> {
        let json = [("content-type", "application/json")];
        self.ask(Method::POST, path, &json, Some(body)).await
    }

    /// Redeems a code.
    pub async fn enrol(&self, code: &str) -> Result<Enrolled, Fault> {
        let request = EnrolmentRequest {
            code: code.to_owned(),
            program: "contract".to_owned(),
        };
        self.post("/v1/enrolments", &request).await?.document(201)
    }

    /// Sends leads.
    pub async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, Fault> {
        self.post("/v1/leads", batch).await?.document(200)
    }

    /// Reports.
    pub async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, Fault> {
        self.post("/v1/heartbeat", report).await?.document(200)
    }

    /// The signed checkpoint, if anything is published.
    pub async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, Fault> {
        self.get("/v1/catalogue/checkpoint").await?.document_or_none()
    }

    /// The newest configuration, if there is one.
    pub async fn configuration(&self) -> Result<Option<Configuration>, Fault> {
        self.get("/v1/configuration").await?.document_or_none()
    }

    /// Erasures after a number.
    pub async fn erasures(&self, after: u64) -> Result<Erasures, Fault> {
        let path = format!("/v1/erasures?after={after}");
        self.get(&path).await?.document(200)
    }

    /// Erasures that were done.
    pub async fn erasures_done(&self, done: &[u64]) -> Result<(), Fault> {
        let done = ErasuresDone { done: done.to_vec() };
        let answer = self.post("/v1/erasures", &done).await?;
        answer.document::<serde_json::Value>(200).map(|_| ())
    }

    /// A file, whole.
    pub async fn file(&self, path: &str) -> Result<Vec<u8>, Fault> {
        let answer = self.get(path).await?;
        demand!(
            answer.status == 200,
            "GET {path}: status {} instead of 200",
            answer.status
        );
        Ok(answer.body)
    }
}

impl Answer {
    /// A header as text, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The JSON document of an answer with this status.
    pub fn document<T: DeserializeOwned>(&self, status: u16) -> Result<T, Fault> {
        demand!(
            self.status == status,
            "status {} instead of {status}{}",
            self.status,
            self.told()
        );
        let kind = self.header("content-type");
        demand!(
            kind.starts_with("application/json"),
            "a JSON document came as {kind:?}"
        );
        serde_json::from_slice(&self.body).map_err(|e| Fault(format!("the document is another: {e}")))
    }

    /// The JSON document of a 200, or nothing of a 204.
    pub fn document_or_none<T: DeserializeOwned>(&self) -> Result<Option<T>, Fault> {
        if self.status == 204 {
            return Ok(None);
        }
        self.document(200).map(Some)
    }

    /// Demands a refusal with a status and a code.
    pub fn refused(&self, status: u16, code: &str) -> Result<(), Fault> {
        let found = self
            .problem()
            .map(|problem| code_of(&problem))
            .unwrap_or_default();
        demand!(
            self.status == status && found == code,
            "status {} with code {found:?} instead of {status} {code:?}",
            self.status
        );
        Ok(())
    }

    /// The code of a problem document, or nothing.
    pub fn code(&self) -> String {
        self.problem()
            .map(|problem| code_of(&problem))
            .unwrap_or_default()
    }

    fn problem(&self) -> Option<Problem> {
        serde_json::from_slice(&self.body).ok()
    }

    fn told(&self) -> String {
        self.problem()
            .map(|problem| format!(" ({}: {})", code_of(&problem), problem.detail))
            .unwrap_or_default()
    }

    /// What no answer may be, whatever was asked.
    fn general_fault(&self) -> Option<String> {
        if self.header(PROTOCOL_HEADER) != PROTOCOL_VERSION {
            return Some(format!("no header {PROTOCOL_HEADER}: {PROTOCOL_VERSION}"));
        }
        if self.status < 400 {
            return None;
        }
        if self.status >= 500 {
            return Some("a fault of the platform".to_owned());
        }
        if !self
            .header("content-type")
            .starts_with("application/problem+json")
        {
            return Some("an error that is no application/problem+json".to_owned());
        }
        let Some(problem) = self.problem() else {
            return Some("a problem document without type, title, status or detail".to_owned());
        };
        if problem.status != self.status || code_of(&problem).is_empty() {
            return Some("a problem document with another status, or without a code after #".to_owned());
        }
        let text = String::from_utf8_lossy(&self.body);
        text.contains(MARK)
            .then(|| "a problem document that repeats what was sent".to_owned())
    }
}

fn code_of(problem: &Problem) -> String {
    problem
        .kind
        .rsplit_once('#')
        .map_or_else(String::new, |(_, code)| code.to_owned())
}

/// An error with what caused it.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
