//! Guides: Markdown files below `guides/`, one per language. Owns the parts of a guide and their faults. Must not know how
//! Markdown is read.

mod text;

use crate::fault::{Fault, Findings, Message, is_unsafe_char, message};
use crate::source::cells::{date, list};
use crate::source::column_type::ColumnType;
use crate::source::partners::country;
use crate::source::text_files;
use expo_domain::{Document, DocumentContent, Guide, GuideText, Lang, ProductType, Situation, Topic};
use expo_texts::{GuidePartTexts, GuideTexts};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// Folder of the guides, in any case.
pub(super) const GUIDES_FOLDER: &str = "guides";

/// A text about the number of parts.
type Count = fn(&GuidePartTexts) -> fn(usize) -> String;
/// Key and country of a guide.
type Name = (String, Option<String>);

/// What the head of the French file says.
struct Head {
    situation: Situation,
    topics: Vec<Topic>,
    product_types: Vec<ProductType>,
    checked_on: Date,
}

/// All guides, by situation and key.
pub(super) fn read(source: &Path, faults: &mut Findings) -> Vec<Document> {
    let mut files: BTreeMap<Name, BTreeMap<Lang, (String, String)>> = BTreeMap::new();
    for (file, text) in text_files::read(source, GUIDES_FOLDER, faults) {
        match file_name(&file) {
            Some((name, lang)) => {
                let file = format!("guides/{file}");
                files.entry(name).or_default().insert(lang, (file, text));
            }
            None => faults.push(Fault::file(
                &format!("guides/{file}"),
                &file,
                about(|t| t.file_name),
            )),
        }
    }
    let guides = files
        .into_iter()
        .filter_map(|(name, texts)| guide(name, &texts, faults));
    let mut guides: Vec<Guide> = guides.collect();
    guides.sort_by_key(|guide| guide.situation);
    let document = |guide: Guide| Document {
        id: match &guide.country {
            Some(country) => format!("guide/{}/{country}", guide.key),
            None => format!("guide/{}", guide.key),
        },
        content: DocumentContent::Guide(guide),
    };
    guides.into_iter().map(document).collect()
}

/// `KEY.LANG.md` or `KEY.COUNTRY.LANG.md`.
fn file_name(file: &str) -> Option<(Name, Lang)> {
    let parts: Vec<&str> = file.strip_suffix(".md")?.split('.').collect();
    let (key, of, lang) = match parts[..] {
        [key, lang] => (key, None, lang),
        [key, of, lang] => (key, Some(country(of)?), lang),
        _ => return None,
    };
    let is_allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let is_key = (2..=40).contains(&key.len()) && key.bytes().all(is_allowed);
    is_key.then_some(((key.to_owned(), of), lang.parse().ok()?))
}

fn guide(
    (key, country): Name,
    files: &BTreeMap<Lang, (String, String)>,
    faults: &mut Findings,
) -> Option<Guide> {
    let Some((french_file, french)) = files.get(&Lang::Fr) else {
        let (file, _) = files.values().next()?;
        faults.push(Fault::file(file, "", about(|t| t.french_file)));
        return None;
    };
    let head = head(french_file, french, faults);
    let mut texts: BTreeMap<Lang, GuideText> = BTreeMap::new();
    for (lang, (file, text)) in files {
        check_characters(file, text, faults);
        let (body, first_line) = body(text);
        if *lang != Lang::Fr && first_line > 1 {
            let expected = about(|t| t.head_in_french_only);
            faults.push(Fault::cell(file, 1, "", "---", expected));
        }
        if let Some(read) = text::read(file, body, first_line, faults) {
            if let Some(french) = texts.get(&Lang::Fr) {
                check_same_parts(file, french, &read, faults);
            }
            texts.insert(*lang, read);
        }
    }
    let head = head?;
    Some(Guide {
        key,
        country,
        situation: head.situation,
        topics: head.topics,
        product_types: head.product_types,
        checked_on: head.checked_on,
        texts,
    })
}

/// Steps and papers have the same numbers in all languages, so that ticks stay when the reader changes the language.
fn check_same_parts(file: &str, french: &GuideText, text: &GuideText, faults: &mut Findings) {
    let parts: [(usize, usize, Count); 3] = [
        (text.short.len(), french.short.len(), |t| t.as_many_short),
        (text.steps.len(), french.steps.len(), |t| t.as_many_steps),
        (text.papers.len(), french.papers.len(), |t| t.as_many_papers),
    ];
    for (found, expected, count) in parts {
        if found != expected {
            let text = message(|t| count(&t.content.guides.parts)(expected));
            faults.push(Fault::file(file, &found.to_string(), text));
        }
    }
}

fn about(part: fn(&GuideTexts) -> &'static str) -> Message {
    message(|t| part(&t.content.guides).to_owned())
}

fn check_characters(file: &str, text: &str, faults: &mut Findings) {
    for (number, line) in (1..).zip(text.lines()) {
        if line.chars().any(is_unsafe_char) {
            let expected = about(|t| t.plain_characters);
            faults.push(Fault::cell(file, number, "", line, expected));
        }
    }
}

/// The text after the head, and the number of its first line.
fn body(text: &str) -> (&str, u32) {
    let after = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"));
    after.map_or((text, 1), |(head, body)| {
        (body, head.matches('\n').count() as u32 + 4)
    })
}

/// The head of the French file.
fn head(file: &str, text: &str, faults: &mut Findings) -> Option<Head> {
    let Some((lines, _)) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
    else {
        let found = text.lines().next().unwrap_or_default();
        faults.push(Fault::cell(file, 1, "", found, about(|t| t.head)));
        return None;
    };
    let values = head_values(file, lines, faults);
    let mut fail = |name: &str, column: ColumnType| {
        let (found, line) = values.get(name).copied().unwrap_or(("", 1));
        let expected = message(|t| column.describe(t.types));
        faults.push(Fault::cell(file, line, name, found, expected));
    };
    let value = |name: &str| values.get(name).map(|(value, _)| *value);
    let situation = value("situation").and_then(Situation::from_code);
    if situation.is_none() {
        fail(
            "situation",
            ColumnType::OneOf(|| Situation::ALL.iter().map(|value| value.code()).collect()),
        );
    }
    let topics = value("topics").and_then(|topics| list(topics, Topic::from_code));
    if topics.is_none() {
        fail(
            "topics",
            ColumnType::AnyOf(|| Topic::ALL.iter().map(|value| value.code()).collect()),
        );
    }
    let product_types =
        value("product_types").map_or(Some(Vec::new()), |types| list(types, ProductType::from_code));
    if product_types.is_none() {
        fail(
            "product_types",
            ColumnType::AnyOf(|| ProductType::ALL.iter().map(|value| value.code()).collect()),
        );
    }
    let checked_on = value("checked_on").and_then(date);
    if checked_on.is_none() {
        fail("checked_on", ColumnType::Date);
    }
    Some(Head {
        situation: situation?,
        topics: topics?,
        product_types: product_types?,
        checked_on: checked_on?,
    })
}

/// The lines `name: value` of a head, each value with the number of its line.
fn head_values<'a>(file: &str, lines: &'a str, faults: &mut Findings) -> BTreeMap<&'a str, (&'a str, u32)> {
    let mut values: BTreeMap<&str, (&str, u32)> = BTreeMap::new();
    for (number, line) in (2..).zip(lines.lines()) {
        let name = line
            .split_once(':')
            .map(|(name, value)| (name.trim(), value.trim()));
        if let Some((name @ ("situation" | "topics" | "product_types" | "checked_on"), value)) = name {
            if values.insert(name, (value, number)).is_some() {
                faults.push(Fault::cell(
                    file,
                    number,
                    name,
                    name,
                    message(|t| t.columns.once.to_owned()),
                ));
            }
        } else {
            let expected = about(|t| t.head_line);
            faults.push(Fault::cell(file, number, "", line, expected));
        }
    }
    values
}
