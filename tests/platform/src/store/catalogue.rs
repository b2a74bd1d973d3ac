//! Published versions of the catalogue, their pictures, and changes between versions once they were made.

use super::session::params;
use super::{Store, StoreError, stamp};
use jiff::Timestamp;
use protocol::SignedCheckpoint;

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

impl Store {
    /// Keeps a picture file. Each is its own short transaction, so that leads never wait for a whole catalogue.
    pub fn keep_picture(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let insert = "INSERT INTO picture (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.write(|db| db.execute(insert, &params![sha256, bytes]).map(|_| ()))
    }

    /// Makes a version the newest one; its pictures must be there.
    pub fn publish(
        &self,
        version: u64,
        signed: &SignedCheckpoint,
        snapshot: &[u8],
        now: Timestamp,
    ) -> Result<(), CatalogueError> {
        self.write(|db| {
            let newest = db.first("SELECT max(version) FROM catalogue", &[])?;
            let newest = newest.map(|mut row| row.number_or_null(0)).transpose()?.flatten();
            if let Some(newest) = newest.filter(|newest| *newest >= version) {
                return Err(CatalogueError::NotHigher { version, newest });
            }
            let insert = "INSERT INTO catalogue (version, checkpoint, signature, snapshot, published_at)
                          VALUES ($1, $2, $3, $4, $5)";
            let now = stamp(now);
            let SignedCheckpoint {
                checkpoint,
                signature,
            } = signed;
            db.execute(insert, &params![version, checkpoint, signature, snapshot, &now])?;
            Ok(())
        })
    }

    /// The newest version.
    pub fn newest_version(&self) -> Result<Option<u64>, StoreError> {
        Ok(self.newest_versions(1)?.first().copied())
    }

    /// The newest versions, the highest first, at most `most`.
    pub fn newest_versions(&self, most: u32) -> Result<Vec<u64>, StoreError> {
        let query = "SELECT version FROM catalogue ORDER BY version DESC LIMIT $1";
        self.read(|db| {
            let rows = db.query(query, &params![most])?;
            rows.into_iter().map(|mut row| row.number(0)).collect()
        })
    }

    /// The newest signed checkpoint.
    pub fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, StoreError> {
        let query = "SELECT checkpoint, signature FROM catalogue ORDER BY version DESC LIMIT 1";
        self.read(|db| {
            let row = db.first(query, &[])?;
            row.map(|mut row| {
                Ok(SignedCheckpoint {
                    checkpoint: row.text(0)?,
                    signature: row.text(1)?,
                })
            })
            .transpose()
        })
    }

    /// The compressed snapshot of a version.
    pub fn snapshot(&self, version: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.file(
            "SELECT snapshot FROM catalogue WHERE version = $1",
            &params![version],
        )
    }

    /// A version as it was published: its checkpoint and its compressed snapshot.
    pub fn version(&self, version: u64) -> Result<Option<(SignedCheckpoint, Vec<u8>)>, StoreError> {
        let query = "SELECT checkpoint, signature, snapshot FROM catalogue WHERE version = $1";
        self.read(|db| {
            let row = db.first(query, &params![version])?;
            row.map(|mut row| {
                let signed = SignedCheckpoint {
                    checkpoint: row.text(0)?,
                    signature: row.text(1)?,
                };
                Ok((signed, row.bytes(2)?))
            })
            .transpose()
        })
    }

    /// A picture file.
    pub fn picture(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.file("SELECT bytes FROM picture WHERE sha256 = $1", &params![sha256])
    }

    /// The changes from one version to another, if they were made before.
    pub fn delta(&self, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT bytes FROM delta WHERE from_version = $1 AND to_version = $2";
        self.file(query, &params![from, to])
    }

    /// Keeps the changes from one version to another; those to former versions are of no more use.
    pub fn keep_delta(&self, from: u64, to: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM delta WHERE to_version < $1", &params![to])?;
            let insert = "INSERT INTO delta (from_version, to_version, bytes) VALUES ($1, $2, $3)
                          ON CONFLICT DO NOTHING";
            db.execute(insert, &params![from, to, bytes]).map(|_| ())
        })
    }

    fn file(&self, query: &str, params: &[super::session::Param]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|db| db.first(query, params)?.map(|mut row| row.bytes(0)).transpose())
    }
}
