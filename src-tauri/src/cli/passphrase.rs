//! Passphrases that commands read from files.

use super::output::Failure;
use std::path::Path;

/// Reads the passphrase from a file, without the trailing line break.
pub fn passphrase(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::new("setup", format!("{}: {e}", path.display())))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
