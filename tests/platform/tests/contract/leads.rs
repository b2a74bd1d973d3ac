//! Leads: counted once, kept whatever they are, refused only for what cannot be kept.

use crate::stand::{Stand, batch, envelope, envelope_of, folder, header, record, run};
use protocol::{LeadBatch, MAX_BATCH_BYTES, MAX_SEALED_BYTES, Outcome, sha256_hex};
use std::collections::BTreeMap;
use std::sync::Arc;
use sync::{Platform, PlatformError, State};

fn outcomes(receipts: &protocol::LeadReceipts) -> Vec<Outcome> {
    receipts.receipts.iter().map(|receipt| receipt.outcome).collect()
}

#[test]
fn the_same_batch_twice_counts_each_lead_once() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let batch = batch(1..=3, &enrolled.leads_recipient);
        let first = client.send_leads(&batch).await.unwrap();
        assert_eq!(outcomes(&first), [Outcome::Accepted; 3]);
        for (receipt, item) in first.receipts.iter().zip(&batch.items) {
            assert_eq!(
                (receipt.id, receipt.revision, &receipt.sha256),
                (item.header.id, 1, &item.sha256)
            );
        }
        assert_eq!(
            outcomes(&client.send_leads(&batch).await.unwrap()),
            [Outcome::Duplicate; 3]
        );
        let leads = stand.app.store.leads().unwrap();
        assert_eq!(leads.len(), 3);
        assert_eq!(leads[0].name, "زائر تجريبي Test Visiteur");
        assert_eq!(
            (leads[0].phone.as_deref(), leads[0].ticket.as_str()),
            (Some("+33612000001"), "TST-1")
        );
    });
}

#[test]
fn parallel_identical_batches_count_each_lead_once() {
    run(async {
        let dir = folder();
        // Two platforms side by side on one store.
        let stands = [Stand::start(dir.path()).await, Stand::start(dir.path()).await];
        let (_, enrolled) = stands[0].enrol().await;
        let batch = Arc::new(batch(1..=20, &enrolled.leads_recipient));
        let senders: Vec<_> = (0..8)
            .map(|sender| {
                let client = stands[sender % 2].client(Some(&enrolled.token));
                let batch = Arc::clone(&batch);
                tokio::spawn(async move { client.send_leads(&batch).await.unwrap() })
            })
            .collect();
        let mut accepted = BTreeMap::new();
        for sender in senders {
            for receipt in sender.await.unwrap().receipts {
                assert!(matches!(receipt.outcome, Outcome::Accepted | Outcome::Duplicate));
                *accepted.entry(receipt.id).or_insert(0) += i32::from(receipt.outcome == Outcome::Accepted);
            }
        }
        assert_eq!(accepted.len(), 20);
        assert!(accepted.values().all(|count| *count == 1));
        assert_eq!(stands[1].app.store.leads().unwrap().len(), 20);
    });
}

#[test]
fn other_bytes_under_the_same_id_are_kept_as_a_conflict() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let first = batch([1], &enrolled.leads_recipient);
        let other = batch([1], &enrolled.leads_recipient);
        assert_ne!(
            first.items[0].sha256, other.items[0].sha256,
            "sealing is never twice the same"
        );
        client.send_leads(&first).await.unwrap();
        for _ in 0..2 {
            assert_eq!(
                outcomes(&client.send_leads(&other).await.unwrap()),
                [Outcome::Conflict]
            );
        }
        assert_eq!(
            outcomes(&client.send_leads(&first).await.unwrap()),
            [Outcome::Duplicate]
        );
        let raw = stand.app.store.raw().unwrap();
        assert_eq!(raw, [("conflict".to_owned(), other.items[0].sealed.clone())]);
    });
}

#[test]
fn what_cannot_be_read_is_kept_raw() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let key = &enrolled.leads_recipient;
        let stranger = vault::seal::Identity::generate().recipient().to_string();
        let mut garbage = envelope(4, key);
        garbage.sealed = b"not an age file".to_vec();
        garbage.sha256 = sha256_hex(&garbage.sealed);
        let record = serde_json::to_vec(&record(9, "Test Visiteur")).unwrap();
        let items = vec![
            envelope(1, &stranger),
            envelope_of(header(2), b"{}", key),
            envelope_of(header(3), &record, key),
            garbage,
            envelope(5, key),
        ];
        let bytes: Vec<_> = items[..4].iter().map(|item| item.sealed.clone()).collect();
        let receipts = client.send_leads(&LeadBatch { items }).await.unwrap();
        let quarantined = Outcome::Quarantined;
        assert_eq!(
            outcomes(&receipts),
            [
                quarantined,
                quarantined,
                quarantined,
                quarantined,
                Outcome::Accepted
            ]
        );
        let raw: Vec<_> = stand
            .app
            .store
            .raw()
            .unwrap()
            .into_iter()
            .map(|(_, sealed)| sealed)
            .collect();
        assert_eq!(raw, bytes);
        assert_eq!(stand.app.store.leads().unwrap().len(), 1);
        assert_eq!(stand.app.store.unread().unwrap(), (4, 0));
    });
}

#[test]
fn a_header_of_a_newer_kiosk_is_kept_raw_too() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (_, enrolled) = stand.enrol().await;
        let item = serde_json::to_value(envelope(1, &enrolled.leads_recipient)).unwrap();
        let mut items = serde_json::json!({"items": [item]});
        items["items"][0]["header"]["language"] = "xx".into();
        let answer = stand
            .raw(post("/v1/leads", &enrolled.token, &items.to_string()))
            .await;
        assert!(
            answer.contains("200 OK") && answer.contains("\"quarantined\""),
            "{answer}"
        );
    });
}

#[test]
fn a_restart_keeps_everything() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let batch = batch(1..=2, &enrolled.leads_recipient);
        client.send_leads(&batch).await.unwrap();
        stand.stop().await;
        let stand = Stand::start(dir.path()).await;
        let client = stand.client(Some(&enrolled.token));
        assert_eq!(stand.app.keys.recipient().to_string(), enrolled.leads_recipient);
        assert_eq!(
            outcomes(&client.send_leads(&batch).await.unwrap()),
            [Outcome::Duplicate; 2]
        );
        assert_eq!(stand.app.store.leads().unwrap().len(), 2);
    });
}

#[test]
fn a_batch_with_a_damaged_item_is_refused_whole_and_keeps_nothing() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let mut batch = batch(1..=2, &enrolled.leads_recipient);
        batch.items[1].sealed[0] ^= 1;
        let error = client.send_leads(&batch).await.unwrap_err();
        assert!(error.refuses_content(), "{error}");
        assert!(
            matches!(error, PlatformError::Refused { status: 422, ref code, .. } if code == "item_damaged")
        );
        assert_eq!(stand.app.store.leads().unwrap(), []);
    });
}

#[test]
fn limits_hold_before_and_after_decompression() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let too_many = LeadBatch {
            items: vec![envelope(1, &enrolled.leads_recipient); 101],
        };
        let mut too_long = envelope(1, &enrolled.leads_recipient);
        too_long.sealed = vec![0; MAX_SEALED_BYTES + 1];
        too_long.sha256 = sha256_hex(&too_long.sealed);
        let mut bomb = envelope(1, &enrolled.leads_recipient);
        bomb.header.boot_id = " ".repeat(50 * MAX_BATCH_BYTES);
        for items in [too_many.items, vec![too_long], vec![bomb]] {
            let error = client.send_leads(&LeadBatch { items }).await.unwrap_err();
            assert!(
                matches!(error, PlatformError::Refused { status: 413, .. }),
                "{error}"
            );
        }
        let long = " ".repeat(MAX_BATCH_BYTES + 10_000);
        let answer = stand.raw(post("/v1/leads", &enrolled.token, &long)).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    });
}

#[test]
fn strangers_are_refused() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        for client in [stand.client(None), stand.client(Some("wrong"))] {
            assert_eq!(
                client
                    .send_leads(&LeadBatch::default())
                    .await
                    .unwrap_err()
                    .state(),
                State::Unauthorized
            );
            assert_eq!(
                client.checkpoint().await.unwrap_err().state(),
                State::Unauthorized
            );
            assert_eq!(
                client.picture("00").await.unwrap_err().state(),
                State::Unauthorized
            );
        }
    });
}

fn post(path: &str, token: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
