//! Figures for headquarters, without personal data.

use super::database::Store;
use super::error::StoreError;

/// Number of leads of one stop that first arrived within one hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourlyLeadCount {
    /// The stop in their header, if it has one.
    pub stop: Option<String>,
    /// The hour in UTC, such as `2026-02-13T09`.
    pub hour: String,
    /// Number of leads.
    pub leads: u64,
}

/// Row counts of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StoreCounts {
    pub kiosks: u64,
    pub leads: u64,
    pub quarantined: u64,
    pub conflicts: u64,
    pub erased: u64,
}

impl Store {
    /// Leads by stop and hour. A lead counts once, in the hour in which it first arrived, even if it is quarantined or erased.
    pub fn hourly_lead_counts(&self) -> Result<Vec<HourlyLeadCount>, StoreError> {
        let query = "SELECT stop, hour, count(*) FROM (
                         SELECT min(stop) AS stop, substr(min(received_at), 1, 13) AS hour
                         FROM envelope GROUP BY id) AS first
                     GROUP BY stop, hour ORDER BY hour, stop";
        let rows = self.read(|db| db.query(query, &[]))?;
        let counts = rows.into_iter().map(|mut row| {
            Ok(HourlyLeadCount {
                stop: row.text_or_null(0)?,
                hour: row.text(1)?,
                leads: row.number(2)?,
            })
        });
        counts.collect()
    }

    /// Current row counts.
    pub fn counts(&self) -> Result<StoreCounts, StoreError> {
        let query = "SELECT (SELECT count(*) FROM kiosk), (SELECT count(DISTINCT id) FROM lead),
                            (SELECT count(*) FROM envelope WHERE quarantine IS NOT NULL),
                            (SELECT count(*) FROM conflict), (SELECT count(*) FROM erasure)";
        self.read(|db| {
            let mut row = db
                .first(query, &[])?
                .ok_or_else(|| StoreError("a count has no result".to_owned()))?;
            Ok(StoreCounts {
                kiosks: row.number(0)?,
                leads: row.number(1)?,
                quarantined: row.number(2)?,
                conflicts: row.number(3)?,
                erased: row.number(4)?,
            })
        })
    }
}
