//! The text itself: one line for where, one for what and how much, one to dial. Says less of each item rather than
//! grow beyond a code that scans well. Must not know catalogues or codes.

use super::words::Words;
use domain::{Lang, Money};
use jiff::civil::Date;

/// Bytes that a code of version 20 holds at level M (ISO/IEC 18004, table 7): 97 modules a side, which a telephone
/// still reads at arm's length from the screen.
pub(super) const ROOM: usize = 666;

/// One project or unit, in the reader's language.
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

/// What stands around the items.
pub(super) struct Letter<'a> {
    /// Today, where the kiosk stands.
    pub day: Date,
    pub catalogue_of: Date,
    pub site: Option<&'a str>,
}

/// How much is said of an item: bytes of its names, and what else.
struct Detail {
    title: usize,
    town: usize,
    number: usize,
    district: bool,
    surface: bool,
}

/// From all to the least; the last always fits, whatever the items are called.
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

/// The text of these items: the most detailed one that fits a code.
pub(super) fn compose(items: &[Item], letter: &Letter, lang: Lang) -> String {
    let words = Words::of(lang);
    let mut text = String::new();
    for detail in &DETAILS {
        text = lines(items, letter, words, detail).join("\n");
        if text.len() <= ROOM {
            break;
        }
    }
    text
}

fn lines(items: &[Item], letter: &Letter, words: &Words, detail: &Detail) -> Vec<String> {
    // The heading comes first whatever follows, so that no title can make the code mean something else to a telephone.
    let mut lines = vec![format!("{} – {}", words.heading, words.date(letter.day))];
    let dial = |phone: &str| format!("{}{}{phone}", words.phone, words.ltr);
    let one = items.first().and_then(|item| item.phone.as_ref());
    let shared = one.filter(|one| items.iter().all(|item| item.phone.as_ref() == Some(one)));
    for (at, item) in items.iter().enumerate() {
        let place = item.place(words, detail);
        lines.push(format!("{}{}. {place}", words.mark(&place), at + 1));
        lines.push(item.offer(words, detail));
        if shared.is_none() {
            lines.extend(item.phone.as_deref().map(dial));
        }
    }
    lines.extend(shared.map(|phone| dial(phone)));
    let of = words.date(letter.catalogue_of);
    lines.push(format!(
        "{}{}{}{of}",
        words.prices, words.comma, words.catalogue_of
    ));
    lines.extend(letter.site.map(str::to_owned));
    lines
}

impl Item {
    fn place(&self, words: &Words, detail: &Detail) -> String {
        let district = self.district.as_deref().filter(|_| detail.district);
        let parts = [
            Some(named(&self.title, detail.title)),
            district.map(|district| named(district, detail.town)),
            Some(named(&self.town, detail.town)),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(words.comma)
    }

    fn offer(&self, words: &Words, detail: &Detail) -> String {
        let unit = self.unit.as_ref();
        let number = unit.map(|unit| {
            format!(
                "{}{}{}",
                words.unit,
                words.ltr,
                named(&unit.number, detail.number)
            )
        });
        let surface = unit
            .filter(|_| detail.surface)
            .map(|unit| words.surface(unit.surface_dm2));
        let price = match self.price {
            Price::From(price) => format!("{}{}", words.from, words.amount(price)),
            Price::Exactly(price) => words.amount(price),
            Price::Reserved => words.reserved.to_owned(),
            Price::Sold => words.sold.to_owned(),
            Price::SoldOut => words.sold_out.to_owned(),
        };
        let parts: Vec<_> = [number, surface, Some(price)].into_iter().flatten().collect();
        parts.join(words.comma)
    }
}

/// A name on one line, at most so many bytes.
fn named(text: &str, bytes: usize) -> String {
    shortened(&plain(text), bytes)
}

/// One line of words: nothing in it begins another line, turns the direction of what follows or is taken for a link.
fn plain(text: &str) -> String {
    let visible = |c: &char| !is_invisible(*c);
    let spaced = text.chars().filter(visible).map(|c| match c {
        c if c.is_whitespace() || c.is_control() => ' ',
        // What address bars take for a dot.
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => '.',
        c => c,
    });
    let mut out = String::new();
    let mut before = ' ';
    let mut chars = spaced.peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let next = chars.peek().copied().unwrap_or(' ');
        let joins = match c {
            // `R+2.5` stays, `example.org` and `tel:1` do not.
            '.' => before.is_alphanumeric() && next.is_alphanumeric() && !both_figures(before, next),
            ':' => !both_figures(before, next),
            _ => false,
        };
        if joins {
            out.push(' ');
        }
        before = c;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn both_figures(before: char, next: char) -> bool {
    before.is_ascii_digit() && next.is_ascii_digit()
}

/// Marks of direction and other signs without a glyph: soft hyphen, Arabic letter mark, Mongolian separator, widths of
/// zero, embeddings, isolates, annotations, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text, or as many whole words of it as fit with an ellipsis; of one endless word, as many letters.
fn shortened(text: &str, bytes: usize) -> String {
    const ELLIPSIS: &str = "…";
    if text.len() <= bytes {
        return text.to_owned();
    }
    let room = bytes.saturating_sub(ELLIPSIS.len());
    let fits = (0..=room)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let cut = &text[..fits];
    // A cut that falls behind a word keeps that word.
    let whole = if text[fits..].starts_with(' ') {
        Some(fits)
    } else {
        cut.rfind(' ')
    };
    let kept = whole.map_or(cut, |end| &cut[..end]);
    format!("{}{ELLIPSIS}", kept.trim_end_matches([' ', ',', '،', '-', '–']))
}
