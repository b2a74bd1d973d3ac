//! Responses that are lost, requests that arrive twice, and connections that are slow.

use crate::pending_work::{check_work_done, finish_work, with_pending_work};
use crate::support::{first_times, is_request};
use chaos::proxy::ProxyAction;
use chaos::template::BACKLOG;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::json;
use std::time::Duration;

/// All requests of a kiosk that change or download something.
const REQUESTS: [&str; 9] = [
    "POST /v1/leads",
    "GET /v1/catalogue/checkpoint",
    "/snapshot",
    "/delta",
    "GET /v1/pictures",
    "POST /v1/heartbeat",
    "GET /v1/erasures",
    "POST /v1/erasures",
    "GET /v1/configuration",
];

fn run_round_and_get_version(testbed: &Testbed) -> u64 {
    let report = testbed.round().unwrap();
    report["catalogue_version"].as_u64().unwrap()
}

#[test]
fn work_is_done_once_when_a_response_is_lost() {
    for (kind, count) in REQUESTS.into_iter().zip([1, 2, 3].into_iter().cycle()) {
        let (testbed, _) = with_pending_work();
        let mut is_lost = first_times(count);
        testbed.proxy.set_script(move |request| {
            if is_request(request, kind) && is_lost() {
                ProxyAction::CutResponse(0)
            } else {
                ProxyAction::Forward
            }
        });
        for _ in 0..=count {
            testbed.round().unwrap();
        }
        let requests = testbed.proxy.requests();
        let count_of = |is_answered: bool| {
            let of_kind = requests.iter().filter(|request| request.target.contains(kind));
            of_kind
                .filter(|request| request.status.is_some() == is_answered)
                .count()
        };
        // No snapshot is requested if the delta arrives. An erasure is reported once, answered or not.
        assert!(count_of(false) >= 1 || kind == "/snapshot", "{kind}");
        let may_be_unanswered = ["/snapshot", "POST /v1/erasures"].contains(&kind);
        assert!(count_of(true) >= 1 || may_be_unanswered, "{kind}");
        finish_work(&testbed);
        testbed.proxy.clear_requests();
        check_work_done(&testbed, run_round_and_get_version(&testbed));
        let again = testbed.proxy.requests();
        assert!(
            !again.iter().any(|request| request.target.contains("erasures")),
            "erasures are requested again: {again:?}"
        );
    }
}

#[test]
fn leads_with_lost_receipts_count_once() {
    let testbed = Testbed::new(TestbedOptions {
        backlog: true,
        ..TestbedOptions::default()
    })
    .unwrap();
    let mut is_lost = first_times(3);
    testbed.proxy.set_script(move |request| {
        if is_request(request, "POST /v1/leads") && is_lost() {
            ProxyAction::CutResponse(0)
        } else {
            ProxyAction::Forward
        }
    });
    let reports = testbed.rounds_until_ok(4).unwrap();
    assert_eq!(reports[0]["state"], json!("offline"));
    assert_eq!(reports[0]["waiting"], json!(BACKLOG));
    let last = reports.last().unwrap();
    assert_eq!(last["duplicates"], json!(100), "{reports:?}");
    testbed.check_settled().unwrap();
}

#[test]
fn duplicated_requests_are_processed_once() {
    let (testbed, _) = with_pending_work();
    testbed.proxy.set_script(|_| ProxyAction::Duplicate);
    for _ in 0..4 {
        assert_eq!(testbed.round().unwrap()["state"], json!("ok"));
    }
    check_work_done(&testbed, run_round_and_get_version(&testbed));
    let testbed = Testbed::new(TestbedOptions {
        backlog: true,
        ..TestbedOptions::default()
    })
    .unwrap();
    testbed.proxy.set_script(|_| ProxyAction::Duplicate);
    let report = testbed.round().unwrap();
    assert_eq!(
        (&report["state"], &report["duplicates"]),
        (&json!("ok"), &json!(BACKLOG)),
        "{report}"
    );
    testbed.check_settled().unwrap();
}

#[test]
fn work_is_done_over_a_slow_connection() {
    let (testbed, _) = with_pending_work();
    let slow = |piece, pause| move |_: &_| ProxyAction::Slow(piece, Duration::from_millis(pause));
    testbed.proxy.set_script(slow(900, 8));
    for _ in 0..3 {
        assert_eq!(testbed.round().unwrap()["state"], json!("ok"));
    }
    finish_work(&testbed);
    check_work_done(&testbed, run_round_and_get_version(&testbed));
}

/// No response arrives before the timeout: the state is `offline`.
#[test]
fn stalled_request_loses_no_lead() {
    let testbed = Testbed::new(TestbedOptions::default()).unwrap();
    testbed.add_lead().unwrap();
    testbed.proxy.set_script(|request| {
        if is_request(request, "POST /v1/leads") {
            ProxyAction::Silence
        } else {
            ProxyAction::Forward
        }
    });
    let report = testbed.round().unwrap();
    assert_eq!(
        (&report["state"], &report["waiting"]),
        (&json!("offline"), &json!(1)),
        "{report}"
    );
    testbed.proxy.forward_all();
    testbed.rounds_until_ok(1).unwrap();
    testbed.check_settled().unwrap();
}
