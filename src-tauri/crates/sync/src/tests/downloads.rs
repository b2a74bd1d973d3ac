//! What comes down beside whole snapshots: deltas, parts of pictures, erasures, configurations; and a disk that fills.

use super::world::{Fault, World, publication, run};
use crate::{PlatformError, Room, State};
use protocol::{Erasure, sha256_hex};
use uuid::Uuid;

fn showing(version: u64, published: u64) -> World {
    let world = World::default();
    world.kiosk.state().catalogue = Some(version);
    world.platform.script().published = Some(publication(published));
    world
}

#[test]
fn a_newer_version_comes_as_a_change_and_no_snapshot_is_fetched() {
    run(async {
        let world = showing(6, 7);
        world.platform.script().delta = Some(b"delta 6 7".to_vec());
        let report = world.once().await;
        assert_eq!((report.state, report.catalogue_version), (State::Ok, Some(7)));
        assert_eq!(world.kiosk.state().by_delta, [7]);
        assert_eq!(world.platform.asked("snapshot"), []);
    });
}

#[test]
fn whatever_is_wrong_with_a_change_the_snapshot_is_taken() {
    let unwell = |detail: &str| PlatformError::Server {
        detail: detail.to_owned(),
        retry_after: None,
    };
    let refused = PlatformError::Refused {
        status: 404,
        code: "not_found".to_owned(),
        detail: String::new(),
    };
    for fault in [None, Some(unwell("an answer is too long")), Some(refused)] {
        for delta in [None, Some(b"delta 5 7".to_vec()), Some(vec![0; 9])] {
            run(async {
                let world = showing(6, 7);
                world.platform.script().delta = delta.clone();
                if let Some(error) = fault.clone() {
                    world
                        .platform
                        .script()
                        .faults
                        .insert("delta", Fault::Error(error));
                }
                let report = world.once().await;
                assert_eq!((report.catalogue_version, report.troubles), (Some(7), vec![]));
                assert!(world.kiosk.state().by_delta.is_empty());
                assert_eq!(world.platform.asked("snapshot").len(), 1);
            });
        }
    }
}

#[test]
fn a_version_that_a_stick_overtook_costs_no_snapshot() {
    for stick in [7, 8] {
        run(async {
            let world = showing(6, 7);
            world.kiosk.state().stick = Some(stick);
            world.platform.script().delta = Some(b"delta 5 7".to_vec());
            let report = world.once().await;
            assert_eq!((report.catalogue_version, report.troubles), (Some(stick), vec![]));
            assert_eq!(world.platform.asked("snapshot"), []);
        });
    }
}

#[test]
fn a_kiosk_without_catalogue_asks_for_no_change() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        assert_eq!(world.once().await.catalogue_version, Some(7));
        assert_eq!(world.platform.asked("delta"), []);
    });
}

#[test]
fn a_picture_goes_on_where_it_broke_off_restarts_included() {
    run(async {
        let world = World::default();
        let picture: Vec<u8> = (0..200).collect();
        let name = sha256_hex(&picture);
        world.kiosk.state().missing.push(name.clone());
        world.platform.script().pictures.insert(name.clone(), picture);
        world.platform.script().cut_pictures_at = Some(70);
        for length in [70, 140] {
            let report = world.once().await;
            assert_eq!((report.pictures, report.missing_pictures), (0, 1));
            assert_eq!(world.kiosk.state().parts[&name].len(), length);
        }
        assert_eq!(world.once().await.pictures, 1);
        assert!(world.kiosk.state().parts.is_empty());
    });
}

#[test]
fn the_forgotten_are_erased_and_the_platform_is_told_whatever_breaks() {
    for fault in ["erasures", "erasures_done"] {
        run(async {
            let world = World::default();
            (1..=1_200).for_each(|number| world.kiosk.take_lead(number));
            world
                .platform
                .script()
                .put_off
                .extend((1..=1_200).map(Uuid::from_u128));
            world.platform.script().erasures = (1..=1_100)
                .map(|n| Erasure {
                    seq: 3 * n,
                    id: Uuid::from_u128(u128::from(n)),
                })
                .collect();
            world.platform.script().faults.insert(fault, Fault::offline());
            world.once().await;
            assert!(world.platform.script().erasures_done.is_empty());
            assert_eq!(world.kiosk.state().erasures.1, 0);
            world.platform.script().faults.clear();
            world.once().await;
            assert_eq!(world.kiosk.state().erased.len(), 1_100);
            assert_eq!(world.kiosk.state().queue.len(), 100);
            let done: Vec<u64> = (1..=1_100).map(|n| 3 * n).collect();
            assert_eq!(world.platform.script().erasures_done, done);
            let asked = world.platform.asked("erasures").len();
            world.once().await;
            assert_eq!(
                world.platform.asked("erasures").len(),
                asked,
                "none is due any more"
            );
        });
    }
}

#[test]
fn erasures_out_of_order_erase_nothing() {
    run(async {
        let world = World::default();
        world.kiosk.take_lead(1);
        world.platform.script().put_off.insert(Uuid::from_u128(1));
        let erasure = |seq| Erasure {
            seq,
            id: Uuid::from_u128(1),
        };
        world.platform.script().erasures = vec![erasure(4), erasure(4)];
        world.once().await;
        assert!(world.kiosk.state().erased.is_empty());
        assert_eq!(world.kiosk.state().queue.len(), 1);
    });
}

#[test]
fn a_configuration_is_fetched_once_when_told_of() {
    run(async {
        let world = World::default();
        world.platform.script().configuration = 3;
        world.once().await;
        world.once().await;
        assert_eq!(world.platform.asked("configuration").len(), 1);
        assert_eq!(world.kiosk.state().configurations_tried, 3);
    });
}

#[test]
fn only_a_refused_heartbeat_counts_against_a_configuration() {
    run(async {
        let world = World::default();
        let cases = [
            (Fault::offline(), 0),
            (Fault::Error(PlatformError::RateLimited { retry_after: None }), 0),
            (Fault::Error(PlatformError::Unauthorized { status: 403 }), 1),
        ];
        for (fault, refused) in cases {
            world.platform.script().faults.insert("heartbeat", fault);
            world.once().await;
            assert_eq!(world.kiosk.state().heartbeats_refused, refused);
        }
    });
}

#[test]
fn a_filling_disk_stops_pictures_then_catalogues_and_never_leads() {
    for (room, pictures, version) in [
        (Room::ForAll, 1, 7),
        (Room::NotForPictures, 0, 7),
        (Room::ForLeadsOnly, 0, 6),
    ] {
        run(async {
            let world = showing(6, 7);
            let picture = b"test picture".to_vec();
            world.kiosk.state().room = room;
            world.kiosk.state().missing.push(sha256_hex(&picture));
            world
                .platform
                .script()
                .pictures
                .insert(sha256_hex(&picture), picture);
            world.kiosk.take_lead(1);
            let report = world.once().await;
            assert_eq!(
                (report.sent, report.pictures, report.catalogue_version),
                (1, pictures, Some(version)),
                "{room:?}"
            );
        });
    }
}
