//! `configure`: creates the next version of the configuration.

use super::output::{CommandError, Output};
use super::stop_file::read_stop;
use crate::store::Store;
use expo_protocol::Configuration;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Event file (TOML or JSON).
    #[arg(long, value_name = "FILE")]
    stop: PathBuf,
    /// Only this kiosk.
    #[arg(long, value_name = "KIOSK")]
    kiosk: Option<String>,
    /// Seconds between two heartbeats.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(10..=3600))]
    heartbeat_seconds: Option<u32>,
    /// Days for which kiosks keep leads that this platform holds but nobody exported.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    retention_days: Option<u32>,
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let stop = read_stop(&self.stop)?;
        let with_version = |version| Configuration {
            version,
            stop: stop.clone(),
            heartbeat_seconds: self.heartbeat_seconds,
            retention_days: self.retention_days,
        };
        let version = store.configure(self.kiosk.as_deref(), with_version, Timestamp::now())?;
        let text = format!("Configuration {version}: kiosks fetch it after their next heartbeat.");
        output.print(&json!({"config_version": version}), &text)
    }
}
