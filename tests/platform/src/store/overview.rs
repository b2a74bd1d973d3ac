//! Figures for headquarters, without personal data; and who may look at them.

use super::session::params;
use super::{Store, StoreError, stamp};
use crate::secret;
use jiff::Timestamp;

/// Leads that arrived first within one hour, of one stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrivals {
    /// The stop in their header, if it could be read.
    pub stop: Option<String>,
    /// The hour, UTC, such as `2026-02-13T09`.
    pub hour: String,
    /// How many.
    pub leads: u64,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Sizes {
    pub kiosks: u64,
    pub leads: u64,
    pub quarantined: u64,
    pub conflicts: u64,
    pub erased: u64,
}

impl Store {
    /// Leads by stop and hour; a lead counts once, whatever became of it, in the hour in which it first came.
    pub fn arrivals(&self) -> Result<Vec<Arrivals>, StoreError> {
        let query = "SELECT stop, hour, count(*) FROM (
                         SELECT min(stop) AS stop, substr(min(received_at), 1, 13) AS hour
                         FROM envelope GROUP BY id) AS first
                     GROUP BY stop, hour ORDER BY hour, stop";
        let rows = self.read(|db| db.query(query, &[]))?;
        let arrivals = rows.into_iter().map(|mut row| {
            Ok(Arrivals {
                stop: row.text_or_null(0)?,
                hour: row.text(1)?,
                leads: row.number(2)?,
            })
        });
        arrivals.collect()
    }

    /// How much there is of everything.
    pub fn sizes(&self) -> Result<Sizes, StoreError> {
        let query = "SELECT (SELECT count(*) FROM kiosk), (SELECT count(*) FROM lead),
                            (SELECT count(*) FROM envelope WHERE quarantine IS NOT NULL),
                            (SELECT count(*) FROM conflict), (SELECT count(*) FROM erasure)";
        self.read(|db| {
            let mut row = db
                .first(query, &[])?
                .ok_or_else(|| StoreError("it does not count".to_owned()))?;
            Ok(Sizes {
                kiosks: row.number(0)?,
                leads: row.number(1)?,
                quarantined: row.number(2)?,
                conflicts: row.number(3)?,
                erased: row.number(4)?,
            })
        })
    }

    /// Makes a token with which the overview can be looked at.
    pub fn new_overview_token(&self, now: Timestamp) -> Result<String, StoreError> {
        let token = secret::new_token();
        let (hash, now) = (secret::token_hash(&token), stamp(now));
        let insert = "INSERT INTO overview_token (token_sha256, created_at) VALUES ($1, $2)";
        self.write(|db| db.execute(insert, &params![&hash, &now]).map(|_| ()))?;
        Ok(token)
    }

    /// Takes every such token away. How many.
    pub fn revoke_overview_tokens(&self) -> Result<u64, StoreError> {
        self.write(|db| db.execute("DELETE FROM overview_token", &[]))
    }

    /// Whether a token lets its bearer look at the overview.
    pub fn may_look(&self, token: &str) -> Result<bool, StoreError> {
        let hash = secret::token_hash(token);
        let query = "SELECT created_at FROM overview_token WHERE token_sha256 = $1";
        self.read(|db| Ok(db.first(query, &params![&hash])?.is_some()))
    }
}
