//! The only HTTP of the kiosk: [`sync::Platform`] over `reqwest`. Owns addresses, headers, timeouts, limits and what
//! statuses mean. Must not know when or why a question is asked, nor what a lead holds.

mod answer;
mod transport;

use answer::Expected;
use protocol::{
    Enrolled, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch, LeadReceipts,
    MAX_PICTURE_BYTES, MAX_SNAPSHOT_BYTES, Probe, SignedCheckpoint,
};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, IF_RANGE, RANGE};
use reqwest::{RequestBuilder, Url};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use sync::{Platform, PlatformError, SyncError, Take};

/// Time to reach the platform.
const CONNECT: Duration = Duration::from_secs(7);
/// Time for an answer in JSON.
const ANSWER: Duration = Duration::from_secs(30);
/// Time without a byte before a download is given up.
const STALLED: Duration = Duration::from_secs(20);
/// Time for a whole download.
const DOWNLOAD: Duration = Duration::from_mins(20);
/// How long a connection is kept for the next question: a handshake a heartbeat would cost more than the heartbeat.
const IDLE: Duration = Duration::from_secs(150);
/// How often a resting connection is felt for: halls drop them without a word.
const FELT: Duration = Duration::from_mins(1);
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
            .pool_idle_timeout(IDLE)
            .tcp_keepalive(FELT);
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

    async fn packed(&self, url: Url, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let request = self.signed(self.http.get(url)).timeout(DOWNLOAD);
        let response = answer::checked(request).await?;
        answer::expect(&response, Expected::Zstd)?;
        answer::read(response, max_bytes.min(MAX_SNAPSHOT_BYTES)).await
    }

    /// A whole picture, in memory.
    pub async fn picture(&self, sha256: &str) -> Result<Vec<u8>, PlatformError> {
        let mut bytes = Vec::new();
        let mut take = |at: u64, piece: &[u8]| {
            bytes.truncate(at as usize);
            bytes.extend_from_slice(piece);
            Ok(())
        };
        match self.picture_from(sha256, 0, &mut take).await {
            Ok(()) => Ok(bytes),
            Err(SyncError::Platform(error)) => Err(error),
            Err(other) => Err(fault(other.to_string())),
        }
    }
}

impl Platform for Client {
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
        answer::json_or_nothing(self.get("/v1/catalogue/checkpoint").timeout(ANSWER)).await
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let url = self.url(&format!("/v1/catalogue/{version}/snapshot"));
        self.packed(url, max_bytes).await
    }

    async fn delta(&self, version: u64, from: u64, max_bytes: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        let mut url = self.url(&format!("/v1/catalogue/{version}/delta"));
        url.query_pairs_mut().append_pair("from", &from.to_string());
        match self.packed(url, max_bytes).await {
            Err(PlatformError::Refused { status: 404, .. }) => Ok(None),
            answer => answer.map(Some),
        }
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut Take<'_>) -> Result<(), SyncError> {
        let whole = || self.get(&format!("/v1/pictures/{sha256}")).timeout(DOWNLOAD);
        let response = if from == 0 {
            answer::checked(whole()).await?
        } else {
            // The name of a picture is what it holds, so its ETag can be told before it was ever seen.
            let rest = whole()
                .header(RANGE, format!("bytes={from}-"))
                .header(IF_RANGE, format!("\"{sha256}\""));
            match answer::checked(rest).await {
                Err(PlatformError::Refused { status: 416, .. }) => answer::checked(whole()).await?,
                answer => answer?,
            }
        };
        answer::expect(&response, Expected::Picture)?;
        let from = if answer::continues(&response, from) {
            from
        } else {
            0
        };
        answer::stream(response, from, MAX_PICTURE_BYTES, take).await
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        let mut url = self.url("/v1/erasures");
        url.query_pairs_mut().append_pair("after", &after.to_string());
        answer::json(self.signed(self.http.get(url)).timeout(ANSWER)).await
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        let request = self.post("/v1/erasures", done)?.timeout(ANSWER);
        answer::json::<serde_json::Map<_, _>>(request).await.map(drop)
    }

    async fn configuration(&self) -> Result<Option<serde_json::Value>, PlatformError> {
        answer::json_or_nothing(self.get("/v1/configuration").timeout(ANSWER)).await
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
