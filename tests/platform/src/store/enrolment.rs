//! One-time codes: made, redeemed once, limited in tries.

use super::erasures::hand_on;
use super::session::{Session, Turn, params};
use super::{Store, StoreError, stamp};
use crate::secret;
use domain::Stop;
use jiff::{SignedDuration, Timestamp};

/// Wrong codes from one address within [`WINDOW`] after which it may not try.
const MOST_FAILURES: u64 = 30;
/// Wrong codes from anywhere within [`WINDOW`] after which nobody may try.
const MOST_FAILURES_OF_ALL: u64 = 1000;
/// How long wrong codes are counted.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Version of the configuration of kiosks while none was made.
pub const FIRST_CONFIGURATION: u64 = 1;

/// A kiosk that has just been enrolled.
pub struct Enrolment {
    /// Its identifier.
    pub kiosk: String,
    /// Its token, told this once.
    pub token: String,
    /// Version of its configuration.
    pub config_version: u64,
    /// The stop that came with the code, or else that of the newest configuration.
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

impl Store {
    /// Makes a code that can be redeemed once until it expires.
    pub fn new_code(
        &self,
        stop: Option<&Stop>,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<String, StoreError> {
        let code = secret::new_code();
        let hash = secret::code_hash(&code);
        let (now, expires_at) = (stamp(now), stamp(expires_at));
        let stop = stop.map(serde_json::to_string).transpose()?;
        self.write(|db| {
            let insert = "INSERT INTO enrolment_code (code_sha256, created_at, expires_at, stop)
                          VALUES ($1, $2, $3, $4)";
            db.execute(insert, &params![&hash, &now, &expires_at, stop.as_deref()])
        })?;
        Ok(code)
    }

    /// Redeems a code. `address` is where the request came from.
    pub fn enrol(
        &self,
        code: &str,
        program: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<Enrolment, EnrolmentError> {
        self.enrol_again(code, program, address, None, now)
    }

    /// Redeems a code for a kiosk that showed the token it had so far. The old token goes on working: the answer to this
    /// may be lost, and the kiosk is then still the one it was.
    pub fn enrol_again(
        &self,
        code: &str,
        program: &str,
        address: &str,
        former: Option<&str>,
        now: Timestamp,
    ) -> Result<Enrolment, EnrolmentError> {
        let token = secret::new_token();
        // What is refused changes the store too: a wrong code is counted.
        self.write(|db| match redeem(db, code, address, now) {
            Ok(stop) => {
                let enrolment = join(db, &token, program, stop.as_deref(), now)?;
                if let Some(former) = former {
                    succeed(db, &enrolment.kiosk, former)?;
                }
                Ok(Ok(enrolment))
            }
            Err(EnrolmentError::Store(error)) => Err(error),
            Err(refused) => Ok(Err(refused)),
        })?
    }
}

/// Marks a code as used and returns the stop that came with it.
fn redeem(
    db: &mut dyn Session,
    code: &str,
    address: &str,
    now: Timestamp,
) -> Result<Option<String>, EnrolmentError> {
    let window = stamp(now - WINDOW);
    db.execute("DELETE FROM enrolment_failure WHERE at <= $1", &params![&window])?;
    let all = count(db, "SELECT count(*) FROM enrolment_failure", &[])?;
    let here = "SELECT count(*) FROM enrolment_failure WHERE address = $1";
    let here = count(db, here, &params![address])?;
    if here >= MOST_FAILURES || all >= MOST_FAILURES_OF_ALL {
        return Err(EnrolmentError::TooMany);
    }
    let hash = secret::code_hash(code);
    let query = "SELECT expires_at, stop, used_at FROM enrolment_code WHERE code_sha256 = $1";
    let now_text = stamp(now);
    let Some(mut found) = db.first(query, &params![&hash])? else {
        let insert = "INSERT INTO enrolment_failure (at, address) VALUES ($1, $2)";
        db.execute(insert, &params![&now_text, address])?;
        return Err(EnrolmentError::Unknown);
    };
    let (expires_at, stop) = (found.text(0)?, found.text_or_null(1)?);
    // Whether it was used is decided by the change itself: two platforms may be asked at once.
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

/// Gives a kiosk its number. Should two take the same at once, the unique constraint lets one begin anew.
fn join(
    db: &mut dyn Session,
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
    let own = stop.map(serde_json::from_str::<Stop>).transpose()?;
    // A configuration of before is no news to a kiosk whose code came with a stop.
    let (config_version, given) = match (&own, newest) {
        (None, Some(mut row)) => {
            let version = row.number(0)?;
            let newest: protocol::Configuration = serde_json::from_str(&row.text(1)?)?;
            (version, Some(newest.stop))
        }
        _ => (version.max(FIRST_CONFIGURATION), own),
    };
    let kiosk = format!("K{number:02}");
    let insert = "INSERT INTO kiosk (number, id, token_sha256, enrolled_at, program, stop, config_version)
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (hash, now) = (secret::token_hash(token), stamp(now));
    let kept = given.as_ref().map(serde_json::to_string).transpose()?;
    db.execute(
        insert,
        &params![
            number,
            &kiosk,
            &hash,
            &now,
            program,
            kept.as_deref(),
            config_version
        ],
    )?;
    Ok(Enrolment {
        kiosk,
        token: token.to_owned(),
        config_version,
        stop: given,
    })
}

/// Whoever shows the token of a kiosk, be it taken away since, is that machine and may still have its leads.
fn succeed(db: &mut dyn Session, kiosk: &str, former: &str) -> Result<(), StoreError> {
    let hash = secret::token_hash(former);
    let query = "SELECT id FROM kiosk WHERE token_sha256 = $1 OR revoked_sha256 = $1";
    let Some(mut found) = db.first(query, &params![&hash])? else {
        return Ok(());
    };
    let predecessor = found.text(0)?;
    // An erasure that comes meanwhile sees the successor, or is seen here.
    db.take_turn(Turn::Number)?;
    let update = "UPDATE kiosk SET predecessor = $1 WHERE id = $2";
    db.execute(update, &params![&predecessor, kiosk])?;
    hand_on(db, &predecessor, kiosk)
}

fn count(db: &mut dyn Session, query: &str, params: &[super::session::Param]) -> Result<u64, StoreError> {
    db.first(query, params)?.map_or(Ok(0), |mut row| row.number(0))
}
