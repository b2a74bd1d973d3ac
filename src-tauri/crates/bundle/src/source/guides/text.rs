//! The parts of a guide in one language. Must not know files and other languages.

use crate::fault::Fault;
use crate::source::markdown::{self, Located, Markdown, plain};
use expo_domain::GuideText;
use expo_domain::document::{Block, GuideStep};

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
pub(super) fn read(file: &str, body: &str, first_line: u32, faults: &mut Vec<Fault>) -> Option<GuideText> {
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
    faults: &'a mut Vec<Fault>,
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
            (part, block) => self.refuse(line, &block, expected(part)),
        }
    }

    fn start_part(&mut self, line: u32, id: Option<&str>, heading: &str) {
        self.part = match id {
            Some("short") => Part::Short,
            Some("steps") => Part::Steps,
            Some("papers") => Part::Papers,
            Some("source") => Part::Source,
            _ => {
                let expected = "a heading that ends in {#short}, {#steps}, {#papers} or {#source}";
                self.faults
                    .push(Fault::cell(self.file, line, "", heading, expected));
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
                self.refuse(line, &heading, expected(Part::Steps));
                return;
            }
        };
        match self.text.steps.last_mut() {
            Some(step) => step.blocks.push(block),
            None => self.faults.push(Fault::cell(
                self.file,
                line,
                "",
                "",
                "a heading ### with the title of the first step",
            )),
        }
    }

    fn refuse(&mut self, line: u32, block: &Markdown, expected: &str) {
        let found = match block {
            Markdown::Heading { text, .. } => text.clone(),
            Markdown::Paragraph(spans) | Markdown::Notice(spans) => plain(spans),
            Markdown::List { items, .. } => items.first().map(|item| plain(item)).unwrap_or_default(),
        };
        self.faults
            .push(Fault::cell(self.file, line, "", &found, expected));
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
        let has_empty_step = text.steps.iter().find(|step| step.blocks.is_empty());
        if let Some(step) = has_empty_step {
            faults.push(Fault::file(
                file,
                &step.title,
                "a text below the title of each step",
            ));
        }
        for (is_missing, expected) in [
            (title.is_none(), "a title: a line that begins with #"),
            (
                text.summary.is_empty(),
                "a paragraph below the title that says what the guide is about",
            ),
            (
                text.short.is_empty(),
                "a short version: a heading {#short} and a numbered list below it",
            ),
            (
                text.steps.is_empty(),
                "steps: a heading {#steps} and below it a heading ### for each step",
            ),
            (
                text.source.is_empty(),
                "the source of the facts: a heading {#source} and a paragraph below it",
            ),
        ] {
            if is_missing {
                faults.push(Fault::file(file, "", expected));
            }
        }
        Some(GuideText {
            title: title?,
            ..text
        })
    }
}

const fn expected(part: Part) -> &'static str {
    match part {
        Part::Start => "one title # and one paragraph before the first heading ##",
        Part::Short => "one numbered list below {#short}",
        Part::Steps => "headings ###, paragraphs, lists and quotations below {#steps}",
        Part::Papers => "a list of boxes - [ ] below {#papers}",
        Part::Source => "one paragraph below {#source}",
    }
}
