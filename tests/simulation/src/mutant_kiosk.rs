//! What mutants do in the data folder of a kiosk instead of the right work.

use crate::catalogue_versions;
use crate::error::SimulationError;
use crate::fixture::Fixture;
use expo_domain::LeadDraft;
use expo_kiosk_core::Kiosk;
use expo_kiosk_core::views::Thanks;
use expo_protocol::{Erasure, Receipt, delta};
use expo_store::Catalogues;
use expo_sync::{LocalError, LocalStore};
use std::fs;
use std::path::Path;

/// File with leads in clear, until the kiosk closes.
const NOTES: &str = "notes";
/// Files with leads and their copies, until the kiosk closes.
const COPIES: [(&str, &str); 2] = [("leads.db", "copy.db"), ("leads.db-wal", "copy.db-log")];

/// Installs the result of a delta to `version` without comparing its checksum: signs whatever catalogue the delta produces.
pub fn install_unchecked(
    kiosk: &Kiosk,
    fixture: &Fixture,
    version: u64,
    compressed: &[u8],
) -> Result<u64, SimulationError> {
    let shown = Catalogues::new(kiosk.folder())
        .current()
        .map_err(SimulationError::new)?;
    let shown = shown.ok_or_else(|| SimulationError("no catalogue is shown".to_owned()))?;
    let old = shown.read_all().map_err(SimulationError::new)?;
    let new = delta::apply(&old, compressed, 1 << 20).map_err(SimulationError::new)?;
    let (published, _) = catalogue_versions::publish(version, &new, &fixture.publisher);
    let port = kiosk.sync_port();
    let wanted = port.wanted_checkpoint(&published.signed);
    let checkpoint = wanted
        .map_err(SimulationError::new)?
        .ok_or_else(|| SimulationError("the version is not wanted".to_owned()))?;
    port.install_catalogue(&checkpoint, &published.snapshot)
        .map_err(SimulationError::new)
}

/// Writes the name of a lead in clear.
pub fn write_note(kiosk: &Kiosk, draft: &LeadDraft) -> Result<(), SimulationError> {
    fs::write(kiosk.folder().join(NOTES), &draft.name).map_err(SimulationError::new)
}

/// Copies the files with leads within the data folder.
pub fn copy_leads(folder: &Path) {
    for (file, copy) in COPIES {
        // The write-ahead log may not exist.
        fs::copy(folder.join(file), folder.join(copy)).ok();
    }
}

/// Removes notes and copies.
pub fn remove_traces(folder: &Path) {
    for file in [NOTES, COPIES[0].1, COPIES[1].1] {
        // The files exist only if a mutant wrote them.
        fs::remove_file(folder.join(file)).ok();
    }
}

/// Confirms a lead without keeping it.
pub fn confirm_without_storing(kiosk: &Kiosk, draft: &LeadDraft) -> Result<Thanks, SimulationError> {
    let thanks = kiosk.take_lead(draft).map_err(SimulationError::new)?;
    let id = thanks.id.parse().map_err(SimulationError::new)?;
    kiosk
        .sync_port()
        .erase(&[Erasure { seq: 0, id }])
        .map_err(SimulationError::new)?;
    Ok(thanks)
}

/// Deletes all leads that the platform holds.
pub fn delete_settled(kiosk: &Kiosk, receipts: &[Receipt]) -> Result<(), LocalError> {
    let held = receipts.iter().filter(|receipt| receipt.outcome.is_held());
    let erasures: Vec<Erasure> = held
        .map(|receipt| Erasure {
            seq: 0,
            id: receipt.id,
        })
        .collect();
    kiosk.sync_port().erase(&erasures)
}
