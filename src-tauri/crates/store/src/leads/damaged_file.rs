//! Damaged files that were replaced and kept in the data folder, until an operator moves them away. Must not know: how files
//! are replaced.

use super::Leads;
use super::copy::DAMAGED_FILES;
use crate::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// Names of damaged files begin with this; the time of their last change follows.
const DAMAGED_PREFIX: &str = "leads.damaged-";

/// A damaged file in the data folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DamagedFile {
    /// File name.
    pub name: String,
    /// Number of leads that the new file got from it.
    pub restored: u32,
    /// Identifiers of leads that the file names but that could not be read.
    pub unreadable: Vec<String>,
}

impl Leads {
    /// The damaged files in the data folder, oldest first.
    pub fn damaged_files(&self) -> Result<Vec<DamagedFile>, StoreError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let names = damaged_names(folder).map_err(|e| StoreError::io("looking for damaged files", &e))?;
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let known: Vec<DamagedFile> = self.setting(DAMAGED_FILES)?.unwrap_or_default();
        let mut files = Vec::new();
        for name in names {
            let known = known.iter().find(|file| file.name == name);
            let mut file = known.cloned().unwrap_or_else(|| DamagedFile {
                name,
                restored: 0,
                unreadable: Vec::new(),
            });
            file.unreadable = self.missing(&file.unreadable)?;
            files.push(file);
        }
        Ok(files)
    }

    /// Those of these identifiers that are missing in the database.
    fn missing(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        self.read("looking for leads", |db| {
            let mut is_held = db.prepare_cached("SELECT 1 FROM lead WHERE id = ?1")?;
            let mut missing = Vec::new();
            for id in ids {
                if !is_held.exists([id])? {
                    missing.push(id.clone());
                }
            }
            Ok(missing)
        })
    }
}

/// Names of damaged database files in a data folder, oldest first.
fn damaged_names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_database = Path::new(&name).extension().is_some_and(|ext| ext == "db");
        if name.starts_with(DAMAGED_PREFIX) && is_database {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A free name with the time of the last change. If a crash interrupted the renaming, the log has its new name already.
pub(super) fn damaged_path(path: &Path) -> PathBuf {
    let changed = fs::metadata(path).and_then(|metadata| metadata.modified());
    let changed = changed.ok().and_then(|time| Timestamp::try_from(time).ok());
    let time = changed
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let named = |end: &str| path.with_file_name(format!("{DAMAGED_PREFIX}{time}{end}.db"));
    let numbered = (2..).map(|number| named(&format!("-{number}")));
    let mut candidates = std::iter::once(named("")).chain(numbered);
    candidates
        .find(|name| !name.exists())
        .unwrap_or_else(|| named(""))
}
