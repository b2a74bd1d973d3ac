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
            writeln!(
                out,
                "{}",
                escaped(&value.to_string(), |code| format!("\\u{code:04x}"))
            )?;
        } else if !text.is_empty() {
            writeln!(out, "{text}")?;
        }
        Ok(())
    }
}

/// Text of a visitor or a kiosk, safe to print: characters that a terminal obeys instead of showing are escaped.
pub fn printable(text: &str) -> String {
    escaped(text, |code| format!("\\u{{{code:x}}}"))
}

/// Escapes characters that a terminal obeys: control characters, and those that change the direction of writing. JSON
/// escapes only the control characters of ASCII.
fn escaped(text: &str, escape: impl Fn(u32) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_direction = matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        );
        let is_line_end = matches!(c, '\u{2028}' | '\u{2029}');
        if c.is_control() || is_direction || is_line_end {
            out.push_str(&escape(u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_controls_are_escaped() {
        assert_eq!(printable("زائر Test-Éssai 🏠"), "زائر Test-Éssai 🏠");
        assert_eq!(
            printable("a\u{1b}[2J\n\t\u{9b}b"),
            "a\\u{1b}[2J\\u{a}\\u{9}\\u{9b}b"
        );
        assert_eq!(printable("\u{202e}txt"), "\\u{202e}txt");
        let value = serde_json::json!({"name": "a\u{9b}\u{7f}\u{202e}b\n"});
        let text = escaped(&value.to_string(), |code| format!("\\u{code:04x}"));
        assert!(text.is_ascii(), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
