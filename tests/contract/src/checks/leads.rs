//! Leads: each one counts once, unreadable ones are kept, and batches are stored completely or not at all.

use super::{Check, CheckResult, Context, checks};
use crate::api::{Api, CheckError};
use crate::ensure;
use crate::sample_leads::{batch, envelope, envelope_of, header, record};
use expo_protocol::{Envelope, LeadBatch, Outcome, Receipt, sha256_hex};
use expo_vault::seal::{Identity, SealError};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::task::JoinSet;
use uuid::Uuid;

pub const CHECKS: &[Check] = checks![
    "new leads are accepted, and each receipt has the id, revision and hash" => accepted,
    "the same bytes sent again are a duplicate, which is a success" => duplicate,
    "the same lead twice in one batch gets two receipts and counts once" => twice_in_one_batch,
    "parallel identical batches count each lead once" => parallel,
    "parallel batches with the same leads in opposite orders do not block each other" => opposite_orders,
    "other bytes with the same id and revision are a conflict, each time" => conflict,
    "each revision of a lead is a separate envelope" => revisions,
    "what cannot be read is kept and quarantined, also when it is sent again" => unreadable,
    "envelopes with headers of newer kiosks are kept" => newer_headers,
    "interests are read as objects and, of earlier kiosks, as project identifiers" => interests,
    "an empty batch gets no receipts" => empty,
    "a batch with one invalid envelope is refused, and none of its envelopes is stored" => all_or_nothing,
    "an envelope without a valid id, revision or base64 is 422 item_unreadable" => item_unreadable,
    "an envelope whose hash does not match its bytes is 422 item_damaged" => item_damaged,
    "zstd and plain bodies are read as the same batch" => encodings,
    "texts in any script and with control characters are accepted" => scripts,
];

#[expect(clippy::needless_pass_by_value, reason = "map_err passes the error by value")]
fn seal_failed(error: SealError) -> CheckError {
    CheckError(format!("the suite cannot seal a lead: {error}"))
}

/// Sends a batch and checks that each envelope has a receipt with its hash. Returns the outcomes in the order of the
/// envelopes.
async fn send(api: &Api, items: &[Envelope]) -> Result<Vec<Outcome>, CheckError> {
    let batch = LeadBatch {
        items: items.to_vec(),
    };
    outcomes(items, &api.send_leads(&batch).await?.receipts)
}

fn outcomes(items: &[Envelope], receipts: &[Receipt]) -> Result<Vec<Outcome>, CheckError> {
    ensure!(
        receipts.len() == items.len(),
        "{} receipts for {} envelopes",
        receipts.len(),
        items.len()
    );
    items
        .iter()
        .map(|item| {
            let own = receipts.iter().find(|receipt| {
                (receipt.id, receipt.revision, &receipt.sha256)
                    == (item.header.id, item.header.revision, &item.sha256)
            });
            own.map(|receipt| receipt.outcome).ok_or_else(|| {
                CheckError("an envelope gets no receipt with its id, revision and hash".to_owned())
            })
        })
        .collect()
}

/// Sends a batch and checks that every envelope has the expected outcome.
async fn send_expecting(api: &Api, items: &[Envelope], expected: Outcome) -> Result<(), CheckError> {
    let found = send(api, items).await?;
    ensure!(
        found.iter().all(|outcome| *outcome == expected),
        "{found:?} instead of {expected:?} for each envelope"
    );
    Ok(())
}

async fn accepted(context: &Context) -> CheckResult {
    let batch = batch(3, &context.recipient).map_err(seal_failed)?;
    send_expecting(&context.kiosk, &batch.items, Outcome::Accepted).await?;
    Ok(None)
}

async fn duplicate(context: &Context) -> CheckResult {
    let batch = batch(3, &context.recipient).map_err(seal_failed)?;
    send_expecting(&context.kiosk, &batch.items, Outcome::Accepted).await?;
    for _ in 0..2 {
        send_expecting(&context.kiosk, &batch.items, Outcome::Duplicate).await?;
    }
    Ok(None)
}

async fn twice_in_one_batch(context: &Context) -> CheckResult {
    let one = envelope(Uuid::now_v7(), &context.recipient).map_err(seal_failed)?;
    let batch = LeadBatch {
        items: vec![one.clone(), one],
    };
    let receipts = context.kiosk.send_leads(&batch).await?.receipts;
    let mut found: Vec<_> = receipts
        .iter()
        .map(|receipt| format!("{:?}", receipt.outcome))
        .collect();
    found.sort();
    ensure!(found == ["Accepted", "Duplicate"], "{found:?}");
    Ok(None)
}

/// Sends batches in parallel and checks that each lead is accepted exactly once.
async fn send_in_parallel(context: &Context, batches: Vec<LeadBatch>) -> Result<(), CheckError> {
    let mut sending = JoinSet::new();
    for batch in batches {
        let kiosk = context.kiosk.clone();
        sending.spawn(async move { kiosk.send_leads(&batch).await });
    }
    let mut accepted: BTreeMap<Uuid, u32> = BTreeMap::new();
    for receipts in sending.join_all().await {
        for receipt in receipts?.receipts {
            let count = accepted.entry(receipt.id).or_default();
            match receipt.outcome {
                Outcome::Accepted => *count += 1,
                Outcome::Duplicate => {}
                other => return Err(CheckError(format!("{other:?} for an identical envelope"))),
            }
        }
    }
    let wrong = accepted.values().filter(|count| **count != 1).count();
    ensure!(wrong == 0, "{wrong} leads were not accepted exactly once");
    Ok(())
}

async fn parallel(context: &Context) -> CheckResult {
    let batch = batch(20, &context.recipient).map_err(seal_failed)?;
    send_in_parallel(context, vec![batch; 8]).await?;
    Ok(None)
}

async fn opposite_orders(context: &Context) -> CheckResult {
    let forwards = batch(40, &context.recipient).map_err(seal_failed)?;
    let mut backwards = forwards.clone();
    backwards.items.reverse();
    let batches = [forwards, backwards].into_iter().cycle().take(8).collect();
    send_in_parallel(context, batches).await?;
    Ok(None)
}

async fn conflict(context: &Context) -> CheckResult {
    let id = Uuid::now_v7();
    let one = || envelope(id, &context.recipient).map_err(seal_failed);
    let (first, other) = (one()?, one()?);
    send_expecting(&context.kiosk, std::slice::from_ref(&first), Outcome::Accepted).await?;
    for _ in 0..2 {
        send_expecting(&context.kiosk, std::slice::from_ref(&other), Outcome::Conflict).await?;
    }
    send_expecting(&context.kiosk, &[first], Outcome::Duplicate).await?;
    Ok(None)
}

async fn revisions(context: &Context) -> CheckResult {
    let id = Uuid::now_v7();
    let mut second = header(id);
    second.revision = 2;
    let correction = record(second.clone(), "+33612000002");
    let plain = serde_json::to_vec(&correction).unwrap_or_default();
    let first = envelope(id, &context.recipient).map_err(seal_failed)?;
    let second = envelope_of(second, &plain, &context.recipient).map_err(seal_failed)?;
    // Any order is valid: a correction may arrive before the first revision.
    send_expecting(&context.kiosk, std::slice::from_ref(&second), Outcome::Accepted).await?;
    send_expecting(&context.kiosk, &[first], Outcome::Accepted).await?;
    send_expecting(&context.kiosk, &[second], Outcome::Duplicate).await?;
    Ok(None)
}

async fn unreadable(context: &Context) -> CheckResult {
    let id = Uuid::now_v7;
    let other_recipient = Identity::generate().recipient();
    let mut garbage = envelope(id(), &context.recipient).map_err(seal_failed)?;
    garbage.sealed = b"not an age file".to_vec();
    garbage.sha256 = sha256_hex(&garbage.sealed);
    let mut nothing = garbage.clone();
    nothing.header.id = id();
    nothing.sealed.clear();
    nothing.sha256 = sha256_hex(&[]);
    let another = serde_json::to_vec(&record(header(id()), "+33612000003")).unwrap_or_default();
    let items = [
        envelope(id(), &other_recipient).map_err(seal_failed)?,
        envelope_of(header(id()), b"{}", &context.recipient).map_err(seal_failed)?,
        envelope_of(header(id()), b"\xff\xfe", &context.recipient).map_err(seal_failed)?,
        envelope_of(header(id()), &another, &context.recipient).map_err(seal_failed)?,
        garbage,
        nothing,
    ];
    // The first answer may be lost, so the second one must not report an unread lead as read.
    for _ in 0..2 {
        send_expecting(&context.kiosk, &items, Outcome::Quarantined).await?;
    }
    Ok(None)
}

/// A batch of one envelope with a changed header.
fn with_header(context: &Context, change: impl Fn(&mut Value)) -> Result<Value, CheckError> {
    let item = envelope(Uuid::now_v7(), &context.recipient).map_err(seal_failed)?;
    let mut item = serde_json::to_value(item).map_err(|e| CheckError(e.to_string()))?;
    change(&mut item["header"]);
    Ok(json!({"items": [item]}))
}

async fn newer_headers(context: &Context) -> CheckResult {
    let changes: [fn(&mut Value); 6] = [
        |header| header["language"] = "xx".into(),
        |header| header["kind"] = "rating".into(),
        |header| header["taken_at"] = "yesterday".into(),
        |header| header["novelty"] = json!({"deep": [1, 2, {"deeper": null}]}),
        |header| header["stop"] = json!(7),
        |header| *header = json!({"id": header["id"], "revision": header["revision"]}),
    ];
    for change in changes {
        let batch = with_header(context, change)?;
        let receipts = |answer: crate::Answer| answer.document::<expo_protocol::LeadReceipts>(200);
        let first = receipts(context.kiosk.post("/v1/leads", &batch).await?)?.receipts;
        ensure!(
            first.len() == 1 && first[0].outcome.is_held(),
            "the envelope is not held: {first:?}"
        );
        let again = receipts(context.kiosk.post("/v1/leads", &batch).await?)?.receipts;
        let expected = match first[0].outcome {
            Outcome::Quarantined => Outcome::Quarantined,
            _ => Outcome::Duplicate,
        };
        ensure!(
            again.len() == 1 && again[0].outcome == expected,
            "sent again: {again:?} instead of {expected:?}"
        );
    }
    Ok(None)
}

async fn empty(context: &Context) -> CheckResult {
    send_expecting(&context.kiosk, &[], Outcome::Accepted).await?;
    Ok(None)
}

async fn all_or_nothing(context: &Context) -> CheckResult {
    let mut batch = batch(5, &context.recipient).map_err(seal_failed)?;
    batch.items[4].sealed[0] ^= 1;
    context
        .kiosk
        .post("/v1/leads", &batch)
        .await?
        .expect_problem(422, "item_damaged")?;
    batch.items.pop();
    // An envelope stored by the refused batch would be a duplicate now.
    send_expecting(&context.kiosk, &batch.items, Outcome::Accepted).await?;
    Ok(None)
}

async fn item_unreadable(context: &Context) -> CheckResult {
    let item = envelope(Uuid::now_v7(), &context.recipient).map_err(seal_failed)?;
    let item = serde_json::to_value(item).map_err(|e| CheckError(e.to_string()))?;
    let changes: [fn(&mut Value); 7] = [
        |item| item["header"]["id"] = "7".into(),
        |item| item["header"]["id"] = Value::Null,
        |item| item["header"]["revision"] = (-1).into(),
        |item| item["header"]["revision"] = "1".into(),
        |item| item["header"] = json!([]),
        |item| item["header"] = Value::Null,
        |item| item["sealed"] = "§".into(),
    ];
    for change in changes {
        let mut item = item.clone();
        change(&mut item);
        let answer = context.kiosk.post("/v1/leads", &json!({"items": [item]})).await?;
        answer.expect_problem(422, "item_unreadable")?;
    }
    Ok(None)
}

async fn item_damaged(context: &Context) -> CheckResult {
    let good = envelope(Uuid::now_v7(), &context.recipient).map_err(seal_failed)?;
    let (mut bytes, mut hash, mut case) = (good.clone(), good.clone(), good.clone());
    bytes.sealed.push(0);
    hash.sha256 = sha256_hex(b"something else");
    case.sha256.clear();
    for damaged in [bytes, hash, case] {
        let batch = LeadBatch { items: vec![damaged] };
        context
            .kiosk
            .post("/v1/leads", &batch)
            .await?
            .expect_problem(422, "item_damaged")?;
    }
    send_expecting(&context.kiosk, &[good], Outcome::Accepted).await?;
    Ok(None)
}

async fn encodings(context: &Context) -> CheckResult {
    let batch = batch(4, &context.recipient).map_err(seal_failed)?;
    let plain = serde_json::to_vec(&batch).map_err(|e| CheckError(e.to_string()))?;
    let compressed = zstd::bulk::compress(&plain, 3).map_err(|e| CheckError(e.to_string()))?;
    let encoding = [("content-type", "application/json"), ("content-encoding", "zstd")];
    let answer = context
        .kiosk
        .request(reqwest::Method::POST, "/v1/leads", &encoding, Some(compressed))
        .await?;
    let receipts: expo_protocol::LeadReceipts = answer.document(200)?;
    let found = outcomes(&batch.items, &receipts.receipts)?;
    ensure!(found == [Outcome::Accepted; 4], "{found:?} for a zstd body");
    send_expecting(&context.kiosk, &batch.items, Outcome::Duplicate).await?;
    Ok(None)
}

async fn scripts(context: &Context) -> CheckResult {
    let names = [
        "ⵜⵉⵎⵎⵣⵣⵓⵢⵜ Test",
        "اختبار\u{202e}Test",
        "Te\u{0}st",
        "Test'); DROP TABLE lead;--",
        "<b>Test</b>",
    ];
    for name in names {
        let mut record = record(header(Uuid::now_v7()), "+33612000004");
        name.clone_into(&mut record.lead.name);
        "contract-\u{0}test".clone_into(&mut record.header.stop);
        let plain = serde_json::to_vec(&record).map_err(|e| CheckError(e.to_string()))?;
        let item = envelope_of(record.header, &plain, &context.recipient).map_err(seal_failed)?;
        let found = send(&context.kiosk, &[item]).await?;
        ensure!(found[0].is_held(), "{found:?}");
    }
    Ok(None)
}

async fn interests(context: &Context) -> CheckResult {
    let forms = [
        json!(["P-1"]),
        json!([{"project": "P-1"}]),
        json!([{"project": "P-1", "unit": "P-1-02", "unit_number": "LI-002", "unit_surface_dm2": 120_000}]),
    ];
    for form in forms {
        let record = record(header(Uuid::now_v7()), "+33612000005");
        let mut document = serde_json::to_value(&record).map_err(|e| CheckError(e.to_string()))?;
        document["lead"]["interests"] = form.clone();
        let plain = document.to_string().into_bytes();
        let item = envelope_of(record.header, &plain, &context.recipient).map_err(seal_failed)?;
        let found = send(&context.kiosk, &[item]).await?;
        ensure!(found == [Outcome::Accepted], "{found:?} for interests {form}");
    }
    Ok(None)
}
