//! The command line of `expo-platform`: one module per command. Results and JSON go to stdout, everything else to stderr. The
//! exit code is 0 for success, 1 for an error with a sentence and a remedy, 2 for wrong usage.

mod audit;
mod backup;
mod configure;
mod enrolment_code;
mod erase;
mod keygen;
mod kiosks;
mod leads;
mod os_user;
mod output;
mod overview_token;
mod publish;
mod quarantine;
mod reused_tickets;
mod revoke;
mod serve;
mod stop_file;
mod store_arguments;
mod visits;
mod withdraw;

use crate::app::{App, StorageConfig};
use crate::http::openapi;
use crate::limits::Limits;
use clap::{Parser, Subcommand};
use output::{CommandError, Output};
use serde_json::Value;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use store_arguments::StoreArguments;

const EXAMPLES: &str = "Examples:
  expo-platform --store ./platform serve --listen 127.0.0.1:8787
  expo-platform --store-file /etc/expo/store --database-ca /etc/expo/db.pem --keys /etc/expo/keys serve --behind-proxy
  expo-platform --store ./platform enrolment-code --stop paris-2026.toml
  expo-platform --store ./platform publish ./catalogue-source
  expo-platform --store ./platform publish spring.expo-bundle
  expo-platform --store ./platform configure --stop lyon-2026.toml
  expo-platform --store ./platform leads --json";

/// The reference platform: enrols kiosks, receives their leads, serves the catalogue.
#[derive(Parser)]
#[command(name = "expo-platform", version, after_help = EXAMPLES)]
struct Args {
    #[command(flatten)]
    store: StoreArguments,
    /// Folder of the keys. Default: the environment variables `EXPO_LEADS_IDENTITY` and `EXPO_PUBLISHER_KEY`, or the folder of
    /// the store.
    #[arg(long, global = true, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve kiosks until SIGTERM or Ctrl-C; prints the address when it is ready.
    Serve(serve::Args),
    /// Create the keys, or show the existing ones.
    Keygen(keygen::Args),
    /// Publish a catalogue: build and sign a source folder, or publish a signed bundle.
    Publish(publish::Args),
    /// Stop offering a published version: kiosks are offered the newest remaining one.
    Withdraw(withdraw::Args),
    /// Create a one-time code for one kiosk.
    EnrolmentCode(enrolment_code::Args),
    /// List the leads, in order of arrival. The audit table records who did.
    Leads(leads::Args),
    /// List leads whose ticket another lead has too.
    ReusedTickets,
    /// List the kiosks with their last status.
    Kiosks,
    /// List the visits that kiosks counted, without names, by day, stop and kiosk.
    Visits,
    /// Revoke the token of a kiosk; its leads stay.
    Revoke(revoke::Args),
    /// Give all kiosks, or one, a new stop: creates the next version of the configuration.
    Configure(configure::Args),
    /// Erase a lead here and on the kiosks that sent it.
    Erase(erase::Args),
    /// List envelopes that cannot be read, and those with the identifier of another one.
    Quarantine(quarantine::Args),
    /// Create a token for /overview and /overview.json, which is shown only once; list or revoke tokens.
    OverviewToken(overview_token::Args),
    /// Copy an SQLite store to one file while `serve` runs.
    #[command(
        after_help = "Example:\n  expo-platform --store ./platform backup --out /backups/2026-02-13.db"
    )]
    Backup(backup::BackupArgs),
    /// Make an SQLite store from a backup, in a folder without one.
    #[command(after_help = "Example:\n  expo-platform --store ./restored restore /backups/2026-02-13.db")]
    Restore(backup::RestoreArgs),
    /// List who ran which command on the store.
    Audit,
    /// Print the OpenAPI document of the platform.
    Openapi,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(io::stderr(), "expo-platform: {error}").ok();
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), CommandError> {
    let output = Output { as_json: args.json };
    if let Command::Openapi = args.command {
        return Output { as_json: false }.print(&Value::Null, openapi::text()?.trim_end());
    }
    let config = StorageConfig::new(args.store.address()?, args.keys.clone())?;
    if let Command::Restore(command) = &args.command {
        return command.run(&config.store, output);
    }
    if let Command::Keygen(command) = &args.command {
        command.import_publisher(&config.keys)?;
    }
    let limits = match &args.command {
        Command::Serve(command) => command.limits(),
        _ => Limits::default(),
    };
    let app = App::open(&config, limits)?;
    match &args.command {
        Command::Serve(command) => command.run(app),
        Command::Keygen(_) => keygen::show(&app.keys, output),
        Command::Publish(command) => command.run(&app, output),
        Command::Withdraw(command) => command.run(&app.store, output),
        Command::EnrolmentCode(command) => command.run(&app.store, output),
        Command::Audit => audit::list(&app.store, output),
        Command::ReusedTickets => reused_tickets::list(&app.store, output),
        Command::Leads(command) => command.run(&app.store, output),
        Command::Kiosks => kiosks::list(&app.store, output),
        Command::Visits => visits::list(&app.store, output),
        Command::Revoke(command) => command.run(&app.store, output),
        Command::Configure(command) => command.run(&app.store, output),
        Command::Erase(command) => command.run(&app.store, output),
        Command::Quarantine(command) => command.run(&app, output),
        Command::OverviewToken(command) => command.run(&app.store, output),
        Command::Backup(command) => command.run(&app.store, output),
        // These ran before the store was opened.
        Command::Restore(_) | Command::Openapi => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn command_line_definition_is_valid() {
        Args::command().debug_assert();
    }
}
