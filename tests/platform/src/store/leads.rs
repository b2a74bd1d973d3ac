//! Leads: a unique constraint decides what is new, never a look beforehand. Nothing received is dropped.

use super::erasures::tell;
use super::session::{Param, Session, Table, Turn, params};
use super::{Store, StoreError, stamp};
use domain::lead::LeadRecord;
use jiff::Timestamp;
use protocol::{Outcome, Receipt};
use serde::Serialize;
use std::collections::BTreeSet;
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
    /// Keeps a batch in one transaction, on disk when this returns. One receipt an envelope, ordered by
    /// identifier and revision.
    pub fn receive(
        &self,
        sent_by: &str,
        batch: &[Received],
        now: Timestamp,
    ) -> Result<Vec<Receipt>, StoreError> {
        let now = stamp(now);
        let mut envelopes: Vec<Written> = batch.iter().map(Written::of).collect::<Result<_, _>>()?;
        // Two batches with the same leads in another order must not wait for each other in a circle.
        envelopes.sort_by(|a, b| (&a.id, a.revision).cmp(&(&b.id, b.revision)));
        let outcomes = self.write(|db| {
            db.take_turn(Turn::KeepLeads)?;
            keep(db, sent_by, &envelopes, &now)
        })?;
        let receipts = envelopes.iter().zip(outcomes).map(|(envelope, outcome)| Receipt {
            id: envelope.received.id,
            revision: envelope.revision,
            sha256: envelope.received.sha256.clone(),
            outcome,
        });
        Ok(receipts.collect())
    }

    /// What lay in quarantine could be read now. How many of them.
    pub fn read_at_last(&self, opened: &[Received]) -> Result<u64, StoreError> {
        let envelopes: Vec<Written> = opened.iter().map(Written::of).collect::<Result<_, _>>()?;
        self.write(|db| {
            db.take_turn(Turn::KeepLeads)?;
            let update = "UPDATE envelope SET quarantine = NULL
                          WHERE id = $1 AND revision = $2 AND quarantine IS NOT NULL";
            let rows: Vec<_> = envelopes
                .iter()
                .map(|envelope| params![&envelope.id, envelope.revision].to_vec())
                .collect();
            let changed = db.execute_each(update, &rows)?;
            let changed: Vec<&Written> = envelopes
                .iter()
                .zip(changed)
                .filter(|(_, changed)| *changed > 0)
                .map(|(envelope, _)| envelope)
                .collect();
            keep_read(db, &changed)?;
            Ok(changed.len() as u64)
        })
    }

    /// Every lead that was read, in order of arrival.
    pub fn leads(&self) -> Result<Vec<LeadRow>, StoreError> {
        let query = "SELECT e.received_at, l.record FROM lead l
                     JOIN envelope e ON e.id = l.id AND e.revision = l.revision ORDER BY e.rowid";
        let rows = self.read(|db| db.query(query, &[]))?;
        rows.into_iter()
            .map(|mut row| Ok(lead_row(row.text(0)?, serde_json::from_str(&row.text(1)?)?)))
            .collect()
    }
}

/// An envelope as it is written.
struct Written<'a> {
    id: String,
    revision: u32,
    /// Of its header, where it has one.
    stop: Option<String>,
    record: Option<String>,
    received: &'a Received,
}

impl<'a> Written<'a> {
    fn of(received: &'a Received) -> Result<Self, StoreError> {
        let header: serde_json::Value = serde_json::from_str(&received.header)?;
        let stop = header.get("stop").and_then(serde_json::Value::as_str);
        let record = received.opened.as_ref().ok();
        Ok(Self {
            id: received.id.to_string(),
            revision: received.revision,
            stop: stop.map(str::to_owned),
            record: record.map(serde_json::to_string).transpose()?,
            received,
        })
    }
}

const ENVELOPES: Table = Table {
    name: "envelope",
    columns: &[
        "id",
        "revision",
        "sha256",
        "received_at",
        "sent_by",
        "header",
        "sealed",
        "quarantine",
        "stop",
        "erased_at",
    ],
};
const LEADS: Table = Table {
    name: "lead",
    columns: &["id", "revision", "name", "phone", "email", "record"],
};

/// Inserts what is new; the unique constraint says what that is. Outcomes in the order of the envelopes.
fn keep(
    db: &mut dyn Session,
    sent_by: &str,
    envelopes: &[Written],
    now: &str,
) -> Result<Vec<Outcome>, StoreError> {
    let erased = erased_among(db, envelopes)?;
    let rows: Vec<_> = envelopes
        .iter()
        .map(|envelope| {
            let kept = if erased.contains(&envelope.id) {
                tombstone
            } else {
                row
            };
            kept(envelope, sent_by, now)
        })
        .collect();
    let new = db.insert_new(ENVELOPES, &rows)?;
    let mut outcomes = Vec::with_capacity(envelopes.len());
    let (mut read, mut conflicting) = (Vec::new(), Vec::new());
    for (envelope, is_new) in envelopes.iter().zip(new) {
        let outcome = if erased.contains(&envelope.id) {
            Outcome::Duplicate
        } else if !is_new {
            of_one_that_is_there(db, envelope)?
        } else if envelope.record.is_some() {
            Outcome::Accepted
        } else {
            Outcome::Quarantined
        };
        match outcome {
            Outcome::Accepted => read.push(envelope),
            Outcome::Conflict => conflicting.push(envelope),
            _ => {}
        }
        outcomes.push(outcome);
    }
    keep_read(db, &read)?;
    keep_conflicts(db, &conflicting, sent_by, now)?;
    if !erased.is_empty() {
        // A kiosk that sends an erased lead still has it.
        db.take_turn(Turn::Number)?;
        for id in &erased {
            tell(db, id, sent_by)?;
        }
    }
    Ok(outcomes)
}

/// The outcome for an envelope whose name was taken. Bytes that nobody could read are not called read when they come
/// again: the first answer may have been lost, and the sender's copy may be the only one that opens.
fn of_one_that_is_there(db: &mut dyn Session, envelope: &Written) -> Result<Outcome, StoreError> {
    let query = "SELECT sha256, quarantine FROM envelope WHERE id = $1 AND revision = $2";
    let Some(mut present) = db.first(query, &params![&envelope.id, envelope.revision])? else {
        return Ok(Outcome::Conflict);
    };
    let (sha256, quarantine) = (present.text(0)?, present.text_or_null(1)?);
    Ok(if sha256 != envelope.received.sha256 {
        Outcome::Conflict
    } else if quarantine.is_some() {
        Outcome::Quarantined
    } else {
        Outcome::Duplicate
    })
}

/// Those that were erased before. Erasures are few, so that one look at all of them is cheaper than one a lead.
fn erased_among(db: &mut dyn Session, envelopes: &[Written]) -> Result<BTreeSet<String>, StoreError> {
    let ids: Vec<&str> = envelopes.iter().map(|envelope| envelope.id.as_str()).collect();
    let query = "SELECT id FROM erasure WHERE $1 LIKE '%' || id || '%'";
    let rows = db.query(query, &params![&ids.join(" ")])?;
    rows.into_iter().map(|mut row| row.text(0)).collect()
}

fn row<'a>(envelope: &'a Written, sent_by: &'a str, now: &'a str) -> Vec<Param<'a>> {
    let received = envelope.received;
    params![
        &envelope.id,
        envelope.revision,
        &received.sha256,
        now,
        sent_by,
        &received.header,
        received.sealed.as_slice(),
        received.opened.as_ref().err().copied(),
        envelope.stop.as_deref(),
        None::<&str>,
    ]
    .to_vec()
}

fn tombstone<'a>(envelope: &'a Written, sent_by: &'a str, now: &'a str) -> Vec<Param<'a>> {
    let mut row = row(envelope, sent_by, now);
    row[5..].copy_from_slice(&params![
        "",
        &[] as &[u8],
        None::<&str>,
        envelope.stop.as_deref(),
        now
    ]);
    row
}

/// Keeps what could be read of envelopes.
fn keep_read(db: &mut dyn Session, read: &[&Written]) -> Result<(), StoreError> {
    let rows: Vec<_> = read
        .iter()
        .filter_map(|envelope| {
            let lead = &envelope.received.opened.as_ref().ok()?.lead;
            let (phone, email) = (lead.phone.as_deref(), lead.email.as_deref());
            let record = envelope.record.as_deref();
            let values = params![&envelope.id, envelope.revision, &lead.name, phone, email, record];
            Some(values.to_vec())
        })
        .collect();
    db.insert_new(LEADS, &rows).map(|_| ())
}

fn keep_conflicts(
    db: &mut dyn Session,
    conflicting: &[&Written],
    sent_by: &str,
    now: &str,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO conflict (id, revision, sha256, received_at, sent_by, header, sealed)
                  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let rows: Vec<_> = conflicting
        .iter()
        .map(|envelope| row(envelope, sent_by, now)[..7].to_vec())
        .collect();
    db.execute_each(insert, &rows).map(|_| ())
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
