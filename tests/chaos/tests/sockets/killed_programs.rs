//! Programs that are killed while leads are sent: before a batch is stored, while it is stored, and after it is stored
//! but before its receipts arrive.

use crate::support::is_request;
use chaos::process::wait_for;
use chaos::proxy::ProxyAction;
use chaos::template::BACKLOG;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::json;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// The batch has not arrived.
    NotArrived,
    /// The batch is being sent or stored.
    InProgress,
    /// The batch is stored, and its receipts are not sent.
    Stored,
    /// The receipts are sent, and the next batch has not arrived.
    Answered,
}

const MOMENTS: [Moment; 4] = [
    Moment::NotArrived,
    Moment::InProgress,
    Moment::Stored,
    Moment::Answered,
];

/// Stops the second batch at a moment. The first channel reports that the moment is reached; the second one resumes the
/// batch.
fn stop_at(testbed: &Testbed, moment: Moment) -> (Receiver<()>, Sender<()>) {
    let ((arrived, arrival), (resume, resumed)) = (channel(), channel());
    let resumed = std::sync::Arc::new(std::sync::Mutex::new(resumed));
    let mut batches = 0;
    testbed.proxy.set_script(move |request| {
        if !is_request(request, "POST /v1/leads") {
            return ProxyAction::Forward;
        }
        batches += 1;
        let wait = |arrived: &Sender<()>| {
            // The test may have ended.
            arrived.send(()).ok();
            resumed.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
        };
        match moment {
            Moment::NotArrived if batches == 2 => wait(&arrived),
            Moment::Answered if batches == 3 => wait(&arrived),
            Moment::InProgress if batches == 2 => {
                arrived.send(()).ok();
            }
            // Waits for the kill, so that some leads are still waiting.
            Moment::InProgress if batches == 3 => {
                resumed.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
            }
            Moment::Stored if batches == 2 => {
                let (arrived, resumed) = (arrived.clone(), std::sync::Arc::clone(&resumed));
                return ProxyAction::ChangeResponse(Box::new(move |response| {
                    arrived.send(()).ok();
                    resumed.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
                    Some(response.bytes.clone())
                }));
            }
            _ => {}
        }
        ProxyAction::Forward
    });
    (arrival, resume)
}

#[test]
fn killed_platform_stores_each_lead_once() {
    for moment in MOMENTS {
        let mut testbed = Testbed::new(TestbedOptions {
            backlog: true,
            ..TestbedOptions::default()
        })
        .unwrap();
        let (arrival, resume) = stop_at(&testbed, moment);
        let process = testbed.run().unwrap();
        arrival.recv_timeout(Duration::from_secs(30)).unwrap();
        testbed.platform.stop();
        resume.send(()).ok();
        let state = || {
            testbed
                .status()
                .ok()
                .filter(|status| status["sync"]["state"] == json!("offline"))
        };
        let status = wait_for("the state does not become offline", state).unwrap();
        let waiting = status["waiting"].as_u64().unwrap();
        assert!(waiting > 0 && waiting < BACKLOG as u64, "{moment:?}: {status}");
        testbed.proxy.forward_all();
        testbed.platform.start().unwrap();
        wait_for("the other leads do not arrive", || {
            testbed
                .status()
                .ok()
                .filter(|status| status["waiting"] == json!(0))
        })
        .unwrap();
        testbed.check_settled().unwrap();
        assert!(process.terminate().unwrap().success());
    }
}

#[test]
fn killed_kiosk_sends_remaining_leads_once() {
    for moment in MOMENTS {
        let testbed = Testbed::new(TestbedOptions {
            backlog: true,
            ..TestbedOptions::default()
        })
        .unwrap();
        let (arrival, resume) = stop_at(&testbed, moment);
        let process = testbed.run().unwrap();
        arrival.recv_timeout(Duration::from_secs(30)).unwrap();
        drop(process);
        resume.send(()).ok();
        testbed.proxy.forward_all();
        let waiting = testbed.status().unwrap()["waiting"].as_u64().unwrap();
        assert!(
            waiting > 0 && waiting < BACKLOG as u64,
            "{moment:?}: {waiting} leads are waiting"
        );
        let report = testbed.rounds_until_ok(1).unwrap().remove(0);
        let settled = report["sent"].as_u64().unwrap() + report["duplicates"].as_u64().unwrap();
        assert_eq!(settled, waiting, "{moment:?}: {report}");
        if moment == Moment::Stored {
            assert_eq!(report["duplicates"], json!(100), "{report}");
        }
        testbed.check_settled().unwrap();
    }
}
