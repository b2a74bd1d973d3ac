//! Keeping a kiosk and its platform in step: leads up, catalogue and pictures down. Owns the pure engine (what to do
//! next, given facts, time and chance), the rules of batches and receipts, and the driver that carries plans out over
//! two traits, [`Platform`] and [`Local`]. Must not know HTTP, databases, keys or windows.

mod backoff;
mod batch;
mod catalogue;
mod clock;
mod configuration;
mod doubt;
mod download;
mod driver;
mod engine;
mod erasures;
mod error;
mod leads;
mod pictures;
mod ports;
mod probe;
mod remembered;
mod report;
mod state;

pub use backoff::{Backoff, FIRST_CEILING, LONGEST_CEILING, LONGEST_RETRY_AFTER};
pub use batch::{Verdicts, cut, halves, judge};
pub use clock::{Clock, Now, SystemClock};
pub use driver::{Driver, Nudge};
pub use engine::{Engine, HEARTBEAT_EVERY, Lane, PROBE_GAP, Step, TICK};
pub use error::{LocalError, PlatformError, SyncError};
pub use ports::{Facts, Local, Place, Platform, Room, Take, Waiting};
pub use probe::{ask, enrol};
pub use remembered::{Held, RefusedCatalogue, Remembered};
pub use report::{Report, Trouble};
pub use state::State;

#[cfg(test)]
mod tests;
