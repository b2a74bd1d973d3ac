//! The catalogue of the demonstration: a bundle next to the program, built from `assets/demo/source` if it is missing or
//! older than its source.

use super::output::{Failure, Output};
use expo_kiosk_core::Demonstration;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// File name of the bundle.
const BUNDLE_NAME: &str = "demo-catalogue.bundle";

/// Path of the bundle. Builds it if needed.
pub fn bundle(output: Output) -> Result<PathBuf, Failure> {
    let program = std::env::current_exe().map_err(|e| Failure::new("internal", e.to_string()))?;
    let folder = program.parent().unwrap_or(Path::new("."));
    let bundle = folder.join(BUNDLE_NAME);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/source");
    match (modified(&bundle), newest(&source)) {
        (Some(built), Some(changed)) if built >= changed => return Ok(bundle),
        (Some(_), None) => return Ok(bundle),
        (None, None) => {
            let message = format!(
                "the catalogue of the demonstration is missing: put {BUNDLE_NAME} next to the program, or set up with --event"
            );
            return Err(Failure::new("setup", message));
        }
        _ => {}
    }
    output.progress("Building the demonstration catalogue (once) …");
    Demonstration::build(&source, &bundle, &folder.join("picture-cache"))?;
    Ok(bundle)
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|m| m.modified()).ok()
}

/// Modification time of the newest file in a folder and its subfolders.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    entries
        .filter_map(|e| {
            if e.path().is_dir() {
                newest(&e.path())
            } else {
                modified(&e.path())
            }
        })
        .max()
}
