//! The protocol between kiosk and platform: messages of `/v1`, the signed checkpoint, snapshots and deltas. Owns data
//! types and checksums. Must not know: HTTP, databases, files, keys.

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

pub use checkpoint::{CHECKPOINT_FORMAT, Checkpoint, RowCounts, SignedCheckpoint};
pub use configuration::Configuration;
pub use delta::DeltaError;
pub use enrolment::{EnrolmentReply, EnrolmentRequest};
pub use erasure::{Erasure, Erasures, ErasuresDone};
pub use heartbeat::{Heartbeat, HeartbeatReply, LeadsCheck, VisitCounts};
pub use leads::{Envelope, LeadBatch, LeadReceipts, Outcome, Receipt};
pub use probe::Probe;
pub use problem::Problem;
pub use snapshot::{Row, SnapshotError};

pub use expo_domain::hash::{is_sha256_hex, sha256_hex};

/// Name of the HTTP header in every response of a platform.
pub const PROTOCOL_HEADER: &str = "Expo-Protocol";
/// Version of the protocol, the value of [`PROTOCOL_HEADER`].
pub const PROTOCOL_VERSION: &str = "1";
/// Maximum number of envelopes in one batch.
pub const MAX_BATCH_ITEMS: usize = 100;
/// Maximum size of one batch before compression.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;
/// Maximum size of the sealed bytes of one envelope.
pub const MAX_SEALED_BYTES: usize = 64 * 1024;
/// Maximum size of a snapshot after decompression. The design size is ten times smaller.
pub const MAX_SNAPSHOT_BYTES: u64 = 512 * 1024 * 1024;
/// Maximum size of one picture file.
pub const MAX_PICTURE_BYTES: u64 = 8 * 1024 * 1024;
/// Maximum number of erasures in one response or confirmation.
pub const MAX_ERASURES: usize = 500;
/// A decompressed delta is at most this much larger than the snapshot of its target version.
pub const DELTA_MARGIN_BYTES: u64 = 64 * 1024;
