//! Catalogues and pictures over hours of paused time: what is looked for, how often, and beside what.

use super::running::{HOUR, start};
use super::world::{Fault, World, publication, run, world_time};
use crate::{HEARTBEAT_EVERY, LONGEST_CEILING, Nudge, TICK};
use protocol::sha256_hex;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

#[test]
fn a_heartbeat_tells_of_a_new_catalogue() {
    run(async {
        let world = World::default();
        let (_nudges, _task) = start(&world, 7);
        sleep(HOUR / 2).await;
        world.platform.script().published = Some(publication(9));
        sleep(HEARTBEAT_EVERY * 2 + TICK).await;
        assert_eq!(world.kiosk.state().catalogue, Some(9));
    });
}

/// A line may be paid by the byte: what would be refused again is not fetched again.
#[test]
fn a_version_that_cannot_be_shown_is_fetched_once_and_the_next_one_at_once() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().unusable = Some(7);
        let (_nudges, _task) = start(&world, 7);
        sleep(HOUR * 3).await;
        assert_eq!(world.platform.asked("snapshot").len(), 1);
        let refused = || world.kiosk.state().refused();
        assert_eq!(refused().as_deref(), Some("damaged"));
        world.platform.script().away = Some(Fault::offline());
        sleep(HOUR).await;
        world.platform.script().away = None;
        sleep(HOUR).await;
        assert_eq!(world.platform.asked("snapshot").len(), 1, "after an outage too");
        assert_eq!(refused().as_deref(), Some("damaged"));
        // A stick brings what headquarters have yet to publish.
        world.kiosk.state().catalogue = Some(8);
        sleep(HEARTBEAT_EVERY * 2 + TICK).await;
        assert_eq!(refused(), None, "nothing newer is refused any more");
        world.platform.script().published = Some(publication(9));
        sleep(HEARTBEAT_EVERY * 2 + TICK).await;
        assert_eq!(world.kiosk.state().catalogue, Some(9));
    });
}

#[test]
fn a_refusal_outlives_bad_lines_and_restarts() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().unusable = Some(7);
        world.once().await;
        let refused = || world.kiosk.state().refused();
        world
            .platform
            .script()
            .faults
            .insert("checkpoint", Fault::offline());
        world.once().await;
        assert_eq!(
            refused().as_deref(),
            Some("damaged"),
            "the look did not come to an end"
        );
        world.platform.script().away = Some(Fault::offline());
        world.once().await;
        assert_eq!(refused().as_deref(), Some("damaged"), "no look was made");
    });
}

#[test]
fn a_stick_ends_a_refusal_without_a_line() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().catalogue = Some(5);
        world.kiosk.state().unusable = Some(7);
        let (_nudges, _task) = start(&world, 7);
        sleep(TICK).await;
        world.platform.script().away = Some(Fault::offline());
        sleep(HEARTBEAT_EVERY).await;
        assert_eq!(world.kiosk.state().refused().as_deref(), Some("damaged"));
        world.kiosk.state().catalogue = Some(6);
        sleep(TICK * 2).await;
        assert_eq!(
            world.kiosk.state().refused().as_deref(),
            Some("damaged"),
            "not the one refused"
        );
        world.kiosk.state().catalogue = Some(7);
        sleep(TICK * 2).await;
        assert_eq!(world.kiosk.state().refused(), None);
    });
}

/// Nor do headquarters ever hear of a refusal beside the version that ended it.
#[test]
fn a_refused_catalogue_that_is_withdrawn_is_told_of_no_more() {
    run(async {
        // Published in its place: the version shown, the one that staff went back from, another.
        for (version, shown) in [(5, 5), (6, 5), (8, 8)] {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().catalogue = Some(5);
            world.kiosk.state().declined = Some(6);
            world.kiosk.state().unusable = Some(7);
            let (_nudges, _task) = start(&world, 7);
            sleep(HEARTBEAT_EVERY * 3).await;
            assert_eq!(world.kiosk.state().refused().as_deref(), Some("damaged"));
            world.platform.script().published = Some(publication(version));
            sleep(HEARTBEAT_EVERY * 3).await;
            assert_eq!(world.kiosk.state().refused(), None);
            let told = world.platform.script().told_of_catalogues.clone();
            assert!(told.contains(&(Some(5), Some("damaged".to_owned()))), "{told:?}");
            assert_eq!(told.last(), Some(&(Some(shown), None)));
            assert!(!told.contains(&(Some(8), Some("damaged".to_owned()))), "{told:?}");
        }
    });
}

#[test]
fn a_stick_that_overtakes_a_version_on_its_way_leaves_nothing_to_refuse() {
    run(async {
        let world = World::default();
        world.kiosk.state().catalogue = Some(6);
        world.kiosk.state().unusable = Some(7);
        world.platform.script().published = Some(publication(7));
        world.platform.script().faults.insert("snapshot", Fault::slow(20));
        let (_nudges, _task) = start(&world, 7);
        sleep(TICK * 2).await;
        assert_eq!(world.platform.asked("snapshot").len(), 1);
        world.kiosk.state().catalogue = Some(8);
        sleep(HEARTBEAT_EVERY * 3).await;
        let told = world.platform.script().told_of_catalogues.clone();
        assert!(told.iter().all(|(_, refused)| refused.is_none()), "{told:?}");
    });
}

/// A refusal that a stick ended comes back when staff go back from what it brought.
#[test]
fn a_version_is_judged_anew_beside_another_one() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().catalogue = Some(6);
        world.kiosk.state().unusable = Some(7);
        let (_nudges, _task) = start(&world, 7);
        sleep(HEARTBEAT_EVERY * 3).await;
        world.kiosk.state().catalogue = Some(8);
        sleep(HEARTBEAT_EVERY * 3).await;
        assert_eq!(world.kiosk.state().refused(), None);
        world.kiosk.state().catalogue = Some(6);
        world.kiosk.state().declined = Some(8);
        sleep(HOUR).await;
        assert_eq!(world.kiosk.state().refused().as_deref(), Some("damaged"));
        assert_eq!(world.platform.asked("snapshot").len(), 2);
    });
}

/// The platform's heartbeats may lag behind its checkpoint.
#[test]
fn a_refused_version_is_fetched_once_though_heartbeats_name_another() {
    run(async {
        for told in [5, 6] {
            let world = World::default();
            world.kiosk.state().catalogue = Some(5);
            world.kiosk.state().unusable = Some(7);
            world.platform.script().published = Some(publication(7));
            world.platform.script().tells_at_most = Some(told);
            let (_nudges, _task) = start(&world, 7);
            sleep(HOUR).await;
            assert_eq!(world.platform.asked("snapshot").len(), 1, "{told:?}");
            assert_eq!(world.kiosk.state().refused().as_deref(), Some("damaged"));
        }
    });
}

/// A cache between may be at fault, so it is tried for ever; headquarters hear of it meanwhile.
#[test]
fn a_snapshot_that_comes_damaged_is_told_of_until_it_comes_whole() {
    run(async {
        let world = World::default();
        world.kiosk.state().catalogue = Some(6);
        world.platform.script().published = Some(publication(7));
        world.platform.script().damaged_snapshots = u32::MAX;
        let (_nudges, _task) = start(&world, 7);
        sleep(HOUR).await;
        assert_eq!(world.kiosk.state().catalogue, Some(6));
        let told = world.platform.script().told_of_catalogues.clone();
        assert_eq!(told.last(), Some(&(Some(6), Some("damaged".to_owned()))));
        let fetched = world.platform.asked("snapshot").len();
        assert!(fetched < 60, "fetched {fetched} times in an hour");
        world.platform.script().damaged_snapshots = 0;
        sleep(LONGEST_CEILING + HEARTBEAT_EVERY).await;
        assert_eq!(world.kiosk.state().catalogue, Some(7));
        let told = world.platform.script().told_of_catalogues.clone();
        assert_eq!(told.last(), Some(&(Some(7), None)));
    });
}

/// What went wrong first in the same round is over.
#[test]
fn a_round_that_took_the_catalogue_after_all_tells_of_no_trouble_with_it() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.platform.script().damaged_snapshots = 1;
        world.platform.script().faults.insert("heartbeat", Fault::slow(3));
        let report = world.once().await;
        assert_eq!(world.platform.asked("snapshot").len(), 2);
        assert_eq!((report.catalogue_version, report.troubles), (Some(7), vec![]));
    });
}

/// Staff press the button while the next version is on its way: it goes on.
#[test]
fn a_round_that_staff_ask_for_keeps_what_is_coming_down() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().unusable = Some(7);
        let (nudges, _task) = start(&world, 7);
        sleep(TICK).await;
        world.platform.script().faults.insert("snapshot", Fault::slow(20));
        world.platform.script().published = Some(publication(8));
        while world.platform.asked("snapshot").len() < 2 && world_time() < HOUR {
            sleep(Duration::from_secs(1)).await;
        }
        let (answer, report) = oneshot::channel();
        nudges.send(Nudge::Now(answer)).await.unwrap();
        assert_eq!(report.await.unwrap().catalogue_version, Some(8));
        assert_eq!(world.platform.asked("snapshot").len(), 2);
    });
}

/// As where the platform offers, as the version shown, something that is not the publisher's.
#[test]
fn a_refusal_that_goes_on_is_told_all_the_time() {
    run(async {
        let world = World::default();
        world.kiosk.state().catalogue = Some(7);
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().distrusts = true;
        let (_nudges, _task) = start(&world, 7);
        sleep(HEARTBEAT_EVERY).await;
        let writes = world.kiosk.state().writes;
        for minute in 0..60 {
            world.platform.script().away = (minute == 30).then(Fault::offline);
            sleep(HEARTBEAT_EVERY).await;
            let refused = world.kiosk.state().refused();
            assert_eq!(refused.as_deref(), Some("wrong_signature"));
        }
        let times = world.kiosk.state().writes - writes;
        assert!(times <= 62, "written {times} times in an hour");
    });
}

/// A look that began before, or ended unheard, knows what was said of the version; the one asked for is to know nothing.
#[test]
fn staff_have_a_refused_version_fetched_again_whatever_is_under_way() {
    // How long the look takes, and the question beside it: it is under way, or over but unheard.
    for (look, beside) in [(20, 0), (1, 3)] {
        run(async {
            let world = World::default();
            world.platform.script().published = Some(publication(7));
            world.kiosk.state().unusable = Some(7);
            let (nudges, _task) = start(&world, 7);
            sleep(HOUR / 60).await;
            let faults = [
                ("checkpoint", Fault::slow(look)),
                ("heartbeat", Fault::slow(beside)),
            ];
            world.platform.script().faults.extend(faults);
            // The next look comes after an outage.
            world.platform.script().away = Some(Fault::offline());
            sleep(HOUR / 60).await;
            world.platform.script().away = None;
            while world.platform.asked("checkpoint").len() < 2 && world_time() < HOUR {
                sleep(Duration::from_millis(100)).await;
            }
            sleep(Duration::from_secs(2)).await;
            assert_eq!(world.platform.asked("snapshot").len(), 1);
            let (answer, report) = oneshot::channel();
            nudges.send(Nudge::Now(answer)).await.unwrap();
            report.await.unwrap();
            assert_eq!(world.platform.asked("snapshot").len(), 2, "a look of {look} s");
        });
    }
}

#[test]
fn a_version_that_staff_went_back_from_is_not_looked_for_again() {
    run(async {
        let world = World::default();
        world.platform.script().published = Some(publication(7));
        world.kiosk.state().catalogue = Some(6);
        world.kiosk.state().declined = Some(7);
        let (_nudges, _task) = start(&world, 7);
        sleep(HOUR * 3).await;
        assert_eq!(world.platform.asked("checkpoint").len(), 1);
        world.platform.script().published = Some(publication(8));
        sleep(HEARTBEAT_EVERY * 2 + TICK).await;
        assert_eq!(world.kiosk.state().catalogue, Some(8));
    });
}

#[test]
fn a_download_goes_on_while_an_answer_is_awaited() {
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
        let asked = world.platform.asked("heartbeat");
        assert!(*asked.last().unwrap() > Duration::from_secs(55), "still awaited");
        assert_eq!(world.kiosk.state().pictures.len(), 1);
    });
}

/// Installing takes a while in which nothing is heard: whoever waits for an answer would take the line for dead.
#[test]
fn a_catalogue_is_installed_between_questions() {
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
        assert_eq!(world.platform.asked("snapshot").len(), 1);
        assert_eq!(world.platform.asked("heartbeat").len(), 1, "still awaited");
        assert_eq!(world.kiosk.state().catalogue, None);
        sleep(Duration::from_secs(16)).await;
        assert_eq!(world.kiosk.state().catalogue, Some(7));
    });
}
