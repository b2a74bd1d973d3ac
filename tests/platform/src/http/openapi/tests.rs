//! The document is the committed one, and its schemas are those of the messages.

mod deltas;
mod inside;
mod told;

use super::{document, text};
use jiff::Timestamp;
use protocol::{
    Configuration, Enrolled, EnrolmentRequest, Envelope, Erasure, Erasures, ErasuresDone, Heartbeat,
    HeartbeatReply, LeadBatch, LeadReceipts, Outcome, Probe, Problem, Receipt, SignedCheckpoint,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn the_committed_document_is_that_of_the_handlers() {
    let committed = include_str!("../../../../../docs/openapi.json");
    assert!(
        committed == text().unwrap(),
        "docs/openapi.json is old: run 'make openapi'"
    );
}

/// Every message with every field set.
#[expect(clippy::too_many_lines, reason = "one after the other, nothing else")]
fn messages() -> Vec<(&'static str, Value)> {
    fn message(name: &'static str, message: impl Serialize) -> (&'static str, Value) {
        (name, serde_json::to_value(message).unwrap())
    }
    let (text, now, id) = (|| "x".to_owned(), Timestamp::UNIX_EPOCH, Uuid::nil());
    let words =
        json!({"fr": "x", "ar": "x", "zgh": "x", "en": "x", "es": "x", "nl": "x", "de": "x", "it": "x"});
    let stop: domain::Stop = serde_json::from_value(json!({
        "id": "x", "code": "TST", "name": words, "city": words, "venue": words,
        "starts_on": "2026-02-13", "ends_on": "2026-02-15", "time_zone": "Europe/Paris", "languages": ["fr", "zgh"],
        "banks": ["Banque d’essai"], "group": {"phone": "+212537000000", "site": "https://example.org"}
    }))
    .unwrap();
    let header: domain::LeadHeader = serde_json::from_value(json!({
        "id": id, "revision": 1, "kind": "lead", "stop": "x", "kiosk": "K01", "ticket": "TST-1", "taken_at": now,
        "monotonic_ms": 1, "boot_id": "x", "language": "fr"
    }))
    .unwrap();
    let receipt = |outcome| Receipt {
        id,
        revision: 1,
        sha256: text(),
        outcome,
    };
    let outcomes = [
        Outcome::Accepted,
        Outcome::Duplicate,
        Outcome::Conflict,
        Outcome::Quarantined,
        Outcome::Retry,
    ];
    let items = vec![Envelope {
        header,
        sealed: vec![1],
        sha256: text(),
    }];
    vec![
        message(
            "Probe",
            Probe {
                nonce: text(),
                protocol: text(),
                server_time: now,
            },
        ),
        message(
            "EnrolmentRequest",
            EnrolmentRequest {
                code: text(),
                program: text(),
            },
        ),
        message(
            "Enrolled",
            Enrolled {
                kiosk: text(),
                token: text(),
                leads_recipient: text(),
                publisher_key: text(),
                config_version: 1,
                stop: Some(stop.clone()),
            },
        ),
        message("LeadBatch", LeadBatch { items }),
        message(
            "LeadReceipts",
            LeadReceipts {
                receipts: outcomes.map(receipt).into(),
            },
        ),
        message(
            "SignedCheckpoint",
            SignedCheckpoint {
                checkpoint: text(),
                signature: text(),
            },
        ),
        message(
            "Heartbeat",
            Heartbeat {
                catalogue_version: Some(1),
                oldest_waiting_seconds: Some(1),
                config_rejected: Some(1),
                clock_offset_ms: Some(1),
                last_exit: Some(text()),
                catalogue_refused: Some(text()),
                ..Heartbeat::default()
            },
        ),
        message(
            "HeartbeatReply",
            HeartbeatReply {
                catalogue_version: Some(1),
                ..HeartbeatReply::default()
            },
        ),
        message(
            "Configuration",
            Configuration {
                version: 1,
                stop,
                heartbeat_seconds: Some(60),
                retention_days: Some(30),
            },
        ),
        message(
            "Erasures",
            Erasures {
                erasures: vec![Erasure { seq: 1, id }],
                newest: 1,
            },
        ),
        message("ErasuresDone", ErasuresDone { done: vec![1] }),
        message(
            "Problem",
            Problem {
                kind: text(),
                title: text(),
                status: 400,
                detail: text(),
            },
        ),
    ]
}

#[test]
fn schemas_are_those_of_the_messages() {
    let document = document().unwrap();
    for (name, message) in messages() {
        let schema = &document["components"]["schemas"][name];
        assert!(schema.is_object(), "there is no schema {name}");
        fits(&document, schema, &message, name);
    }
}

/// A message has exactly the fields its schema has, everywhere in it, of the types it says.
fn fits(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(document, document.pointer(&reference[1..]).unwrap(), value, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let one = choices.iter().find(|choice| choice["type"] != "null").unwrap();
        return fits(document, one, value, at);
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
    };
    assert!(
        types.contains(&kind.into()),
        "{at} is of type {kind}, its schema says {types:?}"
    );
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{at}: {value} is none of {values:?}");
    }
    if let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(fields), keys(properties), "fields of {at}");
        for (name, field) in fields {
            fits(document, &properties[name], field, &format!("{at}.{name}"));
        }
    }
    for item in value.as_array().into_iter().flatten() {
        fits(document, &schema["items"], item, &format!("{at}[]"));
    }
}
