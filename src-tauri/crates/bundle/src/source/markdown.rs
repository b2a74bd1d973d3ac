//! Reads the subset of Markdown that guides may use into typed blocks. Anything else, HTML above all, is a fault with its
//! line. Must not know what a guide consists of.

use crate::fault::{Fault, Findings, message};
use expo_domain::document::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A block of a guide and its line.
pub(super) struct Located {
    pub line: u32,
    pub block: Markdown,
}

/// A block, as it is written.
pub(super) enum Markdown {
    Heading {
        level: u32,
        /// The name in braces, as in `## In short {#short}`.
        id: Option<String>,
        text: String,
    },
    Paragraph(Vec<Span>),
    /// A paragraph of a quotation.
    Notice(Vec<Span>),
    List {
        ordered: bool,
        /// Whether all items have a box to tick.
        boxes: bool,
        items: Vec<Vec<Span>>,
    },
}

/// All blocks of a text whose first line has this number. Adds a fault for everything that is not allowed.
pub(super) fn blocks(file: &str, text: &str, first_line: u32, faults: &mut Findings) -> Vec<Located> {
    // Extensions are recognised in order to refuse them; otherwise their signs would be text.
    let options = Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH;
    let mut line = first_line;
    let mut counted = 0;
    let events = Parser::new_ext(text, options).into_offset_iter();
    let events = events.map(|(event, range)| {
        // Ends of blocks have the offset of their start, before earlier events.
        if range.start > counted {
            line += text[counted..range.start].matches('\n').count() as u32;
            counted = range.start;
        }
        (event, line)
    });
    let mut reader = Reader {
        file,
        events: events.collect(),
        at: 0,
        faults,
    };
    reader.document()
}

struct Reader<'a> {
    file: &'a str,
    events: Vec<(Event<'a>, u32)>,
    at: usize,
    faults: &'a mut Findings,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, u32)> {
        let event = self.events.get(self.at).cloned();
        self.at += 1;
        event
    }

    fn document(&mut self) -> Vec<Located> {
        let mut blocks = Vec::new();
        while let Some((event, line)) = self.next() {
            let block = match event {
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let spans = self.spans();
                    Markdown::Heading {
                        level: level_number(level),
                        id: id.map(|id| id.to_string()),
                        text: plain(&spans),
                    }
                }
                Event::Start(Tag::Paragraph) => Markdown::Paragraph(self.spans()),
                Event::Start(Tag::List(first)) => self.list(first.is_some()),
                Event::Start(Tag::BlockQuote(_)) => {
                    self.quotation(&mut blocks);
                    continue;
                }
                other => {
                    self.refuse(&other, line);
                    continue;
                }
            };
            blocks.push(Located { line, block });
        }
        blocks
    }

    fn quotation(&mut self, blocks: &mut Vec<Located>) {
        while let Some((event, line)) = self.next() {
            match event {
                Event::End(TagEnd::BlockQuote(_)) => return,
                Event::Start(Tag::Paragraph) => {
                    let block = Markdown::Notice(self.spans());
                    blocks.push(Located { line, block });
                }
                other => self.refuse(&other, line),
            }
        }
    }

    /// The items of a list, up to its end.
    fn list(&mut self, ordered: bool) -> Markdown {
        let (mut items, mut boxes) = (Vec::new(), 0);
        while let Some((event, line)) = self.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    boxes += usize::from(self.item_has_box());
                    items.push(self.spans());
                }
                other => self.refuse(&other, line),
            }
        }
        Markdown::List {
            ordered,
            boxes: boxes == items.len(),
            items,
        }
    }

    /// Whether a box to tick follows, directly or in the item's paragraph.
    fn item_has_box(&self) -> bool {
        let next = self.events[self.at..].iter().map(|(event, _)| event);
        let mut next = next.skip_while(|event| matches!(event, Event::Start(Tag::Paragraph)));
        matches!(next.next(), Some(Event::TaskListMarker(_)))
    }

    /// The text up to the end of the block that was started. Items may contain paragraphs.
    fn spans(&mut self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut strong = false;
        while let Some((event, line)) = self.next() {
            let text = match event {
                Event::Text(text) => text.to_string(),
                Event::SoftBreak | Event::HardBreak => " ".to_owned(),
                Event::Start(Tag::Strong) => {
                    strong = true;
                    continue;
                }
                Event::End(TagEnd::Strong) => {
                    strong = false;
                    continue;
                }
                Event::Start(Tag::Paragraph) => {
                    if let Some(last) = spans.last_mut() {
                        last.text.push(' ');
                    }
                    spans.extend(self.spans());
                    continue;
                }
                Event::TaskListMarker(_) => continue,
                Event::End(_) => break,
                other => {
                    self.refuse(&other, line);
                    continue;
                }
            };
            match spans.last_mut().filter(|last| last.strong == strong) {
                Some(last) => last.text.push_str(&text),
                None => spans.push(Span { text, strong }),
            }
        }
        spans
    }

    /// Adds a fault and skips the block, if the event starts one.
    fn refuse(&mut self, event: &Event<'_>, line: u32) {
        let found = match event {
            Event::Html(text) | Event::InlineHtml(text) | Event::Code(text) => text.to_string(),
            _ => self.text_ahead(event),
        };
        let expected = message(|t| t.content.guides.markdown.to_owned());
        self.faults
            .push(Fault::cell(self.file, line, "", &found, expected));
        if !matches!(event, Event::Start(_)) {
            return;
        }
        let mut depth = 1;
        while depth > 0
            && let Some((event, _)) = self.next()
        {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
    }

    /// The first text of a refused block, to recognise it by.
    fn text_ahead(&self, event: &Event<'_>) -> String {
        if matches!(event, Event::Rule) {
            return "---".to_owned();
        }
        let texts = self.events.iter().skip(self.at).map(|(event, _)| event);
        let mut texts = texts.filter_map(|event| match event {
            Event::Text(text) | Event::Html(text) | Event::Code(text) => Some(text.to_string()),
            _ => None,
        });
        texts.next().unwrap_or_default()
    }
}

/// The text without styles.
pub(super) fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

const fn level_number(level: HeadingLevel) -> u32 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
