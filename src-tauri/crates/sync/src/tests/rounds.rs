//! One round at a time: what is sent, what is kept, what is reported.

use super::world::{Fault, World, publication, run};
use crate::{PlatformError, State};
use protocol::{Outcome, sha256_hex};
use uuid::Uuid;

fn with_leads(numbers: impl IntoIterator<Item = u128>) -> World {
    let world = World::default();
    numbers
        .into_iter()
        .for_each(|number| world.kiosk.take_lead(number));
    world
}

#[test]
fn a_whole_round_asks_in_order_of_care() {
    run(async {
        let world = with_leads(1..=3);
        let picture = b"test picture".to_vec();
        world.kiosk.state().missing.push(sha256_hex(&picture));
        world
            .platform
            .script()
            .pictures
            .insert(sha256_hex(&picture), picture);
        world.platform.script().published = Some(publication(7));
        world.platform.script().faults.insert("snapshot", Fault::slow(2));
        let report = world.once().await;
        assert_eq!((report.state, report.sent, report.waiting), (State::Ok, 3, 0));
        assert_eq!(
            (report.catalogue_version, report.pictures, report.missing_pictures),
            (Some(7), 1, 0)
        );
        assert_eq!(report.troubles, []);
        let asked: Vec<_> = world
            .platform
            .script()
            .asked
            .iter()
            .map(|(endpoint, _)| *endpoint)
            .collect();
        assert_eq!(
            asked,
            [
                "probe",
                "leads",
                "checkpoint",
                "snapshot",
                "heartbeat",
                "heartbeat",
                "picture"
            ],
            "nothing waits for a catalogue, and headquarters are told at once that it is shown"
        );
        assert_eq!(world.kiosk.state().remembered.state, State::Ok);
    });
}

#[test]
fn a_lost_answer_makes_a_duplicate_and_no_double() {
    run(async {
        let world = with_leads(1..=5);
        world.platform.script().lost_answers = 1;
        let first = world.once().await;
        assert_eq!((first.state, first.sent, first.waiting), (State::Offline, 0, 5));
        let second = world.once().await;
        assert_eq!(
            (second.state, second.sent, second.duplicates, second.waiting),
            (State::Ok, 0, 5, 0)
        );
        assert_eq!(world.platform.script().held.len(), 5);
    });
}

#[test]
fn nothing_is_shown_to_a_login_page() {
    run(async {
        let world = with_leads([1]);
        world.platform.script().away = Some(Fault::Error(PlatformError::Captive("login".to_owned())));
        let report = world.once().await;
        assert_eq!(
            (report.state, report.sent, report.waiting),
            (State::Captive, 0, 1)
        );
        assert_eq!(world.platform.asked("leads"), []);
        assert_eq!(world.kiosk.state().remembered.state, State::Captive);
    });
}

#[test]
fn one_bad_lead_is_set_aside_and_all_others_arrive() {
    run(async {
        let world = with_leads(1..=250);
        let bad: Vec<Uuid> = [7, 130, 131].map(Uuid::from_u128).to_vec();
        world.platform.script().poison.extend(bad.clone());
        let report = world.once().await;
        assert_eq!((report.sent, report.set_aside, report.waiting), (247, 3, 0));
        assert_eq!(world.kiosk.state().aside, bad);
        assert!(world.platform.asked("leads").len() < 60);
    });
}

#[test]
fn a_platform_that_refuses_every_lead_is_itself_at_fault_and_loses_none() {
    run(async {
        let world = with_leads(1..=150);
        world
            .platform
            .script()
            .poison
            .extend((1..=150).map(Uuid::from_u128));
        let report = world.once().await;
        assert_eq!((report.sent, report.set_aside, report.waiting), (0, 0, 150));
        assert_eq!(report.state, State::Server);
        world.platform.script().poison.clear();
        let report = world.once().await;
        assert_eq!((report.sent, report.set_aside, report.waiting), (150, 0, 0));
    });
}

#[test]
fn leads_that_are_put_off_do_not_block_those_behind_them() {
    run(async {
        let world = with_leads(1..=250);
        world
            .platform
            .script()
            .put_off
            .extend((1..=120).map(Uuid::from_u128));
        let report = world.once().await;
        assert_eq!(
            (report.state, report.sent, report.waiting),
            (State::Server, 130, 120)
        );
        assert_eq!(
            report.troubles.iter().filter(|t| t.code == "unanswered").count(),
            1
        );
    });
}

#[test]
fn other_bytes_under_the_same_name_wait_no_more_and_are_told() {
    run(async {
        let world = with_leads([1]);
        world
            .platform
            .script()
            .held
            .insert(Uuid::from_u128(1), ("other".to_owned(), 1));
        let report = world.once().await;
        assert_eq!((report.sent, report.conflicts, report.waiting), (0, 1, 0));
        assert_eq!(world.kiosk.state().settled[0].outcome, Outcome::Conflict);
    });
}

#[test]
fn a_wrong_signature_costs_only_the_catalogue() {
    run(async {
        let world = with_leads([1]);
        world.kiosk.state().distrusts = true;
        world.platform.script().published = Some(publication(7));
        let report = world.once().await;
        assert_eq!(
            (report.state, report.sent, report.catalogue_version),
            (State::Ok, 1, None)
        );
        assert_eq!(
            (report.troubles[0].lane, report.troubles[0].code),
            ("catalogue", "wrong_signature")
        );
        assert_eq!(
            world.platform.asked("snapshot"),
            [],
            "nothing is fetched for a checkpoint that is not trusted"
        );
        assert_eq!(world.kiosk.state().refused().as_deref(), Some("wrong_signature"));
    });
}

#[test]
fn a_damaged_snapshot_is_never_installed() {
    run(async {
        let world = with_leads([1]);
        world.platform.script().published = Some(publication(7));
        world.platform.script().damaged_snapshots = u32::MAX;
        let report = world.once().await;
        assert_eq!(
            (report.state, report.sent, report.catalogue_version),
            (State::Ok, 1, None)
        );
        assert_eq!(report.troubles[0].code, "damaged");
    });
}

#[test]
fn bad_pictures_hold_neither_leads_nor_good_pictures_back() {
    run(async {
        let world = with_leads([1]);
        let good = b"good test picture".to_vec();
        let wrong = sha256_hex(b"announced");
        world
            .kiosk
            .state()
            .missing
            .extend([sha256_hex(b"unknown"), wrong.clone(), sha256_hex(&good)]);
        world
            .platform
            .script()
            .pictures
            .extend([(wrong, b"other".to_vec()), (sha256_hex(&good), good)]);
        let report = world.once().await;
        assert_eq!((report.state, report.sent), (State::Ok, 1));
        assert_eq!((report.pictures, report.missing_pictures), (1, 2));
        let told: Vec<_> = report.troubles.iter().map(|trouble| trouble.code).collect();
        assert_eq!(told, ["damaged_picture"]);
    });
}

/// Four that the platform always fails at stand before a good one, and one that is nothing at all.
#[test]
fn pictures_that_the_platform_always_fails_at_do_not_hold_others_back() {
    run(async {
        let world = World::default();
        let good = b"good test picture".to_vec();
        let sick: Vec<String> = (0..4_u8).map(|number| sha256_hex(&[number])).collect();
        let empty = sha256_hex(b"announced");
        let missing = sick.iter().cloned().chain([empty.clone(), sha256_hex(&good)]);
        world.kiosk.state().missing.extend(missing);
        world.platform.script().sick_pictures.extend(sick);
        let pictures = [(empty, Vec::new()), (sha256_hex(&good), good)];
        world.platform.script().pictures.extend(pictures);
        let mut driver = world.driver(1);
        for _ in 0..3 {
            driver.once().await;
        }
        assert_eq!(world.kiosk.state().pictures.len(), 1);
        assert_eq!(world.kiosk.state().missing.len(), 5);
    });
}

#[test]
fn a_round_on_demand_does_not_wait_for_the_back_off() {
    run(async {
        let world = with_leads([1]);
        world.platform.script().away = Some(Fault::offline());
        let mut driver = world.driver(1);
        for _ in 0..20 {
            assert_eq!(driver.once().await.state, State::Offline);
        }
        world.platform.script().away = None;
        assert_eq!(driver.once().await.sent, 1);
    });
}

#[test]
fn every_fault_has_its_state() {
    run(async {
        let refused = PlatformError::Unauthorized { status: 401 };
        let unwell = PlatformError::Server {
            detail: "status 500".to_owned(),
            retry_after: None,
        };
        let cases = [
            (PlatformError::Tls("expired".to_owned()), State::ClockOrTls),
            (refused, State::Unauthorized),
            (
                PlatformError::RateLimited { retry_after: None },
                State::RateLimited,
            ),
            (unwell, State::Server),
            (PlatformError::UpgradeRequired, State::UpgradeRequired),
        ];
        for endpoint in ["probe", "leads"] {
            for (error, state) in cases.clone() {
                let world = with_leads([1]);
                world
                    .platform
                    .script()
                    .faults
                    .insert(endpoint, Fault::Error(error));
                let report = world.once().await;
                assert_eq!((report.state, report.waiting), (state, 1), "{endpoint}");
            }
        }
    });
}
