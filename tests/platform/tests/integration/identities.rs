//! Two machines with one identity, tickets that two leads have, and audit logs that return to an earlier state. Leads
//! are stored all the same.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, run};
use contract::Api;
use contract::sample_leads::{envelope_of, header, record};
use expo_domain::LeadHeader;
use expo_protocol::{Envelope, Heartbeat, LeadBatch, LeadsCheck, Outcome};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

on_both_stores!(
    copy_of_a_kiosk_is_shown_and_served,
    reused_tickets_are_listed_and_stored,
    audit_log_that_returns_is_shown,
    damaged_leads_and_page_restarts_are_shown,
);

/// The overview as JSON.
async fn overview(platform: &TestPlatform) -> Value {
    let reader = platform.api().with_token(&platform.overview_token());
    reader.get("/overview.json").await.unwrap().document(200).unwrap()
}

async fn metrics(platform: &TestPlatform) -> String {
    let answer = platform.api().get("/metrics").await.unwrap();
    String::from_utf8(answer.body).unwrap()
}

/// Sends a report that names the previous one, with a head of the audit log.
async fn report(kiosk: &Api, id: &str, previous: Option<&str>, audit_head: Option<String>) {
    let report = Heartbeat {
        report_id: Some(id.to_owned()),
        previous_report_id: previous.map(str::to_owned),
        audit_head,
        ..Heartbeat::default()
    };
    kiosk.heartbeat(&report).await.unwrap();
}

fn copy_of_a_kiosk_is_shown_and_served(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        report(&kiosk, "a1", None, None).await;
        // The answer to a2 is lost, so a3 names a1 again.
        report(&kiosk, "a2", Some("a1"), None).await;
        report(&kiosk, "a3", Some("a1"), None).await;
        report(&kiosk, "a4", Some("a3"), None).await;
        assert_eq!(overview(&platform).await["kiosks"][0]["copied_at"], Value::Null);
        // The copy was made after a1.
        report(&kiosk, "b2", Some("a1"), None).await;
        report(&kiosk, "b3", Some("b2"), None).await;
        // One line alone may continue after a crash of the platform.
        assert_eq!(overview(&platform).await["kiosks"][0]["copied_at"], Value::Null);
        report(&kiosk, "a5", Some("a4"), None).await;
        report(&kiosk, "a6", Some("a5"), None).await;
        let figures = overview(&platform).await;
        assert_eq!(figures["kiosks"][0]["concerns"], json!(["copied"]));
        assert!(figures["kiosks"][0]["copied_at"].is_string());
        assert!(
            metrics(&platform)
                .await
                .contains("expo_held{what=\"kiosks_copied\"} 1")
        );
        let batch = crate::test_platform::batch([1], &enrolled.leads_recipient);
        let receipts = kiosk.send_leads(&batch).await.unwrap().receipts;
        assert_eq!(receipts[0].outcome, Outcome::Accepted);
        // After another enrolment the machine has an identity of its own.
        let (again, _) = platform.enrol().await;
        report(&again, "c1", None, None).await;
        assert_eq!(overview(&platform).await["kiosks"][1]["concerns"], json!([]));
    });
}

fn lead(number: u128, ticket: &str, revision: u32, recipient: &str) -> Envelope {
    let header = LeadHeader {
        ticket: ticket.to_owned(),
        revision,
        ..header(Uuid::from_u128(number))
    };
    let record = record(header, "+33612000001");
    let plain = serde_json::to_vec(&record).unwrap();
    envelope_of(record.header, &plain, &recipient.parse().unwrap()).unwrap()
}

fn reused_tickets_are_listed_and_stored(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let (other, _) = platform.enrol().await;
        let key = &enrolled.leads_recipient;
        let send = async |kiosk: &Api, items: Vec<Envelope>| {
            let receipts = kiosk.send_leads(&LeadBatch { items }).await.unwrap().receipts;
            assert!(
                receipts
                    .iter()
                    .all(|receipt| receipt.outcome == Outcome::Accepted)
            );
        };
        // A correction has the ticket of its lead.
        send(
            &kiosk,
            vec![lead(1, "TST-K01-0001", 1, key), lead(1, "TST-K01-0001", 2, key)],
        )
        .await;
        send(&kiosk, vec![lead(2, "TST-K01-0002", 1, key)]).await;
        let store = &platform.app.store;
        assert_eq!(store.reused_ticket_count().unwrap(), 0);
        send(&other, vec![lead(3, "TST-K01-0001", 1, key)]).await;
        // Two in one batch.
        send(
            &other,
            vec![lead(4, "TST-K02-0001", 1, key), lead(5, "TST-K02-0001", 1, key)],
        )
        .await;
        let reused: Vec<_> = store
            .reused_tickets()
            .unwrap()
            .into_iter()
            .map(|row| (row.ticket, row.id.parse::<Uuid>().unwrap().as_u128(), row.sent_by))
            .collect();
        let row = |ticket: &str, number, sent_by: &str| (ticket.to_owned(), number, sent_by.to_owned());
        assert_eq!(
            reused,
            [
                row("TST-K01-0001", 1, "K01"),
                row("TST-K01-0001", 3, "K02"),
                row("TST-K02-0001", 4, "K02"),
                row("TST-K02-0001", 5, "K02"),
            ]
        );
        assert_eq!(overview(&platform).await["totals"]["reused_tickets"], 2);
        assert!(
            metrics(&platform)
                .await
                .contains("expo_held{what=\"reused_tickets\"} 2")
        );
        assert_eq!(store.leads().unwrap().len(), 5);
        assert_eq!(store.lead_revisions().unwrap().len(), 6);
        for number in [3, 4] {
            store
                .erase(Uuid::from_u128(number), None, Timestamp::now())
                .unwrap();
        }
        assert_eq!(
            store.reused_tickets().unwrap().len(),
            1,
            "an erased lead has no ticket"
        );
    });
}

fn audit_log_that_returns_is_shown(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let head = |digit: &str| Some(digit.repeat(64));
        report(&kiosk, "a1", None, head("1")).await;
        report(&kiosk, "a2", Some("a1"), head("2")).await;
        // A late report with an old head proves nothing.
        report(&kiosk, "late", Some("a1"), head("1")).await;
        report(&kiosk, "a3", Some("a2"), head("3")).await;
        report(&kiosk, "a4", Some("a3"), head("3")).await;
        let first = overview(&platform).await["kiosks"][0].clone();
        assert_eq!(
            (&first["audit_head"], &first["concerns"]),
            (&json!("3".repeat(64)), &json!([]))
        );
        report(&kiosk, "a5", Some("a4"), head("2")).await;
        report(&kiosk, "a6", Some("a5"), head("2")).await;
        let later = overview(&platform).await["kiosks"][0].clone();
        assert_eq!(later["concerns"], json!(["audit_log_returned"]));
        assert_eq!(later["audit_head"], json!("2".repeat(64)));
    });
}

fn damaged_leads_and_page_restarts_are_shown(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let report = Heartbeat {
            page_restarts: 3,
            unreadable_leads: 2,
            leads_check: Some(LeadsCheck {
                checked_at: Timestamp::UNIX_EPOCH,
                damaged: true,
            }),
            ..Heartbeat::default()
        };
        kiosk.heartbeat(&report).await.unwrap();
        let figures = overview(&platform).await;
        let concerns = json!(["damaged_leads", "unreadable_leads", "page_restarts"]);
        assert_eq!(figures["kiosks"][0]["concerns"], concerns);
        let reader = platform.api().with_token(&platform.overview_token());
        let page = String::from_utf8(reader.get("/overview").await.unwrap().body).unwrap();
        for text in [
            "fichier des demandes est abîmé",
            "2 demandes illisibles",
            "redémarré 3 fois",
        ] {
            assert!(page.contains(text), "{text} is not shown");
        }
    });
}
