//! Stores daily figures without personal data: leads by language, region, project, product type and desk. Hours are counted from the leads that
//! are still on the kiosk. What a lead counts for is decided in `kiosk/src/visitor/lead.rs`. Must not
//! know: who is counted.

use super::Leads;
use super::row::readable;
use crate::StoreError;
use rusqlite::{Connection, params};

/// What a figure counts leads by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// Language of the visitor.
    Language,
    /// Project that the visitor is interested in.
    Project,
    /// Region of such a project.
    Region,
    /// Product type that the visitor looks for, or that of a unit they ask about.
    Type,
    /// Desk at the stand that the visitor wants to talk to.
    Desk,
}

impl FigureKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Project => "project",
            Self::Region => "region",
            Self::Type => "type",
            Self::Desk => "desk",
        }
    }
}

/// Figures of a day with leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFigures {
    /// `YYYY-MM-DD` at the stop.
    pub day: String,
    /// Number of leads.
    pub leads: u32,
    /// How many of them the platform has not received.
    pub unsent: u32,
}

pub(super) fn count(db: &Connection, day: &str, kind: FigureKind, key: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO tally (day, kind, key, count) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT DO UPDATE SET count = count + 1",
    )?
    .execute(params![day, kind.code(), key])?;
    Ok(())
}

impl Leads {
    /// Days with leads, newest first; includes days whose leads are erased.
    pub fn days(&self) -> Result<Vec<DayFigures>, StoreError> {
        self.read("reading days", |db| {
            db.prepare_cached(
                "SELECT t.day, sum(t.count),
                        (SELECT count(DISTINCT lead.id) FROM lead JOIN outbox AS o USING (id, revision)
                         WHERE lead.day = t.day AND o.state <> 'acknowledged')
                 FROM tally AS t WHERE t.kind = 'language' GROUP BY t.day ORDER BY t.day DESC",
            )?
            .query_map([], |row| {
                Ok(Some(DayFigures {
                    day: row.get(0)?,
                    leads: row.get(1)?,
                    unsent: row.get(2)?,
                }))
            })?
            .filter_map(readable)
            .collect()
        })
    }

    /// Number of leads of a day by hour; omits hours without leads.
    pub fn by_hour(&self, day: &str) -> Result<Vec<(u8, u32)>, StoreError> {
        self.read("reading hours", |db| {
            db.prepare_cached(
                "SELECT hour, count(*) FROM (SELECT DISTINCT id, hour FROM lead WHERE day = ?1
                                            UNION ALL SELECT id, hour FROM erased WHERE day = ?1)
                 GROUP BY hour ORDER BY hour",
            )?
            .query_map([day], |row| Ok(Some((row.get(0)?, row.get(1)?))))?
            .filter_map(readable)
            .collect()
        })
    }

    /// The `limit` highest counts of a day, highest first.
    pub fn figures(&self, day: &str, kind: FigureKind, limit: u32) -> Result<Vec<(String, u32)>, StoreError> {
        self.read("reading figures", |db| {
            db.prepare_cached(
                "SELECT key, count FROM tally WHERE day = ?1 AND kind = ?2 ORDER BY count DESC, key LIMIT ?3",
            )?
            .query_map(params![day, kind.code(), limit], |row| {
                Ok(Some((row.get(0)?, row.get(1)?)))
            })?
            .filter_map(readable)
            .collect()
        })
    }
}
