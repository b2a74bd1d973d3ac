//! Tokens that can read the overview. Each has a name, so that one can be revoked, and expires.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::params;
use crate::secret;
use jiff::Timestamp;
use serde::Serialize;

/// Characters of the hash that name a token without a name.
const DEFAULT_NAME_CHARS: usize = 8;

/// One token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverviewTokenRow {
    /// Its name.
    pub name: String,
    /// Time of creation.
    pub created_at: String,
    /// When it stops working; tokens of earlier programs never do.
    pub expires_at: Option<String>,
}

/// Why a token is not created.
#[derive(Debug, thiserror::Error)]
pub enum OverviewTokenError {
    /// Names are unique, so that a name identifies the token to revoke.
    #[error("there is a token named {0:?}; choose another name, or revoke it first")]
    NameInUse(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Creates a token that can read the overview until it expires. Without a name it is named by its hash.
    pub fn new_overview_token(
        &self,
        name: Option<&str>,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<String, OverviewTokenError> {
        let token = secret::new_token();
        let hash = secret::token_hash(&token);
        let name = name.unwrap_or(&hash[..DEFAULT_NAME_CHARS]);
        let (now, expires_at) = (time_text(now), time_text(expires_at));
        self.write(|db| {
            // A name is free again when its token has expired.
            let delete = "DELETE FROM overview_token WHERE name = $1 AND expires_at <= $2";
            db.execute(delete, &params![name, &now])?;
            let insert = "INSERT INTO overview_token (token_sha256, created_at, name, expires_at)
                          VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            match db.execute(insert, &params![&hash, &now, name, &expires_at])? {
                0 => Err(OverviewTokenError::NameInUse(name.to_owned())),
                _ => Ok(()),
            }
        })?;
        Ok(token)
    }

    /// All tokens, also expired ones, oldest first.
    pub fn overview_tokens(&self) -> Result<Vec<OverviewTokenRow>, StoreError> {
        let query = "SELECT name, created_at, expires_at FROM overview_token ORDER BY created_at, name";
        let rows = self.read(|db| db.query(query, &[]))?;
        let tokens = rows.into_iter().map(|mut row| {
            Ok(OverviewTokenRow {
                name: row.text(0)?,
                created_at: row.text(1)?,
                expires_at: row.text_or_null(2)?,
            })
        });
        tokens.collect()
    }

    /// Revokes the token with a name, or all tokens, and returns their number.
    pub fn revoke_overview_tokens(&self, name: Option<&str>) -> Result<u64, StoreError> {
        self.write(|db| match name {
            Some(name) => db.execute("DELETE FROM overview_token WHERE name = $1", &params![name]),
            None => db.execute("DELETE FROM overview_token", &[]),
        })
    }

    /// Whether a token can read the overview now.
    pub fn is_overview_token(&self, token: &str, now: Timestamp) -> Result<bool, StoreError> {
        let (hash, now) = (secret::token_hash(token), time_text(now));
        let query = "SELECT name FROM overview_token
                     WHERE token_sha256 = $1 AND (expires_at IS NULL OR expires_at > $2)";
        self.read(|db| Ok(db.first(query, &params![&hash, &now])?.is_some()))
    }
}
