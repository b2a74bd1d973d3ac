//! A kiosk's storage in memory.

use super::{checkpoint_of, start_time};
use crate::error::LocalError;
use crate::persisted_state::PersistedState;
use crate::ports::{DiskSpace, Facts, LocalStore, QueuePosition, QueuedLead};
use crate::rejection::Rejection;
use expo_protocol::{
    Checkpoint, Envelope, Erasure, Heartbeat, HeartbeatReply, Receipt, SignedCheckpoint, sha256_hex,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};
use uuid::Uuid;

/// Everything that a kiosk stores.
#[derive(Default)]
pub struct FakeKioskState {
    pub queue: BTreeMap<i64, Envelope>,
    pub settled: Vec<Receipt>,
    pub rejected: Vec<Uuid>,
    pub catalogue: Option<u64>,
    /// The version that staff rolled back from.
    pub declined: Option<u64>,
    /// A version that cannot be installed.
    pub unusable: Option<u64>,
    /// A version that is installed from a USB stick during the download of a delta.
    pub usb_stick: Option<u64>,
    pub missing: Vec<String>,
    pub pictures: BTreeSet<String>,
    pub partial_downloads: BTreeMap<String, Vec<u8>>,
    pub disk_space: DiskSpace,
    /// Versions installed by delta.
    pub by_delta: Vec<u64>,
    pub erased: BTreeSet<Uuid>,
    /// Numbers of the newest announced and the last settled erasure.
    pub erasures: (u64, u64),
    pub configurations_announced: u64,
    pub configurations_tried: u64,
    pub heartbeats_refused: u32,
    pub saved_state: PersistedState,
    pub saves: usize,
    pub distrusts_signatures: bool,
}

impl FakeKioskState {
    /// Saved code of the refused catalogue.
    pub fn refused_code(&self) -> Option<String> {
        let refused = self.saved_state.catalogue_refused.as_ref();
        refused.map(|refused| refused.code.clone())
    }
}

#[derive(Default)]
pub struct FakeKiosk(Mutex<FakeKioskState>);

impl FakeKiosk {
    pub fn state(&self) -> MutexGuard<'_, FakeKioskState> {
        self.0.lock().unwrap()
    }

    pub fn add_lead(&self, number: u128) {
        self.state()
            .queue
            .insert(number as i64, crate::ports::tests::envelope(number));
    }
}

impl LocalStore for FakeKiosk {
    type Checkpoint = Box<Checkpoint>;

    fn facts(&self) -> Result<Facts, LocalError> {
        let state = self.state();
        Ok(Facts {
            waiting: state.queue.len() as u64,
            catalogue_version: state.catalogue,
            rolled_back_from: state.declined,
            missing_pictures: state.missing.len() as u64,
            disk_space: state.disk_space,
            erasures_due: state.erasures.0 > state.erasures.1,
            configuration_due: state.configurations_announced > state.configurations_tried,
            heartbeat_interval: None,
        })
    }

    fn waiting(&self, after: QueuePosition, limit: usize) -> Result<Vec<QueuedLead>, LocalError> {
        let state = self.state();
        let later = state.queue.iter().filter(|(place, _)| **place > after.0);
        let leads = later.map(|(place, envelope)| QueuedLead {
            position: QueuePosition(*place),
            envelope: envelope.clone(),
        });
        Ok(leads.take(limit).collect())
    }

    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError> {
        let mut state = self.state();
        for receipt in receipts {
            state.queue.retain(|_, envelope| envelope.header.id != receipt.id);
            state.settled.push(receipt.clone());
        }
        Ok(())
    }

    fn reject(&self, id: Uuid, _: u32, _: &Rejection) -> Result<(), LocalError> {
        let mut state = self.state();
        state.queue.retain(|_, envelope| envelope.header.id != id);
        state.rejected.push(id);
        Ok(())
    }

    fn wanted_checkpoint(&self, offered: &SignedCheckpoint) -> Result<Option<Box<Checkpoint>>, LocalError> {
        let checkpoint = Box::new(checkpoint_of(offered));
        Ok(self.is_still_wanted(&checkpoint)?.then_some(checkpoint))
    }

    fn is_still_wanted(&self, checkpoint: &Box<Checkpoint>) -> Result<bool, LocalError> {
        let state = self.state();
        if state.distrusts_signatures {
            let detail = "the signature is not valid".to_owned();
            return Err(LocalError::Refused {
                code: "wrong_signature",
                detail,
            });
        }
        Ok(Some(checkpoint.version) > state.catalogue && Some(checkpoint.version) != state.declined)
    }

    fn install_catalogue(&self, checkpoint: &Box<Checkpoint>, snapshot: &[u8]) -> Result<u64, LocalError> {
        assert_eq!(sha256_hex(snapshot), checkpoint.snapshot_sha256);
        if self.state().unusable == Some(checkpoint.version) {
            return Err(LocalError::Unusable {
                version: checkpoint.version,
                code: "damaged",
                detail: "its rows are not consistent".to_owned(),
            });
        }
        self.state().catalogue = Some(checkpoint.version);
        Ok(checkpoint.version)
    }

    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError> {
        Ok(self
            .state()
            .missing
            .iter()
            .skip(skip)
            .take(limit)
            .cloned()
            .collect())
    }

    fn install_delta(
        &self,
        checkpoint: &Box<Checkpoint>,
        from: u64,
        delta: &[u8],
    ) -> Result<u64, LocalError> {
        let version = checkpoint.version;
        let mut state = self.state();
        state.catalogue = state.usb_stick.take().or(state.catalogue);
        if delta != format!("delta {from} {version}").as_bytes() {
            let detail = "the checksum differs".to_owned();
            return Err(LocalError::Refused {
                code: "damaged",
                detail,
            });
        }
        state.by_delta.push(version);
        state.catalogue = Some(version);
        Ok(version)
    }

    fn partial_picture_length(&self, sha256: &str) -> Result<u64, LocalError> {
        Ok(self
            .state()
            .partial_downloads
            .get(sha256)
            .map_or(0, |part| part.len() as u64))
    }

    fn write_picture_chunk(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError> {
        let mut state = self.state();
        let part = state.partial_downloads.entry(sha256.to_owned()).or_default();
        part.truncate(at as usize);
        assert_eq!(part.len() as u64, at, "a hole in a picture");
        part.extend_from_slice(bytes);
        Ok(())
    }

    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError> {
        let mut state = self.state();
        // Like the real kiosk: there must be a partial download.
        let missing = || LocalError::Storage("no such partial download".to_owned());
        let bytes = state.partial_downloads.remove(sha256).ok_or_else(missing)?;
        if sha256_hex(&bytes) != sha256 {
            let detail = "its SHA-256 differs from its name".to_owned();
            return Err(LocalError::Refused {
                code: "damaged_picture",
                detail,
            });
        }
        state.missing.retain(|missing| missing != sha256);
        state.pictures.insert(sha256.to_owned());
        Ok(())
    }

    fn load_state(&self) -> Result<PersistedState, LocalError> {
        Ok(self.state().saved_state.clone())
    }

    fn save_state(&self, new: &PersistedState) -> Result<(), LocalError> {
        let mut state = self.state();
        state.saved_state = new.clone();
        state.saves += 1;
        Ok(())
    }

    fn heartbeat(&self) -> Result<Heartbeat, LocalError> {
        let state = self.state();
        Ok(Heartbeat {
            program: "test".to_owned(),
            catalogue_version: state.catalogue,
            config_version: 1,
            waiting: state.queue.len() as u64,
            oldest_waiting_seconds: None,
            disk_free_bytes: 0,
            kiosk_time: start_time(),
            boot_id: "test-boot".to_owned(),
            catalogue_refused: state.refused_code(),
            ..Heartbeat::default()
        })
    }

    fn on_heartbeat_reply(&self, reply: &HeartbeatReply) -> Result<(), LocalError> {
        let mut state = self.state();
        state.erasures.0 = reply.erasures;
        state.configurations_announced = reply.config_version;
        Ok(())
    }

    fn on_heartbeat_refused(&self) -> Result<(), LocalError> {
        self.state().heartbeats_refused += 1;
        Ok(())
    }

    fn last_settled_erasure(&self) -> Result<u64, LocalError> {
        Ok(self.state().erasures.1)
    }

    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError> {
        let mut state = self.state();
        state.erased.extend(erasures.iter().map(|erasure| erasure.id));
        let erased = state.erased.clone();
        state
            .queue
            .retain(|_, envelope| !erased.contains(&envelope.header.id));
        Ok(())
    }

    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError> {
        self.state().erasures = (newest, up_to);
        Ok(())
    }

    fn apply_configuration(&self, offered: Option<serde_json::Value>) -> Result<(), LocalError> {
        assert!(offered.is_none(), "the script has none");
        let mut state = self.state();
        state.configurations_tried = state.configurations_announced;
        Ok(())
    }
}
