//! The commands of `expo-platform`. Figures and JSON go to stdout, everything else to stderr. Exit 0 done, 1 failed
//! with a sentence and a remedy, 2 wrong usage.

use crate::app::{App, KeySource, Place};
use crate::http::{Limits, open_record, openapi, serve};
use crate::keys::Keys;
use crate::publish;
use crate::store::{Address, QuarantineRow, Received, Store};
use bundle::Options;
use clap::{Parser, Subcommand};
use domain::Stop;
use jiff::{SignedDuration, Timestamp};
use protocol::Configuration;
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

const EXAMPLES: &str = "Examples:
  expo-platform --store ./platform serve --listen 127.0.0.1:8787
  expo-platform --store postgres://expo@db/expo --keys /etc/expo/keys serve --behind-proxy
  expo-platform --store ./platform enrolment-code --stop paris-2026.toml
  expo-platform --store ./platform publish ./catalogue-source
  expo-platform --store ./platform publish spring.expo-bundle
  expo-platform --store ./platform configure --stop lyon-2026.toml
  expo-platform --store ./platform leads --json";

/// The reference platform: enrols kiosks, takes their leads, hands out the catalogue.
#[derive(Parser)]
#[command(name = "expo-platform", version, after_help = EXAMPLES)]
struct Args {
    /// Where everything is kept: a folder, as DIR or sqlite:DIR, made when missing; or `postgres://USER@HOST/DATABASE`.
    #[arg(
        long,
        global = true,
        default_value = "sqlite:expo-platform",
        value_name = "STORE"
    )]
    store: Address,
    /// Folder of the keys; without it those of the environment (`EXPO_LEADS_IDENTITY`, `EXPO_PUBLISHER_KEY`) or of the
    /// store's folder.
    #[arg(long, global = true, value_name = "DIR")]
    keys: Option<PathBuf>,
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
        /// Believe X-Forwarded-For: only behind a reverse proxy that sets it.
        #[arg(long)]
        behind_proxy: bool,
        /// Requests a second that one kiosk may send, 0 for no limit.
        #[arg(long, default_value_t = 200, value_name = "N")]
        kiosk_rate: u32,
        /// Requests a second that one address may send without a token, 0 for no limit.
        #[arg(long, default_value_t = 100, value_name = "N")]
        address_rate: u32,
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
        /// Days after which kiosks tell their staff that a newer catalogue was to come; of a source folder only.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
        valid_days: Option<u32>,
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
    /// Take a kiosk's token away; its leads stay.
    Revoke {
        /// The kiosk, such as K03.
        kiosk: String,
    },
    /// Give every kiosk, or one, another stop: the next version of the configuration.
    Configure {
        /// Event file (TOML or JSON).
        #[arg(long, value_name = "FILE")]
        stop: PathBuf,
        /// Only this kiosk.
        #[arg(long, value_name = "KIOSK")]
        kiosk: Option<String>,
        /// Seconds between two heartbeats.
        #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(10..=3600))]
        heartbeat_seconds: Option<u32>,
        /// Days that kiosks keep leads which this platform holds but nobody exported.
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
        retention_days: Option<u32>,
    },
    /// Forget a person: erase a lead here and on the kiosks that sent it.
    Erase {
        /// The lead's identifier, as 'leads --json' shows it.
        lead: Uuid,
        /// Also tell this kiosk, whether or not it sent the lead.
        #[arg(long, value_name = "KIOSK")]
        kiosk: Option<String>,
    },
    /// List what could not be read and what came twice with other bytes.
    Quarantine {
        /// Write each envelope's bytes and header into this folder.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Try to read them again, after an update of this program.
        #[arg(long)]
        retry: bool,
    },
    /// Make a token for /overview and /overview.json; told this once.
    OverviewToken {
        /// Take all such tokens away instead.
        #[arg(long)]
        revoke: bool,
    },
    /// Print the OpenAPI document of what is answered here.
    Openapi,
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
    if let Command::Openapi = args.command {
        return say(false, &Value::Null, openapi::text()?.trim_end());
    }
    let place = Place::new(args.store.clone(), args.keys.clone())?;
    if let Command::Keygen {
        publisher: Some(file),
    } = &args.command
    {
        let KeySource::Folder(dir) = &place.keys else {
            return Err("the keys are those of the environment; set EXPO_PUBLISHER_KEY instead".into());
        };
        Keys::import_publisher(dir, file)?;
    }
    let mut limits = Limits::default();
    if let Command::Serve {
        behind_proxy,
        kiosk_rate,
        address_rate,
        ..
    } = args.command
    {
        limits = Limits::new(kiosk_rate, address_rate, behind_proxy);
    }
    let app = App::open(&place, limits)?;
    match &args.command {
        Command::Serve { listen, .. } => serve_until_told(app, listen),
        Command::Keygen { .. } => {
            let (recipient, publisher) = (app.keys.recipient().to_string(), app.keys.publisher.to_string());
            let text = format!("Leads recipient: {recipient}\nPublisher key:   {publisher}");
            let value = json!({"leads_recipient": recipient, "publisher_key": publisher});
            say(args.json, &value, &text)
        }
        Command::Publish { source, valid_days } => {
            let (now, work) = (Timestamp::now(), tempfile::tempdir()?);
            let dated = valid_days.map(|days| build_dated(&app, source, work.path(), now, days));
            let dated = dated.transpose()?;
            let published = publish::publish(&app, dated.as_deref().unwrap_or(source), now)?;
            let text = format!(
                "Published version {}: {} projects, {} units, {} picture files.",
                published.version, published.projects, published.units, published.pictures
            );
            say(args.json, &serde_json::to_value(&published)?, &text)
        }
        command => run_on_store(&app, command, args.json),
    }
}

/// Builds a bundle of a source folder that says until when it is good.
fn build_dated(app: &App, source: &Path, work: &Path, now: Timestamp, days: u32) -> Result<PathBuf, Failure> {
    if !source.is_dir() {
        return Err("a bundle says itself until when it is good: build it with --valid-days".into());
    }
    let cache = app.folder.as_ref().map(|dir| dir.join("prepared-pictures"));
    cache.as_ref().map(std::fs::create_dir_all).transpose()?;
    let next = app.store.newest_version()?.map_or(0, |newest| newest + 1);
    let options = Options {
        version: Some(next.max(u64::try_from(now.as_second()).unwrap_or_default())),
        published_at: now,
        expires_at: Some(now + SignedDuration::from_hours(24 * i64::from(days))),
        cache: cache.as_deref(),
    };
    let file = work.join("dated.expo-bundle");
    bundle::build(source, &file, app.keys.signing()?, &options, &mut |_| {})?;
    Ok(file)
}

/// Commands that need no more than the store, and the keys for reading.
fn run_on_store(app: &App, command: &Command, as_json: bool) -> Result<(), Failure> {
    let (store, now) = (&app.store, Timestamp::now());
    match command {
        Command::EnrolmentCode { stop, valid_hours } => {
            let stop = stop.as_deref().map(read_stop).transpose()?;
            let expires_at = now + SignedDuration::from_hours(*valid_hours);
            let code = store.new_code(stop.as_ref(), now, expires_at)?;
            say(as_json, &json!({"code": code, "expires_at": expires_at}), &code)
        }
        Command::Leads => leads(store, as_json),
        Command::Kiosks => kiosks(store, as_json),
        Command::Revoke { kiosk } => {
            if !store.revoke(kiosk)? {
                return Err(format!("there is no kiosk {kiosk:?}; 'kiosks' lists them").into());
            }
            let text = format!("{kiosk} is refused from now on; enrol it again with a new code.");
            say(as_json, &json!({"revoked": kiosk}), &text)
        }
        Command::Configure {
            stop,
            kiosk,
            heartbeat_seconds,
            retention_days,
        } => {
            let stop = read_stop(stop)?;
            let configuration = |version| Configuration {
                version,
                stop: stop.clone(),
                heartbeat_seconds: *heartbeat_seconds,
                retention_days: *retention_days,
            };
            let version = store.configure(kiosk.as_deref(), configuration, now)?;
            let text = format!("Configuration {version}: kiosks take it with their next heartbeat.");
            say(as_json, &json!({"config_version": version}), &text)
        }
        Command::Erase { lead, kiosk } => {
            let revisions = store.erase(*lead, kiosk.as_deref(), now)?;
            let text = format!("Erased {revisions} revisions here; kiosks that sent the lead are told.");
            say(as_json, &json!({"erased_revisions": revisions}), &text)
        }
        Command::Quarantine { out, retry } => quarantine(app, out.as_deref(), *retry, as_json),
        Command::OverviewToken { revoke: true } => {
            let revoked = store.revoke_overview_tokens()?;
            let text = format!("{revoked} tokens are of no more use.");
            say(as_json, &json!({"revoked": revoked}), &text)
        }
        Command::OverviewToken { revoke: false } => {
            let token = store.new_overview_token(now)?;
            say(as_json, &json!({"token": token}), &token)
        }
        Command::Serve { .. } | Command::Keygen { .. } | Command::Publish { .. } | Command::Openapi => Ok(()),
    }
}

fn serve_until_told(app: App, listen: &str) -> Result<(), Failure> {
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
        Ok(serve(listener, Arc::new(app), told).await?)
    })
}

fn kiosks(store: &Store, as_json: bool) -> Result<(), Failure> {
    let kiosks = store.kiosks()?;
    let line = |row: &crate::store::KioskRow| {
        let waiting = row.heartbeat.as_ref().map_or(0, |heartbeat| heartbeat.waiting);
        let heard = row.heartbeat_at.as_deref().unwrap_or("never");
        let stop = row.stop.as_deref().unwrap_or("-");
        format!("{}\t{stop}\tlast heard {heard}\t{waiting} waiting", row.kiosk)
    };
    let lines: Vec<String> = kiosks.iter().map(line).collect();
    say(as_json, &serde_json::to_value(&kiosks)?, &lines.join("\n"))
}

/// Lists what lies in quarantine, after trying to read it again or while writing it out, where that is asked for.
fn quarantine(app: &App, out: Option<&Path>, retry: bool, as_json: bool) -> Result<(), Failure> {
    let mut read = 0;
    if retry {
        let opened: Vec<Received> = app
            .store
            .quarantine()?
            .into_iter()
            .filter_map(|row| reopen(app, row))
            .collect();
        read = app.store.read_at_last(&opened)?;
    }
    let rows = app.store.quarantine()?;
    if let Some(dir) = out {
        std::fs::create_dir_all(dir)?;
        for row in &rows {
            // Names are identifiers that were checked when they came.
            let name = format!("{}-{}-{}", row.id, row.revision, &row.sha256[..8]);
            std::fs::write(dir.join(format!("{name}.age")), &row.sealed)?;
            std::fs::write(dir.join(format!("{name}.json")), &row.header)?;
        }
    }
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}\t{}\trevision {}\t{}\t{}",
                row.received_at, row.id, row.revision, row.sent_by, row.reason
            )
        })
        .collect();
    lines.push(format!("{} to look at, {read} could be read now", rows.len()));
    say(
        as_json,
        &json!({"read": read, "quarantine": rows}),
        &lines.join("\n"),
    )
}

/// An envelope of the quarantine that can be read by now.
fn reopen(app: &App, row: QuarantineRow) -> Option<Received> {
    let header = serde_json::from_str(&row.header).ok()?;
    let record = open_record(&header, &row.sealed, &app.keys.identity).ok()?;
    Some(Received {
        id: row.id.parse().ok()?,
        revision: u32::try_from(row.revision).ok()?,
        sha256: row.sha256,
        header: row.header,
        sealed: row.sealed,
        opened: Ok(record),
    })
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
    let sizes = store.sizes()?;
    lines.push(format!(
        "{} leads, {} in quarantine, {} in conflict",
        leads.len(),
        sizes.quarantined,
        sizes.conflicts
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
}
