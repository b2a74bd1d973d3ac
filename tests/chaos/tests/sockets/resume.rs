//! The contract's bound: after an outage of any kind the running kiosk sends again within five seconds of the platform
//! answering, whether or not a lead is taken.

use chaos::line::Fate;
use chaos::stand::{Plan, Stand, until};
use jiff::Timestamp;
use serde_json::json;
use std::time::{Duration, Instant};

const BOUND: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Outage {
    /// Nobody listens.
    Refused,
    /// Packets go nowhere.
    Silent,
    /// The hall asks to log in.
    Captive,
}

fn begin(stand: &mut Stand, outage: Outage) {
    match outage {
        Outage::Refused => stand.line.disconnect(),
        Outage::Silent => {
            stand.line.script(|_| Fate::Silence);
            stand.line.drop_connections();
        }
        Outage::Captive => {
            let page = "HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\nContent-Length: 0\r\n\r\n";
            stand.line.script(|_| Fate::Answer(page.as_bytes().to_vec()));
        }
    }
}

/// The moment from which the platform answers.
fn end(stand: &mut Stand, outage: Outage) -> (Instant, Timestamp) {
    let now = (Instant::now(), Timestamp::now());
    match outage {
        Outage::Refused => stand.line.connect().unwrap(),
        Outage::Silent | Outage::Captive => stand.line.mend(),
    }
    now
}

/// `before`: the lead waits since before the outage. Else it is taken amid it.
fn resumes(outage: Outage, before: bool) {
    let mut stand = Stand::new(Plan::default()).unwrap();
    let running = stand.run().unwrap();
    let state = |stand: &Stand, state: &str| {
        let state = json!(state);
        until("the state is not shown", || {
            stand
                .status()
                .ok()
                .filter(|status| status["sync"]["state"] == state)
        })
        .unwrap()
    };
    state(&stand, "ok");
    if before {
        begin(&mut stand, outage);
        stand.lead().unwrap();
    }
    if !before {
        begin(&mut stand, outage);
    }
    let shown = if outage == Outage::Captive {
        "captive"
    } else {
        "offline"
    };
    if before {
        state(&stand, shown);
    } else {
        // Nothing waits, so nobody is asked before the next heartbeat or the lead.
        stand.lead().unwrap();
        state(&stand, shown);
    }
    stand.line.forget();
    let (answers, since) = end(&mut stand, outage);
    let sent = || {
        let seen = stand.line.seen();
        seen.into_iter()
            .find(|seen| seen.asked.starts_with("POST /v1/leads") && seen.answered == Some(200))
    };
    until("the lead does not leave", sent).unwrap();
    let took = answers.elapsed();
    let leads = stand.platform.leads().unwrap();
    let accepted: Timestamp = leads[0]["received_at"].as_str().unwrap().parse().unwrap();
    let until_accepted = accepted.duration_since(since);
    assert!(
        until_accepted.unsigned_abs() <= BOUND,
        "{outage:?}: accepted after {until_accepted:?}, seen after {took:?}"
    );
    until("the receipt is not kept", || stand.is_settled().ok()).unwrap();
    assert!(running.end().unwrap().success());
}

#[test]
fn after_connections_were_refused() {
    resumes(Outage::Refused, true);
}

#[test]
fn after_silence() {
    resumes(Outage::Silent, true);
}

#[test]
fn after_a_login_page() {
    resumes(Outage::Captive, true);
}
