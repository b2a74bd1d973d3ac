//! Where the demonstration's catalogue comes from: a bundle beside the program, built from `assets/demo/source` when
//! it is missing or older than its source.

use super::output::{Failure, Output};
use kiosk::Demonstration;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Name of the bundle beside the program.
const BUNDLE: &str = "demo-catalogue.bundle";

/// The bundle, built first if needed.
pub fn bundle(output: Output) -> Result<PathBuf, Failure> {
    let program = std::env::current_exe().map_err(|e| Failure::new("internal", e.to_string()))?;
    let beside = program.parent().unwrap_or(Path::new("."));
    let bundle = beside.join(BUNDLE);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/source");
    match (modified(&bundle), newest(&source)) {
        (Some(built), Some(changed)) if built >= changed => return Ok(bundle),
        (Some(_), None) => return Ok(bundle),
        (None, None) => {
            let sentence = format!(
                "the demonstration's catalogue is not here: put {BUNDLE} beside the program, or set up with --event"
            );
            return Err(Failure::new("setup", sentence));
        }
        _ => {}
    }
    output.progress("Building the demonstration catalogue (once) …");
    Demonstration::build(&source, &bundle, &beside.join("picture-cache"))?;
    Ok(bundle)
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|m| m.modified()).ok()
}

/// When the newest file below a folder was changed.
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
