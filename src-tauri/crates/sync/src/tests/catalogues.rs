//! Catalogues and pictures over hours of paused time: which versions are downloaded, how often, and what is reported.

use super::run_loop::start;
use super::world::{Fault, World, elapsed, publication, run};
use crate::{FACTS_POLL_INTERVAL, HEARTBEAT_INTERVAL, MAX_BACKOFF, Nudge};
use expo_protocol::sha256_hex;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

mod updates {
    use super::*;

    #[test]
    fn heartbeat_reply_triggers_the_update() {
        run(async {
            let world = World::default();
            let (_nudges, _task) = start(&world, 7);
            sleep(Duration::from_mins(30)).await;
            world.platform.script().published = Some(publication(9));
            sleep(HEARTBEAT_INTERVAL * 2 + FACTS_POLL_INTERVAL).await;
            assert_eq!(world.kiosk.state().catalogue, Some(9));
        });
    }

    #[test]
    fn rolled_back_version_is_not_downloaded_again() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().catalogue = Some(6);
            world.kiosk.state().declined = Some(7);
            let (_nudges, _task) = start(&world, 7);
            sleep(Duration::from_hours(3)).await;
            assert_eq!(world.platform.request_times("checkpoint").len(), 1);
            world.platform.script().published = Some(publication(8));
            sleep(HEARTBEAT_INTERVAL * 2 + FACTS_POLL_INTERVAL).await;
            assert_eq!(world.kiosk.state().catalogue, Some(8));
        });
    }

    #[test]
    fn download_continues_while_a_request_waits() {
        run(async {
            let world = World::default();
            let picture = b"test picture".to_vec();
            let name = sha256_hex(&picture);
            world.kiosk.state().missing.push(name.clone());
            world.platform.script().pictures.insert(name, picture);
            world.platform.script().faults.insert("picture", Fault::slow(70));
            let (_nudges, _task) = start(&world, 6);
            sleep(Duration::from_secs(30)).await;
            world
                .platform
                .script()
                .faults
                .insert("heartbeat", Fault::slow(25));
            sleep(Duration::from_secs(46)).await;
            let sent = world.platform.request_times("heartbeat");
            assert!(*sent.last().unwrap() > Duration::from_secs(55), "still waiting");
            assert_eq!(world.kiosk.state().pictures.len(), 1);
        });
    }

    /// Installing blocks for a while, and a waiting request would take the connection for dead.
    #[test]
    fn catalogue_is_installed_between_requests() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.platform.script().faults.insert("snapshot", Fault::slow(2));
            world
                .platform
                .script()
                .faults
                .insert("heartbeat", Fault::slow(25));
            let (_nudges, _task) = start(&world, 6);
            sleep(Duration::from_secs(10)).await;
            assert_eq!(world.platform.request_times("snapshot").len(), 1);
            assert_eq!(
                world.platform.request_times("heartbeat").len(),
                1,
                "still waiting"
            );
            assert_eq!(world.kiosk.state().catalogue, None);
            sleep(Duration::from_secs(16)).await;
            assert_eq!(world.kiosk.state().catalogue, Some(7));
        });
    }
}

mod unusable_versions {
    use super::*;

    /// A connection may be paid by volume, so an unusable version is not downloaded again; the next version is, at once.
    #[test]
    fn unusable_version_is_downloaded_once() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().unusable = Some(7);
            let (_nudges, _task) = start(&world, 7);
            sleep(Duration::from_hours(3)).await;
            assert_eq!(world.platform.request_times("snapshot").len(), 1);
            let refused = || world.kiosk.state().refused_code();
            assert_eq!(refused().as_deref(), Some("damaged"));
            world.platform.script().outage = Some(Fault::offline());
            sleep(Duration::from_hours(1)).await;
            world.platform.script().outage = None;
            sleep(Duration::from_hours(1)).await;
            assert_eq!(
                world.platform.request_times("snapshot").len(),
                1,
                "after an outage too"
            );
            assert_eq!(refused().as_deref(), Some("damaged"));
            // A USB stick brings a version before headquarters publish it.
            world.kiosk.state().catalogue = Some(8);
            sleep(HEARTBEAT_INTERVAL * 2 + FACTS_POLL_INTERVAL).await;
            assert_eq!(refused(), None, "no newer version is refused");
            world.platform.script().published = Some(publication(9));
            sleep(HEARTBEAT_INTERVAL * 2 + FACTS_POLL_INTERVAL).await;
            assert_eq!(world.kiosk.state().catalogue, Some(9));
        });
    }

    /// A USB stick resolves the refusal; it returns when staff roll back from the version of the stick.
    #[test]
    fn unusable_version_is_checked_again_after_rollback() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().catalogue = Some(6);
            world.kiosk.state().unusable = Some(7);
            let (_nudges, _task) = start(&world, 7);
            sleep(HEARTBEAT_INTERVAL * 3).await;
            world.kiosk.state().catalogue = Some(8);
            sleep(HEARTBEAT_INTERVAL * 3).await;
            assert_eq!(world.kiosk.state().refused_code(), None);
            world.kiosk.state().catalogue = Some(6);
            world.kiosk.state().declined = Some(8);
            sleep(Duration::from_hours(1)).await;
            assert_eq!(world.kiosk.state().refused_code().as_deref(), Some("damaged"));
            assert_eq!(world.platform.request_times("snapshot").len(), 2);
        });
    }

    /// The replies to heartbeats may lag behind the checkpoint.
    #[test]
    fn unusable_version_is_downloaded_once_if_heartbeats_lag() {
        run(async {
            for named in [5, 6] {
                let world = World::default();
                world.kiosk.state().catalogue = Some(5);
                world.kiosk.state().unusable = Some(7);
                world.platform.script().published = Some(publication(7));
                world.platform.script().heartbeat_version_cap = Some(named);
                let (_nudges, _task) = start(&world, 7);
                sleep(Duration::from_hours(1)).await;
                assert_eq!(world.platform.request_times("snapshot").len(), 1, "{named:?}");
                assert_eq!(world.kiosk.state().refused_code().as_deref(), Some("damaged"));
            }
        });
    }
}

mod refusals {
    use super::*;

    #[test]
    fn refusal_survives_outages_and_restarts() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().unusable = Some(7);
            world.run_round().await;
            let refused = || world.kiosk.state().refused_code();
            world
                .platform
                .script()
                .faults
                .insert("checkpoint", Fault::offline());
            world.run_round().await;
            assert_eq!(refused().as_deref(), Some("damaged"), "the check did not finish");
            world.platform.script().outage = Some(Fault::offline());
            world.run_round().await;
            assert_eq!(refused().as_deref(), Some("damaged"), "no check was made");
        });
    }

    #[test]
    fn usb_stick_resolves_a_refusal_offline() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().catalogue = Some(5);
            world.kiosk.state().unusable = Some(7);
            let (_nudges, _task) = start(&world, 7);
            sleep(FACTS_POLL_INTERVAL).await;
            world.platform.script().outage = Some(Fault::offline());
            sleep(HEARTBEAT_INTERVAL).await;
            assert_eq!(world.kiosk.state().refused_code().as_deref(), Some("damaged"));
            world.kiosk.state().catalogue = Some(6);
            sleep(FACTS_POLL_INTERVAL * 2).await;
            assert_eq!(
                world.kiosk.state().refused_code().as_deref(),
                Some("damaged"),
                "another version than the refused one"
            );
            world.kiosk.state().catalogue = Some(7);
            sleep(FACTS_POLL_INTERVAL * 2).await;
            assert_eq!(world.kiosk.state().refused_code(), None);
        });
    }

    /// No heartbeat combines a refusal with the version that resolves it.
    #[test]
    fn withdrawn_version_is_no_longer_reported() {
        run(async {
            // Published instead: the installed version, the one that staff rolled back from, a new one.
            for (version, installed) in [(5, 5), (6, 5), (8, 8)] {
                let world = World::default();
                world.platform.script().published = Some(publication(7));
                world.kiosk.state().catalogue = Some(5);
                world.kiosk.state().declined = Some(6);
                world.kiosk.state().unusable = Some(7);
                let (_nudges, _task) = start(&world, 7);
                sleep(HEARTBEAT_INTERVAL * 3).await;
                assert_eq!(world.kiosk.state().refused_code().as_deref(), Some("damaged"));
                world.platform.script().published = Some(publication(version));
                sleep(HEARTBEAT_INTERVAL * 3).await;
                assert_eq!(world.kiosk.state().refused_code(), None);
                let reported = world.platform.script().reported_catalogues.clone();
                assert!(
                    reported.contains(&(Some(5), Some("damaged".to_owned()))),
                    "{reported:?}"
                );
                assert_eq!(reported.last(), Some(&(Some(installed), None)));
                assert!(
                    !reported.contains(&(Some(8), Some("damaged".to_owned()))),
                    "{reported:?}"
                );
            }
        });
    }

    #[test]
    fn usb_stick_during_download_leaves_no_refusal() {
        run(async {
            let world = World::default();
            world.kiosk.state().catalogue = Some(6);
            world.kiosk.state().unusable = Some(7);
            world.platform.script().published = Some(publication(7));
            world.platform.script().faults.insert("snapshot", Fault::slow(20));
            let (_nudges, _task) = start(&world, 7);
            sleep(FACTS_POLL_INTERVAL * 2).await;
            assert_eq!(world.platform.request_times("snapshot").len(), 1);
            world.kiosk.state().catalogue = Some(8);
            sleep(HEARTBEAT_INTERVAL * 3).await;
            let reported = world.platform.script().reported_catalogues.clone();
            assert!(
                reported.iter().all(|(_, refused)| refused.is_none()),
                "{reported:?}"
            );
        });
    }

    /// A cache in between may be at fault, so retries never stop, and heartbeats report the refusal.
    #[test]
    fn damaged_snapshot_is_reported_until_a_good_one_arrives() {
        run(async {
            let world = World::default();
            world.kiosk.state().catalogue = Some(6);
            world.platform.script().published = Some(publication(7));
            world.platform.script().damaged_snapshots = u32::MAX;
            let (_nudges, _task) = start(&world, 7);
            sleep(Duration::from_hours(1)).await;
            assert_eq!(world.kiosk.state().catalogue, Some(6));
            let reported = world.platform.script().reported_catalogues.clone();
            assert_eq!(reported.last(), Some(&(Some(6), Some("damaged".to_owned()))));
            let downloads = world.platform.request_times("snapshot").len();
            assert!(downloads < 60, "{downloads} downloads in an hour");
            world.platform.script().damaged_snapshots = 0;
            sleep(MAX_BACKOFF + HEARTBEAT_INTERVAL).await;
            assert_eq!(world.kiosk.state().catalogue, Some(7));
            let reported = world.platform.script().reported_catalogues.clone();
            assert_eq!(reported.last(), Some(&(Some(7), None)));
        });
    }

    /// The platform offers the installed version with a wrong signature.
    #[test]
    fn lasting_refusal_stays_reported() {
        run(async {
            let world = World::default();
            world.kiosk.state().catalogue = Some(7);
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().distrusts_signatures = true;
            let (_nudges, _task) = start(&world, 7);
            sleep(HEARTBEAT_INTERVAL).await;
            let saves = world.kiosk.state().saves;
            for minute in 0..60 {
                world.platform.script().outage = (minute == 30).then(Fault::offline);
                sleep(HEARTBEAT_INTERVAL).await;
                let refused = world.kiosk.state().refused_code();
                assert_eq!(refused.as_deref(), Some("wrong_signature"));
            }
            let saves = world.kiosk.state().saves - saves;
            assert!(saves <= 62, "{saves} saves in an hour");
        });
    }
}

mod rounds_on_demand {
    use super::*;

    /// The first attempt of the round fails.
    #[test]
    fn successful_retry_removes_the_failure_from_the_report() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.platform.script().damaged_snapshots = 1;
            world.platform.script().faults.insert("heartbeat", Fault::slow(3));
            let report = world.run_round().await;
            assert_eq!(world.platform.request_times("snapshot").len(), 2);
            assert_eq!((report.catalogue_version, report.failures), (Some(7), vec![]));
        });
    }

    /// Staff start a round during the download of the next version.
    #[test]
    fn round_on_demand_keeps_the_running_download() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().unusable = Some(7);
            let (nudges, _task) = start(&world, 7);
            sleep(FACTS_POLL_INTERVAL).await;
            world.platform.script().faults.insert("snapshot", Fault::slow(20));
            world.platform.script().published = Some(publication(8));
            while world.platform.request_times("snapshot").len() < 2 && elapsed() < Duration::from_hours(1) {
                sleep(Duration::from_secs(1)).await;
            }
            let (reply, report) = oneshot::channel();
            nudges.send(Nudge::RunRound(reply)).await.unwrap();
            assert_eq!(report.await.unwrap().catalogue_version, Some(8));
            assert_eq!(world.platform.request_times("snapshot").len(), 2);
        });
    }

    /// A check that started before the round still has the old refusal, even if it has finished; the new check must not.
    #[test]
    fn round_on_demand_downloads_an_unusable_version_again() {
        // Seconds that the check and a concurrent request take: the check is running, or finished but not processed.
        for (check, heartbeat) in [(20, 0), (1, 3)] {
            run(async {
                let world = World::default();
                world.platform.script().published = Some(publication(7));
                world.kiosk.state().unusable = Some(7);
                let (nudges, _task) = start(&world, 7);
                sleep(Duration::from_mins(1)).await;
                let faults = [
                    ("checkpoint", Fault::slow(check)),
                    ("heartbeat", Fault::slow(heartbeat)),
                ];
                world.platform.script().faults.extend(faults);
                // The next check happens after an outage.
                world.platform.script().outage = Some(Fault::offline());
                sleep(Duration::from_mins(1)).await;
                world.platform.script().outage = None;
                while world.platform.request_times("checkpoint").len() < 2
                    && elapsed() < Duration::from_hours(1)
                {
                    sleep(Duration::from_millis(100)).await;
                }
                sleep(Duration::from_secs(2)).await;
                assert_eq!(world.platform.request_times("snapshot").len(), 1);
                let (reply, report) = oneshot::channel();
                nudges.send(Nudge::RunRound(reply)).await.unwrap();
                report.await.unwrap();
                assert_eq!(
                    world.platform.request_times("snapshot").len(),
                    2,
                    "a check of {check} s"
                );
            });
        }
    }
}
