//! The hand-written schemas of steps and values agree with what a kiosk accepts when it applies a delta.

use super::{document, is_nullable, resolved};
use expo_domain::Catalogue;
use expo_protocol::{delta, snapshot};
use serde_json::{Value, json};

/// Applies a delta with one step and at most one value, and returns the resulting snapshot.
fn applied(step: &Value, value: Option<&Value>) -> Result<String, String> {
    let town =
        json!({"id": "T", "region": "MA-01", "name": {}, "aliases": [], "latitude": 1.0, "longitude": 1.0});
    let old = Catalogue {
        towns: vec![serde_json::from_value(town).unwrap()],
        ..Catalogue::default()
    };
    let plan = format!("{}\n{step}\n", json!({"delta": 2, "from": 1, "to": 2}));
    let values = value.map_or_else(String::new, |value| format!("{value}\n"));
    // Compressed without checks, because refusing is the task of the reader. So short a text needs no dictionary.
    let frame = |text: &str| zstd::bulk::compress(text.as_bytes(), 1).unwrap();
    let packed = [frame(&plan), frame(&values)].concat();
    let new = delta::apply(&old, &packed, 1 << 20).map_err(|e| e.to_string())?;
    snapshot::write(&new).map_err(|e| e.to_string())
}

/// The codes that the error for `?` lists as accepted.
fn codes(error: &str) -> Vec<&str> {
    let quoted = error.split('`').skip(1).step_by(2);
    quoted.filter(|code| *code != "?").collect()
}

#[test]
fn delta_step_schema_is_what_a_kiosk_accepts() {
    let document = document().unwrap();
    let schemas = &document["components"]["schemas"];
    let schema = &schemas["DeltaStep"];
    assert_eq!(
        (&schema["type"], &schema["items"]),
        (&json!("array"), &json!(false))
    );
    let step = json!(["town", "gone", 0]);
    applied(&step, None).unwrap();
    let items = schema["prefixItems"].as_array().unwrap();
    let length = json!(step.as_array().unwrap().len());
    assert_eq!(json!(items.len()), length);
    assert_eq!((&schema["minItems"], &schema["maxItems"]), (&length, &length));
    for wrong in [
        json!([]),
        json!(["town", "gone"]),
        json!(["town", "gone", 0, 0]),
        json!({}),
    ] {
        assert!(applied(&wrong, None).is_err(), "{wrong} is refused");
    }
    let with = |place: usize, item: Value| {
        let mut step = step.clone();
        step[place] = item;
        applied(&step, None)
    };
    for (place, item) in items.iter().enumerate() {
        assert!(!is_nullable(item) && with(place, Value::Null).is_err());
        assert!(with(place, true.into()).is_err());
    }
    for place in [0, 1] {
        assert_eq!(items[place]["type"], "string");
        let error = with(place, "?".into()).unwrap_err();
        assert_eq!(items[place]["enum"], json!(codes(&error)));
        assert!(with(place, 0.into()).is_err());
    }
    let rows = schemas["CatalogueRow"]["oneOf"].as_array().unwrap().iter();
    let kinds: Vec<_> = rows
        .map(|row| &resolved(&document, row)["properties"]["row"]["enum"][0])
        .collect();
    assert_eq!(
        items[0]["enum"],
        json!(kinds),
        "kinds, in the order of a snapshot"
    );
    assert_eq!(
        (&items[2]["type"], &items[2]["minimum"]),
        (&json!("integer"), &json!(0))
    );
    for wrong in [json!(-1), json!(0.5), json!("0")] {
        assert!(with(2, wrong.clone()).is_err(), "{wrong} is not a number of rows");
    }
    // A line of a plan is a header or a step.
    let choices: Vec<_> = schemas["DeltaLine"]["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|choice| resolved(&document, choice))
        .collect();
    assert_eq!(choices, [&schemas["DeltaHeader"], schema]);
}

#[test]
fn delta_value_schema_is_what_a_kiosk_accepts() {
    let document = document().unwrap();
    let schema = &document["components"]["schemas"]["DeltaValue"];
    assert_eq!(schema["type"], "object");
    assert!(schema["additionalProperties"].is_null() && schema["required"].is_null());
    let edit = |value: &Value| applied(&json!(["town", "edit", 0]), Some(value));
    let put = |value: &Value| applied(&json!(["town", "put", 1]), Some(value));
    let row = json!({
        "id": "U", "region": "MA-02", "name": {"fr": "x"}, "aliases": [], "latitude": 2.0, "longitude": 2.0
    });
    put(&row).unwrap();
    edit(&json!({})).unwrap();
    // Each field that a row has in a snapshot, and no other.
    let in_snapshot = &document["components"]["schemas"]["TownRow"]["properties"];
    let fields: Vec<_> = in_snapshot
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| *name != "row")
        .collect();
    assert_eq!(
        json!(fields),
        json!(row.as_object().unwrap().keys().collect::<Vec<_>>())
    );
    for name in fields {
        let changed = edit(&json!({ name.as_str(): row[name] })).unwrap();
        assert!(
            changed.contains(&format!("\"{name}\":{}", row[name])),
            "{name}: {changed}"
        );
        assert!(
            edit(&json!({ name.as_str(): null })).is_err(),
            "{name} is never null"
        );
        let mut less = row.clone();
        less.as_object_mut().unwrap().remove(name);
        assert!(put(&less).is_err(), "a row without {name}");
    }
    for unknown in ["unknown_field", "row"] {
        assert!(edit(&json!({ unknown: "town" })).is_err(), "an edit of {unknown}");
    }
    for wrong in [json!([]), json!("x"), Value::Null] {
        assert!(
            edit(&wrong).is_err() && put(&wrong).is_err(),
            "{wrong} is not a value"
        );
    }
    // In a snapshot a row has its kind in `row`; in a delta `row` is optional.
    let mut named = row;
    named["row"] = "town".into();
    put(&named).unwrap();
    // The `about` row is a row like any other, but there is exactly one.
    let about = |operation: &str, value: Option<&Value>| applied(&json!(["about", operation, 0]), value);
    assert!(
        about("edit", Some(&json!({"demonstration": true})))
            .unwrap()
            .contains("\"demonstration\":true")
    );
    assert!(about("edit", Some(&json!({"unknown_field": true}))).is_err());
    assert!(about("gone", None).is_err());
    assert!(about("put", Some(&json!({"demonstration": true, "notice": {}}))).is_err());
}
