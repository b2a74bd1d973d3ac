//! Size limits, before and after decompression: requests within them are accepted, larger ones are refused completely.

use super::{Check, CheckResult, Context, checks};
use crate::api::{Answer, CheckError};
use crate::ensure;
use crate::sample_leads::{batch, envelope, header};
use expo_protocol::{
    Envelope, LeadBatch, LeadReceipts, MAX_BATCH_BYTES, MAX_BATCH_ITEMS, MAX_ERASURES, MAX_SEALED_BYTES,
    Outcome, sha256_hex,
};
use reqwest::Method;
use serde_json::json;
use std::io::Write;
use uuid::Uuid;
use zstd::zstd_safe::CParameter;

pub const CHECKS: &[Check] = checks![
    "a batch of 100 envelopes is accepted, one of 101 is 413" => items,
    "an envelope of 64 KiB sealed is accepted, one byte more is 413" => sealed_bytes,
    "a batch of more than 256 KiB is 413, compressed or not" => batch_bytes,
    "a body that decompresses far beyond the limit is refused with 413" => decompression_bomb,
    "a zstd window of up to 1 MiB is accepted, a larger one is 400" => window,
    "a zstd body that is truncated, damaged or not zstd is 400" => broken_zstd,
    "a content encoding other than zstd is 415" => encoding,
    "a report of more than 500 erasures is 413" => erasures,
];

async fn send(context: &Context, items: Vec<Envelope>) -> Result<Answer, CheckError> {
    context.kiosk.post("/v1/leads", &LeadBatch { items }).await
}

async fn send_compressed(context: &Context, body: Vec<u8>) -> Result<Answer, CheckError> {
    let headers = [("content-type", "application/json"), ("content-encoding", "zstd")];
    context
        .kiosk
        .request(Method::POST, "/v1/leads", &headers, Some(body))
        .await
}

/// An envelope of `bytes` bytes that cannot be opened.
fn unreadable(bytes: usize) -> Envelope {
    let sealed: Vec<u8> = (0..bytes).map(|index| index as u8).collect();
    Envelope {
        header: header(Uuid::now_v7()),
        sha256: sha256_hex(&sealed),
        sealed,
    }
}

/// Compresses in one piece: the frame states its content size and needs no larger window.
fn zstd(plain: &[u8]) -> Result<Vec<u8>, CheckError> {
    zstd::bulk::compress(plain, 3).map_err(|e| CheckError(e.to_string()))
}

async fn items(context: &Context) -> CheckResult {
    let full = batch(MAX_BATCH_ITEMS, &context.recipient).map_err(|e| CheckError(e.to_string()))?;
    let receipts: LeadReceipts = send(context, full.items.clone()).await?.document(200)?;
    ensure!(
        receipts.receipts.len() == MAX_BATCH_ITEMS,
        "not every envelope gets a receipt"
    );
    let mut items = full.items;
    items.push(unreadable(10));
    send(context, items).await?.expect_problem(413, "too_large")?;
    Ok(None)
}

async fn sealed_bytes(context: &Context) -> CheckResult {
    let receipts: LeadReceipts = send(context, vec![unreadable(MAX_SEALED_BYTES)])
        .await?
        .document(200)?;
    let outcome = receipts.receipts.first().map(|receipt| receipt.outcome);
    ensure!(
        outcome == Some(Outcome::Quarantined),
        "{outcome:?} for 64 KiB of random bytes"
    );
    let answer = send(context, vec![unreadable(MAX_SEALED_BYTES + 1)]).await?;
    answer.expect_problem(413, "too_large")?;
    Ok(None)
}

async fn batch_bytes(context: &Context) -> CheckResult {
    let mut within = json!({"items": []}).to_string();
    within.push_str(&" ".repeat(MAX_BATCH_BYTES - within.len()));
    let beyond = format!("{within} ");
    let plain = context
        .kiosk
        .post_bytes("/v1/leads", within.clone().into_bytes())
        .await?;
    ensure!(plain.status == 200, "exactly 256 KiB get status {}", plain.status);
    let same = send_compressed(context, zstd(within.as_bytes())?).await?;
    ensure!(
        same.status == 200,
        "exactly 256 KiB, compressed, get status {}",
        same.status
    );
    let plain = context
        .kiosk
        .post_bytes("/v1/leads", beyond.clone().into_bytes())
        .await?;
    plain.expect_problem(413, "too_large")?;
    send_compressed(context, zstd(beyond.as_bytes())?)
        .await?
        .expect_problem(413, "too_large")?;
    Ok(None)
}

async fn decompression_bomb(context: &Context) -> CheckResult {
    let blanks = vec![b' '; 64 * 1024 * 1024];
    send_compressed(context, zstd(&blanks)?)
        .await?
        .expect_problem(413, "too_large")?;
    // The same without a content size in the frame.
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).map_err(|e| CheckError(e.to_string()))?;
    encoder
        .include_contentsize(false)
        .map_err(|e| CheckError(e.to_string()))?;
    encoder
        .write_all(&blanks)
        .map_err(|e| CheckError(e.to_string()))?;
    let unsized_frame = encoder.finish().map_err(|e| CheckError(e.to_string()))?;
    // Either limit may apply first: the window or the length.
    let answer = send_compressed(context, unsized_frame).await?;
    ensure!(
        [400, 413].contains(&answer.status),
        "a bomb without a content size gets status {}",
        answer.status
    );
    Ok(None)
}

async fn window(context: &Context) -> CheckResult {
    let plain = serde_json::to_vec(&LeadBatch::default()).map_err(|e| CheckError(e.to_string()))?;
    for (log, status) in [(20, 200), (21, 400), (27, 400)] {
        let compress = || {
            let mut encoder = zstd::Encoder::new(Vec::new(), 3)?;
            // Without a content size the frame header must state its window.
            encoder.include_contentsize(false)?;
            encoder.set_parameter(CParameter::WindowLog(log))?;
            encoder.write_all(&plain)?;
            encoder.finish()
        };
        let body = compress().map_err(|e: std::io::Error| CheckError(e.to_string()))?;
        let answer = send_compressed(context, body).await?;
        ensure!(
            answer.status == status,
            "a window of 2^{log} bytes gets status {}",
            answer.status
        );
    }
    Ok(None)
}

async fn broken_zstd(context: &Context) -> CheckResult {
    let item = envelope(Uuid::now_v7(), &context.recipient).map_err(|e| CheckError(e.to_string()))?;
    let batch = LeadBatch {
        items: vec![item.clone()],
    };
    let plain = serde_json::to_vec(&batch).map_err(|e| CheckError(e.to_string()))?;
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
        let answer = send_compressed(context, body).await?;
        ensure!(
            answer.status == 400,
            "invalid body {index} gets status {}",
            answer.status
        );
    }
    let receipts: LeadReceipts = send(context, vec![item]).await?.document(200)?;
    let outcome = receipts.receipts.first().map(|receipt| receipt.outcome);
    ensure!(
        outcome == Some(Outcome::Accepted),
        "an invalid body was stored in part: {outcome:?}"
    );
    Ok(None)
}

async fn encoding(context: &Context) -> CheckResult {
    for encoding in ["gzip", "br", "zstd, zstd", "ZSTD2"] {
        let headers = [
            ("content-type", "application/json"),
            ("content-encoding", encoding),
        ];
        let body = Some(b"{\"items\":[]}".to_vec());
        let answer = context
            .kiosk
            .request(Method::POST, "/v1/leads", &headers, body)
            .await?;
        answer.expect_problem(415, "encoding")?;
    }
    Ok(None)
}

async fn erasures(context: &Context) -> CheckResult {
    let done: Vec<u64> = (1..=MAX_ERASURES as u64 + 1).collect();
    let answer = context.kiosk.post("/v1/erasures", &json!({"done": done})).await?;
    answer.expect_problem(413, "too_large")?;
    Ok(None)
}
