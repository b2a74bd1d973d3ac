//! Leads that staff open, search, rate, correct, merge and erase.

use super::{draft, enrol, order, provisioned_kiosk};
use crate::lead_sealing::{LeadSealing, seal};
use crate::views::{
    ChangedField, ContactChange, ErrorCode, LeadChange, LeadDelivery, LeadList, LeadPage, LeadProblem,
    LeadQuery, RevisionAuthor,
};
use crate::{Demonstration, Kiosk, KioskError, Session};
use expo_domain::lead::{CallOutcome, Desk, FieldCode, InterestDraft, LeadRecord, Rating};
use expo_domain::{Envelope, LeadDraft};
use expo_protocol::{Outcome, Receipt};
use expo_store::SealedLead;
use expo_sync::{LocalStore, QueuePosition};
use expo_vault::seal::Identity;
use std::path::Path;
use uuid::Uuid;

fn session(kiosk: &Kiosk) -> Session {
    kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap()
}

fn all() -> LeadQuery {
    LeadQuery {
        limit: 200,
        ..LeadQuery::default()
    }
}

/// The list once all leads are opened.
fn complete_list(kiosk: &Kiosk, session: &Session, query: &LeadQuery) -> LeadList {
    loop {
        let list = kiosk.staff_leads(session, query).unwrap();
        if list.opened + list.unopened == list.total {
            return list;
        }
        std::thread::yield_now();
    }
}

/// Names of the leads that a query finds, newest first.
fn names(kiosk: &Kiosk, session: &Session, query: &LeadQuery) -> Vec<String> {
    let list = complete_list(kiosk, session, query);
    list.rows.into_iter().map(|row| row.contact.name).collect()
}

fn search(text: &str) -> LeadQuery {
    LeadQuery {
        text: text.to_owned(),
        ..all()
    }
}

/// Takes a lead and returns its identifier.
fn take(kiosk: &Kiosk, name: &str, phone: &str) -> Uuid {
    let lead = LeadDraft {
        name: name.to_owned(),
        phone: Some(phone.to_owned()),
        country: Some("FR".to_owned()),
        ..draft()
    };
    kiosk.take_lead(&lead).unwrap().id.parse().unwrap()
}

fn rated(rating: Rating) -> LeadChange {
    LeadChange {
        rating: Some(rating),
        ..LeadChange::default()
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, KioskError>) -> ErrorCode {
    result.unwrap_err().code()
}

/// Revisions that wait to be sent, by lead.
fn waiting(kiosk: &Kiosk) -> Vec<(Uuid, u32)> {
    let waiting = kiosk.sync_port().waiting(QueuePosition::START, 99).unwrap();
    let headers = waiting.into_iter().map(|queued| queued.envelope.header);
    headers.map(|header| (header.id, header.revision)).collect()
}

/// The platform answers that it holds everything that waits.
fn acknowledge_all(kiosk: &Kiosk) {
    let waiting = kiosk.sync_port().waiting(QueuePosition::START, 99).unwrap();
    let receipts: Vec<Receipt> = waiting
        .into_iter()
        .map(|queued| Receipt {
            id: queued.envelope.header.id,
            revision: queued.envelope.header.revision,
            sha256: queued.envelope.sha256,
            outcome: Outcome::Accepted,
        })
        .collect();
    kiosk.sync_port().record_receipts(&receipts).unwrap();
}

/// The record of the newest lead, to make others from.
fn a_record(kiosk: &Kiosk, session: &Session) -> LeadRecord {
    let identity = session.require_leads().unwrap().identity;
    let envelope = kiosk.leads.envelopes_of_day(None).unwrap().remove(0);
    crate::lead_sealing::open_record(&envelope, &identity).unwrap()
}

fn stored(envelope: Envelope) -> SealedLead {
    SealedLead {
        envelope,
        day: "2026-02-13".to_owned(),
        hour: 9,
        for_platform: false,
        figures: Vec::new(),
    }
}

mod list {
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
}

mod revision {
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
}

mod merging {
    use super::*;

    /// Two leads of the same person, the first with a telephone number only.
    fn twins(kiosk: &Kiosk) -> (Uuid, Uuid) {
        let first = take(kiosk, "", "+33612345671");
        let second = LeadDraft {
            name: "Essai Deux".to_owned(),
            phone: Some("+33612345671".to_owned()),
            email: Some("personne.essai@example.org".to_owned()),
            city: Some("Lyon".to_owned()),
            budget_mad: Some(900_000),
            interests: vec![InterestDraft::project("P-3")],
            ..draft()
        };
        super::super::install(kiosk, &super::super::browse::catalogue());
        (first, kiosk.take_lead(&second).unwrap().id.parse().unwrap())
    }

    fn ids(page: &LeadPage) -> Vec<String> {
        page.duplicates.iter().map(|row| row.id.clone()).collect()
    }

    #[test]
    fn likely_duplicates_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        let (first, second) = twins(&kiosk);
        let namesake = LeadDraft {
            name: "deux ESSAI".to_owned(),
            phone: Some("+33612345679".to_owned()),
            city: Some("lyon".to_owned()),
            ..draft()
        };
        let third: Uuid = kiosk.take_lead(&namesake).unwrap().id.parse().unwrap();
        let elsewhere = LeadDraft {
            phone: Some("+33612345678".to_owned()),
            city: Some("Paris".to_owned()),
            ..namesake
        };
        kiosk.take_lead(&elsewhere).unwrap();
        let session = session(&kiosk);
        let twins = LeadQuery {
            duplicates_only: true,
            ..all()
        };
        let list = complete_list(&kiosk, &session, &twins);
        let found: Vec<_> = list
            .rows
            .iter()
            .map(|row| (row.id.clone(), row.contact.likely_duplicates))
            .collect();
        assert_eq!(
            found,
            [
                (third.to_string(), 1),
                (second.to_string(), 2),
                (first.to_string(), 1)
            ]
        );
        let page = kiosk.staff_lead(&session, second).unwrap();
        assert_eq!(ids(&page), [third.to_string(), first.to_string()]);
    }

    #[test]
    fn merged_leads_are_one_lead_in_lists_and_exports() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        enrol(&kiosk);
        let (first, second) = twins(&kiosk);
        let session = session(&kiosk);
        kiosk
            .staff_lead_revise(&session, second, 1, &rated(Rating::Hot))
            .unwrap();
        let page = kiosk.staff_lead_merge(&session, first, second).unwrap();
        assert_eq!(page.summary.contact.name, "Essai Deux");
        assert_eq!(page.lead.email.as_deref(), Some("personne.essai@example.org"));
        assert_eq!(page.lead.wishes.interests[0].title, "Essai 3");
        assert_eq!(page.summary.follow_up.rating, Some(Rating::Hot));
        assert_eq!(page.merged[0].id, second.to_string());
        assert!(page.duplicates.is_empty());
        assert_eq!(
            waiting(&kiosk),
            [(first, 1), (second, 1), (second, 2), (first, 2), (second, 3)]
        );
        let list = complete_list(&kiosk, &session, &all());
        assert_eq!((list.total, list.matching), (2, 1));
        let ticket = page.merged[0].ticket.clone().unwrap();
        let found = complete_list(&kiosk, &session, &search(&ticket));
        assert_eq!(
            found.rows[0].id,
            first.to_string(),
            "found by the ticket of the merged lead"
        );
        let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
        assert_eq!(receipt.leads, 1);
        let replaced = kiosk.staff_lead(&session, second).unwrap();
        assert_eq!(replaced.merged_into.unwrap().id, first.to_string());
        let change = kiosk.staff_lead_revise(&session, second, 3, &rated(Rating::Cold));
        assert_eq!(code(change), ErrorCode::LeadMerged);
        assert_eq!(
            code(kiosk.staff_lead_merge(&session, first, second)),
            ErrorCode::LeadMerged
        );
        assert_eq!(
            code(kiosk.staff_lead_merge(&session, first, first)),
            ErrorCode::LeadNotFound
        );
    }

    #[test]
    fn exported_merged_leads_are_deleted_by_retention() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, machine) = provisioned_kiosk(folder.path());
        enrol(&kiosk);
        let (first, second) = twins(&kiosk);
        let session = session(&kiosk);
        kiosk.staff_lead_merge(&session, first, second).unwrap();
        acknowledge_all(&kiosk);
        kiosk.close_day(&session, &order(folder.path())).unwrap();
        machine.set(|state| state.wall_clock += jiff::SignedDuration::from_hours(72));
        assert_eq!(kiosk.delete_old_leads().unwrap(), 2);
    }

    #[test]
    fn a_lead_is_exported_if_the_one_it_went_into_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        let (first, second) = twins(&kiosk);
        let session = session(&kiosk);
        kiosk.staff_lead_merge(&session, first, second).unwrap();
        kiosk.leads.erase(&[first], "now").unwrap();
        let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
        assert_eq!(receipt.leads, 1);
        assert_eq!(names(&kiosk, &session, &all()), ["Essai Deux"]);
    }
}

mod erasure {
    use super::*;

    fn holds(folder: &Path, bytes: &[u8]) -> bool {
        let files = std::fs::read_dir(folder).unwrap().flatten();
        let mut contents = files.filter_map(|file| std::fs::read(file.path()).ok());
        contents.any(|content| content.windows(bytes.len()).any(|window| window == bytes))
    }

    #[test]
    fn erasure_covers_all_revisions_and_merged_leads() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        enrol(&kiosk);
        let first = take(&kiosk, "Essai Un", "+33612345671");
        let second = take(&kiosk, "Essai Un", "+33612345671");
        let kept = take(&kiosk, "Essai Trois", "+33612345673");
        let session = session(&kiosk);
        kiosk.staff_lead_merge(&session, first, second).unwrap();
        let waiting_before = kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap();
        let of_person = waiting_before
            .iter()
            .filter(|queued| queued.envelope.header.id != kept);
        let mut hashes: Vec<String> = of_person
            .clone()
            .map(|queued| queued.envelope.sha256.clone())
            .collect();
        let ticket = waiting_before[1].envelope.header.ticket.clone();
        let mut proof = kiosk.staff_lead_erase(&session, &ticket.to_lowercase()).unwrap();
        assert_eq!(
            (proof.ticket.as_str(), proof.id.as_str()),
            (ticket.as_str(), &*second.to_string())
        );
        assert_eq!((proof.revisions, proof.sent_to_platform), (4, true));
        assert_eq!(proof.merged[0].id, first.to_string());
        hashes.sort();
        proof.envelope_sha256.sort();
        assert_eq!(proof.envelope_sha256, hashes);
        for queued in of_person {
            assert!(!holds(folder.path(), &queued.envelope.sealed[40..104]));
        }
        assert_eq!(names(&kiosk, &session, &all()), ["Essai Trois"]);
        assert_eq!(code(kiosk.staff_lead(&session, first)), ErrorCode::LeadNotFound);
        assert_eq!(
            code(kiosk.staff_lead_erase(&session, &ticket)),
            ErrorCode::LeadNotFound
        );
        let log = kiosk.audit_log(9).unwrap();
        let erased = log.iter().find(|line| line.act == "leads_erased").unwrap();
        assert_eq!(erased.detail, format!("leads=2 ticket={ticket}"));
    }

    #[test]
    fn leads_that_were_never_sent_need_no_erasure_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        let id = take(&kiosk, "Essai Un", "+33612345671");
        let session = session(&kiosk);
        let page = kiosk
            .staff_lead_revise(&session, id, 1, &rated(Rating::Hot))
            .unwrap();
        let proof = kiosk.staff_lead_erase(&session, &page.summary.ticket).unwrap();
        assert_eq!((proof.revisions, proof.sent_to_platform), (2, false));
        assert_eq!(proof.erased_at, "2026-02-13T10:00:00+01:00");
    }

    #[test]
    fn erasure_by_headquarters_removes_the_lead_from_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let (kiosk, _) = provisioned_kiosk(folder.path());
        let id = take(&kiosk, "Essai Un", "+33612345671");
        take(&kiosk, "Essai Deux", "+33612345672");
        let session = session(&kiosk);
        assert_eq!(complete_list(&kiosk, &session, &all()).opened, 2);
        kiosk
            .sync_port()
            .erase(&[expo_protocol::Erasure { seq: 1, id }])
            .unwrap();
        assert_eq!(names(&kiosk, &session, &all()), ["Essai Deux"]);
    }
}
