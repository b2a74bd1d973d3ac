//! Catalogue versions and their pictures on this kiosk. Must not know: visitors, staff, the platform.

pub(crate) mod error;
pub(crate) mod index;
mod info;
pub(crate) mod install;
mod offered_version;
mod partial_pictures;
pub(crate) mod picture_priority;
pub(crate) mod pictures;
mod roll_back;
pub(crate) mod shown;
mod verify;

pub use verify::Verified;
