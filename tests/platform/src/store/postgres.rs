//! The store in a PostgreSQL database, for many platforms side by side. Waits for it on the caller's thread, as for a
//! file: callers are on threads of their own anyway.

mod scrub;

use super::StoreError;
use super::session::{Param, Row, Session, Table, Turn, Value};
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, Runtime};
use std::collections::HashSet;
use std::fmt::Write;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime as Tokio, RuntimeFlavor};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{NoTls, Statement};

/// One file a version of the schema; never changed once released.
const MIGRATIONS: [&str; 3] = [
    include_str!("schema/postgres/1.sql"),
    include_str!("schema/postgres/2.sql"),
    include_str!("schema/postgres/3.sql"),
];
/// Connections of one platform; PostgreSQL takes a hundred in all unless told otherwise.
const CONNECTIONS: usize = 16;
/// Rows of one statement that inserts, the most first.
const ROWS_A_STATEMENT: [usize; 4] = [64, 16, 4, 1];
/// How long a caller waits for a connection.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a transaction that met another is begun anew.
const TRIES: usize = 12;
/// A receipt is a promise, whatever the server's default is. Nobody holds a lock for ever.
const SESSION: &str = "SET synchronous_commit TO on; SET statement_timeout TO '30s'; \
                       SET idle_in_transaction_session_timeout TO '30s'; SET client_min_messages TO warning";

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        // The detail of a database's error may hold a row: say which rule was broken, not by what.
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

/// A pool of connections, and the threads that serve them.
pub struct Postgres {
    pool: Pool,
    /// Taken out when dropped.
    tokio: Option<Tokio>,
}

impl Postgres {
    /// Connects and brings the schema up to date.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let mut config: tokio_postgres::Config = url.parse()?;
        config
            .application_name("expo-platform")
            .connect_timeout(Duration::from_secs(10));
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("postgres")
            .enable_all()
            .build()
            .map_err(|e| StoreError(e.to_string()))?;
        let manager = Manager::from_config(config, NoTls, ManagerConfig::default());
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) })
            }))
            .build()
            .map_err(|e| StoreError(e.to_string()))?;
        let store = Self {
            pool,
            tokio: Some(tokio),
        };
        store.migrate()?;
        Ok(store)
    }

    /// Runs `work` in a transaction: committed when it succeeds, undone otherwise. Where it met another transaction it is
    /// run again from the beginning.
    pub fn write<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut dyn Session) -> Result<T, E>,
    ) -> Result<T, E> {
        for _ in 1..TRIES {
            let mut transaction = Transaction::begin(self)?;
            match work(&mut transaction) {
                Ok(result) => match transaction.end("COMMIT") {
                    Err(_) if transaction.met_another => {}
                    ended => return ended.map(|()| result).map_err(E::from),
                },
                Err(_) if transaction.met_another => {}
                Err(error) => {
                    transaction.end("ROLLBACK").ok();
                    return Err(error);
                }
            }
        }
        Err(StoreError("too many write at once".to_owned()).into())
    }

    /// Runs `work`, which only reads.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Session) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&mut Reading {
            store: self,
            client: self.client()?,
        })
    }

    fn migrate(&self) -> Result<(), StoreError> {
        let client = self.client()?;
        let text = |step: &str| {
            // One platform migrates, those that begin at the same time wait for it.
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
            return Err(StoreError::newer());
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

    /// Waits on this thread. A thread of Tokio lends its other work to another one meanwhile.
    fn wait<T, E>(&self, future: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let Some(tokio) = &self.tokio else {
            unreachable!("only dropping takes it out")
        };
        match Handle::try_current().map(|handle| handle.runtime_flavor()) {
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(|| tokio.block_on(future)),
            _ => tokio.block_on(future),
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.pool.close();
        // It may be dropped where waiting is not allowed.
        if let Some(tokio) = self.tokio.take() {
            tokio.shutdown_background();
        }
    }
}

struct Reading<'a> {
    store: &'a Postgres,
    client: Object,
}

impl Reading<'_> {
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

    /// Many rows a statement, all statements at once on the wire: a statement a row costs the server more than the row.
    fn insert_new(&self, into: Table, rows: &[Vec<Param>]) -> Result<Vec<bool>, tokio_postgres::Error> {
        let mut rest = rows;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            // Few sizes, so that few statements are prepared.
            let most = ROWS_A_STATEMENT.into_iter().find(|rows| *rows <= rest.len());
            let (part, later) = rest.split_at(most.unwrap_or(1));
            let sql = format!("{} RETURNING id, revision", into.sql(part.len()));
            parts.push((self.prepared(&sql)?, part.concat()));
            rest = later;
        }
        let inserts = parts.iter().map(|(statement, values)| async {
            let values = references(values);
            self.client.query(statement, &values).await
        });
        let found = self.store.wait(futures_util::future::try_join_all(inserts))?;
        let mut new = HashSet::new();
        for row in found.iter().flatten() {
            new.insert((row.try_get::<_, String>(0)?, row.try_get::<_, i64>(1)?));
        }
        // A key that stands twice among the rows is new once.
        let is_new = |row: &Vec<Param>| match row[..] {
            [Param::Text(id), Param::Int(revision), ..] => new.remove(&(id.to_owned(), revision)),
            _ => false,
        };
        Ok(rows.iter().map(is_new).collect())
    }

    /// All at once on the wire, answered in order.
    fn execute_each(&self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, tokio_postgres::Error> {
        let statement = self.prepared(sql)?;
        let statements = rows
            .iter()
            .map(|params| self.client.execute_raw(&statement, params));
        self.store.wait(futures_util::future::try_join_all(statements))
    }
}

impl Session for Reading<'_> {
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError> {
        Ok(Reading::execute(self, sql, params)?)
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError> {
        Ok(Reading::execute_each(self, sql, rows)?)
    }

    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
        Ok(Reading::query(self, sql, params)?)
    }

    fn take_turn(&mut self, _: Turn) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A transaction. Dropped before its end (a panic), its connection is closed, which undoes it.
struct Transaction<'a> {
    /// Taken out when dropped before the end.
    on: Option<Reading<'a>>,
    ended: bool,
    met_another: bool,
}

impl<'a> Transaction<'a> {
    fn begin(store: &'a Postgres) -> Result<Self, StoreError> {
        let client = store.client()?;
        store.wait(client.batch_execute("BEGIN"))?;
        Ok(Self {
            on: Some(Reading { store, client }),
            ended: false,
            met_another: false,
        })
    }

    fn end(&mut self, how: &str) -> Result<(), StoreError> {
        self.run(|on| on.store.wait(on.client.batch_execute(how)))?;
        self.ended = true;
        Ok(())
    }

    fn run<T>(
        &mut self,
        run: impl FnOnce(&Reading<'a>) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, StoreError> {
        let Some(on) = &self.on else {
            unreachable!("only dropping takes it out")
        };
        run(on).map_err(|error| {
            self.met_another = error.code().is_some_and(|code| {
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
        if let Some(on) = self.on.take().filter(|_| !self.ended) {
            drop(Object::take(on.client));
        }
    }
}

impl Session for Transaction<'_> {
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError> {
        self.run(|on| on.execute(sql, params))
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError> {
        self.run(|on| on.execute_each(sql, rows))
    }

    fn insert_new(&mut self, into: Table, rows: &[Vec<Param>]) -> Result<Vec<bool>, StoreError> {
        self.run(|on| on.insert_new(into, rows))
    }

    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
        self.run(|on| on.query(sql, params))
    }

    fn take_turn(&mut self, turn: Turn) -> Result<(), StoreError> {
        let sql = match turn {
            Turn::KeepLeads => "SELECT pg_advisory_xact_lock_shared(4202)",
            Turn::EraseLeads => "SELECT pg_advisory_xact_lock(4202)",
            Turn::Number => "SELECT pg_advisory_xact_lock(4203)",
        };
        self.run(|on| on.store.wait(on.client.batch_execute(sql)))
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
            // PostgreSQL's texts cannot hold a zero character, JSON's can.
            Self::Text(text) => text.replace('\0', "\u{fffd}").to_sql_checked(kind, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Each value checks for itself.
        true
    }

    to_sql_checked!();
}
