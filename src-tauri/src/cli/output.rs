//! Output of the command line: results on stdout, error messages on stderr.

use expo_kiosk_core::KioskError;
use expo_kiosk_core::publishing::PublishingError;
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// Output format.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// Print JSON.
    pub json: bool,
}

/// A command that failed.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    message: String,
    /// The command already printed its JSON.
    json_is_printed: bool,
}

impl Failure {
    /// The failure of a command that printed its result before.
    pub fn after_result(message: impl Into<String>) -> Self {
        Self {
            code: "",
            message: message.into(),
            json_is_printed: true,
        }
    }

    /// A failure with a stable code and a message that contains the remedy.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            json_is_printed: false,
        }
    }
}

impl From<KioskError> for Failure {
    fn from(error: KioskError) -> Self {
        Self {
            code: error.code().code(),
            message: error.to_string(),
            json_is_printed: false,
        }
    }
}

impl From<PublishingError> for Failure {
    fn from(error: PublishingError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl Output {
    /// Prints a result: `value` as JSON, or the text.
    pub fn print<T: Serialize>(self, value: &T, text: impl FnOnce() -> String) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string(value).map_err(|e| Failure::new("internal", e.to_string()))?
        } else {
            text()
        };
        let mut out = std::io::stdout().lock();
        match writeln!(out, "{}", text.trim_end()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(
                "output",
                format!(
                    "the command succeeded, but its result cannot be written: {error}. Check with 'expo-kiosk status' before you repeat it."
                ),
            )),
            // The reader closed the pipe, such as `head`.
            _ => Ok(()),
        }
    }

    /// Prints a line of progress; prints nothing with JSON output.
    pub fn progress(self, line: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// Prints a failure.
    pub fn fail(self, failure: &Failure) -> ExitCode {
        let _ = writeln!(std::io::stderr().lock(), "expo-kiosk: {}", failure.message);
        if self.json && !failure.json_is_printed {
            let error = serde_json::json!({ "error": { "code": failure.code, "message": failure.message } });
            let _ = writeln!(std::io::stdout().lock(), "{error}");
        }
        ExitCode::FAILURE
    }
}
