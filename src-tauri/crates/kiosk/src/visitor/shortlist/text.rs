//! The text of the takeaway: for each item a line with its place, a line with facts, price and reference, a line with
//! the phone number; then what to plan for the units together. Shortens the items rather than exceed the size of a QR code that scans well. Must not know:
//! catalogues, QR codes.

use super::item::{Facts, Item, Price, Product};
use super::{link, vcard};
use crate::views::UnitsTotal;
use crate::visitor::qr_code::MAX_QR_BYTES;
use crate::visitor::text_value::escaped_len;
use expo_domain::Lang;
use expo_domain::characters::is_invisible;
use expo_texts::{Formats, Language};
use jiff::civil::Date;

/// Maximum bytes of the name of the contact.
const MAX_CONTACT_NAME_BYTES: usize = 40;
/// Maximum bytes of the identifier of a project.
const MAX_REFERENCE_BYTES: usize = 40;

/// The text around the items.
pub(super) struct TakeawayContext<'a> {
    /// Name of the contact: that of the stop.
    pub name: &'a str,
    /// Telephone of the group, E.164.
    pub phone: Option<&'a str>,
    /// Today, at the stop.
    pub day: Date,
    /// Day when the catalogue was published.
    pub catalogue_date: Date,
    /// Web site of the group.
    pub site: Option<&'a str>,
    /// Web page of the link that carries the choice.
    pub choice_page: Option<&'a str>,
    /// What to plan for the units together.
    pub total: Option<UnitsTotal>,
}

/// How detailed an item is: maximum bytes of its names, and optional parts.
struct Detail {
    title: usize,
    town: usize,
    number: usize,
    district: bool,
    /// Surface of a unit, the telephone of each item if they differ, and the total.
    surface: bool,
    /// Reference, and surfaces and delivery of a project.
    facts: bool,
}

/// From full to least detail. Items of any names fit with the last.
const DETAILS: [Detail; 6] = {
    const fn detail(title: usize, town: usize, facts: bool, surface: bool) -> Detail {
        Detail {
            title,
            town,
            number: if surface { 40 } else { 16 },
            district: false,
            surface,
            facts,
        }
    }
    let full = Detail {
        district: true,
        ..detail(120, 60, true, true)
    };
    [
        full,
        detail(120, 60, true, true),
        detail(60, 40, true, true),
        detail(44, 30, true, true),
        detail(44, 30, false, true),
        detail(28, 20, false, false),
    ]
};

/// Number of levels of detail that keep the facts of each item. A link does not take their place.
const DETAILS_WITH_FACTS: usize = 4;

/// A takeaway: the text that the window shows, and the contact with this text in its notes.
pub(super) struct Takeaway {
    pub text: String,
    pub vcard: String,
}

/// The most detailed takeaway of these items that fits into a QR code. The link with the choice takes the place of the
/// site, unless the facts of the items would not fit next to it.
pub(super) fn compose(items: &[Item], context: &TakeawayContext, lang: Lang) -> Takeaway {
    let language = expo_texts::of(lang);
    let shared = shared_phone(items);
    let contact_name = name(context.name, MAX_CONTACT_NAME_BYTES);
    let takeaway = |detail: &Detail, address: Option<&str>| {
        let contact = vcard::Contact {
            name: &contact_name,
            phone: shared.or(context.phone),
            site: address,
        };
        let note = lines(items, context, language, detail);
        let mut text = note.clone();
        text.extend(shared.map(|phone| (language.takeaway.phone)(phone)));
        text.extend(address.map(str::to_owned));
        Takeaway {
            text: text.join("\n"),
            vcard: vcard::write(&contact, &note.join("\n")),
        }
    };
    let link = context
        .choice_page
        .map(|page| link::write(page, items, context.day));
    let with_link = DETAILS[..DETAILS_WITH_FACTS]
        .iter()
        .filter_map(|detail| link.as_deref().map(|link| takeaway(detail, Some(link))));
    let without_link = DETAILS.iter().map(|detail| takeaway(detail, context.site));
    let fits = |takeaway: &Takeaway| takeaway.vcard.len() <= MAX_QR_BYTES;
    let [.., least] = &DETAILS;
    with_link
        .chain(without_link)
        .find(fits)
        .unwrap_or_else(|| takeaway(least, context.site))
}

/// The telephone number of all items, if it is the same.
fn shared_phone(items: &[Item]) -> Option<&str> {
    let first = items.first()?.phone.as_deref()?;
    let same = |item: &Item| item.phone.as_deref() == Some(first);
    items.iter().all(same).then_some(first)
}

/// The lines of the notes: heading, items, terms.
fn lines(items: &[Item], context: &TakeawayContext, language: &Language, detail: &Detail) -> Vec<String> {
    let texts = &language.takeaway;
    // The heading comes first, so that no title can give the QR code another meaning for a phone.
    let mut lines = vec![(texts.heading)(context.day)];
    let with_phones = detail.surface && shared_phone(items).is_none();
    for (at, item) in items.iter().enumerate() {
        let place = item.place(texts.comma, detail);
        let mark = language.direction.mark_before(&place);
        lines.push(format!("{mark}{}. {place}", at + 1));
        lines.push(item.offer(language, detail));
        if with_phones {
            lines.extend(item.phone.as_deref().map(texts.phone));
        }
    }
    if let Some(total) = context.total.filter(|_| detail.surface) {
        lines.push((texts.total)(total.without_aid));
        lines.extend(total.with_aid.map(texts.total_with_aid));
    }
    lines.push((texts.price_terms)(context.catalogue_date));
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
        let mut parts = match &self.product {
            Product::Unit(unit) => vec![
                Some((texts.unit)(&name(&unit.number, detail.number))),
                detail.surface.then(|| formats.area(unit.surface_dm2)),
            ],
            Product::Project(facts) => vec![
                detail.facts.then(|| facts.surfaces(formats)).flatten(),
                detail
                    .facts
                    .then(|| (texts.delivery)(facts.delivery, facts.delivery_on)),
            ],
        };
        parts.push(Some(match self.price {
            Price::From(price) => (texts.from)(price),
            Price::Exactly(price) => formats.amount(price),
            Price::Reserved => texts.reserved.to_owned(),
            Price::Sold => texts.sold.to_owned(),
            Price::AllReserved => texts.all_reserved.to_owned(),
            Price::SoldOut => texts.sold_out.to_owned(),
        }));
        let reference = || (texts.reference)(&name(&self.reference, MAX_REFERENCE_BYTES));
        parts.push(detail.facts.then(reference));
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.join(texts.comma)
    }
}

impl Facts {
    /// `52 m² – 80 m²`.
    fn surfaces(&self, formats: &Formats) -> Option<String> {
        let (smallest, largest) = self.surfaces_dm2?;
        let (smallest, largest) = (formats.area(smallest), formats.area(largest));
        Some(if smallest == largest {
            smallest
        } else {
            format!("{smallest} – {largest}")
        })
    }
}

/// A name on one line, at most `max_bytes` long.
pub(in crate::visitor) fn name(text: &str, max_bytes: usize) -> String {
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

/// The text, or as many complete words as fit together with an ellipsis. A single long word is cut between letters.
fn shorten(text: &str, max_bytes: usize) -> String {
    const ELLIPSIS: &str = "…";
    if escaped_len(text) <= max_bytes {
        return text.to_owned();
    }
    let room = max_bytes.saturating_sub(ELLIPSIS.len());
    let fits = (0..=room.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at) && escaped_len(&text[..at]) <= room)
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
