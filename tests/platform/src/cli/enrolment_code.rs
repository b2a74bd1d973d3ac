//! `enrolment-code`: creates a one-time code.

use super::output::{CommandError, Output};
use super::stop_file::read_stop;
use crate::store::Store;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Event file (TOML or JSON) whose stop the kiosk receives.
    #[arg(long, value_name = "FILE")]
    stop: Option<PathBuf>,
    /// Hours until the code expires.
    #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(i64).range(1..=8760))]
    valid_hours: i64,
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let now = Timestamp::now();
        let stop = self.stop.as_deref().map(read_stop).transpose()?;
        let expires_at = now + SignedDuration::from_hours(self.valid_hours);
        let code = store.new_code(stop.as_ref(), now, expires_at)?;
        output.print(&json!({"code": code, "expires_at": expires_at}), &code)
    }
}
