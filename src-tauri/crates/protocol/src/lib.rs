//! What kiosk and platform say to each other: messages of `/v1`, the signed checkpoint and the rows of a snapshot.
//! Owns shapes and checksums only. Must not know HTTP, databases, files or keys.

pub mod checkpoint;
pub mod configuration;
pub mod delta;
pub mod enrolment;
pub mod erasure;
pub mod heartbeat;
pub mod leads;
pub mod probe;
pub mod problem;
pub mod snapshot;

pub use checkpoint::{Checkpoint, RowCounts, SignedCheckpoint};
pub use configuration::Configuration;
pub use delta::DeltaError;
pub use enrolment::{Enrolled, EnrolmentRequest};
pub use erasure::{Erasure, Erasures, ErasuresDone};
pub use heartbeat::{Heartbeat, HeartbeatReply};
pub use leads::{Envelope, LeadBatch, LeadReceipts, Outcome, Receipt};
pub use probe::Probe;
pub use problem::Problem;
pub use snapshot::{Row, SnapshotError};

/// Name of the header that every response of a platform carries.
pub const PROTOCOL_HEADER: &str = "Expo-Protocol";
/// Version of the protocol, the value of [`PROTOCOL_HEADER`].
pub const PROTOCOL_VERSION: &str = "1";
/// Most envelopes in one batch.
pub const MAX_BATCH_ITEMS: usize = 100;
/// Most bytes of one batch before compression.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;
/// Most bytes of one sealed envelope.
pub const MAX_SEALED_BYTES: usize = 64 * 1024;
/// Most bytes of a snapshot after decompression: the design size is ten times smaller.
pub const MAX_SNAPSHOT_BYTES: u64 = 512 * 1024 * 1024;
/// Most bytes of one picture file.
pub const MAX_PICTURE_BYTES: u64 = 8 * 1024 * 1024;

/// Most erasures in one answer or acknowledgement.
pub const MAX_ERASURES: usize = 500;
/// A delta unpacks to at most so many bytes more than the snapshot it leads to.
pub const DELTA_MARGIN_BYTES: u64 = 64 * 1024;

/// Lower-case hex SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}
