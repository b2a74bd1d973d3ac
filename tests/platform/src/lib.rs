//! The reference platform: the server that kiosks exchange data with. Any number of instances can share one store. Owns
//! the server side of the contract in `docs/sync.md` and the commands of `expo-platform`. Must not know: how a kiosk
//! works inside.

pub mod app;
pub mod cli;
pub mod deltas;
mod http;
pub mod keys;
pub mod limits;
mod log;
pub mod metrics;
pub mod publish;
mod records;
pub mod secret;
pub mod snapshots;
pub mod store;

pub use app::{App, KeySource, OpenError, StorageConfig};
pub use http::{openapi, serve};
pub use keys::Keys;
pub use limits::Limits;
pub use store::{Store, StoreAddress};
