//! A line that dies in silence, as when a cable is pulled behind the hall's switch: connections stay open, nothing passes
//! any more, a question may be under way. Staff read that the platform is away long before any answer would be given up,
//! and when new connections work again leads set out in time, though the old ones stay dead.

use crate::is;
use crate::resume::{BOUND, LOOK};
use chaos::line::Fate;
use chaos::running::{Stalls, UNSEEN, until};
use chaos::stand::{Plan, Stand};
use jiff::Timestamp;
use serde_json::json;
use std::sync::mpsc::channel;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// From a question that meets the silence until staff read of it.
const NOTICED: Duration = Duration::from_secs(15);

/// When the line dies.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// Nothing is under way; the lead is taken afterwards.
    Idle,
    /// Leads are on their way there.
    There,
    /// Their receipts are on their way back.
    Back,
}

/// Takes a lead over a line that dies at this moment; when the first question met that.
fn die(stand: &Stand, moment: Moment) -> Instant {
    if moment == Moment::Idle {
        stand.line.go_dark();
        stand.lead().unwrap();
        return until("nothing is asked", || stand.line.met_dark()).unwrap();
    }
    let (here, reached) = channel();
    let (go_on, told) = channel::<()>();
    let told = std::sync::Arc::new(std::sync::Mutex::new(told));
    stand.line.script(move |request| {
        if !is(request, "POST /v1/leads") {
            return Fate::Pass;
        }
        let (here, told) = (here.clone(), std::sync::Arc::clone(&told));
        let wait = move || {
            // The test may be over already.
            here.send(()).ok();
            told.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
        };
        if moment == Moment::Back {
            return Fate::Reply(Box::new(move |answer| {
                wait();
                Some(answer.bytes.clone())
            }));
        }
        wait();
        Fate::Pass
    });
    stand.lead().unwrap();
    reached.recv_timeout(Duration::from_secs(30)).unwrap();
    let asked = Instant::now();
    stand.line.go_dark();
    go_on.send(()).unwrap();
    asked
}

fn is_noticed_and_resumes(moment: Moment) {
    let stand = Stand::new(Plan::default()).unwrap();
    let running = stand.run().unwrap();
    let shows = |state: &str| {
        let state = json!(state);
        let status = || stand.status().ok();
        let shown = || status().filter(|status| status["sync"]["state"] == state);
        until("the state is not shown", shown).unwrap();
    };
    shows("ok");
    let asked = die(&stand, moment);
    let stalls = Stalls::watch();
    shows("offline");
    let (noticed, stalled) = (asked.elapsed(), stalls.end());
    assert!(
        noticed <= NOTICED + stalled + UNSEEN,
        "{moment:?}: noticed after {noticed:?}, {stalled:?} of it the machine's"
    );
    let waits = stand.lead().unwrap();

    let stalls = Stalls::watch();
    let answers = Timestamp::now();
    stand.line.mend();
    stand.line.end_dark();
    let arrived = || {
        sleep(LOOK);
        let leads = stand.platform.leads().ok()?;
        leads.into_iter().find(|lead| lead["id"] == json!(waits))
    };
    let arrived = until("the lead does not arrive", arrived).unwrap();
    let accepted: Timestamp = arrived["received_at"].as_str().unwrap().parse().unwrap();
    let (took, stalled) = (accepted.duration_since(answers), stalls.end());
    assert!(
        took.unsigned_abs() <= BOUND + stalled + UNSEEN,
        "{moment:?}: accepted {took:?} after the platform answered, {stalled:?} of it the machine's"
    );
    until("the rest does not arrive", || stand.is_settled().ok()).unwrap();
    assert!(running.end().unwrap().success());
}

#[test]
fn a_line_that_dies_while_leads_are_on_their_way_is_noticed_in_time() {
    is_noticed_and_resumes(Moment::There);
}

#[test]
fn a_line_that_dies_while_receipts_are_on_their_way_is_noticed_in_time() {
    is_noticed_and_resumes(Moment::Back);
}

#[test]
fn a_line_that_dies_while_nothing_is_asked_is_noticed_in_time() {
    is_noticed_and_resumes(Moment::Idle);
}
