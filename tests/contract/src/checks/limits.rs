//! Limits: what is within them is taken, what is beyond is refused whole, before and after unpacking.

use super::{Check, Seen, Visit, checks};
use crate::api::{Answer, Fault};
use crate::demand;
use crate::invented::{batch, envelope, header};
use protocol::{
    Envelope, LeadBatch, LeadReceipts, MAX_BATCH_BYTES, MAX_BATCH_ITEMS, MAX_ERASURES, MAX_SEALED_BYTES,
    Outcome, sha256_hex,
};
use reqwest::Method;
use serde_json::json;
use std::io::Write;
use uuid::Uuid;
use zstd::zstd_safe::CParameter;

pub const CHECKS: &[Check] = checks![
    "100 envelopes in one batch are taken, 101 are 413" => items,
    "an envelope of 64 KiB sealed is taken, one byte more is 413" => sealed_bytes,
    "a batch of more than 256 KiB is 413, packed or not" => batch_bytes,
    "a body that unpacks without end is cut off with 413" => bomb,
    "a window of up to 1 MiB is taken, a larger one is 400" => window,
    "a zstd body that is cut short, damaged, or no zstd at all is 400" => broken_zstd,
    "another encoding than zstd is 415" => encoding,
    "more than 500 erasures at once are 413" => erasures,
];

async fn send(visit: &Visit, items: Vec<Envelope>) -> Result<Answer, Fault> {
    visit.kiosk.post("/v1/leads", &LeadBatch { items }).await
}

async fn packed(visit: &Visit, body: Vec<u8>) -> Result<Answer, Fault> {
    let headers = [("content-type", "application/json"), ("content-encoding", "zstd")];
    visit
        .kiosk
        .ask(Method::POST, "/v1/leads", &headers, Some(body))
        .await
}

/// An envelope of so many bytes that nobody can read.
fn unreadable(bytes: usize) -> Envelope {
    let sealed: Vec<u8> = (0..bytes).map(|index| index as u8).collect();
    Envelope {
        header: header(Uuid::now_v7()),
        sha256: sha256_hex(&sealed),
        sealed,
    }
}

/// Packed in one piece: the frame says how long it will be, and needs no larger window.
fn zstd(plain: &[u8]) -> Result<Vec<u8>, Fault> {
    zstd::bulk::compress(plain, 3).map_err(|e| Fault(e.to_string()))
}

async fn items(visit: &Visit) -> Seen {
    let full = batch(MAX_BATCH_ITEMS, &visit.recipient).map_err(|e| Fault(e.to_string()))?;
    let receipts: LeadReceipts = send(visit, full.items.clone()).await?.document(200)?;
    demand!(
        receipts.receipts.len() == MAX_BATCH_ITEMS,
        "not every envelope has a receipt"
    );
    let mut items = full.items;
    items.push(unreadable(10));
    send(visit, items).await?.refused(413, "too_large")?;
    Ok(None)
}

async fn sealed_bytes(visit: &Visit) -> Seen {
    let receipts: LeadReceipts = send(visit, vec![unreadable(MAX_SEALED_BYTES)])
        .await?
        .document(200)?;
    let outcome = receipts.receipts.first().map(|receipt| receipt.outcome);
    demand!(
        outcome == Some(Outcome::Quarantined),
        "{outcome:?} for garbage of 64 KiB"
    );
    let answer = send(visit, vec![unreadable(MAX_SEALED_BYTES + 1)]).await?;
    answer.refused(413, "too_large")?;
    Ok(None)
}

async fn batch_bytes(visit: &Visit) -> Seen {
    let mut within = json!({"items": []}).to_string();
    within.push_str(&" ".repeat(MAX_BATCH_BYTES - within.len()));
    let beyond = format!("{within} ");
    let plain = visit
        .kiosk
        .post_bytes("/v1/leads", within.clone().into_bytes())
        .await?;
    demand!(plain.status == 200, "just 256 KiB are {}", plain.status);
    let same = packed(visit, zstd(within.as_bytes())?).await?;
    demand!(same.status == 200, "just 256 KiB, packed, are {}", same.status);
    let plain = visit
        .kiosk
        .post_bytes("/v1/leads", beyond.clone().into_bytes())
        .await?;
    plain.refused(413, "too_large")?;
    packed(visit, zstd(beyond.as_bytes())?)
        .await?
        .refused(413, "too_large")?;
    Ok(None)
}

async fn bomb(visit: &Visit) -> Seen {
    let blanks = vec![b' '; 64 * 1024 * 1024];
    packed(visit, zstd(&blanks)?).await?.refused(413, "too_large")?;
    // The same without saying how long it is.
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).map_err(|e| Fault(e.to_string()))?;
    encoder
        .include_contentsize(false)
        .map_err(|e| Fault(e.to_string()))?;
    encoder.write_all(&blanks).map_err(|e| Fault(e.to_string()))?;
    let silent = encoder.finish().map_err(|e| Fault(e.to_string()))?;
    // The kiosk is refused whichever limit is met first: that of the window or that of the length.
    let answer = packed(visit, silent).await?;
    demand!(
        [400, 413].contains(&answer.status),
        "a bomb of unsaid length is {}",
        answer.status
    );
    Ok(None)
}

async fn window(visit: &Visit) -> Seen {
    let plain = serde_json::to_vec(&LeadBatch::default()).map_err(|e| Fault(e.to_string()))?;
    for (log, status) in [(20, 200), (21, 400), (27, 400)] {
        let pack = || {
            let mut encoder = zstd::Encoder::new(Vec::new(), 3)?;
            // Without a length in its head the frame has to say its window.
            encoder.include_contentsize(false)?;
            encoder.set_parameter(CParameter::WindowLog(log))?;
            encoder.write_all(&plain)?;
            encoder.finish()
        };
        let body = pack().map_err(|e: std::io::Error| Fault(e.to_string()))?;
        let answer = packed(visit, body).await?;
        demand!(
            answer.status == status,
            "a window of 2^{log} bytes is {}",
            answer.status
        );
    }
    Ok(None)
}

async fn broken_zstd(visit: &Visit) -> Seen {
    let item = envelope(Uuid::now_v7(), &visit.recipient).map_err(|e| Fault(e.to_string()))?;
    let batch = LeadBatch {
        items: vec![item.clone()],
    };
    let plain = serde_json::to_vec(&batch).map_err(|e| Fault(e.to_string()))?;
    let good = zstd(&plain)?;
    let mut trailing = good.clone();
    trailing.extend_from_slice(b"and more");
    let bodies = [
        plain,
        Vec::new(),
        good[..good.len() / 2].to_vec(),
        good[..good.len() - 1].to_vec(),
        good[1..].to_vec(),
        trailing,
    ];
    for (index, body) in bodies.into_iter().enumerate() {
        let answer = packed(visit, body).await?;
        demand!(answer.status == 400, "broken body {index} is {}", answer.status);
    }
    let receipts: LeadReceipts = send(visit, vec![item]).await?.document(200)?;
    let outcome = receipts.receipts.first().map(|receipt| receipt.outcome);
    demand!(
        outcome == Some(Outcome::Accepted),
        "something of it was kept: {outcome:?}"
    );
    Ok(None)
}

async fn encoding(visit: &Visit) -> Seen {
    for encoding in ["gzip", "br", "zstd, zstd", "ZSTD2"] {
        let headers = [
            ("content-type", "application/json"),
            ("content-encoding", encoding),
        ];
        let body = Some(b"{\"items\":[]}".to_vec());
        let answer = visit.kiosk.ask(Method::POST, "/v1/leads", &headers, body).await?;
        answer.refused(415, "encoding")?;
    }
    Ok(None)
}

async fn erasures(visit: &Visit) -> Seen {
    let done: Vec<u64> = (1..=MAX_ERASURES as u64 + 1).collect();
    let answer = visit.kiosk.post("/v1/erasures", &json!({"done": done})).await?;
    answer.refused(413, "too_large")?;
    Ok(None)
}
