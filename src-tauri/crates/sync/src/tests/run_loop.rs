//! The endless loop, over hours of paused time: when it asks, how soon it is back, that it never gives up.

use super::world::{BEGAN, Fault, World, publication, run, world_time};
use crate::{
    Engine, Facts, HEARTBEAT_EVERY, LONGEST_CEILING, Lane, Now, Nudge, PlatformError, Remembered, Report,
    State, Step, TICK,
};
use jiff::{SignedDuration, Timestamp};
use protocol::{PROTOCOL_VERSION, Probe, sha256_hex};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub const HOUR: Duration = Duration::from_hours(1);

pub fn start(world: &World, seed: u64) -> (mpsc::Sender<Nudge>, JoinHandle<()>) {
    let (nudges, receiver) = mpsc::channel(8);
    let driver = world.driver(seed).run(std::future::pending(), receiver);
    (nudges, tokio::spawn(BEGAN.scope(BEGAN.get(), driver)))
}

fn unwell(retry_after: Option<Duration>) -> Fault {
    Fault::Error(PlatformError::Server {
        detail: "status 503".to_owned(),
        retry_after,
    })
}

/// Outages of every kind, each seen in another phase of the loop.
#[test]
fn after_any_outage_leads_start_within_five_seconds_without_a_nudge() {
    let faults = [
        Fault::offline(),
        Fault::Error(PlatformError::Captive("login".to_owned())),
        Fault::Error(PlatformError::Tls("expired".to_owned())),
        unwell(None),
        Fault::Hang,
    ];
    for seed in 0..20 {
        for fault in &faults {
            run(async {
                let world = World::default();
                world.kiosk.take_lead(1);
                world.platform.script().away = Some(fault.clone());
                let (_nudges, _task) = start(&world, seed);
                sleep(HOUR / 2 + Duration::from_millis(617 * seed)).await;
                assert_eq!(world.kiosk.state().queue.len(), 1);
                world.platform.script().away = None;
                let back = world_time();
                sleep(Duration::from_secs(5)).await;
                let sent = world.platform.asked("leads").into_iter().find(|at| *at >= back);
                assert!(
                    sent.is_some_and(|at| at <= back + Duration::from_secs(5)),
                    "seed {seed}"
                );
                assert_eq!(world.kiosk.state().queue.len(), 0);
            });
        }
    }
}

#[test]
fn an_outage_in_the_middle_of_work_is_survived_as_quickly() {
    for seed in 0..20 {
        run(async {
            let world = World::default();
            world.platform.script().faults.insert("leads", unwell(None));
            world.kiosk.take_lead(1);
            let (_nudges, _task) = start(&world, seed);
            // Long enough for a back-off of minutes, then the platform restarts.
            sleep(2 * HOUR).await;
            world.platform.script().away = Some(Fault::offline());
            sleep(Duration::from_secs(10)).await;
            world.platform.script().away = None;
            world.platform.script().faults.clear();
            sleep(Duration::from_secs(5)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0, "seed {seed}");
        });
    }
}

#[test]
fn work_that_fails_is_tried_less_and_less_but_for_ever() {
    for seed in 0..5 {
        run(async {
            let world = World::default();
            world.platform.script().faults.insert("leads", unwell(None));
            world.kiosk.take_lead(1);
            let (_nudges, _task) = start(&world, seed);
            sleep(24 * HOUR).await;
            let tries = world.platform.asked("leads");
            assert!(tries.len() < 1500, "{} tries in a day", tries.len());
            let gaps = tries.windows(2).map(|pair| pair[1].checked_sub(pair[0]).unwrap());
            let longest = gaps.max().unwrap();
            assert!(
                longest > Duration::from_mins(1) && longest <= LONGEST_CEILING + TICK,
                "{longest:?}"
            );
            assert_eq!(world.kiosk.state().remembered.state, State::Server);
            let writes = world.kiosk.state().writes;
            assert!(
                writes < tries.len() + 24 * 60 + 100,
                "{writes} writes: remembers more than what changed"
            );
        });
    }
}

#[test]
fn retry_after_is_honoured() {
    for endpoint in ["probe", "leads"] {
        run(async {
            let world = World::default();
            world.kiosk.take_lead(1);
            let wish = Duration::from_mins(2);
            let limited = PlatformError::RateLimited {
                retry_after: Some(wish),
            };
            world
                .platform
                .script()
                .faults
                .insert(endpoint, Fault::Error(limited));
            let (nudges, _task) = start(&world, 3);
            sleep(Duration::from_secs(1)).await;
            let asked = world.platform.script().asked.len();
            world.platform.script().faults.clear();
            nudges.send(Nudge::NewLead).await.unwrap();
            sleep(Duration::from_secs(118)).await;
            assert_eq!(
                world.platform.script().asked.len(),
                asked,
                "{endpoint}: asked although told to wait"
            );
            sleep(Duration::from_secs(8)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint}");
        });
    }
}

/// Whoever asked for patience, and however the program ended.
#[test]
fn waiting_survives_a_restart() {
    let wish = Some(Duration::from_mins(10));
    let limited = PlatformError::RateLimited { retry_after: wish };
    let limited = Fault::Error(limited);
    for (endpoint, fault) in [
        ("leads", limited.clone()),
        ("leads", unwell(wish)),
        ("probe", limited),
        ("probe", unwell(wish)),
    ] {
        run(async {
            let world = World::default();
            world.kiosk.take_lead(1);
            world.platform.script().faults.insert(endpoint, fault.clone());
            let (_nudges, task) = start(&world, 3);
            sleep(Duration::from_mins(1)).await;
            task.abort();
            world.platform.script().faults.clear();
            let asked = world.platform.asked(endpoint).len();
            let (_nudges, _task) = start(&world, 4);
            sleep(Duration::from_secs(530)).await;
            assert_eq!(
                world.platform.asked("leads").len(),
                usize::from(endpoint == "leads")
            );
            let in_vain = if endpoint == "probe" { asked } else { 1 };
            assert_eq!(
                world.platform.asked(endpoint).len(),
                in_vain,
                "{endpoint} {fault:?}"
            );
            sleep(Duration::from_secs(20)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint} {fault:?}");
        });
    }
}

#[test]
fn a_clock_put_back_before_a_restart_lengthens_no_wait() {
    run(async {
        let world = World::default();
        world.kiosk.take_lead(1);
        let limited = PlatformError::RateLimited {
            retry_after: Some(Duration::from_mins(1)),
        };
        world
            .platform
            .script()
            .faults
            .insert("leads", Fault::Error(limited));
        let (_nudges, task) = start(&world, 3);
        sleep(Duration::from_secs(10)).await;
        task.abort();
        world.platform.script().faults.clear();
        // What was written by a clock that was right lies two hours ahead for one that was put back.
        let at = world.kiosk.state().remembered.next_attempt_at.unwrap();
        world.kiosk.state().remembered.next_attempt_at = Some(at + SignedDuration::from_hours(2));
        let (_nudges, _task) = start(&world, 4);
        sleep(Duration::from_secs(50)).await;
        assert_eq!(world.platform.asked("leads").len(), 1);
        sleep(Duration::from_secs(20)).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
    });
}

/// It was put back by hours while the machine was off; the platform's time tells how long there is to wait.
#[test]
fn patience_asked_for_on_leads_ends_in_time_whatever_the_clock_says_after_a_restart() {
    run(async {
        let world = World::default();
        world.kiosk.take_lead(1);
        let unwell = unwell(Some(Duration::from_mins(10)));
        world.platform.script().faults.insert("leads", unwell);
        let (_nudges, task) = start(&world, 3);
        sleep(Duration::from_mins(9)).await;
        task.abort();
        world.platform.script().faults.clear();
        let at = world.kiosk.state().remembered.next_attempt_at.unwrap();
        world.kiosk.state().remembered.next_attempt_at = Some(at + SignedDuration::from_hours(2));
        let (_nudges, _task) = start(&world, 4);
        sleep(Duration::from_secs(50)).await;
        assert_eq!(world.platform.asked("leads").len(), 1);
        sleep(Duration::from_secs(20)).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
    });
}

#[test]
fn a_download_that_set_out_before_the_outage_does_not_hold_leads_back_after_it() {
    let at = |seconds| Now {
        wall: Timestamp::UNIX_EPOCH,
        steady: Duration::from_secs(seconds),
    };
    let probe = Probe {
        nonce: "test".to_owned(),
        protocol: PROTOCOL_VERSION.to_owned(),
        server_time: Timestamp::UNIX_EPOCH,
    };
    let lost = PlatformError::Offline("no answer in time".to_owned()).into();
    let facts = Facts {
        waiting: 1,
        ..Facts::default()
    };
    let next_step = |began, ended| {
        let mut engine = Engine::new(&Remembered::default(), at(0));
        engine.download_begins(at(began).steady);
        engine.probe_succeeded(&probe, Duration::ZERO, at(20), 0);
        engine.failed(Lane::Catalogue, &lost, at(ended), 0);
        engine.plan(&facts, at(ended).steady, false)
    };
    assert_eq!(next_step(5, 22), Step::Work(Lane::Leads));
    assert!(
        matches!(next_step(21, 22), Step::Wait(_)),
        "in doubt: a probe is next"
    );
    assert_eq!(
        next_step(5, 60),
        Step::Probe,
        "it was alive after the last good answer, so its end is news"
    );
}

/// The question hangs for good, as on a connection that a hall forgot, and the line comes back at every moment between
/// the first doubt and the question's own limit.
#[test]
fn a_question_that_hangs_in_an_outage_does_not_hold_leads_back_after_it() {
    for endpoint in ["leads", "heartbeat"] {
        for back_after in 5..30 {
            run(async {
                let world = World::default();
                let (nudges, _task) = start(&world, back_after);
                sleep(HEARTBEAT_EVERY.saturating_sub(Duration::from_secs(1))).await;
                world.platform.script().faults.insert(endpoint, Fault::Hang);
                world.kiosk.take_lead(1);
                if endpoint == "leads" {
                    nudges.send(Nudge::NewLead).await.unwrap();
                }
                sleep(Duration::from_secs(2)).await;
                let hanging = world.platform.asked(endpoint).len();
                world.platform.script().away = Some(Fault::Hang);
                world.platform.script().faults.clear();
                world.kiosk.take_lead(2);
                sleep(Duration::from_secs(back_after)).await;
                assert!(hanging > 0 && !world.kiosk.state().queue.is_empty());
                world.platform.script().away = None;
                sleep(Duration::from_secs(5)).await;
                let left = world.kiosk.state().queue.len();
                assert_eq!(left, 0, "{endpoint}, {back_after} s");
            });
        }
    }
}

#[test]
fn a_platform_that_takes_its_time_is_not_asked_twice() {
    run(async {
        let world = World::default();
        world.platform.script().faults.insert("leads", Fault::Hang);
        world.kiosk.take_lead(1);
        let (_nudges, _task) = start(&world, 1);
        sleep(Duration::from_mins(2)).await;
        assert_eq!(world.platform.asked("leads").len(), 1);
        assert!(world.platform.asked("probe").len() < 120 / 3);
    });
}

/// Its probes are lost while it carries a batch, so that each batch looks like an outage.
#[test]
fn a_line_too_thin_for_a_probe_beside_leads_still_lets_them_through() {
    run(async {
        let world = World::default();
        let takes = Duration::from_secs(20);
        world
            .platform
            .script()
            .faults
            .insert("leads", Fault::Crowds(takes));
        world.kiosk.take_lead(1);
        let (_nudges, _task) = start(&world, 1);
        sleep(Duration::from_mins(1)).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
        assert_eq!(world.platform.asked("leads").len(), 2);
    });
}

#[test]
fn a_new_lead_goes_at_once_when_nudged_and_soon_when_not() {
    run(async {
        let world = World::default();
        let (nudges, _task) = start(&world, 5);
        sleep(Duration::from_secs(100)).await;
        world.kiosk.take_lead(1);
        nudges.send(Nudge::NewLead).await.unwrap();
        sleep(Duration::from_millis(10)).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
        world.kiosk.take_lead(2);
        sleep(TICK).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
    });
}

#[test]
fn downloads_that_hang_do_not_hold_leads_or_heartbeats_back() {
    for endpoint in ["snapshot", "picture"] {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(3));
            world.platform.script().faults.insert(endpoint, Fault::Hang);
            world.kiosk.state().missing.push(sha256_hex(b"test picture"));
            let (nudges, _task) = start(&world, 6);
            sleep(Duration::from_secs(1)).await;
            assert_eq!(world.platform.asked(endpoint).len(), 1);
            world.kiosk.take_lead(1);
            nudges.send(Nudge::NewLead).await.unwrap();
            sleep(Duration::from_millis(10)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint}");
            sleep(HEARTBEAT_EVERY * 3).await;
            assert!(world.platform.asked("heartbeat").len() >= 3, "{endpoint}");
        });
    }
}

/// The line dies once, is back, and then only the heartbeat hangs, which is not doubted a second time.
#[test]
fn a_question_that_hangs_twice_makes_way_for_leads_too() {
    run(async {
        let world = World::default();
        let (_nudges, _task) = start(&world, 6);
        sleep(HEARTBEAT_EVERY.saturating_sub(Duration::from_secs(1))).await;
        world.platform.script().faults.insert("heartbeat", Fault::Hang);
        sleep(Duration::from_secs(3)).await;
        world.platform.script().away = Some(Fault::Hang);
        sleep(Duration::from_secs(20)).await;
        world.platform.script().away = None;
        let asked = world.platform.asked("heartbeat").len();
        while world.platform.asked("heartbeat").len() == asked {
            sleep(Duration::from_secs(1)).await;
        }
        world.kiosk.take_lead(1);
        sleep(Duration::from_secs(5)).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
    });
}

/// One endpoint hangs while the platform answers everything else.
#[test]
fn no_other_question_that_hangs_holds_leads_back() {
    run(async {
        let world = World::default();
        world.platform.script().faults.insert("heartbeat", Fault::Hang);
        let (_nudges, _task) = start(&world, 6);
        for number in 0..200 {
            world.kiosk.take_lead(number);
            sleep(Duration::from_secs(10)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0, "lead {number}");
        }
        assert!(world.platform.asked("heartbeat").len() > 5, "not asked again");
    });
}

/// So thin that a batch of more than ten leads does not come through before the client gives it up.
#[test]
fn a_thin_line_is_given_smaller_batches_until_they_come_through() {
    run(async {
        let world = World::default();
        world.platform.script().most_at_once = Some(10);
        for number in 0..100 {
            world.kiosk.take_lead(number);
        }
        let (_nudges, _task) = start(&world, 6);
        sleep(HOUR).await;
        assert_eq!(world.kiosk.state().queue.len(), 0);
        assert_eq!(world.kiosk.state().aside.len(), 0);
    });
}

#[test]
fn the_clock_is_compared_at_every_heartbeat() {
    run(async {
        let world = World::default();
        let (_nudges, _task) = start(&world, 6);
        sleep(HEARTBEAT_EVERY * 3).await;
        let probes = world.platform.asked("probe").len();
        world.platform.script().ahead = SignedDuration::from_hours(24);
        sleep(HEARTBEAT_EVERY * 2).await;
        assert_eq!(world.platform.asked("probe").len(), probes);
        let offset = world.kiosk.state().remembered.clock_offset_ms.unwrap();
        assert!((86_399_000..86_401_000).contains(&offset), "{offset}");
    });
}

#[test]
fn a_quiet_hour_costs_a_heartbeat_each_two_minutes_and_hardly_anything_else() {
    run(async {
        let world = World::default();
        let (_nudges, _task) = start(&world, 7);
        sleep(HOUR).await;
        let before = world.platform.script().asked.len();
        sleep(HOUR).await;
        let asked = world.platform.script().asked.split_off(before);
        let beats = asked
            .iter()
            .filter(|(endpoint, _)| *endpoint == "heartbeat")
            .count();
        assert!((30..=31).contains(&beats), "{beats} heartbeats in an hour");
        assert_eq!(asked.len(), beats, "{asked:?}");
    });
}

#[test]
fn a_busy_kiosk_tells_each_minute_how_it_does() {
    run(async {
        let world = World::default();
        let (_nudges, _task) = start(&world, 7);
        for minute in 0..60 {
            world.kiosk.take_lead(minute);
            sleep(Duration::from_mins(1)).await;
        }
        let beats = world.platform.asked("heartbeat").len();
        assert!((58..=61).contains(&beats), "{beats} heartbeats in an hour");
    });
}

#[test]
fn staff_get_a_report_of_a_round_now() {
    run(async {
        let world = World::default();
        world.platform.script().faults.insert("leads", unwell(Some(HOUR)));
        world.kiosk.take_lead(1);
        let (nudges, _task) = start(&world, 8);
        sleep(Duration::from_mins(1)).await;
        world.platform.script().faults.clear();
        let (answer, report) = oneshot::channel::<Report>();
        nudges.send(Nudge::Now(answer)).await.unwrap();
        let report = report.await.unwrap();
        assert_eq!((report.state, report.sent, report.waiting), (State::Ok, 1, 0));
    });
}

/// Nobody at the stand waits for pictures, and leads wait for no download.
#[test]
fn a_round_now_is_held_up_by_no_download() {
    for endpoint in ["picture", "snapshot"] {
        run(async {
            let world = World::default();
            world.platform.script().faults.insert(endpoint, Fault::Hang);
            if endpoint == "snapshot" {
                world.platform.script().published = Some(publication(3));
            } else {
                world.kiosk.state().missing.push(sha256_hex(b"test picture"));
            }
            let (nudges, _task) = start(&world, 8);
            sleep(Duration::from_mins(1)).await;
            world.kiosk.take_lead(1);
            let (answer, report) = oneshot::channel::<Report>();
            nudges.send(Nudge::Now(answer)).await.unwrap();
            sleep(Duration::from_secs(1)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint}");
            if endpoint == "picture" {
                assert_eq!(report.await.unwrap().sent, 1);
            }
        });
    }
}

#[test]
fn stopping_ends_the_loop_and_loses_nothing() {
    run(async {
        let world = World::default();
        world.kiosk.take_lead(1);
        world.platform.script().away = Some(Fault::Hang);
        let (_nudges, receiver) = mpsc::channel(1);
        world.driver(9).run(sleep(Duration::from_secs(3)), receiver).await;
        assert!(world_time() < Duration::from_secs(4));
        assert_eq!(world.kiosk.state().queue.len(), 1);
    });
}

#[test]
fn without_any_nudger_the_loop_does_not_spin() {
    run(async {
        let world = World::default();
        let (nudges, receiver) = mpsc::channel(1);
        drop(nudges);
        world.driver(10).run(sleep(HOUR), receiver).await;
        assert!(world.platform.script().asked.len() < 400);
    });
}
