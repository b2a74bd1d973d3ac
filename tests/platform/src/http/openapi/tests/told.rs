//! The contract's text, docs/sync.md, names the fields that the schemas have, in their order.

use super::super::document;
use super::inside::{may_be_null, resolved};
use serde_json::Value;

/// `id name phone?`: the fields of an object in their order, with a mark where null is allowed.
fn fields(document: &Value, schema: &Value) -> String {
    let schema = resolved(document, schema);
    let marked = |name: &Value| {
        let name = name.as_str().unwrap();
        let mark = if may_be_null(&schema["properties"][name]) {
            "?"
        } else {
            ""
        };
        format!("{name}{mark}")
    };
    let required = schema["required"].as_array().unwrap();
    format!("`{}`", required.iter().map(marked).collect::<Vec<_>>().join(" "))
}

#[test]
fn the_text_names_the_fields_of_the_schemas() {
    let text = include_str!("../../../../../../docs/sync.md");
    let document = document().unwrap();
    let schemas = &document["components"]["schemas"];
    let inside = |outer: &str, field: &str| fields(&document, &schemas[outer]["properties"][field]);
    let rows = schemas["CatalogueRow"]["oneOf"].as_array().unwrap();
    let rows = rows.iter().map(|row| fields(&document, row));
    let others = [
        fields(&document, &schemas["Checkpoint"]),
        inside("Checkpoint", "rows"),
        inside("LeadRecord", "header"),
        inside("LeadRecord", "lead"),
        inside("Lead", "consents"),
        inside("LeadRecord", "consent"),
    ];
    for fields in rows.chain(others) {
        assert!(text.contains(&fields), "docs/sync.md does not name {fields}");
    }
}
