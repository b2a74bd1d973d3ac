//! Damaged bodies of every response that a kiosk reads: the round ends normally, staff see a known state, nothing is
//! applied in part, and the next good response repairs everything. `CHAOS_CASES` sets the number of random cases per
//! response.

use crate::damage::damages;
use crate::pending_work::{check_work_done, finish_work, with_pending_work};
use crate::support::is_request;
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// All states that an enrolled kiosk can show.
const STATES: [&str; 8] = [
    "offline",
    "captive",
    "clock_or_tls",
    "unauthorized",
    "rate_limited",
    "server",
    "upgrade_required",
    "ok",
];

/// Damages every response to one kind of request in every way, each time from the same initial state. Then sends good
/// responses.
fn check_damaged_responses(kind: &'static str) {
    let (testbed, erased) = with_pending_work();
    let before = testbed.status().unwrap()["catalogue"]["version"].clone();
    testbed.save_kiosk().unwrap();
    let mut newest = json!(null);
    for (name, damage) in damages() {
        testbed.restore_kiosk().unwrap();
        // In the pass before, the kiosk reported the erasure as done; this orders it again.
        testbed.platform.run(["erase", &erased]).unwrap();
        testbed.proxy.clear_requests();
        testbed.proxy.set_script(move |request| {
            if !is_request(request, kind) {
                return ProxyAction::Forward;
            }
            let damage = Arc::clone(&damage);
            ProxyAction::ChangeResponse(Box::new(move |response| Some(damage(response))))
        });
        for _ in 0..2 {
            let report = testbed.round().unwrap_or_else(|e| panic!("{kind} {name}: {e}"));
            let state = report["state"].as_str().unwrap();
            assert!(STATES.contains(&state), "{kind} {name}: {report}");
            let is_essential = ["/v1/probe", "POST /v1/leads", "POST /v1/heartbeat"].contains(&kind);
            let must_show = is_essential && !name.starts_with("random");
            assert!(!must_show || state != "ok", "{kind} {name}: {report}");
        }
        let sent = testbed
            .proxy
            .requests()
            .iter()
            .filter(|request| request.target.contains(kind))
            .count();
        assert!(sent > 0, "{kind} is never sent");
        // `catalogue verify` checks every byte: the version shown is complete, and it is the old one or the new one.
        let shown = testbed.kiosk.run(["catalogue", "verify"]).unwrap()["version"].clone();
        finish_work(&testbed);
        newest = testbed.status().unwrap()["catalogue"]["version"].clone();
        assert!(shown == before || shown == newest, "{kind} {name}: {shown}");
        check_work_done(&testbed, newest.as_u64().unwrap());
    }
    assert!(newest.as_u64() > before.as_u64());
}

#[test]
fn damaged_probe_responses_are_survived() {
    check_damaged_responses("/v1/probe");
}

#[test]
fn damaged_receipts_are_survived() {
    check_damaged_responses("POST /v1/leads");
}

#[test]
fn damaged_checkpoints_are_survived() {
    check_damaged_responses("/v1/catalogue/checkpoint");
}

#[test]
fn damaged_deltas_are_survived() {
    check_damaged_responses("/delta");
}

#[test]
fn damaged_pictures_are_survived() {
    check_damaged_responses("/v1/pictures");
}

#[test]
fn damaged_heartbeat_replies_are_survived() {
    check_damaged_responses("POST /v1/heartbeat");
}

#[test]
fn damaged_configurations_are_survived() {
    check_damaged_responses("/v1/configuration");
}

#[test]
fn damaged_erasures_are_survived() {
    check_damaged_responses("GET /v1/erasures");
}

#[test]
fn damaged_erasure_confirmations_are_survived() {
    check_damaged_responses("POST /v1/erasures");
}

/// With a damaged snapshot of the first catalogue version, no catalogue is shown.
#[test]
fn damaged_first_snapshot_shows_no_catalogue() {
    let testbed = Testbed::new(TestbedOptions {
        published: 1,
        ..TestbedOptions::default()
    })
    .unwrap();
    testbed.save_kiosk().unwrap();
    for (name, damage) in damages() {
        testbed.restore_kiosk().unwrap();
        testbed.proxy.set_script(move |request| {
            if !is_request(request, "/snapshot") {
                return ProxyAction::Forward;
            }
            let damage = Arc::clone(&damage);
            ProxyAction::ChangeResponse(Box::new(move |response| Some(damage(response))))
        });
        let report = testbed.round().unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(report["catalogue_version"], json!(null), "{name}: {report}");
        assert_eq!(testbed.status().unwrap()["catalogue"], json!(null), "{name}");
        testbed.proxy.forward_all();
        assert!(testbed.round().unwrap()["catalogue_version"].is_u64(), "{name}");
    }
}

/// A checkpoint with a wrong signature, and an older checkpoint with a valid one.
#[test]
fn unsigned_and_older_checkpoints_are_not_installed() {
    let testbed = Testbed::new(TestbedOptions {
        published: 2,
        ..TestbedOptions::default()
    })
    .unwrap();
    let older = Testbed::new(TestbedOptions {
        published: 1,
        ..TestbedOptions::default()
    })
    .unwrap();
    let shown = testbed.round().unwrap()["catalogue_version"].clone();
    let recorded = Arc::new(std::sync::Mutex::new(Vec::new()));
    let target = Arc::clone(&recorded);
    older.proxy.set_script(move |request| {
        let target = Arc::clone(&target);
        if is_request(request, "/checkpoint") {
            return ProxyAction::ChangeResponse(Box::new(move |response| {
                *target.lock().unwrap() = response.bytes.clone();
                Some(response.bytes.clone())
            }));
        }
        ProxyAction::Forward
    });
    older.round().unwrap();
    let old = recorded.lock().unwrap().clone();
    assert!(!old.is_empty());
    testbed.proxy.set_script(move |request| {
        if is_request(request, "/checkpoint") {
            ProxyAction::Respond(old.clone())
        } else {
            ProxyAction::Forward
        }
    });
    let report = testbed.round().unwrap();
    assert_eq!(
        (&report["catalogue_version"], &report["catalogue_refused"]),
        (&shown, &json!(null)),
        "an older version is neither installed nor refused"
    );
    testbed.proxy.set_script(|request| {
        if !is_request(request, "/checkpoint") {
            return ProxyAction::Forward;
        }
        ProxyAction::ChangeResponse(Box::new(|response| {
            let text = String::from_utf8(response.body().to_vec()).unwrap();
            // The checkpoint is a string in the document. Its version changes, its signature does not.
            let (front, back) = text.split_once("version\\\":").unwrap();
            Some(response.with_body(format!("{front}version\\\":9{back}").as_bytes()))
        }))
    });
    let report = testbed.round().unwrap();
    assert_eq!(
        (&report["catalogue_version"], &report["catalogue_refused"]),
        (&shown, &json!("wrong_signature"))
    );
}

/// After any damaged response the kiosk prints an error, stays as it was, and the next code works.
#[test]
fn damaged_enrolment_responses_change_nothing() {
    let testbed =
        Testbed::without_enrolment(TestbedOptions::default(), IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    for (name, damage) in damages() {
        let is_random = name.starts_with("random");
        testbed.proxy.set_script(move |request| {
            if !is_request(request, "/v1/enrolments") {
                return ProxyAction::Forward;
            }
            let damage = Arc::clone(&damage);
            ProxyAction::ChangeResponse(Box::new(move |response| Some(damage(response))))
        });
        // Random damage may leave a usable document; only TLS protects against that.
        match testbed.enrol() {
            Ok(_) => assert!(is_random, "{name} is accepted"),
            Err(error) => {
                let error = error.to_string();
                assert!(
                    error.contains("exit status: 1") && !error.contains("panicked"),
                    "{name}: {error}"
                );
                assert!(
                    error.contains("expo-kiosk: ")
                        && (error.trim_end().ends_with('.') || error.contains(". ")),
                    "{name}: {error}"
                );
            }
        }
    }
    testbed.proxy.forward_all();
    testbed.enrol().unwrap();
    testbed.add_lead().unwrap();
    testbed.rounds_until_ok(1).unwrap();
    testbed.check_settled().unwrap();
}
