//! Conformance suite for the contract between kiosk and platform (`docs/sync.md`). It runs against any platform, over
//! the network only, with one or two enrolment codes. Owns the requirements and how each one is checked. Must not know
//! how a platform is built, nor share code with the kiosk's client: it would share its mistakes.

pub mod api;
mod checks;
mod report;
pub mod sample_leads;

pub use api::{Answer, Api, CheckError};
pub use checks::run;
pub use report::{Report, RequirementResult, Verdict};

use std::path::PathBuf;
use uuid::Uuid;

/// Settings of a run.
pub struct Options {
    /// Base URL of the platform, such as `https://expo.example.org`.
    pub url: String,
    /// A fresh enrolment code.
    pub code: String,
    /// A second fresh code, to check what happens when the kiosk enrols again.
    pub second_code: Option<String>,
    /// Certificate of the platform's own certificate authority, PEM.
    pub ca_file: Option<PathBuf>,
    /// The publisher's public key that the platform should announce.
    pub publisher_key: Option<String>,
    /// An older published version, to check deltas that start from it.
    pub from_version: Option<u64>,
    /// Erases a lead at the platform, as its operators do.
    pub erase: Option<EraseLead>,
    /// Also run checks with lasting effects: wrong codes until the platform locks this address out for ten minutes.
    pub exhaustive: bool,
    /// Run only the part with this title; `None` runs all parts.
    pub only: Option<String>,
}

impl Options {
    /// A platform and a code; everything else is unset.
    pub fn new(url: &str, code: &str) -> Self {
        Self {
            url: url.to_owned(),
            code: code.to_owned(),
            second_code: None,
            ca_file: None,
            publisher_key: None,
            from_version: None,
            erase: None,
            exhaustive: false,
            only: None,
        }
    }
}

/// Erases a lead at the platform.
pub type EraseLead = Box<dyn Fn(Uuid) -> Result<(), String> + Send + Sync>;
