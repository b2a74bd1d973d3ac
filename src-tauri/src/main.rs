//! The program `expo-kiosk`. Without a command it opens the kiosk.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    shell::run()
}
