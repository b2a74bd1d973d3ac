//! Guides: Markdown files below `guides/`, one per language. Owns the parts of a guide and their faults. Must not know how
//! Markdown is read.

mod text;

use crate::fault::{Fault, is_unsafe_char};
use crate::source::cells::{comma_separated, date, list};
use crate::source::partners::country;
use expo_domain::{Document, DocumentContent, Guide, GuideText, Lang, ProductType, Situation, Topic};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Maximum size of a guide in bytes.
const MAX_GUIDE_BYTES: u64 = 64 * 1024;
/// Name of a guide's file, for faults.
const FILE_NAME: &str = "a name such as notary.fr.md or power-of-attorney.BE.fr.md: lower-case letters, digits and hyphens, \
                         then the country of the stop if it is a variant, then the language";

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
pub(super) fn read(folder: &Path, faults: &mut Vec<Fault>) -> Vec<Document> {
    let mut files: BTreeMap<Name, BTreeMap<Lang, (String, String)>> = BTreeMap::new();
    for (file, text) in texts(&folder.join("guides"), faults) {
        match file_name(&file) {
            Some((name, lang)) => {
                let file = format!("guides/{file}");
                files.entry(name).or_default().insert(lang, (file, text));
            }
            None => faults.push(Fault::file(&format!("guides/{file}"), &file, FILE_NAME)),
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

/// The files of the folder with their text, sorted by name. No folder: no guides.
fn texts(folder: &Path, faults: &mut Vec<Fault>) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with(['.', '~'])).collect();
    names.sort();
    let mut texts = Vec::new();
    for name in names {
        let (path, file) = (folder.join(&name), format!("guides/{name}"));
        let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if bytes > MAX_GUIDE_BYTES {
            let expected = format!("at most {MAX_GUIDE_BYTES} bytes");
            faults.push(Fault::file(&file, &format!("{bytes} bytes"), expected));
            continue;
        }
        match fs::read_to_string(&path) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                texts.push((name, text));
            }
            Err(error) => faults.push(Fault::file(&file, &error.to_string(), "a text file in UTF-8")),
        }
    }
    texts
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
    faults: &mut Vec<Fault>,
) -> Option<Guide> {
    let Some((french_file, french)) = files.get(&Lang::Fr) else {
        let (file, _) = files.values().next()?;
        faults.push(Fault::file(file, "", "the French file of this guide beside it"));
        return None;
    };
    let head = head(french_file, french, faults);
    let mut texts: BTreeMap<Lang, GuideText> = BTreeMap::new();
    for (lang, (file, text)) in files {
        check_characters(file, text, faults);
        let (body, first_line) = body(text);
        if *lang != Lang::Fr && first_line > 1 {
            faults.push(Fault::cell(
                file,
                1,
                "",
                "---",
                "the head in the French file only",
            ));
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
fn check_same_parts(file: &str, french: &GuideText, text: &GuideText, faults: &mut Vec<Fault>) {
    for (part, found, expected) in [
        ("short steps", text.short.len(), french.short.len()),
        ("steps", text.steps.len(), french.steps.len()),
        ("papers", text.papers.len(), french.papers.len()),
    ] {
        if found != expected {
            let expected = format!("{expected} {part}, as in French");
            faults.push(Fault::file(file, &found.to_string(), expected));
        }
    }
}

fn check_characters(file: &str, text: &str, faults: &mut Vec<Fault>) {
    for (number, line) in (1..).zip(text.lines()) {
        if line.chars().any(is_unsafe_char) {
            let expected = "no control characters and none that change the writing direction";
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

/// The lines `name: value` between two lines `---`.
fn head(file: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Head> {
    let Some((lines, _)) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
    else {
        let found = text.lines().next().unwrap_or_default();
        faults.push(Fault::cell(file, 1, "", found, "a head between two lines ---"));
        return None;
    };
    let mut values: BTreeMap<&str, (&str, u32)> = BTreeMap::new();
    for (number, line) in (2..).zip(lines.lines()) {
        let name = line
            .split_once(':')
            .map(|(name, value)| (name.trim(), value.trim()));
        match name {
            Some((name @ ("situation" | "topics" | "product_types" | "checked_on"), value)) => {
                values.insert(name, (value, number));
            }
            _ => {
                let expected = "situation, topics, product_types or checked_on, a colon and a value";
                faults.push(Fault::cell(file, number, "", line, expected));
            }
        }
    }
    let mut fail = |name: &str, expected: String| {
        let (found, line) = values.get(name).copied().unwrap_or(("", 1));
        faults.push(Fault::cell(file, line, name, found, expected));
    };
    let value = |name: &str| values.get(name).map(|(value, _)| *value);
    let situation = value("situation").and_then(Situation::from_code);
    if situation.is_none() {
        let codes = comma_separated(Situation::ALL.iter().map(|value| value.code()));
        fail("situation", format!("one of {codes}"));
    }
    let topics = value("topics").and_then(|topics| list(topics, Topic::from_code));
    if topics.is_none() {
        let codes = comma_separated(Topic::ALL.iter().map(|value| value.code()));
        fail("topics", format!("codes separated by |, of {codes}"));
    }
    let product_types =
        value("product_types").map_or(Some(Vec::new()), |types| list(types, ProductType::from_code));
    if product_types.is_none() {
        let codes = comma_separated(ProductType::ALL.iter().map(|value| value.code()));
        fail("product_types", format!("codes separated by |, of {codes}"));
    }
    let checked_on = value("checked_on").and_then(date);
    if checked_on.is_none() {
        fail("checked_on", "a date such as 2026-11-16".to_owned());
    }
    Some(Head {
        situation: situation?,
        topics: topics?,
        product_types: product_types?,
        checked_on: checked_on?,
    })
}
