//! The machine around the kiosk, with the real programs: a data folder that cannot be written, systemd, and the Debian
//! packages.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod first_start;
mod package;
mod purge;
mod read_only;
mod service;
