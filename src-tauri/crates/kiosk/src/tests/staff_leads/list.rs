//! The list of leads: passphrase, search, filters, damaged leads.

use super::*;

#[test]
fn leads_need_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Essai Un", "+33612345671");
    let locked = super::super::unlocked_session(&kiosk);
    assert_eq!(code(kiosk.staff_leads(&locked, &all())), ErrorCode::LeadsLocked);
    assert_eq!(code(kiosk.staff_lead(&locked, id)), ErrorCode::LeadsLocked);
    let change = rated(Rating::Hot);
    assert_eq!(
        code(kiosk.staff_lead_revise(&locked, id, 1, &change)),
        ErrorCode::LeadsLocked
    );
    assert_eq!(
        code(kiosk.staff_lead_merge(&locked, id, id)),
        ErrorCode::LeadsLocked
    );
    assert_eq!(
        code(kiosk.staff_lead_erase(&locked, "DEM")),
        ErrorCode::LeadsLocked
    );
    let none = Session::default();
    assert_eq!(code(kiosk.staff_leads(&none, &all())), ErrorCode::Locked);
}

#[test]
fn two_thousand_leads_are_opened_and_searched() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    take(&kiosk, "Essai Zéro", "+33612345670");
    let session = session(&kiosk);
    let template = a_record(&kiosk, &session);
    let sealing = LeadSealing::new(std::sync::Arc::clone(&kiosk.leads), kiosk.env.settings().clone());
    let recipients = sealing.recipients().unwrap();
    for number in 1..2_000_u32 {
        let mut record = template.clone();
        record.header.id = Uuid::now_v7();
        record.header.ticket = format!("DEM-K01-{number:04}");
        record.lead.name = format!("Essai Personne{}", (b'A' + (number % 26) as u8) as char);
        record.lead.phone = Some(format!("+336{number:08}"));
        let sealed = seal(&record, &recipients).unwrap();
        kiosk
            .leads
            .insert(None, &stored(Envelope::new(record.header, sealed)))
            .unwrap();
    }
    let list = complete_list(&kiosk, &session, &all());
    assert_eq!(
        (list.total, list.opened, list.unopened, list.matching),
        (2_000, 2_000, 0, 2_000)
    );
    assert_eq!(list.rows.len(), 200);
    let found = complete_list(&kiosk, &session, &search("k01-1234"));
    assert_eq!(
        (found.matching, found.rows[0].ticket.as_str()),
        (1, "DEM-K01-1234")
    );
    let found = complete_list(&kiosk, &session, &search("06 00 00 19 99"));
    assert_eq!(
        (found.matching, found.rows[0].ticket.as_str()),
        (1, "DEM-K01-1999")
    );
    let last_page = LeadQuery {
        offset: 1_999,
        ..all()
    };
    assert_eq!(names(&kiosk, &session, &last_page), ["Essai Zéro"]);
}

#[test]
fn damaged_and_foreign_leads_are_named_and_others_open() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    take(&kiosk, "Essai Un", "+33612345671");
    let session = session(&kiosk);
    let template = a_record(&kiosk, &session);
    let other = |ticket: &str| {
        let mut record = template.clone();
        record.header.id = Uuid::now_v7();
        record.header.ticket = ticket.to_owned();
        record
    };
    let foreign = other("DEM-K01-7001");
    let plain = serde_json::to_vec(&foreign).unwrap();
    let sealed = expo_vault::seal::seal(&plain, &[Identity::generate().recipient()]).unwrap();
    kiosk
        .leads
        .insert(None, &stored(Envelope::new(foreign.header, sealed)))
        .unwrap();
    let identity = session.require_leads().unwrap().identity;
    let unreadable = other("DEM-K01-7002");
    let sealed = expo_vault::seal::seal(b"{}", &[identity.recipient()]).unwrap();
    kiosk
        .leads
        .insert(None, &stored(Envelope::new(unreadable.header, sealed)))
        .unwrap();
    let damaged = other("DEM-K01-7003");
    let mut envelope = Envelope::new(damaged.header, vec![7; 99]);
    envelope.sealed[0] = 8;
    kiosk.leads.insert(None, &stored(envelope)).unwrap();
    let list = complete_list(&kiosk, &session, &all());
    assert_eq!(
        (list.total, list.opened, list.unopened, list.matching),
        (4, 1, 3, 1)
    );
    let problems: Vec<_> = list
        .problems
        .iter()
        .map(|problem| (problem.ticket.as_deref().unwrap(), problem.problem))
        .collect();
    assert_eq!(
        problems,
        [
            ("DEM-K01-7001", LeadProblem::OtherKey),
            ("DEM-K01-7002", LeadProblem::Unreadable),
            ("DEM-K01-7003", LeadProblem::Damaged),
        ]
    );
    let id = list.problems[2].name.parse().unwrap();
    assert_eq!(code(kiosk.staff_lead(&session, id)), ErrorCode::LeadNotFound);
    // Their persons may ask for erasure all the same.
    let proof = kiosk.staff_lead_erase(&session, "DEM-K01-7003").unwrap();
    assert_eq!((proof.revisions, proof.sent_to_platform), (1, false));
    assert_eq!(complete_list(&kiosk, &session, &all()).total, 3);
}

#[test]
fn filters_and_new_leads_show_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let first = take(&kiosk, "Essai Un", "+33612345671");
    let session = session(&kiosk);
    take(&kiosk, "Essai Deux", "+33612345672");
    let change = LeadChange {
        rating: Some(Rating::Warm),
        outcome: Some(CallOutcome::NoAnswer),
        desk: Some(Desk::Notary),
        ..LeadChange::default()
    };
    kiosk.staff_lead_revise(&session, first, 1, &change).unwrap();
    assert_eq!(names(&kiosk, &session, &all()), ["Essai Deux", "Essai Un"]);
    let filters = [
        LeadQuery {
            rating: Some(Rating::Warm),
            ..all()
        },
        LeadQuery {
            outcome: Some(CallOutcome::NoAnswer),
            ..all()
        },
        LeadQuery {
            desk: Some(Desk::Notary),
            ..all()
        },
    ];
    for filter in filters {
        assert_eq!(names(&kiosk, &session, &filter), ["Essai Un"]);
    }
    let hot = LeadQuery {
        rating: Some(Rating::Hot),
        ..all()
    };
    assert!(names(&kiosk, &session, &hot).is_empty());
    let day = |day: &str| LeadQuery {
        day: Some(day.to_owned()),
        ..all()
    };
    assert_eq!(names(&kiosk, &session, &day("2026-02-13")).len(), 2);
    assert!(names(&kiosk, &session, &day("2026-02-14")).is_empty());
}

#[test]
fn repeated_queries_are_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    assert!(!Session::default().repeats(&all()));
    let session = session(&kiosk);
    assert!(!session.repeats(&all()));
    assert!(session.clone().repeats(&all()));
    assert!(!session.repeats(&search("essai")));
}
