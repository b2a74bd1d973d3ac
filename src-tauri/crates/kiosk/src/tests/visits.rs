//! Anonymous counts of visits: in memory, on disk, in heartbeats and for staff.

use super::{draft, enrol, kiosk, provisioned_kiosk, unlocked_session};
use crate::settings::STOP;
use crate::views::{FilterName, FormStep, VisitEvent, VisitScreen};
use crate::{Kiosk, Session};
use expo_domain::Lang;
use expo_protocol::VisitCounts;
use expo_store::visits::{FILE, Visits};
use expo_sync::LocalStore;
use std::collections::BTreeMap;

const BEGAN: VisitEvent = VisitEvent::Began { language: Lang::Fr };
const ENDED: VisitEvent = VisitEvent::Ended {
    unattended_seconds: 0,
};

fn note(kiosk: &Kiosk, events: &[VisitEvent]) {
    for event in events {
        kiosk.note_visit(*event);
    }
}

fn reported(kiosk: &Kiosk) -> Vec<VisitCounts> {
    kiosk.sync_port().heartbeat().unwrap().visits
}

fn counts(kiosk: &Kiosk) -> BTreeMap<String, u32> {
    reported(kiosk)
        .first()
        .map(|day| day.counts.clone())
        .unwrap_or_default()
}

fn named<const N: usize>(counts: [(&str, u32); N]) -> BTreeMap<String, u32> {
    counts
        .into_iter()
        .map(|(name, count)| (name.to_owned(), count))
        .collect()
}

#[test]
fn visit_is_counted_at_its_end_by_single_properties() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let screen = |screen| VisitEvent::Screen { screen };
    let filter = VisitEvent::Filter {
        filter: FilterName::Types,
    };
    note(
        &kiosk,
        &[
            BEGAN,
            screen(VisitScreen::Home),
            screen(VisitScreen::Explore),
            filter,
        ],
    );
    note(
        &kiosk,
        &[filter, VisitEvent::NoResult {}, VisitEvent::NoResult {}],
    );
    note(
        &kiosk,
        &[
            VisitEvent::Language { language: Lang::Ar },
            screen(VisitScreen::Explore),
        ],
    );
    note(&kiosk, &[VisitEvent::FormStep { step: FormStep::What }]);
    assert_eq!(reported(&kiosk), [], "nothing before the end of the visit");
    machine.set(|state| state.monotonic_ms += 200_000);
    note(
        &kiosk,
        &[VisitEvent::Ended {
            unattended_seconds: 80,
        }],
    );
    let day = &reported(&kiosk)[0];
    assert_eq!(
        (day.stop.as_str(), day.day.to_string().as_str()),
        (kiosk.stop().unwrap().id.as_str(), "2026-02-13")
    );
    let expected = named([
        ("duration.1_to_3_min", 1),
        ("filter.types", 1),
        ("form_left.what", 1),
        ("language.ar", 1),
        ("language.fr", 1),
        ("no_result", 2),
        ("screen.explore", 1),
        ("screen.home", 1),
        ("visits", 1),
    ]);
    assert_eq!(day.counts, expected);
}

#[test]
fn lead_belongs_to_its_visit_and_leaves_no_form() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    note(
        &kiosk,
        &[
            BEGAN,
            VisitEvent::FormStep {
                step: FormStep::Review,
            },
        ],
    );
    kiosk.take_lead(&draft()).unwrap();
    note(&kiosk, &[ENDED]);
    let counts = counts(&kiosk);
    assert_eq!((counts["visits"], counts["leads"]), (1, 1));
    assert!(!counts.contains_key("form_left.review"), "{counts:?}");
}

#[test]
fn counts_survive_a_restart_and_only_grow() {
    let folder = tempfile::tempdir().unwrap();
    let (running, machine) = provisioned_kiosk(folder.path());
    enrol(&running);
    for visits in 1..=5 {
        note(&running, &[BEGAN, ENDED]);
        assert_eq!(counts(&running)["visits"], visits);
        machine.set(|state| state.monotonic_ms += 30_000);
    }
    note(&running, &[BEGAN]);
    running.end_run().unwrap();
    drop(running);
    let (running, _) = kiosk(folder.path());
    assert_eq!(
        counts(&running)["visits"],
        6,
        "the visit under way ended with the program"
    );
}

#[test]
fn counts_are_written_at_most_once_a_minute() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let on_disk = || {
        let days = Visits::new(folder.path()).newest_days(1).unwrap();
        days.first().map_or(0, |day| day.counts["visits"])
    };
    note(&kiosk, &[BEGAN, ENDED]);
    assert_eq!(on_disk(), 1);
    note(&kiosk, &[BEGAN, ENDED, BEGAN, ENDED]);
    assert_eq!(on_disk(), 1);
    machine.set(|state| state.monotonic_ms += 60_000);
    note(&kiosk, &[BEGAN]);
    assert_eq!(on_disk(), 3);
}

#[test]
fn lost_end_of_a_visit_is_made_up_by_the_next_page() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    note(&kiosk, &[BEGAN]);
    machine.set(|state| state.monotonic_ms += 3_600_000);
    kiosk.boot(Some(Lang::Ar)).unwrap();
    assert_eq!(reported(&kiosk), [], "a change of language ends no visit");
    kiosk.boot(None).unwrap();
    let ended = counts(&kiosk);
    assert_eq!((ended["visits"], ended["duration.under_1_min"]), (1, 1));
    note(&kiosk, &[VisitEvent::NoResult {}, ENDED]);
    assert_eq!(counts(&kiosk), ended, "no visit, nothing to count");
}

#[test]
fn failing_disk_disturbs_no_visitor_and_loses_no_count() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    // A folder of that name cannot be opened as a file.
    let file = folder.path().join(FILE);
    std::fs::create_dir(&file).unwrap();
    note(&kiosk, &[BEGAN, ENDED, BEGAN, ENDED]);
    assert_eq!(counts(&kiosk)["visits"], 2, "they are in memory");
    std::fs::remove_dir(&file).unwrap();
    machine.set(|state| state.monotonic_ms += 60_000);
    note(&kiosk, &[BEGAN, ENDED]);
    assert_eq!(counts(&kiosk)["visits"], 3);
    assert!(file.exists());
}

#[test]
fn stop_without_statistics_counts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let session: Session = unlocked_session(&kiosk);
    note(&kiosk, &[BEGAN, ENDED]);
    let mut stop = kiosk.stop().unwrap();
    stop.statistics = false;
    kiosk.leads.set(&[(STOP, &stop)]).unwrap();
    note(&kiosk, &[BEGAN, ENDED]);
    assert_eq!(reported(&kiosk), [], "neither new counts nor those of before");
    assert_eq!(kiosk.staff_today(&session).unwrap().visits, None);
    stop.statistics = true;
    kiosk.leads.set(&[(STOP, &stop)]).unwrap();
    assert_eq!(counts(&kiosk)["visits"], 1);
}

#[test]
fn visit_under_way_ends_uncounted_without_statistics() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let count_visits = |statistics| {
        let mut stop = kiosk.stop().unwrap();
        stop.statistics = statistics;
        kiosk.leads.set(&[(STOP, &stop)]).unwrap();
    };
    let end_by_event = || note(&kiosk, &[ENDED]);
    let end_by_page = || drop(kiosk.boot(None).unwrap());
    let end_by_program = || kiosk.end_run().unwrap();
    let lose_the_end = || note(&kiosk, &[VisitEvent::NoResult {}]);
    let ends: [&dyn Fn(); 4] = [&end_by_event, &end_by_page, &end_by_program, &lose_the_end];
    for end in ends {
        note(&kiosk, &[BEGAN]);
        count_visits(false);
        end();
        count_visits(true);
        kiosk.boot(None).unwrap();
        assert_eq!(reported(&kiosk), []);
    }
    note(&kiosk, &[BEGAN, ENDED]);
    assert_eq!(counts(&kiosk)["visits"], 1);
}

#[test]
fn staff_see_the_visits_of_the_day_at_their_stop() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let session = unlocked_session(&kiosk);
    let figures = || kiosk.staff_today(&session).unwrap().visits.unwrap();
    assert_eq!(figures().visits, 0);
    let left_at = |step| VisitEvent::FormStep { step };
    note(
        &kiosk,
        &[
            BEGAN,
            left_at(FormStep::When),
            ENDED,
            BEGAN,
            left_at(FormStep::Who),
            ENDED,
        ],
    );
    note(&kiosk, &[VisitEvent::Began { language: Lang::Ar }, ENDED]);
    let seen = figures();
    let values = |counts: Vec<crate::views::FacetCount>| -> Vec<(String, u32)> {
        counts
            .into_iter()
            .map(|count| (count.value, count.count))
            .collect()
    };
    assert_eq!((seen.visits, seen.leads), (3, 0));
    assert_eq!(
        values(seen.by_language),
        [("fr".to_owned(), 2), ("ar".to_owned(), 1)]
    );
    assert_eq!(
        values(seen.form_left_at),
        [("who".to_owned(), 1), ("when".to_owned(), 1)]
    );
    machine.set(|state| state.wall_clock = "2026-02-14T09:00:00Z".parse().unwrap());
    assert_eq!(figures().visits, 0, "another day");
    assert_eq!(reported(&kiosk).len(), 1);
}

#[test]
fn event_with_text_or_unknown_fields_is_refused() {
    for event in [
        r#"{"event":"filter","filter":"types","value":"Test"}"#,
        r#"{"event":"screen","screen":"+33612345678"}"#,
        r#"{"event":"no_result","text":"martil"}"#,
        r#"{"event":"began","language":"Test Visiteur"}"#,
        r#"{"event":"ended","unattended_seconds":"now"}"#,
    ] {
        assert!(serde_json::from_str::<VisitEvent>(event).is_err(), "{event}");
    }
    let event = r#"{"event":"filter","filter":"land_titles"}"#;
    let known = VisitEvent::Filter {
        filter: FilterName::LandTitles,
    };
    assert_eq!(serde_json::from_str::<VisitEvent>(event).unwrap(), known);
}
