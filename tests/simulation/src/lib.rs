//! Kiosks, a network, a platform, clocks and disks from one seed: the real driver and engine, the real kiosk over its
//! real databases and the reference platform's real store, while everything between them fails as chance has it. Owns
//! the faults and the promises; must not know windows or sockets.
//!
//! A run is a function of its seed: one thread, tokio's paused time, chance from the seed alone.

mod chance;
mod chronicle;
mod disk;
mod editions;
mod endpoints;
mod fixture;
mod forged;
mod headquarters;
mod heard;
mod ledger;
mod line;
mod machine;
mod mutant;
mod plan;
mod promises;
mod run;
mod sky;
mod stand;
mod stored;
mod sweep;
mod upkeep;
mod visitor;
mod watch;
mod wire;

pub use chronicle::Pages;
pub use fixture::Fixture;
pub use mutant::Mutant;
pub use run::run;
pub use sky::Fate;
pub use sweep::{Failure, Sweep, sweep};

/// The simulation itself could not go on; never what it looks for.
#[derive(Debug, thiserror::Error)]
#[error("the simulation cannot go on: {0}")]
pub struct Trouble(pub String);

impl Trouble {
    /// From whatever went wrong.
    pub fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}
