//! Closed days: what is exported of a day, and the receipts of closings. Must not know: what a receipt says.

use super::journal::{ExportEntry, insert_export};
use super::row::readable;
use super::{Leads, journal};
use crate::StoreError;
use expo_domain::Envelope;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// How far a day is exported and sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayState {
    /// Leads of the day on this kiosk.
    pub leads: u32,
    /// How many of them are in an export with their newest revision.
    pub exported: u32,
    /// How many of them have a revision that the platform has not received.
    pub unsent: u32,
    /// Time of the last closing of the day, RFC 3339.
    pub closed_at: Option<String>,
}

/// A closing of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Time, RFC 3339.
    pub at: String,
    /// Closed day; `None` for all days.
    pub day: Option<String>,
    /// The receipt as it is written next to the files.
    pub receipt: String,
}

impl Leads {
    /// How far a day (`YYYY-MM-DD`) is exported and sent.
    pub fn day_state(&self, day: &str) -> Result<DayState, StoreError> {
        self.read("reading the state of a day", |db| {
            let counts = db
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(EXISTS (
                              SELECT 1 FROM outbox AS o WHERE o.id = newest.id AND o.revision = newest.revision
                                AND o.exported_at IS NOT NULL)), 0),
                            coalesce(sum(EXISTS (
                              SELECT 1 FROM outbox AS o WHERE o.id = newest.id AND o.state <> 'acknowledged')), 0)
                     FROM (SELECT id, max(revision) AS revision FROM lead WHERE day = ?1 GROUP BY id) AS newest",
                )?
                .query_row([day], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let closed_at = db
                .prepare_cached("SELECT at FROM closing WHERE day IS NULL OR day = ?1 ORDER BY seq DESC LIMIT 1")?
                .query_row([day], |row| row.get(0))
                .optional()?;
            let (leads, exported, unsent) = counts;
            Ok(DayState {
                leads,
                exported,
                unsent,
                closed_at,
            })
        })
    }

    /// Those of these envelopes whose revision is in no export.
    pub fn without_exported(&self, envelopes: &[Envelope]) -> Result<Vec<Envelope>, StoreError> {
        self.read("reading exported leads", |db| {
            let mut is_exported = db.prepare_cached(
                "SELECT 1 FROM outbox WHERE id = ?1 AND revision = ?2 AND exported_at IS NOT NULL",
            )?;
            let mut left = Vec::new();
            for envelope in envelopes {
                let header = &envelope.header;
                if !is_exported.exists(params![header.id.to_string(), header.revision])? {
                    left.push(envelope.clone());
                }
            }
            Ok(left)
        })
    }

    /// Records a closing, its exports and the leads in them, by identifier and revision: all or nothing.
    pub fn record_closing(
        &self,
        closing: &Closing,
        exports: &[ExportEntry],
        leads: &[(Uuid, u32)],
    ) -> Result<(), StoreError> {
        self.write("recording a closed day", |db| {
            journal::mark_exported(db, &closing.at, leads)?;
            exports.iter().try_for_each(|entry| insert_export(db, entry))?;
            db.execute(
                "INSERT INTO closing (at, day, receipt) VALUES (?1, ?2, ?3)",
                params![closing.at, closing.day, closing.receipt],
            )
            .map(drop)
        })
    }

    /// All closings, oldest first.
    pub fn closings(&self) -> Result<Vec<Closing>, StoreError> {
        self.read("reading closings", |db| {
            db.prepare_cached("SELECT at, day, receipt FROM closing ORDER BY seq")?
                .query_map([], |row| {
                    Ok(Some(Closing {
                        at: row.get(0)?,
                        day: row.get(1)?,
                        receipt: row.get(2)?,
                    }))
                })?
                .filter_map(readable)
                .collect()
        })
    }
}
