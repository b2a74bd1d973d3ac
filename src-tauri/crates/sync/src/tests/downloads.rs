//! Deltas, partial pictures, erasures, configurations, and a full disk.

use super::world::{Fault, World, publication, run};
use crate::{DiskSpace, PlatformError, State};
use expo_protocol::{Erasure, sha256_hex};
use uuid::Uuid;

fn with_versions(installed: u64, published: u64) -> World {
    let world = World::default();
    world.kiosk.state().catalogue = Some(installed);
    world.platform.script().published = Some(publication(published));
    world
}

mod deltas {
    use super::*;

    #[test]
    fn newer_version_is_installed_by_delta() {
        run(async {
            let world = with_versions(6, 7);
            world.platform.script().delta = Some(b"delta 6 7".to_vec());
            let report = world.run_round().await;
            assert_eq!((report.state, report.catalogue_version), (State::Ok, Some(7)));
            assert_eq!(world.kiosk.state().by_delta, [7]);
            assert_eq!(world.platform.request_times("snapshot"), []);
        });
    }

    #[test]
    fn unusable_delta_falls_back_to_the_snapshot() {
        let server_error = |detail: &str| PlatformError::Server {
            detail: detail.to_owned(),
            retry_after: None,
        };
        let refused = PlatformError::Refused {
            status: 404,
            code: "not_found".to_owned(),
            detail: String::new(),
        };
        for fault in [None, Some(server_error("an answer is too long")), Some(refused)] {
            for delta in [None, Some(b"delta 5 7".to_vec()), Some(vec![0; 9])] {
                run(async {
                    let world = with_versions(6, 7);
                    world.platform.script().delta = delta.clone();
                    if let Some(error) = fault.clone() {
                        world
                            .platform
                            .script()
                            .faults
                            .insert("delta", Fault::Error(error));
                    }
                    let report = world.run_round().await;
                    assert_eq!((report.catalogue_version, report.failures), (Some(7), vec![]));
                    assert!(world.kiosk.state().by_delta.is_empty());
                    assert_eq!(world.platform.request_times("snapshot").len(), 1);
                });
            }
        }
    }

    #[test]
    fn no_snapshot_after_usb_stick_installs_the_version() {
        for stick in [7, 8] {
            run(async {
                let world = with_versions(6, 7);
                world.kiosk.state().usb_stick = Some(stick);
                world.platform.script().delta = Some(b"delta 5 7".to_vec());
                let report = world.run_round().await;
                assert_eq!((report.catalogue_version, report.failures), (Some(stick), vec![]));
                assert_eq!(world.platform.request_times("snapshot"), []);
            });
        }
    }

    #[test]
    fn no_delta_request_without_a_catalogue() {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            assert_eq!(world.run_round().await.catalogue_version, Some(7));
            assert_eq!(world.platform.request_times("delta"), []);
        });
    }
}

mod pictures {
    use super::*;

    #[test]
    fn interrupted_picture_resumes_after_restart() {
        run(async {
            let world = World::default();
            let picture: Vec<u8> = (0..200).collect();
            let name = sha256_hex(&picture);
            world.kiosk.state().missing.push(name.clone());
            world.platform.script().pictures.insert(name.clone(), picture);
            world.platform.script().picture_chunk_limit = Some(70);
            for length in [70, 140] {
                let report = world.run_round().await;
                assert_eq!((report.pictures, report.missing_pictures), (0, 1));
                assert_eq!(world.kiosk.state().partial_downloads[&name].len(), length);
            }
            assert_eq!(world.run_round().await.pictures, 1);
            assert!(world.kiosk.state().partial_downloads.is_empty());
        });
    }
}

mod erasures {
    use super::*;

    #[test]
    fn failed_erasures_are_retried_and_reported() {
        for fault in ["erasures", "erasures_done"] {
            run(async {
                let world = World::default();
                (1..=1_200).for_each(|number| world.kiosk.add_lead(number));
                world
                    .platform
                    .script()
                    .deferred_leads
                    .extend((1..=1_200).map(Uuid::from_u128));
                world.platform.script().erasures = (1..=1_100)
                    .map(|n| Erasure {
                        seq: 3 * n,
                        id: Uuid::from_u128(u128::from(n)),
                    })
                    .collect();
                world.platform.script().faults.insert(fault, Fault::offline());
                world.run_round().await;
                assert!(world.platform.script().erasures_done.is_empty());
                assert_eq!(world.kiosk.state().erasures.1, 0);
                world.platform.script().faults.clear();
                world.run_round().await;
                assert_eq!(world.kiosk.state().erased.len(), 1_100);
                assert_eq!(world.kiosk.state().queue.len(), 100);
                let done: Vec<u64> = (1..=1_100).map(|n| 3 * n).collect();
                assert_eq!(world.platform.script().erasures_done, done);
                let requests = world.platform.request_times("erasures").len();
                world.run_round().await;
                assert_eq!(
                    world.platform.request_times("erasures").len(),
                    requests,
                    "no erasure is due"
                );
            });
        }
    }

    #[test]
    fn unordered_erasures_erase_nothing() {
        run(async {
            let world = World::default();
            world.kiosk.add_lead(1);
            world.platform.script().deferred_leads.insert(Uuid::from_u128(1));
            let erasure = |seq| Erasure {
                seq,
                id: Uuid::from_u128(1),
            };
            world.platform.script().erasures = vec![erasure(4), erasure(4)];
            world.run_round().await;
            assert!(world.kiosk.state().erased.is_empty());
            assert_eq!(world.kiosk.state().queue.len(), 1);
        });
    }
}

mod configurations {
    use super::*;

    #[test]
    fn announced_configuration_is_fetched_once() {
        run(async {
            let world = World::default();
            world.platform.script().config_version = 3;
            world.run_round().await;
            world.run_round().await;
            assert_eq!(world.platform.request_times("configuration").len(), 1);
            assert_eq!(world.kiosk.state().configurations_tried, 3);
        });
    }

    #[test]
    fn only_refused_heartbeats_reject_a_configuration() {
        run(async {
            let world = World::default();
            let cases = [
                (Fault::offline(), 0),
                (Fault::Error(PlatformError::RateLimited { retry_after: None }), 0),
                (Fault::Error(PlatformError::Unauthorized { status: 403 }), 1),
            ];
            for (fault, refused) in cases {
                world.platform.script().faults.insert("heartbeat", fault);
                world.run_round().await;
                assert_eq!(world.kiosk.state().heartbeats_refused, refused);
            }
        });
    }
}

mod disk_space {
    use super::*;

    #[test]
    fn low_disk_stops_pictures_then_catalogues_never_leads() {
        for (disk_space, pictures, version) in [
            (DiskSpace::ForAll, 1, 7),
            (DiskSpace::NotForPictures, 0, 7),
            (DiskSpace::ForLeadsOnly, 0, 6),
        ] {
            run(async {
                let world = with_versions(6, 7);
                let picture = b"test picture".to_vec();
                world.kiosk.state().disk_space = disk_space;
                world.kiosk.state().missing.push(sha256_hex(&picture));
                world
                    .platform
                    .script()
                    .pictures
                    .insert(sha256_hex(&picture), picture);
                world.kiosk.add_lead(1);
                let report = world.run_round().await;
                assert_eq!(
                    (report.sent, report.pictures, report.catalogue_version),
                    (1, pictures, Some(version)),
                    "{disk_space:?}"
                );
            });
        }
    }
}
