//! Leads: a unique constraint decides what is new, never a look beforehand. Nothing received is dropped.

use super::{Store, StoreError};
use domain::lead::LeadRecord;
use jiff::Timestamp;
use protocol::{Outcome, Receipt};
use rusqlite::{Transaction, TransactionBehavior, params};
use serde::Serialize;
use uuid::Uuid;

/// An envelope as it came, opened if that was possible.
pub struct Received {
    /// Of the envelope.
    pub id: Uuid,
    /// Of the envelope.
    pub revision: u32,
    /// SHA-256 of `sealed`, checked.
    pub sha256: String,
    /// Its header as JSON, as it came.
    pub header: String,
    /// Its bytes.
    pub sealed: Vec<u8>,
    /// What was in it, or a word why it cannot be read.
    pub opened: Result<Box<LeadRecord>, &'static str>,
}

/// One lead for people and programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names are those of the lead")]
pub struct LeadRow {
    pub id: String,
    pub revision: u32,
    pub received_at: String,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub kiosk: String,
    pub stop: String,
    pub ticket: String,
    pub taken_at: Timestamp,
    pub language: domain::Lang,
    pub country: Option<String>,
    pub city: Option<String>,
    pub interests: Vec<String>,
    pub budget_mad: Option<i64>,
    pub purpose: Option<domain::lead::Purpose>,
    pub desk: Option<domain::lead::Desk>,
    pub channel: domain::lead::Channel,
    pub consents: domain::lead::Consents,
    pub note: Option<String>,
}

impl Store {
    /// Keeps a batch in one transaction, on disk when this returns. One receipt an envelope, in order.
    pub fn receive(
        &self,
        sent_by: &str,
        batch: &[Received],
        now: Timestamp,
    ) -> Result<Vec<Receipt>, StoreError> {
        let mut db = self.writer();
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let receipts = batch
            .iter()
            .map(|received| {
                let outcome = keep(&transaction, sent_by, received, now)?;
                Ok(Receipt {
                    id: received.id,
                    revision: received.revision,
                    sha256: received.sha256.clone(),
                    outcome,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        transaction.commit()?;
        Ok(receipts)
    }

    /// Every lead that was read, in order of arrival.
    pub fn leads(&self) -> Result<Vec<LeadRow>, StoreError> {
        let db = self.reader();
        let mut query = db.prepare(
            "SELECT e.received_at, l.record FROM lead l JOIN envelope e USING (id, revision) ORDER BY e.rowid",
        )?;
        let mut rows = query.query([])?;
        let mut leads = Vec::new();
        while let Some(row) = rows.next()? {
            leads.push(lead_row(
                row.get(0)?,
                serde_json::from_str(&row.get::<_, String>(1)?)?,
            ));
        }
        Ok(leads)
    }

    /// How many envelopes lie in quarantine and in conflict.
    pub fn unread(&self) -> Result<(u64, u64), StoreError> {
        let db = self.reader();
        Ok(db.query_row(
            "SELECT (SELECT count(*) FROM envelope WHERE quarantine IS NOT NULL), (SELECT count(*) FROM conflict)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?)
    }

    /// The bytes of what lies in quarantine and in conflict, with the reason.
    pub fn raw(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let db = self.reader();
        let mut query = db.prepare(
            "SELECT quarantine, sealed FROM envelope WHERE quarantine IS NOT NULL
             UNION ALL SELECT 'conflict', sealed FROM conflict",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn keep(
    db: &Transaction<'_>,
    sent_by: &str,
    received: &Received,
    now: Timestamp,
) -> Result<Outcome, StoreError> {
    let Received {
        id,
        revision,
        sha256,
        header,
        sealed,
        opened,
    } = received;
    let (id, now) = (id.to_string(), now.to_string());
    let inserted = db
        .prepare_cached(
            "INSERT INTO envelope (id, revision, sha256, received_at, sent_by, header, sealed, quarantine)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, revision) DO NOTHING",
        )?
        .execute(params![
            id,
            revision,
            sha256,
            now,
            sent_by,
            header,
            sealed,
            opened.as_ref().err()
        ])?;
    if inserted == 0 {
        let same: bool = db
            .prepare_cached("SELECT sha256 = ? FROM envelope WHERE id = ? AND revision = ?")?
            .query_row(params![sha256, id, revision], |row| row.get(0))?;
        if same {
            return Ok(Outcome::Duplicate);
        }
        db.prepare_cached(
            "INSERT INTO conflict (id, revision, sha256, received_at, sent_by, header, sealed)
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute(params![id, revision, sha256, now, sent_by, header, sealed])?;
        return Ok(Outcome::Conflict);
    }
    let Ok(record) = opened else {
        return Ok(Outcome::Quarantined);
    };
    let lead = &record.lead;
    db.prepare_cached(
        "INSERT INTO lead (id, revision, name, phone, email, record) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        id,
        revision,
        lead.name,
        lead.phone,
        lead.email,
        serde_json::to_string(record)?
    ])?;
    Ok(Outcome::Accepted)
}

fn lead_row(received_at: String, LeadRecord { header, lead, .. }: LeadRecord) -> LeadRow {
    LeadRow {
        id: header.id.to_string(),
        revision: header.revision,
        received_at,
        name: lead.name,
        phone: lead.phone,
        email: lead.email,
        kiosk: header.kiosk,
        stop: header.stop,
        ticket: header.ticket,
        taken_at: header.taken_at,
        language: lead.language,
        country: lead.country,
        city: lead.city,
        interests: lead.interests,
        budget_mad: lead.budget_mad,
        purpose: lead.purpose,
        desk: lead.desk,
        channel: lead.channel,
        consents: lead.consents,
        note: lead.note,
    }
}
