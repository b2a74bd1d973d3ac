//! A person is forgotten: nothing of the lead is left, kiosks are told, and it never comes back.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, batch, run};
use contract::Api;
use contract::invented::{envelope_of, header, record};
use jiff::Timestamp;
use protocol::{Heartbeat, LeadBatch, Outcome};
use std::sync::Arc;
use uuid::Uuid;
use vault::seal::Recipient;

on_both_stores!(
    an_erased_lead_leaves_no_byte_and_never_comes_back,
    every_kiosk_that_has_it_is_told_until_it_says_done,
    an_erasure_amid_a_storm_misses_nothing,
    a_lead_still_on_its_way_can_be_erased_too,
    a_kiosk_that_enrols_anew_is_told_what_it_was_told_before,
    a_kiosk_whose_enrolment_was_lost_or_taken_away_is_told_too,
    after_a_restore_numbers_go_on_where_they_are_told_to,
);

fn an_erased_lead_leaves_no_byte_and_never_comes_back(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (client, enrolled) = stand.enrol().await;
        let key = &enrolled.leads_recipient;
        let (first, other) = (batch([1, 2], key), batch([1], key));
        client.send_leads(&first).await.unwrap();
        client.send_leads(&other).await.unwrap();
        // One so long that PostgreSQL keeps it apart from its row.
        let long = envelope_of(header(Uuid::from_u128(3)), &[b'x'; 9000], &key.parse().unwrap()).unwrap();
        let items = vec![long.clone()];
        client.send_leads(&LeadBatch { items }).await.unwrap();
        // A database looks at its rows by itself from time to time, for its planner.
        ground.sql("ANALYZE");
        let sealed = [&first.items[0].sealed, &other.items[0].sealed, &long.sealed];
        let kept = &first.items[1].sealed;
        let name = "زائر تجريبي Test Visiteur".as_bytes();
        assert!(sealed.iter().all(|bytes| ground.holds(bytes)));
        let store = &stand.app.store;
        assert_eq!(
            store.erase(Uuid::from_u128(1), None, Timestamp::now()).unwrap(),
            1
        );
        assert!(ground.holds(&long.sealed), "only the one is gone");
        store.erase(Uuid::from_u128(3), None, Timestamp::now()).unwrap();
        assert!(!sealed.iter().any(|bytes| ground.holds(bytes)));
        assert!(ground.holds(kept) && ground.holds(name), "only the one is gone");
        // The same bytes, other bytes, another revision: held as far as the kiosk is concerned, and not kept.
        let mut revised = header(Uuid::from_u128(1));
        revised.revision = 2;
        let correction = record(revised.clone(), "+33612000009");
        let recipient: Recipient = key.parse().unwrap();
        let revised = envelope_of(revised, &serde_json::to_vec(&correction).unwrap(), &recipient).unwrap();
        for items in [first.items[..1].to_vec(), other.items.clone(), vec![revised]] {
            let receipts = client.send_leads(&LeadBatch { items }).await.unwrap().receipts;
            assert_eq!(receipts[0].outcome, Outcome::Duplicate);
        }
        assert!(!sealed.iter().any(|bytes| ground.holds(bytes)) && !ground.holds(b"+33612000009"));
        assert_eq!(store.leads().unwrap().len(), 1);
        store.erase(Uuid::from_u128(2), None, Timestamp::now()).unwrap();
        assert!(
            !ground.holds(name) && !ground.holds(kept),
            "what was read is gone too"
        );
        // Figures stay: three leads came.
        let arrived: u64 = store
            .arrivals()
            .unwrap()
            .iter()
            .map(|arrivals| arrivals.leads)
            .sum();
        assert_eq!(arrived, 3);
        assert!(store.erase(Uuid::from_u128(99), None, Timestamp::now()).is_err());
    });
}

fn every_kiosk_that_has_it_is_told_until_it_says_done(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (sender, enrolled) = stand.enrol().await;
        let (stranger, _) = stand.enrol().await;
        let batch = batch([1, 2], &enrolled.leads_recipient);
        sender.send_leads(&batch).await.unwrap();
        for number in [1, 2] {
            stand
                .app
                .store
                .erase(Uuid::from_u128(number), None, Timestamp::now())
                .unwrap();
        }
        let told = sender.erasures(0).await.unwrap();
        let ids: Vec<_> = told.erasures.iter().map(|erasure| erasure.id).collect();
        assert_eq!(ids, [Uuid::from_u128(1), Uuid::from_u128(2)]);
        assert!(told.erasures[0].seq < told.erasures[1].seq);
        assert_eq!(told.newest, told.erasures[1].seq);
        assert_eq!(
            sender.erasures(told.erasures[0].seq).await.unwrap().erasures,
            told.erasures[1..]
        );
        assert_eq!(stranger.erasures(0).await.unwrap().newest, 0);
        let done: Vec<u64> = told.erasures.iter().map(|erasure| erasure.seq).collect();
        stranger.erasures_done(&done).await.unwrap();
        assert_eq!(
            sender.erasures(0).await.unwrap().erasures.len(),
            2,
            "only its own kiosk says so"
        );
        for _ in 0..2 {
            sender.erasures_done(&done).await.unwrap();
        }
        let left = sender.erasures(0).await.unwrap();
        assert_eq!(
            (left.erasures, left.newest),
            (Vec::new(), 0),
            "what is done is not told of again"
        );
        // A kiosk put back from an old copy sends it again, and is told again.
        sender.send_leads(&batch).await.unwrap();
        let again = sender.erasures(told.newest).await.unwrap();
        assert_eq!(again.erasures.len(), 2);
        assert!(again.newest > told.newest);
    });
}

fn an_erasure_amid_a_storm_misses_nothing(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (client, enrolled) = stand.enrol().await;
        let client = Arc::new(client);
        let batch = Arc::new(batch(1..=5, &enrolled.leads_recipient));
        client.send_leads(&batch).await.unwrap();
        let senders: Vec<_> = (0..6)
            .map(|_| {
                let (client, batch) = (Arc::clone(&client), Arc::clone(&batch));
                tokio::spawn(async move { client.send_leads(&batch).await.unwrap() })
            })
            .collect();
        let app = Arc::clone(&stand.app);
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
        assert!(!ground.holds(&batch.items[2].sealed));
        assert_eq!(stand.app.store.leads().unwrap().len(), 4);
    });
}

fn a_lead_still_on_its_way_can_be_erased_too(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (client, enrolled) = stand.enrol().await;
        let (store, lead) = (&stand.app.store, Uuid::from_u128(1));
        store
            .erase(lead, Some(&enrolled.kiosk), Timestamp::now())
            .unwrap();
        assert_eq!(client.erasures(0).await.unwrap().erasures[0].id, lead);
        let batch = batch([1], &enrolled.leads_recipient);
        let receipts = client.send_leads(&batch).await.unwrap();
        assert_eq!(receipts.receipts[0].outcome, Outcome::Duplicate);
        assert_eq!(store.leads().unwrap(), []);
        assert!(!ground.holds(&batch.items[0].sealed));
    });
}

/// The leads that a kiosk is told to erase.
async fn told(kiosk: &Api) -> Vec<u128> {
    let told = kiosk.erasures(0).await.unwrap();
    assert!(told.erasures.is_sorted_by(|a, b| a.seq < b.seq));
    let mut ids: Vec<_> = told.erasures.iter().map(|erasure| erasure.id.as_u128()).collect();
    ids.sort_unstable();
    ids
}

fn erase(stand: &Stand, lead: u128) {
    let erased = stand
        .app
        .store
        .erase(Uuid::from_u128(lead), None, Timestamp::now());
    erased.unwrap();
}

fn a_kiosk_that_enrols_anew_is_told_what_it_was_told_before(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (old, enrolled) = stand.enrol().await;
        old.send_leads(&batch(1..=4, &enrolled.leads_recipient))
            .await
            .unwrap();
        erase(&stand, 1);
        let done = old.erasures(0).await.unwrap().newest;
        old.erasures_done(&[done]).await.unwrap();
        erase(&stand, 2);
        let again = old.enrol(&stand.code()).await.unwrap();
        assert_eq!(again.kiosk, "K02");
        let new = stand.api().with_token(&again.token);
        assert_eq!(
            told(&new).await,
            [2],
            "what was left to do, and nothing that was done"
        );
        erase(&stand, 3);
        let third = new.enrol(&stand.code()).await.unwrap();
        let newest = stand.api().with_token(&third.token);
        erase(&stand, 4);
        assert_eq!(
            told(&newest).await,
            [2, 3, 4],
            "whatever it sent under whichever name"
        );
        let reply = newest.heartbeat(&Heartbeat::default()).await.unwrap();
        let left = newest.erasures(0).await.unwrap();
        assert_eq!(reply.erasures, left.newest);
        let all: Vec<u64> = left.erasures.iter().map(|erasure| erasure.seq).collect();
        newest.erasures_done(&all).await.unwrap();
        assert_eq!(newest.erasures(0).await.unwrap().newest, 0);
        // A stranger, and one with a token of nobody, have no past.
        let (stranger, _) = stand.enrol().await;
        let nobody = stand
            .api()
            .with_token("nobody")
            .enrol(&stand.code())
            .await
            .unwrap();
        for kiosk in [stranger, stand.api().with_token(&nobody.token)] {
            assert_eq!(told(&kiosk).await, [0; 0]);
        }
    });
}

fn a_kiosk_whose_enrolment_was_lost_or_taken_away_is_told_too(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (old, enrolled) = stand.enrol().await;
        old.send_leads(&batch(1..=4, &enrolled.leads_recipient))
            .await
            .unwrap();
        // The answer does not arrive: the kiosk is the one it was.
        old.enrol(&stand.code()).await.unwrap();
        erase(&stand, 1);
        assert_eq!(told(&old).await, [1]);
        // Taken away, and enrolled anew with the token that opens nothing any more.
        stand.app.store.revoke(&enrolled.kiosk).unwrap();
        stand.app.store.revoke(&enrolled.kiosk).unwrap();
        let refused = old.get("/v1/configuration").await.unwrap();
        refused.refused(401, "unauthorized").unwrap();
        let again = old.enrol(&stand.code()).await.unwrap();
        let new = stand.api().with_token(&again.token);
        assert_eq!(told(&new).await, [1]);
        erase(&stand, 2);
        assert_eq!(told(&new).await, [1, 2]);
        // It sends one that was erased: it has it.
        let leads = batch([2], &enrolled.leads_recipient);
        new.send_leads(&leads).await.unwrap();
        assert_eq!(told(&new).await, [1, 2]);
        let unknown = stand
            .app
            .store
            .erase(Uuid::from_u128(3), Some("K99"), Timestamp::now());
        assert!(unknown.unwrap_err().to_string().contains("K99"));
        assert_eq!(stand.app.store.leads().unwrap().len(), 2, "nothing was erased");
    });
}

fn after_a_restore_numbers_go_on_where_they_are_told_to(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        kiosk
            .send_leads(&batch(1..=1, &enrolled.leads_recipient))
            .await
            .unwrap();
        // As docs/sync.md has it.
        let raise = match ground.place.store {
            platform::Address::Folder(_) => {
                "DELETE FROM sqlite_sequence WHERE name = 'erasure_notice'; \
                 INSERT INTO sqlite_sequence VALUES ('erasure_notice', 1000000)"
            }
            platform::Address::Postgres(_) => {
                "SELECT setval(pg_get_serial_sequence('erasure_notice', 'seq'), 1000000)"
            }
        };
        assert!(include_str!("../../../../docs/sync.md").contains(raise));
        ground.sql(raise);
        erase(&stand, 1);
        assert_eq!(kiosk.erasures(0).await.unwrap().newest, 1_000_001);
    });
}
