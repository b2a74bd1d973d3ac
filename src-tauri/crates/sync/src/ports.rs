//! The two ports of the driver: the platform and the kiosk's storage. Must not know: how they are implemented.

use crate::error::{LocalError, PlatformError, SyncError};
use crate::persisted_state::PersistedState;
use crate::rejection::Rejection;
use expo_protocol::{
    Checkpoint, EnrolmentReply, EnrolmentRequest, Envelope, Erasure, Erasures, ErasuresDone, Heartbeat,
    HeartbeatReply, LeadBatch, LeadReceipts, Probe, Receipt, SignedCheckpoint,
};
use serde_json::Value;
use std::future::Future;
use std::ops::Deref;
use std::time::Duration;
use uuid::Uuid;

/// The platform's endpoints. Implementations limit time and size of every answer and map failures to [`PlatformError`].
/// They need not check the nonce; [`crate::send_probe`] does. Every future may be dropped at any point.
pub trait Platform: Send + Sync + 'static {
    /// `GET /v1/probe`.
    fn probe(&self, nonce: &str) -> impl Future<Output = Result<Probe, PlatformError>> + Send;

    /// `POST /v1/enrolments`.
    fn enrol(
        &self,
        request: &EnrolmentRequest,
    ) -> impl Future<Output = Result<EnrolmentReply, PlatformError>> + Send;

    /// `POST /v1/leads`.
    fn send_leads(
        &self,
        batch: &LeadBatch,
    ) -> impl Future<Output = Result<LeadReceipts, PlatformError>> + Send;

    /// `GET /v1/catalogue/checkpoint`; `None` if nothing is published.
    fn checkpoint(&self) -> impl Future<Output = Result<Option<SignedCheckpoint>, PlatformError>> + Send;

    /// `GET /v1/catalogue/{version}/snapshot`, compressed, at most `max_bytes` bytes.
    fn snapshot(
        &self,
        version: u64,
        max_bytes: u64,
    ) -> impl Future<Output = Result<Vec<u8>, PlatformError>> + Send;

    /// `GET /v1/catalogue/{version}/delta?from={from}`, compressed, at most `max_bytes` bytes; `None` if the
    /// platform has none.
    fn delta(
        &self,
        version: u64,
        from: u64,
        max_bytes: u64,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, PlatformError>> + Send;

    /// `GET /v1/pictures/{sha256}` starting at byte `from`, at most [`expo_protocol::MAX_PICTURE_BYTES`] in total. Passes each
    /// chunk to `sink` with its offset in the file; starts at 0 if the platform cannot resume at `from`.
    fn picture_from(
        &self,
        sha256: &str,
        from: u64,
        sink: &mut ChunkSink<'_>,
    ) -> impl Future<Output = Result<(), SyncError>> + Send;

    /// `GET /v1/erasures?after={after}`.
    fn erasures(&self, after: u64) -> impl Future<Output = Result<Erasures, PlatformError>> + Send;

    /// `POST /v1/erasures`.
    fn erasures_done(&self, done: &ErasuresDone) -> impl Future<Output = Result<(), PlatformError>> + Send;

    /// `GET /v1/configuration`, a [`expo_protocol::Configuration`] if this program is new enough to read it; `None` if there
    /// is none.
    fn configuration(&self) -> impl Future<Output = Result<Option<Value>, PlatformError>> + Send;

    /// `POST /v1/heartbeat`.
    fn heartbeat(
        &self,
        report: &Heartbeat,
    ) -> impl Future<Output = Result<HeartbeatReply, PlatformError>> + Send;
}

/// Receives a chunk of a picture with its byte offset in the file.
pub type ChunkSink<'a> = dyn FnMut(u64, &[u8]) -> Result<(), LocalError> + Send + 'a;

/// Position in the outbox; later leads have higher positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueuePosition(pub i64);

impl QueuePosition {
    /// Before every lead.
    pub const START: Self = Self(i64::MIN);
}

/// A waiting lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedLead {
    /// Its position in the outbox.
    pub position: QueuePosition,
    /// The envelope, exactly as it is sent.
    pub envelope: Envelope,
}

/// Local facts that the engine plans with. They are read often, so reading must be cheap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Number of waiting leads: not settled and not rejected.
    pub waiting: u64,
    /// Installed catalogue version.
    pub catalogue_version: Option<u64>,
    /// Catalogue version that staff rolled back from; it is not installed again.
    pub rolled_back_from: Option<u64>,
    /// Picture files of the installed catalogue that are missing.
    pub missing_pictures: u64,
    /// Free disk space besides the reserve for leads.
    pub disk_space: DiskSpace,
    /// Whether the platform announced erasures that are not settled.
    pub erasures_due: bool,
    /// Whether the platform announced a configuration that was not tried.
    pub configuration_due: bool,
    /// Time between heartbeats, if the configuration sets one.
    pub heartbeat_interval: Option<Duration>,
}

/// What the free disk space suffices for. Leads come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DiskSpace {
    /// Everything.
    #[default]
    ForAll,
    /// Catalogues, but no more pictures.
    NotForPictures,
    /// Leads only.
    ForLeadsOnly,
}

/// The kiosk's storage. Calls may block on the disk: run the driver on its own thread. Each call takes effect completely
/// or not at all, and is durable when it returns.
pub trait LocalStore: Send + Sync + 'static {
    /// A checkpoint whose signature the kiosk verified; only [`LocalStore::wanted_checkpoint`] returns one.
    type Checkpoint: Deref<Target = Checkpoint> + Send + Sync;

    /// The current facts.
    fn facts(&self) -> Result<Facts, LocalError>;

    /// At most `limit` waiting leads after position `after`, in order of position. Rejected leads do not wait.
    fn waiting(&self, after: QueuePosition, limit: usize) -> Result<Vec<QueuedLead>, LocalError>;

    /// Records receipts that match stored envelopes in id, revision and SHA-256; these envelopes no longer wait. Staff
    /// must be able to see a `conflict`.
    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError>;

    /// Takes a lead out of the queue because the platform refuses it; staff can see it and queue it again.
    fn reject(&self, id: Uuid, revision: u32, rejection: &Rejection) -> Result<(), LocalError>;

    /// Verifies the signature of an offered checkpoint. `None` if its version is installed already, or if staff rolled
    /// back from it. Errors for a wrong signature or an older version.
    fn wanted_checkpoint(&self, offered: &SignedCheckpoint) -> Result<Option<Self::Checkpoint>, LocalError>;

    /// Whether the version is still wanted. Errors if the kiosk was enrolled with another publisher since.
    fn is_still_wanted(&self, checkpoint: &Self::Checkpoint) -> Result<bool, LocalError>;

    /// Checks the compressed `snapshot`, then installs the catalogue completely or not at all if it is still wanted.
    /// Returns the version that is installed then.
    fn install_catalogue(&self, checkpoint: &Self::Checkpoint, snapshot: &[u8]) -> Result<u64, LocalError>;

    /// Rebuilds the offered catalogue from the installed version `from` and a compressed delta. Checks and installs it
    /// like a snapshot. Errors if the delta does not fit.
    fn install_delta(
        &self,
        checkpoint: &Self::Checkpoint,
        from: u64,
        delta: &[u8],
    ) -> Result<u64, LocalError>;

    /// At most `limit` SHA-256 hashes of missing pictures after the first `skip`, in a stable order, most needed first.
    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError>;

    /// Length of a partial picture download in bytes; it survives restarts.
    fn partial_picture_length(&self, sha256: &str) -> Result<u64, LocalError>;

    /// Writes a chunk of a picture at offset `at` and drops earlier bytes after that offset. Need not be durable.
    fn write_picture_chunk(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError>;

    /// Checks a completely downloaded picture and stores it, or refuses it and deletes the partial download.
    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError>;

    /// The last saved state, or the default.
    fn load_state(&self) -> Result<PersistedState, LocalError>;

    /// Saves the state of the sync. Called only when it changed.
    fn save_state(&self, state: &PersistedState) -> Result<(), LocalError>;

    /// The report for the next heartbeat.
    fn heartbeat(&self) -> Result<Heartbeat, LocalError>;

    /// Records the reply to a heartbeat. A configuration on trial is confirmed.
    fn on_heartbeat_reply(&self, reply: &HeartbeatReply) -> Result<(), LocalError>;

    /// Records that the platform refuses heartbeats: a configuration on trial is replaced by the previous one.
    fn on_heartbeat_refused(&self) -> Result<(), LocalError>;

    /// Number of the last erasure that is done and reported to the platform.
    fn last_settled_erasure(&self) -> Result<u64, LocalError>;

    /// Erases every revision of these leads in any state, so that no bytes of them remain. They cannot be stored again.
    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError>;

    /// Records that all erasures up to `up_to` are reported to the platform, and the newest number there is.
    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError>;

    /// Checks an offered configuration and applies it on trial, or records that it was tried. `None` if the platform has
    /// none.
    fn apply_configuration(&self, offered: Option<Value>) -> Result<(), LocalError>;
}

#[cfg(test)]
pub mod tests {
    //! Invented envelopes.

    use super::Envelope;
    use expo_domain::{Lang, LeadHeader};
    use uuid::Uuid;

    /// An envelope derived from its number.
    pub fn envelope(number: u128) -> Envelope {
        let sealed = format!("sealed test bytes {number}").into_bytes();
        let header = LeadHeader {
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
        };
        Envelope::new(header, sealed)
    }
}
