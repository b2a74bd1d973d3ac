//! Bad bodies from the platform's side, for every answer a kiosk reads: its round ends in order, staff get a state that
//! has a sentence, nothing is applied in part, and the next good answer puts all right. Made-up damage beside that by
//! hand: little here, as much as the environment's `CHAOS_CASES` says for each answer.

use crate::damage::damages;
use crate::is;
use crate::lost::{busy, finish, is_done};
use chaos::line::Fate;
use chaos::stand::{Plan, Stand};
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// Every state that has a sentence.
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

/// Spoils every answer of a kind, each time from the same beginning, then puts it right.
fn is_survived(kind: &'static str) {
    let (stand, forgotten) = busy();
    let before = stand.status().unwrap()["catalogue"]["version"].clone();
    stand.keep().unwrap();
    let mut newest = json!(null);
    for (name, damage) in damages() {
        stand.put_back().unwrap();
        // The platform knows since the last time that it is done: it tells of it once more.
        stand.platform.run(["erase", &forgotten]).unwrap();
        stand.line.forget();
        stand.line.script(move |request| {
            if !is(request, kind) {
                return Fate::Pass;
            }
            let damage = Arc::clone(&damage);
            Fate::Reply(Box::new(move |answer| Some(damage(answer))))
        });
        for _ in 0..2 {
            let report = stand.round().unwrap_or_else(|e| panic!("{kind} {name}: {e}"));
            let state = report["state"].as_str().unwrap();
            assert!(STATES.contains(&state), "{kind} {name}: {report}");
            let essential = ["/v1/probe", "POST /v1/leads", "POST /v1/heartbeat"].contains(&kind);
            let must_show = essential && !name.starts_with("made up");
            assert!(!must_show || state != "ok", "{kind} {name}: {report}");
        }
        let asked = stand
            .line
            .seen()
            .iter()
            .filter(|seen| seen.asked.contains(kind))
            .count();
        assert!(asked > 0, "{kind} is never asked");
        // What is shown is one whole version: verified to the byte, the old one or the new one.
        let shown = stand.kiosk.run(["catalogue", "verify"]).unwrap()["version"].clone();
        finish(&stand);
        newest = stand.status().unwrap()["catalogue"]["version"].clone();
        assert!(shown == before || shown == newest, "{kind} {name}: {shown}");
        is_done(&stand, newest.as_u64().unwrap());
    }
    assert!(newest.as_u64() > before.as_u64());
}

#[test]
fn bad_probes() {
    is_survived("/v1/probe");
}

#[test]
fn bad_receipts() {
    is_survived("POST /v1/leads");
}

#[test]
fn bad_checkpoints() {
    is_survived("/v1/catalogue/checkpoint");
}

#[test]
fn bad_changes() {
    is_survived("/delta");
}

#[test]
fn bad_pictures() {
    is_survived("/v1/pictures");
}

#[test]
fn bad_answers_to_heartbeats() {
    is_survived("POST /v1/heartbeat");
}

#[test]
fn bad_configurations() {
    is_survived("/v1/configuration");
}

#[test]
fn bad_erasures() {
    is_survived("GET /v1/erasures");
}

#[test]
fn bad_answers_to_erasures_done() {
    is_survived("POST /v1/erasures");
}

/// The first catalogue there is: where the snapshot is bad none is shown.
#[test]
fn bad_snapshots() {
    let stand = Stand::new(Plan {
        published: 1,
        ..Plan::default()
    })
    .unwrap();
    stand.keep().unwrap();
    for (name, damage) in damages() {
        stand.put_back().unwrap();
        stand.line.script(move |request| {
            if !is(request, "/snapshot") {
                return Fate::Pass;
            }
            let damage = Arc::clone(&damage);
            Fate::Reply(Box::new(move |answer| Some(damage(answer))))
        });
        let report = stand.round().unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(report["catalogue_version"], json!(null), "{name}: {report}");
        assert_eq!(stand.status().unwrap()["catalogue"], json!(null), "{name}");
        stand.line.mend();
        assert!(stand.round().unwrap()["catalogue_version"].is_u64(), "{name}");
    }
}

/// A checkpoint that somebody else signed, and an older one signed rightly.
#[test]
fn wrongly_signed_and_old_checkpoints_leave_what_is_shown() {
    let stand = Stand::new(Plan {
        published: 2,
        ..Plan::default()
    })
    .unwrap();
    let older = Stand::new(Plan {
        published: 1,
        ..Plan::default()
    })
    .unwrap();
    let shown = stand.round().unwrap()["catalogue_version"].clone();
    let kept = Arc::new(std::sync::Mutex::new(Vec::new()));
    let to = Arc::clone(&kept);
    older.line.script(move |request| {
        let to = Arc::clone(&to);
        if is(request, "/checkpoint") {
            return Fate::Reply(Box::new(move |answer| {
                *to.lock().unwrap() = answer.bytes.clone();
                Some(answer.bytes.clone())
            }));
        }
        Fate::Pass
    });
    older.round().unwrap();
    let old = kept.lock().unwrap().clone();
    assert!(!old.is_empty());
    stand.line.script(move |request| {
        if is(request, "/checkpoint") {
            Fate::Answer(old.clone())
        } else {
            Fate::Pass
        }
    });
    let report = stand.round().unwrap();
    assert_eq!(
        (&report["catalogue_version"], &report["catalogue_refused"]),
        (&shown, &json!(null)),
        "one that was shown before the present one is left alone"
    );
    stand.line.script(|request| {
        if !is(request, "/checkpoint") {
            return Fate::Pass;
        }
        Fate::Reply(Box::new(|answer| {
            let text = String::from_utf8(answer.body().to_vec()).unwrap();
            // The checkpoint is a text in the document: its version is one more, its signature what it was.
            let (front, back) = text.split_once("version\\\":").unwrap();
            Some(answer.with_body(format!("{front}version\\\":9{back}").as_bytes()))
        }))
    });
    let report = stand.round().unwrap();
    assert_eq!(
        (&report["catalogue_version"], &report["catalogue_refused"]),
        (&shown, &json!("wrong_signature"))
    );
}

/// Whatever answers a code, the kiosk says what is the matter, keeps its set-up, and the next code works.
#[test]
fn bad_answers_to_enrolment() {
    let stand = Stand::strangers(Plan::default(), IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    for (name, damage) in damages() {
        let is_made_up = name.starts_with("made up");
        stand.line.script(move |request| {
            if !is(request, "/v1/enrolments") {
                return Fate::Pass;
            }
            let damage = Arc::clone(&damage);
            Fate::Reply(Box::new(move |answer| Some(damage(answer))))
        });
        // Made-up damage may leave a document that can be used: it is under TLS that nobody makes it up.
        match stand.enrol() {
            Ok(_) => assert!(is_made_up, "{name} is taken"),
            Err(said) => {
                let said = said.to_string();
                assert!(
                    said.contains("exit status: 1") && !said.contains("panicked"),
                    "{name}: {said}"
                );
                assert!(
                    said.contains("expo-kiosk: ") && (said.trim_end().ends_with('.') || said.contains(". ")),
                    "{name}: {said}"
                );
            }
        }
    }
    stand.line.mend();
    stand.enrol().unwrap();
    stand.lead().unwrap();
    stand.rounds_until_ok(1).unwrap();
    stand.is_settled().unwrap();
}
