//! `expo-platform`: the reference platform's command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    platform::cli::main()
}
