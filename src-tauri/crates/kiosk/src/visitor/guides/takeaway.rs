//! The takeaway of a guide: its papers or its steps in the notes of a contact, as much as a QR code holds. Must not know:
//! catalogues, windows.

use crate::error::KioskError;
use crate::views::TakeAway;
use crate::visitor::qr_code::{MAX_QR_BYTES, qr_code};
use crate::visitor::shortlist::{line, vcard};
use expo_domain::{GuideText, Lang};

/// Maximum bytes of the name of the contact.
const MAX_NAME_BYTES: usize = 40;
/// Maximum bytes of a line.
const MAX_LINE_BYTES: usize = 120;

/// What is known about the stop.
pub(super) struct GuideContext<'a> {
    pub name: &'a str,
    pub phone: Option<&'a str>,
    pub site: Option<&'a str>,
}

/// As many lines as fit into a QR code; the others are counted.
pub(super) fn compose(
    guide: &GuideText,
    ready: &[u32],
    context: &GuideContext,
    lang: Lang,
) -> Result<TakeAway, KioskError> {
    let name = line(context.name, MAX_NAME_BYTES);
    let contact = vcard::Contact {
        name: &name,
        phone: context.phone,
        site: context.site,
    };
    let lines = lines(guide, ready, lang);
    let fitting = (1..=lines.len()).rev();
    let mut fitting = fitting.map(|count| (count, vcard::write(&contact, &lines[..count].join("\n"))));
    let found = fitting.find(|(count, vcard)| *count == 1 || vcard.len() <= MAX_QR_BYTES);
    let (count, vcard) = found.ok_or_else(|| KioskError::Internal("an empty takeaway".to_owned()))?;
    Ok(TakeAway {
        text: lines[..count].join("\n"),
        qr_svg: qr_code(&vcard)?,
        url: context.site.map(str::to_owned),
        left_out: (lines.len() - count) as u32,
    })
}

/// The title, the papers that are missing, then those that are ready. A guide without papers: its short version.
fn lines(guide: &GuideText, ready: &[u32], lang: Lang) -> Vec<String> {
    let texts = &expo_texts::of(lang).takeaway;
    let mut lines = vec![line(&guide.title, MAX_LINE_BYTES)];
    if guide.papers.is_empty() {
        let steps = guide.short.iter().enumerate().map(|(index, spans)| {
            let step: String = spans.iter().map(|span| span.text.as_str()).collect();
            line(&format!("{}. {step}", index + 1), MAX_LINE_BYTES)
        });
        lines.extend(steps);
        return lines;
    }
    let papers = || (0_u32..).zip(&guide.papers);
    let is_ready = |number: &u32| ready.contains(number);
    let item = |paper: &String| line(&format!("– {paper}"), MAX_LINE_BYTES);
    let missing: Vec<String> = papers()
        .filter(|(n, _)| !is_ready(n))
        .map(|(_, p)| item(p))
        .collect();
    let present: Vec<String> = papers()
        .filter(|(n, _)| is_ready(n))
        .map(|(_, p)| item(p))
        .collect();
    for (heading, papers) in [(texts.papers_missing, missing), (texts.papers_ready, present)] {
        if !papers.is_empty() {
            lines.push(heading.to_owned());
            lines.extend(papers);
        }
    }
    lines
}
