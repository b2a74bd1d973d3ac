//! Writes what was found in a damaged file into a database. Must not know: where it was found.

use super::copy::{Copy, TicketNumbers};
use super::row::{COLUMNS, envelope};
use super::salvage::{Salvaged, SalvagedLead};
use super::{OutboxState, insert_lead_row};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Without a copy of the reserved numbers, this many are skipped.
const TICKETS_SKIPPED_WITHOUT_COPY: u32 = 1_000;
/// A kiosk does not issue so many tickets after the copy was written.
const MAX_PLAUSIBLE_TICKETS: i64 = 100_000;

/// Stores revisions that are missing in the database. The newest of each lead goes into the outbox, and so do earlier ones
/// that the platform can open; one that only staff can open was replaced by a later one. Erased leads stay erased.
/// Returns the number of leads of which the newest revision was missing.
pub(super) fn leads(
    db: &Connection,
    found: &[SalvagedLead],
    is_for_platform: fn(&[u8]) -> bool,
) -> rusqlite::Result<u32> {
    let mut newest = BTreeMap::<Uuid, u32>::new();
    let mut newest_held = db.prepare("SELECT coalesce(max(revision), 0) FROM lead WHERE id = ?1")?;
    for lead in found {
        let header = &lead.envelope.header;
        let held = newest_held.query_row([header.id.to_string()], |row| row.get(0))?;
        let revision = newest.entry(header.id).or_insert(held);
        *revision = header.revision.max(*revision);
    }
    let mut is_held = db.prepare(
        "SELECT 1 FROM lead WHERE id = ?1 AND revision = ?2 UNION ALL SELECT 1 FROM erased WHERE id = ?1",
    )?;
    let mut restored = 0;
    for lead in found {
        let header = &lead.envelope.header;
        let id = header.id.to_string();
        if is_held.exists(params![id, header.revision])? {
            continue;
        }
        insert_lead_row(db, &lead.envelope, &lead.day, lead.hour)?;
        let is_newest = newest.get(&header.id) == Some(&header.revision);
        if is_newest || is_for_platform(&lead.envelope.sealed) {
            add_to_outbox(db, lead, is_for_platform)?;
        }
        restored += u32::from(is_newest);
    }
    if restored > 0 {
        count_languages(db)?;
    }
    Ok(restored)
}

fn add_to_outbox(
    db: &Connection,
    lead: &SalvagedLead,
    is_for_platform: fn(&[u8]) -> bool,
) -> rusqlite::Result<()> {
    let header = &lead.envelope.header;
    let id = header.id.to_string();
    db.execute(
        "DELETE FROM outbox WHERE id = ?1 AND revision < ?2 AND state = 'sealed_for_staff'",
        params![id, header.revision],
    )?;
    let assumed = || OutboxState::of_new(is_for_platform(&lead.envelope.sealed));
    let delivery = lead.delivery.as_ref();
    db.execute(
        "INSERT INTO outbox (id, revision, state, reason, acknowledged_at, exported_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id,
            header.revision,
            delivery.map_or_else(assumed, |d| d.state).code(),
            delivery.and_then(|d| d.reason.as_deref()),
            delivery.and_then(|d| d.acknowledged_at.as_deref()),
            delivery.and_then(|d| d.exported_at.as_deref()),
        ],
    )
    .map(drop)
}

/// The days of a day close come from these figures, so no lead may be missing in them.
fn count_languages(db: &Connection) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO tally (day, kind, key, count)
         SELECT day, 'language', language, count(DISTINCT id) FROM lead WHERE true GROUP BY day, language
         ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
        [],
    )
    .map(drop)
}

/// Puts readable revisions back into the outbox that it does not name, or whose delivery state there is not valid; not
/// those that only staff can open if there is a later one. Returns their number.
pub(super) fn outbox_rows(db: &Connection, is_for_platform: fn(&[u8]) -> bool) -> rusqlite::Result<u32> {
    let has_newer = "EXISTS (SELECT 1 FROM lead AS n WHERE n.id = lead.id AND n.revision > lead.revision)";
    let without_state = format!(
        "SELECT {COLUMNS}, 0 FROM outbox AS o JOIN lead USING (id, revision)
         WHERE o.state NOT IN ('sealed_for_staff', 'waiting', 'acknowledged', 'set_aside')"
    );
    let without_row = format!(
        "SELECT {COLUMNS}, {has_newer} FROM lead
         WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.id = lead.id AND o.revision = lead.revision)"
    );
    let mut unlisted = Vec::new();
    for sql in [without_state, without_row] {
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let is_replaced = row.get::<_, bool>(12)?;
            let found = envelope(row).ok();
            unlisted.extend(found.filter(|found| !is_replaced || is_for_platform(&found.sealed)));
        }
    }
    for envelope in &unlisted {
        let state = OutboxState::of_new(is_for_platform(&envelope.sealed));
        db.execute(
            "INSERT INTO outbox (id, revision, state) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET state = excluded.state",
            params![
                envelope.header.id.to_string(),
                envelope.header.revision,
                state.code()
            ],
        )?;
    }
    Ok(unlisted.len() as u32)
}

/// Condition for leads that are missing in the outbox.
pub(super) const UNLISTED: &str =
    "NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.id = lead.id AND o.revision = lead.revision)
     AND NOT EXISTS (SELECT 1 FROM lead AS n WHERE n.id = lead.id AND n.revision > lead.revision)";

/// Writes ticket numbers, erased leads and daily figures of a damaged file and of the copy into a new database.
pub(super) fn clear_rows(db: &Connection, salvaged: &Salvaged, copy: &Copy) -> rusqlite::Result<()> {
    let mut issued = salvaged.tickets.clone();
    for lead in &salvaged.leads {
        let header = &lead.envelope.header;
        let number = header
            .ticket
            .rsplit('-')
            .next()
            .and_then(|number| number.parse().ok());
        let last = issued
            .entry((header.stop.clone(), header.kiosk.clone()))
            .or_default();
        *last = number.unwrap_or(0).max(*last);
    }
    for last in issued.values_mut() {
        *last = last.saturating_add(TICKETS_SKIPPED_WITHOUT_COPY);
    }
    for TicketNumbers { stop, kiosk, last } in &copy.tickets {
        // No number after the reserved ones was issued.
        issued.insert((stop.clone(), kiosk.clone()), *last);
    }
    for ((stop, kiosk), last) in issued {
        db.execute(
            "INSERT OR REPLACE INTO ticket (stop, kiosk, last) VALUES (?1, ?2, ?3)",
            params![stop, kiosk, last],
        )?;
    }
    for (id, row) in salvaged.erased.iter().chain(&copy.erased) {
        db.execute(
            "INSERT OR REPLACE INTO erased (id, at, day, hour) VALUES (?1, ?2, ?3, ?4)",
            params![id.to_string(), row.at, row.day, row.hour],
        )?;
    }
    for ((day, kind, key), count) in &salvaged.figures {
        // Damage may have changed the kind, which has a constraint.
        db.execute(
            "INSERT OR IGNORE INTO tally (day, kind, key, count) VALUES (?1, ?2, ?3, ?4)",
            params![day, kind, key, count],
        )?;
    }
    Ok(())
}

/// Corrects last ticket numbers that contradict the reserved ones.
pub(super) fn tickets(db: &Connection, reserved: &[TicketNumbers], step: u32) -> rusqlite::Result<()> {
    for TicketNumbers { stop, kiosk, last } in reserved {
        let highest = i64::from(*last);
        let lowest = highest - i64::from(step);
        db.execute(
            "INSERT INTO ticket (stop, kiosk, last) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET last = excluded.last
             WHERE typeof(last) <> 'integer' OR last NOT BETWEEN ?4 AND ?5",
            params![stop, kiosk, last, lowest, highest + MAX_PLAUSIBLE_TICKETS],
        )?;
    }
    Ok(())
}
