//! Envelopes that need a decision by people: those that cannot be opened, and those whose identifier and revision are taken by
//! other bytes. They are stored unchanged.

use super::database::Store;
use super::error::StoreError;
use super::sql::{Row, params};
use serde::Serialize;

/// One envelope in quarantine or in conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantineRow {
    /// Identifier of the lead.
    pub id: String,
    /// Revision of the lead.
    pub revision: u64,
    /// SHA-256 of the sealed bytes.
    pub sha256: String,
    /// Time of arrival.
    pub received_at: String,
    /// The kiosk that sent it.
    pub sent_by: String,
    /// Why it is not stored as a lead.
    pub reason: String,
    /// Its header as JSON, as received.
    #[serde(skip)]
    pub header: String,
    /// Its sealed bytes.
    #[serde(skip)]
    pub sealed: Vec<u8>,
}

impl Store {
    /// All envelopes in quarantine and in conflict, in order of arrival.
    pub fn quarantine(&self) -> Result<Vec<QuarantineRow>, StoreError> {
        let query = "SELECT id, revision, sha256, received_at, sent_by, quarantine, header, sealed
                       FROM envelope WHERE quarantine IS NOT NULL
                     UNION ALL
                     SELECT id, revision, sha256, received_at, sent_by, $1, header, sealed FROM conflict
                     ORDER BY 4, 1, 2, 3";
        let conflict = "other bytes are stored under this id and revision";
        let rows = self.read(|db| db.query(query, &params![conflict]))?;
        rows.into_iter().map(quarantine_row).collect()
    }
}

fn quarantine_row(mut row: Row) -> Result<QuarantineRow, StoreError> {
    Ok(QuarantineRow {
        id: row.text(0)?,
        revision: row.number(1)?,
        sha256: row.text(2)?,
        received_at: row.text(3)?,
        sent_by: row.text(4)?,
        reason: row.text(5)?,
        header: row.text(6)?,
        sealed: row.bytes(7)?,
    })
}
