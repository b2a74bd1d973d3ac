//! Two instances on one store behind a simple reverse proxy act as one platform.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, batch, run};
use contract::Api;
use expo_protocol::{Heartbeat, Outcome};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use uuid::Uuid;

on_both_stores!(
    two_instances_behind_a_proxy_act_as_one,
    parallel_identical_batches_store_each_lead_once,
    other_instance_continues_when_one_stops,
);

/// Starts a reverse proxy and returns its URL. It uses the next instance for each connection, or another if that is down.
async fn proxy(urls: &[&str]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let targets: Vec<String> = urls
        .iter()
        .map(|url| url.trim_start_matches("http://").to_owned())
        .collect();
    let next = Arc::new(AtomicUsize::new(0));
    tokio::spawn(async move {
        while let Ok((mut caller, _)) = listener.accept().await {
            let (targets, next) = (targets.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                for _ in 0..targets.len() {
                    let target = &targets[next.fetch_add(1, Ordering::Relaxed) % targets.len()];
                    if let Ok(mut platform) = TcpStream::connect(target).await {
                        tokio::io::copy_bidirectional(&mut caller, &mut platform)
                            .await
                            .ok();
                        return;
                    }
                }
            });
        }
    });
    url
}

/// A new client has its own connection, so consecutive requests go to different instances.
fn client(url: &str, token: &str) -> Api {
    Api::new(url, None).unwrap().with_token(token)
}

fn two_instances_behind_a_proxy_act_as_one(test_store: &TestStore) {
    run(async {
        let platforms = [
            TestPlatform::start(test_store).await,
            TestPlatform::start(test_store).await,
        ];
        let url = proxy(&[&platforms[0].url, &platforms[1].url]).await;
        let code = platforms[0].code();
        let enrolled = client(&url, "").enrol(&code).await.unwrap();
        // Enrolled by one, known to both; a used code is used for both.
        let used = serde_json::json!({"code": code, "program": "test"});
        for _ in 0..4 {
            let answer = client(&url, "").post("/v1/enrolments", &used).await.unwrap();
            answer.expect_problem(409, "code_used").unwrap();
        }
        let batch = batch(1..=3, &enrolled.leads_recipient);
        let mut outcomes = Vec::new();
        for _ in 0..4 {
            let receipts = client(&url, &enrolled.token)
                .send_leads(&batch)
                .await
                .unwrap()
                .receipts;
            outcomes.push(receipts[0].outcome);
        }
        assert_eq!(outcomes[0], Outcome::Accepted);
        assert_eq!(outcomes[1..], [Outcome::Duplicate; 3]);
        // Erased by one, known to the other.
        platforms[1]
            .app
            .store
            .erase(Uuid::from_u128(2), None, Timestamp::now())
            .unwrap();
        for _ in 0..2 {
            let reply = client(&url, &enrolled.token)
                .heartbeat(&Heartbeat::default())
                .await
                .unwrap();
            assert_eq!(reply.erasures, 1);
        }
        let wrong = serde_json::json!({"code": "0000-0000-0000", "program": "test"});
        let mut statuses = Vec::new();
        for _ in 0..31 {
            statuses.push(
                client(&url, "")
                    .post("/v1/enrolments", &wrong)
                    .await
                    .unwrap()
                    .status,
            );
        }
        // Thirty wrong codes are the limit over all instances.
        assert_eq!((statuses[29], statuses[30]), (404, 429));
        let total: u64 = platforms
            .iter()
            .map(|platform| request_count(platform, "/v1/enrolments"))
            .sum();
        assert_eq!(total, 36);
        assert!(platforms.iter().all(has_requests), "both served requests");
    });
}

fn request_count(platform: &TestPlatform, route: &str) -> u64 {
    let text = platform.app.metrics.text(&platform.app.store).unwrap();
    let of_route = format!("expo_request_seconds_count{{route=\"{route}\"}} ");
    let line = text.lines().find_map(|line| line.strip_prefix(&of_route));
    line.map_or(0, |count| count.parse().unwrap())
}

fn has_requests(platform: &TestPlatform) -> bool {
    request_count(platform, "/v1/leads") + request_count(platform, "/v1/enrolments") > 0
}

fn parallel_identical_batches_store_each_lead_once(test_store: &TestStore) {
    run(async {
        let platforms = [
            TestPlatform::start(test_store).await,
            TestPlatform::start(test_store).await,
        ];
        let (_, enrolled) = platforms[0].enrol().await;
        let forwards = batch(1..=40, &enrolled.leads_recipient);
        let mut backwards = forwards.clone();
        backwards.items.reverse();
        let mut sending = JoinSet::new();
        for sender in 0..12 {
            let kiosk = client(&platforms[sender % 2].url, &enrolled.token);
            let batch = if sender % 3 == 0 { &backwards } else { &forwards }.clone();
            sending.spawn(async move { kiosk.send_leads(&batch).await.unwrap().receipts });
        }
        let mut accepted = BTreeMap::new();
        for receipt in sending.join_all().await.into_iter().flatten() {
            assert!(matches!(receipt.outcome, Outcome::Accepted | Outcome::Duplicate));
            *accepted.entry(receipt.id).or_insert(0) += i32::from(receipt.outcome == Outcome::Accepted);
        }
        assert_eq!(accepted.len(), 40);
        assert!(accepted.values().all(|count| *count == 1));
        assert_eq!(platforms[1].app.store.leads().unwrap().len(), 40);
    });
}

fn other_instance_continues_when_one_stops(test_store: &TestStore) {
    run(async {
        let (one, other) = (
            TestPlatform::start(test_store).await,
            TestPlatform::start(test_store).await,
        );
        let url = proxy(&[&one.url, &other.url]).await;
        let (_, enrolled) = one.enrol().await;
        let batch = batch(1..=2, &enrolled.leads_recipient);
        client(&url, &enrolled.token).send_leads(&batch).await.unwrap();
        one.stop().await;
        for _ in 0..3 {
            let receipts = client(&url, &enrolled.token)
                .send_leads(&batch)
                .await
                .unwrap()
                .receipts;
            assert!(
                receipts
                    .iter()
                    .all(|receipt| receipt.outcome == Outcome::Duplicate)
            );
        }
        assert_eq!(other.app.store.leads().unwrap().len(), 2);
    });
}
