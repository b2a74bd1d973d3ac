//! The command line: the use cases of the windows without a display. Exit code 0: success; 1: failure, with a sentence
//! and a remedy on stderr; 2: wrong usage.

mod audit;
mod bundles;
mod catalogue;
mod demonstration;
mod exports;
mod leads;
mod output;
mod passphrase;
mod platform;
mod setup;

use crate::windows::Size;
use crate::{app, renderer};
use clap::{Parser, Subcommand};
use expo_kiosk_core::{Kiosk, LinuxMachine};
use output::{Failure, Output};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

const EXAMPLES: &str = "Examples:
  expo-kiosk provision --demo                       set up a demonstration
  expo-kiosk                                        open the kiosk
  expo-kiosk enrol --platform https://expo.example.org --code ABCD-EFGH
  expo-kiosk catalogue search tetouan --limit 5
  expo-kiosk lead add lead.json
  expo-kiosk sync --once
  expo-kiosk export --passphrase-file phrase.txt --out /media/stick";

/// Self-service kiosk of the Al-Omrane Expo. Without a command it opens the kiosk.
#[derive(Parser)]
#[command(name = "expo-kiosk", version, after_help = EXAMPLES)]
pub struct Arguments {
    /// Folder with the kiosk's databases and pictures.
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Print results as JSON.
    #[arg(long, global = true)]
    json: bool,
    /// Open a window of this size instead of full screen.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    window: Option<Size>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// First set-up: stop, keys, PIN, passphrase.
    Provision(setup::Provision),
    /// Register this kiosk with its platform by a one-time code.
    Enrol(platform::Enrol),
    /// Show the state of the kiosk.
    Status,
    /// Look for problems and show a remedy for each; exits 1 if there is one.
    Doctor,
    /// Manage the catalogue on this kiosk.
    #[command(subcommand)]
    Catalogue(catalogue::CatalogueCommand),
    /// Make and check signed bundles from the spreadsheets of headquarters.
    #[command(subcommand)]
    Bundle(bundles::BundleCommand),
    /// Manage leads.
    #[command(subcommand, visible_alias = "leads")]
    Lead(leads::LeadCommand),
    /// Exchange data with the platform.
    Sync(platform::Sync),
    /// Write leads to files.
    Export(exports::Export),
    /// Show the audit log: acts of staff and of the program.
    Audit(audit::Audit),
}

/// Runs the given command.
pub fn run(arguments: Arguments) -> ExitCode {
    let output = Output { json: arguments.json };
    match dispatch(arguments, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.fail(&failure),
    }
}

fn dispatch(arguments: Arguments, output: Output) -> Result<(), Failure> {
    let folder = match arguments.data_dir {
        Some(folder) => folder,
        None => default_folder()?,
    };
    if let Some(Command::Bundle(command)) = arguments.command {
        return bundles::run(command, &folder, output);
    }
    if let Some(Command::Lead(leads::LeadCommand::VerifyReceipt(command))) = &arguments.command
        && command.public_key.is_some()
    {
        return exports::verify(None, command, output);
    }
    if arguments.command.is_none() {
        choose_renderer()?;
    }
    let kiosk = Arc::new(Kiosk::open(&folder, Arc::new(LinuxMachine::default()))?);
    match arguments.command {
        None => with_exclusive_lock(&kiosk, &folder, || open_windows(&kiosk, arguments.window)),
        Some(Command::Provision(command)) => setup::provision(&kiosk, &command, output),
        Some(Command::Enrol(command)) => platform::enrol(&kiosk, &command, output),
        Some(Command::Status) => setup::status(&kiosk, output),
        Some(Command::Doctor) => setup::doctor(&kiosk, output),
        Some(Command::Catalogue(command)) => catalogue::run(&kiosk, command, output),
        Some(Command::Bundle(_)) => Ok(()),
        Some(Command::Lead(command)) => leads::lead(&kiosk, &command, output),
        Some(Command::Sync(platform::Sync { once: true })) => platform::sync_once(&kiosk, output),
        Some(Command::Sync(_)) => with_exclusive_lock(&kiosk, &folder, || platform::keep_in_sync(&kiosk)),
        Some(Command::Export(command)) => exports::export(&kiosk, &command, output),
        Some(Command::Audit(command)) => audit::audit(&kiosk, &command, output),
    }
}

/// Runs `work` with a lock on the data folder and with a log file. Fails if another process has the lock.
fn with_exclusive_lock(
    kiosk: &Arc<Kiosk>,
    folder: &Path,
    work: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    kiosk.stop()?;
    let lock =
        open_lock(folder).map_err(|e| Failure::new("lock", format!("cannot lock the data folder: {e}")))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let message =
                "the kiosk is already open on this data folder: close it first, or use another --data-dir";
            return Err(Failure::new("already_open", message));
        }
        Err(TryLockError::Error(e)) => {
            return Err(Failure::new("lock", format!("cannot lock the data folder: {e}")));
        }
    }
    let _log = crate::logging::start(kiosk);
    work()
}

/// The lock file. In a data folder that cannot be written it may be missing; then the folder itself is locked.
fn open_lock(folder: &Path) -> std::io::Result<File> {
    let path = folder.join("kiosk.lock");
    File::create(&path)
        .or_else(|_| File::open(&path))
        .or_else(|_| File::open(folder))
}

/// Starts the program again with the environment of another renderer if this machine needs it.
fn choose_renderer() -> Result<(), Failure> {
    let choice = renderer::choose().map_err(|message| Failure::new("renderer", message))?;
    renderer::apply(choice).map_err(|e| {
        let variable = renderer::RENDERER_VARIABLE;
        let message = format!("the renderer cannot be chosen: {e}; set {variable}=gpu to start without");
        Failure::new("renderer", message)
    })
}

fn open_windows(kiosk: &Arc<Kiosk>, size: Option<Size>) -> Result<(), Failure> {
    app::run(Arc::clone(kiosk), size).map_err(|e| {
        let message = format!("the window cannot be opened: {e}; check that there is a display");
        Failure::new("window", message)
    })
}

fn default_folder() -> Result<PathBuf, Failure> {
    let from = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    from("XDG_DATA_HOME")
        .or_else(|| from("LOCALAPPDATA"))
        .or_else(|| from("HOME").map(|home| home.join(".local/share")))
        .map(|base| base.join("expo-kiosk"))
        .ok_or_else(|| Failure::new("data_dir", "the home folder is unknown: use --data-dir DIR"))
}

fn size(text: &str) -> Result<Size, String> {
    let expected = || "expected WIDTHxHEIGHT, such as 1080x1920".to_owned();
    let (width, height) = text.split_once('x').ok_or_else(expected)?;
    let side = |text: &str| text.parse::<u16>().ok().filter(|n| *n >= 320).map(f64::from);
    Ok(Size(
        side(width).ok_or_else(expected)?,
        side(height).ok_or_else(expected)?,
    ))
}
