//! Slow bodies, oversized heads, too many requests, and database outages.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, batch, run};
use cluster::{Cluster, Durability};
use contract::{Answer, Api};
use expo_platform::Limits;
use expo_protocol::Outcome;
use reqwest::Method;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

on_both_stores!(
    endless_body_times_out_and_blocks_nobody,
    oversized_head_is_refused,
    rate_limit_is_per_address_not_per_token,
    rate_limit_uses_the_address_the_proxy_added,
    one_address_cannot_take_all_connections,
    connection_without_a_request_is_closed,
);

async fn connect(platform: &TestPlatform) -> TcpStream {
    let address = platform.url.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// Reads the response until the platform closes the connection.
async fn read_response(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // Unread bytes of the request make the platform reset the connection.
    stream.read_to_end(&mut answer).await.ok();
    String::from_utf8_lossy(&answer).into_owned()
}

fn endless_body_times_out_and_blocks_nobody(test_store: &TestStore) {
    run(async {
        let mut limits = Limits::new(0, 0, false);
        assert_eq!(limits.body_timeout, Duration::from_secs(30));
        limits.body_timeout = Duration::from_millis(200);
        let platform = TestPlatform::start_with(test_store, limits).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let token = format!("Authorization: Bearer {}\r\n", enrolled.token);
        for (path, head) in [
            ("enrolments", ""),
            ("leads", &token),
            ("heartbeat", &token),
            ("erasures", &token),
        ] {
            for (length, begun) in [
                ("Content-Length: 1000", "{\"i"),
                ("Transfer-Encoding: chunked", "3\r\n{\"i\r\n"),
            ] {
                let mut stream = connect(&platform).await;
                let request =
                    format!("POST /v1/{path} HTTP/1.1\r\nHost: test\r\n{head}{length}\r\n\r\n{begun}");
                stream.write_all(request.as_bytes()).await.unwrap();
                // Others get responses at the same time.
                kiosk
                    .heartbeat(&expo_protocol::Heartbeat::default())
                    .await
                    .unwrap();
                let answer = read_response(stream).await;
                assert!(answer.starts_with("HTTP/1.1 408 "), "{path}: {answer}");
                assert!(
                    answer.contains("expo-protocol: 1") && answer.contains("#slow\""),
                    "{answer}"
                );
            }
        }
        assert_eq!(platform.app.store.kiosks().unwrap().len(), 1);
    });
}

fn oversized_head_is_refused(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        for (bytes, status) in [(20 * 1024, "200"), (33 * 1024, "431"), (4 << 20, "431")] {
            let mut stream = connect(&platform).await;
            let head = format!(
                "GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Long: {}\r\n\r\n",
                "x".repeat(bytes)
            );
            // The platform may refuse the request before it reads all of it.
            stream.write_all(head.as_bytes()).await.ok();
            let answer = read_response(stream).await;
            // A caller that is still sending may see a closed connection instead.
            let is_cut = bytes > 1 << 20 && answer.is_empty();
            assert!(
                is_cut || answer.starts_with(&format!("HTTP/1.1 {status} ")),
                "{bytes}: {answer}"
            );
            // Up to twice the limit the platform answers, beyond that the HTTP library.
            assert!(
                bytes > 64 * 1024 || answer.contains("expo-protocol: 1"),
                "{answer}"
            );
        }
        assert_eq!(platform.api().get("/healthz").await.unwrap().status, 200);
    });
}

const OPEN_ROUTES: [(Method, &str); 3] = [
    (Method::GET, "/healthz"),
    (Method::GET, "/v1/probe?nonce=a"),
    (Method::POST, "/v1/enrolments"),
];

/// Sends up to a hundred requests and returns the first 429 response.
async fn until_refused(api: &Api, method: &Method, path: &str, headers: &[(&str, &str)]) -> Option<Answer> {
    for _ in 0..100 {
        let body = (method == Method::POST).then(|| b"no enrolment".to_vec());
        let answer = api.request(method.clone(), path, headers, body).await.unwrap();
        if answer.status == 429 {
            return Some(answer);
        }
    }
    None
}

fn rate_limit_is_per_address_not_per_token(test_store: &TestStore) {
    run(async {
        for (method, path) in OPEN_ROUTES {
            for token in [None, Some("made-up")] {
                let platform = TestPlatform::start_with(test_store, Limits::new(0, 1, false)).await;
                let (kiosk, _) = platform.enrol().await;
                let caller = token.map_or_else(|| platform.api(), |token| platform.api().with_token(token));
                let refused = until_refused(&caller, &method, path, &[]).await;
                let refused = refused.unwrap_or_else(|| panic!("{path} has no limit with {token:?}"));
                refused.expect_problem(429, "too_fast").unwrap();
                assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
                // A kiosk at the same address has its own limit on routes that check the token.
                assert_eq!(kiosk.get("/v1/configuration").await.unwrap().status, 204);
            }
        }
    });
}

fn rate_limit_uses_the_address_the_proxy_added(test_store: &TestStore) {
    run(async {
        let get = Method::GET;
        let platform = TestPlatform::start_with(test_store, Limits::new(0, 1, true)).await;
        let caller = platform.api().with_token("made-up");
        let forwarded_for = |addresses| [("x-forwarded-for", addresses)];
        let busy = until_refused(&caller, &get, "/healthz", &forwarded_for("203.0.113.7")).await;
        busy.unwrap().expect_problem(429, "too_fast").unwrap();
        let ask = async |addresses| {
            let headers = forwarded_for(addresses);
            caller
                .request(get.clone(), "/healthz", &headers, None)
                .await
                .unwrap()
                .status
        };
        assert_eq!(ask("203.0.113.8").await, 200, "another caller");
        // The budget of that address refills by one per second; a fresh one would allow ten.
        let mut refused = false;
        for _ in 0..9 {
            refused = refused || ask("203.0.113.9, 203.0.113.7").await == 429;
        }
        assert!(refused, "the address that the caller claims is ignored");
        // Without a trusted proxy, all of them count as one address.
        let platform = TestPlatform::start_with(test_store, Limits::new(0, 1, false)).await;
        until_refused(&platform.api(), &get, "/healthz", &forwarded_for("203.0.113.7"))
            .await
            .unwrap();
        let mut refused = false;
        for _ in 0..9 {
            let headers = forwarded_for("203.0.113.8");
            let other = platform
                .api()
                .request(get.clone(), "/healthz", &headers, None)
                .await;
            refused = refused || other.unwrap().status == 429;
        }
        assert!(refused);
    });
}

/// A connection from another address of this machine.
async fn connect_from_elsewhere(platform: &TestPlatform) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let address = platform.url.trim_start_matches("http://").parse().unwrap();
    socket.connect(address).await.unwrap()
}

/// Whether the platform closes a connection without an answer.
async fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0; 1]).await, Ok(0) | Err(_))
}

/// Sends a request for the probe and returns whether it is answered.
async fn is_answered(stream: &mut TcpStream) -> bool {
    let request = "GET /v1/probe?nonce=a HTTP/1.1\r\nHost: test\r\n\r\n";
    stream.write_all(request.as_bytes()).await.ok();
    let (mut answer, mut part) = (Vec::new(), [0; 512]);
    // The body is one JSON object.
    while !answer.ends_with(b"}") {
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return false,
            Ok(length) => answer.extend(&part[..length]),
        }
    }
    answer.starts_with(b"HTTP/1.1 200 ")
}

fn one_address_cannot_take_all_connections(test_store: &TestStore) {
    run(async {
        let mut limits = Limits::new(0, 0, false);
        assert_eq!(limits.connections_per_address, 512);
        assert_eq!(Limits::new(0, 0, true).connections_per_address, usize::MAX);
        limits.connections_per_address = 3;
        let platform = TestPlatform::start_with(test_store, limits).await;
        let mut idle = Vec::new();
        for _ in 0..3 {
            let mut stream = connect_from_elsewhere(&platform).await;
            assert!(is_answered(&mut stream).await);
            idle.push(stream);
        }
        assert!(is_closed(&mut connect_from_elsewhere(&platform).await).await);
        assert_eq!(platform.api().get("/healthz").await.unwrap().status, 200);
        drop(idle.pop());
        // The platform may not have noticed yet that it is closed.
        while !is_answered(&mut connect_from_elsewhere(&platform).await).await {}
        assert!(is_answered(&mut idle[0]).await, "the others stay open");
    });
}

fn connection_without_a_request_is_closed(test_store: &TestStore) {
    run(async {
        let mut limits = Limits::new(0, 0, false);
        assert_eq!(limits.first_request_timeout, Duration::from_secs(15));
        limits.first_request_timeout = Duration::from_millis(300);
        let platform = TestPlatform::start_with(test_store, limits).await;
        let mut in_use = connect(&platform).await;
        assert!(is_answered(&mut in_use).await);
        let mut silent = connect(&platform).await;
        let mut slow = connect(&platform).await;
        slow.write_all(b"GET /healthz HTTP/1.1\r\nHost:").await.unwrap();
        assert!(is_closed(&mut silent).await);
        assert!(is_closed(&mut slow).await);
        assert!(is_answered(&mut in_use).await, "a connection in use stays open");
    });
}

#[test]
fn database_outage_refuses_requests_until_it_returns() {
    let cluster = Cluster::start(Durability::Fast).unwrap();
    let test_store = TestStore::on(&cluster);
    run(async {
        let platform = TestPlatform::start(&test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let leads = batch(1..=3, &enrolled.leads_recipient);
        kiosk
            .send_leads(&batch(4..=4, &enrolled.leads_recipient))
            .await
            .unwrap();
        let code = platform.code();
        let enrolment = serde_json::json!({"code": code, "program": "test"});
        cluster.stop().unwrap();
        for _ in 0..3 {
            let anonymous = platform.api();
            for answer in [
                anonymous.get("/healthz").await.unwrap(),
                anonymous.post("/v1/enrolments", &enrolment).await.unwrap(),
                kiosk.post("/v1/leads", &leads).await.unwrap(),
                kiosk.get("/v1/configuration").await.unwrap(),
                kiosk.get("/v1/erasures?after=0").await.unwrap(),
            ] {
                answer.expect_problem(503, "store").unwrap();
                assert_eq!(answer.header("retry-after"), "5");
            }
            // The platform still answers the probe, so a kiosk does not mistake it for a login page.
            assert_eq!(anonymous.get("/v1/probe?nonce=a").await.unwrap().status, 200);
        }
        cluster.resume().unwrap();
        assert_eq!(platform.api().get("/healthz").await.unwrap().status, 200);
        let receipts = kiosk.send_leads(&leads).await.unwrap().receipts;
        assert!(
            receipts
                .iter()
                .all(|receipt| receipt.outcome == Outcome::Accepted)
        );
        assert_eq!(platform.api().enrol(&code).await.unwrap().kiosk, "K02");
        // The database restarts between two requests.
        cluster.stop().unwrap();
        cluster.resume().unwrap();
        let receipts = kiosk.send_leads(&leads).await.unwrap().receipts;
        assert!(
            receipts
                .iter()
                .all(|receipt| receipt.outcome == Outcome::Duplicate)
        );
        assert_eq!(platform.app.store.leads().unwrap().len(), 4);
        platform.stop().await;
    });
}
