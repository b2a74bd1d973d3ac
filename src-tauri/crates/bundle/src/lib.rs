//! Catalogue bundles: reads the source folder of headquarters, builds one signed file from it, and opens bundles and
//! snapshots. Every check passes before any content is returned. Must not know databases, networks or windows.
//!
//! A bundle is an uncompressed tar file with, in this order, `checkpoint.json`, `checkpoint.json.minisig`,
//! `snapshot.ndjson.zst` and `pictures/<sha256>.webp`, sorted by name. The file `FILE.minisig` in the same folder signs
//! the complete bundle for the public minisign tool.

mod build;
mod checkpoint;
mod fault;
pub mod keys;
mod open;
mod pictures;
mod progress;
pub mod publishing;
mod refusal;
pub mod rules;
pub mod source;
#[cfg(test)]
mod tests;
mod verify;

pub use build::{BuildError, BuildOutput, Options, Warnings, build, build_confirmed, build_for_format};
pub use checkpoint::{CheckpointError, MAX_CHECKPOINT_BYTES, MAX_SIGNATURE_BYTES, VerifiedCheckpoint};
pub use fault::{Fault, Faults, Message, Severity};
pub use open::{Bundle, signature_path};
pub use progress::Progress;
pub use refusal::Refusal;
pub use verify::{highest_version, open_snapshot, refuse_future, refuse_older};
