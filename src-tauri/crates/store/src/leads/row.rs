//! One row of a lead as an envelope. A row is unreadable if a column has no valid value, or if the sealed bytes do not match
//! their SHA-256. Must not know: why a row is read.

use expo_domain::hash::sha256_hex;
use expo_domain::{Envelope, LeadHeader};
use rusqlite::Row;
use rusqlite::types::FromSql;
use uuid::Uuid;

/// Columns of an envelope, in the order that [`envelope`] reads.
pub(super) const COLUMNS: &str =
    "lead.id, lead.revision, kind, stop, kiosk, ticket, taken_at, monotonic_ms, boot_id,
                       language, sealed, sha256";
/// Number of columns of the header.
const HEADER_COLUMNS: usize = 10;

/// A lead that is stored but cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableLead {
    /// Its identifier, or the number of its row if the identifier is damaged.
    pub name: String,
    /// What is wrong, without content of the row.
    pub problem: &'static str,
}

impl UnreadableLead {
    /// Names a lead by the identifier in this column if it is valid.
    pub(super) fn of_row(row: &Row<'_>, id_column: usize, row_name: &str, problem: &'static str) -> Self {
        let id = row.get::<_, String>(id_column).ok();
        let id = id.and_then(|id| id.parse::<Uuid>().ok());
        Self {
            name: id.map_or_else(|| row_name.to_owned(), |id| id.to_string()),
            problem,
        }
    }
}

/// The envelope in the first columns of a row.
pub(super) fn envelope(row: &Row<'_>) -> Result<Envelope, &'static str> {
    let mut header = Vec::with_capacity(HEADER_COLUMNS);
    for index in 0..HEADER_COLUMNS {
        header.push(match index {
            1 | 7 => column::<i64>(row, index)?.to_string(),
            _ => column(row, index)?,
        });
    }
    let header = header.try_into().map_err(|_| "a column is missing")?;
    envelope_of(header, column(row, 10)?, column(row, 11)?)
}

fn column<T: FromSql>(row: &Row<'_>, index: usize) -> Result<T, &'static str> {
    row.get(index).map_err(|_| "a column has no valid value")
}

/// The envelope with these columns of the header.
pub(super) fn envelope_of(
    header: [String; HEADER_COLUMNS],
    sealed: Vec<u8>,
    sha256: String,
) -> Result<Envelope, &'static str> {
    let [
        id,
        revision,
        kind,
        stop,
        kiosk,
        ticket,
        taken_at,
        monotonic_ms,
        boot_id,
        language,
    ] = header;
    if sha256_hex(&sealed) != sha256 {
        return Err("the sealed bytes do not match their SHA-256");
    }
    let header = LeadHeader {
        id: id.parse().map_err(|_| "the identifier is not valid")?,
        revision: revision.parse().map_err(|_| "the revision is not valid")?,
        kind,
        stop,
        kiosk,
        ticket,
        taken_at: taken_at.parse().map_err(|_| "the time is not valid")?,
        monotonic_ms: monotonic_ms
            .parse::<i64>()
            .map_err(|_| "the time since the start is not valid")? as u64,
        boot_id,
        language: language.parse().map_err(|_| "the language is not valid")?,
    };
    Ok(Envelope {
        header,
        sealed,
        sha256,
    })
}

/// Leaves out a row with a value of a wrong kind; an error of the database stays.
pub(super) fn readable<T>(row: rusqlite::Result<Option<T>>) -> Option<rusqlite::Result<T>> {
    match row {
        Ok(row) => row.map(Ok),
        Err(error) => error.sqlite_error_code().map(|_| Err(error)),
    }
}
