//! The platform's store: SQLite in a folder, or a PostgreSQL database that many platforms share. The only SQL of the
//! platform, each statement once for both. Everything that must be the same for all instances lies here. Must not know
//! HTTP.

mod catalogue;
mod configurations;
mod enrolment;
mod erasures;
mod kiosks;
mod leads;
mod overview;
mod postgres;
mod quarantine;
mod session;
mod sqlite;

pub use catalogue::CatalogueError;
pub use enrolment::{Enrolment, EnrolmentError};
pub use erasures::ErasureError;
pub use kiosks::KioskRow;
pub use leads::{LeadRow, Received};
pub use overview::{Arrivals, Sizes};
pub use quarantine::QuarantineRow;

use jiff::Timestamp;
use postgres::Postgres;
use session::{Session, params};
use sqlite::Sqlite;
use std::path::{Path, PathBuf};

/// The database did not do its work.
#[derive(Debug, thiserror::Error)]
#[error("the store: {0}")]
pub struct StoreError(pub String);

impl StoreError {
    fn newer() -> Self {
        Self("it was made by a newer program; update this one".to_owned())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        // Values may be personal: say what kind of fault, not what was read.
        Self(format!("a document in it cannot be read: {:?}", error.classify()))
    }
}

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A folder with an SQLite file.
    Folder(PathBuf),
    /// The URL of a PostgreSQL database.
    Postgres(String),
}

impl std::str::FromStr for Address {
    type Err = String;

    /// `DIR`, `sqlite:DIR`, `postgres://…` or `postgresql://…`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("sqlite", dir)) if !dir.is_empty() => Ok(Self::Folder(dir.into())),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                Ok(Self::Postgres(text.to_owned()))
            }
            Some((kind, rest)) if kind == "sqlite" || rest.starts_with("//") => {
                Err("use DIR, sqlite:DIR or postgres://USER@HOST/DATABASE".to_owned())
            }
            _ => Ok(Self::Folder(text.into())),
        }
    }
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// An open store. Safe to use from several threads, and several programs, at once.
pub struct Store(Engine);

impl Store {
    /// Opens the store in a folder, making what is missing.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Ok(Self(Engine::Sqlite(Sqlite::open(dir)?)))
    }

    /// Opens the store at an address, making what is missing.
    pub fn open_at(address: &Address) -> Result<Self, StoreError> {
        match address {
            Address::Folder(dir) => Self::open(dir),
            Address::Postgres(url) => Ok(Self(Engine::Postgres(Postgres::open(url)?))),
        }
    }

    /// Whether it answers.
    pub fn check(&self) -> Result<(), StoreError> {
        self.read(|db| db.query("SELECT 1", &[]).map(|_| ()))
    }

    /// What was kept under a name first stays for ever; returns it.
    pub fn keep_first(&self, name: &str, value: &str) -> Result<String, StoreError> {
        self.write(|db| {
            let insert = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            db.execute(insert, &params![name, value])?;
            let kept = db.first("SELECT value FROM setting WHERE name = $1", &params![name])?;
            kept.map_or_else(|| Ok(value.to_owned()), |mut row| row.text(0))
        })
    }

    /// What was kept under a name.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT value FROM setting WHERE name = $1";
        self.read(|db| {
            db.first(query, &params![name])?
                .map(|mut row| row.text(0))
                .transpose()
        })
    }

    fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnMut(&mut dyn Session) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.write(work),
            Engine::Postgres(postgres) => postgres.write(work),
        }
    }

    fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Session) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.read(work),
            Engine::Postgres(postgres) => postgres.read(work),
        }
    }

    /// Removes traces of what was erased as far as the database can.
    fn scrub(&self) -> Result<(), StoreError> {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.scrub(),
            Engine::Postgres(postgres) => postgres.scrub(),
        }
    }
}

/// A time as it is kept: always of the same length, so that texts order as times do.
fn stamp(time: Timestamp) -> String {
    format!("{time:.6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_a_folder_or_a_database() {
        let folder = |dir: &str| Ok(Address::Folder(dir.into()));
        assert_eq!("sqlite:a/b".parse(), folder("a/b"));
        assert_eq!("a/b".parse(), folder("a/b"));
        let url = "postgres://host/db";
        assert_eq!(url.parse(), Ok(Address::Postgres(url.to_owned())));
        assert!("sqlite:".parse::<Address>().is_err());
        assert!("mysql://host/db".parse::<Address>().is_err());
    }

    #[test]
    fn times_are_kept_so_that_they_order() {
        let whole: Timestamp = "2026-02-13T09:00:00Z".parse().unwrap_or_default();
        let later = whole + jiff::SignedDuration::from_millis(500);
        assert_eq!(stamp(whole), "2026-02-13T09:00:00.000000Z");
        assert!(stamp(whole) < stamp(later));
    }
}
