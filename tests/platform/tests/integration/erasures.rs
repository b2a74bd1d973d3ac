//! Erasure of leads: no bytes remain, kiosks get a notice, and an erased lead is never stored again.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, batch, run};
use contract::Api;
use contract::sample_leads::{envelope_of, header, record};
use expo_protocol::{Heartbeat, LeadBatch, Outcome};
use expo_vault::seal::Recipient;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

on_both_stores!(
    erased_lead_leaves_no_bytes_and_never_returns,
    kiosks_with_the_lead_get_notices_until_done,
    erasure_during_concurrent_uploads_misses_nothing,
    lead_can_be_erased_before_it_arrives,
    re_enrolled_kiosk_inherits_pending_erasures,
    lost_or_revoked_enrolments_still_get_erasures,
    erasure_numbers_can_be_raised_after_a_restore,
);

fn erased_lead_leaves_no_bytes_and_never_returns(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (client, enrolled) = platform.enrol().await;
        let key = &enrolled.leads_recipient;
        let (first, other) = (batch([1, 2], key), batch([1], key));
        client.send_leads(&first).await.unwrap();
        client.send_leads(&other).await.unwrap();
        // It is so long that PostgreSQL stores it outside its row.
        let long = envelope_of(header(Uuid::from_u128(3)), &[b'x'; 9000], &key.parse().unwrap()).unwrap();
        let items = vec![long.clone()];
        client.send_leads(&LeadBatch { items }).await.unwrap();
        // The database also does this automatically from time to time, for its query planner.
        test_store.sql("ANALYZE");
        let sealed = [&first.items[0].sealed, &other.items[0].sealed, &long.sealed];
        let kept = &first.items[1].sealed;
        let name = "زائر تجريبي Test Visiteur".as_bytes();
        assert!(sealed.iter().all(|bytes| test_store.holds(bytes)));
        let store = &platform.app.store;
        assert_eq!(
            store.erase(Uuid::from_u128(1), None, Timestamp::now()).unwrap(),
            1
        );
        assert!(test_store.holds(&long.sealed), "only the erased lead is gone");
        store.erase(Uuid::from_u128(3), None, Timestamp::now()).unwrap();
        assert!(!sealed.iter().any(|bytes| test_store.holds(bytes)));
        assert!(
            test_store.holds(kept) && test_store.holds(name),
            "only the erased lead is gone"
        );
        // The same bytes, other bytes, another revision: the receipt says held, but nothing is stored.
        let mut revised = header(Uuid::from_u128(1));
        revised.revision = 2;
        let correction = record(revised.clone(), "+33612000009");
        let recipient: Recipient = key.parse().unwrap();
        let revised = envelope_of(revised, &serde_json::to_vec(&correction).unwrap(), &recipient).unwrap();
        for items in [first.items[..1].to_vec(), other.items.clone(), vec![revised]] {
            let receipts = client.send_leads(&LeadBatch { items }).await.unwrap().receipts;
            assert_eq!(receipts[0].outcome, Outcome::Duplicate);
        }
        assert!(!sealed.iter().any(|bytes| test_store.holds(bytes)) && !test_store.holds(b"+33612000009"));
        assert_eq!(store.leads().unwrap().len(), 1);
        store.erase(Uuid::from_u128(2), None, Timestamp::now()).unwrap();
        assert!(
            !test_store.holds(name) && !test_store.holds(kept),
            "what was read is gone too"
        );
        // The figures still count three leads.
        let arrived: u64 = store
            .hourly_lead_counts()
            .unwrap()
            .iter()
            .map(|count| count.leads)
            .sum();
        assert_eq!(arrived, 3);
        assert!(store.erase(Uuid::from_u128(99), None, Timestamp::now()).is_err());
    });
}

fn kiosks_with_the_lead_get_notices_until_done(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (sender, enrolled) = platform.enrol().await;
        let (other_kiosk, _) = platform.enrol().await;
        let batch = batch([1, 2], &enrolled.leads_recipient);
        sender.send_leads(&batch).await.unwrap();
        for number in [1, 2] {
            platform
                .app
                .store
                .erase(Uuid::from_u128(number), None, Timestamp::now())
                .unwrap();
        }
        let pending = sender.erasures(0).await.unwrap();
        let ids: Vec<_> = pending.erasures.iter().map(|erasure| erasure.id).collect();
        assert_eq!(ids, [Uuid::from_u128(1), Uuid::from_u128(2)]);
        assert!(pending.erasures[0].seq < pending.erasures[1].seq);
        assert_eq!(pending.newest, pending.erasures[1].seq);
        assert_eq!(
            sender.erasures(pending.erasures[0].seq).await.unwrap().erasures,
            pending.erasures[1..]
        );
        assert_eq!(other_kiosk.erasures(0).await.unwrap().newest, 0);
        let done: Vec<u64> = pending.erasures.iter().map(|erasure| erasure.seq).collect();
        other_kiosk.erasures_done(&done).await.unwrap();
        assert_eq!(
            sender.erasures(0).await.unwrap().erasures.len(),
            2,
            "another kiosk cannot report it as done"
        );
        for _ in 0..2 {
            sender.erasures_done(&done).await.unwrap();
        }
        let left = sender.erasures(0).await.unwrap();
        assert_eq!(
            (left.erasures, left.newest),
            (Vec::new(), 0),
            "done erasures are not sent again"
        );
        // A kiosk restored from an old backup sends it again, and gets a new notice.
        sender.send_leads(&batch).await.unwrap();
        let again = sender.erasures(pending.newest).await.unwrap();
        assert_eq!(again.erasures.len(), 2);
        assert!(again.newest > pending.newest);
    });
}

fn erasure_during_concurrent_uploads_misses_nothing(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (client, enrolled) = platform.enrol().await;
        let client = Arc::new(client);
        let batch = Arc::new(batch(1..=5, &enrolled.leads_recipient));
        client.send_leads(&batch).await.unwrap();
        let senders: Vec<_> = (0..6)
            .map(|_| {
                let (client, batch) = (Arc::clone(&client), Arc::clone(&batch));
                tokio::spawn(async move { client.send_leads(&batch).await.unwrap() })
            })
            .collect();
        let app = Arc::clone(&platform.app);
        let erase = move || {
            app.store
                .erase(Uuid::from_u128(3), None, Timestamp::now())
                .map(|_| ())
        };
        tokio::task::spawn_blocking(erase).await.unwrap().unwrap();
        for sender in senders {
            let receipts = sender.await.unwrap().receipts;
            assert!(
                receipts
                    .iter()
                    .all(|receipt| receipt.outcome == Outcome::Duplicate)
            );
        }
        assert!(!test_store.holds(&batch.items[2].sealed));
        assert_eq!(platform.app.store.leads().unwrap().len(), 4);
    });
}

fn lead_can_be_erased_before_it_arrives(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (client, enrolled) = platform.enrol().await;
        let (store, lead) = (&platform.app.store, Uuid::from_u128(1));
        store
            .erase(lead, Some(&enrolled.kiosk), Timestamp::now())
            .unwrap();
        assert_eq!(client.erasures(0).await.unwrap().erasures[0].id, lead);
        let batch = batch([1], &enrolled.leads_recipient);
        let receipts = client.send_leads(&batch).await.unwrap();
        assert_eq!(receipts.receipts[0].outcome, Outcome::Duplicate);
        assert_eq!(store.leads().unwrap(), []);
        assert!(!test_store.holds(&batch.items[0].sealed));
    });
}

/// Identifiers of the leads that a kiosk has to erase.
async fn pending(kiosk: &Api) -> Vec<u128> {
    let reply = kiosk.erasures(0).await.unwrap();
    assert!(reply.erasures.is_sorted_by(|a, b| a.seq < b.seq));
    let mut ids: Vec<_> = reply
        .erasures
        .iter()
        .map(|erasure| erasure.id.as_u128())
        .collect();
    ids.sort_unstable();
    ids
}

fn erase(platform: &TestPlatform, lead: u128) {
    let erased = platform
        .app
        .store
        .erase(Uuid::from_u128(lead), None, Timestamp::now());
    erased.unwrap();
}

fn re_enrolled_kiosk_inherits_pending_erasures(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (old, enrolled) = platform.enrol().await;
        old.send_leads(&batch(1..=4, &enrolled.leads_recipient))
            .await
            .unwrap();
        erase(&platform, 1);
        let done = old.erasures(0).await.unwrap().newest;
        old.erasures_done(&[done]).await.unwrap();
        erase(&platform, 2);
        let again = old.enrol(&platform.code()).await.unwrap();
        assert_eq!(again.kiosk, "K02");
        let new = platform.api().with_token(&again.token);
        assert_eq!(
            pending(&new).await,
            [2],
            "pending erasures, and none that is done"
        );
        erase(&platform, 3);
        let third = new.enrol(&platform.code()).await.unwrap();
        let newest = platform.api().with_token(&third.token);
        erase(&platform, 4);
        assert_eq!(
            pending(&newest).await,
            [2, 3, 4],
            "for everything it sent under any of its identifiers"
        );
        let reply = newest.heartbeat(&Heartbeat::default()).await.unwrap();
        let left = newest.erasures(0).await.unwrap();
        assert_eq!(reply.erasures, left.newest);
        let all: Vec<u64> = left.erasures.iter().map(|erasure| erasure.seq).collect();
        newest.erasures_done(&all).await.unwrap();
        assert_eq!(newest.erasures(0).await.unwrap().newest, 0);
        // Another kiosk, and one with an unknown token, inherit nothing.
        let (other_kiosk, _) = platform.enrol().await;
        let nobody = platform
            .api()
            .with_token("nobody")
            .enrol(&platform.code())
            .await
            .unwrap();
        for kiosk in [other_kiosk, platform.api().with_token(&nobody.token)] {
            assert_eq!(pending(&kiosk).await, [0; 0]);
        }
    });
}

fn lost_or_revoked_enrolments_still_get_erasures(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (old, enrolled) = platform.enrol().await;
        old.send_leads(&batch(1..=4, &enrolled.leads_recipient))
            .await
            .unwrap();
        // The response is lost, so the kiosk keeps its identifier.
        old.enrol(&platform.code()).await.unwrap();
        erase(&platform, 1);
        assert_eq!(pending(&old).await, [1]);
        // Its token is revoked, and it enrols again with the revoked token.
        platform.app.store.revoke(&enrolled.kiosk).unwrap();
        platform.app.store.revoke(&enrolled.kiosk).unwrap();
        let refused = old.get("/v1/configuration").await.unwrap();
        refused.expect_problem(401, "unauthorized").unwrap();
        let again = old.enrol(&platform.code()).await.unwrap();
        let new = platform.api().with_token(&again.token);
        assert_eq!(pending(&new).await, [1]);
        erase(&platform, 2);
        assert_eq!(pending(&new).await, [1, 2]);
        // It sends an erased lead, so it still has it.
        let leads = batch([2], &enrolled.leads_recipient);
        new.send_leads(&leads).await.unwrap();
        assert_eq!(pending(&new).await, [1, 2]);
        let unknown = platform
            .app
            .store
            .erase(Uuid::from_u128(3), Some("K99"), Timestamp::now());
        assert!(unknown.unwrap_err().to_string().contains("K99"));
        assert_eq!(platform.app.store.leads().unwrap().len(), 2, "nothing was erased");
    });
}

fn erasure_numbers_can_be_raised_after_a_restore(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        kiosk
            .send_leads(&batch(1..=2, &enrolled.leads_recipient))
            .await
            .unwrap();
        // The statement is the one of docs/sync.md.
        let raise = match test_store.config.store {
            expo_platform::StoreAddress::Folder(_) => {
                "INSERT INTO sqlite_sequence SELECT 'erasure_notice', 0 \
                 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'erasure_notice'); \
                 UPDATE sqlite_sequence SET seq = seq + 1000000 WHERE name = 'erasure_notice'"
            }
            expo_platform::StoreAddress::Postgres(_) => {
                let raise = "SELECT setval('erasure_notice_seq_seq', \
                             greatest((SELECT max(seq) FROM erasure_notice), last_value) + 1000000) \
                             FROM erasure_notice_seq_seq";
                let script = include_str!("../../../../scripts/package/platform/postgres-backup.sh");
                assert!(script.contains(raise));
                raise
            }
        };
        assert!(include_str!("../../../../docs/sync.md").contains(raise));
        let mut received = 0;
        for lead in 1..=2 {
            test_store.sql(raise);
            erase(&platform, lead);
            let newest = kiosk.erasures(0).await.unwrap().newest;
            assert!(newest > received + 1_000_000, "{newest} after {received}");
            received = newest;
        }
    });
}
