//! The bounds and required fields of a stop in the document are those that a kiosk checks.

use super::document;
use expo_domain::Stop;
use expo_protocol::Configuration;
use jiff::Timestamp;
use serde_json::{Value, json};

#[test]
fn stop_bounds_in_the_schema_are_those_of_the_check() {
    let document = document().unwrap();
    let schemas = &document["components"]["schemas"];
    let french = json!({"fr": "x"});
    let minimal = json!({
        "id": "x", "code": "TST", "name": french, "city": french, "starts_on": "2026-02-13", "ends_on": "2026-02-13",
        "time_zone": "Europe/Paris", "languages": ["fr"]
    });
    let check = |stop: &Value| -> Result<(), String> {
        let stop: Stop = serde_json::from_value(stop.clone()).map_err(|e| e.to_string())?;
        stop.check().map_err(|e| e.to_string())
    };
    let with = |name: &str, value: Value| {
        let mut stop = minimal.clone();
        stop[name] = value;
        check(&stop)
    };
    assert_eq!(check(&minimal), Ok(()));
    let required = schemas["Stop"]["required"].as_array().unwrap();
    assert_eq!(required.len(), minimal.as_object().unwrap().len());
    for name in required {
        let mut stop = minimal.clone();
        stop.as_object_mut().unwrap().remove(name.as_str().unwrap());
        assert!(check(&stop).is_err(), "without {name}");
    }
    for name in ["idle_seconds", "countdown_seconds"] {
        let bound = |which: &str| schemas["Stop"]["properties"][name][which].as_u64().unwrap();
        let (min, max) = (bound("minimum"), bound("maximum"));
        for (value, is_valid) in [(min - 1, false), (min, true), (max, true), (max + 1, false)] {
            assert_eq!(with(name, value.into()).is_ok(), is_valid, "{name} {value}");
        }
    }
    let read: Stop = serde_json::from_value(minimal.clone()).unwrap();
    for (name, value) in serde_json::to_value(&read).unwrap().as_object().unwrap() {
        let default = &schemas["Stop"]["properties"][name]["default"];
        assert!(default.is_null() || default == value, "default of {name}");
    }
    assert!(with("unknown_field", 1.into()).is_err());
    assert_eq!(schemas["Stop"]["additionalProperties"], false);
    assert!(with("group", json!({"unknown_field": 1})).is_err());
    assert_eq!(schemas["Contact"]["additionalProperties"], false);
    let sites = |length: usize| json!({"site": format!("https://{}", "x".repeat(length))});
    assert_eq!(
        schemas["Contact"]["properties"]["site"]["pattern"],
        "^https://[!-~]{1,56}$"
    );
    assert!(with("group", sites(56)).is_ok() && with("group", sites(57)).is_err());
    // A configuration may omit the values for which the kiosk keeps its own.
    let bare: Configuration = serde_json::from_value(json!({"version": 1, "stop": minimal})).unwrap();
    assert_eq!((bare.heartbeat_seconds, bare.retention_days), (None, None));
    assert_eq!(schemas["Configuration"]["required"], json!(["version", "stop"]));
    assert!(
        Timestamp::UNIX_EPOCH.to_string().ends_with('Z'),
        "times are written in UTC"
    );
}
