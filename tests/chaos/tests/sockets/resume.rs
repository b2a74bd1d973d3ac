//! The contract's bound: after an outage of any kind the running kiosk sends again within five seconds of the platform
//! answering, whether or not a lead is taken.

use chaos::line::Fate;
use chaos::running::{Stalls, UNSEEN, until};
use chaos::stand::{Plan, Stand};
use jiff::Timestamp;
use serde_json::json;
use std::thread::sleep;
use std::time::Duration;

/// From the platform answering until a lead is accepted.
pub const BOUND: Duration = Duration::from_secs(5);
/// How often the platform's leads are looked at: each look starts a program, which must not hold the kiosk up.
pub const LOOK: Duration = Duration::from_millis(500);

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
fn end(stand: &mut Stand, outage: Outage) -> Timestamp {
    let now = Timestamp::now();
    match outage {
        Outage::Refused => stand.line.connect().unwrap(),
        Outage::Silent | Outage::Captive => stand.line.mend(),
    }
    now
}

/// With `nudge` another lead is taken at the moment the platform answers again.
fn resumes(outage: Outage, nudge: bool) {
    let mut stand = Stand::new(Plan::default()).unwrap();
    let running = stand.run().unwrap();
    let shows = |stand: &Stand, state: &str| {
        let state = json!(state);
        let shown = || {
            stand
                .status()
                .ok()
                .filter(|status| status["sync"]["state"] == state)
        };
        until("the state is not shown", shown).unwrap();
    };
    shows(&stand, "ok");
    begin(&mut stand, outage);
    stand.lead().unwrap();
    shows(
        &stand,
        if outage == Outage::Captive {
            "captive"
        } else {
            "offline"
        },
    );
    let stalls = Stalls::watch();
    let answers = end(&mut stand, outage);
    if nudge {
        stand.lead().unwrap();
    }
    let first = || {
        sleep(LOOK);
        stand.platform.leads().ok()?.into_iter().next()
    };
    let first = until("no lead arrives", first).unwrap();
    let accepted: Timestamp = first["received_at"].as_str().unwrap().parse().unwrap();
    let (took, stalled) = (accepted.duration_since(answers), stalls.end());
    assert!(
        took.unsigned_abs() <= BOUND + stalled + UNSEEN,
        "{outage:?}: accepted {took:?} after the platform answered, {stalled:?} of it the machine's"
    );
    until("the rest does not arrive", || stand.is_settled().ok()).unwrap();
    assert!(running.end().unwrap().success());
}

#[test]
fn after_connections_were_refused() {
    resumes(Outage::Refused, false);
}

#[test]
fn after_connections_were_refused_and_with_a_new_lead() {
    resumes(Outage::Refused, true);
}

#[test]
fn after_silence() {
    resumes(Outage::Silent, false);
}

#[test]
fn after_silence_and_with_a_new_lead() {
    resumes(Outage::Silent, true);
}

#[test]
fn after_a_login_page() {
    resumes(Outage::Captive, false);
}

#[test]
fn after_a_login_page_and_with_a_new_lead() {
    resumes(Outage::Captive, true);
}
