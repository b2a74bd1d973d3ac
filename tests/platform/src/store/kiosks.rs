//! Enrolled kiosks: their tokens and their last heartbeat.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::{Row, params};
use crate::secret;
use expo_domain::Stop;
use expo_protocol::{Configuration, Heartbeat};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// One kiosk, for listings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KioskRow {
    /// Identifier of the kiosk.
    pub kiosk: String,
    /// Time of enrolment.
    pub enrolled_at: String,
    /// Program version at enrolment.
    pub program: String,
    /// Identifier of its stop.
    pub stop: Option<String>,
    /// Time of the last heartbeat.
    pub heartbeat_at: Option<String>,
    /// The last heartbeat.
    pub heartbeat: Option<Heartbeat>,
}

impl Store {
    /// The kiosk that a token belongs to.
    pub fn kiosk_by_token(&self, token: &str) -> Result<Option<String>, StoreError> {
        let hash = secret::token_hash(token);
        self.read(|db| {
            db.first("SELECT id FROM kiosk WHERE token_sha256 = $1", &params![&hash])?
                .map(|mut row| row.text(0))
                .transpose()
        })
    }

    /// Stores the heartbeat of a kiosk in place of the previous one.
    pub fn record_heartbeat(
        &self,
        kiosk: &str,
        report: &Heartbeat,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (now, report) = (time_text(now), serde_json::to_string(report)?);
        let update = "UPDATE kiosk SET heartbeat_at = $1, heartbeat = $2 WHERE id = $3";
        self.write(|db| db.execute(update, &params![&now, &report, kiosk]).map(|_| ()))
    }

    /// Revokes the token of a kiosk, which gets 401 from now on. Returns whether the kiosk exists.
    pub fn revoke(&self, kiosk: &str) -> Result<bool, StoreError> {
        // No token has this hash. The row of the kiosk stays, because leads refer to it.
        let unused_hash = secret::token_hash(&secret::new_token());
        let update =
            "UPDATE kiosk SET revoked_sha256 = coalesce(revoked_sha256, token_sha256), token_sha256 = $1
                      WHERE id = $2";
        self.write(|db| Ok(db.execute(update, &params![&unused_hash, kiosk])? > 0))
    }

    /// All kiosks, in order of enrolment.
    pub fn kiosks(&self) -> Result<Vec<KioskRow>, StoreError> {
        let query =
            "SELECT id, enrolled_at, program, stop, heartbeat_at, heartbeat FROM kiosk ORDER BY number";
        let (rows, configured) = self.read(|db| {
            let configured = db.query("SELECT version, document FROM configuration", &[])?;
            Ok::<_, StoreError>((db.query(query, &[])?, configured))
        })?;
        let stops: BTreeMap<u64, String> = configured
            .into_iter()
            .map(|mut row| {
                let configuration: Configuration = serde_json::from_str(&row.text(1)?)?;
                Ok((configuration.version, configuration.stop.id))
            })
            .collect::<Result<_, StoreError>>()?;
        rows.into_iter().map(|row| kiosk_row(row, &stops)).collect()
    }
}

/// The stop is that of the configuration which the kiosk reported, or else that of its enrolment.
fn kiosk_row(mut row: Row, stops: &BTreeMap<u64, String>) -> Result<KioskRow, StoreError> {
    let enrolled = row.text_or_null(3)?;
    let enrolled = enrolled
        .as_deref()
        .map(serde_json::from_str::<Stop>)
        .transpose()?;
    let heartbeat = row.text_or_null(5)?;
    let heartbeat: Option<Heartbeat> = heartbeat.as_deref().map(serde_json::from_str).transpose()?;
    let version = heartbeat.as_ref().map(|heartbeat| heartbeat.config_version);
    let configured = version.and_then(|version| stops.get(&version).cloned());
    Ok(KioskRow {
        kiosk: row.text(0)?,
        enrolled_at: row.text(1)?,
        program: row.text(2)?,
        stop: configured.or(enrolled.map(|stop| stop.id)),
        heartbeat_at: row.text_or_null(4)?,
        heartbeat,
    })
}
