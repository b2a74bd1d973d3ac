//! `expo-platform`: the command line of the reference platform.

use std::process::ExitCode;

fn main() -> ExitCode {
    expo_platform::cli::main()
}
