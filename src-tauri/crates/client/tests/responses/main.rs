//! The client against a scripted HTTP server: login pages, faulty platforms and hostile platforms.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod downloads;
mod messages;
mod server;
mod states;
