//! docs/sync.md lists the fields of the schemas in their order, and its example of a delta has the result that it describes.

use super::{document, is_nullable, resolved};
use expo_protocol::{delta, snapshot};
use serde_json::Value;

const SYNC_MD: &str = include_str!("../../../../../../docs/sync.md");

/// The fields of an object in their order, such as `id name phone?`, with a question mark if null is allowed.
fn fields(document: &Value, schema: &Value) -> String {
    let schema = resolved(document, schema);
    let marked = |name: &Value| {
        let name = name.as_str().unwrap();
        let mark = if is_nullable(&schema["properties"][name]) {
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
fn sync_md_lists_the_fields_of_the_schemas() {
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
        assert!(SYNC_MD.contains(&fields), "docs/sync.md does not list {fields}");
    }
}

#[test]
fn delta_example_of_sync_md_has_the_described_result() {
    let (_, section) = SYNC_MD
        .split_once("### `GET /v1/catalogue/{version}/delta")
        .unwrap();
    let (section, _) = section.split_once("\n### ").unwrap();
    let blocks = section.split("```\n").skip(1).step_by(2);
    let [older, plan, values, touched] = <[&str; 4]>::try_from(blocks.collect::<Vec<_>>()).unwrap();
    let before = r#"{"row":"about","demonstration":true,"notice":{}}
{"row":"subsidiary","id":"S-1","name":{},"phone":null,"regions":[]}
{"row":"town","id":"T-1","region":"MA-03","name":{},"aliases":[],"latitude":34.0,"longitude":-5.0}
{"row":"project","id":"P-1","subsidiary":"S-1","town":"T-1","district":{},"title":{},"description":{},"delivery":"off_plan","delivery_on":null,"building_permit_on":null,"habitation_permit_on":null,"land_title":"titled","land_title_number":null,"latitude":null,"longitude":null,"features":[]}
"#;
    let older = format!("{before}{older}");
    let old = snapshot::read(&older).unwrap();
    assert_eq!(
        snapshot::write(&old).unwrap(),
        older,
        "rows are written as in a snapshot"
    );
    // Compressed exactly as the text describes.
    let frame = |text: &str, dictionary: &str| {
        let mut compressor = zstd::bulk::Compressor::with_dictionary(3, dictionary.as_bytes()).unwrap();
        compressor.compress(text.as_bytes()).unwrap()
    };
    let packed = [frame(plan, ""), frame(values, touched)].concat();
    let groups = delta::apply(&old, &packed, 1 << 20).unwrap().groups;
    let titles: Vec<_> = groups
        .iter()
        .map(|group| (group.id.as_str(), group.title.french()))
        .collect();
    assert_eq!(
        titles,
        [
            ("G-1", "Studios"),
            ("G-3", "Grands appartements"),
            ("G-4", "Maisons"),
            ("G-5", "Commerces")
        ]
    );
}
