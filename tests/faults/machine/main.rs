//! The machine around the kiosk, with the real programs: a data folder that cannot be written, and systemd.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod package;
mod read_only;
mod service;
