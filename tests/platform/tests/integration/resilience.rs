//! Callers that are slow, endless or too many, and a database that goes away.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, batch, run};
use cluster::{Cluster, Commits};
use contract::{Answer, Api};
use platform::Limits;
use protocol::Outcome;
use reqwest::Method;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

on_both_stores!(
    a_body_that_never_ends_is_refused_and_keeps_nobody_waiting,
    a_head_without_measure_is_refused_and_costs_nothing,
    an_address_that_asks_too_much_waits_whatever_token_it_makes_up,
    behind_a_proxy_each_caller_is_counted_by_the_address_that_the_proxy_saw,
);

async fn connect(stand: &Stand) -> TcpStream {
    let address = stand.url.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// All that is answered until the platform hangs up.
async fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // What was not read of a request makes the end of the connection a hard one.
    stream.read_to_end(&mut answer).await.ok();
    String::from_utf8_lossy(&answer).into_owned()
}

fn a_body_that_never_ends_is_refused_and_keeps_nobody_waiting(ground: &Ground) {
    run(async {
        let mut limits = Limits::new(0, 0, false);
        assert_eq!(limits.body_time, Duration::from_secs(30));
        limits.body_time = Duration::from_millis(200);
        let stand = Stand::start_with(ground, limits).await;
        let (kiosk, enrolled) = stand.enrol().await;
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
                let mut stream = connect(&stand).await;
                let request =
                    format!("POST /v1/{path} HTTP/1.1\r\nHost: test\r\n{head}{length}\r\n\r\n{begun}");
                stream.write_all(request.as_bytes()).await.unwrap();
                // Others are answered meanwhile.
                kiosk.heartbeat(&protocol::Heartbeat::default()).await.unwrap();
                let answer = answer(stream).await;
                assert!(answer.starts_with("HTTP/1.1 408 "), "{path}: {answer}");
                assert!(
                    answer.contains("expo-protocol: 1") && answer.contains("#slow\""),
                    "{answer}"
                );
            }
        }
        assert_eq!(stand.app.store.kiosks().unwrap().len(), 1);
    });
}

fn a_head_without_measure_is_refused_and_costs_nothing(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        for (bytes, status) in [(20 * 1024, "200"), (33 * 1024, "431"), (4 << 20, "431")] {
            let mut stream = connect(&stand).await;
            let head = format!(
                "GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Long: {}\r\n\r\n",
                "x".repeat(bytes)
            );
            // It may be refused before it is read.
            stream.write_all(head.as_bytes()).await.ok();
            let answer = answer(stream).await;
            // A caller that is still sending may find the connection closed instead.
            let is_cut = bytes > 1 << 20 && answer.is_empty();
            assert!(
                is_cut || answer.starts_with(&format!("HTTP/1.1 {status} ")),
                "{bytes}: {answer}"
            );
            // Up to twice as much it is the platform that speaks, beyond it the connection.
            assert!(
                bytes > 64 * 1024 || answer.contains("expo-protocol: 1"),
                "{answer}"
            );
        }
        assert_eq!(stand.api().get("/healthz").await.unwrap().status, 200);
    });
}

const OPEN: [(Method, &str); 3] = [
    (Method::GET, "/healthz"),
    (Method::GET, "/v1/probe?nonce=a"),
    (Method::POST, "/v1/enrolments"),
];

/// The first refusal for too many requests, if there is one within a hundred.
async fn until_refused(api: &Api, method: &Method, path: &str, headers: &[(&str, &str)]) -> Option<Answer> {
    for _ in 0..100 {
        let body = (method == Method::POST).then(|| b"no enrolment".to_vec());
        let answer = api.ask(method.clone(), path, headers, body).await.unwrap();
        if answer.status == 429 {
            return Some(answer);
        }
    }
    None
}

fn an_address_that_asks_too_much_waits_whatever_token_it_makes_up(ground: &Ground) {
    run(async {
        for (method, path) in OPEN {
            for token in [None, Some("made-up")] {
                let stand = Stand::start_with(ground, Limits::new(0, 1, false)).await;
                let (kiosk, _) = stand.enrol().await;
                let caller = token.map_or_else(|| stand.api(), |token| stand.api().with_token(token));
                let refused = until_refused(&caller, &method, path, &[]).await;
                let refused = refused.unwrap_or_else(|| panic!("{path} has no limit with {token:?}"));
                refused.refused(429, "too_fast").unwrap();
                assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
                // A kiosk of the same address has its own budget where its token is looked at.
                assert_eq!(kiosk.get("/v1/configuration").await.unwrap().status, 204);
            }
        }
    });
}

fn behind_a_proxy_each_caller_is_counted_by_the_address_that_the_proxy_saw(ground: &Ground) {
    run(async {
        let get = Method::GET;
        let stand = Stand::start_with(ground, Limits::new(0, 1, true)).await;
        let caller = stand.api().with_token("made-up");
        let told = |addresses| [("x-forwarded-for", addresses)];
        let busy = until_refused(&caller, &get, "/healthz", &told("203.0.113.7")).await;
        busy.unwrap().refused(429, "too_fast").unwrap();
        let ask = async |addresses| {
            let told = told(addresses);
            caller
                .ask(get.clone(), "/healthz", &told, None)
                .await
                .unwrap()
                .status
        };
        assert_eq!(ask("203.0.113.8").await, 200, "another caller");
        // The bucket of that address fills by one a second; a fresh one would have ten.
        let mut refused = false;
        for _ in 0..9 {
            refused = refused || ask("203.0.113.9, 203.0.113.7").await == 429;
        }
        assert!(refused, "what a caller says of itself counts for nothing");
        // Without a proxy to believe, all of them are one.
        let stand = Stand::start_with(ground, Limits::new(0, 1, false)).await;
        until_refused(&stand.api(), &get, "/healthz", &told("203.0.113.7"))
            .await
            .unwrap();
        let mut refused = false;
        for _ in 0..9 {
            let told = told("203.0.113.8");
            let other = stand.api().ask(get.clone(), "/healthz", &told, None).await;
            refused = refused || other.unwrap().status == 429;
        }
        assert!(refused);
    });
}

#[test]
fn while_the_database_is_away_nothing_is_promised_and_when_it_is_back_all_goes_on() {
    let cluster = Cluster::start(Commits::Quick).unwrap();
    let ground = Ground::on(&cluster);
    run(async {
        let stand = Stand::start(&ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let leads = batch(1..=3, &enrolled.leads_recipient);
        kiosk
            .send_leads(&batch(4..=4, &enrolled.leads_recipient))
            .await
            .unwrap();
        let code = stand.code();
        let enrolment = serde_json::json!({"code": code, "program": "test"});
        cluster.stop().unwrap();
        for _ in 0..3 {
            let stranger = stand.api();
            for answer in [
                stranger.get("/healthz").await.unwrap(),
                stranger.post("/v1/enrolments", &enrolment).await.unwrap(),
                kiosk.post("/v1/leads", &leads).await.unwrap(),
                kiosk.get("/v1/configuration").await.unwrap(),
                kiosk.get("/v1/erasures?after=0").await.unwrap(),
            ] {
                answer.refused(503, "store").unwrap();
                assert_eq!(answer.header("retry-after"), "5");
            }
            // It is still the platform that speaks: a kiosk sees that it is no login page.
            assert_eq!(stranger.get("/v1/probe?nonce=a").await.unwrap().status, 200);
        }
        cluster.resume().unwrap();
        assert_eq!(stand.api().get("/healthz").await.unwrap().status, 200);
        let receipts = kiosk.send_leads(&leads).await.unwrap().receipts;
        assert!(
            receipts
                .iter()
                .all(|receipt| receipt.outcome == Outcome::Accepted)
        );
        assert_eq!(stand.api().enrol(&code).await.unwrap().kiosk, "K02");
        // Gone and back before anybody asked.
        cluster.stop().unwrap();
        cluster.resume().unwrap();
        let receipts = kiosk.send_leads(&leads).await.unwrap().receipts;
        assert!(
            receipts
                .iter()
                .all(|receipt| receipt.outcome == Outcome::Duplicate)
        );
        assert_eq!(stand.app.store.leads().unwrap().len(), 4);
        stand.stop().await;
    });
}
