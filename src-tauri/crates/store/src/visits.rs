//! `visits.db`: anonymous counts of visits by stop and day, in their own file apart from the leads. Counts are worth little, so
//! a damaged file is deleted and begun again. Must not know: what is counted, who visited.

use crate::{StoreError, is_damage};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Name of the file in the data folder.
pub const FILE: &str = "visits.db";
/// A count that another program blocks for longer is written later.
const BUSY_TIMEOUT: Duration = Duration::from_millis(500);
/// Number of days per kiosk that are kept.
const MAX_DAYS: u32 = 60;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS visit_count (
  day   TEXT    NOT NULL,
  stop  TEXT    NOT NULL,
  name  TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, stop, name)
) WITHOUT ROWID";

/// Counts of one day at one stop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// `YYYY-MM-DD` at the stop.
    pub day: String,
    /// Identifier of the stop.
    pub stop: String,
    /// Counts by name.
    pub counts: BTreeMap<String, u32>,
}

/// The file, which is opened by the first use.
pub struct Visits {
    path: PathBuf,
    db: Mutex<Option<Connection>>,
}

impl Visits {
    /// The file in a folder. Does not touch the disk.
    pub fn new(folder: &Path) -> Self {
        Self {
            path: folder.join(FILE),
            db: Mutex::new(None),
        }
    }

    /// Adds counts to those of their days, all or none, and removes old days.
    pub fn add(&self, added: &[DayCounts]) -> Result<(), StoreError> {
        self.with_file("storing counts of visits", |db| {
            let transaction = db.transaction()?;
            for DayCounts { day, stop, counts } in added {
                for (name, count) in counts {
                    transaction
                        .prepare_cached(
                            "INSERT INTO visit_count (day, stop, name, count) VALUES (?1, ?2, ?3, ?4)
                             ON CONFLICT DO UPDATE SET count = count + excluded.count",
                        )?
                        .execute(params![day, stop, name, count])?;
                }
            }
            transaction.execute(
                "DELETE FROM visit_count WHERE day NOT IN
                 (SELECT DISTINCT day FROM visit_count ORDER BY day DESC LIMIT ?1)",
                [MAX_DAYS],
            )?;
            transaction.commit()
        })
    }

    /// The counts of the newest `limit` days, newest first. Empty if there is no file yet.
    pub fn newest_days(&self, limit: u32) -> Result<Vec<DayCounts>, StoreError> {
        if !self.path.exists() {
            return Ok(Vec::new());
        }
        self.with_file("reading counts of visits", |db| {
            let mut statement = db.prepare_cached(
                "SELECT day, stop, name, count FROM visit_count WHERE day IN
                 (SELECT DISTINCT day FROM visit_count ORDER BY day DESC LIMIT ?1)
                 ORDER BY day DESC, stop, name",
            )?;
            let mut rows = statement.query([limit])?;
            let mut days: Vec<DayCounts> = Vec::new();
            while let Some(row) = rows.next()? {
                let (day, stop): (String, String) = (row.get(0)?, row.get(1)?);
                if days
                    .last()
                    .is_none_or(|last| last.day != day || last.stop != stop)
                {
                    days.push(DayCounts {
                        day,
                        stop,
                        counts: BTreeMap::new(),
                    });
                }
                if let Some(last) = days.last_mut() {
                    last.counts.insert(row.get(2)?, row.get(3)?);
                }
            }
            Ok(days)
        })
    }

    /// Works on the file. After an error it is opened again by the next use; a damaged one is deleted, and the work is done
    /// once more on a new one.
    fn with_file<T>(
        &self,
        context: &'static str,
        work: impl Fn(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        let mut result = self.attempt(&mut db, &work);
        if result.as_ref().is_err_and(is_unusable) {
            *db = None;
            fs::remove_file(&self.path).map_err(|e| StoreError::io(context, &e))?;
            result = self.attempt(&mut db, &work);
        }
        if result.is_err() {
            *db = None;
        }
        result.map_err(|e| StoreError::sqlite(FILE, context, &e))
    }

    fn attempt<T>(
        &self,
        db: &mut Option<Connection>,
        work: &impl Fn(&mut Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let connection = match db {
            Some(connection) => connection,
            None => db.insert(open(&self.path)?),
        };
        work(connection)
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.execute_batch(SCHEMA)?;
    #[cfg(unix)]
    // The data folder is closed to others already; a file system without permissions is no reason to stop.
    drop(fs::set_permissions(
        path,
        std::os::unix::fs::PermissionsExt::from_mode(0o600),
    ));
    Ok(db)
}

/// Whether the file is damaged, or its table is not the one of this program.
fn is_unusable(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::IntegralValueOutOfRange(..)
    ) || is_damage(error)
}
