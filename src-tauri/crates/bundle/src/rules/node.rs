//! A rule file as a tree of values with the lines that they stand on. Must not know: which keys a file has.

use crate::fault::{Fault, Findings, message};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A value and its line, from 1; 0 if it does not come from a text.
pub(super) struct Node {
    pub line: u32,
    pub value: Value,
}

/// What a node contains.
pub(super) enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    /// A value of a kind that no rule has, as it is written.
    Other(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The items of a list; none if it is not a list.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a list below a key.
    pub fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::items)
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub const fn number(&self) -> Option<i64> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// How a message quotes it.
    pub fn quote(&self) -> String {
        match &self.value {
            Value::Text(text) | Value::Other(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::List(_) => "[…]".to_owned(),
            Value::Table(_) => "{…}".to_owned(),
        }
    }
}

/// Parses a TOML text. Every line that is not TOML is a fault.
pub(super) fn from_toml(file: &str, text: &str, findings: &mut Findings) -> Option<Node> {
    let lines = Lines(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = error.span().map_or(1, |span| lines.of(span.start));
        let written = text.lines().nth(line as usize - 1).unwrap_or_default();
        let expected = message(|t| t.content.rules.toml.to_owned());
        findings.push(Fault::cell(file, line, "", written, expected));
    }
    errors.is_empty().then(|| Node {
        line: 1,
        value: Value::Table(lines.entries(table.get_ref())),
    })
}

/// The text of a file, to number its lines.
struct Lines<'t>(&'t str);

impl Lines<'_> {
    fn of(&self, offset: usize) -> u32 {
        let before = self.0.get(..offset).unwrap_or(self.0);
        before.matches('\n').count() as u32 + 1
    }

    fn entries(&self, table: &DeTable<'_>) -> Vec<(String, Node)> {
        let entry = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
            // Below a header such as `[rule.notary]` the value begins with its first key: the header is the place.
            let line = self.of(key.span().start);
            (key.get_ref().to_string(), self.node(line, value.get_ref()))
        };
        table.iter().map(entry).collect()
    }

    fn node(&self, line: u32, value: &DeValue<'_>) -> Node {
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Value::Other(number.to_string()), Value::Number),
            DeValue::Float(number) => Value::Other(number.to_string()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(time) => Value::Other(time.to_string()),
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.node(self.of(item.span().start), item.get_ref()))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.entries(table)),
        };
        Node { line, value }
    }
}

/// The same tree of a value that was read already. Keys without a value are left out.
pub(super) fn from_json(value: &serde_json::Value) -> Node {
    use serde_json::Value as Json;
    let value = match value {
        Json::Null => Value::Other("null".to_owned()),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::Number(number) => number
            .as_i64()
            .map_or_else(|| Value::Other(number.to_string()), Value::Number),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(from_json).collect()),
        Json::Object(entries) => Value::Table(
            entries
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), from_json(value)))
                .collect(),
        ),
    };
    Node { line: 0, value }
}
