//! The parts of a guide in one language. Must not know files and other languages.

use crate::fault::{Fault, Findings, Message, message};
use crate::source::markdown::{self, Located, Markdown, plain};
use expo_domain::GuideText;
use expo_domain::document::{Block, GuideStep};
use expo_texts::GuidePartTexts;

/// A text about a part, in the language of the texts.
type PartText = fn(&GuidePartTexts) -> &'static str;

/// Parts of a guide, by the name in braces of their heading.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Title and summary.
    Start,
    Short,
    Steps,
    Papers,
    Source,
}

/// Reads a guide. `None` if it has no title.
pub(super) fn read(file: &str, body: &str, first_line: u32, faults: &mut Findings) -> Option<GuideText> {
    let blocks = markdown::blocks(file, body, first_line, faults);
    let mut reader = TextReader {
        file,
        faults,
        part: Part::Start,
        title: None,
        text: GuideText {
            title: String::new(),
            summary: String::new(),
            short: Vec::new(),
            steps: Vec::new(),
            papers: Vec::new(),
            source: String::new(),
        },
    };
    for block in blocks {
        reader.add(block);
    }
    reader.finish()
}

struct TextReader<'a> {
    file: &'a str,
    faults: &'a mut Findings,
    part: Part,
    title: Option<String>,
    text: GuideText,
}

impl TextReader<'_> {
    fn add(&mut self, Located { line, block }: Located) {
        match (self.part, block) {
            (Part::Start, Markdown::Heading { level: 1, text, .. }) if self.title.is_none() => {
                self.title = Some(text);
            }
            (_, Markdown::Heading { level: 2, id, text }) => self.start_part(line, id.as_deref(), &text),
            (Part::Steps, Markdown::Heading { level: 3, text, .. }) => {
                self.text.steps.push(GuideStep {
                    title: text,
                    blocks: Vec::new(),
                });
            }
            (Part::Start, Markdown::Paragraph(spans)) if self.text.summary.is_empty() => {
                self.text.summary = plain(&spans);
            }
            (
                Part::Short,
                Markdown::List {
                    ordered: true, items, ..
                },
            ) => self.text.short.extend(items),
            (
                Part::Papers,
                Markdown::List {
                    boxes: true, items, ..
                },
            ) => {
                self.text.papers.extend(items.iter().map(|item| plain(item)));
            }
            (Part::Source, Markdown::Paragraph(spans)) if self.text.source.is_empty() => {
                self.text.source = plain(&spans);
            }
            (Part::Steps, block) => self.add_to_step(line, block),
            (part, block) => self.refuse(line, &block, content_of(part)),
        }
    }

    fn start_part(&mut self, line: u32, id: Option<&str>, heading: &str) {
        self.part = match id {
            Some("short") => Part::Short,
            Some("steps") => Part::Steps,
            Some("papers") => Part::Papers,
            Some("source") => Part::Source,
            _ => {
                self.fault(line, heading, |t| t.heading);
                return;
            }
        };
    }

    fn add_to_step(&mut self, line: u32, block: Markdown) {
        let block = match block {
            Markdown::Paragraph(spans) => Block::Paragraph { spans },
            Markdown::Notice(spans) => Block::Notice { spans },
            Markdown::List { ordered, items, .. } => Block::List { ordered, items },
            heading @ Markdown::Heading { .. } => {
                self.refuse(line, &heading, content_of(Part::Steps));
                return;
            }
        };
        match self.text.steps.last_mut() {
            Some(step) => step.blocks.push(block),
            None => self.fault(line, "", |t| t.first_step),
        }
    }

    fn refuse(&mut self, line: u32, block: &Markdown, expected: PartText) {
        let found = match block {
            Markdown::Heading { text, .. } => text.clone(),
            Markdown::Paragraph(spans) | Markdown::Notice(spans) => plain(spans),
            Markdown::List { items, .. } => items.first().map(|item| plain(item)).unwrap_or_default(),
        };
        self.fault(line, &found, expected);
    }

    fn fault(&mut self, line: u32, found: &str, expected: PartText) {
        self.faults
            .push(Fault::cell(self.file, line, "", found, about(expected)));
    }

    /// Adds a fault for each part that is missing.
    fn finish(self) -> Option<GuideText> {
        let Self {
            file,
            faults,
            title,
            text,
            ..
        } = self;
        if let Some(step) = text.steps.iter().find(|step| step.blocks.is_empty()) {
            faults.push(Fault::file(file, &step.title, about(|t| t.text_of_step)));
        }
        let parts: [(bool, PartText); 5] = [
            (title.is_none(), |t| t.no_title),
            (text.summary.is_empty(), |t| t.no_summary),
            (text.short.is_empty(), |t| t.no_short),
            (text.steps.is_empty(), |t| t.no_steps),
            (text.source.is_empty(), |t| t.no_source),
        ];
        for (is_missing, expected) in parts {
            if is_missing {
                faults.push(Fault::file(file, "", about(expected)));
            }
        }
        Some(GuideText {
            title: title?,
            ..text
        })
    }
}

fn about(part: PartText) -> Message {
    message(|t| part(&t.content.guides.parts).to_owned())
}

/// The kinds of blocks that a part of a guide can contain.
const fn content_of(part: Part) -> PartText {
    match part {
        Part::Start => |t| t.in_start,
        Part::Short => |t| t.in_short,
        Part::Steps => |t| t.in_steps,
        Part::Papers => |t| t.in_papers,
        Part::Source => |t| t.in_source,
    }
}
