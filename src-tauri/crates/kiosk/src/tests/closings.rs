//! Closed days: the signed receipt, exports of new leads, and what is left to do.

use super::{draft, order, provisioned_kiosk, unlocked_session};
use crate::views::{DayReceipt, ErrorCode, ExportFormat, ExportScope};
use crate::{
    CloseOrder, ClosedFrom, Demonstration, Kiosk, ReceiptFault, ReceiptFileState, Session, verify_receipt,
};
use expo_domain::Lang;
use expo_vault::signature::{KioskKey, PublicKey};
use std::fs;
use std::path::Path;

fn session(kiosk: &Kiosk) -> Session {
    kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap()
}

fn close(kiosk: &Kiosk, order: &CloseOrder) -> DayReceipt {
    kiosk.close_day(&session(kiosk), order).unwrap()
}

fn key(kiosk: &Kiosk) -> PublicKey {
    kiosk.status().unwrap().closing_key.unwrap().parse().unwrap()
}

/// The rows of an exported CSV file without its header.
fn rows(receipt: &DayReceipt) -> usize {
    fs::read_to_string(&receipt.files[0].path)
        .unwrap()
        .lines()
        .count()
        - 1
}

#[test]
fn receipt_is_signed_and_names_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let order = CloseOrder {
        formats: vec![ExportFormat::Csv, ExportFormat::Xlsx],
        initials: Some("t.e.".to_owned()),
        ..order(folder.path())
    };
    let receipt = close(&kiosk, &order);
    let text = fs::read(&receipt.record.path).unwrap();
    let record = verify_receipt(&text[..], &key(&kiosk)).unwrap();
    assert_eq!(record.public_key, receipt.record.public_key);
    assert_eq!((record.counts.leads, record.counts.unsent), (1, 1));
    assert_eq!(record.closed.initials.as_deref(), Some("TE"));
    assert_eq!(record.closed.from, ClosedFrom::Command);
    let out = Path::new(&receipt.record.path).parent().unwrap();
    let states = || -> Vec<_> {
        let files = record.check_files(out).into_iter();
        files.map(|(_, state)| state).collect()
    };
    assert_eq!(states(), [ReceiptFileState::Same; 2]);
    fs::write(&receipt.files[0].path, "other").unwrap();
    fs::remove_file(&receipt.files[1].path).unwrap();
    assert_eq!(states(), [ReceiptFileState::Different, ReceiptFileState::Missing]);
    let stored = kiosk.leads.closings().unwrap();
    assert_eq!(stored[0].receipt.as_bytes(), text);
}

#[test]
fn changed_or_foreign_receipt_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let receipt = close(&kiosk, &order(folder.path()));
    let text = fs::read_to_string(&receipt.record.path).unwrap();
    let verify = |text: &str| verify_receipt(text.as_bytes(), &key(&kiosk)).map(|record| record.counts.leads);
    assert_eq!(verify(&text), Ok(1));
    let as_saved_by_an_editor = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(verify(&as_saved_by_an_editor), Ok(1));
    let count = "Demandes dans chaque fichier\u{a0}: 1";
    assert!(text.contains(count), "{text}");
    for (from, to) in [
        (count, "Demandes dans chaque fichier\u{a0}: 2"),
        ("\"leads\":1", "\"leads\":2"),
    ] {
        assert_eq!(
            verify(&text.replace(from, to)),
            Err(ReceiptFault::Changed),
            "{from}"
        );
    }
    let (unsigned, _) = text.split_once("-----SIGNATURE-----").unwrap();
    assert_eq!(verify(unsigned), Err(ReceiptFault::NotSigned));
    assert_eq!(verify("a letter"), Err(ReceiptFault::NotAReceipt));
    let other = KioskKey::generate().unwrap().public();
    assert_eq!(
        verify_receipt(text.as_bytes(), &other),
        Err(ReceiptFault::OtherKey)
    );
}

#[test]
fn name_in_a_receipt_never_leads_out_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let receipt = close(&kiosk, &order(folder.path()));
    let text = fs::read(&receipt.record.path).unwrap();
    let mut record = verify_receipt(&text[..], &key(&kiosk)).unwrap();
    let out = Path::new(&receipt.record.path).parent().unwrap();
    record.files[0].name = format!(
        "../{}/{}",
        out.file_name().unwrap().display(),
        record.files[0].name
    );
    assert_eq!(record.check_files(out)[0].1, ReceiptFileState::Different);
}

#[test]
fn key_for_receipts_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let first = key(&kiosk);
    drop(kiosk);
    assert_eq!(key(&super::kiosk(folder.path()).0), first);
}

#[test]
fn receipt_and_headings_are_in_the_language_of_staff() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    for (lang, title, heading) in [
        (Lang::Fr, "Reçu de clôture", "Nom de l’étape"),
        (Lang::Ar, "وصل إقفال اليوم", "اسم المحطة"),
        (Lang::En, "Receipt of a closed day", "Name of the stop"),
    ] {
        let receipt = close(
            &kiosk,
            &CloseOrder {
                lang,
                ..order(folder.path())
            },
        );
        let text = fs::read_to_string(&receipt.record.path).unwrap();
        assert!(text.starts_with(title), "{text}");
        let csv = fs::read_to_string(&receipt.files[0].path).unwrap();
        assert!(csv.contains(heading), "{csv}");
    }
}

#[test]
fn export_since_the_last_one_has_only_new_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let new = CloseOrder {
        scope: ExportScope::New,
        initials: Some("AB".to_owned()),
        ..order(folder.path())
    };
    let first = close(&kiosk, &new);
    assert_eq!((rows(&first), first.previous.len()), (1, 0));
    let nothing = kiosk.close_day(&session(&kiosk), &new).unwrap_err();
    assert_eq!(nothing.code(), ErrorCode::NothingNew);
    kiosk.take_lead(&draft()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let second = close(&kiosk, &new);
    assert_eq!(rows(&second), 2);
    assert_eq!(second.previous[0].initials.as_deref(), Some("AB"));
    assert_eq!(second.previous[0].sha256, first.files[0].sha256);
    let record = fs::read(&second.record.path).unwrap();
    let record = verify_receipt(&record[..], &key(&kiosk)).unwrap();
    assert_eq!(record.previous[0].sha256, first.files[0].sha256);
    assert_eq!(rows(&close(&kiosk, &order(folder.path()))), 3);
}

#[test]
fn lead_after_the_closing_is_left_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let closing = || kiosk.staff_today(&unlocked_session(&kiosk)).unwrap().closing;
    let empty = closing();
    assert_eq!(
        (empty.day.as_str(), empty.leads, empty.closed_at),
        ("2026-02-13", 0, None)
    );
    kiosk.take_lead(&draft()).unwrap();
    let open = closing();
    assert_eq!((open.leads, open.exported_leads, open.unsent), (1, 0, 1));
    let day = CloseOrder {
        day: Some(open.day),
        ..order(folder.path())
    };
    close(&kiosk, &day);
    kiosk.take_lead(&draft()).unwrap();
    let after = closing();
    assert_eq!((after.leads, after.exported_leads), (2, 1));
    assert_eq!(after.closed_at.as_deref(), Some("2026-02-13T10:00:00+01:00"));
    let days = kiosk.staff_days(&unlocked_session(&kiosk)).unwrap();
    assert_eq!((days[0].new_leads, days[0].exports.len()), (1, 1));
}

#[test]
fn audit_log_names_the_closed_day_and_the_initials() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let day = CloseOrder {
        day: Some("2026-02-13".to_owned()),
        initials: Some("te".to_owned()),
        ..order(folder.path())
    };
    close(&kiosk, &day);
    let entry = &kiosk.audit_log(1).unwrap()[0];
    assert_eq!(entry.act, "day_closed");
    assert!(
        entry
            .detail
            .starts_with("day=2026-02-13 leads=1 unsent=1 initials=TE"),
        "{}",
        entry.detail
    );
}

#[test]
fn order_without_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let empty = CloseOrder {
        formats: Vec::new(),
        ..order(folder.path())
    };
    let refused = kiosk.close_day(&session(&kiosk), &empty).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Setup);
}

/// Three hundred leads with the costs of a real encrypted file.
#[test]
fn evening_with_three_hundred_leads_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    for _ in 0..300 {
        kiosk.take_lead(&draft()).unwrap();
    }
    let all = CloseOrder {
        formats: vec![ExportFormat::Age, ExportFormat::Csv],
        ..order(folder.path())
    };
    let receipt = close(&kiosk, &all);
    assert_eq!((receipt.leads, receipt.unopened), (300, 0));
    let csv = fs::read_to_string(&receipt.files[1].path).unwrap();
    assert_eq!(csv.lines().count(), 301);
}
