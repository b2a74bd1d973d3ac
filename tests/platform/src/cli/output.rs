//! Output of a command: text for people, or JSON for programs.

use serde_json::Value;
use std::error::Error;
use std::io::{self, Write};

/// Error of a command: its text is one sentence with a remedy.
pub type CommandError = Box<dyn Error + Send + Sync>;

/// Prints the result of a command to stdout.
#[derive(Clone, Copy)]
pub struct Output {
    /// Whether to print JSON.
    pub as_json: bool,
}

impl Output {
    /// Prints `value` as JSON, or else `text`.
    pub fn print(self, value: &Value, text: &str) -> Result<(), CommandError> {
        let mut out = io::stdout().lock();
        if self.as_json {
            writeln!(out, "{value}")?;
        } else if !text.is_empty() {
            writeln!(out, "{text}")?;
        }
        Ok(())
    }
}
