//! After any outage the running kiosk sends leads within five seconds of the platform answering again, whether or not a
//! new lead is taken (docs/sync.md, "Waiting").

use crate::support::{LEADS_POLL_INTERVAL, RESUME_LIMIT};
use chaos::process::{StallMeter, UNMEASURED_DELAY, wait_for};
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
use jiff::Timestamp;
use serde_json::json;
use std::thread::sleep;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Outage {
    /// Connections are refused.
    Refused,
    /// Requests get no response.
    Silent,
    /// A login page answers.
    Captive,
}

fn begin(testbed: &mut Testbed, outage: Outage) {
    match outage {
        Outage::Refused => testbed.proxy.stop_listening(),
        Outage::Silent => {
            testbed.proxy.set_script(|_| ProxyAction::Silence);
            testbed.proxy.close_connections();
        }
        Outage::Captive => {
            let page = "HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\nContent-Length: 0\r\n\r\n";
            testbed
                .proxy
                .set_script(|_| ProxyAction::Respond(page.as_bytes().to_vec()));
        }
    }
}

/// Ends the outage. Returns the time from which the platform answers.
fn end(testbed: &mut Testbed, outage: Outage) -> Timestamp {
    let now = Timestamp::now();
    match outage {
        Outage::Refused => testbed.proxy.listen().unwrap(),
        Outage::Silent | Outage::Captive => testbed.proxy.forward_all(),
    }
    now
}

/// With `nudge`, another lead is taken at the moment when the platform answers again.
fn check_resumes(outage: Outage, nudge: bool) {
    let mut testbed = Testbed::new(TestbedOptions::default()).unwrap();
    let process = testbed.run().unwrap();
    let shows = |testbed: &Testbed, state: &str| {
        let state = json!(state);
        let shown = || {
            testbed
                .status()
                .ok()
                .filter(|status| status["sync"]["state"] == state)
        };
        wait_for("the state is not shown", shown).unwrap();
    };
    shows(&testbed, "ok");
    begin(&mut testbed, outage);
    testbed.add_lead().unwrap();
    shows(
        &testbed,
        if outage == Outage::Captive {
            "captive"
        } else {
            "offline"
        },
    );
    let stalls = StallMeter::start();
    let answers_at = end(&mut testbed, outage);
    if nudge {
        testbed.add_lead().unwrap();
    }
    let first = || {
        sleep(LEADS_POLL_INTERVAL);
        testbed.platform.leads().ok()?.into_iter().next()
    };
    let first = wait_for("no lead arrives", first).unwrap();
    let accepted: Timestamp = first["received_at"].as_str().unwrap().parse().unwrap();
    let (elapsed, stalled) = (accepted.duration_since(answers_at), stalls.stop());
    assert!(
        elapsed.unsigned_abs() <= RESUME_LIMIT + stalled + UNMEASURED_DELAY,
        "{outage:?}: accepted {elapsed:?} after the platform answered, of which the machine stalled for {stalled:?}"
    );
    wait_for("the other leads do not arrive", || testbed.check_settled().ok()).unwrap();
    assert!(process.terminate().unwrap().success());
}

#[test]
fn kiosk_resumes_after_refused_connections() {
    check_resumes(Outage::Refused, false);
}

#[test]
fn kiosk_resumes_after_refused_connections_with_new_lead() {
    check_resumes(Outage::Refused, true);
}

#[test]
fn kiosk_resumes_after_silence() {
    check_resumes(Outage::Silent, false);
}

#[test]
fn kiosk_resumes_after_silence_with_new_lead() {
    check_resumes(Outage::Silent, true);
}

#[test]
fn kiosk_resumes_after_login_page() {
    check_resumes(Outage::Captive, false);
}

#[test]
fn kiosk_resumes_after_login_page_with_new_lead() {
    check_resumes(Outage::Captive, true);
}
