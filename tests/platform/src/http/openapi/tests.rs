//! Checks of the document: it is the committed one, and it agrees with what kiosks read and with `docs/sync.md`.

mod deltas;
mod stop;
mod sync_md;

use super::{document, text};
use serde_json::Value;

#[test]
fn committed_document_is_up_to_date() {
    let committed = include_str!("../../../../../docs/openapi.json");
    assert!(
        committed == text().unwrap(),
        "docs/openapi.json is out of date: run 'make openapi'"
    );
}

/// The schema that a reference or a nullable reference leads to.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(document, document.pointer(&reference[1..]).unwrap());
    }
    let one = schema["oneOf"]
        .as_array()
        .and_then(|choices| choices.iter().find(|choice| choice["type"] != "null"));
    one.map_or(schema, |one| resolved(document, one))
}

fn is_nullable(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null" || kind["type"] == "null";
    [&schema["type"], &schema["oneOf"]]
        .into_iter()
        .any(|kinds| kinds.as_array().is_some_and(|kinds| kinds.iter().any(is_null)))
}
