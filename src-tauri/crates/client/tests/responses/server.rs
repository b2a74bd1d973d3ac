//! A scripted HTTP server, and a client that calls it.

use expo_sync::{PlatformError, send_probe};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const PROTOCOL: &str = "Expo-Protocol: 1\r\n";
pub const JSON: &str = "Content-Type: application/json\r\n";
pub const NONCE: &str = "0123456789abcdef0123456789abcdef";

/// A server that answers one request per connection and records the request heads.
pub struct Server {
    pub address: SocketAddr,
    pub heads: Arc<Mutex<Vec<String>>>,
}

pub fn server(mut respond: impl FnMut(&str, &[u8], &mut TcpStream) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&heads);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (head, body) = read_request(&mut stream);
            recorded.lock().unwrap().push(head.clone());
            respond(&head, &body, &mut stream);
        }
    });
    Server { address, heads }
}

fn read_request(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    (head, body)
}

/// A server that always sends the same response. `{nonce}` in the body becomes the nonce of the request.
pub fn fixed_response(status: &'static str, headers: &'static str, body: &'static str) -> Server {
    server(move |head, _, stream| {
        let nonce = head
            .split("nonce=")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .unwrap_or_default();
        let body = body.replace("{nonce}", nonce);
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
        )
        .unwrap();
    })
}

pub fn client(server: &Server) -> expo_client::Client {
    let settings = expo_client::Settings {
        url: format!("http://{}", server.address),
        token: Some("test-token".to_owned()),
        ca_file: None,
        program: "0.0.0-test".to_owned(),
    };
    expo_client::Client::new(settings).unwrap()
}

pub fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(20), future)
            .await
            .unwrap()
    })
}

pub fn probe(server: &Server) -> Result<expo_protocol::Probe, PlatformError> {
    run(send_probe(&client(server), NONCE))
}

/// Body of a valid response to a probe.
pub const PROBE_BODY: &str = r#"{"nonce":"{nonce}","protocol":"1","server_time":"2026-02-13T09:00:00Z"}"#;
