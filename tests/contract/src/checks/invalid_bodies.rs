//! Bodies that are not what they should be, by hand and made up: refused in the agreed way, and the platform goes on.

use super::{Check, Seen, Visit, checks};
use crate::api::{Fault, MARK};
use crate::demand;
use crate::invented::{batch, envelope};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use protocol::{Heartbeat, LeadBatch, Outcome};
use serde_json::{Value, json};
use uuid::Uuid;

pub const CHECKS: &[Check] = checks![
    "a body that is no JSON, or another document, is 400 malformed" => malformed,
    "documents of a thousand levels and of a million numbers are refused" => monstrous,
    "batches with made-up damage are taken, refused or quarantined, never a fault" => damaged_batches,
    "documents with made-up values are never a fault" => made_up_documents,
    "after all of that leads are taken as before" => goes_on,
];

/// Made-up bodies of each kind.
const CASES: usize = 120;

async fn malformed(visit: &Visit) -> Seen {
    let marked = format!("{{\"items\":[{{\"{MARK}\":{MARK}}}]}}");
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
        let answer = visit.kiosk.post_bytes("/v1/leads", body.into()).await?;
        answer
            .refused(400, "malformed")
            .map_err(|e| Fault(format!("leads {body:?}: {e}")))?;
    }
    let marked = json!({"program": 7, "waiting": MARK}).to_string();
    for body in ["", "{}", "[]", "{\"waiting\":-1}", marked.as_str()] {
        let answer = visit.kiosk.post_bytes("/v1/heartbeat", body.into()).await?;
        answer
            .refused(400, "malformed")
            .map_err(|e| Fault(format!("heartbeat {body:?}: {e}")))?;
    }
    for body in ["", "{}", "{\"done\":7}", "{\"done\":[-1]}", "{\"done\":[\"1\"]}"] {
        let answer = visit.kiosk.post_bytes("/v1/erasures", body.into()).await?;
        answer
            .refused(400, "malformed")
            .map_err(|e| Fault(format!("erasures {body:?}: {e}")))?;
    }
    Ok(None)
}

async fn monstrous(visit: &Visit) -> Seen {
    let deep = format!("{{\"items\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
    let wide = format!("{{\"items\":[{}7]}}", "7,".repeat(100_000));
    let number = format!("{{\"items\":{}}}", "9".repeat(100_000));
    for path in ["/v1/leads", "/v1/heartbeat", "/v1/erasures"] {
        for body in [&deep, &wide, &number] {
            let answer = visit.kiosk.post_bytes(path, body.clone().into_bytes()).await?;
            demand!(
                [400, 413].contains(&answer.status),
                "{path}: status {}",
                answer.status
            );
        }
    }
    Ok(None)
}

/// Values of a strategy, the same in every run.
fn values<S: Strategy>(strategy: &S) -> Vec<S::Value> {
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    (0..CASES)
        .filter_map(|_| strategy.new_tree(&mut runner).ok())
        .map(|tree| tree.current())
        .collect()
}

/// Bytes overwritten, cut out or put in, at places in thousandths of the whole.
fn damage() -> impl Strategy<Value = Vec<(u16, u8, Vec<u8>)>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    prop::collection::vec((0..1000_u16, 0..6_u8, bytes), 1..5)
}

async fn damaged_batches(visit: &Visit) -> Seen {
    let batch = batch(2, &visit.recipient).map_err(|e| Fault(e.to_string()))?;
    let plain = serde_json::to_vec(&batch).map_err(|e| Fault(e.to_string()))?;
    let packed = zstd::bulk::compress(&plain, 3).map_err(|e| Fault(e.to_string()))?;
    let json = ("content-type", "application/json");
    for (index, damage) in values(&damage()).into_iter().enumerate() {
        let is_packed = index % 2 == 1;
        let mut body = if is_packed { packed.clone() } else { plain.clone() };
        for (place, out, bytes) in damage {
            let start = body.len() * usize::from(place) / 1000;
            let end = (start + usize::from(out)).min(body.len());
            body.splice(start..end, bytes);
        }
        let headers = [
            json,
            ("content-encoding", if is_packed { "zstd" } else { "identity" }),
        ];
        let answer = visit
            .kiosk
            .ask(reqwest::Method::POST, "/v1/leads", &headers, Some(body))
            .await?;
        demand!(
            [200, 400, 413, 422].contains(&answer.status),
            "damaged batch {index} is {}",
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

async fn made_up_documents(visit: &Visit) -> Seen {
    let heartbeat = serde_json::to_value(Heartbeat::default()).map_err(|e| Fault(e.to_string()))?;
    // The strategy itself must not live on while we wait for answers.
    let documents = values(&any_json());
    for (index, value) in documents.into_iter().enumerate() {
        // One field of a good report is another, or the whole document is.
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
            let answer = visit.kiosk.post(path, body).await?;
            demand!(
                [200, 400, 413, 422].contains(&answer.status),
                "{path} with made-up document {index} is {}",
                answer.status
            );
        }
        // A text would be a wrong code, of which an address has thirty.
        if !value.is_string() {
            let made_up = json!({"code": value, "program": "contract"});
            let answer = visit.stranger.post("/v1/enrolments", &made_up).await?;
            demand!(
                answer.status == 400,
                "an enrolment with made-up code {index} is {}",
                answer.status
            );
        }
    }
    Ok(None)
}

async fn goes_on(visit: &Visit) -> Seen {
    let item = envelope(Uuid::now_v7(), &visit.recipient).map_err(|e| Fault(e.to_string()))?;
    let receipts = visit.kiosk.send_leads(&LeadBatch { items: vec![item] }).await?;
    let outcome = receipts.receipts.first().map(|receipt| receipt.outcome);
    demand!(outcome == Some(Outcome::Accepted), "{outcome:?}");
    visit.kiosk.heartbeat(&Heartbeat::default()).await?;
    Ok(None)
}
