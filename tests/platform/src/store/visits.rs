//! Anonymous counts of visits that kiosks report: the newest per kiosk, stop and day. A day has totals, so a report that is
//! lost, late or repeated changes nothing. Must not know: what the names of counts mean, except `visits`.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::{Database, params};
use expo_protocol::{Heartbeat, VisitCounts};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Days of one report that are stored; further ones are ignored.
const MAX_DAYS: usize = 14;
/// Counts of one day that are stored; a day with more is ignored.
const MAX_COUNTS: usize = 100;
/// Longest name of a count or a stop.
const MAX_NAME_CHARS: usize = 64;
/// Name of the count of visits.
const VISITS: &str = "visits";

/// Counts of one kiosk on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitDayRow {
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: String,
    /// Identifier of the stop.
    pub stop: String,
    /// Identifier of the kiosk.
    pub kiosk: String,
    /// Counts by name.
    pub counts: BTreeMap<String, u64>,
}

impl Store {
    /// Counts of visits, newest day first, then by stop and kiosk.
    pub fn visit_days(&self) -> Result<Vec<VisitDayRow>, StoreError> {
        let query = "SELECT day, stop, kiosk, counts FROM visit_day ORDER BY day DESC, stop, kiosk";
        let rows = self.read(|db| db.query(query, &[]))?;
        let days = rows.into_iter().map(|mut row| {
            Ok(VisitDayRow {
                day: row.text(0)?,
                stop: row.text(1)?,
                kiosk: row.text(2)?,
                counts: serde_json::from_str(&row.text(3)?)?,
            })
        });
        days.collect()
    }
}

/// Stores the counts of a report in place of earlier ones with at most as many visits.
pub(super) fn record(
    db: &mut dyn Database,
    kiosk: &str,
    report: &Heartbeat,
    now: Timestamp,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO visit_day (kiosk, stop, day, visits, counts, received_at)
                  VALUES ($1, $2, $3, $4, $5, $6)
                  ON CONFLICT (kiosk, stop, day) DO UPDATE
                  SET visits = excluded.visits, counts = excluded.counts, received_at = excluded.received_at
                  WHERE visit_day.visits <= excluded.visits AND visit_day.counts <> excluded.counts";
    let now = time_text(now);
    for VisitCounts { stop, day, counts } in report.visits.iter().filter(|day| is_valid(day)).take(MAX_DAYS) {
        let visits = counts.get(VISITS).copied().unwrap_or(0);
        let (day, counts) = (day.to_string(), serde_json::to_string(counts)?);
        db.execute(upsert, &params![kiosk, stop, &day, visits, &counts, &now])?;
    }
    Ok(())
}

/// Whether a day holds only what a kiosk counts. Anything else could be text of a visitor.
fn is_valid(day: &VisitCounts) -> bool {
    let is_name = |name: &String| {
        let is_code = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'.';
        name.len() <= MAX_NAME_CHARS && name.bytes().all(is_code)
    };
    let is_stop = day.stop.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_stop
        && day.stop.len() <= MAX_NAME_CHARS
        && day.counts.len() <= MAX_COUNTS
        && day.counts.keys().all(is_name)
}
