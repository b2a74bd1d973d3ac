//! What a kiosk keeps, in memory.

use super::{checkpoint_of, origin};
use crate::error::LocalError;
use crate::ports::{Facts, Local, Place, Room, Waiting};
use crate::remembered::Remembered;
use protocol::{
    Checkpoint, Envelope, Erasure, Heartbeat, HeartbeatReply, Receipt, SignedCheckpoint, sha256_hex,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};
use uuid::Uuid;

/// Everything a kiosk keeps.
#[derive(Default)]
pub struct KioskState {
    pub queue: BTreeMap<i64, Envelope>,
    pub settled: Vec<Receipt>,
    pub aside: Vec<Uuid>,
    pub catalogue: Option<u64>,
    /// The version that staff went back from.
    pub declined: Option<u64>,
    /// A version that is refused once it is there.
    pub unusable: Option<u64>,
    /// A version that a stick brings while a change is on its way.
    pub stick: Option<u64>,
    pub missing: Vec<String>,
    pub pictures: BTreeSet<String>,
    pub parts: BTreeMap<String, Vec<u8>>,
    pub room: Room,
    /// Versions that came by a delta.
    pub by_delta: Vec<u64>,
    pub erased: BTreeSet<Uuid>,
    /// Erasures: told of, settled.
    pub erasures: (u64, u64),
    pub configurations_told: u64,
    pub configurations_tried: u64,
    pub heartbeats_refused: u32,
    pub remembered: Remembered,
    pub writes: usize,
    pub distrusts: bool,
}

impl KioskState {
    /// Why the published catalogue is not taken, as it is remembered.
    pub fn refused(&self) -> Option<String> {
        let refused = self.remembered.catalogue_refused.as_ref();
        refused.map(|refused| refused.code.clone())
    }
}

#[derive(Default)]
pub struct Kiosk(Mutex<KioskState>);

impl Kiosk {
    pub fn state(&self) -> MutexGuard<'_, KioskState> {
        self.0.lock().unwrap()
    }

    pub fn take_lead(&self, number: u128) {
        self.state()
            .queue
            .insert(number as i64, crate::ports::tests::envelope(number));
    }
}

impl Local for Kiosk {
    fn facts(&self) -> Result<Facts, LocalError> {
        let state = self.state();
        Ok(Facts {
            waiting: state.queue.len() as u64,
            catalogue_version: state.catalogue,
            declined_version: state.declined,
            missing_pictures: state.missing.len() as u64,
            room: state.room,
            erasures_due: state.erasures.0 > state.erasures.1,
            configuration_due: state.configurations_told > state.configurations_tried,
            heartbeat_every: None,
        })
    }

    fn waiting(&self, after: Place, limit: usize) -> Result<Vec<Waiting>, LocalError> {
        let state = self.state();
        let later = state.queue.iter().filter(|(place, _)| **place > after.0);
        let leads = later.map(|(place, envelope)| Waiting {
            place: Place(*place),
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

    fn set_aside(&self, id: Uuid, _: u32, _: &str) -> Result<(), LocalError> {
        let mut state = self.state();
        state.queue.retain(|_, envelope| envelope.header.id != id);
        state.aside.push(id);
        Ok(())
    }

    fn wants(&self, offered: &SignedCheckpoint) -> Result<Option<Checkpoint>, LocalError> {
        let state = self.state();
        if state.distrusts {
            let detail = "the signature does not hold".to_owned();
            return Err(LocalError::Refused {
                code: "wrong_signature",
                detail,
            });
        }
        let checkpoint = checkpoint_of(offered);
        let is_news =
            Some(checkpoint.version) > state.catalogue && Some(checkpoint.version) != state.declined;
        Ok(Some(checkpoint).filter(|_| is_news))
    }

    fn install_catalogue(&self, signed: &SignedCheckpoint, snapshot: &[u8]) -> Result<u64, LocalError> {
        let checkpoint = checkpoint_of(signed);
        assert_eq!(sha256_hex(snapshot), checkpoint.snapshot_sha256);
        if self.state().unusable == Some(checkpoint.version) {
            return Err(LocalError::Unusable {
                version: checkpoint.version,
                code: "damaged",
                detail: "its rows do not hold together".to_owned(),
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

    fn install_delta(&self, signed: &SignedCheckpoint, from: u64, delta: &[u8]) -> Result<u64, LocalError> {
        let version = checkpoint_of(signed).version;
        let mut state = self.state();
        state.catalogue = state.stick.take().or(state.catalogue);
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

    fn picture_part(&self, sha256: &str) -> Result<u64, LocalError> {
        Ok(self.state().parts.get(sha256).map_or(0, |part| part.len() as u64))
    }

    fn keep_part(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError> {
        let mut state = self.state();
        let part = state.parts.entry(sha256.to_owned()).or_default();
        part.truncate(at as usize);
        assert_eq!(part.len() as u64, at, "a hole in a picture");
        part.extend_from_slice(bytes);
        Ok(())
    }

    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError> {
        let mut state = self.state();
        // As the real one: a part that is not there cannot be taken.
        let missing = || LocalError::Storage("no such part".to_owned());
        let bytes = state.parts.remove(sha256).ok_or_else(missing)?;
        if sha256_hex(&bytes) != sha256 {
            let detail = "its SHA-256 is not its name".to_owned();
            return Err(LocalError::Refused {
                code: "damaged_picture",
                detail,
            });
        }
        state.missing.retain(|missing| missing != sha256);
        state.pictures.insert(sha256.to_owned());
        Ok(())
    }

    fn recall(&self) -> Result<Remembered, LocalError> {
        Ok(self.state().remembered.clone())
    }

    fn remember(&self, remembered: &Remembered) -> Result<(), LocalError> {
        let mut state = self.state();
        state.remembered = remembered.clone();
        state.writes += 1;
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
            kiosk_time: origin(),
            boot_id: "test-boot".to_owned(),
            catalogue_refused: state.refused(),
            ..Heartbeat::default()
        })
    }

    fn heard(&self, reply: &HeartbeatReply) -> Result<(), LocalError> {
        let mut state = self.state();
        state.erasures.0 = reply.erasures;
        state.configurations_told = reply.config_version;
        Ok(())
    }

    fn heartbeat_refused(&self) -> Result<(), LocalError> {
        self.state().heartbeats_refused += 1;
        Ok(())
    }

    fn erasures_settled(&self) -> Result<u64, LocalError> {
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

    fn take_configuration(&self, offered: Option<serde_json::Value>) -> Result<(), LocalError> {
        assert!(offered.is_none(), "the script has none");
        let mut state = self.state();
        state.configurations_tried = state.configurations_told;
        Ok(())
    }
}
