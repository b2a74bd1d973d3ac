//! Kiosks: who may speak, and how each said it was doing.

use super::{Store, StoreError};
use crate::secret;
use jiff::Timestamp;
use protocol::Heartbeat;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// One kiosk for people and programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KioskRow {
    /// Its identifier.
    pub kiosk: String,
    /// When it was enrolled.
    pub enrolled_at: String,
    /// Version of its program at enrolment.
    pub program: String,
    /// Identifier of the stop that came with its code.
    pub stop: Option<String>,
    /// When it was last heard.
    pub heartbeat_at: Option<String>,
    /// What it said.
    pub heartbeat: Option<Heartbeat>,
}

impl Store {
    /// The kiosk that a token belongs to.
    pub fn kiosk_of(&self, token: &str) -> Result<Option<String>, StoreError> {
        let db = self.reader();
        let mut query = db.prepare_cached("SELECT id FROM kiosk WHERE token_sha256 = ?")?;
        Ok(query
            .query_row([secret::token_hash(token)], |row| row.get(0))
            .optional()?)
    }

    /// Keeps the last report of a kiosk.
    pub fn heard(&self, kiosk: &str, report: &Heartbeat, now: Timestamp) -> Result<(), StoreError> {
        self.writer().execute(
            "UPDATE kiosk SET heartbeat_at = ?, heartbeat = ? WHERE id = ?",
            params![now.to_string(), serde_json::to_string(report)?, kiosk],
        )?;
        Ok(())
    }

    /// Every kiosk.
    pub fn kiosks(&self) -> Result<Vec<KioskRow>, StoreError> {
        let db = self.reader();
        let mut query = db.prepare(
            "SELECT id, enrolled_at, program, stop ->> 'id', heartbeat_at, heartbeat FROM kiosk ORDER BY number",
        )?;
        let mut rows = query.query([])?;
        let mut kiosks = Vec::new();
        while let Some(row) = rows.next()? {
            let heartbeat: Option<String> = row.get(5)?;
            kiosks.push(KioskRow {
                kiosk: row.get(0)?,
                enrolled_at: row.get(1)?,
                program: row.get(2)?,
                stop: row.get(3)?,
                heartbeat_at: row.get(4)?,
                heartbeat: heartbeat.as_deref().map(serde_json::from_str).transpose()?,
            });
        }
        Ok(kiosks)
    }
}
