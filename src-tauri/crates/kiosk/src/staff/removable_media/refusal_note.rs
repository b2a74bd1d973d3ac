//! The note next to a refused bundle, in all languages with texts, for any text editor. Must not know: why a bundle is
//! refused, apart from the code.

use crate::atomic_file::{Access, write_atomic};
use crate::views::ErrorCode;
use expo_texts::RefusalReasons;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Appended to the name of the bundle.
const NOTE_EXTENSION: &str = "refused.txt";

/// Writes the note for a bundle.
pub(super) fn write(bundle: &Path, code: ErrorCode, at: &str) -> io::Result<()> {
    let note = note_path(bundle);
    let name = bundle.file_name().unwrap_or_default().to_string_lossy();
    let text = text(&name, code, at);
    write_atomic(&note, &note.with_extension("part"), Access::Default, |file| {
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
fn text(file: &str, code: ErrorCode, at: &str) -> String {
    let mut lines = vec![
        format!("\u{feff}{file}"),
        format!("{at}  ·  {code}"),
        String::new(),
    ];
    for texts in expo_texts::for_staff().map(|language| &language.usb) {
        lines.extend([
            texts.catalogue_refused.to_owned(),
            reason(code, &texts.reasons).to_owned(),
            String::new(),
        ]);
    }
    lines.join("\r\n")
}

fn reason(code: ErrorCode, reasons: &RefusalReasons) -> &'static str {
    match code {
        ErrorCode::NotABundle => reasons.not_a_bundle,
        ErrorCode::WrongKey => reasons.wrong_key,
        ErrorCode::NewerFormat => reasons.newer_format,
        ErrorCode::OlderVersion => reasons.older_version,
        ErrorCode::FutureVersion => reasons.future_version,
        ErrorCode::StorageFull => reasons.storage_full,
        ErrorCode::WrongSignature
        | ErrorCode::Damaged
        | ErrorCode::MissingPicture
        | ErrorCode::Unreadable => reasons.damaged,
        _ => reasons.other,
    }
}
