//! Two platforms on one store behind a plain reverse proxy are one.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, batch, run};
use contract::Api;
use jiff::Timestamp;
use protocol::{Heartbeat, Outcome};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use uuid::Uuid;

on_both_stores!(
    behind_a_proxy_two_are_one,
    parallel_identical_batches_count_each_lead_once,
    when_one_ends_the_other_goes_on,
);

/// A reverse proxy that takes the next platform for each connection, or another when that is gone; returns its URL.
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

/// Each request on a connection of its own, so that neighbours go to different platforms.
fn caller(url: &str, token: &str) -> Api {
    Api::new(url, None).unwrap().with_token(token)
}

fn behind_a_proxy_two_are_one(ground: &Ground) {
    run(async {
        let stands = [Stand::start(ground).await, Stand::start(ground).await];
        let url = proxy(&[&stands[0].url, &stands[1].url]).await;
        let code = stands[0].code();
        let enrolled = caller(&url, "").enrol(&code).await.unwrap();
        // Enrolled at one, known at both; a code is used at both.
        let used = serde_json::json!({"code": code, "program": "test"});
        for _ in 0..4 {
            let answer = caller(&url, "").post("/v1/enrolments", &used).await.unwrap();
            answer.refused(409, "code_used").unwrap();
        }
        let batch = batch(1..=3, &enrolled.leads_recipient);
        let mut outcomes = Vec::new();
        for _ in 0..4 {
            let receipts = caller(&url, &enrolled.token)
                .send_leads(&batch)
                .await
                .unwrap()
                .receipts;
            outcomes.push(receipts[0].outcome);
        }
        assert_eq!(outcomes[0], Outcome::Accepted);
        assert_eq!(outcomes[1..], [Outcome::Duplicate; 3]);
        // Told to one, known at the other.
        stands[1]
            .app
            .store
            .erase(Uuid::from_u128(2), None, Timestamp::now())
            .unwrap();
        for _ in 0..2 {
            let reply = caller(&url, &enrolled.token)
                .heartbeat(&Heartbeat::default())
                .await
                .unwrap();
            assert_eq!(reply.erasures, 1);
        }
        let wrong = serde_json::json!({"code": "0000-0000-0000", "program": "test"});
        let mut statuses = Vec::new();
        for _ in 0..31 {
            statuses.push(
                caller(&url, "")
                    .post("/v1/enrolments", &wrong)
                    .await
                    .unwrap()
                    .status,
            );
        }
        // Whoever is asked, thirty wrong ones are enough.
        assert_eq!((statuses[29], statuses[30]), (404, 429));
        let counted: u64 = stands.iter().map(|stand| counted(stand, "/v1/enrolments")).sum();
        assert_eq!(counted, 36);
        assert!(stands.iter().all(counted_any), "both were asked");
    });
}

fn counted(stand: &Stand, route: &str) -> u64 {
    let text = stand.app.metrics.text(&stand.app).unwrap();
    let of_route = format!("expo_request_seconds_count{{route=\"{route}\"}} ");
    let line = text.lines().find_map(|line| line.strip_prefix(&of_route));
    line.map_or(0, |count| count.parse().unwrap())
}

fn counted_any(stand: &Stand) -> bool {
    counted(stand, "/v1/leads") + counted(stand, "/v1/enrolments") > 0
}

fn parallel_identical_batches_count_each_lead_once(ground: &Ground) {
    run(async {
        let stands = [Stand::start(ground).await, Stand::start(ground).await];
        let (_, enrolled) = stands[0].enrol().await;
        let forwards = batch(1..=40, &enrolled.leads_recipient);
        let mut backwards = forwards.clone();
        backwards.items.reverse();
        let mut sending = JoinSet::new();
        for sender in 0..12 {
            let kiosk = caller(&stands[sender % 2].url, &enrolled.token);
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
        assert_eq!(stands[1].app.store.leads().unwrap().len(), 40);
    });
}

fn when_one_ends_the_other_goes_on(ground: &Ground) {
    run(async {
        let (one, other) = (Stand::start(ground).await, Stand::start(ground).await);
        let url = proxy(&[&one.url, &other.url]).await;
        let (_, enrolled) = one.enrol().await;
        let batch = batch(1..=2, &enrolled.leads_recipient);
        caller(&url, &enrolled.token).send_leads(&batch).await.unwrap();
        one.stop().await;
        for _ in 0..3 {
            let receipts = caller(&url, &enrolled.token)
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
