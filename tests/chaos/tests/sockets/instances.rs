//! Two instances of the platform on one PostgreSQL behind the line: receipts are lost, and one instance is killed amid a
//! drain. The other one goes on, and each lead is there once.

use crate::is;
use chaos::line::Fate;
use chaos::running::until;
use chaos::stand::{Plan, Stand};
use chaos::template::BACKLOG;
use cluster::Cluster;
use serde_json::json;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Where the third batch is when an instance is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// It has not arrived.
    Before,
    /// It is on its way, or being kept.
    Meanwhile,
    /// It is kept, its receipts are not told.
    Kept,
}

/// Loses the receipts of the first and the fourth batch, and has the third one stop at a moment until the other side of
/// the first channel says go on.
fn lose_and_stop(stand: &Stand, moment: Moment) -> (Receiver<()>, Sender<()>) {
    let ((here, reached), (go_on, told)) = (channel(), channel::<()>());
    let told = Arc::new(Mutex::new(told));
    let mut batches = 0;
    stand.line.script(move |request| {
        if !is(request, "POST /v1/leads") {
            return Fate::Pass;
        }
        batches += 1;
        let (here, told) = (here.clone(), Arc::clone(&told));
        // The test may be over already.
        let arrive = move || here.send(()).ok();
        let wait = move || told.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
        match (batches, moment) {
            (1, _) => return Fate::CutAnswer(0),
            (3, Moment::Before) => {
                arrive();
                wait();
            }
            (3, Moment::Meanwhile) => drop(arrive()),
            (3, Moment::Kept) => {
                return Fate::Reply(Box::new(move |answer| {
                    arrive();
                    wait();
                    Some(answer.bytes.clone())
                }));
            }
            (4, _) => {
                // However slow the killer is, something is left.
                if moment == Moment::Meanwhile {
                    wait();
                }
                return Fate::CutAnswer(0);
            }
            _ => {}
        }
        Fate::Pass
    });
    (reached, go_on)
}

#[test]
fn of_two_instances_on_one_database_one_is_killed_amid_a_drain_and_each_lead_is_there_once() {
    let cluster = Cluster::shared().unwrap();
    let cases = [
        (Moment::Before, 0),
        (Moment::Meanwhile, 1),
        (Moment::Kept, 0),
        (Moment::Kept, 1),
    ];
    for (moment, victim) in cases {
        let plan = Plan {
            backlog: true,
            ..Plan::default()
        };
        let mut stand = Stand::on_database(plan, &cluster.database().unwrap()).unwrap();
        let (reached, go_on) = lose_and_stop(&stand, moment);
        let running = stand.run().unwrap();
        reached.recv_timeout(Duration::from_secs(30)).unwrap();
        let killed = match victim {
            0 => &mut stand.platform,
            _ => stand.second.as_mut().unwrap(),
        };
        killed.stop();
        go_on.send(()).ok();
        let waiting = stand.status().unwrap()["waiting"].as_u64().unwrap();
        assert!(
            waiting > 0 && waiting < BACKLOG as u64,
            "{moment:?}: {waiting} wait"
        );

        // The other instance takes the rest, and the leads that come.
        stand.lead().unwrap();
        until("the rest does not arrive", || stand.is_settled().ok()).unwrap();
        let lost = stand.line.seen().into_iter().filter(|seen| {
            let is_leads = seen.asked.contains("POST /v1/leads");
            is_leads && seen.answered.is_none()
        });
        assert!(lost.count() >= 2, "{moment:?}: receipts were to be lost");

        // Back again, it works on what the other one left.
        stand.line.mend();
        let killed = match victim {
            0 => &mut stand.platform,
            _ => stand.second.as_mut().unwrap(),
        };
        killed.start().unwrap();
        stand.lead().unwrap();
        until("the last one does not arrive", || stand.is_settled().ok()).unwrap();
        assert_eq!(stand.status().unwrap()["sync"]["state"], json!("ok"));
        assert!(running.end().unwrap().success());
    }
}
