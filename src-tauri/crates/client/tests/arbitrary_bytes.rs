//! Property test: for any bytes from the server, every request ends with a response or an error that has a state, and
//! nothing panics.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use expo_client::{Client, Settings};
use expo_protocol::{EnrolmentRequest, ErasuresDone, Heartbeat, LeadBatch};
use expo_sync::{Platform, PlatformError};
use proptest::prelude::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that sends the current `response` on every connection.
struct Server {
    client: Client,
    response: Arc<Mutex<Vec<u8>>>,
    runtime: tokio::runtime::Runtime,
}

fn server() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let response = Arc::new(Mutex::new(Vec::new()));
    let to_send = Arc::clone(&response);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                request.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&request).to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            drop(stream.read_exact(&mut vec![0; length.unwrap_or(0)]));
            // The client may close the connection at any byte.
            drop(stream.write_all(&to_send.lock().unwrap()));
        }
    });
    let client = Client::new(Settings {
        url,
        token: Some("test-token".to_owned()),
        ca_file: None,
        program: "test".to_owned(),
    });
    Server {
        client: client.unwrap(),
        response,
        runtime: tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap(),
    }
}

impl Server {
    /// Calls every endpoint; each call must end without being cancelled.
    fn call_every_endpoint(&self) -> Vec<Result<(), PlatformError>> {
        let client = &self.client;
        let request = EnrolmentRequest {
            code: "TEST".to_owned(),
            program: "test".to_owned(),
        };
        self.runtime.block_on(async {
            let calls = async {
                vec![
                    client.probe("0123").await.map(drop),
                    client.checkpoint().await.map(drop),
                    client.snapshot(1, 1_000).await.map(drop),
                    client.delta(2, 1, 1_000).await.map(drop),
                    client.picture("00").await.map(drop),
                    client.erasures(0).await.map(drop),
                    client.configuration().await.map(drop),
                    client.enrol(&request).await.map(drop),
                    client.send_leads(&LeadBatch::default()).await.map(drop),
                    client.heartbeat(&Heartbeat::default()).await.map(drop),
                    client.erasures_done(&ErasuresDone::default()).await,
                ]
            };
            tokio::time::timeout(Duration::from_mins(1), calls).await.unwrap()
        })
    }
}

/// Responses with the protocol header and any status, content type, length and body.
fn responses() -> impl Strategy<Value = Vec<u8>> {
    let status = prop::sample::select(vec![
        "200 OK",
        "206 Partial Content",
        "204 No Content",
        "404 X",
        "418 X",
        "503 X",
    ]);
    let kind = prop::sample::select(vec![
        "application/json",
        "application/zstd",
        "image/webp",
        "application/problem+json",
        "text/html",
        "",
    ]);
    let json = prop::sample::select(vec![
        r#"{"nonce":"0123","protocol":"1","server_time":"2026-02-13T09:00:00Z"}"#,
        r#"{"nonce":7}"#,
        r#"{"checkpoint":"{}","signature":"x"}"#,
        r#"{"erasures":[{"seq":-1,"id":"x"}],"newest":1}"#,
        r#"{"erasures":[],"newest":18446744073709551616}"#,
        r#"{"version":1,"stop":{"id":"x"}}"#,
        r#"{"receipts":[{"id":"00000000-0000-0000-0000-000000000001","revision":1,"sha256":"x","outcome":"eaten"}]}"#,
        r#"{"kiosk":1,"token":"x"}"#,
        r#"{"server_time":"never","catalogue_version":-1,"config_version":1}"#,
        r#"{"type":"about:blank#x","title":"x","status":99999,"detail":"x"}"#,
        "[[[[[[[[",
        "null",
    ]);
    let body = prop_oneof![
        json.prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..300),
    ];
    let length = prop_oneof![Just(None), (0..400_usize).prop_map(Some)];
    (status, kind, body, length).prop_map(|(status, kind, body, length)| {
        let length = length.unwrap_or(body.len());
        let head = format!(
            "HTTP/1.1 {status}\r\nExpo-Protocol: 1\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             Content-Range: bytes 0-9/10\r\nConnection: close\r\n\r\n"
        );
        [head.into_bytes(), body].concat()
    })
}

#[test]
fn any_response_is_ok_or_an_error_with_state() {
    let server = server();
    let arbitrary = prop::collection::vec(any::<u8>(), 0..400);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let result = runner.run(&prop_oneof![4 => responses(), 1 => arbitrary], |bytes| {
        *server.response.lock().unwrap() = bytes;
        for error in server.call_every_endpoint().into_iter().filter_map(Result::err) {
            prop_assert!(!error.state().sentence().is_empty());
            prop_assert!(!error.to_string().contains("test-token"));
        }
        Ok(())
    });
    result.unwrap();
}
