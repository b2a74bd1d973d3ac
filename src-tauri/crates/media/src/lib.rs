//! Pictures: from untrusted bytes to three sizes and a thumbhash, each file named by its content. Owns the limits, the
//! decoding, the resizing and the encoding. Must not know projects, bundles, or databases.
//!
//! An embedded colour profile is not converted yet: pictures are taken to be sRGB.

mod decode;
mod encode;
mod error;
mod shelf;
#[cfg(test)]
mod tests;

pub use decode::{Format, Image, inspect};
pub use encode::{File, Prepared, prepare};
pub use error::MediaError;
pub use shelf::Shelf;

/// Most bytes of a source picture.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;
/// Most pixels of a source picture.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Most pixels along one side of a source picture.
pub const MAX_SIDE: u32 = 12_000;
/// Greatest widths of the three renditions, in pixels: for lists, for pages, for the full screen.
pub const WIDTHS: [u32; 3] = [480, 1080, 1920];
/// Changes whenever [`prepare`] would make other files of the same bytes, so that caches know.
pub const RECIPE: u32 = 1;
