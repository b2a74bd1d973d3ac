//! The endless loop over hours of paused time: when it sends requests, how fast it recovers, that it never stops.

use super::world::{Fault, TEST_START, World, elapsed, publication, run};
use crate::{
    Engine, FACTS_POLL_INTERVAL, Facts, HEARTBEAT_INTERVAL, Lane, MAX_BACKOFF, Now, Nudge, PersistedState,
    PlatformError, Report, State, Step,
};
use expo_protocol::{PROTOCOL_VERSION, Probe, sha256_hex};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub fn start(world: &World, seed: u64) -> (mpsc::Sender<Nudge>, JoinHandle<()>) {
    let (nudges, receiver) = mpsc::channel(8);
    let driver = world.driver(seed).run(std::future::pending(), receiver);
    (nudges, tokio::spawn(TEST_START.scope(TEST_START.get(), driver)))
}

fn server_error(retry_after: Option<Duration>) -> Fault {
    Fault::Error(PlatformError::Server {
        detail: "status 503".to_owned(),
        retry_after,
    })
}

mod outages {
    use super::*;

    /// Outages of every kind, ending at different phases of the loop, without a nudge.
    #[test]
    fn leads_are_sent_within_5_seconds_after_any_outage() {
        let faults = [
            Fault::offline(),
            Fault::Error(PlatformError::Captive("login".to_owned())),
            Fault::Error(PlatformError::Tls("expired".to_owned())),
            server_error(None),
            Fault::Hang,
        ];
        for seed in 0..20 {
            for fault in &faults {
                run(async {
                    let world = World::default();
                    world.kiosk.add_lead(1);
                    world.platform.script().outage = Some(fault.clone());
                    let (_nudges, _task) = start(&world, seed);
                    sleep(Duration::from_mins(30) + Duration::from_millis(617 * seed)).await;
                    assert_eq!(world.kiosk.state().queue.len(), 1);
                    world.platform.script().outage = None;
                    let restored_at = elapsed();
                    sleep(Duration::from_secs(5)).await;
                    let sent = world
                        .platform
                        .request_times("leads")
                        .into_iter()
                        .find(|at| *at >= restored_at);
                    assert!(
                        sent.is_some_and(|at| at <= restored_at + Duration::from_secs(5)),
                        "seed {seed}"
                    );
                    assert_eq!(world.kiosk.state().queue.len(), 0);
                });
            }
        }
    }

    #[test]
    fn outage_clears_a_long_back_off() {
        for seed in 0..20 {
            run(async {
                let world = World::default();
                world.platform.script().faults.insert("leads", server_error(None));
                world.kiosk.add_lead(1);
                let (_nudges, _task) = start(&world, seed);
                // Long enough for a back-off of minutes; then the platform restarts.
                sleep(Duration::from_hours(2)).await;
                world.platform.script().outage = Some(Fault::offline());
                sleep(Duration::from_secs(10)).await;
                world.platform.script().outage = None;
                world.platform.script().faults.clear();
                sleep(Duration::from_secs(5)).await;
                assert_eq!(world.kiosk.state().queue.len(), 0, "seed {seed}");
            });
        }
    }

    #[test]
    fn late_download_failure_does_not_delay_leads() {
        let at = |seconds| Now {
            wall: Timestamp::UNIX_EPOCH,
            monotonic: Duration::from_secs(seconds),
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
        let next_step = |download_began, download_ended| {
            let mut engine = Engine::new(&PersistedState::default(), at(0));
            engine.download_started(at(download_began).monotonic);
            engine.probe_succeeded(&probe, Duration::ZERO, at(20), 0);
            engine.failed(Lane::Catalogue, &lost, at(download_ended), 0);
            engine.plan(&facts, at(download_ended).monotonic, false)
        };
        assert_eq!(next_step(5, 22), Step::Work(Lane::Leads));
        assert!(
            matches!(next_step(21, 22), Step::Wait(_)),
            "uncertain: a probe comes first"
        );
        assert_eq!(
            next_step(5, 60),
            Step::Work(Lane::Probe),
            "the download made progress after the last answer, so its failure counts"
        );
    }

    /// The request hangs for ever, as on a connection that a router dropped. The connection returns at each second between
    /// the first probe and the timeout of the request.
    #[test]
    fn request_hanging_in_an_outage_does_not_delay_leads() {
        for endpoint in ["leads", "heartbeat"] {
            for back_after in 5..30 {
                run(async {
                    let world = World::default();
                    let (nudges, _task) = start(&world, back_after);
                    sleep(HEARTBEAT_INTERVAL.saturating_sub(Duration::from_secs(1))).await;
                    world.platform.script().faults.insert(endpoint, Fault::Hang);
                    world.kiosk.add_lead(1);
                    if endpoint == "leads" {
                        nudges.send(Nudge::NewLead).await.unwrap();
                    }
                    sleep(Duration::from_secs(2)).await;
                    let hanging = world.platform.request_times(endpoint).len();
                    world.platform.script().outage = Some(Fault::Hang);
                    world.platform.script().faults.clear();
                    world.kiosk.add_lead(2);
                    sleep(Duration::from_secs(back_after)).await;
                    assert!(hanging > 0 && !world.kiosk.state().queue.is_empty());
                    world.platform.script().outage = None;
                    sleep(Duration::from_secs(5)).await;
                    let left = world.kiosk.state().queue.len();
                    assert_eq!(left, 0, "{endpoint}, {back_after} s");
                });
            }
        }
    }
}

mod back_off {
    use super::*;

    #[test]
    fn failing_work_backs_off_but_retries_for_ever() {
        for seed in 0..5 {
            run(async {
                let world = World::default();
                world.platform.script().faults.insert("leads", server_error(None));
                world.kiosk.add_lead(1);
                let (_nudges, _task) = start(&world, seed);
                sleep(Duration::from_hours(24)).await;
                let tries = world.platform.request_times("leads");
                assert!(tries.len() < 1500, "{} tries in a day", tries.len());
                let gaps = tries.windows(2).map(|pair| pair[1].checked_sub(pair[0]).unwrap());
                let longest = gaps.max().unwrap();
                assert!(
                    longest > Duration::from_mins(1) && longest <= MAX_BACKOFF + FACTS_POLL_INTERVAL,
                    "{longest:?}"
                );
                assert_eq!(world.kiosk.state().saved_state.state, State::Server);
                let saves = world.kiosk.state().saves;
                assert!(
                    saves < tries.len() + 24 * 60 + 100,
                    "{saves} saves: the state is saved without changes"
                );
            });
        }
    }

    #[test]
    fn retry_after_is_honoured() {
        for endpoint in ["probe", "leads"] {
            run(async {
                let world = World::default();
                world.kiosk.add_lead(1);
                let delay = Duration::from_mins(2);
                let limited = PlatformError::RateLimited {
                    retry_after: Some(delay),
                };
                world
                    .platform
                    .script()
                    .faults
                    .insert(endpoint, Fault::Error(limited));
                let (nudges, _task) = start(&world, 3);
                sleep(Duration::from_secs(1)).await;
                let requests = world.platform.script().requests.len();
                world.platform.script().faults.clear();
                nudges.send(Nudge::NewLead).await.unwrap();
                sleep(Duration::from_secs(118)).await;
                assert_eq!(
                    world.platform.script().requests.len(),
                    requests,
                    "{endpoint}: sent a request before the delay ended"
                );
                sleep(Duration::from_secs(8)).await;
                assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint}");
            });
        }
    }

    /// For `Retry-After` of each endpoint, with 429 and 5xx.
    #[test]
    fn retry_after_survives_a_restart() {
        let retry_after = Some(Duration::from_mins(10));
        let limited = PlatformError::RateLimited { retry_after };
        let limited = Fault::Error(limited);
        for (endpoint, fault) in [
            ("leads", limited.clone()),
            ("leads", server_error(retry_after)),
            ("probe", limited),
            ("probe", server_error(retry_after)),
        ] {
            run(async {
                let world = World::default();
                world.kiosk.add_lead(1);
                world.platform.script().faults.insert(endpoint, fault.clone());
                let (_nudges, task) = start(&world, 3);
                sleep(Duration::from_mins(1)).await;
                task.abort();
                world.platform.script().faults.clear();
                let requests = world.platform.request_times(endpoint).len();
                let (_nudges, _task) = start(&world, 4);
                sleep(Duration::from_secs(530)).await;
                assert_eq!(
                    world.platform.request_times("leads").len(),
                    usize::from(endpoint == "leads")
                );
                let expected = if endpoint == "probe" { requests } else { 1 };
                assert_eq!(
                    world.platform.request_times(endpoint).len(),
                    expected,
                    "{endpoint} {fault:?}"
                );
                sleep(Duration::from_secs(20)).await;
                assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint} {fault:?}");
            });
        }
    }

    #[test]
    fn clock_set_back_does_not_lengthen_the_delay() {
        run(async {
            let world = World::default();
            world.kiosk.add_lead(1);
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
            // After the clock is set back by two hours, the saved time is two hours ahead.
            let at = world.kiosk.state().saved_state.next_attempt_at.unwrap();
            world.kiosk.state().saved_state.next_attempt_at = Some(at + SignedDuration::from_hours(2));
            let (_nudges, _task) = start(&world, 4);
            sleep(Duration::from_secs(50)).await;
            assert_eq!(world.platform.request_times("leads").len(), 1);
            sleep(Duration::from_secs(20)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
        });
    }

    /// The clock was set back by hours while the machine was off; the platform's time tells how much of the delay is left.
    #[test]
    fn platform_time_corrects_the_delay_after_restart() {
        run(async {
            let world = World::default();
            world.kiosk.add_lead(1);
            let error = server_error(Some(Duration::from_mins(10)));
            world.platform.script().faults.insert("leads", error);
            let (_nudges, task) = start(&world, 3);
            sleep(Duration::from_mins(9)).await;
            task.abort();
            world.platform.script().faults.clear();
            let at = world.kiosk.state().saved_state.next_attempt_at.unwrap();
            world.kiosk.state().saved_state.next_attempt_at = Some(at + SignedDuration::from_hours(2));
            let (_nudges, _task) = start(&world, 4);
            sleep(Duration::from_secs(50)).await;
            assert_eq!(world.platform.request_times("leads").len(), 1);
            sleep(Duration::from_secs(20)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
        });
    }
}

mod slow_requests {
    use super::*;

    #[test]
    fn slow_platform_gets_no_second_request() {
        run(async {
            let world = World::default();
            world.platform.script().faults.insert("leads", Fault::Hang);
            world.kiosk.add_lead(1);
            let (_nudges, _task) = start(&world, 1);
            sleep(Duration::from_mins(2)).await;
            assert_eq!(world.platform.request_times("leads").len(), 1);
            assert!(world.platform.request_times("probe").len() < 120 / 3);
        });
    }

    /// Probes are lost while a batch is sent, so each batch looks like an outage.
    #[test]
    fn leads_arrive_on_connection_too_slow_for_probes() {
        run(async {
            let world = World::default();
            let takes = Duration::from_secs(20);
            world
                .platform
                .script()
                .faults
                .insert("leads", Fault::SlowAndBlocking(takes));
            world.kiosk.add_lead(1);
            let (_nudges, _task) = start(&world, 1);
            sleep(Duration::from_mins(1)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
            assert_eq!(world.platform.request_times("leads").len(), 2);
        });
    }

    #[test]
    fn hanging_downloads_delay_neither_leads_nor_heartbeats() {
        for endpoint in ["snapshot", "picture"] {
            run(async {
                let world = World::default();
                world.platform.script().published = Some(publication(3));
                world.platform.script().faults.insert(endpoint, Fault::Hang);
                world.kiosk.state().missing.push(sha256_hex(b"test picture"));
                let (nudges, _task) = start(&world, 6);
                sleep(Duration::from_secs(1)).await;
                assert_eq!(world.platform.request_times(endpoint).len(), 1);
                world.kiosk.add_lead(1);
                nudges.send(Nudge::NewLead).await.unwrap();
                sleep(Duration::from_millis(10)).await;
                assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint}");
                sleep(HEARTBEAT_INTERVAL * 3).await;
                assert!(world.platform.request_times("heartbeat").len() >= 3, "{endpoint}");
            });
        }
    }

    /// The connection is lost once and returns; then only the heartbeat hangs, which sends no probes the second time.
    #[test]
    fn request_that_hangs_twice_yields_to_leads() {
        run(async {
            let world = World::default();
            let (_nudges, _task) = start(&world, 6);
            sleep(HEARTBEAT_INTERVAL.saturating_sub(Duration::from_secs(1))).await;
            world.platform.script().faults.insert("heartbeat", Fault::Hang);
            sleep(Duration::from_secs(3)).await;
            world.platform.script().outage = Some(Fault::Hang);
            sleep(Duration::from_secs(20)).await;
            world.platform.script().outage = None;
            let requests = world.platform.request_times("heartbeat").len();
            while world.platform.request_times("heartbeat").len() == requests {
                sleep(Duration::from_secs(1)).await;
            }
            world.kiosk.add_lead(1);
            sleep(Duration::from_secs(5)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
        });
    }

    /// One endpoint hangs while the platform answers all others.
    #[test]
    fn hanging_heartbeat_yields_to_leads() {
        run(async {
            let world = World::default();
            world.platform.script().faults.insert("heartbeat", Fault::Hang);
            let (_nudges, _task) = start(&world, 6);
            for number in 0..200 {
                world.kiosk.add_lead(number);
                sleep(Duration::from_secs(10)).await;
                assert_eq!(world.kiosk.state().queue.len(), 0, "lead {number}");
            }
            assert!(
                world.platform.request_times("heartbeat").len() > 5,
                "no further requests"
            );
        });
    }

    /// A batch of more than ten leads times out.
    #[test]
    fn slow_connection_gets_smaller_batches() {
        run(async {
            let world = World::default();
            world.platform.script().max_batch_items = Some(10);
            for number in 0..100 {
                world.kiosk.add_lead(number);
            }
            let (_nudges, _task) = start(&world, 6);
            sleep(Duration::from_hours(1)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
            assert_eq!(world.kiosk.state().rejected.len(), 0);
        });
    }
}

mod heartbeats {
    use super::*;

    #[test]
    fn each_heartbeat_updates_the_clock_offset() {
        run(async {
            let world = World::default();
            let (_nudges, _task) = start(&world, 6);
            sleep(HEARTBEAT_INTERVAL * 3).await;
            let probes = world.platform.request_times("probe").len();
            world.platform.script().clock_ahead = SignedDuration::from_hours(24);
            sleep(HEARTBEAT_INTERVAL * 2).await;
            assert_eq!(world.platform.request_times("probe").len(), probes);
            let offset = world.kiosk.state().saved_state.clock_offset_ms.unwrap();
            assert!((86_399_000..86_401_000).contains(&offset), "{offset}");
        });
    }

    #[test]
    fn idle_kiosk_sends_only_heartbeats() {
        run(async {
            let world = World::default();
            let (_nudges, _task) = start(&world, 7);
            sleep(Duration::from_hours(1)).await;
            let before = world.platform.script().requests.len();
            sleep(Duration::from_hours(1)).await;
            let requests = world.platform.script().requests.split_off(before);
            let beats = requests
                .iter()
                .filter(|(endpoint, _)| *endpoint == "heartbeat")
                .count();
            assert!((30..=31).contains(&beats), "{beats} heartbeats in an hour");
            assert_eq!(requests.len(), beats, "{requests:?}");
        });
    }

    #[test]
    fn busy_kiosk_sends_a_heartbeat_every_minute() {
        run(async {
            let world = World::default();
            let (_nudges, _task) = start(&world, 7);
            for minute in 0..60 {
                world.kiosk.add_lead(minute);
                sleep(Duration::from_mins(1)).await;
            }
            let beats = world.platform.request_times("heartbeat").len();
            assert!((58..=61).contains(&beats), "{beats} heartbeats in an hour");
        });
    }
}

mod nudges {
    use super::*;

    #[test]
    fn new_lead_is_sent_at_once_after_a_nudge() {
        run(async {
            let world = World::default();
            let (nudges, _task) = start(&world, 5);
            sleep(Duration::from_secs(100)).await;
            world.kiosk.add_lead(1);
            nudges.send(Nudge::NewLead).await.unwrap();
            sleep(Duration::from_millis(10)).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
            world.kiosk.add_lead(2);
            sleep(FACTS_POLL_INTERVAL).await;
            assert_eq!(world.kiosk.state().queue.len(), 0);
        });
    }

    #[test]
    fn round_on_demand_returns_its_report() {
        run(async {
            let world = World::default();
            world
                .platform
                .script()
                .faults
                .insert("leads", server_error(Some(Duration::from_hours(1))));
            world.kiosk.add_lead(1);
            let (nudges, _task) = start(&world, 8);
            sleep(Duration::from_mins(1)).await;
            world.platform.script().faults.clear();
            let (reply, report) = oneshot::channel::<Report>();
            nudges.send(Nudge::RunRound(reply)).await.unwrap();
            let report = report.await.unwrap();
            assert_eq!((report.state, report.sent, report.waiting), (State::Ok, 1, 0));
        });
    }

    /// The report does not wait for pictures, and leads do not wait for downloads.
    #[test]
    fn downloads_do_not_delay_a_round_on_demand() {
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
                world.kiosk.add_lead(1);
                let (reply, report) = oneshot::channel::<Report>();
                nudges.send(Nudge::RunRound(reply)).await.unwrap();
                sleep(Duration::from_secs(1)).await;
                assert_eq!(world.kiosk.state().queue.len(), 0, "{endpoint}");
                if endpoint == "picture" {
                    assert_eq!(report.await.unwrap().sent, 1);
                }
            });
        }
    }
}

mod shutdown {
    use super::*;

    #[test]
    fn shutdown_ends_the_loop_and_loses_nothing() {
        run(async {
            let world = World::default();
            world.kiosk.add_lead(1);
            world.platform.script().outage = Some(Fault::Hang);
            let (_nudges, receiver) = mpsc::channel(1);
            world.driver(9).run(sleep(Duration::from_secs(3)), receiver).await;
            assert!(elapsed() < Duration::from_secs(4));
            assert_eq!(world.kiosk.state().queue.len(), 1);
        });
    }

    #[test]
    fn loop_does_not_spin_without_nudge_senders() {
        run(async {
            let world = World::default();
            let (nudges, receiver) = mpsc::channel(1);
            drop(nudges);
            world
                .driver(10)
                .run(sleep(Duration::from_hours(1)), receiver)
                .await;
            assert!(world.platform.script().requests.len() < 400);
        });
    }
}
