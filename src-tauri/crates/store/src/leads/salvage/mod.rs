//! Reads what is left in a damaged `leads.db` and its write-ahead log, page by page and without SQLite. A lead counts only
//! if its bytes match its SHA-256. Must not know: where the file is, what happens to the leads.

mod log;
mod pages;

pub(super) use log::has_lost_commits;

use super::{LOG_CLEANUP_DUE_SETTING, OutboxState, envelope_of};
use crate::StoreError;
use expo_domain::Envelope;
use pages::{Pages, Value, page_sizes};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

/// Number of columns of the table `lead`.
const LEAD_COLUMNS: usize = 14;

/// A lead found in a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalvagedLead {
    /// The envelope; its bytes match its SHA-256.
    pub envelope: Envelope,
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: String,
    /// Hour at the stop, 0 to 23.
    pub hour: u8,
    /// Delivery, if its row was readable.
    pub(super) delivery: Option<Delivery>,
}

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delivery {
    pub state: OutboxState,
    pub reason: Option<String>,
    pub acknowledged_at: Option<String>,
    pub exported_at: Option<String>,
}

/// What is left in a damaged file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// All revisions of all readable leads, oldest first.
    pub leads: Vec<SalvagedLead>,
    /// Identifiers of leads that the file names but that are not readable.
    pub unreadable: BTreeSet<Uuid>,
    pub(super) settings: BTreeMap<String, String>,
    /// Last ticket number by stop and kiosk.
    pub(super) tickets: BTreeMap<(String, String), u32>,
    /// Time, day and hour of erased leads by identifier.
    pub(super) erased: BTreeMap<Uuid, ErasedRow>,
    /// Daily figures by day, kind and key.
    pub(super) figures: BTreeMap<(String, String, String), u32>,
}

/// A lead erased because a person asked for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct ErasedRow {
    pub at: String,
    pub day: Option<String>,
    pub hour: Option<u8>,
}

impl Salvaged {
    /// Reads a database file and its log, if they exist. No connection of this process may have the file open: closing it
    /// releases the locks of SQLite.
    pub fn read_files(path: &Path) -> Result<Self, StoreError> {
        let [database, log, _] = super::files(path).map(|file| match std::fs::read(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            result => result.map_err(|e| StoreError::io("reading a damaged file", &e)),
        });
        Ok(Self::read(&database?, &log?))
    }

    /// Reads a database file and its log, either of which may be empty.
    pub fn read(file: &[u8], log: &[u8]) -> Self {
        let mut best = Self::default();
        for page_bytes in page_sizes(file, log) {
            let pages = Pages::new(file, log, page_bytes);
            let mut found = Finds::in_pages(&pages).finish();
            if found
                .settings
                .get(LOG_CLEANUP_DUE_SETTING)
                .is_some_and(|due| due == "true")
            {
                // Older versions of pages hold deleted leads.
                found = Finds::in_pages(&pages.only_newest()).finish();
            }
            let size = |salvaged: &Self| (salvaged.leads.len(), salvaged.settings.len());
            if size(&found) > size(&best) || best == Self::default() {
                best = found;
            }
            // Another page size can only matter if this one is wrong.
            if !best.leads.is_empty() || !best.settings.is_empty() {
                break;
            }
        }
        best
    }
}

/// Rows in the order in which they were found: later versions replace earlier ones.
#[derive(Default)]
struct Finds {
    leads: BTreeMap<(Uuid, u32), SalvagedLead>,
    deliveries: BTreeMap<(Uuid, u32), Delivery>,
    named: BTreeSet<Uuid>,
    rows: Salvaged,
}

impl Finds {
    fn in_pages(pages: &Pages<'_>) -> Self {
        let mut finds = Self::default();
        pages.for_each_possible_entry(LEAD_COLUMNS, |values| {
            if let Some(lead) = lead(&values) {
                let header = &lead.envelope.header;
                finds.leads.insert((header.id, header.revision), lead);
            }
        });
        pages.for_each_record(|record| {
            if record.row.is_some() {
                finds.add_outbox_row(&record.values);
            } else {
                finds.add_entry(&record.values);
            }
        });
        finds
    }

    fn add_outbox_row(&mut self, values: &[Value]) -> Option<()> {
        let [
            Value::Null,
            id,
            Value::Integer(revision),
            state,
            reason,
            acknowledged_at,
            exported_at,
        ] = values
        else {
            return None;
        };
        let id = uuid(id)?;
        let delivery = Delivery {
            state: OutboxState::from_code(text(state)?)?,
            reason: text(reason).map(str::to_owned),
            acknowledged_at: text(acknowledged_at).map(str::to_owned),
            exported_at: text(exported_at).map(str::to_owned),
        };
        self.named.insert(id);
        self.deliveries
            .insert((id, u32::try_from(*revision).ok()?), delivery);
        Some(())
    }

    /// An entry of an index, or a row of a table without row numbers, by the form of its values.
    fn add_entry(&mut self, values: &[Value]) -> Option<()> {
        match values {
            // A lead, perhaps with damaged bytes.
            [id, Value::Integer(_), rest @ ..] if rest.len() + 2 == LEAD_COLUMNS => {
                self.named.insert(uuid(id)?);
            }
            // Entries of the indexes of `outbox` and of `lead`.
            [id, Value::Integer(_), Value::Integer(_)] | [_, id, Value::Integer(_)] if uuid(id).is_some() => {
                self.named.extend(uuid(id));
            }
            [stop, kiosk, Value::Integer(last)] => {
                let key = (text(stop)?.to_owned(), text(kiosk)?.to_owned());
                let last = u32::try_from(*last).ok()?;
                self.rows
                    .tickets
                    .entry(key)
                    .and_modify(|known| *known = last.max(*known))
                    .or_insert(last);
            }
            [name, value] => {
                let (name, value) = (text(name)?, text(value)?);
                serde_json::from_str::<serde::de::IgnoredAny>(value).ok()?;
                self.rows.settings.insert(name.to_owned(), value.to_owned());
            }
            [id, at, day, hour] if uuid(id).is_some() => {
                let row = ErasedRow {
                    at: text(at)?.to_owned(),
                    day: text(day).map(str::to_owned),
                    hour: number(hour),
                };
                self.rows.erased.insert(uuid(id)?, row);
            }
            [day, kind, key, Value::Integer(count)] => {
                let key = (text(day)?, text(kind)?, text(key)?);
                let key = (key.0.to_owned(), key.1.to_owned(), key.2.to_owned());
                self.rows.figures.insert(key, u32::try_from(*count).ok()?);
            }
            _ => {}
        }
        Some(())
    }

    fn finish(self) -> Salvaged {
        let Self {
            mut leads,
            mut deliveries,
            mut named,
            rows,
        } = self;
        leads.retain(|(id, _), _| !rows.erased.contains_key(id));
        for (key, lead) in &mut leads {
            lead.delivery = deliveries.remove(key);
            named.remove(&key.0);
        }
        named.retain(|id| !rows.erased.contains_key(id));
        Salvaged {
            leads: leads.into_values().collect(),
            unreadable: named,
            ..rows
        }
    }
}

fn lead(values: &[Value]) -> Option<SalvagedLead> {
    let [columns @ .., day, hour, Value::Blob(sealed), sha256] = values else {
        return None;
    };
    let columns = columns.iter().map(|value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    });
    let columns: Vec<String> = columns.collect::<Option<_>>()?;
    Some(SalvagedLead {
        envelope: envelope_of(columns.try_into().ok()?, sealed.clone(), text(sha256)?.to_owned()).ok()?,
        day: text(day)?.to_owned(),
        hour: number(hour)?,
        delivery: None,
    })
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<u8> {
    match value {
        Value::Integer(number) => u8::try_from(*number).ok(),
        _ => None,
    }
}

fn uuid(value: &Value) -> Option<Uuid> {
    text(value)?.parse().ok()
}
