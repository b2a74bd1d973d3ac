//! The two sides the driver stands between: the platform far away and what the kiosk keeps. Shapes only.

use crate::error::{LocalError, PlatformError, SyncError};
use crate::remembered::Remembered;
use protocol::{
    Checkpoint, Enrolled, EnrolmentRequest, Envelope, Erasure, Erasures, ErasuresDone, Heartbeat,
    HeartbeatReply, LeadBatch, LeadReceipts, Probe, Receipt, SignedCheckpoint,
};
use serde_json::Value;
use std::future::Future;
use std::time::Duration;
use uuid::Uuid;

/// The platform, one question each. Implementations bound time and size of every answer and map what they meet to
/// [`PlatformError`]; they need not check the nonce, [`crate::ask`] does. Every future may be dropped half-way.
pub trait Platform: Send + Sync + 'static {
    /// `GET /v1/probe`.
    fn probe(&self, nonce: &str) -> impl Future<Output = Result<Probe, PlatformError>> + Send;

    /// `POST /v1/enrolments`.
    fn enrol(
        &self,
        request: &EnrolmentRequest,
    ) -> impl Future<Output = Result<Enrolled, PlatformError>> + Send;

    /// `POST /v1/leads`.
    fn send_leads(
        &self,
        batch: &LeadBatch,
    ) -> impl Future<Output = Result<LeadReceipts, PlatformError>> + Send;

    /// `GET /v1/catalogue/checkpoint`; `None` while nothing is published.
    fn checkpoint(&self) -> impl Future<Output = Result<Option<SignedCheckpoint>, PlatformError>> + Send;

    /// `GET /v1/catalogue/{version}/snapshot`, compressed, never more than `max_bytes`.
    fn snapshot(
        &self,
        version: u64,
        max_bytes: u64,
    ) -> impl Future<Output = Result<Vec<u8>, PlatformError>> + Send;

    /// `GET /v1/catalogue/{version}/delta?from={from}`, compressed, never more than `max_bytes`; `None` when the
    /// platform has none.
    fn delta(
        &self,
        version: u64,
        from: u64,
        max_bytes: u64,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, PlatformError>> + Send;

    /// `GET /v1/pictures/{sha256}` from byte `from` on, never more than [`protocol::MAX_PICTURE_BYTES`] in all. Each
    /// piece is handed over as it comes, with its place in the file; it begins at 0 again where the platform cannot
    /// go on from `from`.
    fn picture_from(
        &self,
        sha256: &str,
        from: u64,
        take: &mut Take<'_>,
    ) -> impl Future<Output = Result<(), SyncError>> + Send;

    /// `GET /v1/erasures?after={after}`.
    fn erasures(&self, after: u64) -> impl Future<Output = Result<Erasures, PlatformError>> + Send;

    /// `POST /v1/erasures`.
    fn erasures_done(&self, done: &ErasuresDone) -> impl Future<Output = Result<(), PlatformError>> + Send;

    /// `GET /v1/configuration`, a [`protocol::Configuration`] if this program is new enough to read it; `None` when
    /// there is none.
    fn configuration(&self) -> impl Future<Output = Result<Option<Value>, PlatformError>> + Send;

    /// `POST /v1/heartbeat`.
    fn heartbeat(
        &self,
        report: &Heartbeat,
    ) -> impl Future<Output = Result<HeartbeatReply, PlatformError>> + Send;
}

/// Takes a piece of a picture and its place in the file.
pub type Take<'a> = dyn FnMut(u64, &[u8]) -> Result<(), LocalError> + Send + 'a;

/// Place in the order of taking; later leads have higher places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub i64);

impl Place {
    /// Before every lead.
    pub const START: Self = Self(i64::MIN);
}

/// A lead without receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it stands in the queue.
    pub place: Place,
    /// What is to be sent, as it was frozen.
    pub envelope: Envelope,
}

/// What the engine decides on; asked often, so it should be cheap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Leads to be sent: without settling receipt and not set aside.
    pub waiting: u64,
    /// Version of the catalogue shown.
    pub catalogue_version: Option<u64>,
    /// Version that staff went back from, which is not taken again.
    pub declined_version: Option<u64>,
    /// Picture files of that catalogue that are not there yet.
    pub missing_pictures: u64,
    /// What the disk has room for besides leads.
    pub room: Room,
    /// Whether the platform told of persons to be forgotten whose erasure it was not told of yet.
    pub erasures_due: bool,
    /// Whether the platform told of a configuration that was not tried yet.
    pub configuration_due: bool,
    /// Time between two heartbeats, when a configuration sets it.
    pub heartbeat_every: Option<Duration>,
}

/// What the disk has room for besides leads, which come before everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Room {
    /// Everything.
    #[default]
    ForAll,
    /// A catalogue, but no more pictures.
    NotForPictures,
    /// Leads only.
    ForLeadsOnly,
}

/// What the kiosk keeps. Calls may block on the disk: run the driver on a thread of its own. Each call is whole or
/// without effect, and durable when it returns.
pub trait Local: Send + Sync + 'static {
    /// The present facts.
    fn facts(&self) -> Result<Facts, LocalError>;

    /// At most `limit` waiting leads with places after `after`, in order of place. Leads set aside do not wait.
    fn waiting(&self, after: Place, limit: usize) -> Result<Vec<Waiting>, LocalError>;

    /// Keeps receipts that match stored envelopes in id, revision and hash; those envelopes wait no more. A
    /// `conflict` is to be shown to staff.
    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError>;

    /// Takes a lead out of the queue because the platform refuses it; staff can see and re-queue it.
    fn set_aside(&self, id: Uuid, revision: u32, reason: &str) -> Result<(), LocalError>;

    /// Checks signature and expiry of an offered checkpoint. `None` when it is not wanted: the version that is
    /// there, or one that staff rolled back from. A wrong signature or an older version is refused.
    fn wants(&self, offered: &SignedCheckpoint) -> Result<Option<Checkpoint>, LocalError>;

    /// Checks everything again, the compressed `snapshot` included, and shows the new catalogue whole or stays with
    /// the old one. Returns the version shown.
    fn install_catalogue(&self, signed: &SignedCheckpoint, snapshot: &[u8]) -> Result<u64, LocalError>;

    /// Rebuilds the offered catalogue from the one shown, whose version is `from`, and a compressed delta. Checks
    /// everything as for a snapshot and shows the new catalogue whole; whatever does not fit is refused.
    fn install_delta(&self, signed: &SignedCheckpoint, from: u64, delta: &[u8]) -> Result<u64, LocalError>;

    /// At most `limit` hashes of missing pictures in a stable order of need, without the first `skip`.
    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError>;

    /// How many bytes of a picture came before its download broke off, restarts included.
    fn picture_part(&self, sha256: &str) -> Result<u64, LocalError>;

    /// Keeps a piece of a picture at its place and forgets what came behind that place before. Need not be durable.
    fn keep_part(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError>;

    /// Checks a picture that came whole and keeps it, or refuses it and forgets its part.
    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError>;

    /// What was last remembered; the default when nothing was.
    fn recall(&self) -> Result<Remembered, LocalError>;

    /// Keeps what the engine wants to find again. Called only when something in it changed.
    fn remember(&self, remembered: &Remembered) -> Result<(), LocalError>;

    /// The report for the next heartbeat.
    fn heartbeat(&self) -> Result<Heartbeat, LocalError>;

    /// Notes what the platform answered to a heartbeat. A configuration on trial has proved itself.
    fn heard(&self, reply: &HeartbeatReply) -> Result<(), LocalError>;

    /// Notes that the platform refuses heartbeats for good: a configuration on trial is given up for the one before.
    fn heartbeat_refused(&self) -> Result<(), LocalError>;

    /// Up to which place erasures are done and the platform knows it.
    fn erasures_settled(&self) -> Result<u64, LocalError>;

    /// Removes every revision of these leads down to the bytes, whatever their state; they can never come back.
    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError>;

    /// Notes that the platform knows of all erasures up to a place, and the newest place there is.
    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError>;

    /// Checks an offered configuration and takes it on trial, or notes that it was tried. `None` when the platform
    /// has none after all.
    fn take_configuration(&self, offered: Option<Value>) -> Result<(), LocalError>;
}

#[cfg(test)]
pub mod tests {
    //! Obviously invented envelopes.

    use super::Envelope;
    use domain::{Lang, LeadHeader};
    use uuid::Uuid;

    /// An envelope that depends only on its number.
    pub fn envelope(number: u128) -> Envelope {
        let sealed = format!("sealed test bytes {number}").into_bytes();
        Envelope {
            header: LeadHeader {
                id: Uuid::from_u128(number),
                revision: 1,
                kind: "lead".to_owned(),
                stop: "test-stop".to_owned(),
                kiosk: "K01".to_owned(),
                ticket: format!("TST-{number}"),
                taken_at: jiff::Timestamp::UNIX_EPOCH,
                monotonic_ms: 0,
                boot_id: "test-boot".to_owned(),
                language: Lang::Fr,
            },
            sha256: protocol::sha256_hex(&sealed),
            sealed,
        }
    }
}
