//! Lines on standard error: findings of `serve`, and warnings of commands. They contain no personal data. Must not
//! know: who finds what.

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a line.
pub fn line(text: &dyn Display) {
    // Nobody may be reading; the finding is also in the store.
    writeln!(io::stderr(), "expo-platform: {text}").ok();
}
