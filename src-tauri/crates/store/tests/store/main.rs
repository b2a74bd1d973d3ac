//! The two databases through their public face.

mod catalogue;
mod leads;
