//! The open store, on either database, and its settings. Must not know: what the tables contain.

use super::address::StoreAddress;
use super::error::StoreError;
use super::postgres::Postgres;
use super::sql::{Database, params};
use super::sqlite::Sqlite;
use jiff::Timestamp;
use std::path::Path;

enum Backend {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// An open store. Several threads and several programs can use it at the same time.
pub struct Store(Backend);

impl Store {
    /// Opens the SQLite store in a folder and creates what is missing.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Ok(Self(Backend::Sqlite(Sqlite::open(dir)?)))
    }

    /// Opens the store at an address and creates what is missing.
    pub fn open_at(address: &StoreAddress) -> Result<Self, StoreError> {
        match address {
            StoreAddress::Folder(dir) => Self::open(dir),
            StoreAddress::Postgres(url) => Ok(Self(Backend::Postgres(Postgres::open(url)?))),
        }
    }

    /// Fails if the database does not answer.
    pub fn check(&self) -> Result<(), StoreError> {
        self.read(|db| db.query("SELECT 1", &[]).map(|_| ()))
    }

    /// Stores a setting unless it exists, and returns its stored value. A setting never changes.
    pub fn set_once(&self, name: &str, value: &str) -> Result<String, StoreError> {
        self.write(|db| {
            let insert = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            db.execute(insert, &params![name, value])?;
            let stored = db.first("SELECT value FROM setting WHERE name = $1", &params![name])?;
            stored.map_or_else(|| Ok(value.to_owned()), |mut row| row.text(0))
        })
    }

    /// The value of a setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT value FROM setting WHERE name = $1";
        self.read(|db| {
            db.first(query, &params![name])?
                .map(|mut row| row.text(0))
                .transpose()
        })
    }

    /// Runs `work` in a transaction. On PostgreSQL it may run several times, until it does not conflict with others.
    pub(super) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnMut(&mut dyn Database) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.0 {
            Backend::Sqlite(sqlite) => sqlite.write(work),
            Backend::Postgres(postgres) => postgres.write(work),
        }
    }

    /// Runs `work`, which must only read.
    pub(super) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.0 {
            Backend::Sqlite(sqlite) => sqlite.read(work),
            Backend::Postgres(postgres) => postgres.read(work),
        }
    }

    /// The file of an SQLite store.
    pub(super) fn sqlite_file(&self) -> Option<&Path> {
        match &self.0 {
            Backend::Sqlite(sqlite) => Some(sqlite.path()),
            Backend::Postgres(_) => None,
        }
    }

    /// Removes traces of erased data from the files of the database, as far as the database can.
    pub(super) fn scrub(&self) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(sqlite) => sqlite.scrub(),
            Backend::Postgres(postgres) => postgres.scrub(),
        }
    }
}

/// A time as the store keeps it: always of the same length, so that texts sort like times.
pub(super) fn time_text(time: Timestamp) -> String {
    format!("{time:.6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_texts_sort_like_times() {
        let second: Timestamp = "2026-02-13T09:00:00Z".parse().unwrap_or_default();
        let later = second + jiff::SignedDuration::from_millis(500);
        assert_eq!(time_text(second), "2026-02-13T09:00:00.000000Z");
        assert!(time_text(second) < time_text(later));
    }
}
