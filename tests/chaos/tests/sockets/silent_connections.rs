//! Connections that become silent, as when a cable behind the venue's switch is pulled: they stay open, and no bytes
//! pass. The kiosk shows the outage long before the response timeout. When new connections work again, it sends leads
//! in time, although the old connections stay silent.

use crate::support::{LEADS_POLL_INTERVAL, RESUME_LIMIT, is_request};
use chaos::process::{StallMeter, UNMEASURED_DELAY, wait_for};
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
use jiff::Timestamp;
use serde_json::json;
use std::sync::mpsc::channel;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Time from the first request without a response until the state is `offline`.
const DETECTION_LIMIT: Duration = Duration::from_secs(15);

/// When the connection becomes silent.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// No request is in progress; the lead is taken afterwards.
    Idle,
    /// A request with leads is being sent.
    SendingLeads,
    /// The receipts are being sent back.
    SendingReceipts,
}

/// Takes a lead and makes the connection silent at this moment. Returns when the first request got no response.
fn go_silent(testbed: &Testbed, moment: Moment) -> Instant {
    if moment == Moment::Idle {
        testbed.proxy.go_silent();
        testbed.add_lead().unwrap();
        return wait_for("no request is sent", || testbed.proxy.first_silent_request()).unwrap();
    }
    let (arrived, arrival) = channel();
    let (resume, resumed) = channel::<()>();
    let resumed = std::sync::Arc::new(std::sync::Mutex::new(resumed));
    testbed.proxy.set_script(move |request| {
        if !is_request(request, "POST /v1/leads") {
            return ProxyAction::Forward;
        }
        let (arrived, resumed) = (arrived.clone(), std::sync::Arc::clone(&resumed));
        let wait = move || {
            // The test may have ended.
            arrived.send(()).ok();
            resumed.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
        };
        if moment == Moment::SendingReceipts {
            return ProxyAction::ChangeResponse(Box::new(move |response| {
                wait();
                Some(response.bytes.clone())
            }));
        }
        wait();
        ProxyAction::Forward
    });
    testbed.add_lead().unwrap();
    arrival.recv_timeout(Duration::from_secs(30)).unwrap();
    let sent_at = Instant::now();
    testbed.proxy.go_silent();
    resume.send(()).unwrap();
    sent_at
}

fn check_detected_and_resumed(moment: Moment) {
    let testbed = Testbed::new(TestbedOptions::default()).unwrap();
    let process = testbed.run().unwrap();
    let shows = |state: &str| {
        let state = json!(state);
        let status = || testbed.status().ok();
        let shown = || status().filter(|status| status["sync"]["state"] == state);
        wait_for("the state is not shown", shown).unwrap();
    };
    shows("ok");
    let sent_at = go_silent(&testbed, moment);
    let stalls = StallMeter::start();
    shows("offline");
    let (detected_after, stalled) = (sent_at.elapsed(), stalls.stop());
    assert!(
        detected_after <= DETECTION_LIMIT + stalled + UNMEASURED_DELAY,
        "{moment:?}: detected after {detected_after:?}, of which the machine stalled for {stalled:?}"
    );
    let waiting = testbed.add_lead().unwrap();

    let stalls = StallMeter::start();
    let answers_at = Timestamp::now();
    testbed.proxy.forward_all();
    testbed.proxy.end_silence();
    let arrived = || {
        sleep(LEADS_POLL_INTERVAL);
        let leads = testbed.platform.leads().ok()?;
        leads.into_iter().find(|lead| lead["id"] == json!(waiting))
    };
    let arrived = wait_for("the lead does not arrive", arrived).unwrap();
    let accepted: Timestamp = arrived["received_at"].as_str().unwrap().parse().unwrap();
    let (elapsed, stalled) = (accepted.duration_since(answers_at), stalls.stop());
    assert!(
        elapsed.unsigned_abs() <= RESUME_LIMIT + stalled + UNMEASURED_DELAY,
        "{moment:?}: accepted {elapsed:?} after the platform answered, of which the machine stalled for {stalled:?}"
    );
    wait_for("the other leads do not arrive", || testbed.check_settled().ok()).unwrap();
    assert!(process.terminate().unwrap().success());
}

#[test]
fn silence_while_leads_are_sent_is_detected_in_time() {
    check_detected_and_resumed(Moment::SendingLeads);
}

#[test]
fn silence_while_receipts_are_sent_is_detected_in_time() {
    check_detected_and_resumed(Moment::SendingReceipts);
}

#[test]
fn silence_while_idle_is_detected_in_time() {
    check_detected_and_resumed(Moment::Idle);
}
