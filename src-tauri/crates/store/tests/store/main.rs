//! The two databases through their public face.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod catalogue;
mod leads;
