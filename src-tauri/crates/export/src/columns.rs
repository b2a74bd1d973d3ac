//! The columns of an export: converts one lead to one row of cells.

use crate::ExportLocale;
use expo_domain::characters::is_invisible;
use expo_domain::lead::{
    DeskPartner, Interest, Lead, LeadRecord, OnBehalf, Reachable, Slot, StaffEntry, WantedTown,
};
use expo_texts::{ExportTexts, Formats, Headers};
use jiff::civil::DateTime;

/// Number of columns.
pub(crate) const COLUMN_COUNT: usize = 41;

/// One column.
pub(crate) struct Column {
    /// Name in all languages.
    pub key: &'static str,
    /// Width in Excel, in characters.
    pub width: u16,
    /// Its text among one text for each column.
    pub text: fn(&Headers) -> &'static str,
    /// Whether the summary counts its values.
    pub is_counted: bool,
    cell: fn(&LeadRecord, &ExportLocale) -> Cell,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    /// Local time at the stop.
    LocalTime(DateTime),
    UniversalTime(DateTime),
}

impl Cell {
    /// A text on one line; empty if nothing can be seen of it.
    pub(crate) fn text(text: impl AsRef<str>) -> Self {
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
pub(crate) fn single_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let line: String = visible.map(|c| if is_break(c) { ' ' } else { c }).collect();
    line.trim().to_owned()
}

impl Column {
    const fn new(
        key: &'static str,
        width: u16,
        text: fn(&Headers) -> &'static str,
        cell: fn(&LeadRecord, &ExportLocale) -> Cell,
    ) -> Self {
        Self {
            key,
            width,
            text,
            is_counted: false,
            cell,
        }
    }

    const fn counted(mut self) -> Self {
        self.is_counted = true;
        self
    }
}

/// The columns in order. A code and its name are two neighbouring columns.
pub(crate) static COLUMNS: [Column; COLUMN_COUNT] = [
    Column::new("ticket", 16, |h| h.ticket, |r, _| Cell::text(&r.header.ticket)),
    Column::new(
        "taken_at_local",
        18,
        |h| h.taken_at_local,
        |r, locale| Cell::LocalTime(locale.zone.to_datetime(r.header.taken_at)),
    ),
    Column::new(
        "taken_at_utc",
        18,
        |h| h.taken_at_utc,
        |r, _| Cell::UniversalTime(jiff::tz::TimeZone::UTC.to_datetime(r.header.taken_at)),
    ),
    Column::new("stop", 14, |h| h.stop, |r, _| Cell::text(&r.header.stop)).counted(),
    Column::new(
        "stop_name",
        28,
        |h| h.stop_name,
        |r, locale| Cell::optional(locale.stop_names.get(&r.header.stop).map(String::as_str)),
    ),
    Column::new("kiosk", 8, |h| h.kiosk, |r, _| Cell::text(&r.header.kiosk)).counted(),
    Column::new(
        "language",
        8,
        |h| h.language,
        |r, _| Cell::text(r.lead.language.code()),
    )
    .counted(),
    Column::new(
        "language_name",
        14,
        |h| h.language_name,
        |r, locale| Cell::text((texts(locale).language)(r.lead.language)),
    ),
    Column::new("name", 28, |h| h.name, |r, _| Cell::text(&r.lead.name)),
    Column::new(
        "phone",
        18,
        |h| h.phone,
        |r, _| Cell::optional(r.lead.phone.as_deref()),
    ),
    Column::new(
        "email",
        30,
        |h| h.email,
        |r, _| Cell::optional(r.lead.email.as_deref()),
    ),
    Column::new(
        "country",
        7,
        |h| h.country,
        |r, _| Cell::optional(r.lead.country.as_deref()),
    )
    .counted(),
    Column::new(
        "city",
        18,
        |h| h.city,
        |r, _| Cell::optional(r.lead.city.as_deref()),
    ),
    Column::new(
        "channel",
        14,
        |h| h.channel,
        |r, locale| {
            Cell::list(
                r.lead
                    .all_channels()
                    .iter()
                    .map(|c| (texts(locale).channel)(*c).to_owned()),
            )
        },
    )
    .counted(),
    Column::new(
        "purpose",
        14,
        |h| h.purpose,
        |r, locale| Cell::optional(r.lead.purpose.map(texts(locale).purpose)),
    )
    .counted(),
    Column::new(
        "desk",
        14,
        |h| h.desk,
        |r, locale| Cell::optional(r.lead.desk.map(texts(locale).desk)),
    )
    .counted(),
    Column::new(
        "budget",
        14,
        |h| h.budget,
        |r, _| r.lead.budget_mad.map_or(Cell::Empty, Cell::Integer),
    ),
    Column::new(
        "interests",
        48,
        |h| h.interests,
        |r, locale| {
            let formats = &expo_texts::of(locale.lang).formats;
            Cell::list(r.lead.interests.iter().map(|i| interest(i, formats)))
        },
    ),
    Column::new(
        "project_codes",
        22,
        |h| h.project_codes,
        |r, _| project_codes(&r.lead),
    ),
    Column::new(
        "consent_call",
        14,
        |h| h.consent_call,
        |r, locale| consent(r.lead.consents.call, locale),
    )
    .counted(),
    Column::new(
        "consent_whatsapp",
        14,
        |h| h.consent_whatsapp,
        |r, locale| consent(r.lead.consents.whatsapp, locale),
    )
    .counted(),
    Column::new(
        "consent_email",
        14,
        |h| h.consent_email,
        |r, locale| consent(r.lead.consents.email, locale),
    )
    .counted(),
    Column::new(
        "consent_bank",
        18,
        |h| h.consent_bank,
        |r, _| Cell::optional(r.lead.consents.bank.as_deref()),
    )
    .counted(),
    Column::new(
        "note",
        40,
        |h| h.note,
        |r, _| Cell::optional(r.lead.note.as_deref()),
    ),
    Column::new(
        "notice_version",
        16,
        |h| h.notice_version,
        |r, _| Cell::text(&r.consent.notice_version),
    ),
    Column::new("id", 38, |h| h.id, |r, _| Cell::text(r.header.id.to_string())),
    Column::new(
        "revision",
        9,
        |h| h.revision,
        |r, _| Cell::Integer(i64::from(r.header.revision)),
    ),
    Column::new(
        "towns",
        24,
        |h| h.towns,
        |r, _| Cell::list(r.lead.towns.iter().map(town)),
    ),
    Column::new(
        "types",
        24,
        |h| h.types,
        |r, locale| {
            let name = texts(locale).product_type;
            Cell::list(r.lead.types.iter().map(|t| name(*t).to_owned()))
        },
    ),
    Column::new(
        "result",
        60,
        |h| h.result,
        |r, locale| Cell::optional(r.lead.result.as_ref().map(texts(locale).result).as_deref()),
    ),
    Column::new(
        "partner",
        24,
        |h| h.partner,
        |r, _| Cell::optional(r.lead.partner.as_ref().map(partner)),
    ),
    Column::new(
        "call_language",
        12,
        |h| h.call_language,
        |r, locale| Cell::optional(r.lead.call_language.map(texts(locale).language)),
    ),
    Column::new(
        "reachable",
        40,
        |h| h.reachable,
        |r, locale| {
            Cell::optional(
                r.lead
                    .reachable
                    .as_ref()
                    .map(|at| reachable(at, texts(locale)))
                    .as_deref(),
            )
        },
    ),
    Column::new(
        "stay",
        26,
        |h| h.stay,
        |r, _| {
            Cell::optional(
                r.lead
                    .stay
                    .map(|stay| format!("{} – {}", stay.from, stay.to))
                    .as_deref(),
            )
        },
    ),
    Column::new(
        "on_behalf",
        24,
        |h| h.on_behalf,
        |r, locale| {
            Cell::optional(
                r.lead
                    .on_behalf
                    .as_ref()
                    .map(|o| on_behalf(o, texts(locale)))
                    .as_deref(),
            )
        },
    ),
    Column::new(
        "rating",
        14,
        |h| h.rating,
        |r, locale| Cell::optional(staff(r).and_then(|s| s.rating).map(texts(locale).rating)),
    )
    .counted(),
    Column::new(
        "outcome",
        16,
        |h| h.outcome,
        |r, locale| Cell::optional(staff(r).and_then(|s| s.outcome).map(texts(locale).outcome)),
    )
    .counted(),
    Column::new(
        "staff_desk",
        14,
        |h| h.staff_desk,
        |r, locale| Cell::optional(staff(r).and_then(|s| s.desk).map(texts(locale).desk)),
    )
    .counted(),
    Column::new(
        "staff_note",
        40,
        |h| h.staff_note,
        |r, _| Cell::optional(staff(r).and_then(|s| s.note.as_deref())),
    ),
    Column::new(
        "merged",
        38,
        |h| h.merged,
        |r, _| Cell::list(staff(r).iter().flat_map(|s| &s.merged).map(ToString::to_string)),
    ),
    Column::new(
        "merged_into",
        38,
        |h| h.merged_into,
        |r, _| {
            let lead = staff(r).and_then(|s| s.merged_into);
            lead.map_or(Cell::Empty, |id| Cell::text(id.to_string()))
        },
    ),
];

/// The titles in column order.
pub(crate) fn header_row(headers: &Headers) -> [&'static str; COLUMN_COUNT] {
    COLUMNS.each_ref().map(|column| (column.text)(headers))
}

/// The cells of one lead in column order.
pub(crate) fn row(record: &LeadRecord, locale: &ExportLocale) -> [Cell; COLUMN_COUNT] {
    COLUMNS.each_ref().map(|column| (column.cell)(record, locale))
}

const fn staff(record: &LeadRecord) -> Option<&StaffEntry> {
    record.staff.as_ref()
}

fn texts(locale: &ExportLocale) -> &'static ExportTexts {
    &expo_texts::of(locale.lang).export
}

fn consent(is_given: bool, locale: &ExportLocale) -> Cell {
    let texts = texts(locale);
    Cell::text(if is_given { texts.yes } else { texts.no })
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

fn project_codes(lead: &Lead) -> Cell {
    Cell::list(lead.interests.iter().map(|interest| interest.project.clone()))
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
