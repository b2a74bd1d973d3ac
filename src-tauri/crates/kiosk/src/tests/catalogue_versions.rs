//! Which catalogue versions are accepted, and what is reported about them.

use super::offered_catalogues::{published, sign, sign_text, verified};
use super::{browse, install as install_content, kiosk, provisioned_kiosk, unlocked_session};
use crate::Kiosk;
use crate::views::ExploreQuery;
use expo_domain::Lang;
use expo_protocol::{Checkpoint, HeartbeatReply, SignedCheckpoint};
use expo_sync::{LocalError, LocalStore, PersistedState};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

/// Installs a version.
pub(super) fn install(kiosk: &Kiosk, version: u64) {
    let (signed, _) = published(&browse::catalogue(), version);
    kiosk
        .supply
        .install(&browse::catalogue(), &verified(&signed))
        .unwrap();
}

/// Whether an offered version is wanted; `None` if it is refused.
fn is_wanted(kiosk: &Kiosk, version: u64) -> Option<bool> {
    match kiosk
        .sync_port()
        .wanted_checkpoint(&published(&browse::catalogue(), version).0)
    {
        Ok(wanted) => Some(wanted.is_some()),
        Err(LocalError::Unusable {
            code: "older_version",
            ..
        }) => None,
        Err(other) => panic!("{other}"),
    }
}

/// Damages the catalogue file.
fn damage(kiosk: &Kiosk, folder: &Path) {
    std::fs::write(folder.join("catalogue.db"), b"damaged").unwrap();
    assert!(kiosk.supply.shown.current().unwrap().is_none());
}

#[test]
fn damaged_catalogue_is_not_replaced_by_an_older_one() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    assert_eq!(is_wanted(&kiosk, 1), Some(true), "any first version");
    install(&kiosk, 7);
    damage(&kiosk, folder.path());
    drop(kiosk);
    let (kiosk, _) = super::kiosk(folder.path());
    assert_eq!(is_wanted(&kiosk, 6), None);
    assert_eq!(
        is_wanted(&kiosk, 7),
        Some(true),
        "the same version is needed again"
    );
    assert_eq!(is_wanted(&kiosk, 8), Some(true));
    install(&kiosk, 7);
    assert_eq!(is_wanted(&kiosk, 7), Some(false));
    assert_eq!(
        is_wanted(&kiosk, 6),
        Some(false),
        "older than the installed version"
    );
}

/// If it were installed, no real version could follow.
#[test]
fn version_ahead_of_its_own_publication_is_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let refused = kiosk
        .sync_port()
        .wanted_checkpoint(&published(&browse::catalogue(), 9_999_999_999).0);
    let Err(LocalError::Unusable { version, code, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((version, code), (9_999_999_999, "future_version"));
    assert_eq!(is_wanted(&kiosk, 7), Some(true));
}

/// As from a publisher whose clock is ten years ahead.
#[test]
fn platform_clock_reveals_a_future_version() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let published_at: Timestamp = "2036-02-13T09:00:00Z".parse().unwrap();
    let checkpoint = Checkpoint {
        published_at,
        ..fixtures::empty_checkpoint(published_at.as_second() as u64)
    };
    let offered = sign(&checkpoint);
    let answer = |server_time: Timestamp| {
        let port = kiosk.sync_port();
        port.heartbeat().unwrap();
        let reply = HeartbeatReply {
            server_time,
            ..HeartbeatReply::default()
        };
        port.on_heartbeat_reply(&reply).unwrap();
    };
    let result = || match kiosk.sync_port().wanted_checkpoint(&offered) {
        Ok(wanted) => Ok(wanted.is_some()),
        Err(LocalError::Refused { code, .. }) => Err(code),
        Err(other) => panic!("{other}"),
    };
    assert_eq!(result(), Ok(true), "the kiosk does not know the time");
    answer("2026-02-13T09:00:00Z".parse().unwrap());
    assert_eq!(result(), Err("future_version"));
    machine.set(|state| state.wall_clock = published_at);
    assert_eq!(result(), Err("future_version"), "whatever the kiosk's clock says");
    answer(published_at - SignedDuration::from_hours(24));
    assert_eq!(result(), Ok(true), "asked again, because time passes");
    answer(published_at - SignedDuration::from_hours(25));
    assert_eq!(result(), Err("future_version"));
    machine.set(|state| state.monotonic_ms += 3_600_000);
    assert_eq!(result(), Ok(true));
    answer(published_at - SignedDuration::from_hours(48));
    assert_eq!(result(), Err("future_version"));
    machine.set(|state| state.boot_id = "boot-2".to_owned());
    assert_eq!(
        result(),
        Ok(true),
        "after a restart the kiosk does not know the time"
    );
}

/// The connection works; a retry cannot help until another version is published.
#[test]
fn version_in_another_format_is_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let (_, mut checkpoint) = published(&browse::catalogue(), 7);
    checkpoint.format = 9;
    let result = |text: &str| match kiosk.sync_port().wanted_checkpoint(&sign_text(text)) {
        Err(LocalError::Unusable { version, code, .. }) => Some((version, code)),
        Err(error) => panic!("{error}"),
        Ok(wanted) => wanted.map(|checkpoint| (checkpoint.version, "wanted")),
    };
    let newer = serde_json::to_string(&checkpoint).unwrap();
    assert_eq!(result(&newer), Some((7, "newer_format")));
    let invalid = r#"{"format": 1, "version": 7, "hue": 1}"#;
    assert_eq!(
        result(invalid),
        Some((7, "damaged")),
        "signed, but not a checkpoint"
    );
    install(&kiosk, 8);
    assert_eq!(result(&newer), None, "older than the installed version");
    assert_eq!(result(invalid), None);
}

#[test]
fn roll_back_holds_after_the_catalogue_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, 6);
    install(&kiosk, 7);
    assert_eq!(kiosk.roll_back(None).unwrap(), 6);
    damage(&kiosk, folder.path());
    assert_eq!(is_wanted(&kiosk, 5), None);
    assert_eq!(
        is_wanted(&kiosk, 6),
        Some(true),
        "the version that staff rolled back to"
    );
    assert_eq!(
        is_wanted(&kiosk, 7),
        Some(false),
        "the version that staff rolled back from"
    );
    assert_eq!(is_wanted(&kiosk, 8), Some(true));
}

#[test]
fn last_shown_version_is_recorded_at_start() {
    let folder = tempfile::tempdir().unwrap();
    {
        let (kiosk, _) = provisioned_kiosk(folder.path());
        install(&kiosk, 7);
        kiosk
            .leads
            .set(&[(crate::settings::LAST_SHOWN_VERSION, &0)])
            .unwrap();
    }
    let (kiosk, _) = kiosk(folder.path());
    damage(&kiosk, folder.path());
    assert_eq!(is_wanted(&kiosk, 6), None);
}

/// A version with an expiry.
fn expiring(version: u64, until: &str) -> SignedCheckpoint {
    let (_, mut checkpoint) = published(&browse::catalogue(), version);
    checkpoint.expires_at = Some(until.parse().unwrap());
    sign(&checkpoint)
}

#[test]
fn publication_day_uses_the_time_zone_of_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let (_, mut checkpoint) = published(&browse::catalogue(), 6);
    checkpoint.published_at = "2026-02-12T23:30:00Z".parse().unwrap();
    kiosk
        .supply
        .install(&browse::catalogue(), &verified(&sign(&checkpoint)))
        .unwrap();
    machine.set(|state| state.wall_clock = "2026-02-14T22:59:00Z".parse().unwrap());
    let shown = kiosk.boot(None).unwrap().catalogue.unwrap();
    assert_eq!(
        (shown.published_on.as_str(), shown.age_days),
        ("2026-02-13", Some(1))
    );
}

#[test]
fn pages_name_catalogue_version_and_day() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    install(&kiosk, 6);
    let edition = || {
        kiosk
            .explore(&ExploreQuery::everything(Lang::Fr))
            .unwrap()
            .edition
    };
    machine.set(|state| state.wall_clock = "2026-02-14T12:00:00Z".parse().unwrap());
    assert_eq!(edition(), "6 2026-02-14");
    machine.set(|state| state.wall_clock += SignedDuration::from_hours(24));
    assert_eq!(edition(), "6 2026-02-15", "offers change with the day");
    install(&kiosk, 7);
    assert_eq!(edition(), "7 2026-02-15");
}

#[test]
fn overdue_catalogue_is_reported_and_still_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let session = unlocked_session(&kiosk);
    let overdue_since = || {
        let found = kiosk.diagnose().into_iter();
        let found = found
            .filter(|finding| finding.code.code() == "catalogue_overdue")
            .count();
        let since = kiosk.staff_today(&session).unwrap().catalogue_overdue_since;
        assert_eq!(found == 1, since.is_some());
        assert!(kiosk.boot(None).unwrap().catalogue.is_some());
        since
    };
    install(&kiosk, 6);
    assert_eq!(overdue_since(), None, "without expiry");
    let signed = expiring(7, "2026-02-20T00:00:00Z");
    assert!(kiosk.sync_port().wanted_checkpoint(&signed).unwrap().is_some());
    kiosk
        .supply
        .install(&browse::catalogue(), &verified(&signed))
        .unwrap();
    assert_eq!(overdue_since(), None);
    machine.set(|state| state.wall_clock += SignedDuration::from_hours(8 * 24));
    assert_eq!(overdue_since().as_deref(), Some("2026-02-20"));
    // By the platform's clock it is not overdue yet.
    let clock_ahead = PersistedState {
        clock_offset_ms: Some(-4 * 24 * 3_600_000),
        ..PersistedState::default()
    };
    kiosk.sync_port().save_state(&clock_ahead).unwrap();
    assert_eq!(overdue_since(), None);
    kiosk.sync_port().save_state(&PersistedState::default()).unwrap();
    // An overdue catalogue is better than none, so it is installed.
    let signed = expiring(8, "2026-02-15T00:00:00Z");
    assert!(kiosk.sync_port().wanted_checkpoint(&signed).unwrap().is_some());
    kiosk
        .supply
        .install(&browse::catalogue(), &verified(&signed))
        .unwrap();
    assert_eq!(overdue_since().as_deref(), Some("2026-02-15"));
}

mod picture_priority {
    use super::*;
    use expo_domain::{Picture, PictureKind, Rendition, Texts, UnitStatus};

    /// A picture file with a hash derived from its parameters.
    fn rendition(project: &str, position: u32, size: &str) -> Rendition {
        Rendition {
            hash: expo_protocol::sha256_hex(format!("{project} {position} {size}").as_bytes()),
            width: 1,
            height: 1,
            bytes: 1,
        }
    }

    #[test]
    fn covers_then_sold_out_then_galleries() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        let mut content = browse::catalogue();
        content.projects.reverse();
        let of_project = |group: &str| group.split("-G").next().unwrap().to_owned();
        let is_sold_out = |project: &str| project.ends_with('5');
        for unit in &mut content.units {
            if is_sold_out(&of_project(&unit.group)) {
                unit.status = UnitStatus::Sold;
            }
        }
        // Not in the order of projects or positions, and no gallery starts at 1.
        let ids: Vec<String> = browse::catalogue().projects.into_iter().map(|p| p.id).collect();
        for (position, id) in [4, 2, 3]
            .into_iter()
            .flat_map(|at| ids.iter().map(move |id| (at, id)))
        {
            content.pictures.push(Picture {
                project: id.clone(),
                position,
                kind: PictureKind::ALL[0],
                caption: Texts::default(),
                small: rendition(id, position, "small"),
                medium: rendition(id, position, "medium"),
                large: rendition(id, position, "large"),
                thumbhash: String::new(),
            });
        }
        install_content(&kiosk, &content);
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
        let (sold_out, available): (Vec<_>, Vec<_>) = shown.into_iter().partition(|id| is_sold_out(id));
        assert!(!sold_out.is_empty());
        let covers = |ids: &[String], size: &str| -> Vec<String> {
            ids.iter().map(|id| rendition(id, 2, size).hash).collect()
        };
        let expected = [
            covers(&available, "small"),
            covers(&available, "medium"),
            covers(&sold_out, "small"),
            covers(&sold_out, "medium"),
            vec![rendition(&available[0], 3, "small").hash],
        ]
        .concat();
        assert_eq!(
            kiosk.sync_port().missing_pictures(0, expected.len()).unwrap(),
            expected
        );
        assert_eq!(
            kiosk.sync_port().missing_pictures(0, 9_999).unwrap().len(),
            180 * 3 * 3
        );
        let last = rendition(sold_out.last().unwrap(), 4, "large").hash;
        assert_eq!(
            kiosk.sync_port().missing_pictures(180 * 9 - 1, 9).unwrap(),
            [last]
        );
    }
}
