//! Guides: Markdown files below `guides/`, one per language. Owns the parts of a guide and their faults. Must not know how
//! Markdown is read.

mod text;

use crate::fault::{Fault, Findings, Message, is_unsafe_char, message};
use crate::source::cells::{date, list};
use crate::source::column_type::ColumnType;
use crate::source::partners::country;
use expo_domain::{Document, DocumentContent, Guide, GuideText, Lang, ProductType, Situation, Topic};
use expo_texts::{GuidePartTexts, GuideTexts};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder of the guides, in any case.
const GUIDES_FOLDER: &str = "guides";
/// Maximum size of a guide in bytes.
const MAX_GUIDE_BYTES: u64 = 64 * 1024;

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

/// The folder of the guides in a source. Of several spellings, the one in lower case.
pub(super) fn folder(source: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(source).ok()?.flatten();
    let named = entries.filter(|entry| entry.file_name().eq_ignore_ascii_case(GUIDES_FOLDER));
    named.map(|entry| entry.path()).filter(|path| path.is_dir()).max()
}

/// All guides, by situation and key.
pub(super) fn read(folder: &Path, faults: &mut Findings) -> Vec<Document> {
    let mut files: BTreeMap<Name, BTreeMap<Lang, (String, String)>> = BTreeMap::new();
    let found = self::folder(folder).map_or_else(Vec::new, |folder| texts(&folder, faults));
    for (file, text) in found {
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

/// The files of the folder with their text, sorted by name.
fn texts(folder: &Path, faults: &mut Findings) -> Vec<(String, String)> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let expected = message(|t| t.files.readable.to_owned());
            faults.push(Fault::file(GUIDES_FOLDER, &error.to_string(), expected));
            return Vec::new();
        }
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
            let expected = message(|t| (t.files.max_bytes)(MAX_GUIDE_BYTES));
            faults.push(Fault::file(&file, &format!("{bytes} bytes"), expected));
            continue;
        }
        match fs::read_to_string(&path) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                texts.push((name, text));
            }
            Err(error) => faults.push(Fault::file(&file, &error.to_string(), about(|t| t.utf8))),
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
