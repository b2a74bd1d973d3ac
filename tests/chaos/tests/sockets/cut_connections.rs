//! Connections that break after n bytes, in heads and bodies of requests and responses. `CHAOS_CUTS` sets the number of
//! positions in each head and each body.

use crate::pending_work::{check_work_done, finish_work, with_pending_work};
use crate::support::{first_times, is_request};
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::json;
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

/// Positions at which a message is cut: at both ends of its head and its body, and in between.
fn cut_positions(head_length: usize, length: usize) -> Vec<usize> {
    let count = std::env::var("CHAOS_CUTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(2_usize);
    let mut positions = vec![
        0,
        head_length.saturating_sub(1),
        head_length,
        length.saturating_sub(1),
    ];
    positions.extend((1..=count).map(|n| n * head_length / (count + 1)));
    positions.extend((1..=count).map(|n| head_length + n * (length - head_length) / (count + 1)));
    positions.retain(|position| *position < length);
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Length of the head and of the message, for the first request of a kind and its response.
fn measure(testbed: &Testbed, kind: &'static str) -> [(usize, usize); 2] {
    let lengths = Arc::new(Mutex::new([(0, 0); 2]));
    let recorded = Arc::clone(&lengths);
    testbed.proxy.set_script(move |request| {
        if !is_request(request, kind) {
            return ProxyAction::Forward;
        }
        let of_request = (request.head_length, request.bytes.len());
        let recorded = Arc::clone(&recorded);
        ProxyAction::ChangeResponse(Box::new(move |response| {
            let mut first = recorded.lock().unwrap();
            if first[0] == (0, 0) {
                *first = [of_request, (response.head_length, response.bytes.len())];
            }
            Some(response.bytes.clone())
        }))
    });
    testbed.round().unwrap();
    testbed.round().unwrap();
    testbed.proxy.forward_all();
    let lengths = *lengths.lock().unwrap();
    assert!(lengths[0].1 > 0, "{kind} is never sent");
    lengths
}

/// Cuts the first request of a kind and its response at every position, each time from the same initial state. Then
/// `check` finishes the work and checks the result.
fn cut_everywhere(testbed: &Testbed, kind: &'static str, check: impl Fn(&Testbed)) {
    testbed.save_kiosk().unwrap();
    let lengths = measure(testbed, kind);
    for (direction, (head_length, length)) in
        [Direction::Request, Direction::Response].into_iter().zip(lengths)
    {
        for position in cut_positions(head_length, length) {
            testbed.restore_kiosk().unwrap();
            let mut is_first = first_times(1);
            testbed.proxy.set_script(move |request| match direction {
                Direction::Request if is_request(request, kind) && is_first() => {
                    ProxyAction::CutRequest(position)
                }
                Direction::Response if is_request(request, kind) && is_first() => {
                    ProxyAction::CutResponse(position)
                }
                _ => ProxyAction::Forward,
            });
            let before = testbed.status().unwrap();
            let report = testbed.round().unwrap();
            let versions = [&before["catalogue"]["version"], &report["catalogue_version"]];
            if kind == "POST /v1/leads" {
                assert_eq!(
                    report["state"],
                    json!("offline"),
                    "{direction:?} at {position}: {report}"
                );
                assert_eq!(
                    report["waiting"], before["waiting"],
                    "{direction:?} at {position}: {report}"
                );
            } else {
                assert_eq!(
                    report["waiting"],
                    json!(0),
                    "{kind} {direction:?} at {position}: {report}"
                );
            }
            // A round that continues with pictures may try again and succeed.
            if (kind == "/delta" || kind == "/snapshot") && versions[0] != versions[1] {
                let verified = testbed.kiosk.run(["catalogue", "verify"]);
                assert!(
                    verified.is_ok(),
                    "{kind} {direction:?} at {position}: incomplete catalogue"
                );
            }
            check(testbed);
        }
    }
}

#[test]
fn leads_cut_at_any_byte_arrive_once() {
    let testbed = Testbed::new(TestbedOptions {
        backlog: true,
        ..TestbedOptions::default()
    })
    .unwrap();
    cut_everywhere(&testbed, "POST /v1/leads", |testbed| {
        testbed.rounds_until_ok(1).unwrap();
        testbed.check_settled().unwrap();
    });
}

#[test]
fn snapshot_cut_at_any_byte_is_shown_complete_or_not() {
    let testbed = Testbed::new(TestbedOptions {
        published: 1,
        ..TestbedOptions::default()
    })
    .unwrap();
    cut_everywhere(&testbed, "/snapshot", |testbed| {
        testbed.rounds_until_ok(1).unwrap();
        assert!(testbed.kiosk.run(["catalogue", "verify"]).unwrap()["version"].is_u64());
    });
}

#[test]
fn delta_cut_at_any_byte_is_shown_complete_or_not() {
    let (testbed, _) = with_pending_work();
    let newest = testbed.platform.run(["publish", &source_2()]).unwrap()["version"]
        .as_u64()
        .unwrap();
    cut_everywhere(&testbed, "/delta", |testbed| {
        finish_work(testbed);
        check_work_done(testbed, newest);
    });
}

fn source_2() -> String {
    acceptance::programs::repository()
        .join("target/chaos/template/source-2")
        .display()
        .to_string()
}

/// A download that breaks in the body of the response resumes with a range.
#[test]
fn picture_cut_at_any_byte_resumes_there() {
    let (testbed, _) = with_pending_work();
    testbed.save_kiosk().unwrap();
    let [_, (head_length, length)] = measure(&testbed, "GET /v1/pictures");
    for position in cut_positions(head_length, length) {
        testbed.restore_kiosk().unwrap();
        testbed.proxy.clear_requests();
        let mut is_first = first_times(1);
        testbed.proxy.set_script(move |request| {
            if is_request(request, "GET /v1/pictures") && is_first() {
                ProxyAction::CutResponse(position)
            } else {
                ProxyAction::Forward
            }
        });
        run_two_rounds(&testbed);
        let requests = testbed.proxy.requests();
        let requests: Vec<_> = requests
            .iter()
            .filter(|request| request.target.contains("/v1/pictures"))
            .collect();
        let repeated = requests[1..]
            .iter()
            .find(|request| request.target == requests[0].target);
        let context = format!("cut at {position} of {length}, head {head_length}");
        let repeated = repeated.unwrap_or_else(|| panic!("{context}: {requests:?}"));
        let range = (position > head_length).then(|| format!("bytes={}-", position - head_length));
        assert_eq!(repeated.range, range, "{context}");
        let missing = &testbed.kiosk.run(["catalogue", "verify"]).unwrap()["missing_pictures"];
        assert!(missing.is_null() || *missing == json!(0), "{missing}");
    }
}

/// Runs the round that is cut and the next one, with the same script.
fn run_two_rounds(testbed: &Testbed) {
    testbed.round().unwrap();
    testbed.round().unwrap();
}
