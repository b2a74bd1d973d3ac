//! Erasing for good. PostgreSQL keeps the bytes of changed and deleted rows in its files, and vacuuming makes their
//! space free without overwriting it; so the tables that hold persons are written anew, and the old files go. Must not
//! know what is erased, nor when.

use super::{Postgres, StoreError, Transaction};
use tokio_postgres::error::SqlState;

/// Each writes a whole table anew from the rows that are there, and forgets what the planner knew of these columns.
/// `VACUUM FULL` would copy deleted rows too, as long as anybody's old snapshot may see them.
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
/// Writing may take its time. Waiting may not: whoever comes later waits behind it.
const PATIENCE: &str = "SET LOCAL statement_timeout TO 0; SET LOCAL lock_timeout TO '10s'";
/// Values of columns that were analysed before the schema forbade it.
const STATISTICS: &str = "VACUUM (FULL) pg_catalog.pg_statistic";

impl Postgres {
    /// Removes what was deleted or overwritten from the files of the database. One table after the other stands still
    /// meanwhile.
    pub fn scrub(&self) -> Result<(), StoreError> {
        for rewrite in REWRITES {
            // Dropped before its end its connection is closed, so that no other work inherits its patience.
            let mut transaction = Transaction::begin(self)?;
            transaction.rewrite(rewrite)?;
            transaction.end("COMMIT")?;
        }
        let client = self.client()?;
        self.wait(client.batch_execute(STATISTICS)).map_err(traces_stay)
    }
}

impl Transaction<'_> {
    fn rewrite(&self, rewrite: &str) -> Result<(), StoreError> {
        let Some(on) = &self.on else {
            unreachable!("only dropping takes it out")
        };
        let rewriting = on.client.batch_execute(PATIENCE);
        on.store.wait(rewriting)?;
        on.store
            .wait(on.client.batch_execute(rewrite))
            .map_err(traces_stay)
    }
}

fn traces_stay(error: tokio_postgres::Error) -> StoreError {
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
    fn an_erasure_that_cannot_end_leaves_no_connection_without_a_time_limit() {
        let cluster = Cluster::shared().unwrap();
        let store = Postgres::open(&cluster.database().unwrap()).unwrap();
        let (reader, spare) = (store.client().unwrap(), store.client().unwrap());
        drop(spare);
        let reading = "BEGIN; LOCK TABLE lead IN ACCESS SHARE MODE";
        store.wait(reader.batch_execute(reading)).unwrap();
        let refused = thread::scope(|scope| {
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
        assert!(refused.to_string().contains("run the command again"), "{refused}");
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
