//! Bundles on removable media.

use super::{draft, unlocked_session};
use crate::views::{ErrorCode, ImportStage};
use crate::{Demonstration, Kiosk, KioskError, LinuxMachine, Machine, Session};
use expo_bundle::Options;
use expo_protocol::HeartbeatReply;
use expo_sync::LocalStore;
use expo_vault::signature::PublisherKey;
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// This machine, with folders as removable media.
struct MachineWithMedia(LinuxMachine, Vec<(PathBuf, String)>);

impl Machine for MachineWithMedia {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn boot_id(&self) -> String {
        self.0.boot_id()
    }
    fn machine_id(&self) -> Option<String> {
        self.0.machine_id()
    }
    fn monotonic_ms(&self) -> u64 {
        self.0.monotonic_ms()
    }
    fn disk_free(&self, path: &Path) -> u64 {
        self.0.disk_free(path)
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        self.1.clone()
    }
}

fn kiosk_with_stick(data: &Path, stick: &Path) -> (Kiosk, Session) {
    let sticks = vec![(stick.to_owned(), "STICK".to_owned())];
    let kiosk = Kiosk::open(data, Arc::new(MachineWithMedia(LinuxMachine::default(), sticks))).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let session = unlocked_session(&kiosk);
    (kiosk, session)
}

#[test]
fn refused_bundle_gets_a_note_in_three_languages() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, session) = kiosk_with_stick(data.path(), stick.path());
    assert!(kiosk.bundles_on_removable_media().unwrap().is_empty());
    fs::write(stick.path().join("catalogue.bundle"), "not a bundle").unwrap();
    fs::write(stick.path().join("holiday.jpg"), "no").unwrap();
    fs::create_dir(stick.path().join("folder.bundle")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", stick.path().join("link.bundle")).unwrap();
    let found = kiosk.bundles_on_removable_media().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].name.as_str(), found[0].stick.as_str()),
        ("catalogue.bundle", "STICK")
    );
    let path = PathBuf::from(&found[0].path);
    let refused = kiosk.import_from_removable_media(path).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NotABundle);
    let progress = kiosk.staff_import_progress(&session).unwrap();
    assert_eq!(progress.stage, ImportStage::Refused);
    assert_eq!(progress.refused, Some(ErrorCode::NotABundle));
    let note = fs::read_to_string(stick.path().join("catalogue.bundle.refused.txt")).unwrap();
    for part in ["not_a_bundle", "siège", "المقر", "headquarters"] {
        assert!(note.contains(part), "{part}: {note}");
    }
    assert_eq!(
        kiosk.bundles_on_removable_media().unwrap().len(),
        1,
        "the note is not listed"
    );
}

/// As from a publisher whose clock is ten years ahead: the platform's clock shows it.
#[test]
fn bundle_of_the_future_is_refused_with_a_note() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, _) = kiosk_with_stick(data.path(), stick.path());
    let source = tempfile::tempdir().unwrap();
    fixtures::write_catalogue_source(source.path());
    let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY).unwrap();
    let now = Timestamp::now();
    let build = |name: &str, published_at| {
        let file = stick.path().join(name);
        let options = Options {
            version: None,
            published_at,
            expires_at: None,
            cache: None,
        };
        expo_bundle::build(source.path(), &file, &key, &options, &mut |_| {}).unwrap();
        file
    };
    let port = kiosk.sync_port();
    port.heartbeat().unwrap();
    let reply = HeartbeatReply {
        server_time: now,
        ..HeartbeatReply::default()
    };
    port.on_heartbeat_reply(&reply).unwrap();
    let future = build("future.bundle", now + SignedDuration::from_hours(24 * 3_650));
    let refused = kiosk.import_from_removable_media(future).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::FutureVersion);
    let note = fs::read_to_string(stick.path().join("future.bundle.refused.txt")).unwrap();
    for part in ["future_version", "futur", "المستقبل", "in the future"] {
        assert!(note.contains(part), "{part}: {note}");
    }
    let imported = kiosk.import_from_removable_media(build("today.bundle", now));
    assert_eq!(imported.unwrap().version, now.as_second() as u64);
}

#[cfg(unix)]
#[test]
fn links_on_media_never_reach_the_kiosks_files() {
    use std::os::unix::fs::symlink;
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, _) = kiosk_with_stick(data.path(), stick.path());
    let ticket = kiosk.take_lead(&draft()).unwrap().ticket;
    let invalid = stick.path().join("x.bundle");
    fs::write(&invalid, "not a bundle").unwrap();
    let own = data.path().join("leads.db");
    let before = fs::read(&own).unwrap();
    for name in ["x.bundle.refused.txt", "x.bundle.refused.part"] {
        symlink(&own, stick.path().join(name)).unwrap();
    }
    assert_eq!(
        kiosk
            .import_from_removable_media(invalid.clone())
            .unwrap_err()
            .code(),
        ErrorCode::NotABundle
    );
    assert_eq!(fs::read(&own).unwrap(), before);
    let note = stick.path().join("x.bundle.refused.txt");
    assert!(!note.is_symlink() && fs::read_to_string(&note).unwrap().contains("not_a_bundle"));
    assert!(!stick.path().join("x.bundle.refused.part").exists());
    // A named pipe in place of the note would block the kiosk when it opens it.
    fs::remove_file(&note).unwrap();
    assert!(Command::new("mkfifo").arg(&note).status().unwrap().success());
    kiosk.import_from_removable_media(invalid.clone()).unwrap_err();
    assert!(fs::metadata(&note).unwrap().is_file());
    // The command of the operator does not follow links on media either.
    let link = stick.path().join("link.bundle");
    symlink(&own, &link).unwrap();
    let refused = kiosk.import(&link).unwrap_err();
    assert!(refused.to_string().contains("a link"), "{refused}");
    symlink(&own, stick.path().join("x.bundle.minisig")).unwrap();
    let refused = kiosk.import(&invalid).unwrap_err();
    assert!(refused.to_string().contains("a link"), "{refused}");
    drop(kiosk);
    let kiosk = Kiosk::open(data.path(), Arc::new(LinuxMachine::default())).unwrap();
    assert_eq!(kiosk.status().unwrap().leads, 1, "{ticket} is still stored");
}

#[test]
fn staff_import_only_from_plugged_in_media() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, session) = kiosk_with_stick(data.path(), stick.path());
    let elsewhere = data.path().join("catalogue.bundle");
    fs::write(&elsewhere, "not a bundle").unwrap();
    for path in [
        elsewhere.clone(),
        stick.path().join("../x.bundle"),
        stick.path().join("gone.bundle"),
    ] {
        assert_eq!(
            kiosk.import_from_removable_media(path).unwrap_err().code(),
            ErrorCode::Setup
        );
    }
    assert!(!data.path().join("catalogue.bundle.refused.txt").exists());
    // The command of the operator imports a file from any folder, and writes no note there.
    assert_eq!(
        kiosk.import(&elsewhere).unwrap_err().code(),
        ErrorCode::NotABundle
    );
    assert!(!data.path().join("catalogue.bundle.refused.txt").exists());
    assert!(kiosk.staff_catalogue(&session).unwrap().shown.is_none());
    assert!(matches!(
        kiosk.staff_roll_back(&session, 1),
        Err(KioskError::NoPrevious)
    ));
}

#[test]
fn log_tells_a_stick_from_a_command() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kiosk, session) = kiosk_with_stick(data.path(), stick.path());
    let source = tempfile::tempdir().unwrap();
    fixtures::write_catalogue_source(source.path());
    let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY).unwrap();
    let build = |name: &str, version| {
        let file = stick.path().join(name);
        let options = Options {
            version: Some(version),
            published_at: Timestamp::now(),
            expires_at: None,
            cache: None,
        };
        expo_bundle::build(source.path(), &file, &key, &options, &mut |_| {}).unwrap();
        file
    };
    kiosk.import_from_removable_media(build("one.bundle", 1)).unwrap();
    kiosk.import(&build("two.bundle", 2)).unwrap();
    kiosk.roll_back(None).unwrap();
    kiosk.staff_roll_back(&session, 1).unwrap();
    let lines = kiosk.audit_log(4).unwrap().into_iter().rev();
    let by_command: Vec<_> = lines
        .map(|line| (line.act, line.detail.contains("by=command")))
        .collect();
    let entry = |act: &str, by_command| (act.to_owned(), by_command);
    assert_eq!(
        by_command,
        [
            entry("catalogue_imported", false),
            entry("catalogue_imported", true),
            entry("catalogue_rolled_back", true),
            entry("catalogue_rolled_back", false),
        ]
    );
}
