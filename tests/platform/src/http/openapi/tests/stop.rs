//! The schemas of what stands inside messages and files are those of the types that kiosks read and write: fields, their
//! order, what may be null, which codes there are, and whether unknown fields are refused.

use super::super::document;
use domain::Stop;
use domain::lead::LeadRecord;
use jiff::Timestamp;
use protocol::{Checkpoint, Configuration, Row, delta};
use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};
use std::fmt;

/// JSON whose fields keep their order.
enum Ordered {
    Object(Vec<(String, Self)>),
    Array(Vec<Self>),
    Leaf,
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Ordered;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("JSON")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Ordered::Object(fields))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Ordered, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Ordered::Array(items))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }
            fn visit_str<E>(self, _: &str) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }
            fn visit_unit<E>(self) -> Result<Ordered, E> {
                Ok(Ordered::Leaf)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// A document of one type: every field filled, and the same again as the type reads and writes it, or why it does not.
pub(super) struct Sample {
    schema: &'static str,
    pub full: Value,
    again: fn(&Value) -> Result<String, String>,
}

fn again<T: DeserializeOwned + Serialize>(value: &Value) -> Result<String, String> {
    let read: T = serde_json::from_str(&value.to_string()).map_err(|e| e.to_string())?;
    Ok(serde_json::to_string(&read).unwrap())
}

/// The codes that a refusal of `?` names.
pub(super) fn codes(refusal: &str) -> Vec<&str> {
    let told = refusal.split('`').skip(1).step_by(2);
    told.filter(|code| *code != "?").collect()
}

/// As it stands in a text of JSON, whose fields have an order.
fn full(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(super) fn samples() -> Vec<Sample> {
    let words = r#"{"fr":"x","ar":"x","zgh":"x","en":"x","es":"x","nl":"x","de":"x","it":"x"}"#;
    let hash = "0".repeat(64);
    let size = format!(r#"{{"hash":"{hash}","width":1,"height":1,"bytes":1}}"#);
    let row = |schema, text: String| Sample {
        schema,
        full: full(&text),
        again: again::<Row>,
    };
    vec![
        Sample {
            schema: "Checkpoint",
            full: full(&format!(
                r#"{{"format":1,"version":1,"published_at":"2026-11-16T00:00:00Z","expires_at":"2026-11-16T00:00:00Z",
                "rows":{{"subsidiaries":1,"towns":1,"projects":1,"groups":1,"units":1,"offers":1,"pictures":1}},
                "content_sha256":"{hash}","snapshot_sha256":"{hash}","snapshot_bytes":1,"snapshot_plain_bytes":1,
                "pictures":1,"pictures_bytes":1}}"#
            )),
            again: again::<Checkpoint>,
        },
        row(
            "AboutRow",
            format!(r#"{{"row":"about","demonstration":true,"notice":{words}}}"#),
        ),
        row(
            "SubsidiaryRow",
            format!(r#"{{"row":"subsidiary","id":"x","name":{words},"phone":"x","regions":["MA-01"]}}"#),
        ),
        row(
            "TownRow",
            format!(
                r#"{{"row":"town","id":"x","region":"MA-12","name":{words},"aliases":["x"],"latitude":1.5,"longitude":1.5}}"#
            ),
        ),
        row(
            "ProjectRow",
            format!(
                r#"{{"row":"project","id":"x","subsidiary":"x","town":"x","district":{words},"title":{words},
                "description":{words},"delivery":"delivered","delivery_on":"2026-11-01","building_permit_on":"2026-11-01",
                "habitation_permit_on":"2026-11-01","land_title":"titled","land_title_number":"x","latitude":1.5,
                "longitude":1.5,"features":["x"]}}"#
            ),
        ),
        row(
            "GroupRow",
            format!(r#"{{"row":"group","id":"x","project":"x","product_type":"apartment","title":{words}}}"#),
        ),
        row(
            "UnitRow",
            format!(
                r#"{{"row":"unit","id":"x","group":"x","number":"x","price":1,"surface_dm2":1,"floor":1,"rooms":1,"levels":1,
                "facades":1,"cos_hundredths":1,"status":"sold","designation":{words}}}"#
            ),
        ),
        row(
            "OfferRow",
            format!(
                r#"{{"row":"offer","id":"x","projects":["x"],"title":{words},"text":{words},"valid_from":"2026-11-01",
                "valid_to":"2026-11-01"}}"#
            ),
        ),
        row(
            "PictureRow",
            format!(
                r#"{{"row":"picture","project":"x","position":1,"kind":"view","caption":{words},"small":{size},
                "medium":{size},"large":{size},"thumbhash":"x"}}"#
            ),
        ),
        Sample {
            schema: "DeltaHeader",
            full: full(r#"{"delta":2,"from":1,"to":2}"#),
            again: again::<delta::Header>,
        },
        Sample {
            schema: "LeadRecord",
            full: full(
                r#"{"header":{"id":"00000000-0000-7000-8000-000000000000","revision":1,"kind":"lead","stop":"x","kiosk":"x",
                "ticket":"x","taken_at":"2026-11-16T00:00:00Z","monotonic_ms":1,"boot_id":"x","language":"fr"},
                "lead":{"name":"x","phone":"x","email":"x","country":"x","city":"x","language":"fr","interests":["x"],
                "budget_mad":1,"purpose":"live","desk":"bank","channel":"call",
                "consents":{"call":true,"whatsapp":true,"email":true,"bank":"x"},"note":"x"},
                "consent":{"notice_version":"x","notice_sha256":"x","language":"fr","given_at":"2026-11-16T00:00:00Z",
                "channel":"call"}}"#,
            ),
            again: again::<LeadRecord>,
        },
    ]
}

#[test]
fn schemas_are_those_of_what_kiosks_read_and_write() {
    let document = document().unwrap();
    for sample in samples() {
        let schema = &document["components"]["schemas"][sample.schema];
        assert!(schema.is_object(), "there is no schema {}", sample.schema);
        let written = (sample.again)(&sample.full).unwrap();
        in_order(
            &document,
            schema,
            &serde_json::from_str(&written).unwrap(),
            sample.schema,
        );
        let nothing = emptied(&document, schema, &sample.full);
        let written = (sample.again)(&nothing).unwrap();
        assert_eq!(full(&written), nothing, "{}: nulls are written", sample.schema);
        let takes = |changed: &Value| (sample.again)(changed).map(drop);
        alike(&document, schema, &sample.full, &mut Vec::new(), &takes);
    }
}

#[test]
fn a_stop_at_the_bounds_of_its_schema_is_taken_and_one_beyond_is_not() {
    let document = document().unwrap();
    let schemas = &document["components"]["schemas"];
    let words = json!({"fr": "x"});
    let least = json!({
        "id": "x", "code": "TST", "name": words, "city": words, "starts_on": "2026-02-13", "ends_on": "2026-02-13",
        "time_zone": "Europe/Paris", "languages": ["fr"]
    });
    let check = |stop: &Value| -> Result<(), String> {
        let stop: Stop = serde_json::from_value(stop.clone()).map_err(|e| e.to_string())?;
        stop.check().map_err(|e| e.to_string())
    };
    let with = |name: &str, value: Value| {
        let mut stop = least.clone();
        stop[name] = value;
        check(&stop)
    };
    assert_eq!(check(&least), Ok(()));
    let required = schemas["Stop"]["required"].as_array().unwrap();
    assert_eq!(required.len(), least.as_object().unwrap().len());
    for name in required {
        let mut stop = least.clone();
        stop.as_object_mut().unwrap().remove(name.as_str().unwrap());
        assert!(check(&stop).is_err(), "without {name}");
    }
    for name in ["idle_seconds", "countdown_seconds"] {
        let bound = |which: &str| schemas["Stop"]["properties"][name][which].as_u64().unwrap();
        let (least, most) = (bound("minimum"), bound("maximum"));
        for (value, is_taken) in [(least - 1, false), (least, true), (most, true), (most + 1, false)] {
            assert_eq!(with(name, value.into()).is_ok(), is_taken, "{name} {value}");
        }
    }
    let read: Stop = serde_json::from_value(least.clone()).unwrap();
    for (name, value) in serde_json::to_value(&read).unwrap().as_object().unwrap() {
        let default = &schemas["Stop"]["properties"][name]["default"];
        assert!(default.is_null() || default == value, "default of {name}");
    }
    assert!(with("novelty", 1.into()).is_err());
    assert_eq!(schemas["Stop"]["additionalProperties"], false);
    assert!(with("group", json!({"novelty": 1})).is_err());
    assert_eq!(schemas["Contact"]["additionalProperties"], false);
    let sites = |length: usize| json!({"site": format!("https://{}", "x".repeat(length))});
    assert_eq!(
        schemas["Contact"]["properties"]["site"]["pattern"],
        "^https://[!-~]{1,56}$"
    );
    assert!(with("group", sites(56)).is_ok() && with("group", sites(57)).is_err());
    // What the kiosk's own stays with may be left out of a configuration.
    let bare: Configuration = serde_json::from_value(json!({"version": 1, "stop": least})).unwrap();
    assert_eq!((bare.heartbeat_seconds, bare.retention_days), (None, None));
    assert_eq!(schemas["Configuration"]["required"], json!(["version", "stop"]));
    assert!(
        Timestamp::UNIX_EPOCH.to_string().ends_with('Z'),
        "times are written in UTC"
    );
}

pub(super) fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(document, document.pointer(&reference[1..]).unwrap());
    }
    let one = schema["oneOf"]
        .as_array()
        .and_then(|choices| choices.iter().find(|choice| choice["type"] != "null"));
    one.map_or(schema, |one| resolved(document, one))
}

pub(super) fn may_be_null(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null" || kind["type"] == "null";
    [&schema["type"], &schema["oneOf"]]
        .into_iter()
        .any(|kinds| kinds.as_array().is_some_and(|kinds| kinds.iter().any(is_null)))
}

/// Fields come in the order that the schema demands them in.
fn in_order(document: &Value, schema: &Value, written: &Ordered, at: &str) {
    let schema = resolved(document, schema);
    match written {
        Ordered::Object(fields) => {
            let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
            if let Some(required) = schema["required"].as_array() {
                assert_eq!(json!(names), json!(required), "fields of {at}, in their order");
            } else {
                // Texts: any language may be missing.
                let order = ["fr", "ar", "zgh", "en", "es", "nl", "de", "it"];
                assert_eq!(names, order, "languages of {at}");
            }
            let properties = schema["properties"].as_object().unwrap();
            assert_eq!(properties.len(), names.len(), "fields of {at}");
            for (name, field) in fields {
                in_order(document, &properties[name], field, &format!("{at}.{name}"));
            }
        }
        Ordered::Array(items) => {
            for item in items {
                in_order(document, &schema["items"], item, at);
            }
        }
        Ordered::Leaf => {}
    }
}

/// The same, null wherever that is allowed.
fn emptied(document: &Value, schema: &Value, value: &Value) -> Value {
    let inside = resolved(document, schema);
    match value {
        _ if may_be_null(schema) => Value::Null,
        Value::Object(fields) => {
            let emptied = |(name, value): (&String, &Value)| {
                (
                    name.clone(),
                    emptied(document, &inside["properties"][name], value),
                )
            };
            Value::Object(fields.iter().map(emptied).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// What the schema says of each place, the type says too.
fn alike(
    document: &Value,
    schema: &Value,
    whole: &Value,
    path: &mut Vec<String>,
    takes: &dyn Fn(&Value) -> Result<(), String>,
) {
    let pointer = path
        .iter()
        .fold(String::new(), |pointer, part| pointer + "/" + part);
    let with = |new: Value| {
        let mut changed = whole.clone();
        *changed.pointer_mut(&pointer).unwrap() = new;
        takes(&changed)
    };
    if !path.is_empty() {
        assert_eq!(with(Value::Null).is_ok(), may_be_null(schema), "null at {path:?}");
    }
    let schema = resolved(document, schema);
    let value = whole.pointer(&pointer).unwrap();
    let wrong = |kinds: &[Value]| kinds.iter().all(|kind| with(kind.clone()).is_err());
    if let Some(codes) = schema["enum"].as_array() {
        let refusal = with("?".into()).unwrap_err();
        assert_eq!(json!(self::codes(&refusal)), json!(codes), "codes at {path:?}");
    }
    match value {
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert("novelty".to_owned(), 1.into());
            let is_open = schema["additionalProperties"] != false;
            assert_eq!(with(more.into()).is_ok(), is_open, "an unknown field at {path:?}");
            for name in fields.keys() {
                path.push(name.clone());
                alike(document, &schema["properties"][name], whole, path, takes);
                path.pop();
            }
        }
        Value::Array(_) => {
            path.push("0".to_owned());
            alike(document, &schema["items"], whole, path, takes);
            path.pop();
        }
        Value::String(_) => assert!(wrong(&[1.into(), true.into()]), "only text at {path:?}"),
        Value::Number(number) => {
            assert!(wrong(&["1".into(), true.into()]), "only a number at {path:?}");
            let takes_parts = with(0.5.into()).is_ok();
            let kinds = schema["type"].to_string();
            assert_eq!(
                takes_parts,
                kinds.contains("number"),
                "parts of a number at {path:?}"
            );
            assert_eq!(number.is_f64(), takes_parts);
            let takes_less = with((-1).into()).is_ok();
            let is_bounded = schema["minimum"].as_i64().is_some_and(|least| least >= 0);
            assert!(
                is_bounded || takes_less,
                "{path:?} cannot be negative, and its schema does not say so"
            );
        }
        _ => assert!(wrong(&["1".into(), 1.into()]), "only yes or no at {path:?}"),
    }
}
