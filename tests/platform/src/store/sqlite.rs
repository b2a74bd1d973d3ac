//! The store in one SQLite file, for one machine. It uses WAL, every commit is on disk when it returns, and erased data is
//! overwritten. Must not know: tables.

use super::error::StoreError;
use super::sql::{Database, Lock, Param, Row, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, TransactionBehavior};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One file per schema version. Released files never change.
const MIGRATIONS: [&str; 7] = [
    include_str!("schema/sqlite/1.sql"),
    include_str!("schema/sqlite/2.sql"),
    include_str!("schema/sqlite/3.sql"),
    include_str!("schema/sqlite/4.sql"),
    include_str!("schema/sqlite/5.sql"),
    include_str!("schema/sqlite/6.sql"),
    include_str!("schema/sqlite/7.sql"),
];
/// Version of the schema that this program writes.
pub(super) const SCHEMA_VERSION: usize = MIGRATIONS.len();
/// Longest time to wait for another program that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
/// Idle connections for reading that stay open. More are opened when more threads read at once.
const MAX_IDLE_READERS: usize = 8;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

/// One connection for writing and several for reading, so that readers do not wait for a commit.
pub struct Sqlite {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens the file in a folder and creates what is missing.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let fault = |e: std::io::Error| StoreError(format!("{}: {e}", dir.display()));
        fs::create_dir_all(dir).map_err(fault)?;
        // The file contains leads in clear, so only its owner may read it.
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(fault)?;
        let path = dir.join("platform.db");
        let mut writer = connect(&path)?;
        migrate(&mut writer)?;
        Ok(Self {
            path,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
        })
    }

    /// Runs `work` in a transaction, which is committed if `work` succeeds and rolled back otherwise.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, E>,
    ) -> Result<T, E> {
        let database_error = |e: rusqlite::Error| E::from(e.into());
        let mut db = lock(&self.writer);
        let transaction = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(database_error)?;
        let result = work(&mut SqliteConnection(&transaction))?;
        transaction.commit().map_err(database_error)?;
        Ok(result)
    }

    /// Runs `work`, which must only read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = lock(&self.readers).pop();
        let db = idle.map_or_else(|| connect(&self.path), Ok)?;
        let result = work(&mut SqliteConnection(&db))?;
        let mut readers = lock(&self.readers);
        if readers.len() < MAX_IDLE_READERS {
            readers.push(db);
        }
        Ok(result)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes deleted and overwritten data from the disk. `secure_delete` does so in the file; this truncates the log.
    pub fn scrub(&self) -> Result<(), StoreError> {
        let busy: i64 =
            lock(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 {
            return Ok(());
        }
        Err(StoreError(
            "erased, but traces stay in the log while others read; run the command again".to_owned(),
        ))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic rolls back the transaction, so the connection can still be used.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Migrates the schema. The version is read under the write lock, because two programs can start at the same time.
pub(super) fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in MIGRATIONS.get(version..).ok_or_else(StoreError::newer_schema)? {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
    Ok(transaction.commit()?)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open(path)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A receipt guarantees that the lead survives a power cut.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "secure_delete", true)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

struct SqliteConnection<'a>(&'a Connection);

impl Database for SqliteConnection<'_> {
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError> {
        Ok(prepare(self.0, sql)?.execute(rusqlite::params_from_iter(params))? as u64)
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError> {
        let mut statement = prepare(self.0, sql)?;
        rows.iter()
            .map(|row| Ok(statement.execute(rusqlite::params_from_iter(row))? as u64))
            .collect()
    }

    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError> {
        let mut statement = prepare(self.0, sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(rusqlite::params_from_iter(params))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let values = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
            rows.push(Row(values.collect::<Result<_, StoreError>>()?));
        }
        Ok(rows)
    }

    fn lock(&mut self, _: Lock) -> Result<(), StoreError> {
        Ok(())
    }
}

/// SQLite numbers its parameters as `?1`; `$1` would be a name.
fn prepare<'a>(db: &'a Connection, sql: &str) -> Result<rusqlite::CachedStatement<'a>, StoreError> {
    Ok(db.prepare_cached(&sql.replace('$', "?"))?)
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        // No column is a float, which the STRICT tables enforce.
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_and_tokens_of_an_earlier_store_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let db = Connection::open(dir.path().join("platform.db")).unwrap();
        for migration in &MIGRATIONS[..4] {
            db.execute_batch(migration).unwrap();
        }
        db.pragma_update(None, "user_version", 4).unwrap();
        for (id, header) in [
            ("a", r#"{"stop":"paris","ticket":"PAR-K01-0001"}"#),
            ("b", r#"{"ticket":5}"#),
            ("c", "{damaged"),
            ("d", ""),
        ] {
            let insert = "INSERT INTO envelope (id, revision, sha256, received_at, sent_by, header, sealed)
                          VALUES (?1, 1, '', '', 'K01', ?2, x'')";
            db.execute(insert, [id, header]).unwrap();
        }
        let insert = "INSERT INTO overview_token (token_sha256, created_at) VALUES ('0123456789', '')";
        db.execute(insert, []).unwrap();
        drop(db);
        Sqlite::open(dir.path()).unwrap();
        let db = Connection::open(dir.path().join("platform.db")).unwrap();
        let text = |query: &str| db.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
        let tickets = "SELECT group_concat(id || ticket) FROM envelope WHERE ticket IS NOT NULL";
        assert_eq!(text(tickets), "aPAR-K01-0001");
        assert_eq!(
            text("SELECT name FROM overview_token WHERE expires_at IS NULL"),
            "01234567"
        );
    }
}
