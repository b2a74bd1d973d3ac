//! The columns of an export: converts one lead to one row of cells.

use crate::ExportLocale;
use expo_domain::characters::is_invisible;
use expo_domain::lead::{DeskPartner, Interest, LeadRecord, OnBehalf, Reachable, Slot, WantedTown};
use expo_texts::{ExportTexts, Formats, Headers};
use jiff::civil::DateTime;

/// Number of columns.
pub(crate) const COLUMN_COUNT: usize = 32;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    /// Local time at the stop.
    LocalTime(DateTime),
}

impl Cell {
    /// A text on one line; empty if nothing can be seen of it.
    fn text(text: impl AsRef<str>) -> Self {
        let text = single_line(text.as_ref());
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// Several values in one cell; empty if there is none.
    fn list(values: impl Iterator<Item = String>) -> Self {
        Self::text(values.collect::<Vec<_>>().join(" | "))
    }

    fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }
}

/// The text without zero-width characters and direction marks, with a space for control characters and line breaks.
fn single_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let line: String = visible.map(|c| if is_break(c) { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// Column widths in Excel, in characters, in the order of the headers.
pub(crate) const COLUMN_WIDTHS: [u16; COLUMN_COUNT] = [
    16, 18, 22, 14, 8, 8, 28, 18, 30, 7, 18, 14, 14, 14, 14, 48, 14, 14, 14, 18, 40, 16, 38, 9, 24, 24, 60, 24, 12, 40, 26, 24,
];

/// The headers in column order.
pub(crate) const fn header_row(headers: &Headers) -> [&'static str; COLUMN_COUNT] {
    [
        headers.ticket,
        headers.taken_at_local,
        headers.taken_at_utc,
        headers.stop,
        headers.kiosk,
        headers.language,
        headers.name,
        headers.phone,
        headers.email,
        headers.country,
        headers.city,
        headers.channel,
        headers.purpose,
        headers.desk,
        headers.budget,
        headers.interests,
        headers.consent_call,
        headers.consent_whatsapp,
        headers.consent_email,
        headers.consent_bank,
        headers.note,
        headers.notice_version,
        headers.id,
        headers.revision,
        headers.towns,
        headers.types,
        headers.result,
        headers.partner,
        headers.call_language,
        headers.reachable,
        headers.stay,
        headers.on_behalf,
    ]
}

/// The cells of one lead, in the order of the headers.
pub(crate) fn row(record: &LeadRecord, locale: &ExportLocale) -> [Cell; COLUMN_COUNT] {
    let LeadRecord {
        header,
        lead,
        consent,
    } = record;
    let language = expo_texts::of(locale.lang);
    let (texts, formats) = (&language.export, &language.formats);
    let consented = |given: bool| Cell::text(if given { texts.yes } else { texts.no });
    let local = locale.zone.to_datetime(header.taken_at);
    [
        Cell::text(&header.ticket),
        Cell::LocalTime(local),
        Cell::text(header.taken_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        Cell::text(&header.stop),
        Cell::text(&header.kiosk),
        Cell::text(lead.language.code()),
        Cell::text(&lead.name),
        Cell::optional(lead.phone.as_deref()),
        Cell::optional(lead.email.as_deref()),
        Cell::optional(lead.country.as_deref()),
        Cell::optional(lead.city.as_deref()),
        Cell::list(lead.all_channels().iter().map(|c| (texts.channel)(*c).to_owned())),
        Cell::optional(lead.purpose.map(texts.purpose)),
        Cell::optional(lead.desk.map(texts.desk)),
        lead.budget_mad.map_or(Cell::Empty, Cell::Integer),
        Cell::list(lead.interests.iter().map(|i| interest(i, formats))),
        consented(lead.consents.call),
        consented(lead.consents.whatsapp),
        consented(lead.consents.email),
        Cell::optional(lead.consents.bank.as_deref()),
        Cell::optional(lead.note.as_deref()),
        Cell::text(&consent.notice_version),
        Cell::text(header.id.to_string()),
        Cell::Integer(i64::from(header.revision)),
        Cell::list(lead.towns.iter().map(town)),
        Cell::list(lead.types.iter().map(|t| (texts.product_type)(*t).to_owned())),
        Cell::optional(lead.result.as_ref().map(texts.result).as_deref()),
        Cell::optional(lead.partner.as_ref().map(partner)),
        Cell::optional(lead.call_language.map(|language| language.code())),
        Cell::optional(lead.reachable.as_ref().map(|r| reachable(r, texts)).as_deref()),
        Cell::optional(lead.stay.map(|stay| format!("{} – {}", stay.from, stay.to)).as_deref()),
        Cell::optional(lead.on_behalf.as_ref().map(|o| on_behalf(o, texts)).as_deref()),
    ]
}

/// `Title (CODE) – LI-002 – 1 200 m²`: what is known of it. A record of the former form has only the code.
fn interest(interest: &Interest, formats: &Formats) -> String {
    let code = &interest.project;
    let project = match &interest.project_title {
        Some(title) => format!("{title} ({code})"),
        None => code.clone(),
    };
    let unit = interest.unit_number.clone().or_else(|| interest.unit.clone());
    let surface = interest.unit_surface_dm2.map(|dm2| formats.area(dm2));
    let parts: Vec<_> = [Some(project), unit, surface].into_iter().flatten().collect();
    parts.join(" – ")
}

fn town(town: &WantedTown) -> String {
    town.name.clone().unwrap_or_else(|| town.town.clone())
}

fn partner(partner: &DeskPartner) -> &str {
    partner.name.as_deref().unwrap_or(&partner.partner)
}

/// `morning 10–13, weekend 10–18 (Europe/Paris)`
fn reachable(reachable: &Reachable, texts: &ExportTexts) -> String {
    let hours = |slot: &Slot| {
        let (from, to) = slot.hours();
        format!("{} {from}–{to}", (texts.slot)(*slot))
    };
    let slots: Vec<_> = reachable.slots.iter().map(hours).collect();
    format!("{} ({})", slots.join(", "), reachable.zone)
}

fn on_behalf(on_behalf: &OnBehalf, texts: &ExportTexts) -> String {
    let whom = (texts.beneficiary)(on_behalf.whom);
    match &on_behalf.detail {
        Some(detail) => format!("{whom} – {detail}"),
        None => whom.to_owned(),
    }
}
