//! The only HTTP of the kiosk: [`sync::Platform`] over `reqwest`. Owns addresses, headers, timeouts, limits and what
//! statuses mean. Must not know when or why a question is asked, nor what a lead holds.

mod answer;
mod transport;

use answer::Expected;
use protocol::{
    Enrolled, EnrolmentRequest, Heartbeat, HeartbeatReply, LeadBatch, LeadReceipts, MAX_PICTURE_BYTES,
    MAX_SNAPSHOT_BYTES, Probe, SignedCheckpoint,
};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, RANGE};
use reqwest::{RequestBuilder, StatusCode, Url};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use sync::PlatformError;

/// Time to reach the platform.
const CONNECT: Duration = Duration::from_secs(7);
/// Time for an answer in JSON.
const ANSWER: Duration = Duration::from_secs(30);
/// Time without a byte before a download is given up.
const STALLED: Duration = Duration::from_secs(20);
/// Time for a whole download.
const DOWNLOAD: Duration = Duration::from_mins(20);
/// A connection that rested longer may be dead without a word: halls drop them.
const IDLE: Duration = Duration::from_secs(15);
/// Most bytes of an answer in JSON.
const MAX_JSON_BYTES: u64 = 1024 * 1024;
/// Compression of batches; higher levels gain little on sealed bytes.
const ZSTD_LEVEL: i32 = 3;

/// Where the platform is and as whom to speak.
#[derive(Clone)]
pub struct Settings {
    /// Address, such as `https://expo.example.org`; `http` only on this machine.
    pub url: String,
    /// Token from enrolment; none before.
    pub token: Option<String>,
    /// PEM file with the only authorities to trust, when the stop pins them.
    pub ca_file: Option<PathBuf>,
    /// Version of the program.
    pub program: String,
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Not an address of a platform.
    #[error("'{0}' is not a platform's address: use one such as https://expo.example.org")]
    Address(String),
    /// Clear text over a network.
    #[error(
        "'{0}' would send the kiosk's token in clear text: use https:// (http:// is for this machine only)"
    )]
    ClearText(String),
    /// The pinned authorities cannot be used.
    #[error("the certificates in {path} cannot be used: {problem}", path = .path.display())]
    Authorities {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// The token holds characters no token has, or TLS cannot start.
    #[error("the connection cannot be set up: {0}")]
    Setup(String),
}

/// A platform at an address.
pub struct Client {
    http: reqwest::Client,
    base: Url,
    token: Option<String>,
    /// What came of a picture before its download broke off.
    partial: Mutex<Option<Partial>>,
}

struct Partial {
    sha256: String,
    bytes: Vec<u8>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Prepares a client; nothing is sent yet. The system's proxy settings hold, except for this machine.
    pub fn new(settings: Settings) -> Result<Self, ClientError> {
        // Fails only when a provider is there already, which is as good.
        rustls::crypto::ring::default_provider().install_default().ok();
        let (base, here) = address(&settings.url)?;
        let mut builder = reqwest::Client::builder()
            .user_agent(format!("expo-kiosk/{}", settings.program))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(STALLED)
            .pool_idle_timeout(IDLE);
        if here {
            builder = builder.no_proxy();
        }
        if let Some(path) = &settings.ca_file {
            builder = builder.tls_certs_only(authorities(path)?);
        }
        let http = builder
            .build()
            .map_err(|e| ClientError::Setup(e.without_url().to_string()))?;
        Ok(Self {
            http,
            base,
            token: settings.token,
            partial: Mutex::new(None),
        })
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.signed(self.http.get(self.url(path)))
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Result<RequestBuilder, PlatformError> {
        let json = serde_json::to_vec(body).map_err(|e| fault(e.to_string()))?;
        Ok(self
            .signed(self.http.post(self.url(path)))
            .header(CONTENT_TYPE, "application/json")
            .body(json))
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    fn take_partial(&self, sha256: &str) -> Vec<u8> {
        let partial = self.partial.lock().unwrap_or_else(PoisonError::into_inner).take();
        partial
            .filter(|partial| partial.sha256 == sha256)
            .map_or_else(Vec::new, |partial| partial.bytes)
    }

    fn keep_partial(&self, sha256: &str, bytes: Vec<u8>) {
        let partial = Partial {
            sha256: sha256.to_owned(),
            bytes,
        };
        *self.partial.lock().unwrap_or_else(PoisonError::into_inner) = Some(partial);
    }
}

impl sync::Platform for Client {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let mut url = self.url("/v1/probe");
        url.query_pairs_mut().append_pair("nonce", nonce);
        answer::json(self.http.get(url).timeout(ANSWER)).await
    }

    async fn enrol(&self, request: &EnrolmentRequest) -> Result<Enrolled, PlatformError> {
        answer::json(self.post("/v1/enrolments", request)?.timeout(ANSWER)).await
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        let json = serde_json::to_vec(batch).map_err(|e| fault(e.to_string()))?;
        let body = zstd::bulk::compress(&json, ZSTD_LEVEL).map_err(|e| fault(e.to_string()))?;
        let request = self
            .signed(self.http.post(self.url("/v1/leads")))
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_ENCODING, "zstd")
            .body(body);
        answer::json(request.timeout(ANSWER)).await
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        let response = answer::checked(self.get("/v1/catalogue/checkpoint").timeout(ANSWER)).await?;
        if response.status() == StatusCode::NO_CONTENT {
            return Ok(None);
        }
        answer::parse(response).await.map(Some)
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let path = format!("/v1/catalogue/{version}/snapshot");
        let response = answer::checked(self.get(&path).timeout(DOWNLOAD)).await?;
        answer::expect(&response, Expected::Zstd)?;
        let mut bytes = Vec::new();
        answer::read(response, max_bytes.min(MAX_SNAPSHOT_BYTES), &mut bytes).await?;
        Ok(bytes)
    }

    async fn picture(&self, sha256: &str) -> Result<Vec<u8>, PlatformError> {
        let mut bytes = self.take_partial(sha256);
        let mut request = self.get(&format!("/v1/pictures/{sha256}")).timeout(DOWNLOAD);
        if !bytes.is_empty() {
            request = request.header(RANGE, format!("bytes={}-", bytes.len()));
        }
        let response = answer::checked(request).await?;
        answer::expect(&response, Expected::Picture)?;
        if !answer::continues(&response, bytes.len()) {
            bytes.clear();
        }
        match answer::read(response, MAX_PICTURE_BYTES, &mut bytes).await {
            Ok(()) => Ok(bytes),
            Err(error) => {
                if matches!(error, PlatformError::Offline(_)) && !bytes.is_empty() {
                    self.keep_partial(sha256, bytes);
                }
                Err(error)
            }
        }
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        answer::json(self.post("/v1/heartbeat", report)?.timeout(ANSWER)).await
    }
}

/// The address, and whether it is on this machine.
fn address(text: &str) -> Result<(Url, bool), ClientError> {
    let wrong = || ClientError::Address(text.to_owned());
    let url = Url::parse(text).map_err(|_| wrong())?;
    let host = url.host_str().ok_or_else(wrong)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = bare == "localhost" || bare.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    match url.scheme() {
        _ if !plain || url.fragment().is_some() => Err(wrong()),
        "https" => Ok((url, here)),
        "http" if here => Ok((url, here)),
        "http" => Err(ClientError::ClearText(text.to_owned())),
        _ => Err(wrong()),
    }
}

fn authorities(path: &Path) -> Result<Vec<reqwest::Certificate>, ClientError> {
    let wrong = |problem: String| ClientError::Authorities {
        path: path.to_owned(),
        problem,
    };
    let pem = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let found = reqwest::Certificate::from_pem_bundle(&pem).map_err(|e| wrong(e.to_string()))?;
    if found.is_empty() {
        return Err(wrong("no certificate in it".to_owned()));
    }
    Ok(found)
}

fn fault(detail: String) -> PlatformError {
    PlatformError::Server {
        detail,
        retry_after: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_text_is_for_this_machine_only() {
        for good in [
            "https://expo.example.org",
            "https://10.0.0.2:8443/expo/",
            "http://127.0.0.1:8787",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://expo.example.org",
            "http://10.0.0.2:8787",
            "http://127.0.0.1.example.org",
        ] {
            assert!(matches!(address(bad), Err(ClientError::ClearText(_))), "{bad}");
        }
        for bad in [
            "expo.example.org",
            "ftp://127.0.0.1",
            "https://user:word@expo.example.org",
            "https://expo.example.org/?a=b",
            "",
        ] {
            assert!(matches!(address(bad), Err(ClientError::Address(_))), "{bad}");
        }
    }
}
