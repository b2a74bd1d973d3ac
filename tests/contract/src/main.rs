//! `contract`: runs the suite against a platform. Exit 0 when every demand that could be seen is kept, 1 when one is
//! broken, 2 for wrong usage.

use clap::Parser;
use contract::{Erase, Options, run};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const EXAMPLES: &str = "Examples:
  cargo run -p contract -- --url http://127.0.0.1:8787 --code 7K3M-0QXD-R5TN
  cargo run -p contract -- --url https://expo.example.org --code 7K3M-0QXD-R5TN --ca own-ca.pem --json
  cargo run -p contract -- --url http://127.0.0.1:8787 --code 7K3M-0QXD-R5TN --from-version 1771000000 \\
    --erase-with 'expo-platform --store ./platform erase' --exhaustive";

/// What docs/sync.md demands of a platform, looked at over the network. Sends invented leads: use a platform for tests.
#[derive(Parser)]
#[command(name = "contract", version, after_help = EXAMPLES)]
struct Args {
    /// Where the platform answers.
    #[arg(long)]
    url: String,
    /// A fresh enrolment code.
    #[arg(long)]
    code: String,
    /// Another one, to see what becomes of a kiosk that enrols anew; needs --erase-with.
    #[arg(long, value_name = "CODE")]
    second_code: Option<String>,
    /// Certificate of the platform's own authority (PEM).
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// The publisher's public key that the platform should tell (base64 line).
    #[arg(long, value_name = "KEY")]
    publisher_key: Option<String>,
    /// An older published version, to look at changes from it.
    #[arg(long, value_name = "VERSION")]
    from_version: Option<u64>,
    /// A command that erases a lead; its identifier is put behind it.
    #[arg(long, value_name = "COMMAND")]
    erase_with: Option<String>,
    /// Also try wrong codes until the platform refuses more: locks this address out for ten minutes.
    #[arg(long)]
    exhaustive: bool,
    /// Only one part, by its title, such as "Leads".
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Answer in JSON.
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

/// Erases a lead by a command of the platform's operators.
fn erase_with(command: String) -> Erase {
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
