//! Builds the files of an export in memory: their size is then known before anything is written. Also names them for every
//! file system. Must not know: where they are written.

use super::export_writer::ExportFile;
use crate::error::KioskError;
use crate::views::ExportFormat;
use expo_domain::lead::LeadRecord;
use expo_export::{ExportError, ExportLocale, ExportStats};
use expo_vault::SecretString;
use std::path::Path;
use zeroize::Zeroizing;

/// Maximum length of the name of a stop or kiosk in a file name.
const MAX_PART_CHARS: usize = 40;
/// Maximum number of exports with the same name in a folder.
const MAX_SAME_NAMES: u32 = 1_000;

/// The file of a format, and its size and hash.
pub(super) fn build(
    format: ExportFormat,
    name: String,
    records: &[LeadRecord],
    locale: &ExportLocale,
    phrase: &SecretString,
) -> Result<(ExportFile, ExportStats), KioskError> {
    // The content is readable, except in an encrypted file.
    let mut bytes = Zeroizing::new(Vec::new());
    let output = &mut *bytes;
    let stats = match format {
        ExportFormat::Xlsx => expo_export::write_xlsx(records, locale, output),
        ExportFormat::Csv => expo_export::write_csv(records, locale, output),
        ExportFormat::Age => expo_export::write_age(records, locale, phrase, output),
    };
    let stats = stats.map_err(|error| match error {
        ExportError::TooMany => KioskError::Setup {
            place: "format".to_owned(),
            problem: error.to_string(),
        },
        error => KioskError::internal(error),
    })?;
    Ok((ExportFile { name, bytes }, stats))
}

/// The part of a file name before its extension: `leads-paris-2026-K01-2026-02-13-191200`. No file in the folder starts
/// with it; `in_use` says whether one does.
pub(super) fn stem(parts: [&str; 4], in_use: impl Fn(&str) -> bool) -> String {
    let parts = parts.map(portable);
    let stem = format!("leads-{}", parts.join("-"));
    let numbered = (2..MAX_SAME_NAMES).map(|number| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    names.find(|name| !in_use(name)).unwrap_or(stem)
}

/// Whether a file in the folder starts with this name, on a file system that ignores case.
pub(super) fn is_in_use(folder: &Path, stem: &str) -> bool {
    let start = format!("{}.", stem.to_lowercase());
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().to_lowercase())
        .any(|name| name.starts_with(&start))
}

/// The text with characters that every file system takes, FAT included.
fn portable(part: &str) -> String {
    let portable = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    part.chars().take(MAX_PART_CHARS).map(portable).collect()
}

pub(super) const fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::Csv => "csv",
        ExportFormat::Age => "csv.age",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_only_characters_that_fat_takes() {
        let name = stem(["a:b/c\\d?é*", "K<01>", "2026-02-13", "19\"12|00"], |_| false);
        assert_eq!(name, "leads-a-b-c-d----K-01--2026-02-13-19-12-00");
        let long = stem([&"x".repeat(300), "K01", "all", "191200"], |_| false);
        assert!(long.len() < 80, "{long}");
    }

    #[test]
    fn names_that_differ_only_in_case_are_in_use() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("LEADS-A-K01-ALL-191200.CSV"), "").unwrap();
        let in_use = |stem: &str| is_in_use(folder.path(), stem);
        assert_eq!(
            stem(["a", "K01", "all", "191200"], in_use),
            "leads-a-K01-all-191200-2"
        );
    }
}
