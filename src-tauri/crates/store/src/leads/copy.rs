//! A copy of what the kiosk cannot work without: settings such as the staff key, numbers of tickets, identifiers of erased
//! leads. It replaces them when `leads.db` is damaged. Like `leads.db` it holds the token for the platform, and only its
//! owner may read it. Must not know: what the settings mean.

use super::salvage::ErasedRow;
use crate::StoreError;
use expo_domain::hash::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use uuid::Uuid;

/// Name of the file in the data folder.
const FILE: &str = "leads.copy.json";
const TEMPORARY: &str = "leads.copy.new";
/// Name of the setting with what was found in damaged files. It is always copied.
pub(super) const DAMAGED_FILES: &str = "damaged_files";

/// The content of the copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Copy {
    /// JSON documents by name.
    pub settings: BTreeMap<String, String>,
    /// Tickets up to this number may have been given to visitors.
    pub tickets: Vec<TicketNumbers>,
    pub erased: BTreeMap<Uuid, ErasedRow>,
}

/// Numbers of a kiosk at a stop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct TicketNumbers {
    pub stop: String,
    pub kiosk: String,
    pub last: u32,
}

/// The file: the content as text, with its hash.
#[derive(Serialize, Deserialize)]
struct Sealed {
    sha256: String,
    content: String,
}

impl Copy {
    /// The copy in a data folder; `None` if there is none or if it is damaged.
    pub fn read(folder: &Path) -> Option<Self> {
        let sealed: Sealed = serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()?;
        if sha256_hex(sealed.content.as_bytes()) != sealed.sha256 {
            return None;
        }
        serde_json::from_str(&sealed.content).ok()
    }

    /// Replaces the copy in a data folder, completely or not at all, unless it is the same.
    pub fn write(&self, folder: &Path) -> Result<(), StoreError> {
        if Self::read(folder).as_ref() == Some(self) {
            return Ok(());
        }
        let invalid = |e: serde_json::Error| StoreError::Other {
            context: "copying the settings",
            problem: e.to_string(),
        };
        let content = serde_json::to_string(self).map_err(invalid)?;
        let sealed = Sealed {
            sha256: sha256_hex(content.as_bytes()),
            content,
        };
        let bytes = serde_json::to_vec(&sealed).map_err(invalid)?;
        write_file(folder, &bytes).map_err(|e| StoreError::io("copying the settings", &e))
    }

    /// Raises the last ticket number of a kiosk at a stop; never lowers it.
    pub fn raise_ticket(&mut self, stop: &str, kiosk: &str, last: u32) {
        let known = self
            .tickets
            .iter_mut()
            .find(|t| t.stop == stop && t.kiosk == kiosk);
        if let Some(known) = known {
            known.last = known.last.max(last);
        } else {
            self.tickets.push(TicketNumbers {
                stop: stop.to_owned(),
                kiosk: kiosk.to_owned(),
                last,
            });
            self.tickets.sort();
        }
    }
}

fn write_file(folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let temporary = folder.join(TEMPORARY);
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, folder.join(FILE))?;
    sync_folder(folder)
}

/// A renamed file survives a power cut only after its folder is synced.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = (folder, File::open);
    Ok(())
}
