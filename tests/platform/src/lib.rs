//! The reference platform: what kiosks talk to, over one store that any number of instances share. Owns the server's
//! side of the contract in `docs/sync.md` and the commands of `expo-platform`. Must not know how a kiosk works inside.

pub mod app;
pub mod cli;
pub mod deltas;
mod http;
pub mod keys;
pub mod publish;
pub mod secret;
pub mod store;

pub use app::{App, KeySource, OpenError, Place};
pub use http::{Limits, openapi, serve};
pub use keys::Keys;
pub use store::{Address, Store};
