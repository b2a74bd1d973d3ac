//! Which versions of the catalogue are taken, and what is said of an old one.

use super::catalogues::{published, sign, sign_text};
use super::{explore, kiosk};
use crate::views::ExploreQuery;
use crate::workshop::Edition;
use crate::{Demonstration, Kiosk, Session};
use domain::{Lang, Picture, PictureKind, Rendition, Texts, UnitStatus};
use jiff::{SignedDuration, Timestamp};
use protocol::SignedCheckpoint;
use std::path::Path;
use sync::{Local, LocalError, RefusedCatalogue, Remembered};

fn install(kiosk: &Kiosk, version: u64) {
    let (signed, checkpoint) = published(&explore::catalogue(), version);
    kiosk
        .install(&explore::catalogue(), &signed, &checkpoint)
        .unwrap();
}

/// Whether a version that the platform offers is taken: `None` when it is refused.
fn wants(kiosk: &Kiosk, version: u64) -> Option<bool> {
    match kiosk.wants(&published(&explore::catalogue(), version).0) {
        Ok(wanted) => Some(wanted.is_some()),
        Err(LocalError::Unusable {
            code: "older_version",
            ..
        }) => None,
        Err(other) => panic!("{other}"),
    }
}

fn damage(kiosk: &Kiosk, folder: &Path) {
    std::fs::write(folder.join("catalogue.db"), b"damaged").unwrap();
    assert!(kiosk.catalogues.current().unwrap().is_none());
}

#[test]
fn a_damaged_catalogue_is_not_replaced_by_an_older_one() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    assert_eq!(wants(&kiosk, 1), Some(true), "the first one may be any");
    install(&kiosk, 7);
    damage(&kiosk, folder.path());
    drop(kiosk);
    let (kiosk, _) = super::kiosk(folder.path());
    assert_eq!(wants(&kiosk, 6), None);
    assert_eq!(wants(&kiosk, 7), Some(true), "the very version is needed again");
    assert_eq!(wants(&kiosk, 8), Some(true));
    install(&kiosk, 7);
    assert_eq!(wants(&kiosk, 7), Some(false));
    assert_eq!(wants(&kiosk, 6), Some(false), "older than the one shown: no news");
}

/// The platform did its part: no line is to be blamed, and asking again soon is of no use.
#[test]
fn a_version_in_another_format_is_known_as_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let (_, mut checkpoint) = published(&explore::catalogue(), 7);
    checkpoint.format += 1;
    let said = |text: &str| match kiosk.wants(&sign_text(text)) {
        Err(LocalError::Unusable { version, code, .. }) => Some((version, code)),
        Err(error) => panic!("{error}"),
        Ok(wanted) => wanted.map(|checkpoint| (checkpoint.version, "wanted")),
    };
    let newer = serde_json::to_string(&checkpoint).unwrap();
    assert_eq!(said(&newer), Some((7, "newer_format")));
    let odd = r#"{"format": 1, "version": 7, "hue": 1}"#;
    assert_eq!(
        said(odd),
        Some((7, "damaged")),
        "the publisher's, and no checkpoint"
    );
    install(&kiosk, 8);
    assert_eq!(said(&newer), None, "older than the one shown: no news");
    assert_eq!(said(odd), None);
}

#[test]
fn going_back_stays_possible_and_respected_when_the_catalogue_is_damaged_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    install(&kiosk, 6);
    install(&kiosk, 7);
    assert_eq!(kiosk.roll_back(None).unwrap(), 6);
    damage(&kiosk, folder.path());
    assert_eq!(wants(&kiosk, 5), None);
    assert_eq!(wants(&kiosk, 6), Some(true), "the one that staff went back to");
    assert_eq!(wants(&kiosk, 7), Some(false), "the one that staff went back from");
    assert_eq!(wants(&kiosk, 8), Some(true));
}

#[test]
fn what_an_older_program_showed_is_known_too() {
    let folder = tempfile::tempdir().unwrap();
    {
        let (kiosk, _) = kiosk(folder.path());
        kiosk.provision(&Demonstration::event().unwrap()).unwrap();
        install(&kiosk, 7);
        kiosk.leads.set(&[(crate::settings::SHOWN, &0)]).unwrap();
    }
    let (kiosk, _) = kiosk(folder.path());
    damage(&kiosk, folder.path());
    assert_eq!(wants(&kiosk, 6), None);
}

/// A version that is to be replaced by a moment.
fn valid_until(version: u64, until: &str) -> (SignedCheckpoint, protocol::Checkpoint) {
    let (_, mut checkpoint) = published(&explore::catalogue(), version);
    checkpoint.expires_at = Some(until.parse().unwrap());
    (sign(&checkpoint), checkpoint)
}

#[test]
fn a_catalogue_is_of_the_day_it_was_published_at_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let (_, mut checkpoint) = published(&explore::catalogue(), 6);
    checkpoint.published_at = "2026-02-12T23:30:00Z".parse().unwrap();
    kiosk
        .install(&explore::catalogue(), &sign(&checkpoint), &checkpoint)
        .unwrap();
    bench.set(|machine| machine.0 = "2026-02-14T22:59:00Z".parse().unwrap());
    let shown = kiosk.boot(None).unwrap().catalogue.unwrap();
    assert_eq!(
        (shown.published_on.as_str(), shown.age_days),
        ("2026-02-13", Some(1))
    );
}

#[test]
fn pages_of_a_list_name_the_version_and_the_day_they_are_of() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    install(&kiosk, 6);
    let edition = || {
        kiosk
            .explore(&ExploreQuery::everything(Lang::Fr))
            .unwrap()
            .edition
    };
    bench.set(|machine| machine.0 = "2026-02-14T12:00:00Z".parse().unwrap());
    assert_eq!(edition(), "6 2026-02-14");
    bench.set(|machine| machine.0 += SignedDuration::from_hours(24));
    assert_eq!(edition(), "6 2026-02-15", "offers end with the day");
    install(&kiosk, 7);
    assert_eq!(edition(), "7 2026-02-15");
}

#[test]
fn staff_are_told_when_a_catalogue_was_to_be_replaced_and_visitors_see_it_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let mut session = Session::default();
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    let told = || {
        let found = kiosk.diagnose().into_iter();
        let found = found
            .filter(|finding| finding.code == "catalogue_overdue")
            .count();
        let since = kiosk.staff_today(&session).unwrap().catalogue_overdue_since;
        assert_eq!(found == 1, since.is_some());
        assert!(kiosk.boot(None).unwrap().catalogue.is_some());
        since
    };
    install(&kiosk, 6);
    assert_eq!(told(), None, "one without a time");
    let (signed, checkpoint) = valid_until(7, "2026-02-20T00:00:00Z");
    assert!(kiosk.wants(&signed).unwrap().is_some());
    kiosk
        .install(&explore::catalogue(), &signed, &checkpoint)
        .unwrap();
    assert_eq!(told(), None);
    bench.set(|machine| machine.0 += SignedDuration::from_hours(8 * 24));
    assert_eq!(told().as_deref(), Some("2026-02-20"));
    // The platform's clock knows better.
    let ahead = Remembered {
        clock_offset_ms: Some(-4 * 24 * 3_600_000),
        ..Remembered::default()
    };
    kiosk.remember(&ahead).unwrap();
    assert_eq!(told(), None);
    kiosk.remember(&Remembered::default()).unwrap();
    // An old one is better than none, in a hall without a line: it is taken though its time is over.
    let (signed, checkpoint) = valid_until(8, "2026-02-15T00:00:00Z");
    assert!(kiosk.wants(&signed).unwrap().is_some());
    kiosk
        .install(&explore::catalogue(), &signed, &checkpoint)
        .unwrap();
    assert_eq!(told().as_deref(), Some("2026-02-15"));
}

#[test]
fn headquarters_say_for_how_many_days_a_catalogue_is_good() {
    let now = "2026-02-13T09:00:00Z".parse::<Timestamp>().unwrap();
    let valid_days = Some(30);
    let edition = Edition {
        valid_days,
        ..Edition::default()
    };
    let until = edition.options(now, None).expires_at.unwrap();
    assert_eq!(until.to_string(), "2026-03-15T09:00:00Z");
    assert_eq!(Edition::default().options(now, None).expires_at, None);
}

/// The name of a picture's file, as a hash of what it would be called.
fn named(project: &str, position: u32, size: &str) -> Rendition {
    Rendition {
        hash: protocol::sha256_hex(format!("{project} {position} {size}").as_bytes()),
        width: 1,
        height: 1,
        bytes: 1,
    }
}

#[test]
fn covers_come_first_in_the_order_of_exploring_then_those_of_what_is_sold_out_then_galleries() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let mut content = explore::catalogue();
    content.projects.reverse();
    let of_project = |group: &str| group.split("-G").next().unwrap().to_owned();
    let is_sold_out = |project: &str| project.ends_with('5');
    for unit in &mut content.units {
        if is_sold_out(&of_project(&unit.group)) {
            unit.status = UnitStatus::Sold;
        }
    }
    // Neither in the order of projects nor of positions, and no gallery begins at 1.
    let ids: Vec<String> = explore::catalogue().projects.into_iter().map(|p| p.id).collect();
    for (position, id) in [4, 2, 3]
        .into_iter()
        .flat_map(|at| ids.iter().map(move |id| (at, id)))
    {
        content.pictures.push(Picture {
            project: id.clone(),
            position,
            kind: PictureKind::ALL[0],
            caption: Texts::default(),
            small: named(id, position, "small"),
            medium: named(id, position, "medium"),
            large: named(id, position, "large"),
            thumbhash: String::new(),
        });
    }
    super::install(&kiosk, &content);
    let mut shown = Vec::new();
    for offset in [0, 100] {
        let query = ExploreQuery {
            offset,
            limit: 100,
            ..ExploreQuery::everything(Lang::Fr)
        };
        shown.extend(kiosk.explore(&query).unwrap().hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(shown.len(), 180);
    let (sold_out, open): (Vec<_>, Vec<_>) = shown.into_iter().partition(|id| is_sold_out(id));
    assert!(!sold_out.is_empty());
    let covers = |ids: &[String], size: &str| -> Vec<String> {
        ids.iter().map(|id| named(id, 2, size).hash).collect()
    };
    let wanted = [
        covers(&open, "small"),
        covers(&open, "medium"),
        covers(&sold_out, "small"),
        covers(&sold_out, "medium"),
        vec![named(&open[0], 3, "small").hash],
    ]
    .concat();
    assert_eq!(kiosk.missing_pictures(0, wanted.len()).unwrap(), wanted);
    assert_eq!(kiosk.missing_pictures(0, 9_999).unwrap().len(), 180 * 3 * 3);
    let last = named(sold_out.last().unwrap(), 4, "large").hash;
    assert_eq!(kiosk.missing_pictures(180 * 9 - 1, 9).unwrap(), [last]);
}

#[test]
fn a_catalogue_that_is_refused_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    install(&kiosk, 7);
    let refused = |code: &str, ended_by| RefusedCatalogue {
        code: code.to_owned(),
        ended_by,
    };
    for (refused, is_told) in [
        (Some(refused("wrong_key", 8)), true),
        (Some(refused("damaged", 7)), false),
        (None, false),
    ] {
        let remembered = Remembered {
            catalogue_refused: refused,
            ..Remembered::default()
        };
        kiosk.remember(&remembered).unwrap();
        let found = kiosk.diagnose();
        let found = found.iter().any(|finding| finding.code == "catalogue_refused");
        assert_eq!(found, is_told);
        let told = kiosk.heartbeat().unwrap().catalogue_refused;
        assert_eq!(told.as_deref(), is_told.then_some("wrong_key"));
        let mut session = Session::default();
        kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
        assert_eq!(kiosk.staff_today(&session).unwrap().sync.catalogue_refused, told);
    }
}
