//! The kiosk's side as the driver sees it: the real one over a disk that fails, and a look at what each call promises.
//! Must not know networks.

use crate::Trouble;
use crate::disk::Disk;
use crate::fixture::Fixture;
use crate::headquarters::Headquarters;
use crate::ledger::Ledger;
use crate::mutant::{self, Mutant, install_unchecked};
use kiosk::Kiosk;
use protocol::{Checkpoint, Erasure, Heartbeat, HeartbeatReply, Receipt, SignedCheckpoint, snapshot};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use store::Catalogues;
use sync::{Facts, Local, LocalError, Place, Remembered, Waiting};
use uuid::Uuid;

/// A kiosk over its disk.
pub struct Stored {
    /// The kiosk.
    pub kiosk: Arc<Kiosk>,
    /// Its disk.
    pub disk: Arc<Disk>,
    /// Where what was settled must lie.
    pub headquarters: Arc<Headquarters>,
    /// What everything began with.
    pub fixture: Arc<Fixture>,
    /// What the kiosk was told is noted there.
    pub ledger: Arc<Ledger>,
    /// The rule that this kiosk breaks.
    pub mutant: Option<Mutant>,
}

impl Stored {
    /// A receipt lets the kiosk forget a lead: from now on the platform has to have it.
    fn check_settled(&self, receipts: &[Receipt]) {
        for receipt in receipts.iter().filter(|receipt| receipt.outcome.is_held()) {
            let held = (receipt.id, receipt.revision, receipt.sha256.clone());
            if !self.headquarters.holds(&held) {
                let what = "a lead was settled that the platform does not hold on its disk";
                self.disk.chronicle.broken(what);
            }
        }
        self.disk.chronicle.count("leads settled", receipts.len() as u64);
    }
}

impl Stored {
    /// A catalogue that is shown is the one that was signed under its version, to the row.
    fn check_shown(&self, version: u64) {
        let content = shown_sha256(self.kiosk.folder());
        let signed = self
            .fixture
            .editions
            .of(version)
            .map(|edition| edition.content_sha256.as_str());
        if content.as_deref().ok() != signed {
            let what = format!("other rows are shown than those signed as version {version}");
            self.disk.chronicle.broken(what);
        }
    }
}

/// Checksum of the rows that a kiosk shows, read from its disk and computed anew.
pub fn shown_sha256(folder: &Path) -> Result<String, Trouble> {
    let shown = Catalogues::new(folder).current().map_err(Trouble::of)?;
    let shown = shown.ok_or_else(|| Trouble("no catalogue is shown".to_owned()))?;
    let text = snapshot::write(&shown.read_all().map_err(Trouble::of)?).map_err(Trouble::of)?;
    Ok(snapshot::content_sha256(&text))
}

impl Local for Stored {
    fn facts(&self) -> Result<Facts, LocalError> {
        self.disk.call("facts", || self.kiosk.facts())
    }

    fn waiting(&self, after: Place, limit: usize) -> Result<Vec<Waiting>, LocalError> {
        self.disk.call("waiting", || self.kiosk.waiting(after, limit))
    }

    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError> {
        self.disk.call("record receipts", || {
            self.kiosk.record_receipts(receipts)?;
            self.ledger.settles(receipts);
            self.check_settled(receipts);
            if self.mutant == Some(Mutant::DeletesOnReceipt) {
                return mutant::delete(&self.kiosk, receipts);
            }
            Ok(())
        })
    }

    fn set_aside(&self, id: Uuid, revision: u32, reason: &str) -> Result<(), LocalError> {
        self.disk.call("set aside", || {
            self.disk.chronicle.count("leads set aside", 1);
            self.kiosk.set_aside(id, revision, reason)
        })
    }

    fn wants(&self, offered: &SignedCheckpoint) -> Result<Option<Checkpoint>, LocalError> {
        self.disk.call("wants", || self.kiosk.wants(offered))
    }

    fn install_catalogue(&self, signed: &SignedCheckpoint, snapshot: &[u8]) -> Result<u64, LocalError> {
        self.disk.call("install catalogue", || {
            let version = self.kiosk.install_catalogue(signed, snapshot)?;
            self.check_shown(version);
            self.disk.chronicle.count("catalogues by snapshot", 1);
            Ok(version)
        })
    }

    fn install_delta(&self, signed: &SignedCheckpoint, from: u64, delta: &[u8]) -> Result<u64, LocalError> {
        self.disk.call("install delta", || {
            if self.mutant == Some(Mutant::IgnoresChecksum)
                && let Ok(version) = install_unchecked(&self.kiosk, &self.fixture, signed, delta)
            {
                self.check_shown(version);
                return Ok(version);
            }
            let installed = self.kiosk.install_delta(signed, from, delta);
            match &installed {
                Ok(version) => {
                    self.check_shown(*version);
                    self.disk.chronicle.count("catalogues by delta", 1);
                }
                Err(_) => self.disk.chronicle.count("deltas refused", 1),
            }
            installed
        })
    }

    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError> {
        self.disk
            .call("missing pictures", || self.kiosk.missing_pictures(skip, limit))
    }

    fn picture_part(&self, sha256: &str) -> Result<u64, LocalError> {
        self.disk.call("picture part", || {
            let length = self.kiosk.picture_part(sha256)?;
            self.disk
                .chronicle
                .count("pictures continued", u64::from(length > 0));
            Ok(length)
        })
    }

    fn keep_part(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError> {
        self.disk
            .call("keep part", || self.kiosk.keep_part(sha256, at, bytes))
    }

    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError> {
        self.disk.call("finish picture", || {
            self.kiosk.finish_picture(sha256)?;
            self.disk.chronicle.count("pictures kept", 1);
            Ok(())
        })
    }

    fn recall(&self) -> Result<Remembered, LocalError> {
        self.kiosk.recall()
    }

    fn remember(&self, remembered: &Remembered) -> Result<(), LocalError> {
        self.disk.call("remember", || self.kiosk.remember(remembered))
    }

    fn heartbeat(&self) -> Result<Heartbeat, LocalError> {
        self.disk.call("heartbeat", || Local::heartbeat(&*self.kiosk))
    }

    fn heard(&self, reply: &HeartbeatReply) -> Result<(), LocalError> {
        self.disk.call("heard", || self.kiosk.heard(reply))
    }

    fn heartbeat_refused(&self) -> Result<(), LocalError> {
        self.disk
            .call("heartbeat refused", || self.kiosk.heartbeat_refused())
    }

    fn erasures_settled(&self) -> Result<u64, LocalError> {
        self.disk
            .call("erasures settled", || self.kiosk.erasures_settled())
    }

    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError> {
        self.ledger.is_asked(erasures);
        self.disk.call("erase", || {
            if self.mutant == Some(Mutant::KeepsErased) {
                mutant::keep_copies(self.kiosk.folder());
            }
            if self.mutant == Some(Mutant::ErasesNothing) {
                return Ok(());
            }
            self.disk
                .chronicle
                .count("erasures carried out", erasures.len() as u64);
            self.kiosk.erase(erasures)
        })
    }

    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError> {
        self.disk
            .call("settle erasures", || self.kiosk.settle_erasures(up_to, newest))
    }

    fn take_configuration(&self, offered: Option<Value>) -> Result<(), LocalError> {
        self.disk
            .call("take configuration", || self.kiosk.take_configuration(offered))
    }
}
