//! The contract between kiosk and platform (`docs/sync.md`) as a suite that runs against any platform, over the network
//! alone, with one enrolment code or two. Owns what is checked and in which words. Must not know how a platform is made, nor
//! share code with the kiosk's client: it would share its mistakes.

pub mod api;
mod checks;
pub mod invented;
mod report;

pub use api::{Answer, Api, Fault};
pub use checks::run;
pub use report::{Finding, Report, Verdict};

use std::path::PathBuf;
use uuid::Uuid;

/// What the suite is run with.
pub struct Options {
    /// Where the platform answers, such as `https://expo.example.org`.
    pub url: String,
    /// A fresh enrolment code.
    pub code: String,
    /// Another one, with which the kiosk enrols anew.
    pub second_code: Option<String>,
    /// Certificate of the platform's own authority, PEM.
    pub ca_file: Option<PathBuf>,
    /// The publisher's public key that the platform should tell.
    pub publisher_key: Option<String>,
    /// An older published version that changes can be asked from.
    pub from_version: Option<u64>,
    /// Lets the platform erase a lead, as its operators do.
    pub erase: Option<Erase>,
    /// Also what leaves traces: wrong codes until the platform refuses more, for ten minutes.
    pub exhaustive: bool,
    /// Only the part of this name; all where there is none.
    pub only: Option<String>,
}

impl Options {
    /// A platform and a code, and nothing else.
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
pub type Erase = Box<dyn Fn(Uuid) -> Result<(), String> + Send + Sync>;
