//! Bundles on removable media: staff see them, import them with progress, and find the reason of a refusal in a note next
//! to the bundle; one operation at a time. Must not know: windows.

mod import;
mod media;
mod operations;
mod refusal_note;

pub(crate) use import::BundleImport;
pub use import::Imported;
pub(crate) use operations::MediaOperations;
#[cfg(test)]
pub(crate) use operations::ResponseTimeouts;
