//! Answers that do not come back, and requests that arrive twice.

use crate::{is, times};
use chaos::line::Fate;
use chaos::stand::{Plan, Stand};
use chaos::template::BACKLOG;
use serde_json::json;
use std::time::Duration;

/// Everything a kiosk asks that changes something, or brings something.
const ASKED: [&str; 9] = [
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

/// A kiosk with the first version, for which everything waits: leads, the second version with pictures to be fetched, a
/// person to be forgotten, a configuration. Also the lead of that person.
pub fn busy() -> (Stand, String) {
    let stand = Stand::new(Plan {
        published: 1,
        ..Plan::default()
    })
    .unwrap();
    let id = stand.lead().unwrap();
    stand.line.script(|request| {
        if is(request, "GET /v1/pictures") {
            Fate::CutRequest(0)
        } else {
            Fate::Pass
        }
    });
    assert_eq!(stand.round().unwrap()["sent"], json!(1));
    stand.line.mend();
    stand.platform.run(["erase", &id]).unwrap();
    let stop = acceptance::programs::repository().join("assets/demo/event.toml");
    let stop = stop.display().to_string();
    stand
        .platform
        .run(["configure", "--stop", &stop, "--heartbeat-seconds", "30"])
        .unwrap();
    stand.publish().unwrap();
    stand.lead().unwrap();
    stand.line.forget();
    (stand, id)
}

/// Everything that waited in [`busy`] is done, once.
pub fn is_done(stand: &Stand, version: u64) {
    let status = stand.status().unwrap();
    assert_eq!(status["catalogue"]["version"], json!(version), "{status}");
    assert_eq!(
        stand.kiosk.run(["catalogue", "verify"]).unwrap()["version"],
        json!(version)
    );
    // The forgotten one is gone on both sides; its figure stays.
    assert_eq!(
        (&status["leads"], &status["waiting"], &status["set_aside"]),
        (&json!(2), &json!(0), &json!(0))
    );
    let leads = stand.platform.leads().unwrap();
    assert_eq!(leads.len(), 1, "{leads:?}");
    let kiosks = stand.platform.run(["kiosks"]).unwrap();
    let told = &kiosks[0]["heartbeat"];
    assert_eq!(
        (
            &told["waiting"],
            &told["missing_pictures"],
            &told["config_version"]
        ),
        (&json!(0), &json!(0), &json!(2)),
        "{told}"
    );
}

/// Rounds until a heartbeat could tell that all is done.
pub fn finish(stand: &Stand) {
    stand.line.mend();
    // One that finds, one that does what was found, one that tells of it.
    for _ in 0..3 {
        stand.round().unwrap();
    }
}

fn newest(stand: &Stand) -> u64 {
    let report = stand.round().unwrap();
    report["catalogue_version"].as_u64().unwrap()
}

#[test]
fn whatever_answer_is_lost_all_is_done_once() {
    for (kind, count) in ASKED.into_iter().zip([1, 2, 3].into_iter().cycle()) {
        let (stand, _) = busy();
        let mut is_lost = times(count);
        stand.line.script(move |request| {
            if is(request, kind) && is_lost() {
                Fate::CutAnswer(0)
            } else {
                Fate::Pass
            }
        });
        for _ in 0..=count {
            stand.round().unwrap();
        }
        let seen = stand.line.seen();
        let asked = |answered: bool| {
            seen.iter()
                .filter(move |s| s.asked.contains(kind) && s.answered.is_some() == answered)
        };
        // A snapshot is not asked for where the change arrives; what is forgotten is told of once, heard or not.
        assert!(asked(false).count() >= 1 || kind == "/snapshot", "{kind}");
        let is_told = ["/snapshot", "POST /v1/erasures"].contains(&kind);
        assert!(asked(true).count() >= 1 || is_told, "{kind}");
        finish(&stand);
        stand.line.forget();
        is_done(&stand, newest(&stand));
        let again = stand.line.seen();
        assert!(
            !again.iter().any(|s| s.asked.contains("erasures")),
            "asked for ever: {again:?}"
        );
    }
}

#[test]
fn leads_whose_receipts_are_lost_are_duplicates_and_count_once() {
    let stand = Stand::new(Plan {
        backlog: true,
        ..Plan::default()
    })
    .unwrap();
    let mut is_lost = times(3);
    stand.line.script(move |request| {
        if is(request, "POST /v1/leads") && is_lost() {
            Fate::CutAnswer(0)
        } else {
            Fate::Pass
        }
    });
    let reports = stand.rounds_until_ok(4).unwrap();
    assert_eq!(reports[0]["state"], json!("offline"));
    assert_eq!(reports[0]["waiting"], json!(BACKLOG));
    let last = reports.last().unwrap();
    assert_eq!(last["duplicates"], json!(100), "{reports:?}");
    stand.is_settled().unwrap();
}

#[test]
fn what_arrives_twice_is_done_once() {
    let (stand, _) = busy();
    stand.line.script(|_| Fate::Double);
    for _ in 0..4 {
        assert_eq!(stand.round().unwrap()["state"], json!("ok"));
    }
    is_done(&stand, newest(&stand));
    let stand = Stand::new(Plan {
        backlog: true,
        ..Plan::default()
    })
    .unwrap();
    stand.line.script(|_| Fate::Double);
    let report = stand.round().unwrap();
    assert_eq!(
        (&report["state"], &report["duplicates"]),
        (&json!("ok"), &json!(BACKLOG)),
        "{report}"
    );
    stand.is_settled().unwrap();
}

#[test]
fn over_a_slow_line_everything_arrives() {
    let (stand, _) = busy();
    let slow = |piece, pause| move |_: &_| Fate::Slow(piece, Duration::from_millis(pause));
    stand.line.script(slow(900, 8));
    for _ in 0..3 {
        assert_eq!(stand.round().unwrap()["state"], json!("ok"));
    }
    finish(&stand);
    is_done(&stand, newest(&stand));
}

/// The answer stalls for longer than the kiosk waits: staff read that the platform does not answer.
#[test]
fn a_line_that_stalls_amid_leads_is_given_up_and_none_is_lost() {
    let stand = Stand::new(Plan::default()).unwrap();
    stand.lead().unwrap();
    stand.line.script(|request| {
        if is(request, "POST /v1/leads") {
            Fate::Silence
        } else {
            Fate::Pass
        }
    });
    let report = stand.round().unwrap();
    assert_eq!(
        (&report["state"], &report["waiting"]),
        (&json!("offline"), &json!(1)),
        "{report}"
    );
    stand.line.mend();
    stand.rounds_until_ok(1).unwrap();
    stand.is_settled().unwrap();
}
