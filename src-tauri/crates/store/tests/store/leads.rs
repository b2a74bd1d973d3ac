//! Tests of `leads.db`.

use expo_domain::hash::sha256_hex;
use expo_domain::{Envelope, Lang, LeadHeader};
use expo_store::leads::{AuditEntry, Closing, DayState, ExportEntry, FigureKind, Settlement};
use expo_store::{Leads, OutboxState, Retention, SealedLead, StoreError};
use uuid::Uuid;

pub fn lead(id: u128, for_platform: bool) -> SealedLead {
    let header = LeadHeader {
        id: Uuid::from_u128(id),
        revision: 1,
        kind: "lead".to_owned(),
        stop: "test-stop".to_owned(),
        kiosk: "K01".to_owned(),
        ticket: format!("TST-K01-{id:04}"),
        taken_at: jiff::Timestamp::UNIX_EPOCH,
        monotonic_ms: 5,
        boot_id: "boot".to_owned(),
        language: Lang::Ar,
    };
    SealedLead {
        envelope: Envelope::new(header, vec![id as u8; 40]),
        day: "2026-02-12".to_owned(),
        hour: 11,
        for_platform,
        figures: vec![
            (FigureKind::Project, "P-1".to_owned()),
            (FigureKind::Region, "MA-01".to_owned()),
            (FigureKind::Desk, "bank".to_owned()),
        ],
    }
}

/// The lead with other sealed bytes.
pub fn with_bytes(mut lead: SealedLead, sealed: Vec<u8>) -> SealedLead {
    lead.envelope = Envelope::new(lead.envelope.header, sealed);
    lead
}

const fn closed(day: &str) -> Retention<'_> {
    Retention {
        exported_before: day,
        held_before: None,
    }
}

/// All bytes of all files in a folder.
fn bytes_of(folder: &std::path::Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files.flat_map(|path| std::fs::read(path).unwrap()).collect()
}

pub fn holds(folder: &std::path::Path, needle: &[u8]) -> bool {
    bytes_of(folder)
        .windows(needle.len())
        .any(|window| window == needle)
}

mod outbox {
    use super::*;

    #[test]
    fn lead_waits_until_its_exact_bytes_are_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, true)).unwrap();
        leads.insert(None, &lead(2, true)).unwrap();
        assert_eq!(leads.outbox_counts().unwrap().waiting, 2);
        let waiting = leads.waiting(None, 0, 1).unwrap();
        assert_eq!(waiting[0].1.header, lead(1, true).envelope.header);
        assert_eq!(leads.waiting(None, waiting[0].0, 9).unwrap().len(), 1);
        let settlement = |sha256: &str| Settlement {
            id: Uuid::from_u128(1),
            revision: 1,
            sha256: sha256.to_owned(),
            state: OutboxState::Acknowledged,
            reason: "accepted".to_owned(),
        };
        leads
            .settle(None, &[settlement("other bytes")], "now", "sent")
            .unwrap();
        assert_eq!(leads.outbox_counts().unwrap().waiting, 2);
        leads
            .settle(None, &[settlement(&waiting[0].1.sha256)], "now", "sent")
            .unwrap();
        let counts = leads.outbox_counts().unwrap();
        assert_eq!((counts.waiting, counts.acknowledged), (1, 1));
        assert_eq!(leads.count_waiting().unwrap(), 1);
        assert_eq!(leads.setting::<u32>("sent").unwrap(), Some(1));
        leads
            .settle(None, &[settlement(&waiting[0].1.sha256)], "later", "sent")
            .unwrap();
        assert_eq!(leads.setting::<u32>("sent").unwrap(), Some(1), "counted once");
        assert_eq!(leads.envelopes_of_day(Some("2026-02-12")).unwrap().len(), 2);
        assert_eq!(leads.envelopes_of_day(Some("2026-02-13")).unwrap().len(), 0);
    }

    #[test]
    fn duplicate_lead_is_refused_and_not_counted() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, true)).unwrap();
        assert!(leads.insert(None, &lead(1, true)).is_err());
        assert_eq!(
            leads.figures("2026-02-12", FigureKind::Project, 9).unwrap(),
            [("P-1".to_owned(), 1)]
        );
        assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 1)]);
    }

    #[test]
    fn leads_for_staff_are_sent_only_after_resealing() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, false)).unwrap();
        assert!(leads.waiting(None, 0, 10).unwrap().is_empty());
        let mut second = lead(1, true);
        second.envelope.header.revision = 2;
        leads.reseal(None, &[second]).unwrap();
        assert!(leads.sealed_for_staff().unwrap().is_empty());
        assert_eq!(leads.waiting(None, 0, 10).unwrap()[0].1.header.revision, 2);
        assert_eq!(leads.envelopes_of_day(None).unwrap().len(), 1);
        assert_eq!(leads.days().unwrap()[0].leads, 1);
    }

    #[test]
    fn guarded_operations_fail_after_the_setting_changed() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        for id in [1, 2, 3] {
            leads.insert(None, &lead(id, true)).unwrap();
        }
        leads.reject(None, Uuid::from_u128(2), 1, "item_damaged").unwrap();
        leads.set(&[("enrolment", &"A")]).unwrap();
        let (value, guard) = leads.setting_with_guard::<String>("enrolment").unwrap();
        assert_eq!(value.as_deref(), Some("A"));
        let old = Some(&guard);
        assert_eq!(leads.waiting(old, 0, 9).unwrap().len(), 2);
        leads
            .set_and_unqueue(old, &[("enrolment", &"B"), ("stop", &"here")])
            .unwrap();
        let counts = leads.outbox_counts().unwrap();
        assert_eq!(
            (counts.waiting, counts.rejected, counts.sealed_for_staff),
            (0, 0, 3)
        );
        let mut next = lead(1, true);
        next.envelope.header.revision = 2;
        leads.reseal(None, &[next.clone()]).unwrap();
        let receipt = Settlement {
            id: Uuid::from_u128(1),
            revision: 2,
            sha256: next.envelope.sha256.clone(),
            state: OutboxState::Acknowledged,
            reason: "quarantined".to_owned(),
        };
        next.envelope.header.id = Uuid::from_u128(2);
        let refused = [
            leads.waiting(old, 0, 9).map(drop),
            leads.settle(old, &[receipt], "now", "sent"),
            leads.reject(old, Uuid::from_u128(1), 2, "item_damaged"),
            leads.insert(old, &lead(4, true)),
            leads.reseal(old, &[next]),
            leads.set_guarded(old, &[("stop", &"elsewhere")]),
            leads.set_and_unqueue(old, &[("enrolment", &"C")]),
            leads.require_unchanged(&guard),
        ];
        for refused in refused {
            assert!(
                matches!(refused, Err(StoreError::Superseded { name: "enrolment" })),
                "{refused:?}"
            );
        }
        let waiting = leads.waiting(None, 0, 9).unwrap();
        assert_eq!((waiting.len(), waiting[0].1.header.revision), (1, 2));
        assert_eq!(leads.setting::<u32>("sent").unwrap(), None);
        assert_eq!(leads.setting::<String>("stop").unwrap().as_deref(), Some("here"));
    }

    #[test]
    fn rejected_leads_show_a_reason_and_can_be_requeued() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        for id in 1..=3 {
            leads.insert(None, &lead(id, true)).unwrap();
            leads
                .reject(None, Uuid::from_u128(id), 1, "item_damaged: Item 1")
                .unwrap();
        }
        let rejected = leads.rejected().unwrap();
        assert_eq!(rejected.len(), 3);
        assert_eq!(
            (rejected[0].ticket.as_str(), rejected[0].reason.as_str()),
            ("TST-K01-0001", "item_damaged: Item 1")
        );
        assert_eq!(
            leads
                .requeue(Some(&[Uuid::from_u128(2), Uuid::from_u128(9)]))
                .unwrap(),
            1
        );
        assert_eq!(leads.outbox_counts().unwrap().waiting, 1);
        assert_eq!(leads.requeue(None).unwrap(), 2);
        assert!(leads.rejected().unwrap().is_empty());
        assert_eq!(leads.waiting(None, 0, 9).unwrap().len(), 3);
    }
}

mod files {
    use super::*;

    #[test]
    fn all_data_survives_reopening() {
        let folder = tempfile::tempdir().unwrap();
        {
            let leads = Leads::open(folder.path()).unwrap();
            leads.insert(None, &lead(1, true)).unwrap();
            assert_eq!(leads.next_ticket("s", "k").unwrap(), 1);
            leads.set(&[("pin", &"hash"), ("failures", &3)]).unwrap();
            let entry = AuditEntry {
                at: "t".to_owned(),
                act: "unlock".to_owned(),
                detail: String::new(),
            };
            leads.audit(&entry).unwrap();
            let export = ExportEntry {
                at: "t".to_owned(),
                day: None,
                format: "csv".to_owned(),
                leads: 1,
                sha256: "x".to_owned(),
                initials: None,
            };
            leads.record_export(&export, &[]).unwrap();
        }
        let leads = Leads::open(folder.path()).unwrap();
        assert_eq!(leads.next_ticket("s", "k").unwrap(), 2);
        assert_eq!(leads.next_ticket("s", "other").unwrap(), 1);
        assert_eq!(leads.setting::<u32>("failures").unwrap(), Some(3));
        assert_eq!(leads.setting::<u32>("never").unwrap(), None);
        assert_eq!(leads.audit_log(5).unwrap().len(), 1);
        assert_eq!(leads.exports(Some("2026-02-12")).unwrap().len(), 1);
        assert!(leads.check().unwrap().is_empty());
        assert_eq!(leads.outbox_counts().unwrap().waiting, 1);
    }

    #[test]
    fn two_processes_get_different_tickets() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (
            Leads::open(folder.path()).unwrap(),
            Leads::open(folder.path()).unwrap(),
        );
        let numbers: Vec<u32> = (0..10)
            .flat_map(|_| [a.next_ticket("s", "k").unwrap(), b.next_ticket("s", "k").unwrap()])
            .collect();
        assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    }

    #[test]
    fn database_of_first_version_is_migrated_completely() {
        let folder = tempfile::tempdir().unwrap();
        let old = rusqlite::Connection::open(folder.path().join(expo_store::leads::FILE)).unwrap();
        old.execute_batch(include_str!("frozen/leads-01.sql")).unwrap();
        drop(old);
        let leads = Leads::open(folder.path()).unwrap();
        assert!(folder.path().join("leads.before-6.db").exists());
        assert_eq!(leads.waiting(None, 0, 9).unwrap()[0].1.header.revision, 2);
        assert_eq!(leads.rejected().unwrap()[0].reason, "conflict");
        assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 1), (12, 1)]);
        let languages = [("ar".to_owned(), 1), ("fr".to_owned(), 1)];
        assert_eq!(
            leads.figures("2026-02-12", FigureKind::Language, 9).unwrap(),
            languages
        );
        leads.insert(None, &lead(70, true)).unwrap();
        assert_eq!(
            leads.figures("2026-02-12", FigureKind::Desk, 9).unwrap(),
            [("bank".to_owned(), 1)]
        );
        assert_eq!(leads.setting::<String>("pin").unwrap().as_deref(), Some("hash"));
        assert_eq!(leads.next_ticket("test-stop", "K01").unwrap(), 2);
        assert_eq!(leads.erase(&[Uuid::from_u128(1)], "now").unwrap(), 1);
        assert!(!folder.path().join("leads.before-6.db").exists());
        assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 2), (12, 1)]);
    }
}

mod retention {
    use super::*;

    #[test]
    fn retention_deletes_only_held_and_exported_leads() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        for id in 1..=3 {
            leads
                .insert(None, &with_bytes(lead(id, true), vec![id as u8; 4_000]))
                .unwrap();
        }
        let acknowledge = |id: u128| Settlement {
            id: Uuid::from_u128(id),
            revision: 1,
            sha256: sha256_hex(&[id as u8; 4_000]),
            state: OutboxState::Acknowledged,
            reason: "accepted".to_owned(),
        };
        leads
            .settle(None, &[acknowledge(1), acknowledge(2)], "now", "sent")
            .unwrap();
        assert_eq!(
            leads.purge(closed("2026-02-20"), "now").unwrap(),
            0,
            "nothing is exported"
        );
        let export = ExportEntry {
            at: "t".to_owned(),
            day: Some("2026-02-12".to_owned()),
            format: "csv".to_owned(),
            leads: 3,
            sha256: "x".to_owned(),
            initials: None,
        };
        leads.record_export(&export, &[]).unwrap();
        assert_eq!(
            leads.purge(closed("2026-02-20"), "now").unwrap(),
            0,
            "an export of the day without these leads"
        );
        leads
            .record_export(&export, &[1, 2, 3].map(|id| (Uuid::from_u128(id), 1)))
            .unwrap();
        assert_eq!(
            leads.purge(closed("2026-02-12"), "now").unwrap(),
            0,
            "the day has not ended"
        );
        assert_eq!(leads.purge(closed("2026-02-13"), "now").unwrap(), 2);
        assert_eq!(leads.envelopes_of_day(None).unwrap().len(), 1);
        assert_eq!(
            leads.days().unwrap()[0],
            expo_store::leads::DayFigures {
                day: "2026-02-12".to_owned(),
                leads: 3,
                unsent: 1
            }
        );
        drop(leads);
        let bytes = std::fs::read(folder.path().join("leads.db")).unwrap();
        assert!(
            !bytes.windows(200).any(|w| w.iter().all(|b| *b == 1)),
            "a deleted envelope is still on the disk"
        );
    }

    #[test]
    fn retention_keeps_a_lead_whose_newest_revision_is_not_exported() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        let mut second = lead(1, true);
        second.envelope.header.revision = 2;
        leads.insert(None, &lead(1, true)).unwrap();
        leads.reseal(None, &[second]).unwrap();
        let settled = |revision| Settlement {
            id: Uuid::from_u128(1),
            revision,
            sha256: sha256_hex(&[1; 40]),
            state: OutboxState::Acknowledged,
            reason: "accepted".to_owned(),
        };
        let export = ExportEntry {
            at: "t".to_owned(),
            day: None,
            format: "age".to_owned(),
            leads: 1,
            sha256: "x".to_owned(),
            initials: None,
        };
        let purge = || leads.purge(closed("2026-02-20"), "now").unwrap();
        leads.record_export(&export, &[(Uuid::from_u128(1), 1)]).unwrap();
        leads
            .settle(None, &[settled(1), settled(2)], "now", "sent")
            .unwrap();
        assert_eq!(purge(), 0);
        leads.record_export(&export, &[(Uuid::from_u128(1), 2)]).unwrap();
        assert_eq!(purge(), 1, "one lead with both revisions");
    }

    #[test]
    fn retention_deletes_old_leads_held_by_the_platform() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, true)).unwrap();
        leads.insert(None, &lead(2, true)).unwrap();
        let acknowledged = Settlement {
            id: Uuid::from_u128(1),
            revision: 1,
            sha256: sha256_hex(&[1; 40]),
            state: OutboxState::Acknowledged,
            reason: "accepted".to_owned(),
        };
        leads.settle(None, &[acknowledged], "now", "sent").unwrap();
        let held = |day| Retention {
            exported_before: "2000-01-01",
            held_before: Some(day),
        };
        assert_eq!(leads.purge(held("2026-02-12"), "now").unwrap(), 0);
        assert_eq!(leads.purge(held("2026-02-13"), "now").unwrap(), 1);
        assert_eq!(leads.outbox_counts().unwrap().waiting, 1);
    }
}

mod erasure {
    use super::*;

    #[test]
    fn erased_lead_leaves_no_bytes_and_cannot_return() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        // Some are long enough for their own pages, some short enough to share one.
        let canary = |id: u128, length: usize| format!("CANARY-{id}-").into_bytes().repeat(length);
        for (id, length) in [(1, 1), (2, 900), (3, 1), (4, 900), (5, 1)] {
            let sealed = canary(id, length);
            leads
                .insert(None, &with_bytes(lead(id, id != 3), sealed))
                .unwrap();
        }
        let mut second = with_bytes(lead(3, true), canary(3, 40));
        second.envelope.header.revision = 2;
        leads.reseal(None, &[second]).unwrap();
        let acknowledged = Settlement {
            id: Uuid::from_u128(4),
            revision: 1,
            sha256: sha256_hex(&canary(4, 900)),
            state: OutboxState::Acknowledged,
            reason: "accepted".to_owned(),
        };
        leads.settle(None, &[acknowledged], "now", "sent").unwrap();
        leads.reject(None, Uuid::from_u128(2), 1, "item_damaged").unwrap();
        let copy = folder.path().join("leads.before-9.db");
        std::fs::write(&copy, canary(1, 1)).unwrap();
        let hours = leads.by_hour("2026-02-12").unwrap();
        let ids: Vec<Uuid> = [1, 2, 3, 4, 77].map(Uuid::from_u128).to_vec();
        assert_eq!(leads.erase(&ids, "now").unwrap(), 4);
        assert_eq!(leads.erase(&ids, "later").unwrap(), 0);
        // The database is still open: the bytes must be gone before it closes.
        for id in 1..=4 {
            assert!(
                !holds(folder.path(), &canary(id, 1)),
                "lead {id} is still on the disk"
            );
        }
        assert!(
            holds(folder.path(), &canary(5, 1)),
            "the search finds bytes that exist"
        );
        assert!(!copy.exists());
        assert_eq!(leads.by_hour("2026-02-12").unwrap(), hours);
        assert_eq!(leads.days().unwrap()[0].leads, 5);
        assert_eq!(leads.outbox_counts().unwrap().waiting, 1);
        for id in [1, 77] {
            assert!(leads.insert(None, &lead(id, true)).is_err());
            let mut later = lead(id, true);
            later.envelope.header.revision = 7;
            assert!(!leads.revise(None, &[later.clone()]).unwrap());
            leads.reseal(None, &[later]).unwrap();
            assert!(leads.revisions_of(Uuid::from_u128(id)).unwrap().is_empty());
        }
        assert_eq!(leads.envelopes_of_day(None).unwrap().len(), 1);
    }

    #[test]
    fn erasure_fails_while_the_log_holds_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, true)).unwrap();
        let other = rusqlite::Connection::open(leads.path()).unwrap();
        other.execute_batch("BEGIN; SELECT count(*) FROM lead;").unwrap();
        other
            .query_row("SELECT count(*) FROM lead", [], |row| row.get::<_, u32>(0))
            .unwrap();
        assert!(leads.erase(&[Uuid::from_u128(1)], "now").is_err());
        let entries = leads.audit_log(9).unwrap();
        assert_eq!(
            (entries[0].act.as_str(), entries[0].detail.as_str()),
            ("leads_erased", "leads=1")
        );
        other.execute_batch("COMMIT").unwrap();
        leads.erase(&[Uuid::from_u128(1)], "now").unwrap();
        assert!(!holds(folder.path(), &[1; 40]));
    }

    #[test]
    fn interrupted_erasure_is_completed_later() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        let other = rusqlite::Connection::open(leads.path()).unwrap();
        let erased_while_another_reads = |leads: &Leads, id: u128| {
            leads.insert(None, &lead(id, true)).unwrap();
            let acknowledged = Settlement {
                id: Uuid::from_u128(id),
                revision: 1,
                sha256: sha256_hex(&[id as u8; 40]),
                state: OutboxState::Acknowledged,
                reason: "accepted".to_owned(),
            };
            leads.settle(None, &[acknowledged], "now", "sent").unwrap();
            other.execute_batch("BEGIN").unwrap();
            other
                .query_row("SELECT count(*) FROM lead", [], |row| row.get::<_, u32>(0))
                .unwrap();
            let held = Retention {
                exported_before: "2000-01-01",
                held_before: Some("2026-02-13"),
            };
            assert!(leads.purge(held, "now").is_err());
            other.execute_batch("COMMIT").unwrap();
            assert!(
                holds(folder.path(), &[id as u8; 40]),
                "the log still holds the bytes"
            );
            held
        };
        let held = erased_while_another_reads(&leads, 1);
        assert_eq!(leads.purge(held, "now").unwrap(), 0, "nothing is left to delete");
        assert!(!holds(folder.path(), &[1; 40]));
        erased_while_another_reads(&leads, 2);
        drop(leads);
        let leads = Leads::open(folder.path()).unwrap();
        assert!(!holds(folder.path(), &[2; 40]));
        assert_eq!(leads.setting::<bool>("fold_due").unwrap(), Some(false));
    }
}

mod closings {
    use super::*;

    const DAY: &str = "2026-02-12";

    fn export(leads: u32) -> ExportEntry {
        ExportEntry {
            at: "2026-02-12T19:00:00Z".to_owned(),
            day: Some(DAY.to_owned()),
            format: "age".to_owned(),
            leads,
            sha256: "x".to_owned(),
            initials: Some("TT".to_owned()),
        }
    }

    fn closing() -> Closing {
        Closing {
            at: "2026-02-12T19:00:00Z".to_owned(),
            day: Some(DAY.to_owned()),
            receipt: "receipt".to_owned(),
        }
    }

    #[test]
    fn closing_marks_its_leads_and_keeps_its_receipt() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, true)).unwrap();
        leads
            .record_closing(&closing(), &[export(1)], &[(Uuid::from_u128(1), 1)])
            .unwrap();
        leads.insert(None, &lead(2, true)).unwrap();
        let state = DayState {
            leads: 2,
            exported: 1,
            unsent: 2,
            closed_at: Some("2026-02-12T19:00:00Z".to_owned()),
        };
        assert_eq!(leads.day_state(DAY).unwrap(), state);
        assert_eq!(leads.day_state("2026-02-13").unwrap(), DayState::default());
        assert_eq!(leads.closings().unwrap(), [closing()]);
        assert_eq!(leads.exports(Some(DAY)).unwrap(), [export(1)]);
    }

    #[test]
    fn newer_revision_of_an_exported_lead_is_not_exported() {
        let folder = tempfile::tempdir().unwrap();
        let leads = Leads::open(folder.path()).unwrap();
        leads.insert(None, &lead(1, false)).unwrap();
        leads
            .record_closing(&closing(), &[export(1)], &[(Uuid::from_u128(1), 1)])
            .unwrap();
        let of_day = || leads.envelopes_of_day(Some(DAY)).unwrap();
        assert!(leads.without_exported(&of_day()).unwrap().is_empty());
        let mut second = lead(1, true);
        second.envelope.header.revision = 2;
        leads.reseal(None, &[second]).unwrap();
        let left = leads.without_exported(&of_day()).unwrap();
        assert_eq!(left.iter().map(|e| e.header.revision).collect::<Vec<_>>(), [2]);
        assert_eq!(leads.day_state(DAY).unwrap().exported, 0);
    }
}
