//! Enrolled kiosks: their tokens, their last heartbeat, and what their heartbeats reveal together.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::report_line::{ReportLine, Verdict};
use super::sql::{Database, Row, params};
use super::visits;
use crate::secret;
use expo_domain::Stop;
use expo_protocol::{Configuration, Heartbeat, is_sha256_hex};
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
    /// When a copy of the kiosk's data folder last reported under its identity.
    pub copied_at: Option<String>,
    /// When its audit log last returned to an earlier state.
    pub audit_returned_at: Option<String>,
    /// Newest head of its audit log.
    pub audit_head: Option<String>,
}

impl KioskRow {
    /// Whether the kiosk reports that its leads file is damaged, or that it cannot read some leads.
    pub fn has_damaged_leads(&self) -> bool {
        self.heartbeat.as_ref().is_some_and(|report| {
            report.unreadable_leads > 0 || report.leads_check.as_ref().is_some_and(|check| check.damaged)
        })
    }
}

/// What a heartbeat reveals, for the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeartbeatFindings {
    /// A copy of the kiosk's data folder reports under its identity.
    pub is_copy: bool,
    /// The kiosk's audit log returned to an earlier state.
    pub audit_log_returned: bool,
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

    /// Stores the heartbeat of a kiosk in place of the previous one, and compares it with earlier ones. Its counts of visits
    /// are stored apart, and only valid ones: others could be text of a visitor.
    pub fn record_heartbeat(
        &self,
        kiosk: &str,
        report: &Heartbeat,
        now: Timestamp,
    ) -> Result<HeartbeatFindings, StoreError> {
        let received_at = now;
        let without_visits = Heartbeat {
            visits: Vec::new(),
            ..report.clone()
        };
        let (now, document) = (time_text(now), serde_json::to_string(&without_visits)?);
        let update = "UPDATE kiosk SET heartbeat_at = $1, heartbeat = $2 WHERE id = $3";
        self.write(|db| {
            // This locks the row, so two reports of one kiosk are compared one after the other.
            db.execute(update, &params![&now, &document, kiosk])?;
            visits::record(db, kiosk, report, received_at)?;
            let mut findings = HeartbeatFindings::default();
            match add_to_line(db, kiosk, report)? {
                Verdict::Unknown => {}
                Verdict::Continues { confirmed } => {
                    let head = confirmed.and_then(|confirmed| confirmed.audit_head);
                    if let Some(head) = head.filter(|head| is_sha256_hex(head)) {
                        findings.audit_log_returned = add_audit_head(db, kiosk, &head, &now)?;
                    }
                }
                Verdict::Copy => {
                    let update = "UPDATE kiosk SET copied_at = $1 WHERE id = $2";
                    db.execute(update, &params![&now, kiosk])?;
                    findings.is_copy = true;
                }
            }
            Ok(findings)
        })
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
            "SELECT id, enrolled_at, program, stop, heartbeat_at, heartbeat, copied_at, audit_returned_at,
                    (SELECT head FROM audit_head WHERE kiosk = k.id ORDER BY received_at DESC LIMIT 1)
             FROM kiosk k ORDER BY number";
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
        copied_at: row.text_or_null(6)?,
        audit_returned_at: row.text_or_null(7)?,
        audit_head: row.text_or_null(8)?,
    })
}

/// Adds a report to the line of its kiosk.
fn add_to_line(db: &mut dyn Database, kiosk: &str, report: &Heartbeat) -> Result<Verdict, StoreError> {
    let stored = db.first("SELECT report_line FROM kiosk WHERE id = $1", &params![kiosk])?;
    let stored = stored.map(|mut row| row.text_or_null(0)).transpose()?.flatten();
    let mut line: ReportLine = stored
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?
        .unwrap_or_default();
    let verdict = line.add(report);
    if verdict != Verdict::Unknown || report.report_id.is_some() {
        let line = serde_json::to_string(&line)?;
        let update = "UPDATE kiosk SET report_line = $1 WHERE id = $2";
        db.execute(update, &params![&line, kiosk])?;
    }
    Ok(verdict)
}

/// Adds the head of a kiosk's audit log to its history. Returns whether the log returned to an earlier head.
fn add_audit_head(db: &mut dyn Database, kiosk: &str, head: &str, now: &str) -> Result<bool, StoreError> {
    let newest = "SELECT head FROM audit_head WHERE kiosk = $1 ORDER BY received_at DESC LIMIT 1";
    let newest = db.first(newest, &params![kiosk])?;
    let newest = newest.map(|mut row| row.text(0)).transpose()?;
    if newest.as_deref() == Some(head) {
        return Ok(false);
    }
    let query = "SELECT received_at FROM audit_head WHERE kiosk = $1 AND head = $2 LIMIT 1";
    let has_returned = db.first(query, &params![kiosk, head])?.is_some();
    let insert = "INSERT INTO audit_head (kiosk, head, received_at) VALUES ($1, $2, $3)";
    db.execute(insert, &params![kiosk, head, now])?;
    if has_returned {
        let update = "UPDATE kiosk SET audit_returned_at = $1 WHERE id = $2";
        db.execute(update, &params![now, kiosk])?;
    }
    Ok(has_returned)
}
