//! The error of the simulation itself.

use std::fmt;

/// The simulation cannot continue. A violated invariant is not an error: it is part of the report of a run.
#[derive(Debug, thiserror::Error)]
#[error("the simulation cannot continue: {0}")]
pub struct SimulationError(pub String);

impl SimulationError {
    /// Wraps any error.
    pub fn new(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}
