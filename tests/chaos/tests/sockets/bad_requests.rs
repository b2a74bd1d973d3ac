//! Bad bodies from the kiosk's side, for every request a platform reads: refused in the agreed way, never with a 5xx, and
//! then the kiosk's own request is taken as ever.

use crate::damage::{made_up, spoilt};
use crate::is;
use crate::lost::{busy, finish, is_done};
use chaos::line::Fate;
use chaos::message::Message;
use chaos::stand::{Plan, Stand};
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};

/// Bodies of which nothing may be kept. What is sealed has a hash, heads have not: so nothing here can be read.
fn unreadable(request: &Message) -> Vec<Vec<u8>> {
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
        made_up()
            .iter()
            .map(|damage| [b"\xff".as_slice(), &spoilt(body, damage)].concat()),
    );
    all
}

fn is_refused(kind: &'static str) {
    let (stand, forgotten) = busy();
    stand.keep().unwrap();
    let mut number = 0;
    loop {
        stand.put_back().unwrap();
        // The platform knows since the last time that it is done: it tells of it once more.
        stand.platform.run(["erase", &forgotten]).unwrap();
        stand.line.forget();
        let here = number;
        let (told, count) = std::sync::mpsc::channel();
        stand.line.script(move |request| {
            if !is(request, kind) {
                return Fate::Pass;
            }
            let bodies = unreadable(request);
            told.send(bodies.len()).ok();
            bodies
                .get(here)
                .map_or(Fate::Pass, |body| Fate::Ask(request.with_body(body)))
        });
        let report = stand.round().unwrap();
        let answers = stand.line.seen();
        let answers: Vec<_> = answers.iter().filter(|seen| seen.asked.contains(kind)).collect();
        let Some(bodies) = count.try_iter().last() else {
            panic!("{kind} is never asked")
        };
        if number >= bodies {
            break;
        }
        for seen in answers {
            let status = seen.answered.unwrap();
            assert!([400, 413, 422].contains(&status), "{kind} {number}: {status}");
        }
        if kind == "POST /v1/leads" {
            // A platform that refuses all is at fault: nothing is set aside, all wait.
            assert_eq!(
                (&report["state"], &report["waiting"]),
                (&json!("server"), &json!(1)),
                "{number}"
            );
        }
        finish(&stand);
        let version = stand.status().unwrap()["catalogue"]["version"].as_u64().unwrap();
        is_done(&stand, version);
        number += 1;
    }
    assert!(number > 6);
}

#[test]
fn bad_batches() {
    is_refused("POST /v1/leads");
}

#[test]
fn bad_heartbeats() {
    is_refused("POST /v1/heartbeat");
}

#[test]
fn bad_erasures_done() {
    is_refused("POST /v1/erasures");
}

#[test]
fn bad_enrolments() {
    let stand = Stand::strangers(Plan::default(), IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    for number in 0..10 {
        stand.line.forget();
        stand.line.script(move |request| {
            if !is(request, "/v1/enrolments") {
                return Fate::Pass;
            }
            Fate::Ask(request.with_body(unreadable(request).get(number).unwrap()))
        });
        let said = stand.enrol().unwrap_err().to_string();
        assert!(
            said.contains("exit status: 1") && !said.contains("panicked"),
            "{said}"
        );
        let seen = stand.line.seen();
        let status = seen
            .iter()
            .find(|seen| seen.asked.contains("enrolments"))
            .unwrap()
            .answered
            .unwrap();
        assert!([400, 413, 422].contains(&status), "{number}: {status}");
    }
    stand.line.mend();
    stand.enrol().unwrap();
}
