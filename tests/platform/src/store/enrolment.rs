//! Enrolment by one-time codes. A code can be redeemed once, and the number of wrong codes is limited.

use super::database::{Store, time_text};
use super::erasures::copy_pending_notices;
use super::error::StoreError;
use super::sql::{Database, Lock, Param, params};
use crate::secret;
use expo_domain::Stop;
use jiff::{SignedDuration, Timestamp};

/// Wrong codes within [`FAILURE_WINDOW`] after which an address is blocked.
const MAX_FAILURES_PER_ADDRESS: u64 = 30;
/// Wrong codes within [`FAILURE_WINDOW`] after which all addresses are blocked.
const MAX_FAILURES: u64 = 1000;
/// Time for which wrong codes count.
const FAILURE_WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Configuration version of kiosks before any configuration exists.
pub const FIRST_CONFIG_VERSION: u64 = 1;

/// A newly enrolled kiosk.
pub struct Enrolment {
    /// Its identifier.
    pub kiosk: String,
    /// Its token. Only its hash is stored.
    pub token: String,
    /// Version of its configuration.
    pub config_version: u64,
    /// The stop of the code, or else that of the newest configuration.
    pub stop: Option<Stop>,
}

/// Why an enrolment is refused.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// The code does not exist.
    #[error("this code is not known; check it, or ask for a new one")]
    Unknown,
    /// The code is used.
    #[error("this code was used before; ask for a new one")]
    Used,
    /// The code is expired.
    #[error("this code is too old; ask for a new one")]
    Expired,
    /// Too many wrong codes were tried.
    #[error("too many wrong codes were tried; wait ten minutes")]
    TooMany,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Creates a code that can be redeemed once before it expires.
    pub fn new_code(
        &self,
        stop: Option<&Stop>,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<String, StoreError> {
        let code = secret::new_code();
        let hash = secret::code_hash(&code);
        let (now, expires_at) = (time_text(now), time_text(expires_at));
        let stop = stop.map(serde_json::to_string).transpose()?;
        self.write(|db| {
            let insert = "INSERT INTO enrolment_code (code_sha256, created_at, expires_at, stop)
                          VALUES ($1, $2, $3, $4)";
            db.execute(insert, &params![&hash, &now, &expires_at, stop.as_deref()])
        })?;
        Ok(code)
    }

    /// Enrols a kiosk by a code. `address` is the address of the caller, and `program` its program version.
    pub fn enrol(
        &self,
        code: &str,
        program: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<Enrolment, EnrolmentError> {
        self.enrol_with_previous_token(code, program, address, None, now)
    }

    /// Enrols a kiosk that sends its previous token. The previous token stays valid, because the response can be lost; the
    /// kiosk then keeps its previous identifier.
    pub fn enrol_with_previous_token(
        &self,
        code: &str,
        program: &str,
        address: &str,
        previous_token: Option<&str>,
        now: Timestamp,
    ) -> Result<Enrolment, EnrolmentError> {
        let token = secret::new_token();
        // A refusal also commits, because a wrong code is counted.
        self.write(|db| match redeem(db, code, address, now) {
            Ok(stop) => {
                let enrolment = insert_kiosk(db, &token, program, stop.as_deref(), now)?;
                if let Some(token) = previous_token {
                    link_predecessor(db, &enrolment.kiosk, token)?;
                }
                Ok(Ok(enrolment))
            }
            Err(EnrolmentError::Store(error)) => Err(error),
            Err(refusal) => Ok(Err(refusal)),
        })?
    }
}

/// Marks a code as used and returns its stop.
fn redeem(
    db: &mut dyn Database,
    code: &str,
    address: &str,
    now: Timestamp,
) -> Result<Option<String>, EnrolmentError> {
    let window_start = time_text(now - FAILURE_WINDOW);
    db.execute(
        "DELETE FROM enrolment_failure WHERE at <= $1",
        &params![&window_start],
    )?;
    let all = count(db, "SELECT count(*) FROM enrolment_failure", &[])?;
    let here = "SELECT count(*) FROM enrolment_failure WHERE address = $1";
    let here = count(db, here, &params![address])?;
    if here >= MAX_FAILURES_PER_ADDRESS || all >= MAX_FAILURES {
        return Err(EnrolmentError::TooMany);
    }
    let hash = secret::code_hash(code);
    let query = "SELECT expires_at, stop, used_at FROM enrolment_code WHERE code_sha256 = $1";
    let now_text = time_text(now);
    let Some(mut found) = db.first(query, &params![&hash])? else {
        let insert = "INSERT INTO enrolment_failure (at, address) VALUES ($1, $2)";
        db.execute(insert, &params![&now_text, address])?;
        return Err(EnrolmentError::Unknown);
    };
    let (expires_at, stop) = (found.text(0)?, found.text_or_null(1)?);
    // The update decides whether the code is used, because two instances can redeem it at the same time.
    let update = "UPDATE enrolment_code SET used_at = $1 WHERE code_sha256 = $2 AND used_at IS NULL";
    let expired = expires_at
        .parse::<Timestamp>()
        .is_ok_and(|expires_at| expires_at <= now);
    if found.text_or_null(2)?.is_some() {
        return Err(EnrolmentError::Used);
    }
    if expired {
        return Err(EnrolmentError::Expired);
    }
    if db.execute(update, &params![&now_text, &hash])? == 0 {
        return Err(EnrolmentError::Used);
    }
    Ok(stop)
}

/// Inserts a kiosk with the next number. If two take the same number at once, the unique constraint makes one try again.
fn insert_kiosk(
    db: &mut dyn Database,
    token: &str,
    program: &str,
    stop: Option<&str>,
    now: Timestamp,
) -> Result<Enrolment, StoreError> {
    let number = count(db, "SELECT coalesce(max(number), 0) + 1 FROM kiosk", &[])?;
    let newest =
        "SELECT version, document FROM configuration WHERE kiosk IS NULL ORDER BY version DESC LIMIT 1";
    let newest = db.first(newest, &[])?;
    let version = count(db, "SELECT coalesce(max(version), 1) FROM configuration", &[])?;
    let code_stop = stop.map(serde_json::from_str::<Stop>).transpose()?;
    // If the code has a stop, existing configurations do not apply to the kiosk.
    let (config_version, stop) = match (&code_stop, newest) {
        (None, Some(mut row)) => {
            let version = row.number(0)?;
            let newest: expo_protocol::Configuration = serde_json::from_str(&row.text(1)?)?;
            (version, Some(newest.stop))
        }
        _ => (version.max(FIRST_CONFIG_VERSION), code_stop),
    };
    let kiosk = format!("K{number:02}");
    let insert = "INSERT INTO kiosk (number, id, token_sha256, enrolled_at, program, stop, config_version)
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (hash, now) = (secret::token_hash(token), time_text(now));
    let stop_json = stop.as_ref().map(serde_json::to_string).transpose()?;
    db.execute(
        insert,
        &params![
            number,
            &kiosk,
            &hash,
            &now,
            program,
            stop_json.as_deref(),
            config_version
        ],
    )?;
    Ok(Enrolment {
        kiosk,
        token: token.to_owned(),
        config_version,
        stop,
    })
}

/// Links a kiosk to the one whose token it sent, even a revoked one: it is the same machine and may still have its leads.
fn link_predecessor(db: &mut dyn Database, kiosk: &str, previous_token: &str) -> Result<(), StoreError> {
    let hash = secret::token_hash(previous_token);
    let query = "SELECT id FROM kiosk WHERE token_sha256 = $1 OR revoked_sha256 = $1";
    let Some(mut found) = db.first(query, &params![&hash])? else {
        return Ok(());
    };
    let predecessor = found.text(0)?;
    // A concurrent erasure either sees the new identifier, or is visible here.
    db.lock(Lock::NumberErasures)?;
    let update = "UPDATE kiosk SET predecessor = $1 WHERE id = $2";
    db.execute(update, &params![&predecessor, kiosk])?;
    copy_pending_notices(db, &predecessor, kiosk)
}

fn count(db: &mut dyn Database, query: &str, params: &[Param]) -> Result<u64, StoreError> {
    db.first(query, params)?.map_or(Ok(0), |mut row| row.number(0))
}
