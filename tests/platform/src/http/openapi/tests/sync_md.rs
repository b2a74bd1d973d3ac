//! The contract's text, docs/sync.md, names the fields that the schemas have, in their order, and its example of a delta
//! leads where it says.

use super::super::document;
use super::inside::{may_be_null, resolved};
use protocol::{delta, snapshot};
use serde_json::Value;

const TEXT: &str = include_str!("../../../../../../docs/sync.md");

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
        assert!(TEXT.contains(&fields), "docs/sync.md does not name {fields}");
    }
}

#[test]
fn the_example_of_a_delta_leads_where_the_text_says() {
    let (_, section) = TEXT.split_once("### `GET /v1/catalogue/{version}/delta").unwrap();
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
        "rows stand there as in a snapshot"
    );
    // Packed as the text says, and no other way.
    let frame = |text: &str, known: &str| {
        let mut packer = zstd::bulk::Compressor::with_dictionary(3, known.as_bytes()).unwrap();
        packer.compress(text.as_bytes()).unwrap()
    };
    let packed = [frame(plan, ""), frame(values, touched)].concat();
    let groups = delta::apply(&old, &packed, 1 << 20).unwrap().groups;
    let told: Vec<_> = groups
        .iter()
        .map(|group| (group.id.as_str(), group.title.french()))
        .collect();
    assert_eq!(
        told,
        [
            ("G-1", "Studios"),
            ("G-3", "Grands appartements"),
            ("G-4", "Maisons"),
            ("G-5", "Commerces")
        ]
    );
}
