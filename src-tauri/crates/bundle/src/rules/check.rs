//! Checks the keys and the values of a rule file, each on its own. Must not know: how values depend on each other.

use super::node::{Node, Value};
use super::schema::{Field, Kind, STAGE_AID_STEP, STAGE_DAYS};
use crate::fault::{Fault, Findings, Message, is_unsafe_char, message};
use crate::source::cells::{MAX_SENTENCE_CHARS, comma_separated, date};
use expo_domain::phone;

/// Collects the faults of one file.
pub(super) struct Check<'f> {
    pub file: &'f str,
    pub findings: &'f mut Findings,
}

impl Check<'_> {
    /// A fault at a value.
    pub fn fault(&mut self, node: &Node, path: &str, found: &str, expected: Message) {
        let fault = if node.line == 0 {
            Fault {
                column: (!path.is_empty()).then(|| path.to_owned()),
                ..Fault::file(self.file, found, expected)
            }
        } else {
            Fault::cell(self.file, node.line, path, found, expected)
        };
        self.findings.push(fault);
    }

    /// The keys of a table: none is missing, unknown or wrong.
    pub fn table(&mut self, node: &Node, fields: &[Field], path: &str) {
        let Value::Table(entries) = &node.value else {
            let expected = describe(&Kind::Table(&[]));
            return self.fault(node, path, &node.quote(), expected);
        };
        for (key, value) in entries {
            let Some(field) = fields.iter().find(|field| field.name == key) else {
                let names = comma_separated(fields.iter().map(|field| field.name));
                let expected = message(|t| (t.content.rules.keys)(&names));
                self.fault(value, &join(path, key), key, expected);
                continue;
            };
            self.value(value, &field.kind, &join(path, key));
        }
        for field in fields.iter().filter(|field| !field.is_optional) {
            if node.get(field.name).is_none() {
                self.fault(node, &join(path, field.name), "", describe(&field.kind));
            }
        }
    }

    fn value(&mut self, node: &Node, kind: &Kind, path: &str) {
        match (kind, &node.value) {
            (Kind::Table(fields), _) => return self.table(node, fields, path),
            (Kind::List(of, at_least), Value::List(items)) if items.len() >= *at_least => {
                return items.iter().for_each(|item| self.value(item, of, path));
            }
            (Kind::Length, Value::Table(entries)) => {
                if let [(key, value)] = &entries[..]
                    && let Some(kind) = length(key)
                {
                    return self.value(value, kind, &join(path, key));
                }
            }
            _ if fits(node, kind) => return,
            _ => {}
        }
        self.fault(node, path, &node.quote(), describe(kind));
    }
}

/// What a stage's length in a table contains.
fn length(key: &str) -> Option<&'static Kind> {
    match key {
        "days" => Some(&STAGE_DAYS),
        "aid_step" => Some(&STAGE_AID_STEP),
        _ => None,
    }
}

/// Whether a single value is of a kind.
fn fits(node: &Node, kind: &Kind) -> bool {
    match (kind, &node.value) {
        (Kind::Flag, Value::Flag(_)) => true,
        (Kind::Number(low, high), Value::Number(number)) => (*low..=*high).contains(number),
        (kind, Value::Text(text)) => fits_text(text, kind),
        _ => false,
    }
}

fn fits_text(text: &str, kind: &Kind) -> bool {
    let is_line = !text.trim().is_empty()
        && text.chars().count() <= MAX_SENTENCE_CHARS
        && !text.chars().any(is_unsafe_char);
    match kind {
        Kind::Text => is_line,
        Kind::Date => date(text).is_some(),
        Kind::Address => is_line && text.starts_with("https://") && !text.contains(char::is_whitespace),
        Kind::Currency => text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
        Kind::Country => phone::is_country(text),
        Kind::Code(codes) => codes().contains(&text),
        Kind::Length => text == "at_delivery",
        Kind::Flag | Kind::Number(..) | Kind::List(..) | Kind::Table(_) => false,
    }
}

fn join(path: &str, key: &str) -> String {
    // All versions are below `rule`; the line says which one it is.
    if path.is_empty() || path == "rule" {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// What a value of a kind looks like.
fn describe(kind: &Kind) -> Message {
    message(|t| {
        let texts = &t.content.rules;
        match kind {
            Kind::Text => texts.text.to_owned(),
            Kind::Date => texts.date.to_owned(),
            Kind::Flag => texts.flag.to_owned(),
            Kind::Number(low, high) => (texts.number)(*low, *high),
            Kind::Address => texts.address.to_owned(),
            Kind::Currency => texts.currency.to_owned(),
            Kind::Country => texts.country.to_owned(),
            Kind::Code(codes) => (texts.codes)(&comma_separated(codes().into_iter())),
            Kind::Length => texts.length.to_owned(),
            Kind::List(..) => texts.list.to_owned(),
            Kind::Table(_) => texts.table.to_owned(),
        }
    })
}
