//! Single rounds: requests, stored results and reports.

use super::world::{Fault, World, publication, run};
use crate::{Lane, PlatformError, State};
use expo_protocol::{Outcome, sha256_hex};
use uuid::Uuid;

fn with_leads(numbers: impl IntoIterator<Item = u128>) -> World {
    let world = World::default();
    numbers
        .into_iter()
        .for_each(|number| world.kiosk.add_lead(number));
    world
}

mod leads {
    use super::*;

    #[test]
    fn lost_answer_yields_duplicate_receipts() {
        run(async {
            let world = with_leads(1..=5);
            world.platform.script().lost_answers = 1;
            let first = world.run_round().await;
            assert_eq!((first.state, first.sent, first.waiting), (State::Offline, 0, 5));
            let second = world.run_round().await;
            assert_eq!(
                (second.state, second.sent, second.duplicates, second.waiting),
                (State::Ok, 0, 5, 0)
            );
            assert_eq!(world.platform.script().held.len(), 5);
        });
    }

    #[test]
    fn no_leads_are_sent_to_a_login_page() {
        run(async {
            let world = with_leads([1]);
            world.platform.script().outage = Some(Fault::Error(PlatformError::Captive("login".to_owned())));
            let report = world.run_round().await;
            assert_eq!(
                (report.state, report.sent, report.waiting),
                (State::Captive, 0, 1)
            );
            assert_eq!(world.platform.request_times("leads"), []);
            assert_eq!(world.kiosk.state().saved_state.state, State::Captive);
        });
    }

    #[test]
    fn bad_leads_are_rejected_and_others_sent() {
        run(async {
            let world = with_leads(1..=250);
            let bad: Vec<Uuid> = [7, 130, 131].map(Uuid::from_u128).to_vec();
            world.platform.script().refused_leads.extend(bad.clone());
            let report = world.run_round().await;
            assert_eq!((report.sent, report.rejected, report.waiting), (247, 3, 0));
            assert_eq!(world.kiosk.state().rejected, bad);
            assert!(world.platform.request_times("leads").len() < 60);
        });
    }

    #[test]
    fn platform_that_refuses_every_lead_rejects_none() {
        run(async {
            let world = with_leads(1..=150);
            world
                .platform
                .script()
                .refused_leads
                .extend((1..=150).map(Uuid::from_u128));
            let report = world.run_round().await;
            assert_eq!((report.sent, report.rejected, report.waiting), (0, 0, 150));
            assert_eq!(report.state, State::Server);
            world.platform.script().refused_leads.clear();
            let report = world.run_round().await;
            assert_eq!((report.sent, report.rejected, report.waiting), (150, 0, 0));
        });
    }

    #[test]
    fn retry_receipts_do_not_block_later_leads() {
        run(async {
            let world = with_leads(1..=250);
            world
                .platform
                .script()
                .deferred_leads
                .extend((1..=120).map(Uuid::from_u128));
            let report = world.run_round().await;
            assert_eq!(
                (report.state, report.sent, report.waiting),
                (State::Server, 130, 120)
            );
            assert_eq!(
                report.failures.iter().filter(|t| t.code == "unanswered").count(),
                1
            );
        });
    }

    #[test]
    fn conflicting_lead_is_settled_and_reported() {
        run(async {
            let world = with_leads([1]);
            world
                .platform
                .script()
                .held
                .insert(Uuid::from_u128(1), ("other".to_owned(), 1));
            let report = world.run_round().await;
            assert_eq!((report.sent, report.conflicts, report.waiting), (0, 1, 0));
            assert_eq!(world.kiosk.state().settled[0].outcome, Outcome::Conflict);
        });
    }
}

mod catalogue {
    use super::*;

    #[test]
    fn wrong_signature_fails_only_the_catalogue() {
        run(async {
            let world = with_leads([1]);
            world.kiosk.state().distrusts_signatures = true;
            world.platform.script().published = Some(publication(7));
            let report = world.run_round().await;
            assert_eq!(
                (report.state, report.sent, report.catalogue_version),
                (State::Ok, 1, None)
            );
            assert_eq!(
                (report.failures[0].lane, report.failures[0].code),
                (Lane::Catalogue, "wrong_signature")
            );
            assert_eq!(
                world.platform.request_times("snapshot"),
                [],
                "no download for an untrusted checkpoint"
            );
            assert_eq!(
                world.kiosk.state().refused_code().as_deref(),
                Some("wrong_signature")
            );
        });
    }

    #[test]
    fn damaged_snapshot_is_never_installed() {
        run(async {
            let world = with_leads([1]);
            world.platform.script().published = Some(publication(7));
            world.platform.script().damaged_snapshots = u32::MAX;
            let report = world.run_round().await;
            assert_eq!(
                (report.state, report.sent, report.catalogue_version),
                (State::Ok, 1, None)
            );
            assert_eq!(report.failures[0].code, "damaged");
        });
    }
}

mod pictures {
    use super::*;

    #[test]
    fn bad_pictures_block_neither_leads_nor_good_pictures() {
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
            let report = world.run_round().await;
            assert_eq!((report.state, report.sent), (State::Ok, 1));
            assert_eq!((report.pictures, report.missing_pictures), (1, 2));
            let codes: Vec<_> = report.failures.iter().map(|failure| failure.code).collect();
            assert_eq!(codes, ["damaged_picture"]);
        });
    }

    /// Missing pictures in order: four that the platform fails to send, an empty one, and a good one.
    #[test]
    fn failing_pictures_do_not_block_others() {
        run(async {
            let world = World::default();
            let good = b"good test picture".to_vec();
            let failing: Vec<String> = (0..4_u8).map(|number| sha256_hex(&[number])).collect();
            let empty = sha256_hex(b"announced");
            let missing = failing.iter().cloned().chain([empty.clone(), sha256_hex(&good)]);
            world.kiosk.state().missing.extend(missing);
            world.platform.script().failing_pictures.extend(failing);
            let pictures = [(empty, Vec::new()), (sha256_hex(&good), good)];
            world.platform.script().pictures.extend(pictures);
            let mut driver = world.driver(1);
            for _ in 0..3 {
                driver.run_round().await;
            }
            assert_eq!(world.kiosk.state().pictures.len(), 1);
            assert_eq!(world.kiosk.state().missing.len(), 5);
        });
    }
}

mod complete_rounds {
    use super::*;

    #[test]
    fn round_follows_lane_priority() {
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
            let report = world.run_round().await;
            assert_eq!((report.state, report.sent, report.waiting), (State::Ok, 3, 0));
            assert_eq!(
                (report.catalogue_version, report.pictures, report.missing_pictures),
                (Some(7), 1, 0)
            );
            assert_eq!(report.failures, []);
            let endpoints: Vec<_> = world
                .platform
                .script()
                .requests
                .iter()
                .map(|(endpoint, _)| *endpoint)
                .collect();
            assert_eq!(
                endpoints,
                [
                    "probe",
                    "leads",
                    "checkpoint",
                    "snapshot",
                    "heartbeat",
                    "heartbeat",
                    "picture"
                ],
                "nothing waits for the catalogue, and a heartbeat reports the new version at once"
            );
            assert_eq!(world.kiosk.state().saved_state.state, State::Ok);
        });
    }

    #[test]
    fn round_on_demand_ignores_back_off() {
        run(async {
            let world = with_leads([1]);
            world.platform.script().outage = Some(Fault::offline());
            let mut driver = world.driver(1);
            for _ in 0..20 {
                assert_eq!(driver.run_round().await.state, State::Offline);
            }
            world.platform.script().outage = None;
            assert_eq!(driver.run_round().await.sent, 1);
        });
    }

    #[test]
    fn each_error_maps_to_its_state() {
        run(async {
            let refused = PlatformError::Unauthorized { status: 401 };
            let server_error = PlatformError::Server {
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
                (server_error, State::Server),
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
                    let report = world.run_round().await;
                    assert_eq!((report.state, report.waiting), (state, 1), "{endpoint}");
                }
            }
        });
    }
}
