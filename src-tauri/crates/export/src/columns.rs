//! The columns of an export: converts one lead to one row of cells.

use crate::ExportLocale;
use expo_domain::lead::LeadRecord;
use expo_texts::Headers;
use jiff::civil::DateTime;

/// Number of columns.
pub(crate) const COLUMN_COUNT: usize = 24;

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
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }
}

/// Column widths in Excel, in characters, in the order of the headers.
pub(crate) const COLUMN_WIDTHS: [u16; COLUMN_COUNT] = [
    16, 18, 22, 14, 8, 8, 28, 18, 30, 7, 18, 14, 14, 14, 14, 28, 14, 14, 14, 18, 40, 16, 38, 9,
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
    ]
}

/// The cells of one lead, in the order of the headers.
pub(crate) fn row(record: &LeadRecord, locale: &ExportLocale) -> [Cell; COLUMN_COUNT] {
    let LeadRecord {
        header,
        lead,
        consent,
    } = record;
    let texts = &expo_texts::of(locale.lang).export;
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
        Cell::text((texts.channel)(lead.channel)),
        Cell::optional(lead.purpose.map(texts.purpose)),
        Cell::optional(lead.desk.map(texts.desk)),
        lead.budget_mad.map_or(Cell::Empty, Cell::Integer),
        Cell::text(lead.interests.join(" | ")),
        consented(lead.consents.call),
        consented(lead.consents.whatsapp),
        consented(lead.consents.email),
        Cell::optional(lead.consents.bank.as_deref()),
        Cell::optional(lead.note.as_deref()),
        Cell::text(&consent.notice_version),
        Cell::text(header.id.to_string()),
        Cell::Integer(i64::from(header.revision)),
    ]
}
