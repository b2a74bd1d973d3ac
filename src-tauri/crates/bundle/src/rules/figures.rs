//! The page `docs/figures.md`: every value of the shipped rules with its source. Written and checked by a test.

use super::built_in_text;
use super::node::{Node, Value, from_toml};
use super::schema::{self, Field, HIGHEST_AMOUNT, Kind};
use crate::fault::Findings;
use expo_domain::RuleFile;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const HEAD: &str = "# Where each figure comes from

Every value of the rules that ship with the program (`assets/rules`), with its source. A catalogue can have [rules of its own](catalogue-source.md#rules); they are not listed here.
This page is written by `make figures`; a test fails if it is out of date. `high`: an official page or two independent sources. `medium`: one source. `low`: to confirm at the desk, never applied as a rule.
";

/// Where a value comes from: its own source, or that of the table around it.
#[derive(Clone, Default)]
struct Origin {
    reference: String,
    checked_on: String,
    reviewer: String,
    confidence: String,
}

impl Origin {
    /// The origin of the values in a table.
    fn within(&self, table: &Node) -> Self {
        let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        let mut origin = self.clone();
        match table.get("source") {
            Some(source) if source.text().is_none() => {
                origin = Self {
                    reference: text(source, "reference").unwrap_or_default(),
                    checked_on: text(source, "checked_on").unwrap_or_default(),
                    reviewer: text(source, "reviewer").unwrap_or_default(),
                    confidence: text(source, "confidence").unwrap_or_default(),
                };
            }
            Some(_) => origin.reference = text(table, "source").unwrap_or_default(),
            None => {}
        }
        if let Some(confidence) = text(table, "confidence") {
            origin.confidence = confidence;
        }
        origin
    }
}

/// Keys that are not values: names and origins.
const NO_VALUES: [&str; 9] = [
    "version",
    "valid_from",
    "valid_to",
    "source",
    "checked_on",
    "confidence",
    "id",
    "stage",
    "currency",
];

/// The rows of a table, in the order of the schema.
fn rows(table: &Node, fields: &[Field], path: &str, around: &Origin, out: &mut Vec<[String; 6]>) {
    let origin = around.within(table);
    let before = out.len();
    // The first day of a version is in its heading, that of a value inside it is a value.
    let is_value = |name: &str| !NO_VALUES.contains(&name) || (name == "valid_from" && !path.is_empty());
    for field in fields.iter().filter(|field| is_value(field.name)) {
        let Some(node) = table.get(field.name) else {
            continue;
        };
        let path = if path.is_empty() {
            field.name.to_owned()
        } else {
            format!("{path}.{}", field.name)
        };
        match (&field.kind, &node.value) {
            (Kind::Table(fields), _) => rows(node, fields, &path, &origin, out),
            (Kind::List(Kind::Table(fields), _), Value::List(items)) => {
                for (number, item) in (1..).zip(items) {
                    let name = ["id", "stage", "currency"]
                        .iter()
                        .find_map(|key| item.get(key)?.text());
                    let name = name.map_or_else(|| format!("{number}"), str::to_owned);
                    rows(item, fields, &format!("{path}.{name}"), &origin, out);
                }
            }
            (kind, _) => out.push(row(&path, in_words(field.name, node, kind), &origin)),
        }
    }
    if out.len() == before {
        let value = if path.contains("questions") {
            "asked"
        } else {
            "no deadline"
        };
        out.push(row(path, value.to_owned(), &origin));
    }
}

fn row(path: &str, value: String, origin: &Origin) -> [String; 6] {
    let Origin {
        reference,
        checked_on,
        reviewer,
        confidence,
    } = origin.clone();
    [
        format!("`{path}`"),
        value,
        reference,
        checked_on,
        reviewer,
        confidence,
    ]
}

/// A value as people read it.
fn in_words(name: &str, node: &Node, kind: &Kind) -> String {
    match (&node.value, kind) {
        (Value::Number(centimes), Kind::Number(_, HIGHEST_AMOUNT)) => format!("{} DH", hundredths(*centimes)),
        (Value::Number(points), _) if name.ends_with("_bp") => format!("{} %", hundredths(*points)),
        (Value::Number(rate), _) if name == "dirhams_e4" => format!("{} DH", *rate as f64 / 10_000.0),
        (Value::Number(days), _) if name.contains("days") => format!("{days} days"),
        (Value::Number(months), _) if name.ends_with("_months") => format!("{months} months"),
        (Value::Number(years), _) if name.contains("years") => format!("{years} years"),
        (Value::Flag(flag), _) => if *flag { "yes" } else { "no" }.to_owned(),
        (Value::List(items), _) => items.iter().map(Node::quote).collect::<Vec<_>>().join(", "),
        (Value::Table(entries), _) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key} {}", value.quote()));
            entries.collect::<Vec<_>>().join(", ")
        }
        _ => node.quote(),
    }
}

/// `24,000` or `1.50`: hundredths with separators.
fn hundredths(value: i64) -> String {
    let digits = (value / 100).to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    let whole = groups.join(",");
    match value % 100 {
        0 => whole,
        rest => format!("{whole}.{rest:02}"),
    }
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for file in RuleFile::ALL {
        let text = built_in_text(file);
        let root = from_toml("x", text, &mut Findings::default()).unwrap();
        let [
            Field {
                kind: Kind::List(Kind::Table(fields), _),
                ..
            },
        ] = schema::of(file)
        else {
            panic!("a rule file is a list of versions")
        };
        writeln!(page, "\n## {}.toml", file.name()).unwrap();
        for version in root.list("rule") {
            let part = |key: &str| version.get(key).map(Node::quote);
            let until = part("valid_to").map_or_else(|| "on".to_owned(), |to| format!("to {to}"));
            let reported = if part("to_confirm").as_deref() == Some("true") {
                ", reported, never applied"
            } else {
                ""
            };
            let (name, from) = (part("version").unwrap(), part("valid_from").unwrap());
            writeln!(
                page,
                "\n### {}.toml, version {name}: from {from} {until}{reported}\n",
                file.name()
            )
            .unwrap();
            page.push_str("| value | content | source | checked on | reviewer | confidence |\n|---|---|---|---|---|---|\n");
            let mut table = Vec::new();
            rows(version, fields, "", &Origin::default(), &mut table);
            for cells in table {
                assert!(
                    cells.iter().all(|cell| !cell.is_empty()),
                    "a value without origin: {cells:?}"
                );
                writeln!(
                    page,
                    "| {} |",
                    cells.map(|cell| cell.replace('|', "\\|")).join(" | ")
                )
                .unwrap();
            }
        }
    }
    page
}

/// With `UPDATE_FIGURES`, set by `make figures`, this test writes the page instead of comparing it.
#[test]
fn page_of_figures_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/figures.md");
    let page = page();
    if std::env::var_os("UPDATE_FIGURES").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/figures.md is out of date, run `make figures`"
    );
}
