//! Corrections: stored, sent and exported as revisions.

use super::*;

#[test]
fn correction_is_the_next_revision_and_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let id = take(&kiosk, "Esai Un", "+33612345671");
    let session = session(&kiosk);
    let change = LeadChange {
        rating: Some(Rating::Hot),
        staff_note: Some("rappeler lundi".to_owned()),
        contact: ContactChange {
            name: Some("Essai Un".to_owned()),
            phone: Some("06 12 34 56 72".to_owned()),
            ..ContactChange::default()
        },
        ..LeadChange::default()
    };
    let page = kiosk.staff_lead_revise(&session, id, 1, &change).unwrap();
    assert_eq!(
        (page.summary.revision, page.summary.contact.name.as_str()),
        (2, "Essai Un")
    );
    assert_eq!(page.summary.contact.phone.as_deref(), Some("+33612345672"));
    assert_eq!(page.lead.staff_note.as_deref(), Some("rappeler lundi"));
    let rows: Vec<_> = page.revisions.iter().map(|row| (row.revision, row.by)).collect();
    assert_eq!(rows, [(2, RevisionAuthor::Staff), (1, RevisionAuthor::Visitor)]);
    let changed = [
        ChangedField::Name,
        ChangedField::Phone,
        ChangedField::Rating,
        ChangedField::StaffNote,
    ];
    assert_eq!(page.revisions[0].changed, changed);
    assert_eq!(waiting(&kiosk), [(id, 1), (id, 2)]);
    let status = kiosk.status().unwrap();
    assert_eq!((status.leads, status.waiting), (1, 1), "people count leads");
    acknowledge_all(&kiosk);
    let page = kiosk.staff_lead(&session, id).unwrap();
    assert_eq!(page.summary.delivery, LeadDelivery::Sent);
    let log = kiosk.audit_log(9).unwrap();
    let revised = log.iter().find(|line| line.act == "lead_revised").unwrap();
    assert_eq!(
        revised.detail,
        format!("ticket={} revision=2", page.summary.ticket)
    );
}

#[test]
fn export_has_the_newest_revision_only() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Esai Un", "+33612345671");
    let session = session(&kiosk);
    let change = LeadChange {
        contact: ContactChange {
            name: Some("Essai Un".to_owned()),
            ..ContactChange::default()
        },
        ..rated(Rating::Cold)
    };
    kiosk.staff_lead_revise(&session, id, 1, &change).unwrap();
    let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
    assert_eq!(receipt.leads, 1);
    let text = std::fs::read_to_string(&receipt.files[0].path).unwrap();
    assert!(
        text.contains("Essai Un") && text.contains("froid") && !text.contains("Esai"),
        "{text}"
    );
}

#[test]
fn conflicting_and_empty_changes_store_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Essai Un", "+33612345671");
    let session = session(&kiosk);
    kiosk
        .staff_lead_revise(&session, id, 1, &rated(Rating::Hot))
        .unwrap();
    let late = kiosk.staff_lead_revise(&session, id, 1, &rated(Rating::Cold));
    assert_eq!(code(late), ErrorCode::LeadChanged);
    let same = kiosk
        .staff_lead_revise(&session, id, 2, &rated(Rating::Hot))
        .unwrap();
    assert_eq!(same.summary.revision, 2);
    let unknown = kiosk.staff_lead_revise(&session, Uuid::from_u128(1), 1, &rated(Rating::Hot));
    assert_eq!(code(unknown), ErrorCode::LeadNotFound);
    let invalid = LeadChange {
        contact: ContactChange {
            phone: Some("06".to_owned()),
            ..ContactChange::default()
        },
        ..LeadChange::default()
    };
    let error = kiosk
        .staff_lead_revise(&session, id, 2, &invalid)
        .unwrap_err()
        .for_window();
    assert_eq!(error.code, ErrorCode::InvalidLead);
    assert_eq!(error.fields[0].code, FieldCode::PhoneTooShort);
}

#[test]
fn corrections_before_enrolment_reach_the_platform_later() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Essai Un", "+33612345671");
    let first = session(&kiosk);
    let page = kiosk
        .staff_lead_revise(&first, id, 1, &rated(Rating::Hot))
        .unwrap();
    assert_eq!(page.summary.delivery, LeadDelivery::SealedForStaff);
    // The passphrase of a demonstration is published: the enrolment itself reseals.
    enrol(&kiosk);
    let second = session(&kiosk);
    assert_eq!(waiting(&kiosk), [(id, 3)]);
    let page = kiosk.staff_lead(&second, id).unwrap();
    assert_eq!(page.summary.follow_up.rating, Some(Rating::Hot));
    let rows: Vec<_> = page.revisions.iter().map(|row| row.by).collect();
    assert_eq!(
        rows,
        [
            RevisionAuthor::Kiosk,
            RevisionAuthor::Staff,
            RevisionAuthor::Visitor
        ]
    );
    assert!(page.revisions[0].changed.is_empty());
}

#[test]
fn page_shows_the_wording_of_the_consent() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Essai Un", "+33612345671");
    let session = session(&kiosk);
    let page = kiosk.staff_lead(&session, id).unwrap();
    let notice = kiosk.notice(expo_domain::Lang::Fr).unwrap();
    assert_eq!(page.consent.wording, Some(notice));
    assert_eq!(page.summary.taken.time, page.consent.given_at[11..16]);
    // A notice that this program does not have.
    let mut record = a_record(&kiosk, &session);
    record.header.id = Uuid::now_v7();
    record.consent.notice_sha256 = "00".repeat(32);
    let recipient = session.require_leads().unwrap().identity.recipient();
    let plain = serde_json::to_vec(&record).unwrap();
    let sealed = expo_vault::seal::seal(&plain, &[recipient]).unwrap();
    let other = record.header.id;
    kiosk
        .leads
        .insert(None, &stored(Envelope::new(record.header, sealed)))
        .unwrap();
    let page = kiosk.staff_lead(&session, other).unwrap();
    assert_eq!(
        (page.consent.wording, page.consent.notice_sha256),
        (None, "00".repeat(32))
    );
}
