//! Pictures: converts untrusted bytes to three sizes and a thumbhash in sRGB, and stores the files by their SHA-256. Owns
//! limits, decoding, colour conversion, resizing, encoding and the picture store. Must not know: projects, bundles,
//! databases.

mod colour;
mod deadline;
mod decode;
mod encode;
mod error;
mod picture_store;
mod pixels;
#[cfg(test)]
mod tests;
mod worker;

pub use decode::{Format, ImageHeader, inspect};
pub use encode::{EncodedFile, PreparedPicture};
pub use error::MediaError;
pub use picture_store::{CleanupStats, PictureStore};
pub use worker::{Limits, Worker};

/// Maximum size of a source picture.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;
/// Maximum number of pixels of a source picture.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Maximum width and height of a source picture, in pixels.
pub const MAX_SIDE: u32 = 12_000;
/// Maximum widths of the three renditions, in pixels: for lists, for pages, for the full screen.
pub const WIDTHS: [u32; 3] = [480, 1080, 1920];
/// Maximum height of any rendition, in pixels: the long side of the screens.
pub const MAX_HEIGHT: u32 = 1920;
/// Incremented when a [`Worker`] produces different files from the same bytes. Caches compare it.
pub const ENCODING_VERSION: u32 = 4;
