//! The local store of the sync driver: the real kiosk over a disk that fails, with a check of what each call promises.
//! Must not know: networks.

use crate::disk::Disk;
use crate::error::SimulationError;
use crate::expected_leads::ExpectedLeads;
use crate::mutant::Mutant;
use crate::mutant_kiosk::{self, install_unchecked};
use crate::run_context::RunContext;
use expo_kiosk_core::{Kiosk, SyncPort};
use expo_protocol::{Erasure, Heartbeat, HeartbeatReply, Receipt, SignedCheckpoint, snapshot};
use expo_store::Catalogues;
use expo_sync::{Facts, LocalError, LocalStore, PersistedState, QueuePosition, QueuedLead, Rejection};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// A kiosk over its disk.
pub struct CheckedStore {
    /// The kiosk.
    pub kiosk: Arc<Kiosk>,
    /// Its disk.
    pub disk: Arc<Disk>,
    /// Receives the receipts and erasures that the kiosk records.
    pub expected_leads: Arc<ExpectedLeads>,
    /// What all kiosks of the run share.
    pub context: Arc<RunContext>,
}

impl CheckedStore {
    fn port(&self) -> &SyncPort {
        self.kiosk.sync_port()
    }

    fn has(&self, mutant: Mutant) -> bool {
        self.context.mutant == Some(mutant)
    }

    /// Checks that the platform holds every settled lead: the kiosk may delete it from now on.
    fn check_settled(&self, receipts: &[Receipt]) {
        for receipt in receipts.iter().filter(|receipt| receipt.outcome.is_held()) {
            let key = (receipt.id, receipt.revision, receipt.sha256.clone());
            if !self.context.platform.holds(&key) {
                let violation = "a lead is settled that the platform does not hold on its disk";
                self.disk.log.violated(violation);
            }
        }
        self.disk.log.count("leads settled", receipts.len() as u64);
    }

    /// Checks that the rows on the disk are exactly those of the signed version.
    fn check_shown(&self, version: u64) {
        let content = shown_sha256(self.kiosk.folder());
        let versions = &self.context.fixture.versions;
        let signed = versions
            .get(version)
            .map(|version| version.content_sha256.as_str());
        if content.as_deref().ok() != signed {
            self.disk.log.violated(format!(
                "the rows shown are not those signed as version {version}"
            ));
        }
    }
}

/// Checksum of the rows that a kiosk shows, computed from its disk.
pub fn shown_sha256(folder: &Path) -> Result<String, SimulationError> {
    let shown = Catalogues::new(folder).current().map_err(SimulationError::new)?;
    let shown = shown.ok_or_else(|| SimulationError("no catalogue is shown".to_owned()))?;
    let rows = shown.read_all().map_err(SimulationError::new)?;
    let text = snapshot::write(&rows).map_err(SimulationError::new)?;
    Ok(snapshot::content_sha256(&text))
}

impl LocalStore for CheckedStore {
    type Checkpoint = <SyncPort as LocalStore>::Checkpoint;

    fn facts(&self) -> Result<Facts, LocalError> {
        self.disk.call("facts", || self.port().facts())
    }

    fn waiting(&self, after: QueuePosition, limit: usize) -> Result<Vec<QueuedLead>, LocalError> {
        self.disk.call("waiting", || self.port().waiting(after, limit))
    }

    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError> {
        self.disk.call("record receipts", || {
            self.port().record_receipts(receipts)?;
            self.expected_leads.on_receipts(receipts);
            self.check_settled(receipts);
            if self.has(Mutant::DeletesOnReceipt) {
                return mutant_kiosk::delete_settled(&self.kiosk, receipts);
            }
            Ok(())
        })
    }

    fn reject(&self, id: Uuid, revision: u32, rejection: &Rejection) -> Result<(), LocalError> {
        self.disk.call("reject", || {
            self.disk.log.count("leads rejected", 1);
            self.port().reject(id, revision, rejection)
        })
    }

    fn wanted_checkpoint(&self, offered: &SignedCheckpoint) -> Result<Option<Self::Checkpoint>, LocalError> {
        self.disk
            .call("wanted checkpoint", || self.port().wanted_checkpoint(offered))
    }

    fn is_still_wanted(&self, checkpoint: &Self::Checkpoint) -> Result<bool, LocalError> {
        self.disk
            .call("wanted checkpoint", || self.port().is_still_wanted(checkpoint))
    }

    fn install_catalogue(&self, checkpoint: &Self::Checkpoint, snapshot: &[u8]) -> Result<u64, LocalError> {
        self.disk.call("install catalogue", || {
            let version = self.port().install_catalogue(checkpoint, snapshot)?;
            self.check_shown(version);
            self.disk.log.count("catalogues installed by snapshot", 1);
            Ok(version)
        })
    }

    fn install_delta(
        &self,
        checkpoint: &Self::Checkpoint,
        from: u64,
        delta: &[u8],
    ) -> Result<u64, LocalError> {
        self.disk.call("install delta", || {
            if self.has(Mutant::IgnoresChecksum)
                && let Ok(version) =
                    install_unchecked(&self.kiosk, &self.context.fixture, checkpoint.version, delta)
            {
                self.check_shown(version);
                return Ok(version);
            }
            let installed = self.port().install_delta(checkpoint, from, delta);
            match &installed {
                Ok(version) => {
                    self.check_shown(*version);
                    self.disk.log.count("catalogues installed by delta", 1);
                }
                Err(_) => self.disk.log.count("deltas refused", 1),
            }
            installed
        })
    }

    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError> {
        self.disk
            .call("missing pictures", || self.port().missing_pictures(skip, limit))
    }

    fn partial_picture_length(&self, sha256: &str) -> Result<u64, LocalError> {
        self.disk.call("partial picture length", || {
            let length = self.port().partial_picture_length(sha256)?;
            self.disk
                .log
                .count("picture downloads resumed", u64::from(length > 0));
            Ok(length)
        })
    }

    fn write_picture_chunk(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError> {
        self.disk.call("write picture chunk", || {
            self.port().write_picture_chunk(sha256, at, bytes)
        })
    }

    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError> {
        self.disk.call("finish picture", || {
            self.port().finish_picture(sha256)?;
            self.disk.log.count("pictures stored", 1);
            Ok(())
        })
    }

    fn load_state(&self) -> Result<PersistedState, LocalError> {
        self.port().load_state()
    }

    fn save_state(&self, state: &PersistedState) -> Result<(), LocalError> {
        self.disk.call("save state", || self.port().save_state(state))
    }

    fn heartbeat(&self) -> Result<Heartbeat, LocalError> {
        self.disk.call("heartbeat", || self.port().heartbeat())
    }

    fn on_heartbeat_reply(&self, reply: &HeartbeatReply) -> Result<(), LocalError> {
        self.disk
            .call("heartbeat reply", || self.port().on_heartbeat_reply(reply))
    }

    fn on_heartbeat_refused(&self) -> Result<(), LocalError> {
        self.disk
            .call("heartbeat refused", || self.port().on_heartbeat_refused())
    }

    fn last_settled_erasure(&self) -> Result<u64, LocalError> {
        self.disk
            .call("last settled erasure", || self.port().last_settled_erasure())
    }

    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError> {
        self.expected_leads.on_erasures(erasures);
        self.disk.call("erase", || {
            if self.has(Mutant::KeepsErasedCopies) {
                mutant_kiosk::copy_leads(self.kiosk.folder());
            }
            if self.has(Mutant::ErasesNothing) {
                return Ok(());
            }
            self.disk.log.count("erasures carried out", erasures.len() as u64);
            self.port().erase(erasures)
        })
    }

    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError> {
        self.disk
            .call("settle erasures", || self.port().settle_erasures(up_to, newest))
    }

    fn apply_configuration(&self, offered: Option<Value>) -> Result<(), LocalError> {
        self.disk
            .call("apply configuration", || self.port().apply_configuration(offered))
    }
}
