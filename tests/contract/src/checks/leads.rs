//! Leads: counted once, kept whatever they are, never in part.

use super::{Check, Seen, Visit, checks};
use crate::api::{Api, Fault};
use crate::demand;
use crate::invented::{batch, envelope, envelope_of, header, record};
use protocol::{Envelope, LeadBatch, Outcome, Receipt, sha256_hex};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::task::JoinSet;
use uuid::Uuid;
use vault::seal::{Identity, SealError};

pub const CHECKS: &[Check] = checks![
    "new leads are accepted, and each receipt names id, revision and hash" => accepted,
    "the same bytes again are a duplicate, a success" => duplicate,
    "the same lead twice in one batch has two receipts and counts once" => twice_in_one,
    "parallel identical batches count each lead once" => parallel,
    "batches with the same leads in opposite orders do not stop each other" => opposite,
    "other bytes under the same id and revision are a conflict, each time" => conflict,
    "another revision is another envelope" => revisions,
    "what cannot be read is kept and quarantined, and so it is when sent again while nobody read it" => unreadable,
    "headers of newer kiosks are kept" => newer_headers,
    "an empty batch has no receipts" => empty,
    "a batch with an envelope that cannot be kept is refused whole, and nothing of it is kept" => whole,
    "an envelope without usable id, revision or base64 is 422 item_unreadable" => item_unreadable,
    "an envelope whose hash is not that of its bytes is 422 item_damaged" => item_damaged,
    "zstd and plain bodies are the same batch" => encodings,
    "texts of any script and with control characters are taken" => scripts,
];

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn sealed(error: SealError) -> Fault {
    Fault(format!("sealing failed here: {error}"))
}

/// Sends, and demands one receipt an envelope with the envelope's hash; outcomes in the order of the envelopes.
async fn send(api: &Api, items: &[Envelope]) -> Result<Vec<Outcome>, Fault> {
    let batch = LeadBatch {
        items: items.to_vec(),
    };
    outcomes(items, &api.send_leads(&batch).await?.receipts)
}

fn outcomes(items: &[Envelope], receipts: &[Receipt]) -> Result<Vec<Outcome>, Fault> {
    demand!(
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
            own.map(|receipt| receipt.outcome)
                .ok_or_else(|| Fault("an envelope has no receipt with its id, revision and hash".to_owned()))
        })
        .collect()
}

/// Sends and demands the same outcome for every envelope.
async fn all(api: &Api, items: &[Envelope], wanted: Outcome) -> Result<(), Fault> {
    let found = send(api, items).await?;
    demand!(
        found.iter().all(|outcome| *outcome == wanted),
        "{found:?} instead of {wanted:?} for each"
    );
    Ok(())
}

async fn accepted(visit: &Visit) -> Seen {
    let batch = batch(3, &visit.recipient).map_err(sealed)?;
    all(&visit.kiosk, &batch.items, Outcome::Accepted).await?;
    Ok(None)
}

async fn duplicate(visit: &Visit) -> Seen {
    let batch = batch(3, &visit.recipient).map_err(sealed)?;
    all(&visit.kiosk, &batch.items, Outcome::Accepted).await?;
    for _ in 0..2 {
        all(&visit.kiosk, &batch.items, Outcome::Duplicate).await?;
    }
    Ok(None)
}

async fn twice_in_one(visit: &Visit) -> Seen {
    let one = envelope(Uuid::now_v7(), &visit.recipient).map_err(sealed)?;
    let batch = LeadBatch {
        items: vec![one.clone(), one],
    };
    let receipts = visit.kiosk.send_leads(&batch).await?.receipts;
    let mut found: Vec<_> = receipts
        .iter()
        .map(|receipt| format!("{:?}", receipt.outcome))
        .collect();
    found.sort();
    demand!(found == ["Accepted", "Duplicate"], "{found:?}");
    Ok(None)
}

/// Sends many batches at once and demands that every lead of theirs was accepted exactly once.
async fn storm(visit: &Visit, batches: Vec<LeadBatch>) -> Result<(), Fault> {
    let mut sending = JoinSet::new();
    for batch in batches {
        let kiosk = visit.kiosk.clone();
        sending.spawn(async move { kiosk.send_leads(&batch).await });
    }
    let mut accepted: BTreeMap<Uuid, u32> = BTreeMap::new();
    for answered in sending.join_all().await {
        for receipt in answered?.receipts {
            let count = accepted.entry(receipt.id).or_default();
            match receipt.outcome {
                Outcome::Accepted => *count += 1,
                Outcome::Duplicate => {}
                other => return Err(Fault(format!("{other:?} for an identical envelope"))),
            }
        }
    }
    let wrong = accepted.values().filter(|count| **count != 1).count();
    demand!(wrong == 0, "{wrong} leads were not accepted exactly once");
    Ok(())
}

async fn parallel(visit: &Visit) -> Seen {
    let batch = batch(20, &visit.recipient).map_err(sealed)?;
    storm(visit, vec![batch; 8]).await?;
    Ok(None)
}

async fn opposite(visit: &Visit) -> Seen {
    let forwards = batch(40, &visit.recipient).map_err(sealed)?;
    let mut backwards = forwards.clone();
    backwards.items.reverse();
    let batches = [forwards, backwards].into_iter().cycle().take(8).collect();
    storm(visit, batches).await?;
    Ok(None)
}

async fn conflict(visit: &Visit) -> Seen {
    let id = Uuid::now_v7();
    let one = || envelope(id, &visit.recipient).map_err(sealed);
    let (first, other) = (one()?, one()?);
    all(&visit.kiosk, std::slice::from_ref(&first), Outcome::Accepted).await?;
    for _ in 0..2 {
        all(&visit.kiosk, std::slice::from_ref(&other), Outcome::Conflict).await?;
    }
    all(&visit.kiosk, &[first], Outcome::Duplicate).await?;
    Ok(None)
}

async fn revisions(visit: &Visit) -> Seen {
    let id = Uuid::now_v7();
    let mut second = header(id);
    second.revision = 2;
    let correction = record(second.clone(), "+33612000002");
    let plain = serde_json::to_vec(&correction).unwrap_or_default();
    let first = envelope(id, &visit.recipient).map_err(sealed)?;
    let second = envelope_of(second, &plain, &visit.recipient).map_err(sealed)?;
    // In either order: a correction may come before what it corrects.
    all(&visit.kiosk, std::slice::from_ref(&second), Outcome::Accepted).await?;
    all(&visit.kiosk, &[first], Outcome::Accepted).await?;
    all(&visit.kiosk, &[second], Outcome::Duplicate).await?;
    Ok(None)
}

async fn unreadable(visit: &Visit) -> Seen {
    let id = Uuid::now_v7;
    let stranger = Identity::generate().recipient();
    let mut garbage = envelope(id(), &visit.recipient).map_err(sealed)?;
    garbage.sealed = b"not an age file".to_vec();
    garbage.sha256 = sha256_hex(&garbage.sealed);
    let mut nothing = garbage.clone();
    nothing.header.id = id();
    nothing.sealed.clear();
    nothing.sha256 = sha256_hex(&[]);
    let another = serde_json::to_vec(&record(header(id()), "+33612000003")).unwrap_or_default();
    let items = [
        envelope(id(), &stranger).map_err(sealed)?,
        envelope_of(header(id()), b"{}", &visit.recipient).map_err(sealed)?,
        envelope_of(header(id()), b"\xff\xfe", &visit.recipient).map_err(sealed)?,
        envelope_of(header(id()), &another, &visit.recipient).map_err(sealed)?,
        garbage,
        nothing,
    ];
    // The first answer may be lost: a kiosk must not take for read what was not.
    for _ in 0..2 {
        all(&visit.kiosk, &items, Outcome::Quarantined).await?;
    }
    Ok(None)
}

/// A batch of one envelope, its header changed.
fn with_header(visit: &Visit, change: impl Fn(&mut Value)) -> Result<Value, Fault> {
    let item = envelope(Uuid::now_v7(), &visit.recipient).map_err(sealed)?;
    let mut item = serde_json::to_value(item).map_err(|e| Fault(e.to_string()))?;
    change(&mut item["header"]);
    Ok(json!({"items": [item]}))
}

async fn newer_headers(visit: &Visit) -> Seen {
    let changes: [fn(&mut Value); 6] = [
        |header| header["language"] = "xx".into(),
        |header| header["kind"] = "rating".into(),
        |header| header["taken_at"] = "yesterday".into(),
        |header| header["novelty"] = json!({"deep": [1, 2, {"deeper": null}]}),
        |header| header["stop"] = json!(7),
        |header| *header = json!({"id": header["id"], "revision": header["revision"]}),
    ];
    for change in changes {
        let batch = with_header(visit, change)?;
        let receipts = |answer: crate::Answer| answer.document::<protocol::LeadReceipts>(200);
        let first = receipts(visit.kiosk.post("/v1/leads", &batch).await?)?.receipts;
        demand!(
            first.len() == 1 && first[0].outcome.is_held(),
            "not held: {first:?}"
        );
        let again = receipts(visit.kiosk.post("/v1/leads", &batch).await?)?.receipts;
        let wanted = match first[0].outcome {
            Outcome::Quarantined => Outcome::Quarantined,
            _ => Outcome::Duplicate,
        };
        demand!(
            again.len() == 1 && again[0].outcome == wanted,
            "sent again: {again:?} instead of {wanted:?}"
        );
    }
    Ok(None)
}

async fn empty(visit: &Visit) -> Seen {
    all(&visit.kiosk, &[], Outcome::Accepted).await?;
    Ok(None)
}

async fn whole(visit: &Visit) -> Seen {
    let mut batch = batch(5, &visit.recipient).map_err(sealed)?;
    batch.items[4].sealed[0] ^= 1;
    visit
        .kiosk
        .post("/v1/leads", &batch)
        .await?
        .refused(422, "item_damaged")?;
    batch.items.pop();
    // Had any of them been kept, it would be a duplicate.
    all(&visit.kiosk, &batch.items, Outcome::Accepted).await?;
    Ok(None)
}

async fn item_unreadable(visit: &Visit) -> Seen {
    let item = envelope(Uuid::now_v7(), &visit.recipient).map_err(sealed)?;
    let item = serde_json::to_value(item).map_err(|e| Fault(e.to_string()))?;
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
        let answer = visit.kiosk.post("/v1/leads", &json!({"items": [item]})).await?;
        answer.refused(422, "item_unreadable")?;
    }
    Ok(None)
}

async fn item_damaged(visit: &Visit) -> Seen {
    let good = envelope(Uuid::now_v7(), &visit.recipient).map_err(sealed)?;
    let (mut bytes, mut hash, mut case) = (good.clone(), good.clone(), good.clone());
    bytes.sealed.push(0);
    hash.sha256 = sha256_hex(b"something else");
    case.sha256.clear();
    for damaged in [bytes, hash, case] {
        let batch = LeadBatch { items: vec![damaged] };
        visit
            .kiosk
            .post("/v1/leads", &batch)
            .await?
            .refused(422, "item_damaged")?;
    }
    all(&visit.kiosk, &[good], Outcome::Accepted).await?;
    Ok(None)
}

async fn encodings(visit: &Visit) -> Seen {
    let batch = batch(4, &visit.recipient).map_err(sealed)?;
    let plain = serde_json::to_vec(&batch).map_err(|e| Fault(e.to_string()))?;
    let packed = zstd::bulk::compress(&plain, 3).map_err(|e| Fault(e.to_string()))?;
    let encoding = [("content-type", "application/json"), ("content-encoding", "zstd")];
    let answer = visit
        .kiosk
        .ask(reqwest::Method::POST, "/v1/leads", &encoding, Some(packed))
        .await?;
    let receipts: protocol::LeadReceipts = answer.document(200)?;
    let found = outcomes(&batch.items, &receipts.receipts)?;
    demand!(found == [Outcome::Accepted; 4], "{found:?} for a zstd body");
    all(&visit.kiosk, &batch.items, Outcome::Duplicate).await?;
    Ok(None)
}

async fn scripts(visit: &Visit) -> Seen {
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
        let plain = serde_json::to_vec(&record).map_err(|e| Fault(e.to_string()))?;
        let item = envelope_of(record.header, &plain, &visit.recipient).map_err(sealed)?;
        let found = send(&visit.kiosk, &[item]).await?;
        demand!(found[0].is_held(), "{found:?}");
    }
    Ok(None)
}
