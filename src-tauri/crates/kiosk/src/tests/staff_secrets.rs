//! New PIN and passphrase: what they open, what the former ones still open, and what is refused.

use super::{draft, kiosk, order, provisioned_kiosk, unlocked_session};
use crate::settings::STOP;
use crate::{Demonstration, Kiosk, KioskError, Session};
use expo_sync::LocalStore;
use std::fs;
use std::path::Path;

const NEW_PIN: &str = "604215";
const NEW_PASSPHRASE: &str = "lanterne prune cobalt essai";

fn can_open(kiosk: &Kiosk, phrase: &str) -> bool {
    kiosk.staff_open_leads(&mut Session::default(), phrase).is_ok()
}

fn acts(kiosk: &Kiosk) -> Vec<String> {
    kiosk
        .audit_log(20)
        .unwrap()
        .into_iter()
        .map(|line| line.act)
        .collect()
}

/// The encrypted staff key, read from the files.
fn encrypted_key(kiosk: &Kiosk) -> String {
    kiosk.env.settings().staff_key().unwrap().encrypted_secret
}

/// Names of the files in a folder that hold the text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let holds = |path: &Path| {
        let bytes = fs::read(path).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    files
        .filter(|file| holds(&file.path()))
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn new_passphrase_opens_earlier_leads_and_the_former_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (running, _) = provisioned_kiosk(folder.path());
    running.take_lead(&draft()).unwrap();
    let former_key = encrypted_key(&running);
    fs::write(folder.path().join("leads.before-3.db"), &former_key).unwrap();
    assert!(files_with(folder.path(), &former_key).contains(&"leads.copy.json".to_owned()));
    let mut session = unlocked_session(&running);
    running
        .staff_change_passphrase(&mut session, Demonstration::PASSPHRASE, NEW_PASSPHRASE)
        .unwrap();
    assert_eq!(files_with(folder.path(), &former_key), [] as [String; 0]);
    assert!(files_with(folder.path(), &encrypted_key(&running)).contains(&"leads.copy.json".to_owned()));
    assert!(!can_open(&running, Demonstration::PASSPHRASE));
    assert!(can_open(&running, NEW_PASSPHRASE));
    assert!(acts(&running).contains(&"passphrase_changed".to_owned()));
    drop(running);
    // A damaged file is replaced by means of the copy.
    fs::remove_file(folder.path().join("leads.db-wal")).ok();
    fs::write(folder.path().join("leads.db"), "damaged".repeat(1_000)).unwrap();
    let (running, _) = kiosk(folder.path());
    assert!(!can_open(&running, Demonstration::PASSPHRASE));
    assert!(can_open(&running, NEW_PASSPHRASE));
}

#[test]
fn session_with_open_leads_goes_on_with_the_new_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let mut session = Session::default();
    kiosk
        .staff_open_leads(&mut session, Demonstration::PASSPHRASE)
        .unwrap();
    kiosk
        .staff_change_passphrase(&mut session, Demonstration::PASSPHRASE, NEW_PASSPHRASE)
        .unwrap();
    let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
    assert_eq!((receipt.leads, receipt.unopened), (1, 0));
}

#[test]
fn new_pin_replaces_the_former_after_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let session = unlocked_session(&kiosk);
    let change = |session: &Session, phrase: &str, pin: &str| kiosk.staff_change_pin(session, phrase, pin);
    let wrong = change(&session, "another passphrase", NEW_PIN);
    assert!(matches!(wrong, Err(KioskError::WrongPassphrase)), "{wrong:?}");
    let locked = change(&Session::default(), Demonstration::PASSPHRASE, NEW_PIN);
    assert!(matches!(locked, Err(KioskError::Locked)), "{locked:?}");
    unlocked_session(&kiosk);
    change(&session, Demonstration::PASSPHRASE, NEW_PIN).unwrap();
    assert!(
        kiosk
            .staff_unlock(&mut Session::default(), Demonstration::PIN)
            .is_err()
    );
    kiosk.staff_unlock(&mut Session::default(), NEW_PIN).unwrap();
    let acts = acts(&kiosk);
    assert!(acts.contains(&"pin_changed".to_owned()) && acts.contains(&"wrong_passphrase".to_owned()));
}

#[test]
fn weak_and_published_secrets_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let mut session = unlocked_session(&kiosk);
    let phrase = Demonstration::PASSPHRASE;
    let weak = kiosk.staff_change_pin(&session, phrase, "123456");
    assert!(matches!(weak, Err(KioskError::WeakPin)), "{weak:?}");
    let weak = kiosk.staff_change_passphrase(&mut session, phrase, "short");
    assert!(matches!(weak, Err(KioskError::WeakPassphrase)), "{weak:?}");
    // A demonstration may keep what is printed; a real stop may not.
    kiosk
        .staff_change_pin(&session, phrase, Demonstration::PIN)
        .unwrap();
    let mut stop = kiosk.stop().unwrap();
    stop.demonstration = false;
    kiosk.leads.set(&[(STOP, &stop)]).unwrap();
    let published = kiosk.staff_change_pin(&session, phrase, Demonstration::PIN);
    assert!(
        matches!(published, Err(KioskError::PublishedSecret)),
        "{published:?}"
    );
    let published = kiosk.staff_change_passphrase(&mut session, phrase, &phrase.to_uppercase());
    assert!(
        matches!(published, Err(KioskError::PublishedSecret)),
        "{published:?}"
    );
    assert!(can_open(&kiosk, phrase), "nothing changed");
}

#[test]
fn restart_by_staff_is_logged_and_counts_as_a_regular_end() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.begin_run().unwrap();
    assert!(kiosk.staff_restart(&Session::default()).is_err());
    kiosk.staff_restart(&unlocked_session(&kiosk)).unwrap();
    assert!(acts(&kiosk).contains(&"program_restarted".to_owned()));
    kiosk.begin_run().unwrap();
    let report = kiosk.sync_port().heartbeat().unwrap();
    assert_eq!(report.last_exit.as_deref(), Some("clean"));
}

#[test]
fn staff_see_what_the_doctor_finds_by_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let found = kiosk.staff_diagnose(&unlocked_session(&kiosk)).unwrap();
    let codes: Vec<&str> = found.iter().map(|code| code.code()).collect();
    assert_eq!(codes, ["no_catalogue", "not_enrolled"]);
    assert!(kiosk.staff_diagnose(&Session::default()).is_err());
}
