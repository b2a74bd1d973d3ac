//! One-time codes: made, redeemed once, limited in tries.

use super::{Store, StoreError};
use crate::secret;
use domain::Stop;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, TransactionBehavior, params};

/// Wrong codes within [`WINDOW`] after which nobody may try.
const MOST_FAILURES: u64 = 30;
/// How long wrong codes are counted.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// A kiosk that has just been enrolled.
pub struct Enrolment {
    /// Its identifier.
    pub kiosk: String,
    /// Its token, told this once.
    pub token: String,
    /// The stop that came with the code.
    pub stop: Option<Stop>,
}

/// Why a code was not taken.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// Never made.
    #[error("this code is not known; check it, or ask for a new one")]
    Unknown,
    /// Taken before.
    #[error("this code was used before; ask for a new one")]
    Used,
    /// Too late.
    #[error("this code is too old; ask for a new one")]
    Expired,
    /// Too many wrong codes.
    #[error("too many wrong codes were tried; wait ten minutes")]
    TooMany,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for EnrolmentError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Makes a code that can be redeemed once until it expires.
    pub fn new_code(
        &self,
        stop: Option<&Stop>,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<String, StoreError> {
        let code = secret::new_code();
        let stop = stop.map(serde_json::to_string).transpose()?;
        self.writer().execute(
            "INSERT INTO enrolment_code (code_sha256, created_at, expires_at, stop) VALUES (?, ?, ?, ?)",
            params![
                secret::code_hash(&code),
                now.to_string(),
                expires_at.to_string(),
                stop
            ],
        )?;
        Ok(code)
    }

    /// Redeems a code.
    pub fn enrol(&self, code: &str, program: &str, now: Timestamp) -> Result<Enrolment, EnrolmentError> {
        let mut db = self.writer();
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let window = (now - WINDOW).to_string();
        transaction.execute("DELETE FROM enrolment_failure WHERE at <= ?", [&window])?;
        let failures: u64 =
            transaction.query_row("SELECT count(*) FROM enrolment_failure", [], |row| row.get(0))?;
        if failures >= MOST_FAILURES {
            return Err(EnrolmentError::TooMany);
        }
        let hash = secret::code_hash(code);
        let found: Option<(String, Option<String>, Option<String>)> = transaction
            .query_row(
                "SELECT expires_at, stop, used_at FROM enrolment_code WHERE code_sha256 = ?",
                [&hash],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((expires_at, stop, used_at)) = found else {
            transaction.execute("INSERT INTO enrolment_failure (at) VALUES (?)", [now.to_string()])?;
            transaction.commit()?;
            return Err(EnrolmentError::Unknown);
        };
        if used_at.is_some() {
            return Err(EnrolmentError::Used);
        }
        if expires_at
            .parse::<Timestamp>()
            .is_ok_and(|expires_at| expires_at <= now)
        {
            return Err(EnrolmentError::Expired);
        }
        transaction.execute(
            "UPDATE enrolment_code SET used_at = ? WHERE code_sha256 = ?",
            params![now.to_string(), hash],
        )?;
        let number: u32 =
            transaction.query_row("SELECT coalesce(max(number), 0) + 1 FROM kiosk", [], |row| {
                row.get(0)
            })?;
        let kiosk = format!("K{number:02}");
        let token = secret::new_token();
        transaction.execute(
            "INSERT INTO kiosk (number, id, token_sha256, enrolled_at, program, stop) VALUES (?, ?, ?, ?, ?, ?)",
            params![number, kiosk, secret::token_hash(&token), now.to_string(), program, stop],
        )?;
        transaction.commit()?;
        let stop = stop
            .as_deref()
            .map(serde_json::from_str)
            .transpose()
            .map_err(StoreError::from)?;
        Ok(Enrolment { kiosk, token, stop })
    }
}
