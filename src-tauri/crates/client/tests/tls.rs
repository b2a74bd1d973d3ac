//! Real TLS: the stop's own authority, a foreign certificate, and a proxy from the environment.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use client::{Client, Settings};
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
use sync::{PlatformError, State, ask};

const NONCE: &str = "0123456789abcdef";

/// An authority of the test's own.
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

    /// A platform whose certificate this authority made, for a name.
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

/// Answers every probe as the platform does.
fn serve(config: Arc<ServerConfig>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = BufReader::new(StreamOwned::new(connection, stream.unwrap()));
            // A client that does not trust us hangs up in the handshake.
            if read_head(&mut tls).is_none() {
                continue;
            }
            let body =
                format!(r#"{{"nonce":"{NONCE}","protocol":"1","server_time":"2026-02-13T09:00:00Z"}}"#);
            let head =
                "HTTP/1.1 200 OK\r\nExpo-Protocol: 1\r\nContent-Type: application/json\r\nConnection: close";
            let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            tls.get_mut().write_all(answer.as_bytes()).unwrap();
            tls.get_mut().conn.send_close_notify();
            drop(tls.get_mut().flush());
        }
    });
    address
}

/// The first line of a request, read to the end of its head.
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
        let asked = tokio::time::timeout(Duration::from_secs(20), ask(&client, NONCE));
        asked.await.unwrap().map(drop)
    })
}

#[test]
fn a_pinned_authority_is_the_only_one_trusted() {
    let (ours, foreign) = (Authority::new(), Authority::new());
    let (good, bad) = (ours.platform("localhost"), foreign.platform("localhost"));
    let pinned = ours.pem_file();
    let at = |address: SocketAddr| format!("https://localhost:{}", address.port());
    let pem = || Some(pinned.path().to_owned());
    assert_eq!(probe(at(good), pem()), Ok(()));
    let foreign = probe(at(bad), pem()).unwrap_err();
    assert_eq!(foreign.state(), State::ClockOrTls, "{foreign}");
    let unpinned = probe(at(good), None).unwrap_err();
    assert_eq!(unpinned.state(), State::ClockOrTls, "{unpinned}");
    let other_name = probe(format!("https://127.0.0.1:{}", good.port()), pem()).unwrap_err();
    assert_eq!(other_name.state(), State::ClockOrTls, "{other_name}");
}

/// Forwards every CONNECT to one address, whatever name is asked for, and counts them.
fn proxy(to: SocketAddr) -> (SocketAddr, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let first = read_head(&mut reader).unwrap();
            assert!(first.starts_with("CONNECT expo.test:443 "), "{first}");
            counted.fetch_add(1, Ordering::SeqCst);
            (&stream).write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
            let there = TcpStream::connect(to).unwrap();
            let back = (there.try_clone().unwrap(), stream.try_clone().unwrap());
            std::thread::spawn(move || copy(back.0, back.1));
            copy(stream, there);
        }
    });
    (address, asked)
}

fn copy(mut from: impl Read, mut to: TcpStream) {
    drop(std::io::copy(&mut from, &mut to));
    drop(to.shutdown(std::net::Shutdown::Write));
}

/// Only this program's child sees the environment that the test wants.
#[test]
fn a_proxy_of_the_environment_is_used() {
    let authority = Authority::new();
    let (proxy, asked) = proxy(authority.platform("expo.test"));
    let pinned = authority.pem_file();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "behind_the_proxy", "--ignored"])
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
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
#[ignore = "runs as the child of a_proxy_of_the_environment_is_used"]
fn behind_the_proxy() {
    let pinned = std::env::var_os("PINNED").map(PathBuf::from);
    assert_eq!(probe("https://expo.test".to_owned(), pinned), Ok(()));
}
