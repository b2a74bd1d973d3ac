//! Text files in a folder of a source, such as guides and rules. Must not know what they contain.

use crate::fault::{Fault, Findings, message};
use std::fs;
use std::path::{Path, PathBuf};

/// Maximum size of a text file in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// The folder with this name in a source, in any case. Of several spellings, the one in lower case.
pub(super) fn folder(source: &Path, name: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(source).ok()?.flatten();
    let named = entries.filter(|entry| entry.file_name().eq_ignore_ascii_case(name));
    named.map(|entry| entry.path()).filter(|path| path.is_dir()).max()
}

/// The files of the folder with this name, each with its name and text, sorted by name. Hidden files are left out.
pub(super) fn read(source: &Path, folder_name: &str, faults: &mut Findings) -> Vec<(String, String)> {
    let Some(folder) = folder(source, folder_name) else {
        return Vec::new();
    };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) => {
            let expected = message(|t| t.files.readable.to_owned());
            faults.push(Fault::file(folder_name, &error.to_string(), expected));
            return Vec::new();
        }
    };
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with(['.', '~'])).collect();
    names.sort();
    let mut texts = Vec::new();
    for name in names {
        let (path, file) = (folder.join(&name), format!("{folder_name}/{name}"));
        let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if bytes > MAX_FILE_BYTES {
            let expected = message(|t| (t.files.max_bytes)(MAX_FILE_BYTES));
            faults.push(Fault::file(&file, &format!("{bytes} bytes"), expected));
            continue;
        }
        match fs::read_to_string(&path) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                texts.push((name, text));
            }
            Err(error) => {
                let expected = message(|t| t.content.guides.utf8.to_owned());
                faults.push(Fault::file(&file, &error.to_string(), expected));
            }
        }
    }
    texts
}
