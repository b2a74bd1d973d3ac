//! Lines that break at byte n, in heads and in bodies, on the way there and on the way back. A small choice of n here, or
//! as many as the environment's `CHAOS_CUTS` says for each kind.

use crate::is;
use crate::lost::{busy, finish, is_done};
use chaos::line::Fate;
use chaos::stand::{Plan, Stand};
use serde_json::json;
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    There,
    Back,
}

/// Where a message of so many bytes, so many of them its head, is cut: around its ends and at places in between.
fn places(head: usize, all: usize) -> Vec<usize> {
    let count = std::env::var("CHAOS_CUTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(2_usize);
    let mut places = vec![0, head.saturating_sub(1), head, all.saturating_sub(1)];
    places.extend((1..=count).map(|n| n * head / (count + 1)));
    places.extend((1..=count).map(|n| head + n * (all - head) / (count + 1)));
    places.retain(|place| *place < all);
    places.sort_unstable();
    places.dedup();
    places
}

/// Head and whole length of the first exchange of a kind, there and back.
fn measured(stand: &Stand, kind: &'static str) -> [(usize, usize); 2] {
    let found = Arc::new(Mutex::new([(0, 0); 2]));
    let kept = Arc::clone(&found);
    stand.line.script(move |request| {
        if !is(request, kind) {
            return Fate::Pass;
        }
        let there = (request.head, request.bytes.len());
        let kept = Arc::clone(&kept);
        Fate::Reply(Box::new(move |answer| {
            let mut first = kept.lock().unwrap();
            if first[0] == (0, 0) {
                *first = [there, (answer.head, answer.bytes.len())];
            }
            Some(answer.bytes.clone())
        }))
    });
    stand.round().unwrap();
    stand.round().unwrap();
    stand.line.mend();
    let found = *found.lock().unwrap();
    assert!(found[0].1 > 0, "{kind} is never asked");
    found
}

/// Cuts the first exchange of a kind at every place, each time from the same beginning, and sees that all ends well.
fn cut_everywhere(stand: &Stand, kind: &'static str, end: impl Fn(&Stand)) {
    stand.keep().unwrap();
    let sizes = measured(stand, kind);
    for (way, (head, all)) in [Way::There, Way::Back].into_iter().zip(sizes) {
        for place in places(head, all) {
            stand.put_back().unwrap();
            let mut is_cut = crate::times(1);
            stand.line.script(move |request| match way {
                Way::There if is(request, kind) && is_cut() => Fate::CutRequest(place),
                Way::Back if is(request, kind) && is_cut() => Fate::CutAnswer(place),
                _ => Fate::Pass,
            });
            let before = stand.status().unwrap();
            let report = stand.round().unwrap();
            let versions = [&before["catalogue"]["version"], &report["catalogue_version"]];
            if kind == "POST /v1/leads" {
                assert_eq!(report["state"], json!("offline"), "{way:?} at {place}: {report}");
                assert_eq!(
                    report["waiting"], before["waiting"],
                    "{way:?} at {place}: {report}"
                );
            } else {
                assert_eq!(report["waiting"], json!(0), "{kind} {way:?} at {place}: {report}");
            }
            // A round that goes on for a while with pictures may try again, and come through.
            if (kind == "/delta" || kind == "/snapshot") && versions[0] != versions[1] {
                let whole = stand.kiosk.run(["catalogue", "verify"]);
                assert!(whole.is_ok(), "{kind} {way:?} at {place}: shown in part");
            }
            end(stand);
        }
    }
}

#[test]
fn leads_cut_at_any_byte_arrive_once() {
    let stand = Stand::new(Plan {
        backlog: true,
        ..Plan::default()
    })
    .unwrap();
    cut_everywhere(&stand, "POST /v1/leads", |stand| {
        stand.rounds_until_ok(1).unwrap();
        stand.is_settled().unwrap();
    });
}

#[test]
fn a_snapshot_cut_at_any_byte_is_shown_whole_or_not_at_all() {
    let stand = Stand::new(Plan {
        published: 1,
        ..Plan::default()
    })
    .unwrap();
    cut_everywhere(&stand, "/snapshot", |stand| {
        stand.rounds_until_ok(1).unwrap();
        assert!(stand.kiosk.run(["catalogue", "verify"]).unwrap()["version"].is_u64());
    });
}

#[test]
fn a_change_cut_at_any_byte_is_shown_whole_or_not_at_all() {
    let (stand, _) = busy();
    let newest = stand.platform.run(["publish", &source_2()]).unwrap()["version"]
        .as_u64()
        .unwrap();
    cut_everywhere(&stand, "/delta", |stand| {
        finish(stand);
        is_done(stand, newest);
    });
}

fn source_2() -> String {
    acceptance::programs::repository()
        .join("target/chaos/template/source-2")
        .display()
        .to_string()
}

/// Where a picture breaks off in its body it goes on from there.
#[test]
fn a_picture_cut_at_any_byte_goes_on_where_it_broke_off() {
    let (stand, _) = busy();
    stand.keep().unwrap();
    let [_, (head, all)] = measured(&stand, "GET /v1/pictures");
    for place in places(head, all) {
        stand.put_back().unwrap();
        stand.line.forget();
        let mut is_cut = crate::times(1);
        stand.line.script(move |request| {
            if is(request, "GET /v1/pictures") && is_cut() {
                Fate::CutAnswer(place)
            } else {
                Fate::Pass
            }
        });
        finish_cut(&stand);
        let asked = stand.line.seen();
        let asked: Vec<_> = asked
            .iter()
            .filter(|s| s.asked.contains("/v1/pictures"))
            .collect();
        let again = asked[1..].iter().find(|s| s.asked == asked[0].asked);
        let again = again.unwrap_or_else(|| panic!("cut at {place} of {all}, head {head}: {asked:?}"));
        let begins = (place > head).then(|| format!("bytes={}-", place - head));
        assert_eq!(again.range, begins, "cut at {place} of {all}, head {head}");
        let missing = &stand.kiosk.run(["catalogue", "verify"]).unwrap()["missing_pictures"];
        assert!(missing.is_null() || *missing == json!(0), "{missing}");
    }
}

/// A round that is cut, without mending the script, and the one after.
fn finish_cut(stand: &Stand) {
    stand.round().unwrap();
    stand.round().unwrap();
}
