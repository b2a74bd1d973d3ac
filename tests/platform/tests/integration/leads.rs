//! Leads in the store: each is stored once, unreadable ones unchanged, and all survive a restart.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, batch, run};
use contract::sample_leads::{envelope_of, header, record};
use expo_domain::Envelope;
use expo_domain::lead::{Rating, StaffEntry};
use expo_platform::store::ReceivedEnvelope;
use expo_protocol::{LeadBatch, LeadReceipts, Outcome};
use expo_vault::seal::{Identity, Recipient};
use uuid::Uuid;

on_both_stores!(
    same_batch_twice_stores_each_lead_once,
    other_bytes_under_the_same_id_are_a_conflict,
    unreadable_envelopes_are_quarantined_and_resolved,
    restart_keeps_all_leads,
    newest_revision_is_listed_and_all_are_kept,
    merged_leads_are_listed_and_erased_as_one,
);

fn outcomes(receipts: &LeadReceipts) -> Vec<Outcome> {
    receipts.receipts.iter().map(|receipt| receipt.outcome).collect()
}

fn same_batch_twice_stores_each_lead_once(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let batch = batch(1..=3, &enrolled.leads_recipient);
        let first = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&first), [Outcome::Accepted; 3]);
        let again = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&again), [Outcome::Duplicate; 3]);
        let leads = platform.app.store.leads().unwrap();
        assert_eq!(leads.len(), 3);
        assert_eq!(leads[0].name, "زائر تجريبي Test Visiteur");
        assert_eq!(
            (leads[0].phone.as_deref(), leads[0].ticket.as_str()),
            (Some("+33612000001"), "TST-001")
        );
    });
}

fn other_bytes_under_the_same_id_are_a_conflict(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let (first, other) = (
            batch([1], &enrolled.leads_recipient),
            batch([1], &enrolled.leads_recipient),
        );
        kiosk.send_leads(&first).await.unwrap();
        for _ in 0..2 {
            let receipts = kiosk.send_leads(&other).await.unwrap();
            assert_eq!(outcomes(&receipts), [Outcome::Conflict]);
        }
        let raw = platform.app.store.quarantine().unwrap();
        assert_eq!(raw.len(), 1);
        assert_eq!(raw[0].sealed, other.items[0].sealed);
        assert_eq!(platform.app.store.leads().unwrap().len(), 1);
    });
}

fn unreadable_envelopes_are_quarantined_and_resolved(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let key = enrolled.leads_recipient.parse().unwrap();
        let foreign_key = Identity::generate().recipient();
        let items = vec![
            envelope_of(header(Uuid::from_u128(1)), b"{}", &foreign_key).unwrap(),
            envelope_of(header(Uuid::from_u128(2)), b"{}", &key).unwrap(),
        ];
        let batch = LeadBatch { items: items.clone() };
        // Sent again after a lost response, they are still quarantined.
        for _ in 0..2 {
            let receipts = kiosk.send_leads(&batch).await.unwrap();
            assert_eq!(outcomes(&receipts), [Outcome::Quarantined; 2]);
        }
        let store = &platform.app.store;
        let raw = store.quarantine().unwrap();
        let bytes: Vec<_> = raw.iter().map(|row| &row.sealed).collect();
        assert_eq!(bytes, [&items[0].sealed, &items[1].sealed]);
        let counts = store.counts().unwrap();
        assert_eq!((counts.leads, counts.quarantined, counts.conflicts), (0, 2, 0));
        // A newer platform can read the second one.
        let record = record(header(Uuid::from_u128(2)), "+33612000009");
        let readable = ReceivedEnvelope {
            id: Uuid::from_u128(2),
            revision: 1,
            sha256: raw[1].sha256.clone(),
            header: raw[1].header.clone(),
            sealed: raw[1].sealed.clone(),
            opened: Ok(Box::new(record)),
        };
        assert_eq!(
            store
                .resolve_quarantined(std::slice::from_ref(&readable))
                .unwrap(),
            1
        );
        assert_eq!(store.resolve_quarantined(&[readable]).unwrap(), 0, "only once");
        assert_eq!(store.quarantine().unwrap().len(), 1);
        assert_eq!(store.leads().unwrap()[0].phone.as_deref(), Some("+33612000009"));
        let receipts = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&receipts), [Outcome::Quarantined, Outcome::Duplicate]);
        store
            .erase(Uuid::from_u128(1), None, jiff::Timestamp::now())
            .unwrap();
        let receipts = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&receipts), [Outcome::Duplicate; 2]);
    });
}

fn restart_keeps_all_leads(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let batch = batch(1..=2, &enrolled.leads_recipient);
        kiosk.send_leads(&batch).await.unwrap();
        drop(kiosk);
        platform.stop().await;
        let platform = TestPlatform::start(test_store).await;
        let kiosk = platform.api().with_token(&enrolled.token);
        assert_eq!(
            platform.app.keys.recipient().to_string(),
            enrolled.leads_recipient
        );
        let receipts = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&receipts), [Outcome::Duplicate; 2]);
        assert_eq!(platform.app.store.leads().unwrap().len(), 2);
    });
}

/// An envelope with revision `revision` of lead `id`, with what staff added.
fn revised(id: u128, revision: u32, staff: Option<StaffEntry>, key: &Recipient) -> Envelope {
    let mut header = header(Uuid::from_u128(id));
    header.revision = revision;
    let mut record = record(header.clone(), "+33612000001");
    record.staff = staff;
    envelope_of(header, &serde_json::to_vec(&record).unwrap(), key).unwrap()
}

fn staff_entry() -> StaffEntry {
    StaffEntry::new("2026-07-17T10:00:00Z".parse().unwrap())
}

fn newest_revision_is_listed_and_all_are_kept(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let key = enrolled.leads_recipient.parse().unwrap();
        let mut hot = staff_entry();
        hot.rating = Some(Rating::Hot);
        let (first, second) = (revised(1, 1, None, &key), revised(1, 2, Some(hot), &key));
        // Any order is valid.
        for items in [vec![second], vec![first]] {
            let receipts = kiosk.send_leads(&LeadBatch { items }).await.unwrap();
            assert_eq!(outcomes(&receipts), [Outcome::Accepted]);
        }
        let store = &platform.app.store;
        let leads = store.leads().unwrap();
        assert_eq!((leads.len(), leads[0].revision), (1, 2));
        assert_eq!(leads[0].staff.as_ref().unwrap().rating, Some(Rating::Hot));
        assert_eq!(store.lead_revisions().unwrap().len(), 2);
        assert_eq!(store.counts().unwrap().leads, 1);
        assert_eq!(store.reused_tickets().unwrap(), []);
    });
}

fn merged_leads_are_listed_and_erased_as_one(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let key = enrolled.leads_recipient.parse().unwrap();
        let (mut into, mut from) = (staff_entry(), staff_entry());
        into.merged = vec![Uuid::from_u128(2)];
        from.merged_into = Some(Uuid::from_u128(1));
        let from = revised(2, 2, Some(from), &key);
        let items = vec![
            revised(1, 1, None, &key),
            revised(2, 1, None, &key),
            from,
            revised(3, 1, None, &key),
        ];
        kiosk.send_leads(&LeadBatch { items }).await.unwrap();
        let store = &platform.app.store;
        assert_eq!(
            store.leads().unwrap().len(),
            3,
            "the other one does not say so yet"
        );
        let items = vec![revised(1, 2, Some(into), &key)];
        kiosk.send_leads(&LeadBatch { items }).await.unwrap();
        let listed: Vec<String> = store.leads().unwrap().into_iter().map(|lead| lead.id).collect();
        let ids = [1, 2, 3].map(|id| Uuid::from_u128(id).to_string());
        assert_eq!(listed, [ids[2].clone(), ids[0].clone()]);
        assert_eq!(store.lead_revisions().unwrap().len(), 5);
        for id in [1, 2] {
            let merged = store.merged_leads(Uuid::from_u128(id)).unwrap();
            assert_eq!(
                merged.into_iter().collect::<Vec<_>>(),
                [1, 2].map(Uuid::from_u128)
            );
        }
        assert_eq!(store.merged_leads(Uuid::from_u128(3)).unwrap().len(), 1);
    });
}
