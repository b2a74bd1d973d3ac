//! `leads.db`.

use domain::{Lang, LeadHeader};
use store::leads::{AuditEntry, ExportEntry, Settlement, TallyKind};
use store::{Leads, NewLead, OutboxState, Retention, StoreError};
use uuid::Uuid;

fn lead(id: u128, for_platform: bool) -> NewLead {
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
    NewLead {
        header,
        day: "2026-02-12".to_owned(),
        hour: 11,
        sealed: vec![id as u8; 40],
        sha256: format!("{id:064}"),
        for_platform,
        tally: vec![
            (TallyKind::Project, "P-1".to_owned()),
            (TallyKind::Region, "MA-01".to_owned()),
        ],
    }
}

#[test]
fn a_kept_lead_waits_until_exactly_its_bytes_are_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    leads.keep(None, &lead(1, true)).unwrap();
    leads.keep(None, &lead(2, true)).unwrap();
    assert_eq!(leads.outbox_counts().unwrap().waiting, 2);
    let waiting = leads.waiting(None, 0, 1).unwrap();
    assert_eq!(waiting[0].1.header, lead(1, true).header);
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
    assert_eq!(leads.of_day(Some("2026-02-12")).unwrap().len(), 2);
    assert_eq!(leads.of_day(Some("2026-02-13")).unwrap().len(), 0);
}

#[test]
fn the_same_lead_twice_is_refused_and_counts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    leads.keep(None, &lead(1, true)).unwrap();
    assert!(leads.keep(None, &lead(1, true)).is_err());
    assert_eq!(
        leads.tally("2026-02-12", TallyKind::Project, 9).unwrap(),
        [("P-1".to_owned(), 1)]
    );
    assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 1)]);
}

#[test]
fn leads_sealed_for_staff_are_never_sent_until_resealed() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    leads.keep(None, &lead(1, false)).unwrap();
    assert!(leads.waiting(None, 0, 10).unwrap().is_empty());
    let mut second = lead(1, true);
    second.header.revision = 2;
    leads.reseal(None, &[second]).unwrap();
    assert!(leads.sealed_for_staff().unwrap().is_empty());
    assert_eq!(leads.waiting(None, 0, 10).unwrap()[0].1.header.revision, 2);
    assert_eq!(leads.of_day(None).unwrap().len(), 1);
    assert_eq!(leads.days().unwrap()[0].leads, 1);
}

#[test]
fn everything_survives_reopening() {
    let folder = tempfile::tempdir().unwrap();
    {
        let leads = Leads::open(folder.path()).unwrap();
        leads.keep(None, &lead(1, true)).unwrap();
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
        };
        leads.remember_export(&export, &[]).unwrap();
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
fn two_processes_take_different_tickets() {
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

const fn closed(day: &str) -> Retention<'_> {
    Retention {
        closed_before: day,
        held_before: None,
    }
}

#[test]
fn only_leads_held_by_the_platform_and_exported_are_erased_and_figures_stay() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    for id in 1..=3 {
        leads
            .keep(
                None,
                &NewLead {
                    sealed: vec![id as u8; 4_000],
                    ..lead(id, true)
                },
            )
            .unwrap();
    }
    let acknowledge = |id: u128| Settlement {
        id: Uuid::from_u128(id),
        revision: 1,
        sha256: format!("{id:064}"),
        state: OutboxState::Acknowledged,
        reason: "accepted".to_owned(),
    };
    leads
        .settle(None, &[acknowledge(1), acknowledge(2)], "now", "sent")
        .unwrap();
    assert_eq!(
        leads.purge(closed("2026-02-20"), "now").unwrap(),
        0,
        "nothing was exported yet"
    );
    let export = ExportEntry {
        at: "t".to_owned(),
        day: Some("2026-02-12".to_owned()),
        format: "csv".to_owned(),
        leads: 3,
        sha256: "x".to_owned(),
    };
    leads.remember_export(&export, &[]).unwrap();
    assert_eq!(
        leads.purge(closed("2026-02-20"), "now").unwrap(),
        0,
        "an export of that day, but not of these leads"
    );
    leads
        .remember_export(&export, &[1, 2, 3].map(|id| (Uuid::from_u128(id), 1)))
        .unwrap();
    assert_eq!(
        leads.purge(closed("2026-02-12"), "now").unwrap(),
        0,
        "the day is not over"
    );
    assert_eq!(leads.purge(closed("2026-02-13"), "now").unwrap(), 2);
    assert_eq!(leads.of_day(None).unwrap().len(), 1);
    assert_eq!(
        leads.days().unwrap()[0],
        store::leads::DayFigures {
            day: "2026-02-12".to_owned(),
            leads: 3,
            unsent: 1
        }
    );
    drop(leads);
    let bytes = std::fs::read(folder.path().join("leads.db")).unwrap();
    assert!(
        !bytes.windows(200).any(|w| w.iter().all(|b| *b == 1)),
        "an erased envelope is still on the disk"
    );
}

/// Every byte of every file in a folder.
fn bytes_of(folder: &std::path::Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files.flat_map(|path| std::fs::read(path).unwrap()).collect()
}

fn holds(folder: &std::path::Path, needle: &[u8]) -> bool {
    bytes_of(folder)
        .windows(needle.len())
        .any(|window| window == needle)
}

#[test]
fn an_erased_lead_leaves_no_byte_whatever_its_state_and_never_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    // Long enough for pages of their own, and short enough to share one.
    let canary = |id: u128, length: usize| format!("CANARY-{id}-").into_bytes().repeat(length);
    for (id, length) in [(1, 1), (2, 900), (3, 1), (4, 900), (5, 1)] {
        let sealed = canary(id, length);
        leads
            .keep(
                None,
                &NewLead {
                    sealed,
                    ..lead(id, id != 3)
                },
            )
            .unwrap();
    }
    let mut second = lead(3, true);
    (second.header.revision, second.sealed) = (2, canary(3, 40));
    leads.reseal(None, &[second]).unwrap();
    let acknowledged = Settlement {
        id: Uuid::from_u128(4),
        revision: 1,
        sha256: format!("{:064}", 4),
        state: OutboxState::Acknowledged,
        reason: "accepted".to_owned(),
    };
    leads.settle(None, &[acknowledged], "now", "sent").unwrap();
    leads
        .set_aside(None, Uuid::from_u128(2), 1, "item_damaged")
        .unwrap();
    let copy = folder.path().join("leads.before-9.db");
    std::fs::write(&copy, canary(1, 1)).unwrap();
    let hours = leads.by_hour("2026-02-12").unwrap();
    let go: Vec<Uuid> = [1, 2, 3, 4, 77].map(Uuid::from_u128).to_vec();
    assert_eq!(leads.erase(&go, "now").unwrap(), 4);
    assert_eq!(leads.erase(&go, "later").unwrap(), 0);
    // The database is still open: nothing waits for its end to be gone.
    for id in 1..=4 {
        assert!(
            !holds(folder.path(), &canary(id, 1)),
            "lead {id} is still on the disk"
        );
    }
    assert!(
        holds(folder.path(), &canary(5, 1)),
        "the look finds what is there"
    );
    assert!(!copy.exists());
    assert_eq!(leads.by_hour("2026-02-12").unwrap(), hours);
    assert_eq!(leads.days().unwrap()[0].leads, 5);
    assert_eq!(leads.outbox_counts().unwrap().waiting, 1);
    for id in [1, 77] {
        assert!(leads.keep(None, &lead(id, true)).is_err());
        let mut later = lead(id, true);
        later.header.revision = 7;
        assert!(leads.reseal(None, &[later]).is_err());
    }
    assert_eq!(leads.of_day(None).unwrap().len(), 1);
}

#[test]
fn an_erasure_is_not_done_while_the_log_still_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    leads.keep(None, &lead(1, true)).unwrap();
    let other = rusqlite::Connection::open(leads.path()).unwrap();
    other.execute_batch("BEGIN; SELECT count(*) FROM lead;").unwrap();
    other
        .query_row("SELECT count(*) FROM lead", [], |row| row.get::<_, u32>(0))
        .unwrap();
    assert!(leads.erase(&[Uuid::from_u128(1)], "now").is_err());
    let noted = leads.audit_log(9).unwrap();
    assert_eq!(
        (noted[0].act.as_str(), noted[0].detail.as_str()),
        ("leads_erased", "leads=1")
    );
    other.execute_batch("COMMIT").unwrap();
    leads.erase(&[Uuid::from_u128(1)], "now").unwrap();
    assert!(!holds(folder.path(), &[1; 40]));
}

#[test]
fn an_erasure_cut_short_is_brought_to_its_end_later() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    let other = rusqlite::Connection::open(leads.path()).unwrap();
    let erased_while_another_reads = |leads: &Leads, id: u128| {
        leads.keep(None, &lead(id, true)).unwrap();
        let acknowledged = Settlement {
            id: Uuid::from_u128(id),
            revision: 1,
            sha256: format!("{id:064}"),
            state: OutboxState::Acknowledged,
            reason: "accepted".to_owned(),
        };
        leads.settle(None, &[acknowledged], "now", "sent").unwrap();
        other.execute_batch("BEGIN").unwrap();
        other
            .query_row("SELECT count(*) FROM lead", [], |row| row.get::<_, u32>(0))
            .unwrap();
        let held = Retention {
            closed_before: "2000-01-01",
            held_before: Some("2026-02-13"),
        };
        assert!(leads.purge(held, "now").is_err());
        other.execute_batch("COMMIT").unwrap();
        assert!(holds(folder.path(), &[id as u8; 40]), "the log still holds it");
        held
    };
    let held = erased_while_another_reads(&leads, 1);
    assert_eq!(
        leads.purge(held, "now").unwrap(),
        0,
        "nothing is left to be erased"
    );
    assert!(!holds(folder.path(), &[1; 40]));
    erased_while_another_reads(&leads, 2);
    drop(leads);
    let leads = Leads::open(folder.path()).unwrap();
    assert!(!holds(folder.path(), &[2; 40]));
    assert_eq!(leads.setting::<bool>("fold_due").unwrap(), Some(false));
}

#[test]
fn work_that_rests_on_a_setting_is_not_done_when_it_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    for id in [1, 2, 3] {
        leads.keep(None, &lead(id, true)).unwrap();
    }
    leads
        .set_aside(None, Uuid::from_u128(2), 1, "item_damaged")
        .unwrap();
    leads.set(&[("enrolment", &"A")]).unwrap();
    let (value, basis) = leads.basis::<String>("enrolment").unwrap();
    assert_eq!(value.as_deref(), Some("A"));
    let on = Some(&basis);
    assert_eq!(leads.waiting(on, 0, 9).unwrap().len(), 2);
    leads
        .set_and_hold_back(on, &[("enrolment", &"B"), ("stop", &"here")])
        .unwrap();
    let counts = leads.outbox_counts().unwrap();
    assert_eq!(
        (counts.waiting, counts.set_aside, counts.sealed_for_staff),
        (0, 0, 3)
    );
    let mut next = lead(1, true);
    next.header.revision = 2;
    leads.reseal(None, &[next.clone()]).unwrap();
    let receipt = Settlement {
        id: Uuid::from_u128(1),
        revision: 2,
        sha256: next.sha256.clone(),
        state: OutboxState::Acknowledged,
        reason: "quarantined".to_owned(),
    };
    next.header.id = Uuid::from_u128(2);
    let refused = [
        leads.waiting(on, 0, 9).map(drop),
        leads.settle(on, &[receipt], "now", "sent"),
        leads.set_aside(on, Uuid::from_u128(1), 2, "item_damaged"),
        leads.keep(on, &lead(4, true)),
        leads.reseal(on, &[next]),
        leads.set_on(on, &[("stop", &"elsewhere")]),
        leads.set_and_hold_back(on, &[("enrolment", &"C")]),
        leads.demand(&basis),
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
fn leads_kept_too_long_go_when_the_platform_holds_them() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    leads.keep(None, &lead(1, true)).unwrap();
    leads.keep(None, &lead(2, true)).unwrap();
    let acknowledged = Settlement {
        id: Uuid::from_u128(1),
        revision: 1,
        sha256: format!("{:064}", 1),
        state: OutboxState::Acknowledged,
        reason: "accepted".to_owned(),
    };
    leads.settle(None, &[acknowledged], "now", "sent").unwrap();
    let held = |day| Retention {
        closed_before: "2000-01-01",
        held_before: Some(day),
    };
    assert_eq!(leads.purge(held("2026-02-12"), "now").unwrap(), 0);
    assert_eq!(leads.purge(held("2026-02-13"), "now").unwrap(), 1);
    assert_eq!(leads.outbox_counts().unwrap().waiting, 1);
}

#[test]
fn staff_see_why_a_lead_is_set_aside_and_send_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    for id in 1..=3 {
        leads.keep(None, &lead(id, true)).unwrap();
        leads
            .set_aside(None, Uuid::from_u128(id), 1, "item_damaged: Item 1")
            .unwrap();
    }
    let aside = leads.aside().unwrap();
    assert_eq!(aside.len(), 3);
    assert_eq!(
        (aside[0].ticket.as_str(), aside[0].reason.as_str()),
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
    assert!(leads.aside().unwrap().is_empty());
    assert_eq!(leads.waiting(None, 0, 9).unwrap().len(), 3);
}

#[test]
fn a_database_of_the_first_program_is_brought_up_to_date_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(folder.path().join(store::leads::FILE)).unwrap();
    old.execute_batch(include_str!("frozen/leads-01.sql")).unwrap();
    drop(old);
    let leads = Leads::open(folder.path()).unwrap();
    assert!(folder.path().join("leads.before-2.db").exists());
    assert_eq!(leads.waiting(None, 0, 9).unwrap()[0].1.header.revision, 2);
    assert_eq!(leads.aside().unwrap()[0].reason, "conflict");
    assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 1), (12, 1)]);
    assert_eq!(leads.setting::<String>("pin").unwrap().as_deref(), Some("hash"));
    assert_eq!(leads.next_ticket("test-stop", "K01").unwrap(), 2);
    assert_eq!(leads.erase(&[Uuid::from_u128(1)], "now").unwrap(), 1);
    assert!(!folder.path().join("leads.before-2.db").exists());
    assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 1), (12, 1)]);
}
