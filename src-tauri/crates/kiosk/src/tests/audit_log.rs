//! What the audit log records about the passphrase, and its chain.

use super::{provisioned_kiosk, unlocked_session};
use crate::{Demonstration, Kiosk, KioskError};
use expo_sync::LocalStore;

/// Acts and details, oldest first.
fn log(kiosk: &Kiosk) -> Vec<(String, String)> {
    let lines = kiosk.audit_log(99).unwrap().into_iter().rev();
    lines.map(|line| (line.act, line.detail)).collect()
}

#[test]
fn wrong_passphrase_in_the_window_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let mut session = unlocked_session(&kiosk);
    let wrong = kiosk.staff_open_leads(&mut session, "wrong words of a guess");
    assert!(matches!(wrong, Err(KioskError::WrongPassphrase)));
    let last = log(&kiosk).pop();
    assert_eq!(last, Some(("wrong_passphrase".to_owned(), String::new())));
}

#[test]
fn openings_by_command_name_the_user() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    assert!(kiosk.session_with_passphrase("wrong words of a guess").is_err());
    kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    let entries = log(&kiosk);
    let newest = &entries[entries.len() - 2..];
    let text = |act: &str, detail: &str| (act.to_owned(), detail.to_owned());
    assert_eq!(
        newest,
        [
            text("wrong_passphrase", "by=command user=1000"),
            text("leads_opened", "resealed=0 by=command user=1000"),
        ]
    );
}

#[test]
fn heartbeat_reports_the_head_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let before = kiosk.sync_port().heartbeat().unwrap().audit_head;
    assert_eq!(before, kiosk.check_audit_log().unwrap().head);
    unlocked_session(&kiosk);
    let after = kiosk.sync_port().heartbeat().unwrap().audit_head;
    assert!(before.is_some() && after.is_some() && before != after);
}
