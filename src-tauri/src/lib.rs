//! The shell: two windows, their commands, pictures for them, the sync beside them, and the command line. Owns
//! everything Tauri. Must not know rules: each command unpacks, calls one use-case and maps the error.

mod cli;
mod commands;
mod media;
mod rounds;
mod trace;
mod windows;

use clap::Parser;
use std::process::ExitCode;

/// Runs the command given, or the kiosk when there is none. Exit 0 done, 1 failed, 2 wrong usage.
pub fn run() -> ExitCode {
    let arguments = cli::Arguments::parse();
    cli::run(arguments)
}
