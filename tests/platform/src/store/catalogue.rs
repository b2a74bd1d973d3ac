//! Published catalogue versions, their pictures, and the deltas created so far.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::{Database, Param, params};
use expo_bundle::highest_version;
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
    /// A higher version was withdrawn, and kiosks that still show it would ignore this one.
    #[error(
        "version {version} is not higher than {withdrawn}, which was withdrawn but which kiosks may still show; \
         build it again with a higher version"
    )]
    NotAboveWithdrawn {
        /// The version to publish.
        version: u64,
        /// The highest withdrawn version.
        withdrawn: u64,
    },
    /// The version to withdraw is not published.
    #[error("version {version} is not published here{}", newest_sentence(*.newest))]
    NotPublished {
        /// The version to withdraw.
        version: u64,
        /// The newest published version.
        newest: Option<u64>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn newest_sentence(newest: Option<u64>) -> String {
    newest.map_or_else(String::new, |newest| format!("; the newest one is {newest}"))
}

/// The format that programs read which name none.
pub const FIRST_FORMAT: u32 = 1;

const NEWEST_VERSION: &str = "SELECT max(version) FROM catalogue WHERE withdrawn_at IS NULL";

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
            if let Some(newest) = highest(db, NEWEST_VERSION, &[])?.filter(|newest| *newest >= version) {
                return Err(CatalogueError::NotHigher { version, newest });
            }
            // A version of the future is no reason to refuse: it is withdrawn because nothing can be above it.
            let withdrawn =
                "SELECT max(version) FROM catalogue WHERE withdrawn_at IS NOT NULL AND version <= $1";
            let withdrawn = highest(db, withdrawn, &params![highest_version(now)])?;
            if let Some(withdrawn) = withdrawn.filter(|withdrawn| *withdrawn >= version) {
                return Err(CatalogueError::NotAboveWithdrawn { version, withdrawn });
            }
            let insert =
                "INSERT INTO catalogue (version, checkpoint, signature, snapshot, published_at, format)
                          VALUES ($1, $2, $3, $4, $5, $6)";
            let published_at = time_text(now);
            let SignedCheckpoint {
                checkpoint,
                signature,
            } = signed;
            db.execute(
                insert,
                &params![
                    version,
                    checkpoint,
                    signature,
                    snapshot,
                    &published_at,
                    format_of(checkpoint)
                ],
            )?;
            Ok(())
        })
    }

    /// Withdraws a published version: kiosks are offered the newest remaining one. The number is never used again.
    pub fn withdraw(&self, version: u64, now: Timestamp) -> Result<(), CatalogueError> {
        let now = time_text(now);
        let update = "UPDATE catalogue SET withdrawn_at = $1 WHERE version = $2 AND withdrawn_at IS NULL";
        self.write(|db| {
            if db.execute(update, &params![&now, version])? > 0 {
                return Ok(());
            }
            let newest = highest(db, NEWEST_VERSION, &[])?;
            Err(CatalogueError::NotPublished { version, newest })
        })
    }

    /// Whether a version is published and not withdrawn.
    pub fn is_published(&self, version: u64) -> Result<bool, StoreError> {
        let query = "SELECT version FROM catalogue WHERE version = $1 AND withdrawn_at IS NULL";
        self.read(|db| Ok(db.first(query, &params![version])?.is_some()))
    }

    /// The highest version, withdrawn ones included, that is not above `limit`.
    pub fn highest_version_up_to(&self, limit: u64) -> Result<Option<u64>, StoreError> {
        let query = "SELECT max(version) FROM catalogue WHERE version <= $1";
        self.read(|db| highest(db, query, &params![limit]))
    }

    /// The newest published version.
    pub fn newest_version(&self) -> Result<Option<u64>, StoreError> {
        self.read(|db| highest(db, NEWEST_VERSION, &[]))
    }

    /// The newest published version that a program reads which knows formats up to `format`.
    pub fn newest_version_for(&self, format: u32) -> Result<Option<u64>, StoreError> {
        let query = "SELECT max(version) FROM catalogue WHERE withdrawn_at IS NULL AND format <= $1";
        self.read(|db| highest(db, query, &params![u64::from(format)]))
    }

    /// Whether a version is the newest for programs that know formats up to its own.
    pub fn is_offered(&self, version: u64) -> Result<bool, StoreError> {
        let query =
            "SELECT version FROM catalogue WHERE version = $1 AND withdrawn_at IS NULL AND NOT EXISTS (
                         SELECT 1 FROM catalogue AS newer WHERE newer.version > catalogue.version
                         AND newer.withdrawn_at IS NULL AND newer.format <= catalogue.format)";
        self.read(|db| Ok(db.first(query, &params![version])?.is_some()))
    }

    /// The newest `limit` versions below `version`, highest first. Withdrawn ones are among them: kiosks may show them.
    pub fn versions_below(&self, version: u64, limit: u32) -> Result<Vec<u64>, StoreError> {
        let query = "SELECT version FROM catalogue WHERE version < $1 ORDER BY version DESC LIMIT $2";
        self.read(|db| {
            let rows = db.query(query, &params![version, limit])?;
            rows.into_iter().map(|mut row| row.number(0)).collect()
        })
    }

    /// The signed checkpoint of the newest version that a program reads which knows formats up to `format`.
    pub fn checkpoint(&self, format: u32) -> Result<Option<SignedCheckpoint>, StoreError> {
        let query = "SELECT checkpoint, signature FROM catalogue WHERE withdrawn_at IS NULL AND format <= $1
                     ORDER BY version DESC LIMIT 1";
        self.read(|db| {
            let row = db.first(query, &params![u64::from(format)])?;
            row.map(|mut row| {
                Ok(SignedCheckpoint {
                    checkpoint: row.text(0)?,
                    signature: row.text(1)?,
                })
            })
            .transpose()
        })
    }

    /// The compressed snapshot of a version, also of a withdrawn one.
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

    fn file(&self, query: &str, params: &[Param]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|db| db.first(query, params)?.map(|mut row| row.bytes(0)).transpose())
    }
}

/// The result of a query for one number.
fn highest(db: &mut dyn Database, query: &str, params: &[Param]) -> Result<Option<u64>, StoreError> {
    let row = db.first(query, params)?;
    Ok(row.map(|mut row| row.number_or_null(0)).transpose()?.flatten())
}

/// The format of a checkpoint.
fn format_of(checkpoint: &str) -> u64 {
    let checkpoint: Option<serde_json::Value> = serde_json::from_str(checkpoint).ok();
    let format = checkpoint.and_then(|checkpoint| checkpoint.get("format")?.as_u64());
    format.unwrap_or(FIRST_FORMAT.into())
}
