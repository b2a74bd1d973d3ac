//! The store in a PostgreSQL database, for several instances of the platform. Calls block the caller's thread, as for a file;
//! callers run on threads for blocking work anyway. Must not know: tables.

mod scrub;
mod tls;

use super::error::StoreError;
use super::sql::{Database, Lock, Param, Row, Table, Value};
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, Runtime};
use std::collections::HashSet;
use std::fmt::Write;
use std::time::Duration;
use tls::Target;
use tokio::runtime::{Handle, Runtime as Tokio, RuntimeFlavor};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{NoTls, Statement};

/// One file per schema version. Released files never change.
const MIGRATIONS: [&str; 6] = [
    include_str!("schema/postgres/1.sql"),
    include_str!("schema/postgres/2.sql"),
    include_str!("schema/postgres/3.sql"),
    include_str!("schema/postgres/4.sql"),
    include_str!("schema/postgres/5.sql"),
    include_str!("schema/postgres/6.sql"),
];
/// Connections of one instance. By default PostgreSQL accepts a hundred in total.
const MAX_CONNECTIONS: usize = 16;
/// Possible numbers of rows per INSERT statement, largest first. There are few, so that few statements are prepared.
const ROWS_PER_INSERT: [usize; 4] = [64, 16, 4, 1];
/// Longest time to wait for a connection.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(15);
/// Attempts for a transaction that conflicts with others.
const MAX_ATTEMPTS: usize = 12;
/// Commits are on disk whatever the default of the server is, because receipts rely on it. Timeouts release all locks.
const SESSION_SETTINGS: &str = "SET synchronous_commit TO on; SET statement_timeout TO '30s'; \
                       SET idle_in_transaction_session_timeout TO '30s'; SET client_min_messages TO warning";

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        // The detail of a database error can contain a row, so the text has only the message and the code.
        let mut text = error.as_db_error().map_or_else(
            || error.to_string(),
            |db| format!("{} ({})", db.message(), db.code().code()),
        );
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source.filter(|_| error.as_db_error().is_none()) {
            write!(text, ": {cause}").ok();
            source = cause.source();
        }
        Self(text)
    }
}

/// A pool of connections and the runtime that drives them.
pub struct Postgres {
    pool: Pool,
    /// `None` only while dropping.
    runtime: Option<Tokio>,
}

impl Postgres {
    /// Connects and migrates the schema.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let Target { mut config, tls } = Target::of(url)?;
        config
            .application_name("expo-platform")
            .connect_timeout(Duration::from_secs(10));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("postgres")
            .enable_all()
            .build()
            .map_err(|e| StoreError(e.to_string()))?;
        let manager = match tls {
            Some(tls) => Manager::from_config(config, tls, ManagerConfig::default()),
            None => Manager::from_config(config, NoTls, ManagerConfig::default()),
        };
        let pool = Pool::builder(manager)
            .max_size(MAX_CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(CONNECTION_TIMEOUT))
            .create_timeout(Some(CONNECTION_TIMEOUT))
            .recycle_timeout(Some(CONNECTION_TIMEOUT))
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async move {
                    client
                        .batch_execute(SESSION_SETTINGS)
                        .await
                        .map_err(HookError::Backend)
                })
            }))
            .build()
            .map_err(|e| StoreError(e.to_string()))?;
        let store = Self {
            pool,
            runtime: Some(runtime),
        };
        store.migrate()?;
        Ok(store)
    }

    /// Runs `work` in a transaction, which is committed if `work` succeeds and rolled back otherwise. If it conflicts with
    /// another transaction, `work` runs again.
    pub fn write<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut dyn Database) -> Result<T, E>,
    ) -> Result<T, E> {
        for _ in 1..MAX_ATTEMPTS {
            let mut transaction = Transaction::begin(self)?;
            match work(&mut transaction) {
                Ok(result) => match transaction.end("COMMIT") {
                    Err(_) if transaction.has_conflict => {}
                    ended => return ended.map(|()| result).map_err(E::from),
                },
                Err(_) if transaction.has_conflict => {}
                Err(error) => {
                    transaction.end("ROLLBACK").ok();
                    return Err(error);
                }
            }
        }
        Err(StoreError("too many transactions write at once".to_owned()).into())
    }

    /// Runs `work`, which must only read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&mut PostgresConnection {
            store: self,
            client: self.client()?,
        })
    }

    fn migrate(&self) -> Result<(), StoreError> {
        let client = self.client()?;
        let text = |step: &str| {
            // One instance migrates; others that start at the same time wait for it.
            format!("BEGIN; SELECT pg_advisory_xact_lock(4201); {step}")
        };
        self.wait(client.batch_execute(&text(
            "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL); COMMIT",
        )))?;
        self.wait(client.batch_execute(&text("")))?;
        let applied = self.wait(client.query_opt("SELECT max(version) FROM schema_version", &[]))?;
        let applied: Option<i64> = applied.and_then(|row| row.get(0));
        let applied = usize::try_from(applied.unwrap_or_default()).unwrap_or(usize::MAX);
        for (index, migration) in MIGRATIONS.iter().enumerate().skip(applied) {
            let record = format!("INSERT INTO schema_version (version) VALUES ({})", index + 1);
            self.wait(client.batch_execute(&format!("{migration};{record}")))?;
        }
        self.wait(client.batch_execute("COMMIT"))?;
        if applied > MIGRATIONS.len() {
            return Err(StoreError::newer_schema());
        }
        Ok(())
    }

    fn client(&self) -> Result<Object, StoreError> {
        use deadpool_postgres::PoolError;
        self.wait(async {
            self.pool.get().await.map_err(|error| match error {
                PoolError::Backend(e) | PoolError::PostCreateHook(HookError::Backend(e)) => e.into(),
                other => StoreError(other.to_string()),
            })
        })
    }

    /// Blocks this thread until the future completes. A thread of Tokio first hands its other tasks to another thread.
    fn wait<T, E>(&self, future: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let Some(runtime) = &self.runtime else {
            unreachable!("it is None only while dropping")
        };
        match Handle::try_current().map(|handle| handle.runtime_flavor()) {
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(|| runtime.block_on(future)),
            _ => runtime.block_on(future),
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.pool.close();
        // The store can be dropped where blocking is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// One connection of the pool.
struct PostgresConnection<'a> {
    store: &'a Postgres,
    client: Object,
}

impl PostgresConnection<'_> {
    fn prepared(&self, sql: &str) -> Result<Statement, tokio_postgres::Error> {
        self.store.wait(self.client.prepare_cached(sql))
    }

    fn execute(&self, sql: &str, params: &[Param]) -> Result<u64, tokio_postgres::Error> {
        let statement = self.prepared(sql)?;
        self.store.wait(self.client.execute_raw(&statement, params))
    }

    fn query(&self, sql: &str, params: &[Param]) -> Result<Vec<Row>, tokio_postgres::Error> {
        let statement = self.prepared(sql)?;
        let rows = self
            .store
            .wait(self.client.query(&statement, &references(params)))?;
        rows.iter().map(row).collect()
    }

    /// Inserts many rows per statement and sends all statements at once. One statement per row would cost more than the row.
    fn insert_new(&self, into: Table, rows: &[Vec<Param>]) -> Result<Vec<bool>, tokio_postgres::Error> {
        let mut rest = rows;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let size = ROWS_PER_INSERT.into_iter().find(|rows| *rows <= rest.len());
            let (part, later) = rest.split_at(size.unwrap_or(1));
            let sql = format!("{} RETURNING id, revision", into.insert_sql(part.len()));
            parts.push((self.prepared(&sql)?, part.concat()));
            rest = later;
        }
        let inserts = parts.iter().map(|(statement, values)| async {
            let values = references(values);
            self.client.query(statement, &values).await
        });
        let returned = self.store.wait(futures_util::future::try_join_all(inserts))?;
        let mut new = HashSet::new();
        for row in returned.iter().flatten() {
            new.insert((row.try_get::<_, String>(0)?, row.try_get::<_, i64>(1)?));
        }
        // If a key occurs twice among the rows, only the first one is new.
        let is_new = |row: &Vec<Param>| match row[..] {
            [Param::Text(id), Param::Int(revision), ..] => new.remove(&(id.to_owned(), revision)),
            _ => false,
        };
        Ok(rows.iter().map(is_new).collect())
    }

    /// Sends all statements at once; results are in order.
    fn execute_each(&self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, tokio_postgres::Error> {
        let statement = self.prepared(sql)?;
        let statements = rows
            .iter()
            .map(|params| self.client.execute_raw(&statement, params));
        self.store.wait(futures_util::future::try_join_all(statements))
    }
}

impl Database for PostgresConnection<'_> {
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError> {
        Ok(PostgresConnection::execute(self, sql, params)?)
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError> {
        Ok(PostgresConnection::execute_each(self, sql, rows)?)
    }

    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
        Ok(PostgresConnection::query(self, sql, params)?)
    }

    fn lock(&mut self, _: Lock) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A transaction. If it is dropped before its end, for example by a panic, its connection is closed, which rolls it back.
struct Transaction<'a> {
    /// `None` only while dropping.
    connection: Option<PostgresConnection<'a>>,
    ended: bool,
    has_conflict: bool,
}

impl<'a> Transaction<'a> {
    fn begin(store: &'a Postgres) -> Result<Self, StoreError> {
        let client = store.client()?;
        store.wait(client.batch_execute("BEGIN"))?;
        Ok(Self {
            connection: Some(PostgresConnection { store, client }),
            ended: false,
            has_conflict: false,
        })
    }

    fn end(&mut self, statement: &str) -> Result<(), StoreError> {
        self.run(|db| db.store.wait(db.client.batch_execute(statement)))?;
        self.ended = true;
        Ok(())
    }

    fn run<T>(
        &mut self,
        run: impl FnOnce(&PostgresConnection<'a>) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, StoreError> {
        let Some(connection) = &self.connection else {
            unreachable!("it is None only while dropping")
        };
        run(connection).map_err(|error| {
            self.has_conflict = error.code().is_some_and(|code| {
                [
                    &SqlState::T_R_SERIALIZATION_FAILURE,
                    &SqlState::T_R_DEADLOCK_DETECTED,
                    &SqlState::UNIQUE_VIOLATION,
                ]
                .contains(&code)
            });
            error.into()
        })
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take().filter(|_| !self.ended) {
            drop(Object::take(connection.client));
        }
    }
}

impl Database for Transaction<'_> {
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError> {
        self.run(|db| db.execute(sql, params))
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError> {
        self.run(|db| db.execute_each(sql, rows))
    }

    fn insert_new(&mut self, into: Table, rows: &[Vec<Param>]) -> Result<Vec<bool>, StoreError> {
        self.run(|db| db.insert_new(into, rows))
    }

    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
        self.run(|db| db.query(sql, params))
    }

    fn lock(&mut self, lock: Lock) -> Result<(), StoreError> {
        let sql = match lock {
            Lock::InsertLeads => "SELECT pg_advisory_xact_lock_shared(4202)",
            Lock::EraseLeads => "SELECT pg_advisory_xact_lock(4202)",
            Lock::NumberErasures => "SELECT pg_advisory_xact_lock(4203)",
        };
        self.run(|db| db.store.wait(db.client.batch_execute(sql)))
    }
}

fn references<'a>(params: &'a [Param<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|param| param as &(dyn ToSql + Sync)).collect()
}

fn row(row: &tokio_postgres::Row) -> Result<Row, tokio_postgres::Error> {
    let values = row.columns().iter().enumerate().map(|(index, column)| {
        Ok(match *column.type_() {
            Type::INT8 => row
                .try_get::<_, Option<i64>>(index)?
                .map_or(Value::Null, Value::Int),
            Type::INT4 => row
                .try_get::<_, Option<i32>>(index)?
                .map_or(Value::Null, |number| Value::Int(number.into())),
            Type::BYTEA => row
                .try_get::<_, Option<Vec<u8>>>(index)?
                .map_or(Value::Null, Value::Bytes),
            _ => row
                .try_get::<_, Option<String>>(index)?
                .map_or(Value::Null, Value::Text),
        })
    });
    values.collect::<Result<_, _>>().map(Row)
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(kind, out),
            // A text of PostgreSQL cannot contain a zero character, but JSON can.
            Self::Text(text) => text.replace('\0', "\u{fffd}").to_sql_checked(kind, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Each value checks its own type.
        true
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use cluster::Cluster;

    #[test]
    fn tickets_and_tokens_of_an_earlier_store_are_kept() {
        let cluster = Cluster::shared().unwrap();
        let url = cluster.database().unwrap();
        let run = |sql: &str| cluster.sql(&url, sql).unwrap();
        run(&MIGRATIONS[..3].join(";"));
        run("CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (3)");
        run(
            r#"INSERT INTO envelope (id, revision, sha256, received_at, sent_by, header, sealed)
               SELECT id, 1, '', '', 'K01', header, '' FROM (VALUES
                   ('a', '{"stop":"paris","note":"\u0000","ticket":"PAR-K01-0001"}'), ('b', '{"ticket":5}'),
                   ('c', '{damaged'), ('d', '')) AS earlier (id, header)"#,
        );
        run("INSERT INTO overview_token (token_sha256, created_at) VALUES ('0123456789', '')");
        Postgres::open(&url).unwrap();
        let tickets = run("SELECT id || ticket FROM envelope WHERE ticket IS NOT NULL");
        assert_eq!(tickets.trim(), "aPAR-K01-0001");
        let names = run("SELECT name FROM overview_token WHERE expires_at IS NULL");
        assert_eq!(names.trim(), "01234567");
    }
}
