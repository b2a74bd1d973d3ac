//! Synchronises a kiosk with its platform: leads up, catalogue and pictures down. Contains the pure engine (what to do
//! next, given facts, time and randomness), the rules for batches and receipts, and the driver that executes plans over
//! two traits, [`Platform`] and [`LocalStore`]. Must not know: HTTP, databases, keys or windows.

mod answer_timeout;
mod backoff;
mod batch;
mod catalogue;
mod clock;
mod configuration;
mod download_slot;
mod driver;
mod engine;
mod erasures;
mod error;
mod lane;
mod leads;
mod persisted_state;
mod pictures;
mod ports;
mod probe;
mod rejection;
mod report;
mod state;

pub use backoff::{Backoff, INITIAL_BACKOFF, MAX_BACKOFF, MAX_RETRY_AFTER};
pub use batch::{ReceiptMatch, match_receipts, split_in_half, split_into_batches};
pub use clock::{Clock, Now, SystemClock};
pub use driver::{Driver, Nudge};
pub use engine::{Engine, FACTS_POLL_INTERVAL, HEARTBEAT_INTERVAL, PROBE_INTERVAL, Step};
pub use error::{LocalError, PlatformError, SyncError};
pub use lane::Lane;
pub use persisted_state::{PersistedState, RefusedCatalogue, RetryAfterScope};
pub use ports::{ChunkSink, DiskSpace, Facts, LocalStore, Platform, QueuePosition, QueuedLead};
pub use probe::{enrol, send_probe};
pub use rejection::Rejection;
pub use report::{Report, SyncFailure};
pub use state::State;

#[cfg(test)]
mod tests;
