//! docs/invariants.toml names only tests that exist.

use super::{files, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

/// Suites that are not a crate below `src-tauri/crates` or `tests`, and the files that hold their tests.
const SUITES: [(&str, &str); 13] = [
    ("architecture", "tests/architecture"),
    ("closing", "tests/faults/closing.rs"),
    ("commands", "tests/faults/commands.rs"),
    ("damage", "tests/faults/damage"),
    ("disk", "tests/faults/disk"),
    ("machine", "tests/faults/machine"),
    ("windows", "tests/e2e/windows.rs"),
    ("exploring", "tests/e2e/exploring.rs"),
    ("software", "tests/e2e/software.rs"),
    ("escapes", "tests/faults/escapes"),
    ("recovery", "tests/faults/recovery"),
    ("sockets", "tests/chaos/tests/sockets"),
    ("ui", "ui"),
];

#[test]
fn every_test_named_in_the_invariants_exists() {
    let text = fs::read_to_string(root().join("docs/invariants.toml")).unwrap();
    let groups: Table = toml::from_str(&text).unwrap();
    let mut suites: BTreeMap<String, Suite> = BTreeMap::new();
    let (mut named, mut missing) = (0, Vec::new());
    for rule in groups.values().filter_map(Value::as_array).flatten() {
        assert!(!rule["rule"].as_str().unwrap().is_empty());
        let tests = rule["tests"].as_array().unwrap();
        assert!(!tests.is_empty(), "no test for {}", rule["rule"]);
        for test in tests.iter().filter_map(Value::as_str) {
            let (suite, name) = test.split_once("::").unwrap();
            let suite = suites
                .entry(suite.to_owned())
                .or_insert_with_key(|suite| Suite::read(suite));
            named += 1;
            if !suite.has(name) {
                missing.push(test.to_owned());
            }
        }
    }
    assert!(named > 150, "only {named} tests are named");
    assert!(
        missing.is_empty(),
        "these tests do not exist:\n{}",
        missing.join("\n")
    );
}

struct Suite {
    /// Names of Rust test functions.
    functions: BTreeSet<String>,
    /// Source text, for suites whose tests have titles.
    text: String,
}

impl Suite {
    fn read(name: &str) -> Self {
        let root = root();
        let folder = SUITES
            .iter()
            .find(|(suite, _)| *suite == name)
            .map(|(_, path)| root.join(path))
            .or_else(|| {
                let places = ["src-tauri/crates", "tests"];
                places
                    .iter()
                    .map(|place| root.join(place).join(name))
                    .find(|path| path.exists())
            })
            .unwrap_or_else(|| panic!("no suite {name}"));
        let mut suite = Self {
            functions: BTreeSet::new(),
            text: String::new(),
        };
        for file in sources(&folder) {
            let text = fs::read_to_string(&file).unwrap();
            suite.functions.extend(test_functions(&text));
            suite.text += &text;
        }
        suite
    }

    fn has(&self, name: &str) -> bool {
        self.functions.contains(name)
            || ["\"", "'", "`"]
                .iter()
                .any(|quote| self.text.contains(&format!("{quote}{name}")))
    }
}

/// Rust files, and TypeScript test files.
fn sources(path: &Path) -> Vec<std::path::PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let subfolders = ["src", "tests"]
        .iter()
        .map(|name| path.join(name))
        .filter(|folder| folder.exists());
    let mut found: Vec<_> = subfolders.flat_map(|folder| files(&folder)).collect();
    if found.is_empty() {
        found = files(path);
    }
    found.retain(|file| {
        let name = file.to_string_lossy();
        name.ends_with(".rs") || name.ends_with(".test.ts")
    });
    found
}

/// Functions that follow a test attribute, also inside `proptest!`, and those listed in `on_both_stores!`.
fn test_functions(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut is_test, mut is_list) = (false, false);
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if is_test && let Some((_, rest)) = line.split_once("fn ") {
            names.push(identifier(rest));
            is_test = false;
        } else if line.starts_with("on_both_stores!(") {
            is_list = true;
        } else if is_list {
            is_list = !line.starts_with(')');
            names.push(identifier(line));
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}
