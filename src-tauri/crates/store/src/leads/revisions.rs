//! Revisions of leads: which ones are stored, their envelopes, and corrections. Must not know: what a revision changes.

use super::row::{COLUMNS, UnreadableLead, envelope, readable};
use super::{Leads, OutboxState, SealedLead, SettingGuard, insert_lead};
use crate::StoreError;
use expo_domain::Envelope;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// A stored revision, without its sealed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRevision {
    /// Identifier of the lead.
    pub id: Uuid,
    /// Its revision.
    pub revision: u32,
    /// Ticket shown to the visitor.
    pub ticket: String,
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: String,
    /// SHA-256 of the sealed bytes, as stored.
    pub sha256: String,
    /// Delivery state. `None` for a revision that is never sent, because a later one replaced it before the enrolment.
    pub state: Option<OutboxState>,
}

/// All stored revisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RevisionIndex {
    /// Revisions by identifier, newest revision first.
    pub revisions: Vec<StoredRevision>,
    /// Rows whose columns cannot be read.
    pub unreadable: Vec<UnreadableLead>,
}

impl Leads {
    /// All stored revisions. Does not read the sealed bytes.
    pub fn revision_index(&self) -> Result<RevisionIndex, StoreError> {
        self.read("listing leads", |db| index(db, "TRUE", ""))
    }

    /// The stored revisions of the leads with this ticket; also of unreadable leads. Case does not matter.
    pub fn revisions_of_ticket(&self, ticket: &str) -> Result<Vec<StoredRevision>, StoreError> {
        self.read("looking for a ticket", |db| {
            Ok(index(db, "upper(lead.ticket) = upper(?1)", ticket)?.revisions)
        })
    }

    /// The stored revisions of a lead, newest first.
    pub fn revisions_of(&self, id: Uuid) -> Result<Vec<StoredRevision>, StoreError> {
        self.read("reading a lead", |db| {
            Ok(index(db, "lead.id = ?1", &id.to_string())?.revisions)
        })
    }

    /// The envelope of a stored revision, or why it is damaged. `None` if it is no longer stored.
    pub fn envelope_of_revision(
        &self,
        id: Uuid,
        revision: u32,
    ) -> Result<Option<Result<Envelope, &'static str>>, StoreError> {
        self.read("reading a lead", |db| {
            let sql = format!("SELECT {COLUMNS} FROM lead WHERE id = ?1 AND revision = ?2");
            db.prepare_cached(&sql)?
                .query_row(params![id.to_string(), revision], |row| Ok(envelope(row)))
                .optional()
        })
    }

    /// Stores corrections, all or none, on disk when this returns. Each must follow the newest stored revision of its lead;
    /// returns false, and stores nothing, if one does not, because the lead was changed or erased meanwhile. `guard` is the
    /// enrolment that determined the recipients.
    pub fn revise(&self, guard: Option<&SettingGuard>, leads: &[SealedLead]) -> Result<bool, StoreError> {
        self.write_guarded(guard, "storing a correction", |db| {
            for lead in leads {
                let header = &lead.envelope.header;
                if newest_revision(db, header.id)?.map(|newest| newest + 1) != Some(header.revision) {
                    return Ok(false);
                }
            }
            leads.iter().try_for_each(|lead| replace(db, lead))?;
            Ok(true)
        })
    }

    /// Replaces leads that only staff can open by their next revision, which is also sealed for the platform. The earlier
    /// revisions stay but are never sent. Leads that have a newer revision by now are left out. `guard` is the enrolment
    /// that determined the recipients.
    pub fn reseal(&self, guard: Option<&SettingGuard>, leads: &[SealedLead]) -> Result<(), StoreError> {
        self.write_guarded(guard, "sealing leads for the platform", |db| {
            for lead in leads {
                let header = &lead.envelope.header;
                if newest_revision(db, header.id)?.is_some_and(|newest| newest < header.revision) {
                    replace(db, lead)?;
                }
            }
            Ok(())
        })
    }
}

/// Stores a revision. Earlier ones that only staff can open are never sent.
fn replace(db: &Connection, lead: &SealedLead) -> rusqlite::Result<()> {
    insert_lead(db, lead)?;
    db.prepare_cached("DELETE FROM outbox WHERE id = ?1 AND revision < ?2 AND state = 'sealed_for_staff'")?
        .execute(params![
            lead.envelope.header.id.to_string(),
            lead.envelope.header.revision
        ])
        .map(drop)
}

fn newest_revision(db: &Connection, id: Uuid) -> rusqlite::Result<Option<u32>> {
    db.prepare_cached("SELECT max(revision) FROM lead WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
}

/// The revisions that match a filter with one parameter.
fn index(db: &Connection, filter: &str, param: &str) -> rusqlite::Result<RevisionIndex> {
    let sql = format!(
        "SELECT lead.id, lead.revision, lead.ticket, lead.day, lead.sha256, o.state
         FROM lead LEFT JOIN outbox AS o USING (id, revision)
         WHERE ({filter}) AND (?1 IS NOT NULL) ORDER BY lead.id, lead.revision DESC"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([param])?;
    let mut index = RevisionIndex::default();
    let mut position = 0;
    while let Some(row) = rows.next()? {
        position += 1;
        match readable(stored_revision(row)) {
            Some(revision) => index.revisions.push(revision?),
            None => index.unreadable.push(UnreadableLead::of_row(
                row,
                0,
                &format!("row {position} of the leads"),
                "a column has no valid value",
            )),
        }
    }
    Ok(index)
}

/// `None` if the identifier is damaged.
fn stored_revision(row: &Row<'_>) -> rusqlite::Result<Option<StoredRevision>> {
    let Ok(id) = row.get::<_, String>(0)?.parse() else {
        return Ok(None);
    };
    let state = row.get::<_, Option<String>>(5)?;
    Ok(Some(StoredRevision {
        id,
        revision: row.get(1)?,
        ticket: row.get(2)?,
        day: row.get(3)?,
        sha256: row.get(4)?,
        state: state.as_deref().and_then(OutboxState::from_code),
    }))
}
