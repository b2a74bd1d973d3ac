//! Catalogues and pictures over hours of paused time: what is looked for, how often, and beside what.

use super::running::{HOUR, start};
use super::world::{Fault, World, publication, run};
use crate::{HEARTBEAT_EVERY, PlatformError, TICK};
use protocol::sha256_hex;
use std::time::Duration;
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
        let trouble = || world.kiosk.state().remembered.catalogue_trouble.clone();
        assert_eq!(trouble().as_deref(), Some("damaged"));
        world.platform.script().away = Some(Fault::Error(PlatformError::Offline("gone".to_owned())));
        sleep(HOUR).await;
        world.platform.script().away = None;
        sleep(HOUR).await;
        assert_eq!(world.platform.asked("snapshot").len(), 1, "after an outage too");
        assert_eq!(trouble().as_deref(), Some("damaged"));
        // A stick brings what headquarters publish next.
        world.kiosk.state().catalogue = Some(8);
        world.platform.script().published = Some(publication(8));
        sleep(HEARTBEAT_EVERY * 2 + TICK).await;
        assert_eq!(trouble(), None, "nothing is refused any more");
        world.platform.script().published = Some(publication(9));
        sleep(HEARTBEAT_EVERY * 2 + TICK).await;
        assert_eq!(world.kiosk.state().catalogue, Some(9));
    });
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
        let slow = |seconds| Fault::Slow(Duration::from_secs(seconds));
        world.kiosk.state().missing.push(name.clone());
        world.platform.script().pictures.insert(name, picture);
        world.platform.script().faults.insert("picture", slow(70));
        let (_nudges, _task) = start(&world, 6);
        sleep(Duration::from_secs(30)).await;
        world.platform.script().faults.insert("heartbeat", slow(25));
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
        let slow = |seconds| Fault::Slow(Duration::from_secs(seconds));
        world.platform.script().published = Some(publication(7));
        world.platform.script().faults.insert("snapshot", slow(2));
        world.platform.script().faults.insert("heartbeat", slow(25));
        let (_nudges, _task) = start(&world, 6);
        sleep(Duration::from_secs(10)).await;
        assert_eq!(world.platform.asked("snapshot").len(), 1);
        assert_eq!(world.platform.asked("heartbeat").len(), 1, "still awaited");
        assert_eq!(world.kiosk.state().catalogue, None);
        sleep(Duration::from_secs(16)).await;
        assert_eq!(world.kiosk.state().catalogue, Some(7));
    });
}
