//! Persons who asked to be forgotten: what was sealed and what was read of their lead goes, a tombstone stays, and
//! every kiosk that had it is told, under each name that it enrolled with since.

use super::session::{Session, Turn, params};
use super::{Store, StoreError, stamp};
use jiff::Timestamp;
use protocol::{Erasure, Erasures, MAX_ERASURES};
use uuid::Uuid;

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// No such lead arrived.
    #[error(
        "no lead {0} arrived here; name the kiosk that has it with --kiosk, or check the identifier with 'leads --json'"
    )]
    Unknown(Uuid),
    /// Nobody to tell.
    #[error("there is no kiosk {0:?} here, and nothing was erased; 'kiosks' lists them")]
    NoKiosk(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Erases every revision of a lead, and keeps it from ever being stored again. The kiosks that sent it, and `kiosk`,
    /// are told. How many revisions there were.
    pub fn erase(&self, id: Uuid, kiosk: Option<&str>, now: Timestamp) -> Result<u64, ErasureError> {
        let (lead, now) = (id.to_string(), stamp(now));
        let erased = self.write(|db| {
            db.take_turn(Turn::EraseLeads)?;
            db.take_turn(Turn::Number)?;
            if let Some(kiosk) = kiosk
                && !is_kiosk(db, kiosk)?
            {
                return Err(ErasureError::NoKiosk(kiosk.to_owned()));
            }
            let senders = "SELECT sent_by FROM envelope WHERE id = $1
                           UNION SELECT sent_by FROM conflict WHERE id = $1";
            let senders = db.query(senders, &params![&lead])?;
            let mut senders: Vec<String> = senders
                .into_iter()
                .map(|mut row| row.text(0))
                .collect::<Result<_, _>>()?;
            senders.extend(kiosk.map(str::to_owned));
            if senders.is_empty() {
                return Err(ErasureError::Unknown(id));
            }
            let insert = "INSERT INTO erasure (id, erased_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            db.execute(insert, &params![&lead, &now])?;
            db.execute("DELETE FROM lead WHERE id = $1", &params![&lead])?;
            db.execute("DELETE FROM conflict WHERE id = $1", &params![&lead])?;
            let empty: &[u8] = &[];
            let update = "UPDATE envelope SET sealed = $1, header = '', quarantine = NULL, erased_at = $2
                          WHERE id = $3 AND erased_at IS NULL";
            let erased = db.execute(update, &params![empty, &now, &lead])?;
            for sender in &senders {
                tell(db, &lead, sender)?;
            }
            Ok(erased)
        })?;
        self.scrub()?;
        Ok(erased)
    }

    /// The erasures that a kiosk has still to do after a number, ascending, and the highest number of all of those.
    pub fn erasures(&self, kiosk: &str, after: u64) -> Result<Erasures, StoreError> {
        let query = "SELECT seq, id FROM erasure_notice
                     WHERE kiosk = $1 AND seq > $2 AND done_at IS NULL ORDER BY seq LIMIT $3";
        let rows = self.read(|db| db.query(query, &params![kiosk, after, MAX_ERASURES as u64]))?;
        let erasures = rows.into_iter().map(|mut row| {
            let id = row.text(1)?.parse();
            Ok(Erasure {
                seq: row.number(0)?,
                id: id.map_err(|_| StoreError("an erasure names no lead".to_owned()))?,
            })
        });
        Ok(Erasures {
            erasures: erasures.collect::<Result<_, StoreError>>()?,
            newest: self.newest_erasure(kiosk)?,
        })
    }

    /// The highest number of an erasure that a kiosk has still to do, or 0. Those it told of as done do not count: where
    /// our answer to that was lost, it would ask for them for ever.
    pub fn newest_erasure(&self, kiosk: &str) -> Result<u64, StoreError> {
        let query = "SELECT coalesce(max(seq), 0) FROM erasure_notice WHERE kiosk = $1 AND done_at IS NULL";
        self.read(|db| {
            db.first(query, &params![kiosk])?
                .map_or(Ok(0), |mut row| row.number(0))
        })
    }

    /// A kiosk erased these.
    pub fn erasures_done(&self, kiosk: &str, done: &[u64], now: Timestamp) -> Result<(), StoreError> {
        let now = stamp(now);
        let update =
            "UPDATE erasure_notice SET done_at = $1 WHERE kiosk = $2 AND seq = $3 AND done_at IS NULL";
        let rows: Vec<_> = done
            .iter()
            .map(|seq| params![&now, kiosk, *seq].to_vec())
            .collect();
        self.write(|db| db.execute_each(update, &rows).map(|_| ()))
    }
}

/// Tells a kiosk to erase a lead, again if it was told before. It is told under every name it may go by now: an answer to
/// an enrolment that was lost makes a successor that is nobody.
pub fn tell(db: &mut dyn Session, lead: &str, kiosk: &str) -> Result<(), StoreError> {
    let names = "WITH RECURSIVE name (id) AS (
                     SELECT CAST($1 AS TEXT) UNION SELECT k.id FROM kiosk k JOIN name n ON k.predecessor = n.id)
                 SELECT id FROM name";
    for mut row in db.query(names, &params![kiosk])? {
        let name = row.text(0)?;
        let delete = "DELETE FROM erasure_notice WHERE id = $1 AND kiosk = $2";
        db.execute(delete, &params![lead, &name])?;
        let insert = "INSERT INTO erasure_notice (id, kiosk) VALUES ($1, $2)";
        db.execute(insert, &params![lead, &name])?;
    }
    Ok(())
}

/// Tells a kiosk what another has still to erase.
pub fn hand_on(db: &mut dyn Session, from: &str, to: &str) -> Result<(), StoreError> {
    let query = "SELECT id FROM erasure_notice WHERE kiosk = $1 AND done_at IS NULL ORDER BY seq";
    for mut row in db.query(query, &params![from])? {
        tell(db, &row.text(0)?, to)?;
    }
    Ok(())
}

fn is_kiosk(db: &mut dyn Session, kiosk: &str) -> Result<bool, StoreError> {
    let query = "SELECT id FROM kiosk WHERE id = $1";
    Ok(db.first(query, &params![kiosk])?.is_some())
}
