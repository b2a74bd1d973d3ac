//! Tickets that more than one lead has. Two kiosks that issue the same numbers are copies of one data folder, or are
//! named alike. The leads are stored all the same. Must not know: who reads them.

use super::database::Store;
use super::error::StoreError;
use super::sql::{Database, Param, params};
use serde::Serialize;

/// A lead whose ticket another lead has too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReusedTicketRow {
    /// Stop in the header.
    pub stop: String,
    /// The ticket.
    pub ticket: String,
    /// Identifier of the lead.
    pub id: String,
    /// The kiosk that sent it.
    pub sent_by: String,
    /// Time of its first arrival.
    pub received_at: String,
}

/// Query for the tickets that more than one lead has, each once.
const REUSED: &str = "SELECT DISTINCT e.stop, e.ticket FROM reused_ticket r JOIN envelope e ON e.id = r.id
                      WHERE e.stop IS NOT NULL AND e.ticket IS NOT NULL";

impl Store {
    /// Leads whose ticket another lead has too, by stop and ticket.
    pub fn reused_tickets(&self) -> Result<Vec<ReusedTicketRow>, StoreError> {
        let query = format!(
            "SELECT e.stop, e.ticket, e.id, min(e.sent_by), min(e.received_at) FROM envelope e
             JOIN ({REUSED}) reused ON reused.stop = e.stop AND reused.ticket = e.ticket
             GROUP BY e.stop, e.ticket, e.id ORDER BY 1, 2, 5, 3"
        );
        let rows = self.read(|db| db.query(&query, &[]))?;
        let reused = rows.into_iter().map(|mut row| {
            Ok(ReusedTicketRow {
                stop: row.text(0)?,
                ticket: row.text(1)?,
                id: row.text(2)?,
                sent_by: row.text(3)?,
                received_at: row.text(4)?,
            })
        });
        reused.collect()
    }

    /// Number of tickets that more than one lead has.
    pub fn reused_ticket_count(&self) -> Result<u64, StoreError> {
        let query = format!("SELECT count(*) FROM ({REUSED}) AS reused");
        self.read(|db| db.first(&query, &[])?.map_or(Ok(0), |mut row| row.number(0)))
    }
}

/// Records which of the newly inserted leads have a ticket that another lead has. Each is an identifier, a stop and a
/// ticket. Returns their number.
pub fn record_reused(
    db: &mut dyn Database,
    leads: &[(&str, &str, &str)],
    now: &str,
) -> Result<u64, StoreError> {
    let insert = "INSERT INTO reused_ticket (id, found_at) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT)
                  WHERE EXISTS (SELECT 1 FROM envelope WHERE stop = $3 AND ticket = $4 AND id <> $1)
                  ON CONFLICT DO NOTHING";
    let rows: Vec<Vec<Param>> = leads
        .iter()
        .map(|(id, stop, ticket)| params![*id, now, *stop, *ticket].to_vec())
        .collect();
    Ok(db.execute_each(insert, &rows)?.into_iter().sum())
}
