//! The schemas of steps and values are those of the deltas that kiosks follow.

use super::super::document;
use super::inside::{codes, may_be_null, resolved, samples};
use domain::Catalogue;
use protocol::{delta, snapshot};
use serde_json::{Value, json};

/// A step and its value as a kiosk reads them, by applying a delta that has no other.
fn applied(step: &Value, value: Option<&Value>) -> Result<String, String> {
    let town =
        json!({"id": "T", "region": "MA-01", "name": {}, "aliases": [], "latitude": 1.0, "longitude": 1.0});
    let old = Catalogue {
        towns: vec![serde_json::from_value(town).unwrap()],
        ..Catalogue::default()
    };
    let plan = format!("{}\n{step}\n", json!({"delta": 2, "from": 1, "to": 2}));
    let values = value.map_or_else(String::new, |value| format!("{value}\n"));
    // Packed without a look at what it says: refusing is for whoever reads it. No touched rows are needed for so little.
    let frame = |text: &str| zstd::bulk::compress(text.as_bytes(), 1).unwrap();
    let packed = [frame(&plan), frame(&values)].concat();
    let new = delta::apply(&old, &packed, 1 << 20).map_err(|e| e.to_string())?;
    snapshot::write(&new).map_err(|e| e.to_string())
}

#[test]
fn steps_of_deltas_are_those_that_kiosks_follow() {
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
        assert!(!may_be_null(item) && with(place, Value::Null).is_err());
        assert!(with(place, true.into()).is_err());
    }
    for place in [0, 1] {
        assert_eq!(items[place]["type"], "string");
        let refusal = with(place, "?".into()).unwrap_err();
        assert_eq!(items[place]["enum"], json!(codes(&refusal)));
        assert!(with(place, 0.into()).is_err());
    }
    let of_rows = samples()
        .into_iter()
        .filter_map(|sample| sample.full.get("row").cloned());
    let of_rows: Vec<_> = of_rows.collect();
    assert_eq!(
        items[0]["enum"],
        json!(of_rows),
        "kinds, in the order of a snapshot"
    );
    assert_eq!(
        (&items[2]["type"], &items[2]["minimum"]),
        (&json!("integer"), &json!(0))
    );
    for wrong in [json!(-1), json!(0.5), json!("0")] {
        assert!(with(2, wrong.clone()).is_err(), "{wrong} is no number of rows");
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
fn values_of_deltas_are_those_that_kiosks_take() {
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
    // Each field that a row has in its snapshot, and no other.
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
    for unknown in ["novelty", "row"] {
        assert!(edit(&json!({ unknown: "town" })).is_err(), "an edit of {unknown}");
    }
    for wrong in [json!([]), json!("x"), Value::Null] {
        assert!(
            edit(&wrong).is_err() && put(&wrong).is_err(),
            "{wrong} is no value"
        );
    }
    // In a snapshot a row names its kind; in a delta it need not, and may.
    let mut named = row;
    named["row"] = "town".into();
    put(&named).unwrap();
    // What the catalogue says of itself is a row like any other, and there is one.
    let about = |what: &str, value: Option<&Value>| applied(&json!(["about", what, 0]), value);
    assert!(
        about("edit", Some(&json!({"demonstration": true})))
            .unwrap()
            .contains("\"demonstration\":true")
    );
    assert!(about("edit", Some(&json!({"novelty": true}))).is_err());
    assert!(about("gone", None).is_err());
    assert!(about("put", Some(&json!({"demonstration": true, "notice": {}}))).is_err());
}
