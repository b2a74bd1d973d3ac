//! The commands of `expo-platform`. Figures and JSON go to stdout, everything else to stderr. Exit 0 done, 1 failed
//! with a sentence and a remedy, 2 wrong usage.

use crate::http::{App, serve};
use crate::keys::Keys;
use crate::publish;
use crate::store::Store;
use clap::{Parser, Subcommand};
use domain::Stop;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

const EXAMPLES: &str = "Examples:
  expo-platform --store sqlite:./platform serve --listen 127.0.0.1:8787
  expo-platform --store ./platform enrolment-code --stop paris-2026.toml
  expo-platform --store ./platform publish ./catalogue-source
  expo-platform --store ./platform publish spring.expo-bundle
  expo-platform --store ./platform leads --json";

/// The reference platform: enrols kiosks, takes their leads, hands out the catalogue.
#[derive(Parser)]
#[command(name = "expo-platform", version, after_help = EXAMPLES)]
struct Args {
    /// Where everything is kept: a folder, as DIR or sqlite:DIR; made when missing.
    #[arg(long, global = true, default_value = "sqlite:expo-platform", value_name = "STORE", value_parser = store_dir)]
    store: PathBuf,
    /// Answer in JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer kiosks until SIGTERM or Ctrl-C; prints the address once it answers.
    Serve {
        /// Address and port; port 0 takes a free one.
        #[arg(long, default_value = "127.0.0.1:8787")]
        listen: String,
    },
    /// Make the keys, or show those that are there.
    Keygen {
        /// Take over a publisher key from a minisign file, secret or public, instead of making one.
        #[arg(long, value_name = "FILE")]
        publisher: Option<PathBuf>,
    },
    /// Publish a catalogue: a source folder is built and signed, a bundle is checked and handed on.
    Publish {
        /// Folder with spreadsheets and photos, or a bundle file.
        source: PathBuf,
    },
    /// Make a one-time code for one kiosk.
    EnrolmentCode {
        /// Event file (TOML or JSON) that the kiosk gets with it.
        #[arg(long, value_name = "FILE")]
        stop: Option<PathBuf>,
        /// Hours until the code expires.
        #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(i64).range(1..=8760))]
        valid_hours: i64,
    },
    /// List the leads that arrived, in order of arrival.
    Leads,
    /// List the kiosks and how they said they were doing.
    Kiosks,
}

type Failure = Box<dyn Error + Send + Sync>;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(io::stderr(), "expo-platform: {error}").ok();
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let store = &args.store;
    match &args.command {
        Command::Serve { listen } => serve_until_told(store, listen),
        Command::Keygen { publisher } => keygen(store, publisher.as_deref(), args.json),
        Command::Publish { source } => {
            let (keys, open) = (Keys::open(store)?, Store::open(store)?);
            let published = publish::publish(&open, &keys, store, source, Timestamp::now())?;
            let text = format!(
                "Published version {}: {} projects, {} units, {} picture files.",
                published.version, published.projects, published.units, published.pictures
            );
            say(args.json, &serde_json::to_value(&published)?, &text)
        }
        Command::EnrolmentCode { stop, valid_hours } => {
            let stop = stop.as_deref().map(read_stop).transpose()?;
            let now = Timestamp::now();
            let expires_at = now + SignedDuration::from_hours(*valid_hours);
            let code = Store::open(store)?.new_code(stop.as_ref(), now, expires_at)?;
            say(args.json, &json!({"code": code, "expires_at": expires_at}), &code)
        }
        Command::Leads => leads(&Store::open(store)?, args.json),
        Command::Kiosks => {
            let kiosks = Store::open(store)?.kiosks()?;
            let lines: Vec<String> = kiosks
                .iter()
                .map(|row| {
                    let waiting = row.heartbeat.as_ref().map_or(0, |heartbeat| heartbeat.waiting);
                    let heard = row.heartbeat_at.as_deref().unwrap_or("never");
                    let stop = row.stop.as_deref().unwrap_or("-");
                    format!("{}\t{stop}\tlast heard {heard}\t{waiting} waiting", row.kiosk)
                })
                .collect();
            say(args.json, &serde_json::to_value(&kiosks)?, &lines.join("\n"))
        }
    }
}

fn serve_until_told(dir: &Path, listen: &str) -> Result<(), Failure> {
    let app = Arc::new(App {
        keys: Keys::open(dir)?,
        store: Store::open(dir)?,
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|e| format!("cannot listen on {listen}: {e}; choose another address with --listen"))?;
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let told = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        let mut out = io::stdout();
        // The queue of the socket is open: whoever reads this line is answered.
        writeln!(out, "http://{}", listener.local_addr()?)?;
        out.flush()?;
        Ok(serve(listener, app, told).await?)
    })
}

fn keygen(dir: &Path, publisher: Option<&Path>, as_json: bool) -> Result<(), Failure> {
    if let Some(file) = publisher {
        Keys::import_publisher(dir, file)?;
    }
    let keys = Keys::open(dir)?;
    let (recipient, publisher) = (keys.recipient().to_string(), keys.publisher.to_string());
    let value = json!({"leads_recipient": recipient, "publisher_key": publisher});
    say(
        as_json,
        &value,
        &format!("Leads recipient: {recipient}\nPublisher key:   {publisher}"),
    )
}

fn leads(store: &Store, as_json: bool) -> Result<(), Failure> {
    let leads = store.leads()?;
    let mut lines: Vec<String> = leads
        .iter()
        .map(|lead| {
            let reach = lead.phone.as_deref().or(lead.email.as_deref()).unwrap_or("-");
            format!("{}\t{}\t{}\t{reach}", lead.received_at, lead.ticket, lead.name)
        })
        .collect();
    let (quarantined, conflicts) = store.unread()?;
    lines.push(format!(
        "{} leads, {quarantined} in quarantine, {conflicts} in conflict",
        leads.len()
    ));
    say(as_json, &serde_json::to_value(&leads)?, &lines.join("\n"))
}

/// The stop of an event file, in TOML or JSON; secrets that stand beside it are left alone.
fn read_stop(file: &Path) -> Result<Stop, Failure> {
    let wrong = |problem: String| format!("{}: {problem}", file.display());
    let text = std::fs::read_to_string(file).map_err(|e| wrong(e.to_string()))?;
    let mut event: Value = if file.extension().is_some_and(|extension| extension == "json") {
        serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?
    } else {
        toml::from_str(&text).map_err(|e| wrong(e.message().to_owned()))?
    };
    let stop = event.get_mut("stop").map_or(Value::Null, Value::take);
    let stop = if stop.is_null() { event } else { stop };
    let stop: Stop = serde_json::from_value(stop).map_err(|e| wrong(e.to_string()))?;
    stop.check().map_err(|e| wrong(e.to_string()))?;
    Ok(stop)
}

fn store_dir(text: &str) -> Result<PathBuf, String> {
    match text.split_once(':') {
        Some(("sqlite", dir)) if !dir.is_empty() => Ok(PathBuf::from(dir)),
        Some((kind, rest)) if kind == "sqlite" || rest.starts_with("//") => {
            Err("use DIR or sqlite:DIR, such as sqlite:./platform".to_owned())
        }
        _ => Ok(PathBuf::from(text)),
    }
}

fn say(as_json: bool, value: &Value, text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{value}")?;
    } else if !text.is_empty() {
        writeln!(out, "{text}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_store_is_a_folder() {
        assert_eq!(store_dir("sqlite:a/b"), Ok(PathBuf::from("a/b")));
        assert_eq!(store_dir("a/b"), Ok(PathBuf::from("a/b")));
        assert!(store_dir("postgres://host/db").is_err());
        assert!(store_dir("sqlite:").is_err());
    }
}
