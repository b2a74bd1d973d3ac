//! The shell: the two windows, their commands and pictures, the sync service and the command line. Owns everything that
//! uses Tauri. Must not know: business rules. Each command unpacks its arguments, calls one use case and maps the error.

mod app;
mod cli;
mod commands;
mod full_screen;
mod logging;
mod media_protocol;
mod notify;
mod pages;
mod renderer;
mod restart;
mod staff_session;
mod sync_service;
mod windows;

use clap::Parser;
use std::process::ExitCode;

/// Runs the given command, or opens the kiosk without one. Exit code 0: success, 1: failure, 2: wrong usage.
pub fn run() -> ExitCode {
    let arguments = cli::Arguments::parse();
    cli::run(arguments)
}
