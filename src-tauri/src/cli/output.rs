//! What the command line prints: results on stdout, a failure's sentence on stderr.

use kiosk::KioskError;
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// How results are printed.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// As JSON.
    pub json: bool,
}

/// A command that failed.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    sentence: String,
    /// Whether its JSON was printed already, as the result.
    told: bool,
}

impl Failure {
    /// Of a command whose printed result already says all.
    pub fn told(sentence: impl Into<String>) -> Self {
        Self {
            code: "",
            sentence: sentence.into(),
            told: true,
        }
    }

    /// With a stable code and a sentence that holds the remedy.
    pub fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            told: false,
        }
    }
}

impl From<KioskError> for Failure {
    fn from(error: KioskError) -> Self {
        Self {
            code: error.code(),
            sentence: error.to_string(),
            told: false,
        }
    }
}

impl Output {
    /// Prints a result: its JSON, or the lines for people.
    pub fn print<T: Serialize>(self, value: &T, people: impl FnOnce() -> String) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string(value).map_err(|e| Failure::new("internal", e.to_string()))?
        } else {
            people()
        };
        let mut out = std::io::stdout().lock();
        match writeln!(out, "{}", text.trim_end()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(
                "output",
                format!(
                    "it was done, but what came of it cannot be written: {error}. Ask with 'expo-kiosk status' before doing it again."
                ),
            )),
            // A reader that closed the pipe has read enough.
            _ => Ok(()),
        }
    }

    /// Prints a line of progress for people; nothing in JSON.
    pub fn progress(self, line: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// Prints a failure.
    pub fn fail(self, failure: &Failure) -> ExitCode {
        let _ = writeln!(std::io::stderr().lock(), "expo-kiosk: {}", failure.sentence);
        if self.json && !failure.told {
            let error = serde_json::json!({ "error": { "code": failure.code, "message": failure.sentence } });
            let _ = writeln!(std::io::stdout().lock(), "{error}");
        }
        ExitCode::FAILURE
    }
}
