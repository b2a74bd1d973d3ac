//! The HTTP client of the kiosk: [`expo_sync::Platform`] over `reqwest`. Owns addresses, headers, timeouts, size limits and
//! the meaning of statuses. Must not know: when or why a request is sent, and the content of a lead.

mod response;
mod transport;

use expo_protocol::{
    CHECKPOINT_FORMAT, EnrolmentReply, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply,
    LeadBatch, LeadReceipts, MAX_PICTURE_BYTES, MAX_SNAPSHOT_BYTES, Probe, SignedCheckpoint,
};
use expo_sync::{ChunkSink, Platform, PlatformError, SyncError};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, IF_RANGE, RANGE};
use reqwest::{RequestBuilder, Url};
use response::ContentType;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use transport::server_error;

/// Limit for DNS, TCP and TLS together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(7);
/// Limit for a complete JSON response.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest time without a byte before a request fails.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// Limit for a complete download.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_mins(20);
/// How long an idle connection is kept. It is longer than the time between two heartbeats, because a TLS handshake
/// costs more bytes than a heartbeat.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(150);
/// Keep-alive interval of idle connections: venue networks drop them silently.
const TCP_KEEPALIVE: Duration = Duration::from_mins(1);
/// Compression level of batches. Higher levels gain little on encrypted bytes.
const ZSTD_LEVEL: i32 = 3;

/// Address and credentials of a client.
#[derive(Clone)]
pub struct Settings {
    /// Address, such as `https://expo.example.org`. `http` is accepted for loopback addresses only.
    pub url: String,
    /// Token from the enrolment; `None` before it.
    pub token: Option<String>,
    /// PEM file with the only certificate authorities to trust, when the stop pins them.
    pub ca_file: Option<PathBuf>,
    /// Version of the program, sent as `User-Agent`.
    pub program: String,
}

/// Reasons why [`Client::new`] fails.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address is not the URL of a platform.
    #[error("'{0}' is not the address of a platform: use an address such as https://expo.example.org")]
    Address(String),
    /// The address has `http` and is not on this machine.
    #[error(
        "'{0}' would send the kiosk's token in clear text: use https:// (http:// is for this machine only)"
    )]
    ClearText(String),
    /// The pinned certificate authorities cannot be used.
    #[error("the certificates in {path} cannot be used: {problem}", path = .path.display())]
    Authorities {
        /// The file.
        path: PathBuf,
        /// Description of the error.
        problem: String,
    },
    /// The token has characters that a header cannot have, or TLS cannot start.
    #[error("the connection cannot be set up: {0}")]
    Setup(String),
}

/// The platform at one address.
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
    /// Creates a client without sending anything. It uses the proxy settings of the system, except for loopback
    /// addresses.
    pub fn new(settings: Settings) -> Result<Self, ClientError> {
        // Fails only when a provider is installed already; that provider is used.
        rustls::crypto::ring::default_provider().install_default().ok();
        let (base, is_loopback) = parse_address(&settings.url)?;
        let mut builder = reqwest::Client::builder()
            .user_agent(format!("expo-kiosk/{}", settings.program))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .tcp_keepalive(TCP_KEEPALIVE);
        if is_loopback {
            builder = builder.no_proxy();
        }
        if let Some(path) = &settings.ca_file {
            builder = builder.tls_certs_only(read_authorities(path)?);
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
        self.with_token(self.http.get(self.url(path)))
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Result<RequestBuilder, PlatformError> {
        let json = serde_json::to_vec(body).map_err(|e| server_error(e.to_string()))?;
        Ok(self
            .with_token(self.http.post(self.url(path)))
            .header(CONTENT_TYPE, "application/json")
            .body(json))
    }

    fn with_token(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn get_zstd(&self, url: Url, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let request = self.with_token(self.http.get(url)).timeout(DOWNLOAD_TIMEOUT);
        let response = response::send(request).await?;
        response::check_content_type(&response, ContentType::Zstd)?;
        response::read_body(response, max_bytes.min(MAX_SNAPSHOT_BYTES)).await
    }

    /// Downloads a complete picture into memory.
    pub async fn picture(&self, sha256: &str) -> Result<Vec<u8>, PlatformError> {
        let mut bytes = Vec::new();
        let mut take = |offset: u64, chunk: &[u8]| {
            bytes.truncate(offset as usize);
            bytes.extend_from_slice(chunk);
            Ok(())
        };
        match self.picture_from(sha256, 0, &mut take).await {
            Ok(()) => Ok(bytes),
            Err(SyncError::Platform(error)) => Err(error),
            Err(other) => Err(server_error(other.to_string())),
        }
    }
}

impl Platform for Client {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let mut url = self.url("/v1/probe");
        url.query_pairs_mut().append_pair("nonce", nonce);
        response::send_for_json(self.http.get(url).timeout(RESPONSE_TIMEOUT)).await
    }

    async fn enrol(&self, request: &EnrolmentRequest) -> Result<EnrolmentReply, PlatformError> {
        response::send_for_json(self.post("/v1/enrolments", request)?.timeout(RESPONSE_TIMEOUT)).await
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        let json = serde_json::to_vec(batch).map_err(|e| server_error(e.to_string()))?;
        let body = zstd::bulk::compress(&json, ZSTD_LEVEL).map_err(|e| server_error(e.to_string()))?;
        let request = self
            .with_token(self.http.post(self.url("/v1/leads")))
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_ENCODING, "zstd")
            .body(body);
        response::send_for_json(request.timeout(RESPONSE_TIMEOUT)).await
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        let mut url = self.url("/v1/catalogue/checkpoint");
        url.set_query(Some(&format!("format={CHECKPOINT_FORMAT}")));
        let request = self.with_token(self.http.get(url));
        response::send_for_optional_json(request.timeout(RESPONSE_TIMEOUT)).await
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let url = self.url(&format!("/v1/catalogue/{version}/snapshot"));
        self.get_zstd(url, max_bytes).await
    }

    async fn delta(&self, version: u64, from: u64, max_bytes: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        let mut url = self.url(&format!("/v1/catalogue/{version}/delta"));
        url.query_pairs_mut().append_pair("from", &from.to_string());
        match self.get_zstd(url, max_bytes).await {
            Err(PlatformError::Refused { status: 404, .. }) => Ok(None),
            result => result.map(Some),
        }
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut ChunkSink<'_>) -> Result<(), SyncError> {
        let complete = || {
            self.get(&format!("/v1/pictures/{sha256}"))
                .timeout(DOWNLOAD_TIMEOUT)
        };
        let response = if from == 0 {
            response::send(complete()).await?
        } else {
            // The name of a picture is the hash of its bytes, so its ETag is known before the first response.
            let remaining = complete()
                .header(RANGE, format!("bytes={from}-"))
                .header(IF_RANGE, format!("\"{sha256}\""));
            match response::send(remaining).await {
                Err(PlatformError::Refused { status: 416, .. }) => response::send(complete()).await?,
                result => result?,
            }
        };
        response::check_content_type(&response, ContentType::Webp)?;
        let from = if response::resumes_at(&response, from) {
            from
        } else {
            0
        };
        response::stream_body(response, from, MAX_PICTURE_BYTES, take).await
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        let mut url = self.url("/v1/erasures");
        url.query_pairs_mut().append_pair("after", &after.to_string());
        response::send_for_json(self.with_token(self.http.get(url)).timeout(RESPONSE_TIMEOUT)).await
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        let request = self.post("/v1/erasures", done)?.timeout(RESPONSE_TIMEOUT);
        response::send_for_json::<serde_json::Map<_, _>>(request)
            .await
            .map(drop)
    }

    async fn configuration(&self) -> Result<Option<serde_json::Value>, PlatformError> {
        response::send_for_optional_json(self.get("/v1/configuration").timeout(RESPONSE_TIMEOUT)).await
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        response::send_for_json(self.post("/v1/heartbeat", report)?.timeout(RESPONSE_TIMEOUT)).await
    }
}

/// Parses the address; the second value says whether it is a loopback address.
fn parse_address(text: &str) -> Result<(Url, bool), ClientError> {
    let invalid = || ClientError::Address(text.to_owned());
    let url = Url::parse(text).map_err(|_| invalid())?;
    let host = url.host_str().ok_or_else(invalid)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = bare == "localhost" || bare.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let has_only_path = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    match url.scheme() {
        _ if !has_only_path || url.fragment().is_some() => Err(invalid()),
        "https" => Ok((url, is_loopback)),
        "http" if is_loopback => Ok((url, is_loopback)),
        "http" => Err(ClientError::ClearText(text.to_owned())),
        _ => Err(invalid()),
    }
}

/// Reads all certificates of a PEM file.
fn read_authorities(path: &Path) -> Result<Vec<reqwest::Certificate>, ClientError> {
    let invalid = |problem: String| ClientError::Authorities {
        path: path.to_owned(),
        problem,
    };
    let pem = std::fs::read(path).map_err(|e| invalid(e.to_string()))?;
    let certificates = reqwest::Certificate::from_pem_bundle(&pem).map_err(|e| invalid(e.to_string()))?;
    if certificates.is_empty() {
        return Err(invalid("the file contains no certificate".to_owned()));
    }
    Ok(certificates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_accepted_for_loopback_only() {
        for good in [
            "https://expo.example.org",
            "https://10.0.0.2:8443/expo/",
            "http://127.0.0.1:8787",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(parse_address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://expo.example.org",
            "http://10.0.0.2:8787",
            "http://127.0.0.1.example.org",
        ] {
            assert!(
                matches!(parse_address(bad), Err(ClientError::ClearText(_))),
                "{bad}"
            );
        }
        for bad in [
            "expo.example.org",
            "ftp://127.0.0.1",
            "https://user:word@expo.example.org",
            "https://expo.example.org/?a=b",
            "",
        ] {
            assert!(
                matches!(parse_address(bad), Err(ClientError::Address(_))),
                "{bad}"
            );
        }
    }
}
