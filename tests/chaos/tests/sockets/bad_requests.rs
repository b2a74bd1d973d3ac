//! Damaged bodies of every request that a platform reads: it refuses them with the right status and never with a 5xx,
//! and accepts the kiosk's own request afterwards.

use crate::damage::{apply_damage, random_damages};
use crate::pending_work::{check_work_done, finish_work, with_pending_work};
use crate::support::is_request;
use chaos::message::Message;
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};

/// Bodies from which the platform must store nothing. No body here is valid JSON: headers have no hash, so the platform
/// could not detect a changed header in valid JSON.
fn unreadable_bodies(request: &Message) -> Vec<Vec<u8>> {
    let body = request.body();
    let half = body[..body.len() / 2].to_vec();
    let mut all = vec![
        Vec::new(),
        b"{".to_vec(),
        b"[]".to_vec(),
        half,
        vec![b' '; 300 * 1024],
        vec![0; 40],
    ];
    all.push([body, body].concat());
    all.extend(
        random_damages()
            .iter()
            .map(|damage| [b"\xff".as_slice(), &apply_damage(body, damage)].concat()),
    );
    all
}

fn check_refused(kind: &'static str) {
    let (testbed, erased) = with_pending_work();
    testbed.save_kiosk().unwrap();
    let mut number = 0;
    loop {
        testbed.restore_kiosk().unwrap();
        // In the pass before, the kiosk reported the erasure as done; this orders it again.
        testbed.platform.run(["erase", &erased]).unwrap();
        testbed.proxy.clear_requests();
        let index = number;
        let (sender, counts) = std::sync::mpsc::channel();
        testbed.proxy.set_script(move |request| {
            if !is_request(request, kind) {
                return ProxyAction::Forward;
            }
            let bodies = unreadable_bodies(request);
            sender.send(bodies.len()).ok();
            bodies.get(index).map_or(ProxyAction::Forward, |body| {
                ProxyAction::ReplaceRequest(request.with_body(body))
            })
        });
        let report = testbed.round().unwrap();
        let requests = testbed.proxy.requests();
        let requests: Vec<_> = requests
            .iter()
            .filter(|request| request.target.contains(kind))
            .collect();
        let Some(bodies) = counts.try_iter().last() else {
            panic!("{kind} is never sent")
        };
        if number >= bodies {
            break;
        }
        for request in requests {
            let status = request.status.unwrap();
            assert!([400, 413, 422].contains(&status), "{kind} {number}: {status}");
        }
        if kind == "POST /v1/leads" {
            // If the platform refuses every lead, none is rejected: all stay waiting.
            assert_eq!(
                (&report["state"], &report["waiting"]),
                (&json!("server"), &json!(1)),
                "{number}"
            );
        }
        finish_work(&testbed);
        let version = testbed.status().unwrap()["catalogue"]["version"]
            .as_u64()
            .unwrap();
        check_work_done(&testbed, version);
        number += 1;
    }
    assert!(number > 6);
}

#[test]
fn damaged_batches_are_refused() {
    check_refused("POST /v1/leads");
}

#[test]
fn damaged_heartbeats_are_refused() {
    check_refused("POST /v1/heartbeat");
}

#[test]
fn damaged_erasure_reports_are_refused() {
    check_refused("POST /v1/erasures");
}

#[test]
fn damaged_enrolments_are_refused() {
    let testbed =
        Testbed::without_enrolment(TestbedOptions::default(), IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    for number in 0..10 {
        testbed.proxy.clear_requests();
        testbed.proxy.set_script(move |request| {
            if !is_request(request, "/v1/enrolments") {
                return ProxyAction::Forward;
            }
            ProxyAction::ReplaceRequest(request.with_body(unreadable_bodies(request).get(number).unwrap()))
        });
        let error = testbed.enrol().unwrap_err().to_string();
        assert!(
            error.contains("exit status: 1") && !error.contains("panicked"),
            "{error}"
        );
        let requests = testbed.proxy.requests();
        let status = requests
            .iter()
            .find(|request| request.target.contains("enrolments"))
            .unwrap()
            .status
            .unwrap();
        assert!([400, 413, 422].contains(&status), "{number}: {status}");
    }
    testbed.proxy.forward_all();
    testbed.enrol().unwrap();
}
