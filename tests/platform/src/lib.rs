//! The reference platform: what kiosks talk to, over one SQLite store. Owns the server's side of the contract in
//! `docs/sync.md` and the commands of `expo-platform`. Must not know how a kiosk works inside.

pub mod cli;
mod http;
pub mod keys;
pub mod publish;
pub mod secret;
pub mod store;

pub use http::{App, serve};
pub use keys::Keys;
pub use store::Store;
