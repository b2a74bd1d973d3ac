//! Published catalogue versions, their pictures, and the deltas created so far.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::params;
use expo_protocol::SignedCheckpoint;
use jiff::Timestamp;

/// Why a catalogue version is not published.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Kiosks install only higher versions.
    #[error(
        "version {version} is not higher than {newest}, the newest published version; build it again with a higher version"
    )]
    NotHigher {
        /// The version to publish.
        version: u64,
        /// The newest published version.
        newest: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Stores a picture file. Each has its own short transaction, so that leads never wait for a complete catalogue.
    pub fn insert_picture(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let insert = "INSERT INTO picture (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.write(|db| db.execute(insert, &params![sha256, bytes]).map(|_| ()))
    }

    /// Publishes a version. Its pictures must be stored already.
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
            let now = time_text(now);
            let SignedCheckpoint {
                checkpoint,
                signature,
            } = signed;
            db.execute(insert, &params![version, checkpoint, signature, snapshot, &now])?;
            Ok(())
        })
    }

    /// The newest published version.
    pub fn newest_version(&self) -> Result<Option<u64>, StoreError> {
        Ok(self.newest_versions(1)?.first().copied())
    }

    /// The newest `limit` versions, highest first.
    pub fn newest_versions(&self, limit: u32) -> Result<Vec<u64>, StoreError> {
        let query = "SELECT version FROM catalogue ORDER BY version DESC LIMIT $1";
        self.read(|db| {
            let rows = db.query(query, &params![limit])?;
            rows.into_iter().map(|mut row| row.number(0)).collect()
        })
    }

    /// The signed checkpoint of the newest version.
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

    /// The signed checkpoint and the compressed snapshot of a version.
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

    /// The delta from one version to another, if it is stored. Empty if none is useful.
    pub fn delta(&self, from: u64, to: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT bytes FROM delta WHERE from_version = $1 AND to_version = $2";
        self.file(query, &params![from, to])
    }

    /// Stores the delta from one version to another, and deletes deltas to earlier versions.
    pub fn insert_delta(&self, from: u64, to: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM delta WHERE to_version < $1", &params![to])?;
            let insert = "INSERT INTO delta (from_version, to_version, bytes) VALUES ($1, $2, $3)
                          ON CONFLICT DO NOTHING";
            db.execute(insert, &params![from, to, bytes]).map(|_| ())
        })
    }

    fn file(&self, query: &str, params: &[super::sql::Param]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|db| db.first(query, params)?.map(|mut row| row.bytes(0)).transpose())
    }
}
