//! The columns of an export: one lead becomes one row of cells.

use crate::Layout;
use crate::words::{COLUMNS, Words};
use domain::lead::LeadRecord;
use jiff::civil::DateTime;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Whole(i64),
    /// Local time of the stop.
    Moment(DateTime),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }
}

/// Widths in Excel, in characters; the order is that of the headers.
pub(crate) const WIDTHS: [u16; COLUMNS] = [
    16, 18, 22, 14, 8, 8, 28, 18, 30, 7, 18, 14, 14, 14, 14, 28, 14, 14, 14, 18, 40, 16, 38, 9,
];

/// The cells of one lead, in the order of the headers.
pub(crate) fn row(record: &LeadRecord, layout: &Layout) -> [Cell; COLUMNS] {
    let LeadRecord {
        header,
        lead,
        consent,
    } = record;
    let words = Words::of(layout.lang);
    let consented = |given: bool| Cell::text(if given { words.yes } else { words.no });
    let local = layout.zone.to_datetime(header.taken_at);
    [
        Cell::text(&header.ticket),
        Cell::Moment(local),
        Cell::text(header.taken_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        Cell::text(&header.stop),
        Cell::text(&header.kiosk),
        Cell::text(lead.language.code()),
        Cell::text(&lead.name),
        Cell::optional(lead.phone.as_deref()),
        Cell::optional(lead.email.as_deref()),
        Cell::optional(lead.country.as_deref()),
        Cell::optional(lead.city.as_deref()),
        Cell::text(words.channel(lead.channel)),
        Cell::optional(lead.purpose.map(|purpose| words.purpose(purpose))),
        Cell::optional(lead.desk.map(|desk| words.desk(desk))),
        lead.budget_mad.map_or(Cell::Empty, Cell::Whole),
        Cell::text(lead.interests.join(" | ")),
        consented(lead.consents.call),
        consented(lead.consents.whatsapp),
        consented(lead.consents.email),
        Cell::optional(lead.consents.bank.as_deref()),
        Cell::optional(lead.note.as_deref()),
        Cell::text(&consent.notice_version),
        Cell::text(header.id.to_string()),
        Cell::Whole(i64::from(header.revision)),
    ]
}
