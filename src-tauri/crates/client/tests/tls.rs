//! TLS: a pinned certificate authority, certificates of other authorities, and a proxy from the environment.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use expo_client::{Client, Settings};
use expo_sync::{PlatformError, State, send_probe};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const NONCE: &str = "0123456789abcdef";

/// A certificate authority for one test.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem_file(&self) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(self.0.pem().as_bytes()).unwrap();
        file
    }

    /// Starts a platform with a certificate of this authority for `name`.
    fn platform(&self, name: &str) -> SocketAddr {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        serve(Arc::new(config))
    }
}

/// Starts a server that answers every probe as the platform does.
fn serve(config: Arc<ServerConfig>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = BufReader::new(StreamOwned::new(connection, stream.unwrap()));
            // A client that does not trust the certificate closes the connection in the handshake.
            if read_head(&mut tls).is_none() {
                continue;
            }
            let body =
                format!(r#"{{"nonce":"{NONCE}","protocol":"1","server_time":"2026-02-13T09:00:00Z"}}"#);
            let head =
                "HTTP/1.1 200 OK\r\nExpo-Protocol: 1\r\nContent-Type: application/json\r\nConnection: close";
            let response = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            tls.get_mut().write_all(response.as_bytes()).unwrap();
            tls.get_mut().conn.send_close_notify();
            drop(tls.get_mut().flush());
        }
    });
    address
}

/// Reads the head of a request and returns its first line; `None` if the connection ends.
fn read_head(stream: &mut impl BufRead) -> Option<String> {
    let mut first = String::new();
    stream.read_line(&mut first).ok().filter(|length| *length > 0)?;
    let mut line = first.clone();
    while line != "\r\n" {
        line.clear();
        stream.read_line(&mut line).ok().filter(|length| *length > 0)?;
    }
    Some(first)
}

fn probe(url: String, ca_file: Option<PathBuf>) -> Result<(), PlatformError> {
    let client = Client::new(Settings {
        url,
        token: None,
        ca_file,
        program: "test".to_owned(),
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let probe = tokio::time::timeout(Duration::from_secs(20), send_probe(&client, NONCE));
        probe.await.unwrap().map(drop)
    })
}

#[test]
fn only_the_pinned_authority_is_trusted() {
    let (trusted, foreign) = (Authority::new(), Authority::new());
    let (good, bad) = (trusted.platform("localhost"), foreign.platform("localhost"));
    let pinned = trusted.pem_file();
    let url = |address: SocketAddr| format!("https://localhost:{}", address.port());
    let pem = || Some(pinned.path().to_owned());
    assert_eq!(probe(url(good), pem()), Ok(()));
    let foreign = probe(url(bad), pem()).unwrap_err();
    assert_eq!(foreign.state(), State::ClockOrTls, "{foreign}");
    let unpinned = probe(url(good), None).unwrap_err();
    assert_eq!(unpinned.state(), State::ClockOrTls, "{unpinned}");
    let other_name = probe(format!("https://127.0.0.1:{}", good.port()), pem()).unwrap_err();
    assert_eq!(other_name.state(), State::ClockOrTls, "{other_name}");
}

/// Starts a proxy that forwards every CONNECT to one address and counts the requests.
fn proxy(to: SocketAddr) -> (SocketAddr, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let connects = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&connects);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let first = read_head(&mut reader).unwrap();
            assert!(first.starts_with("CONNECT expo.test:443 "), "{first}");
            counter.fetch_add(1, Ordering::SeqCst);
            (&stream).write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
            let upstream = TcpStream::connect(to).unwrap();
            let (from, to_client) = (upstream.try_clone().unwrap(), stream.try_clone().unwrap());
            std::thread::spawn(move || copy(from, to_client));
            copy(stream, upstream);
        }
    });
    (address, connects)
}

fn copy(mut from: impl Read, mut to: TcpStream) {
    drop(std::io::copy(&mut from, &mut to));
    drop(to.shutdown(std::net::Shutdown::Write));
}

/// Runs `probe_through_proxy` in a child process, because the environment is set for that process only.
#[test]
fn proxy_from_environment_is_used() {
    let authority = Authority::new();
    let (proxy, connects) = proxy(authority.platform("expo.test"));
    let pinned = authority.pem_file();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "probe_through_proxy", "--ignored"])
        .env("HTTPS_PROXY", format!("http://{proxy}"))
        .env("PINNED", pinned.path())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(
        child.status.success(),
        "{}",
        String::from_utf8_lossy(&child.stdout)
    );
    assert_eq!(connects.load(Ordering::SeqCst), 1);
}

#[test]
#[ignore = "runs as the child of proxy_from_environment_is_used"]
fn probe_through_proxy() {
    let pinned = std::env::var_os("PINNED").map(PathBuf::from);
    assert_eq!(probe("https://expo.test".to_owned(), pinned), Ok(()));
}
