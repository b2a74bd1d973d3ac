//! Measures two numbers of the protocol with the real programs: the traffic of a quiet kiosk, and the time of a backlog
//! over a slow, lossy link. Exit code 0 if the target holds, 2 if it is missed, 1 if the measurement failed.

mod backlog;
mod lossy_link;
mod quiet_hour;

use acceptance::Failure;
use clap::Parser;
use serde_json::Value;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "chaos",
    about = "Measures two numbers of the protocol with the real programs"
)]
enum Command {
    /// Bytes of a running kiosk without work, over TLS at its socket. Target: 50 kB per hour.
    QuietHour {
        /// Length of the measurement. With less than an hour, the bytes per hour are extrapolated.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(2..=60))]
        minutes: u64,
        /// Close connections that are idle for this many seconds, as reverse proxies do.
        #[arg(long, value_name = "SECONDS")]
        idle: Option<u64>,
    },
    /// Time of a backlog over 1 Mbit/s with 5 % of all packets lost, compared with a plain upload of as many bytes.
    /// Target: at most twice as long. Needs root for network namespaces, and `ip`, `tc` and `iptables`.
    Backlog {
        /// Leads of the backlog.
        #[arg(long, default_value_t = 1000)]
        leads: usize,
        /// Pairs to measure.
        #[arg(long, default_value_t = 15)]
        pairs: usize,
    },
    /// Send this many bytes to an address and wait for the acknowledgement. `backlog` runs it at the other end of the
    /// link.
    #[command(hide = true)]
    Upload { to: SocketAddr, bytes: usize },
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::QuietHour { minutes, idle } => quiet_hour::measure(minutes, idle),
        Command::Backlog { leads, pairs } => backlog::measure(leads, pairs),
        Command::Upload { to, bytes } => backlog::upload(to, bytes).map(|()| true),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(error) => {
            // A closed standard error does not change the exit code.
            writeln!(std::io::stderr(), "chaos: {error}").ok();
            ExitCode::FAILURE
        }
    }
}

/// Prints the result and writes it to `target/chaos/NAME.json`.
fn write_result(name: &str, result: &Value) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(result)?;
    writeln!(std::io::stdout(), "{text}")?;
    let folder = acceptance::programs::repository().join("target/chaos");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(format!("{name}.json")), text)?)
}
