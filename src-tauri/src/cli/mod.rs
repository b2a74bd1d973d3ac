//! The command line: the same use-cases as the windows, without a display. Exit 0 done, 1 failed with a sentence
//! and a remedy on stderr, 2 wrong usage.

mod bundles;
mod catalogue;
mod demonstration;
mod leads;
mod output;
mod platform;
mod setup;

use crate::windows::{self, Size};
use clap::{Parser, Subcommand};
use kiosk::{Kiosk, LinuxMachine};
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
  expo-kiosk export --format xlsx --passphrase-file phrase.txt --out /media/stick";

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
    /// Open a window of this size instead of the whole screen.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    window: Option<Size>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// First set-up: stop, keys, PIN, passphrase.
    Provision(setup::Provision),
    /// Make this kiosk known to its platform with a one-time code.
    Enrol(platform::Enrol),
    /// How the kiosk is doing, in figures.
    Status,
    /// Look for faults; exits 1 when there is one, and names the remedy.
    Doctor,
    /// The catalogue on this kiosk.
    #[command(subcommand)]
    Catalogue(catalogue::Catalogue),
    /// Signed bundles for a stick, from the spreadsheets of headquarters.
    #[command(subcommand)]
    Bundle(bundles::Bundles),
    /// Leads.
    #[command(subcommand, visible_alias = "leads")]
    Lead(leads::LeadCommand),
    /// Exchange with the platform.
    Sync(platform::Sync),
    /// Write leads to files.
    Export(leads::Export),
    /// What staff and program did.
    Audit(leads::Audit),
}

/// Runs what was asked for.
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
    let kiosk = Arc::new(Kiosk::open(&folder, Arc::new(LinuxMachine::default()))?);
    match arguments.command {
        None => alone(&kiosk, &folder, || open_windows(&kiosk, arguments.window)),
        Some(Command::Provision(command)) => setup::provision(&kiosk, &command, output),
        Some(Command::Enrol(command)) => platform::enrol(&kiosk, &command, output),
        Some(Command::Status) => setup::status(&kiosk, output),
        Some(Command::Doctor) => setup::doctor(&kiosk, output),
        Some(Command::Catalogue(command)) => catalogue::run(&kiosk, command, output),
        Some(Command::Bundle(_)) => Ok(()),
        Some(Command::Lead(command)) => leads::lead(&kiosk, &command, output),
        Some(Command::Sync(platform::Sync { once: true })) => platform::sync_once(&kiosk, output),
        Some(Command::Sync(_)) => alone(&kiosk, &folder, || platform::keep_in_sync(&kiosk)),
        Some(Command::Export(command)) => leads::export(&kiosk, &command, output),
        Some(Command::Audit(command)) => leads::audit(&kiosk, &command, output),
    }
}

/// Does what one program a data folder may do at a time, with a log; a second one is refused.
fn alone(
    kiosk: &Arc<Kiosk>,
    folder: &Path,
    work: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    kiosk.stop()?;
    let lock = File::create(folder.join("kiosk.lock"))
        .map_err(|e| Failure::new("lock", format!("cannot lock the data folder: {e}")))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let sentence =
                "the kiosk is already open on this data folder: close it first, or use another --data-dir";
            return Err(Failure::new("already_open", sentence));
        }
        Err(TryLockError::Error(e)) => {
            return Err(Failure::new("lock", format!("cannot lock the data folder: {e}")));
        }
    }
    let _log = crate::trace::start(kiosk);
    work()
}

fn open_windows(kiosk: &Arc<Kiosk>, size: Option<Size>) -> Result<(), Failure> {
    windows::open(Arc::clone(kiosk), size).map_err(|e| {
        Failure::new(
            "window",
            format!("the window cannot be opened: {e}; is there a display?"),
        )
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
        .ok_or_else(|| Failure::new("data_dir", "no home folder is known: give --data-dir DIR"))
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
