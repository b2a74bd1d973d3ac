//! Leads in the store: each once, what cannot be read as it came, and all of it after a restart.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, batch, run};
use contract::invented::{envelope_of, header};
use platform::store::Received;
use protocol::{LeadBatch, LeadReceipts, Outcome};
use uuid::Uuid;

on_both_stores!(
    the_same_batch_twice_counts_each_lead_once,
    other_bytes_under_the_same_id_are_kept_beside,
    what_cannot_be_read_is_kept_raw_and_read_when_it_can_be,
    a_restart_keeps_everything,
);

fn outcomes(receipts: &LeadReceipts) -> Vec<Outcome> {
    receipts.receipts.iter().map(|receipt| receipt.outcome).collect()
}

fn the_same_batch_twice_counts_each_lead_once(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let batch = batch(1..=3, &enrolled.leads_recipient);
        let first = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&first), [Outcome::Accepted; 3]);
        let again = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&again), [Outcome::Duplicate; 3]);
        let leads = stand.app.store.leads().unwrap();
        assert_eq!(leads.len(), 3);
        assert_eq!(leads[0].name, "زائر تجريبي Test Visiteur");
        assert_eq!(
            (leads[0].phone.as_deref(), leads[0].ticket.as_str()),
            (Some("+33612000001"), "TST-001")
        );
    });
}

fn other_bytes_under_the_same_id_are_kept_beside(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let (first, other) = (
            batch([1], &enrolled.leads_recipient),
            batch([1], &enrolled.leads_recipient),
        );
        kiosk.send_leads(&first).await.unwrap();
        for _ in 0..2 {
            let receipts = kiosk.send_leads(&other).await.unwrap();
            assert_eq!(outcomes(&receipts), [Outcome::Conflict]);
        }
        let raw = stand.app.store.quarantine().unwrap();
        assert_eq!(raw.len(), 1);
        assert_eq!(raw[0].sealed, other.items[0].sealed);
        assert_eq!(stand.app.store.leads().unwrap().len(), 1);
    });
}

fn what_cannot_be_read_is_kept_raw_and_read_when_it_can_be(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let key = enrolled.leads_recipient.parse().unwrap();
        let stranger = vault::seal::Identity::generate().recipient();
        let items = vec![
            envelope_of(header(Uuid::from_u128(1)), b"{}", &stranger).unwrap(),
            envelope_of(header(Uuid::from_u128(2)), b"{}", &key).unwrap(),
        ];
        let batch = LeadBatch { items: items.clone() };
        // Sent again, because the answer was lost, they are as unread as before.
        for _ in 0..2 {
            let receipts = kiosk.send_leads(&batch).await.unwrap();
            assert_eq!(outcomes(&receipts), [Outcome::Quarantined; 2]);
        }
        let store = &stand.app.store;
        let raw = store.quarantine().unwrap();
        let bytes: Vec<_> = raw.iter().map(|row| &row.sealed).collect();
        assert_eq!(bytes, [&items[0].sealed, &items[1].sealed]);
        let sizes = store.sizes().unwrap();
        assert_eq!((sizes.leads, sizes.quarantined, sizes.conflicts), (0, 2, 0));
        // A newer platform understands the second one.
        let record = contract::invented::record(header(Uuid::from_u128(2)), "+33612000009");
        let understood = Received {
            id: Uuid::from_u128(2),
            revision: 1,
            sha256: raw[1].sha256.clone(),
            header: raw[1].header.clone(),
            sealed: raw[1].sealed.clone(),
            opened: Ok(Box::new(record)),
        };
        assert_eq!(store.read_at_last(std::slice::from_ref(&understood)).unwrap(), 1);
        assert_eq!(store.read_at_last(&[understood]).unwrap(), 0, "only once");
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

fn a_restart_keeps_everything(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let batch = batch(1..=2, &enrolled.leads_recipient);
        kiosk.send_leads(&batch).await.unwrap();
        drop(kiosk);
        stand.stop().await;
        let stand = Stand::start(ground).await;
        let kiosk = stand.api().with_token(&enrolled.token);
        assert_eq!(stand.app.keys.recipient().to_string(), enrolled.leads_recipient);
        let receipts = kiosk.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&receipts), [Outcome::Duplicate; 2]);
        assert_eq!(stand.app.store.leads().unwrap().len(), 2);
    });
}
