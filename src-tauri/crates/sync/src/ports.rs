//! The two sides the driver stands between: the platform far away and what the kiosk keeps. Shapes only.

use crate::error::{LocalError, PlatformError};
use crate::remembered::Remembered;
use protocol::{
    Checkpoint, Enrolled, EnrolmentRequest, Envelope, Heartbeat, HeartbeatReply, LeadBatch, LeadReceipts,
    Probe, Receipt, SignedCheckpoint,
};
use std::future::Future;
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

    /// `GET /v1/pictures/{sha256}`, never more than [`protocol::MAX_PICTURE_BYTES`].
    fn picture(&self, sha256: &str) -> impl Future<Output = Result<Vec<u8>, PlatformError>> + Send;

    /// `POST /v1/heartbeat`.
    fn heartbeat(
        &self,
        report: &Heartbeat,
    ) -> impl Future<Output = Result<HeartbeatReply, PlatformError>> + Send;
}

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
    /// Picture files of that catalogue that are not there yet.
    pub missing_pictures: u64,
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

    /// At most `limit` hashes of missing pictures in a stable order of need, without the first `skip`.
    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError>;

    /// Keeps a picture whose hash was checked.
    fn put_picture(&self, sha256: &str, bytes: &[u8]) -> Result<(), LocalError>;

    /// What was last remembered; the default when nothing was.
    fn recall(&self) -> Result<Remembered, LocalError>;

    /// Keeps what the engine wants to find again. Called only when something in it changed.
    fn remember(&self, remembered: &Remembered) -> Result<(), LocalError>;

    /// The report for the next heartbeat.
    fn heartbeat(&self) -> Result<Heartbeat, LocalError>;
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
