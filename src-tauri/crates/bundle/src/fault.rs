//! Faults of a catalogue source, worded so that the person who filled in the table can find and correct them. Must not
//! know which checks exist.

use expo_texts::{ImportTexts, TemplateLanguage};
use serde::{Serialize, Serializer};
use std::fmt;
use std::path::Path;

/// Longest extract of a cell that is quoted, in characters.
const MAX_QUOTE_CHARS: usize = 60;

/// Largest number of findings that are kept. Later ones are only counted, so that a hostile file needs little memory.
const MAX_FINDINGS: usize = 2_000;

/// A text in all languages of the import.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    french: String,
    english: String,
}

impl Message {
    fn text(&self, language: TemplateLanguage) -> &str {
        match language {
            TemplateLanguage::French => &self.french,
            TemplateLanguage::English => &self.english,
        }
    }
}

/// Takes the same text from both languages.
pub(crate) fn message(text: impl Fn(&'static ImportTexts) -> String) -> Message {
    let of = |language| text(expo_texts::import(language));
    Message {
        french: of(TemplateLanguage::French),
        english: of(TemplateLanguage::English),
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing is built.
    Fault,
    /// Must be confirmed.
    Warning,
    /// Something that is not read and does no harm.
    Note,
}

/// One finding in a source. Findings sort by file, row and column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// `units.csv`, `catalogue.xlsx [units]`, `guides/notary.fr.md`, `rules/aid.toml` or a picture below `photos/`.
    pub file: String,
    /// Row as the spreadsheet numbers it: the header is row 1; the line of a text file. `None` for a fault of the complete file.
    pub row: Option<u32>,
    /// Name of the column, or of the key of a rule.
    pub column: Option<String>,
    /// Content of the cell, shortened.
    pub found: String,
    /// What the cell should contain, or what must be confirmed, or why it is not read.
    pub expected: Message,
    /// How serious it is.
    pub severity: Severity,
}

impl Fault {
    /// A fault of a complete file.
    pub(crate) fn file(file: &str, found: &str, expected: Message) -> Self {
        Self {
            file: file.to_owned(),
            row: None,
            column: None,
            found: quote(found),
            expected,
            severity: Severity::Fault,
        }
    }

    /// A fault of one cell, or of a complete row when `column` is empty.
    pub(crate) fn cell(file: &str, row: u32, column: &str, found: &str, expected: Message) -> Self {
        let column = (!column.is_empty()).then(|| column.to_owned());
        Self {
            row: Some(row),
            column,
            ..Self::file(file, found, expected)
        }
    }

    /// The same finding as something to confirm.
    pub(crate) fn warning(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }

    /// The same finding as something that is not read.
    pub(crate) fn note(self) -> Self {
        Self {
            severity: Severity::Note,
            ..self
        }
    }

    /// One line: place, content, and what to do.
    pub fn line(&self, language: TemplateLanguage) -> String {
        let words = &expo_texts::import(language).line;
        let extension = Path::new(&self.file).extension().and_then(|end| end.to_str());
        let (row_word, column_word) = match extension {
            Some("md") => (words.line, words.column),
            Some("toml") => (words.line, words.key),
            _ => (words.row, words.column),
        };
        let mut place = self.file.clone();
        if let Some(row) = self.row {
            place.extend([", ", row_word, " ", &row.to_string()]);
        }
        if let Some(column) = &self.column {
            place.extend([", ", column_word, " ", column]);
        }
        let text = self.expected.text(language);
        let found = (words.found)(&self.found);
        match (self.severity, self.found.is_empty()) {
            (Severity::Fault, true) => format!("{place}: {}, {} {text}", words.found_nothing, words.expected),
            (Severity::Fault, false) => format!("{place}: {found}, {} {text}", words.expected),
            (_, true) => format!("{place}: {text}"),
            (_, false) => format!("{place}: {found}: {text}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(TemplateLanguage::English))
    }
}

/// Collects findings, in bounded memory.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Fault>,
    dropped: usize,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Fault) {
        let has_room = self.kept.len() < MAX_FINDINGS;
        // A fault is never lost behind warnings and notes.
        let is_first_fault = finding.severity == Severity::Fault && !self.has_faults();
        if has_room || is_first_fault {
            self.kept.push(finding);
        } else {
            self.dropped += 1;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.kept.iter()
    }

    fn has_faults(&self) -> bool {
        self.kept
            .iter()
            .any(|finding| finding.severity == Severity::Fault)
    }

    /// Faults, warnings and notes, each sorted.
    pub(crate) fn sorted(self) -> [Vec<Fault>; 3] {
        let dropped = self.dropped;
        let kept = Faults::new(self.kept).0;
        let of = |severity| -> Vec<Fault> {
            let findings = kept.iter().filter(|finding| finding.severity == severity);
            findings.cloned().collect()
        };
        let mut faults = of(Severity::Fault);
        let mut warnings = of(Severity::Warning);
        if dropped > 0 {
            let last = Fault::file("…", "", message(|t| (t.line.more)(dropped)));
            if faults.is_empty() {
                warnings.push(last.warning());
            } else {
                faults.push(last);
            }
        }
        [faults, warnings, of(Severity::Note)]
    }
}

/// All faults of a source, or all its warnings, sorted and without duplicates; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Sorts the faults and removes duplicates.
    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort();
        faults.dedup();
        Self(faults)
    }

    /// A sentence with the number of faults and warnings, and a line for each.
    pub fn text(&self, language: TemplateLanguage) -> String {
        let words = &expo_texts::import(language).line;
        let mut lines = Vec::new();
        for (severity, title) in [
            (Severity::Fault, words.fault_count),
            (Severity::Warning, words.warning_count),
        ] {
            let of_severity = self.0.iter().filter(|fault| fault.severity == severity);
            let found: Vec<String> = of_severity.map(|fault| fault.line(language)).collect();
            if !found.is_empty() {
                lines.push(title(found.len()));
                lines.extend(found);
            }
        }
        lines.join("\n")
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(TemplateLanguage::English))
    }
}

impl std::error::Error for Faults {}

/// One line of at most [`MAX_QUOTE_CHARS`] characters that is safe to print on a terminal.
pub(crate) fn quote(text: &str) -> String {
    let mut short: String = text
        .trim()
        .chars()
        .take(MAX_QUOTE_CHARS)
        .map(|c| if is_unsafe_char(c) { '·' } else { c })
        .collect();
    if text.trim().chars().count() > MAX_QUOTE_CHARS {
        short.push('…');
    }
    short
}

/// Control characters, line separators and overrides of the writing direction.
pub(crate) fn is_unsafe_char(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}
