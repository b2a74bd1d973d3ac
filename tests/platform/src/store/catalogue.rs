//! Published versions of the catalogue and their pictures.

use super::{Store, StoreError};
use jiff::Timestamp;
use protocol::SignedCheckpoint;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

/// Why a version was not published.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Kiosks take only higher versions.
    #[error(
        "version {version} is not higher than {newest}, the one published now; build it again with a higher one"
    )]
    NotHigher {
        /// The version offered.
        version: u64,
        /// The newest one.
        newest: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for CatalogueError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Keeps a picture file. Each is its own short transaction, so that leads never wait for a whole catalogue.
    pub fn keep_picture(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.writer().execute(
            "INSERT INTO picture (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
            params![sha256, bytes],
        )?;
        Ok(())
    }

    /// Makes a version the newest one; its pictures must be there.
    pub fn publish(
        &self,
        version: u64,
        signed: &SignedCheckpoint,
        snapshot: &[u8],
        now: Timestamp,
    ) -> Result<(), CatalogueError> {
        let mut db = self.writer();
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest: Option<u64> =
            transaction.query_row("SELECT max(version) FROM catalogue", [], |row| row.get(0))?;
        if let Some(newest) = newest.filter(|newest| *newest >= version) {
            return Err(CatalogueError::NotHigher { version, newest });
        }
        transaction.execute(
            "INSERT INTO catalogue (version, checkpoint, signature, snapshot, published_at) VALUES (?, ?, ?, ?, ?)",
            params![version, signed.checkpoint, signed.signature, snapshot, now.to_string()],
        )?;
        Ok(transaction.commit()?)
    }

    /// The newest version.
    pub fn newest_version(&self) -> Result<Option<u64>, StoreError> {
        Ok(self
            .reader()
            .query_row("SELECT max(version) FROM catalogue", [], |row| row.get(0))?)
    }

    /// The newest signed checkpoint.
    pub fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, StoreError> {
        let query = "SELECT checkpoint, signature FROM catalogue ORDER BY version DESC LIMIT 1";
        let row = self.reader().query_row(query, [], |row| {
            Ok(SignedCheckpoint {
                checkpoint: row.get(0)?,
                signature: row.get(1)?,
            })
        });
        Ok(row.optional()?)
    }

    /// The compressed snapshot of a version.
    pub fn snapshot(&self, version: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT snapshot FROM catalogue WHERE version = ?";
        Ok(self
            .reader()
            .query_row(query, [version], |row| row.get(0))
            .optional()?)
    }

    /// A picture file.
    pub fn picture(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT bytes FROM picture WHERE sha256 = ?";
        Ok(self
            .reader()
            .query_row(query, [sha256], |row| row.get(0))
            .optional()?)
    }
}
