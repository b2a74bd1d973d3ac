//! Removable media that are plugged in, and the bundles on them. Must not know: what is done with a bundle.

use crate::machine::Machine;
use crate::views::UsbBundle;
use expo_bundle::Refusal;
use std::fs;
use std::path::Path;

/// Extension of a bundle.
const BUNDLE_EXTENSION: &str = "bundle";
/// Maximum number of bundles listed per medium.
const MAX_BUNDLES: usize = 20;

/// Bundles on all media, newest first per medium.
pub(super) fn bundles(machine: &dyn Machine) -> Vec<UsbBundle> {
    let media = machine.removable().into_iter();
    media
        .flat_map(|(folder, label)| bundles_in(&folder, &label))
        .collect()
}

/// Whether a file is on a removable medium.
pub(super) fn is_on_medium(machine: &dyn Machine, file: &Path) -> bool {
    // The real folder, because a link may lead away from the medium.
    let Some(folder) = file.parent().and_then(|folder| folder.canonicalize().ok()) else {
        return false;
    };
    let media = machine.removable().into_iter();
    media
        .filter_map(|(medium, _)| medium.canonicalize().ok())
        .any(|medium| folder.starts_with(medium))
}

/// Refuses links on removable media, because a link could lead to any file of this machine.
pub(super) fn refuse_links(machine: &dyn Machine, bundle: &Path) -> Result<(), Refusal> {
    if !is_on_medium(machine, bundle) {
        return Ok(());
    }
    let problem = "it is a link; links on removable media are not followed".to_owned();
    let signature = expo_bundle::signature_path(bundle);
    match (bundle.is_symlink(), signature.is_symlink()) {
        (true, _) => Err(Refusal::NotABundle { problem }),
        (_, true) => Err(Refusal::Damaged {
            entry: "the signature next to the bundle".to_owned(),
            problem,
        }),
        _ => Ok(()),
    }
}

fn bundles_in(folder: &Path, label: &str) -> Vec<UsbBundle> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut bundles: Vec<_> = entries
        .filter_map(|entry| {
            let path = entry.path();
            // The type of the entry itself, without following a link.
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let is_bundle = path
                .extension()
                .is_some_and(|extension| extension.eq_ignore_ascii_case(BUNDLE_EXTENSION));
            let metadata = entry.metadata().ok().filter(|_| is_file && is_bundle)?;
            let bundle = UsbBundle {
                path: path.to_string_lossy().into_owned(),
                stick: label.to_owned(),
                name: entry.file_name().to_string_lossy().into_owned(),
                bytes: metadata.len(),
            };
            Some((metadata.modified().ok(), bundle))
        })
        .collect();
    bundles.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    let newest = bundles.into_iter().take(MAX_BUNDLES);
    newest.map(|(_, bundle)| bundle).collect()
}
