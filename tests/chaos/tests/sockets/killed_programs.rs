//! Programs that are killed amid a drain, at the moments that matter: before the batch is kept, while it is, and when it
//! is kept but nobody was told.

use crate::is;
use chaos::line::Fate;
use chaos::running::until;
use chaos::stand::{Plan, Stand};
use chaos::template::BACKLOG;
use serde_json::json;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// The batch has not arrived.
    Before,
    /// The batch is on its way.
    Meanwhile,
    /// The batch is kept, its receipts are not told.
    Kept,
    /// The receipts are told: the next thing is killed.
    Told,
}

const MOMENTS: [Moment; 4] = [Moment::Before, Moment::Meanwhile, Moment::Kept, Moment::Told];

/// Has the second batch stop at a moment until the other side of the first channel says go on.
fn stop_at(stand: &Stand, moment: Moment) -> (Receiver<()>, Sender<()>) {
    let ((here, reached), (go_on, told)) = (channel(), channel());
    let stop = std::sync::Arc::new(std::sync::Mutex::new(told));
    let mut batches = 0;
    stand.line.script(move |request| {
        if !is(request, "POST /v1/leads") {
            return Fate::Pass;
        }
        batches += 1;
        let wait = |here: &Sender<()>| {
            // The test may be over already.
            here.send(()).ok();
            stop.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
        };
        match moment {
            Moment::Before if batches == 2 => wait(&here),
            Moment::Told if batches == 3 => wait(&here),
            Moment::Meanwhile if batches == 2 => {
                here.send(()).ok();
            }
            // However slow the killer is, something is left.
            Moment::Meanwhile if batches == 3 => {
                stop.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
            }
            Moment::Kept if batches == 2 => {
                let (here, stop) = (here.clone(), std::sync::Arc::clone(&stop));
                return Fate::Reply(Box::new(move |answer| {
                    here.send(()).ok();
                    stop.lock().unwrap().recv_timeout(Duration::from_secs(30)).ok();
                    Some(answer.bytes.clone())
                }));
            }
            _ => {}
        }
        Fate::Pass
    });
    (reached, go_on)
}

#[test]
fn a_platform_killed_amid_a_drain_has_each_lead_once_when_it_is_back() {
    for moment in MOMENTS {
        let mut stand = Stand::new(Plan {
            backlog: true,
            ..Plan::default()
        })
        .unwrap();
        let (reached, go_on) = stop_at(&stand, moment);
        let running = stand.run().unwrap();
        reached.recv_timeout(Duration::from_secs(30)).unwrap();
        stand.platform.stop();
        go_on.send(()).ok();
        let state = || {
            stand
                .status()
                .ok()
                .filter(|status| status["sync"]["state"] == json!("offline"))
        };
        let status = until("staff do not read that it is away", state).unwrap();
        let waiting = status["waiting"].as_u64().unwrap();
        assert!(waiting > 0 && waiting < BACKLOG as u64, "{moment:?}: {status}");
        stand.line.mend();
        stand.platform.start().unwrap();
        until("the rest does not arrive", || {
            stand.status().ok().filter(|status| status["waiting"] == json!(0))
        })
        .unwrap();
        stand.is_settled().unwrap();
        assert!(running.end().unwrap().success());
    }
}

#[test]
fn a_kiosk_killed_amid_a_drain_sends_the_rest_and_no_lead_counts_twice() {
    for moment in MOMENTS {
        let stand = Stand::new(Plan {
            backlog: true,
            ..Plan::default()
        })
        .unwrap();
        let (reached, go_on) = stop_at(&stand, moment);
        let running = stand.run().unwrap();
        reached.recv_timeout(Duration::from_secs(30)).unwrap();
        drop(running);
        go_on.send(()).ok();
        stand.line.mend();
        let waiting = stand.status().unwrap()["waiting"].as_u64().unwrap();
        assert!(
            waiting > 0 && waiting < BACKLOG as u64,
            "{moment:?}: {waiting} wait"
        );
        let report = stand.rounds_until_ok(1).unwrap().remove(0);
        let settled = report["sent"].as_u64().unwrap() + report["duplicates"].as_u64().unwrap();
        assert_eq!(settled, waiting, "{moment:?}: {report}");
        if moment == Moment::Kept {
            assert_eq!(report["duplicates"], json!(100), "{report}");
        }
        stand.is_settled().unwrap();
    }
}
