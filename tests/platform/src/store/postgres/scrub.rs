//! Removes erased data from the files of PostgreSQL. The files keep the bytes of changed and deleted rows, and vacuuming frees
//! their space without overwriting it. So tables with personal data are rewritten, and their old files are deleted. Must not
//! know: what is erased and when.

use super::{Postgres, Transaction};
use crate::store::error::StoreError;
use tokio_postgres::error::SqlState;

/// Each statement rewrites a complete table from its current rows, and drops the statistics of these columns. `VACUUM FULL`
/// would also copy deleted rows as long as an old snapshot can see them.
const REWRITES: [&str; 3] = [
    "ALTER TABLE envelope ALTER COLUMN header TYPE TEXT USING header || '',
                          ALTER COLUMN sealed TYPE BYTEA USING sealed || ''::bytea",
    "ALTER TABLE conflict ALTER COLUMN header TYPE TEXT USING header || '',
                          ALTER COLUMN sealed TYPE BYTEA USING sealed || ''::bytea",
    "ALTER TABLE lead ALTER COLUMN name TYPE TEXT USING name || '',
                      ALTER COLUMN phone TYPE TEXT USING phone || '',
                      ALTER COLUMN email TYPE TEXT USING email || '',
                      ALTER COLUMN record TYPE TEXT USING record || ''",
];
/// Rewriting has no time limit. Waiting for the lock has one, because later transactions queue behind it.
const REWRITE_SETTINGS: &str = "SET LOCAL statement_timeout TO 0; SET LOCAL lock_timeout TO '10s'";
/// Removes column values in the statistics from before the schema disabled them.
const SCRUB_STATISTICS: &str = "VACUUM (FULL) pg_catalog.pg_statistic";

impl Postgres {
    /// Removes deleted and overwritten data from the files of the database. It locks one table after the other.
    pub fn scrub(&self) -> Result<(), StoreError> {
        for rewrite in REWRITES {
            // If it fails, dropping it closes the connection, so that no later transaction inherits its settings.
            let mut transaction = Transaction::begin(self)?;
            transaction.rewrite(rewrite)?;
            transaction.end("COMMIT")?;
        }
        let client = self.client()?;
        self.wait(client.batch_execute(SCRUB_STATISTICS))
            .map_err(scrub_error)
    }
}

impl Transaction<'_> {
    fn rewrite(&self, rewrite: &str) -> Result<(), StoreError> {
        let Some(db) = &self.connection else {
            unreachable!("it is None only while dropping")
        };
        let settings = db.client.batch_execute(REWRITE_SETTINGS);
        db.store.wait(settings)?;
        db.store
            .wait(db.client.batch_execute(rewrite))
            .map_err(scrub_error)
    }
}

fn scrub_error(error: tokio_postgres::Error) -> StoreError {
    let busy = [SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED];
    if error.code().is_some_and(|code| busy.contains(code)) {
        let sentence =
            "erased, but traces stay in the database's files while others read; run the command again";
        return StoreError(sentence.to_owned());
    }
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cluster::Cluster;
    use std::thread;

    #[test]
    fn cancelled_scrub_leaves_no_connection_without_time_limit() {
        let cluster = Cluster::shared().unwrap();
        let store = Postgres::open(&cluster.database().unwrap()).unwrap();
        let (reader, spare) = (store.client().unwrap(), store.client().unwrap());
        drop(spare);
        let begin = "BEGIN; LOCK TABLE lead IN ACCESS SHARE MODE";
        store.wait(reader.batch_execute(begin)).unwrap();
        let error = thread::scope(|scope| {
            let scrubbing = scope.spawn(|| store.scrub());
            let cancel = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
                          WHERE datname = current_database() AND wait_event_type = 'Lock'";
            let cancelled = || {
                store
                    .wait(reader.query_one(cancel, &[]))
                    .unwrap()
                    .get::<_, i64>(0)
            };
            while cancelled() == 0 {
                thread::yield_now();
            }
            scrubbing.join().unwrap().unwrap_err()
        });
        assert!(error.to_string().contains("run the command again"), "{error}");
        store.wait(reader.batch_execute("ROLLBACK")).unwrap();
        drop(reader);
        let clients: Vec<_> = (0..store.pool.status().size)
            .map(|_| store.client().unwrap())
            .collect();
        for client in clients {
            let limit = store
                .wait(client.query_one("SHOW statement_timeout", &[]))
                .unwrap();
            assert_eq!(limit.get::<_, String>(0), "30s");
        }
        store.scrub().unwrap();
    }
}
