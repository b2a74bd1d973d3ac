//! Two measurements of the contract's numbers, with the real programs: what a quiet kiosk costs, and how long a backlog
//! takes over a thin, lossy link. Exit 0 when the target holds, 2 when it is missed, 1 when nothing could be measured.

mod backlog;
mod link;
mod quiet;

use acceptance::Failure;
use clap::Parser;
use serde_json::Value;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "chaos",
    about = "Numbers of the contract, measured with the real programs"
)]
enum Command {
    /// Bytes of a running kiosk that has nothing to say, over TLS at its socket. Target: 50 kB an hour.
    QuietHour {
        /// How long is measured; what an hour costs is told for an hour only, and worked out for less.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(2..=60))]
        minutes: u64,
        /// Close connections that rest this many seconds, as reverse proxies do.
        #[arg(long, value_name = "SECONDS")]
        idle: Option<u64>,
    },
    /// A backlog over 1 Mbit/s with 5 % of all packets lost, beside one plain upload of as many bytes. Target: twice as
    /// long at most. Needs root for network namespaces, and `ip`, `tc` and `iptables`.
    Backlog {
        /// Leads that wait.
        #[arg(long, default_value_t = 1000)]
        leads: usize,
        /// Pairs that are measured.
        #[arg(long, default_value_t = 15)]
        pairs: usize,
    },
    /// Sends so many bytes to an address and waits until they are taken: the other side of the link.
    #[command(hide = true)]
    Upload { to: SocketAddr, bytes: usize },
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::QuietHour { minutes, idle } => quiet::measure(minutes, idle),
        Command::Backlog { leads, pairs } => backlog::measure(leads, pairs),
        Command::Upload { to, bytes } => backlog::upload(to, bytes).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(error) => {
            // A closed stderr has nobody to tell.
            writeln!(std::io::stderr(), "chaos: {error}").ok();
            ExitCode::FAILURE
        }
    }
}

/// Prints the result and keeps it as `target/chaos/NAME.json`.
fn tell(name: &str, result: &Value) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(result)?;
    writeln!(std::io::stdout(), "{text}")?;
    let folder = acceptance::programs::repository().join("target/chaos");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(format!("{name}.json")), text)?)
}
