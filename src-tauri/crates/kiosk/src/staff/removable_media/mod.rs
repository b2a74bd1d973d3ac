//! Bundles on removable media: staff see them, import them with progress, and find the reason of a refusal in a note next
//! to the bundle. Must not know: windows.

mod import;
mod media;
mod refusal_note;

pub(crate) use import::BundleImport;
pub use import::Imported;
