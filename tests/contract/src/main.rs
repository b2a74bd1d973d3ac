//! `contract`: runs the suite against a platform. Exit code 0 when no checked requirement is broken, 1 when one is
//! broken, 2 for wrong usage.

use clap::Parser;
use contract::{EraseLead, Options, run};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const EXAMPLES: &str = "Examples:
  cargo run -p contract -- --url http://127.0.0.1:8787 --code 7K3M-0QXD-R5TN
  cargo run -p contract -- --url https://expo.example.org --code 7K3M-0QXD-R5TN --ca own-ca.pem --json
  cargo run -p contract -- --url http://127.0.0.1:8787 --code 7K3M-0QXD-R5TN --from-version 1771000000 \\
    --erase-with 'expo-platform --store ./platform erase' --exhaustive";

/// Checks over the network whether a platform meets the requirements of docs/sync.md. Sends invented leads: use a test
/// platform.
#[derive(Parser)]
#[command(name = "contract", version, after_help = EXAMPLES)]
struct Args {
    /// Base URL of the platform.
    #[arg(long)]
    url: String,
    /// A fresh enrolment code.
    #[arg(long)]
    code: String,
    /// A second fresh code, to check what happens when the kiosk enrols again; needs --erase-with.
    #[arg(long, value_name = "CODE")]
    second_code: Option<String>,
    /// Certificate of the platform's own certificate authority (PEM).
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// The publisher's public key that the platform should announce (base64 line).
    #[arg(long, value_name = "KEY")]
    publisher_key: Option<String>,
    /// An older published version, to check deltas that start from it.
    #[arg(long, value_name = "VERSION")]
    from_version: Option<u64>,
    /// A command that erases a lead; the lead's identifier is appended to it.
    #[arg(long, value_name = "COMMAND")]
    erase_with: Option<String>,
    /// Also send wrong codes until the platform refuses more; this locks the address out for ten minutes.
    #[arg(long)]
    exhaustive: bool,
    /// Run only one part, given by its title, such as "Leads".
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let report = run(Options {
        url: args.url,
        code: args.code,
        second_code: args.second_code,
        ca_file: args.ca,
        publisher_key: args.publisher_key,
        from_version: args.from_version,
        erase: args.erase_with.map(erase_with),
        exhaustive: args.exhaustive,
        only: args.only,
    })
    .await;
    let text = if args.json {
        serde_json::to_string_pretty(&report).unwrap_or_default()
    } else {
        report.to_string()
    };
    writeln!(io::stdout(), "{text}").ok();
    if report.broken().next().is_some() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Erases a lead by running a command of the platform's operators.
fn erase_with(command: String) -> EraseLead {
    Box::new(move |lead| {
        let mut words = command.split_whitespace();
        let program = words.next().ok_or("the command is empty")?;
        let output = Command::new(program)
            .args(words)
            .arg(lead.to_string())
            .output()
            .map_err(|e| format!("{program}: {e}"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    })
}
