//! The text of the takeaway: for each item a line with its place, a line with unit and price, a line with the phone number.
//! Shortens the items rather than exceed the size of a QR code that scans well. Must not know: catalogues, QR codes.

use expo_domain::{Lang, Money};
use expo_texts::Language;
use jiff::civil::Date;

/// Bytes that a QR code of version 20 holds at level M (ISO/IEC 18004, table 7). With 97 modules per side a phone reads it
/// at arm's length from the screen.
pub(super) const MAX_QR_BYTES: usize = 666;

/// One project or unit, in the language of the text.
#[derive(Debug)]
pub(super) struct Item {
    pub title: String,
    pub district: Option<String>,
    pub town: String,
    pub unit: Option<Unit>,
    pub price: Price,
    /// E.164.
    pub phone: Option<String>,
}

#[derive(Debug)]
pub(super) struct Unit {
    pub number: String,
    /// Square decimetres.
    pub surface_dm2: i64,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Price {
    From(Money),
    Exactly(Money),
    Reserved,
    Sold,
    SoldOut,
}

/// The text around the items.
pub(super) struct TakeawayContext<'a> {
    /// Today, at the stop.
    pub day: Date,
    /// Day when the catalogue was published.
    pub catalogue_date: Date,
    /// Web site of the group.
    pub site: Option<&'a str>,
}

/// How detailed an item is: maximum bytes of its names, and optional parts.
struct Detail {
    title: usize,
    town: usize,
    number: usize,
    district: bool,
    surface: bool,
}

/// From full to least detail. Items of any names fit with the last.
const DETAILS: [Detail; 5] = {
    const fn detail(title: usize, town: usize, district: bool, surface: bool) -> Detail {
        let number = if surface { 40 } else { 16 };
        Detail {
            title,
            town,
            number,
            district,
            surface,
        }
    }
    [
        detail(120, 60, true, true),
        detail(120, 60, false, true),
        detail(60, 40, false, true),
        detail(44, 30, false, true),
        detail(28, 20, false, false),
    ]
};

/// The most detailed text of these items that fits into a QR code.
pub(super) fn compose(items: &[Item], context: &TakeawayContext, lang: Lang) -> String {
    let language = expo_texts::of(lang);
    let mut text = String::new();
    for detail in &DETAILS {
        text = lines(items, context, language, detail).join("\n");
        if text.len() <= MAX_QR_BYTES {
            break;
        }
    }
    text
}

fn lines(items: &[Item], context: &TakeawayContext, language: &Language, detail: &Detail) -> Vec<String> {
    let texts = &language.takeaway;
    // The heading comes first, so that no title can give the QR code another meaning for a phone.
    let mut lines = vec![(texts.heading)(context.day)];
    let first = items.first().and_then(|item| item.phone.as_ref());
    let shared = first.filter(|first| items.iter().all(|item| item.phone.as_ref() == Some(first)));
    for (at, item) in items.iter().enumerate() {
        let place = item.place(texts.comma, detail);
        let mark = language.direction.mark_before(&place);
        lines.push(format!("{mark}{}. {place}", at + 1));
        lines.push(item.offer(language, detail));
        if shared.is_none() {
            lines.extend(item.phone.as_deref().map(texts.phone));
        }
    }
    lines.extend(shared.map(|phone| (texts.phone)(phone)));
    lines.push((texts.price_terms)(context.catalogue_date));
    lines.extend(context.site.map(str::to_owned));
    lines
}

impl Item {
    fn place(&self, comma: &str, detail: &Detail) -> String {
        let district = self.district.as_deref().filter(|_| detail.district);
        let parts = [
            Some(name(&self.title, detail.title)),
            district.map(|district| name(district, detail.town)),
            Some(name(&self.town, detail.town)),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(comma)
    }

    fn offer(&self, language: &Language, detail: &Detail) -> String {
        let (texts, formats) = (&language.takeaway, &language.formats);
        let unit = self.unit.as_ref();
        let number = unit.map(|unit| (texts.unit)(&name(&unit.number, detail.number)));
        let surface = unit
            .filter(|_| detail.surface)
            .map(|unit| formats.area(unit.surface_dm2));
        let price = match self.price {
            Price::From(price) => (texts.from)(price),
            Price::Exactly(price) => formats.amount(price),
            Price::Reserved => texts.reserved.to_owned(),
            Price::Sold => texts.sold.to_owned(),
            Price::SoldOut => texts.sold_out.to_owned(),
        };
        let parts: Vec<_> = [number, surface, Some(price)].into_iter().flatten().collect();
        parts.join(texts.comma)
    }
}

/// A name on one line, at most `max_bytes` long.
fn name(text: &str, max_bytes: usize) -> String {
    shorten(&sanitize(text), max_bytes)
}

/// Removes everything that starts a new line, changes the text direction or looks like a link.
fn sanitize(text: &str) -> String {
    let visible = |c: &char| !is_invisible(*c);
    let spaced = text.chars().filter(visible).map(|c| match c {
        c if c.is_whitespace() || c.is_control() => ' ',
        // Browsers treat these as a dot.
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => '.',
        c => c,
    });
    let mut out = String::new();
    let mut previous = ' ';
    let mut chars = spaced.peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let next = chars.peek().copied().unwrap_or(' ');
        let joins_words = match c {
            // Keeps `R+2.5`, separates `example.org` and `tel:1`.
            '.' => previous.is_alphanumeric() && next.is_alphanumeric() && !both_digits(previous, next),
            ':' => !both_digits(previous, next),
            _ => false,
        };
        if joins_words {
            out.push(' ');
        }
        previous = c;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn both_digits(previous: char, next: char) -> bool {
    previous.is_ascii_digit() && next.is_ascii_digit()
}

/// Direction marks and other characters without a glyph: soft hyphen, Arabic letter mark, Mongolian vowel separator,
/// zero-width characters, embeddings, isolates, annotations, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text, or as many complete words as fit together with an ellipsis. A single long word is cut between letters.
fn shorten(text: &str, max_bytes: usize) -> String {
    const ELLIPSIS: &str = "…";
    if text.len() <= max_bytes {
        return text.to_owned();
    }
    let room = max_bytes.saturating_sub(ELLIPSIS.len());
    let fits = (0..=room)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let cut = &text[..fits];
    // If the cut is at the end of a word, the word stays.
    let word_end = if text[fits..].starts_with(' ') {
        Some(fits)
    } else {
        cut.rfind(' ')
    };
    let kept = word_end.map_or(cut, |end| &cut[..end]);
    format!("{}{ELLIPSIS}", kept.trim_end_matches([' ', ',', '،', '-', '–']))
}
