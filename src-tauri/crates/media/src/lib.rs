//! Pictures: from untrusted bytes to three sizes and a thumbhash in sRGB, each file named by its content. Owns the
//! limits, the decoding, the colours, the resizing, the encoding and the shelf of files. Must not know projects,
//! bundles, or databases.

mod colour;
mod decode;
mod encode;
mod error;
mod pixels;
mod shelf;
#[cfg(test)]
mod tests;
mod timed;
mod worker;

pub use decode::{Format, Image, inspect};
pub use encode::{File, Prepared};
pub use error::MediaError;
pub use shelf::{Collected, Shelf};
pub use worker::{Limits, Worker};

/// Most bytes of a source picture.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;
/// Most pixels of a source picture.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Most pixels along one side of a source picture.
pub const MAX_SIDE: u32 = 12_000;
/// Greatest widths of the three renditions, in pixels: for lists, for pages, for the full screen.
pub const WIDTHS: [u32; 3] = [480, 1080, 1920];
/// Greatest height of any rendition, in pixels: the long side of the screens.
pub const MAX_HEIGHT: u32 = 1920;
/// Changes whenever a [`Worker`] would make other files of the same bytes, so that caches know.
pub const RECIPE: u32 = 3;
