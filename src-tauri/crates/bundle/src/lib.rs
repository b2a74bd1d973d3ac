//! From the spreadsheets of headquarters to one signed file, and back into a kiosk: reads a source folder, builds a
//! bundle, and opens bundles and snapshots with every check before anything of them counts. Must not know databases,
//! networks or windows.
//!
//! A bundle is an uncompressed tar file with, in this order, `checkpoint.json`, `checkpoint.json.minisig`,
//! `snapshot.ndjson.zst` and `pictures/<sha256>.webp`, sorted. `FILE.minisig` beside it signs the whole file for the
//! public minisign tool.

mod build;
mod checked;
mod fault;
#[cfg(test)]
mod hostile;
pub mod keys;
mod open;
mod pictures;
mod refusal;
#[cfg(test)]
mod sample;
pub mod source;
#[cfg(test)]
mod tests;

pub use build::{BuildError, Built, Options, Progress, build};
pub use checked::{
    MAX_CHECKPOINT_BYTES, MAX_SIGNATURE_BYTES, open_checkpoint, open_snapshot, refuse_older,
    verify_checkpoint,
};
pub use fault::{Fault, Faults};
pub use open::{Bundle, signature_path};
pub use refusal::Refusal;
