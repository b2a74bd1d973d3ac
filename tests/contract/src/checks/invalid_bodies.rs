//! Invalid bodies, written by hand and generated: they are refused as agreed, and the platform keeps working.

use super::{Check, CheckResult, Context, checks};
use crate::api::{CheckError, ECHO_MARKER};
use crate::ensure;
use crate::sample_leads::{batch, envelope};
use expo_protocol::{Heartbeat, LeadBatch, Outcome};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

pub const CHECKS: &[Check] = checks![
    "a body that is not JSON, or not the expected document, is 400 malformed" => malformed,
    "deeply nested and very large documents are refused" => oversized,
    "batches with random damage are accepted, refused or quarantined, never an internal error" => damaged_batches,
    "documents with random values never cause an internal error" => random_documents,
    "after all invalid bodies, leads are still accepted" => still_works,
];

/// Generated bodies of each kind.
const CASES: usize = 120;

async fn malformed(context: &Context) -> CheckResult {
    let marked = format!("{{\"items\":[{{\"{ECHO_MARKER}\":{ECHO_MARKER}}}]}}");
    let cut = "{\"items\":[{\"header\":{\"id\":\"";
    let items = [
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        "{\"items\":{}}",
        "{\"items\":[null]}",
        cut,
        marked.as_str(),
    ];
    for body in items {
        let answer = context.kiosk.post_bytes("/v1/leads", body.into()).await?;
        answer
            .expect_problem(400, "malformed")
            .map_err(|e| CheckError(format!("leads {body:?}: {e}")))?;
    }
    let marked = json!({"program": 7, "waiting": ECHO_MARKER}).to_string();
    for body in ["", "{}", "[]", "{\"waiting\":-1}", marked.as_str()] {
        let answer = context.kiosk.post_bytes("/v1/heartbeat", body.into()).await?;
        answer
            .expect_problem(400, "malformed")
            .map_err(|e| CheckError(format!("heartbeat {body:?}: {e}")))?;
    }
    for body in ["", "{}", "{\"done\":7}", "{\"done\":[-1]}", "{\"done\":[\"1\"]}"] {
        let answer = context.kiosk.post_bytes("/v1/erasures", body.into()).await?;
        answer
            .expect_problem(400, "malformed")
            .map_err(|e| CheckError(format!("erasures {body:?}: {e}")))?;
    }
    Ok(None)
}

async fn oversized(context: &Context) -> CheckResult {
    let deep = format!("{{\"items\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
    let wide = format!("{{\"items\":[{}7]}}", "7,".repeat(100_000));
    let number = format!("{{\"items\":{}}}", "9".repeat(100_000));
    for path in ["/v1/leads", "/v1/heartbeat", "/v1/erasures"] {
        for body in [&deep, &wide, &number] {
            let answer = context.kiosk.post_bytes(path, body.clone().into_bytes()).await?;
            ensure!(
                [400, 413].contains(&answer.status),
                "{path}: status {}",
                answer.status
            );
        }
    }
    Ok(None)
}

/// [`CASES`] values of a strategy, the same in every run.
fn values<S: Strategy>(strategy: &S) -> Vec<S::Value> {
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    (0..CASES)
        .filter_map(|_| strategy.new_tree(&mut runner).ok())
        .map(|tree| tree.current())
        .collect()
}

/// Damage to a body: position in thousandths of its length, number of bytes to remove, bytes to insert.
fn damage() -> impl Strategy<Value = Vec<(u16, u8, Vec<u8>)>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    prop::collection::vec((0..1000_u16, 0..6_u8, bytes), 1..5)
}

async fn damaged_batches(context: &Context) -> CheckResult {
    let batch = batch(2, &context.recipient).map_err(|e| CheckError(e.to_string()))?;
    let plain = serde_json::to_vec(&batch).map_err(|e| CheckError(e.to_string()))?;
    let compressed = zstd::bulk::compress(&plain, 3).map_err(|e| CheckError(e.to_string()))?;
    let json = ("content-type", "application/json");
    for (index, damage) in values(&damage()).into_iter().enumerate() {
        let is_compressed = index % 2 == 1;
        let mut body = if is_compressed {
            compressed.clone()
        } else {
            plain.clone()
        };
        for (position, removed, inserted) in damage {
            let start = body.len() * usize::from(position) / 1000;
            let end = (start + usize::from(removed)).min(body.len());
            body.splice(start..end, inserted);
        }
        let headers = [
            json,
            (
                "content-encoding",
                if is_compressed { "zstd" } else { "identity" },
            ),
        ];
        let answer = context
            .kiosk
            .request(reqwest::Method::POST, "/v1/leads", &headers, Some(body))
            .await?;
        ensure!(
            [200, 400, 413, 422].contains(&answer.status),
            "damaged batch {index} gets status {}",
            answer.status
        );
    }
    Ok(None)
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "items", "header", "id", "revision", "sealed", "sha256", "code", "program", "waiting", "done",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..6).prop_map(|pairs| {
                Value::Object(
                    pairs
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

async fn random_documents(context: &Context) -> CheckResult {
    let heartbeat = serde_json::to_value(Heartbeat::default()).map_err(|e| CheckError(e.to_string()))?;
    // The strategy is not `Send`: it must be dropped before the first await.
    let documents = values(&any_json());
    for (index, value) in documents.into_iter().enumerate() {
        // Replaces one field of a valid report, or the complete document.
        let mut report = heartbeat.clone();
        if let Some(fields) = report.as_object_mut() {
            let name = fields
                .keys()
                .nth(index % fields.len())
                .cloned()
                .unwrap_or_default();
            fields.insert(name, value.clone());
        }
        for (path, body) in [
            ("/v1/heartbeat", &report),
            ("/v1/leads", &json!({"items": [value.clone()]})),
            ("/v1/leads", &value),
            ("/v1/erasures", &value),
        ] {
            let answer = context.kiosk.post(path, body).await?;
            ensure!(
                [200, 400, 413, 422].contains(&answer.status),
                "{path} with random document {index} gets status {}",
                answer.status
            );
        }
        // A string would count as a wrong code, and an address may send only thirty of them.
        if !value.is_string() {
            let request = json!({"code": value, "program": "contract"});
            let answer = context.anonymous.post("/v1/enrolments", &request).await?;
            ensure!(
                answer.status == 400,
                "an enrolment with random code {index} gets status {}",
                answer.status
            );
        }
    }
    Ok(None)
}

async fn still_works(context: &Context) -> CheckResult {
    let item = envelope(Uuid::now_v7(), &context.recipient).map_err(|e| CheckError(e.to_string()))?;
    let receipts = context.kiosk.send_leads(&LeadBatch { items: vec![item] }).await?;
    let outcome = receipts.receipts.first().map(|receipt| receipt.outcome);
    ensure!(outcome == Some(Outcome::Accepted), "{outcome:?}");
    context.kiosk.heartbeat(&Heartbeat::default()).await?;
    Ok(None)
}
