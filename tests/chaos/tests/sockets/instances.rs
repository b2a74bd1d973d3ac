//! Two instances of the platform on one PostgreSQL database: receipts are lost, and one instance is killed while leads
//! are sent. The other instance continues, and each lead is stored once.

use crate::support::is_request;
use chaos::process::wait_for;
use chaos::proxy::ProxyAction;
use chaos::template::BACKLOG;
use chaos::testbed::{Testbed, TestbedOptions};
use cluster::Cluster;
use serde_json::json;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The state of the third batch when an instance is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// It has not arrived.
    NotArrived,
    /// It is being sent or stored.
    InProgress,
    /// It is stored, and its receipts are not sent.
    Stored,
}

/// Loses the receipts of the first and the fourth batch and stops the third batch at a moment. The first channel
/// reports that the moment is reached; the second one resumes the batch.
fn lose_receipts_and_stop_at(testbed: &Testbed, moment: Moment) -> (Receiver<()>, Sender<()>) {
    let ((arrived, arrival), (resume, resumed)) = (channel(), channel::<()>());
    let resumed = Arc::new(Mutex::new(resumed));
    let mut batches = 0;
    testbed.proxy.set_script(move |request| {
        if !is_request(request, "POST /v1/leads") {
            return ProxyAction::Forward;
        }
        batches += 1;
        let (arrived, resumed) = (arrived.clone(), Arc::clone(&resumed));
        // The test may have ended.
        let report = move || arrived.send(()).ok();
        let wait = move || resumed.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
        match (batches, moment) {
            (1, _) => return ProxyAction::CutResponse(0),
            (3, Moment::NotArrived) => {
                report();
                wait();
            }
            (3, Moment::InProgress) => drop(report()),
            (3, Moment::Stored) => {
                return ProxyAction::ChangeResponse(Box::new(move |response| {
                    report();
                    wait();
                    Some(response.bytes.clone())
                }));
            }
            (4, _) => {
                // Waits for the kill, so that some leads are still waiting.
                if moment == Moment::InProgress {
                    wait();
                }
                return ProxyAction::CutResponse(0);
            }
            _ => {}
        }
        ProxyAction::Forward
    });
    (arrival, resume)
}

#[test]
fn killed_instance_stores_each_lead_once() {
    let cluster = Cluster::shared().unwrap();
    let cases = [
        (Moment::NotArrived, 0),
        (Moment::InProgress, 1),
        (Moment::Stored, 0),
        (Moment::Stored, 1),
    ];
    for (moment, victim) in cases {
        let options = TestbedOptions {
            backlog: true,
            ..TestbedOptions::default()
        };
        let mut testbed = Testbed::on_database(options, &cluster.database().unwrap()).unwrap();
        let (arrival, resume) = lose_receipts_and_stop_at(&testbed, moment);
        let process = testbed.run().unwrap();
        arrival.recv_timeout(Duration::from_secs(30)).unwrap();
        let killed = match victim {
            0 => &mut testbed.platform,
            _ => testbed.second.as_mut().unwrap(),
        };
        killed.stop();
        resume.send(()).ok();
        let waiting = testbed.status().unwrap()["waiting"].as_u64().unwrap();
        assert!(
            waiting > 0 && waiting < BACKLOG as u64,
            "{moment:?}: {waiting} leads are waiting"
        );

        // The other instance accepts the remaining leads and a new one.
        testbed.add_lead().unwrap();
        wait_for("the other leads do not arrive", || testbed.check_settled().ok()).unwrap();
        let lost = testbed.proxy.requests().into_iter().filter(|request| {
            let has_leads = request.target.contains("POST /v1/leads");
            has_leads && request.status.is_none()
        });
        assert!(lost.count() >= 2, "{moment:?}: too few receipts are lost");

        // The restarted instance works on the state of the other one.
        testbed.proxy.forward_all();
        let killed = match victim {
            0 => &mut testbed.platform,
            _ => testbed.second.as_mut().unwrap(),
        };
        killed.start().unwrap();
        testbed.add_lead().unwrap();
        wait_for("the last lead does not arrive", || testbed.check_settled().ok()).unwrap();
        assert_eq!(testbed.status().unwrap()["sync"]["state"], json!("ok"));
        assert!(process.terminate().unwrap().success());
    }
}
