//! Leads with several revisions: nothing is overwritten, and people count leads.

use super::leads::{holds, lead, with_bytes};
use expo_store::leads::salvage::Salvaged;
use expo_store::leads::{ExportEntry, FILE, ReplacementRules, Settlement};
use expo_store::{Leads, OutboxState, Retention, SealedLead};
use uuid::Uuid;

/// Revision of lead `id` with bytes of its own, which begin with `P` if they are for the platform.
fn revision(id: u128, revision: u32, for_platform: bool) -> SealedLead {
    let kind = if for_platform { "P" } else { "S" };
    let sealed = format!("{kind} CANARY {id} {revision} ").into_bytes().repeat(9);
    let mut lead = with_bytes(lead(id, for_platform), sealed);
    lead.envelope.header.revision = revision;
    lead
}

const fn is_for_platform(sealed: &[u8]) -> bool {
    matches!(sealed.first(), Some(b'P'))
}

fn open(folder: &std::path::Path) -> Leads {
    let rules = ReplacementRules {
        copied_settings: &[],
        is_for_platform,
    };
    Leads::open_or_replace(folder, rules).unwrap()
}

/// Leads 1 and 2, the first with a correction.
fn with_correction(folder: &std::path::Path) -> Leads {
    let leads = open(folder);
    leads.insert(None, &revision(1, 1, true)).unwrap();
    leads.insert(None, &revision(2, 1, true)).unwrap();
    assert!(leads.revise(None, &[revision(1, 2, true)]).unwrap());
    leads
}

fn receipt(lead: &SealedLead, reason: &str) -> Settlement {
    Settlement {
        id: lead.envelope.header.id,
        revision: lead.envelope.header.revision,
        sha256: lead.envelope.sha256.clone(),
        state: OutboxState::Acknowledged,
        reason: reason.to_owned(),
    }
}

/// Identifiers and revisions that would be sent, in order.
fn waiting(leads: &Leads) -> Vec<(u128, u32)> {
    let waiting = leads.waiting(None, 0, 99).unwrap();
    let headers = waiting.into_iter().map(|(_, lead)| lead.header);
    headers
        .map(|header| (header.id.as_u128(), header.revision))
        .collect()
}

/// Identifiers and revisions that would be exported, in order.
fn exported(leads: &Leads) -> Vec<(u128, u32)> {
    let envelopes = leads.envelopes_of_day(None).unwrap();
    let headers = envelopes.into_iter().map(|lead| lead.header);
    headers
        .map(|header| (header.id.as_u128(), header.revision))
        .collect()
}

fn export(leads: &Leads, revisions: &[(u128, u32)]) {
    let entry = ExportEntry {
        at: "t".to_owned(),
        day: None,
        format: "csv".to_owned(),
        leads: 1,
        sha256: "x".to_owned(),
        initials: None,
    };
    let revisions: Vec<_> = revisions
        .iter()
        .map(|(id, n)| (Uuid::from_u128(*id), *n))
        .collect();
    leads.record_export(&entry, &revisions).unwrap();
}

#[test]
fn all_revisions_are_sent_and_the_newest_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    assert_eq!(waiting(&leads), [(1, 1), (2, 1), (1, 2)]);
    assert_eq!(exported(&leads), [(1, 2), (2, 1)]);
    let stored = leads.revisions_of(Uuid::from_u128(1)).unwrap();
    assert_eq!(
        stored.iter().map(|stored| stored.revision).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(stored[0].state, Some(OutboxState::Waiting));
    assert_eq!(leads.revisions_of_ticket("tst-k01-0001").unwrap(), stored);
    assert_eq!(leads.revision_index().unwrap().revisions.len(), 3);
    let envelope = leads
        .envelope_of_revision(Uuid::from_u128(1), 1)
        .unwrap()
        .unwrap();
    assert_eq!(envelope.unwrap(), revision(1, 1, true).envelope);
    assert!(
        leads
            .envelope_of_revision(Uuid::from_u128(1), 3)
            .unwrap()
            .is_none()
    );
}

#[test]
fn figures_and_counts_count_leads() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    let day = &leads.days().unwrap()[0];
    assert_eq!((day.leads, day.unsent), (2, 2));
    assert_eq!(leads.by_hour("2026-02-12").unwrap(), [(11, 2)]);
    assert_eq!(leads.count_waiting().unwrap(), 2);
    assert_eq!(leads.outbox_counts().unwrap().waiting, 2);
    let revisions = [revision(1, 1, true), revision(1, 2, true)];
    for lead in &revisions {
        leads
            .settle(None, &[receipt(lead, "accepted")], "now", "sent")
            .unwrap();
    }
    assert_eq!(leads.setting::<u32>("sent").unwrap(), Some(1));
    let counts = leads.outbox_counts().unwrap();
    assert_eq!((counts.waiting, counts.acknowledged), (1, 1));
}

#[test]
fn a_waiting_correction_is_not_the_oldest_lead() {
    let folder = tempfile::tempdir().unwrap();
    let leads = open(folder.path());
    leads.insert(None, &revision(1, 1, true)).unwrap();
    leads
        .settle(None, &[receipt(&revision(1, 1, true), "accepted")], "now", "sent")
        .unwrap();
    leads.revise(None, &[revision(1, 2, true)]).unwrap();
    let counts = leads.outbox_counts().unwrap();
    assert_eq!((counts.waiting, counts.oldest), (1, None));
}

#[test]
fn corrections_follow_the_newest_revision_or_nothing_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    for conflict in [revision(1, 2, true), revision(1, 4, true), revision(9, 1, true)] {
        let both = [revision(2, 2, true), conflict];
        assert!(!leads.revise(None, &both).unwrap());
    }
    assert_eq!(leads.revision_index().unwrap().revisions.len(), 3);
    assert!(
        leads
            .revise(None, &[revision(2, 2, true), revision(1, 3, true)])
            .unwrap()
    );
    assert_eq!(exported(&leads), [(1, 3), (2, 2)]);
}

#[test]
fn corrections_before_enrolment_are_sent_once_resealed() {
    let folder = tempfile::tempdir().unwrap();
    let leads = open(folder.path());
    leads.insert(None, &revision(1, 1, false)).unwrap();
    leads.revise(None, &[revision(1, 2, false)]).unwrap();
    let sealed: Vec<u32> = leads
        .sealed_for_staff()
        .unwrap()
        .iter()
        .map(|lead| lead.header.revision)
        .collect();
    assert_eq!(sealed, [2]);
    assert_eq!(leads.outbox_counts().unwrap().sealed_for_staff, 1);
    // Staff corrected the lead while it was sealed again.
    leads.revise(None, &[revision(1, 3, true)]).unwrap();
    leads.reseal(None, &[revision(1, 3, true)]).unwrap();
    assert_eq!(waiting(&leads), [(1, 3)]);
}

#[test]
fn retention_waits_for_the_newest_revision() {
    let folder = tempfile::tempdir().unwrap();
    let leads = open(folder.path());
    leads.insert(None, &revision(1, 1, true)).unwrap();
    leads
        .settle(None, &[receipt(&revision(1, 1, true), "accepted")], "now", "sent")
        .unwrap();
    export(&leads, &[(1, 1)]);
    leads.revise(None, &[revision(1, 2, true)]).unwrap();
    let purge = |held_before| {
        let retention = Retention {
            exported_before: "2026-02-20",
            held_before,
        };
        leads.purge(retention, "now").unwrap()
    };
    assert_eq!(purge(Some("2026-02-20")), 0, "the correction is not sent");
    leads
        .settle(
            None,
            &[receipt(&revision(1, 2, true), "quarantined")],
            "now",
            "sent",
        )
        .unwrap();
    assert_eq!(
        purge(Some("2026-02-20")),
        0,
        "the platform cannot read the correction"
    );
    export(&leads, &[(1, 2)]);
    assert_eq!(purge(None), 0, "nor after an export");
}

#[test]
fn retention_deletes_all_revisions() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    let revisions = [revision(1, 1, true), revision(1, 2, true)];
    let receipts: Vec<_> = revisions.iter().map(|lead| receipt(lead, "accepted")).collect();
    leads.settle(None, &receipts, "now", "sent").unwrap();
    let exported_days = Retention {
        exported_before: "2026-02-20",
        held_before: None,
    };
    export(&leads, &[(1, 1)]);
    assert_eq!(
        leads.purge(exported_days, "now").unwrap(),
        0,
        "an earlier revision is exported"
    );
    export(&leads, &[(1, 2)]);
    assert_eq!(leads.purge(exported_days, "now").unwrap(), 1, "one lead");
    assert!(!holds(folder.path(), b"CANARY 1 ") && holds(folder.path(), b"CANARY 2 "));
}

#[test]
fn erasure_erases_all_revisions_and_names_the_ticket() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    let id = Uuid::from_u128(1);
    assert_eq!(leads.erase_ticket(&[id], "now", "TST-K01-0001").unwrap(), 1);
    assert!(!holds(folder.path(), b"CANARY 1 ") && holds(folder.path(), b"CANARY 2 "));
    assert!(!leads.revise(None, &[revision(1, 3, true)]).unwrap());
    assert_eq!(
        leads.audit_log(1).unwrap()[0].detail,
        "leads=1 ticket=TST-K01-0001"
    );
    assert_eq!(leads.days().unwrap()[0].leads, 2);
}

#[test]
fn a_damaged_correction_leaves_the_earlier_revision() {
    let folder = tempfile::tempdir().unwrap();
    drop(with_correction(folder.path()));
    let db = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    db.execute_batch("UPDATE lead SET sealed = x'00' WHERE revision = 2")
        .unwrap();
    drop(db);
    let leads = open(folder.path());
    assert_eq!(exported(&leads), [(1, 1), (2, 1)]);
    assert_eq!(leads.unreadable().unwrap().len(), 1);
    let damaged = leads
        .envelope_of_revision(Uuid::from_u128(1), 2)
        .unwrap()
        .unwrap();
    assert_eq!(damaged, Err("the sealed bytes do not match their SHA-256"));
}

#[test]
fn all_revisions_are_salvaged_and_sent() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    leads.insert(None, &revision(3, 1, false)).unwrap();
    leads.revise(None, &[revision(3, 2, true)]).unwrap();
    drop(leads);
    let salvaged = Salvaged::read(&std::fs::read(folder.path().join(FILE)).unwrap(), &[]);
    let target = tempfile::tempdir().unwrap();
    let leads = open(target.path());
    assert_eq!(leads.restore(&salvaged.leads).unwrap(), 3);
    assert_eq!(leads.restore(&salvaged.leads).unwrap(), 0);
    let sent = [(1, 1), (1, 2), (2, 1), (3, 2)];
    assert_eq!(waiting(&leads), sent, "the one for staff only was replaced");
    assert_eq!(exported(&leads), [(1, 2), (2, 1), (3, 2)]);
    assert_eq!(leads.days().unwrap()[0].leads, 3);
}

#[test]
fn lost_outbox_rows_of_all_revisions_are_restored() {
    let folder = tempfile::tempdir().unwrap();
    let leads = with_correction(folder.path());
    leads.insert(None, &revision(3, 1, false)).unwrap();
    leads.revise(None, &[revision(3, 2, true)]).unwrap();
    drop(leads);
    let db = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM outbox")
        .unwrap();
    drop(db);
    let leads = open(folder.path());
    leads.restore_outbox_rows().unwrap();
    let mut sent = waiting(&leads);
    sent.sort_unstable();
    assert_eq!(sent, [(1, 1), (1, 2), (2, 1), (3, 2)]);
}
