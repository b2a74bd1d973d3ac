//! What arrived and is no lead: envelopes that could not be read, and other bytes under a name that was taken. Kept byte
//! for byte until people looked.

use super::session::{Row, params};
use super::{Store, StoreError};
use serde::Serialize;

/// One envelope that people must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarantineRow {
    /// Of the envelope.
    pub id: String,
    /// Of the envelope.
    pub revision: u64,
    /// Of the sealed bytes.
    pub sha256: String,
    /// When it came.
    pub received_at: String,
    /// The kiosk that sent it.
    pub sent_by: String,
    /// Why it lies here.
    pub reason: String,
    /// Its header as JSON, as it came.
    #[serde(skip)]
    pub header: String,
    /// Its bytes.
    #[serde(skip)]
    pub sealed: Vec<u8>,
}

impl Store {
    /// Everything in quarantine and in conflict, in order of arrival.
    pub fn quarantine(&self) -> Result<Vec<QuarantineRow>, StoreError> {
        let query = "SELECT id, revision, sha256, received_at, sent_by, quarantine, header, sealed
                       FROM envelope WHERE quarantine IS NOT NULL
                     UNION ALL
                     SELECT id, revision, sha256, received_at, sent_by, $1, header, sealed FROM conflict
                     ORDER BY 4, 1, 2, 3";
        let conflict = "other bytes are kept under this id and revision";
        let rows = self.read(|db| db.query(query, &params![conflict]))?;
        rows.into_iter().map(read).collect()
    }
}

fn read(mut row: Row) -> Result<QuarantineRow, StoreError> {
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
