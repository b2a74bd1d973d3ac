//! Simulates kiosks, networks, a platform, clocks and disks from one seed. The sync driver, the kiosk with its
//! databases and the store of the reference platform are the real ones; everything between them fails at random. Owns
//! the faults and the invariants. Must not know: windows, sockets.
//!
//! A run is a function of its seed: it uses one thread, the paused time of tokio, and random numbers from the seed
//! only.

mod catalogue_versions;
mod checked_store;
mod client_errors;
mod disk;
mod endpoints;
mod error;
mod event_log;
mod expected_leads;
mod fixture;
mod invariants;
mod machine;
mod maintenance;
mod mutant;
mod mutant_kiosk;
mod mutant_platform;
mod network;
mod network_conditions;
mod network_link;
mod plan;
mod privacy_watch;
mod request_outcome;
mod rng;
mod run;
mod run_context;
mod simulated_kiosk;
mod simulated_platform;
mod staff;
mod sweep;
mod tampering;
mod visitor;
mod world;

pub use error::SimulationError;
pub use event_log::RunReport;
pub use fixture::Fixture;
pub use mutant::Mutant;
pub use request_outcome::RequestOutcome;
pub use run::run;
pub use sweep::{Failure, SweepReport, sweep};
