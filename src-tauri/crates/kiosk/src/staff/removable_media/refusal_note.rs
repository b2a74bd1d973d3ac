//! The note next to a refused bundle, in all languages with texts, for any text editor. Must not know: why a bundle is
//! refused, apart from the code.

use crate::atomic_file::write_atomic;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use texts::RefusalReasons;

/// Appended to the name of the bundle.
const NOTE_EXTENSION: &str = "refused.txt";

/// Writes the note for a bundle.
pub(super) fn write(bundle: &Path, code: &str, at: &str) -> io::Result<()> {
    let note = note_path(bundle);
    let name = bundle.file_name().unwrap_or_default().to_string_lossy();
    let text = text(&name, code, at);
    write_atomic(&note, &note.with_extension("part"), |file| {
        file.write_all(text.as_bytes())
    })
}

/// Removes the note of a bundle.
pub(super) fn remove(bundle: &Path) -> io::Result<()> {
    std::fs::remove_file(note_path(bundle))
}

fn note_path(bundle: &Path) -> PathBuf {
    let mut name = bundle.as_os_str().to_owned();
    name.push(".");
    name.push(NOTE_EXTENSION);
    name.into()
}

/// The text of the note, with a byte order mark and CRLF for Windows programs.
fn text(file: &str, code: &str, at: &str) -> String {
    let mut lines = vec![
        format!("\u{feff}{file}"),
        format!("{at}  ·  {code}"),
        String::new(),
    ];
    for texts in texts::all().map(|language| &language.usb) {
        lines.extend([
            texts.catalogue_refused.to_owned(),
            reason(code, &texts.reasons).to_owned(),
            String::new(),
        ]);
    }
    lines.join("\r\n")
}

fn reason(code: &str, reasons: &RefusalReasons) -> &'static str {
    match code {
        "not_a_bundle" => reasons.not_a_bundle,
        "wrong_key" => reasons.wrong_key,
        "newer_format" => reasons.newer_format,
        "older_version" => reasons.older_version,
        "storage_full" => reasons.storage_full,
        "wrong_signature" | "damaged" | "missing_picture" | "unreadable" => reasons.damaged,
        _ => reasons.other,
    }
}
