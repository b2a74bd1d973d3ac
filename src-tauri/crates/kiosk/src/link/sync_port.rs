//! The kiosk's side of the sync: what waits, what was acknowledged, what is missing. Rules of when and in which
//! order live in `sync`.

use crate::Kiosk;
use crate::settings::{ERASURES, SENT, SYNC};
use crate::views::{SyncReport, SyncState, SyncStatus};
use crate::{KioskError, catalogue, need};
use bundle::Refusal;
use protocol::{
    Checkpoint, Envelope, Erasure, Heartbeat, HeartbeatReply, Outcome, Receipt, SignedCheckpoint,
};
use serde::{Deserialize, Serialize};
use store::leads::{ErasedSetting, Settlement};
use store::{OutboxState, StoreError};
use sync::{Facts, Local, LocalError, Place, Remembered, State, Waiting};
use uuid::Uuid;

impl Local for Kiosk {
    fn facts(&self) -> Result<Facts, LocalError> {
        if let Some(basis) = self.served() {
            self.leads.demand(&basis).map_err(storage)?;
        }
        let waiting = self.leads.count_waiting().map_err(storage)?;
        // A catalogue that cannot be read must not hold leads back.
        let version = self.catalogues.current().ok().flatten();
        let missing = self.missing().map_or(0, |missing| missing.len());
        let configurations = self.configurations().map_err(|e| failed(&e))?;
        Ok(Facts {
            waiting: u64::from(waiting),
            catalogue_version: version.map(|v| v.installed().version),
            declined_version: self.rejected_version().map_err(|e| failed(&e))?,
            missing_pictures: missing as u64,
            room: self.room(),
            erasures_due: self.erasures()?.is_due(),
            configuration_due: configurations.is_due(),
            heartbeat_every: configurations.heartbeat_every(),
        })
    }

    fn waiting(&self, after: Place, limit: usize) -> Result<Vec<Waiting>, LocalError> {
        let found = self.leads.waiting(self.served().as_ref(), after.0, limit);
        let found = found.map_err(storage)?;
        Ok(found
            .into_iter()
            .map(|(seq, o)| Waiting {
                place: Place(seq),
                envelope: Envelope {
                    header: o.header,
                    sealed: o.sealed,
                    sha256: o.sha256,
                },
            })
            .collect())
    }

    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError> {
        let settlements: Vec<Settlement> = receipts.iter().filter_map(settlement).collect();
        let (basis, at) = (self.served(), self.now().to_string());
        self.leads
            .settle(basis.as_ref(), &settlements, &at, SENT)
            .map_err(storage)
    }

    fn set_aside(&self, id: Uuid, revision: u32, reason: &str) -> Result<(), LocalError> {
        self.leads
            .set_aside(self.served().as_ref(), id, revision, reason)
            .map_err(storage)?;
        self.audit("lead_set_aside", format!("id={id} reason={reason}"))
            .map_err(|e| failed(&e))
    }

    fn wants(&self, offered: &SignedCheckpoint) -> Result<Option<Checkpoint>, LocalError> {
        let publisher = self.publisher().map_err(|e| failed(&e))?;
        bundle::verify_checkpoint(offered, &publisher).map_err(refused)?;
        let shown = self.catalogues.current().map_err(storage)?;
        let shown = shown.map(|version| version.installed().version);
        let checkpoint = match bundle::open_checkpoint(offered, &publisher) {
            Ok(checkpoint) => checkpoint,
            Err(refusal) => {
                let version = version_in(offered);
                if version.is_some() && version <= shown {
                    return Ok(None);
                }
                return Err(unusable(version.unwrap_or_default(), &refusal));
            }
        };
        let rejected = self.rejected_version().map_err(|e| failed(&e))?;
        if Some(checkpoint.version) <= shown || Some(checkpoint.version) == rejected {
            return Ok(None);
        }
        // Where the file turned out damaged the very version may come again, but none before it.
        let last = self.last_shown().map_err(|e| failed(&e))?;
        if shown.is_none() && checkpoint.version < last {
            let older = Refusal::OlderVersion {
                offered: checkpoint.version,
                installed: last,
            };
            return Err(unusable(checkpoint.version, &older));
        }
        Ok(Some(checkpoint))
    }

    fn install_catalogue(&self, signed: &SignedCheckpoint, compressed: &[u8]) -> Result<u64, LocalError> {
        let publisher = self.publisher().map_err(|e| failed(&e))?;
        let checkpoint = bundle::open_checkpoint(signed, &publisher).map_err(refused)?;
        let opened = bundle::open_snapshot(signed, compressed, &publisher);
        let (_, content) = opened.map_err(|refusal| unusable(checkpoint.version, &refusal))?;
        self.take(
            signed,
            |checkpoint| self.install(&content, signed, checkpoint),
            "",
        )
    }

    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError> {
        let missing = self.missing().map_err(|e| failed(&e))?;
        Ok(missing.iter().skip(skip).take(limit).cloned().collect())
    }

    fn install_delta(&self, signed: &SignedCheckpoint, from: u64, delta: &[u8]) -> Result<u64, LocalError> {
        let follow = |checkpoint: &Checkpoint| self.follow(signed, checkpoint, from, delta);
        self.take(signed, follow, &format!(" from={from}"))
    }

    fn picture_part(&self, sha256: &str) -> Result<u64, LocalError> {
        Ok(self.parts.length(sha256))
    }

    fn keep_part(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError> {
        self.parts.keep(sha256, at, bytes).map_err(|e| file(&e))
    }

    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError> {
        let bytes = self.parts.take(sha256).map_err(|e| file(&e))?;
        let damaged = |detail: String| LocalError::Refused {
            code: "damaged_picture",
            detail,
        };
        media::inspect(&bytes).map_err(|e| damaged(e.to_string()))?;
        self.pictures.put(sha256, &bytes).map_err(|e| match e.kind() {
            std::io::ErrorKind::InvalidData => damaged(e.to_string()),
            _ => file(&e),
        })?;
        self.arrived(sha256);
        Ok(())
    }

    fn recall(&self) -> Result<Remembered, LocalError> {
        Ok(self.leads.setting(SYNC).map_err(storage)?.unwrap_or_default())
    }

    fn remember(&self, remembered: &Remembered) -> Result<(), LocalError> {
        self.note(&[(SYNC, remembered)]).map_err(|e| failed(&e))
    }

    fn heartbeat(&self) -> Result<Heartbeat, LocalError> {
        self.report().map_err(|e| failed(&e))
    }

    fn heard(&self, reply: &HeartbeatReply) -> Result<(), LocalError> {
        self.told_of_configuration(reply.config_version)
            .map_err(|e| failed(&e))?;
        let known = self.erasures()?;
        let told = reply.erasures;
        if known.told == told {
            return Ok(());
        }
        // It tells of what is not done yet. If that lies below what is settled, the platform counts anew, because it came
        // back from a backup: everything that it lists is asked for.
        let settled = if told > known.settled { known.settled } else { 0 };
        let known = Erasing { told, settled };
        self.note(&[(ERASURES, &known)]).map_err(|e| failed(&e))
    }

    fn heartbeat_refused(&self) -> Result<(), LocalError> {
        self.give_configuration_up().map_err(|e| failed(&e))
    }

    fn erasures_settled(&self) -> Result<u64, LocalError> {
        Ok(self.erasures()?.settled)
    }

    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError> {
        let ids: Vec<Uuid> = erasures.iter().map(|erasure| erasure.id).collect();
        self.leads.erase(&ids, &self.now().to_string()).map_err(storage)?;
        Ok(())
    }

    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError> {
        let known = Erasing {
            told: if newest > up_to { newest } else { 0 },
            settled: up_to,
        };
        self.note(&[(ERASURES, &known)]).map_err(|e| failed(&e))
    }

    fn take_configuration(&self, offered: Option<serde_json::Value>) -> Result<(), LocalError> {
        self.try_configuration(offered).map_err(|e| failed(&e))
    }
}

/// Erasures the platform asks for, by their places.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Erasing {
    /// The newest it told of that is still to be done, 0 when none is.
    told: u64,
    /// Up to where they are done and it knows.
    settled: u64,
}

impl Erasing {
    const fn is_due(self) -> bool {
        self.told > 0
    }
}

impl Kiosk {
    /// Writes down what rounds bring, while the enrolment is the one that they were begun with.
    pub(crate) fn note(&self, settings: &[(&'static str, &dyn ErasedSetting)]) -> Result<(), KioskError> {
        Ok(self.leads.set_on(self.served().as_ref(), settings)?)
    }

    /// How the platform was last seen.
    pub(crate) fn sync_status(&self) -> Result<(SyncStatus, Remembered), KioskError> {
        let remembered: Option<Remembered> = self.leads.setting(SYNC)?;
        let state = match (&remembered, self.enrolment()?) {
            (_, None) => SyncState::NotEnrolled,
            (None, Some(_)) => SyncState::Never,
            (Some(remembered), Some(_)) => view_state(remembered.state),
        };
        let remembered = remembered.unwrap_or_default();
        let shown = self.catalogues.current().ok().flatten();
        let shown = shown.map(|version| version.installed().version);
        let refused = remembered.catalogue_refused.as_ref();
        let status = SyncStatus {
            state,
            last_contact_at: remembered.last_contact_at.map(|t| t.to_string()),
            next_attempt_at: remembered.next_attempt_at.map(|t| t.to_string()),
            sent_total: self.leads.setting(SENT)?.unwrap_or(0),
            // A version that came without a round may have ended it.
            catalogue_refused: refused
                .filter(|refused| !refused.is_over(shown))
                .map(|refused| refused.code.clone()),
        };
        Ok((status, remembered))
    }

    /// The report for a heartbeat; without personal data.
    fn report(&self) -> Result<Heartbeat, KioskError> {
        let counts = self.leads.outbox_counts()?;
        let version = self.catalogues.current().ok().flatten();
        let configurations = self.configurations()?;
        let run = self.run()?;
        let (status, remembered) = self.sync_status()?;
        Ok(Heartbeat {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            catalogue_version: version.map(|v| v.installed().version),
            config_version: configurations.version(),
            waiting: u64::from(counts.waiting + counts.sealed_for_staff),
            oldest_waiting_seconds: self.age_of_oldest(&counts)?,
            disk_free_bytes: self.machine.disk_free(&self.folder),
            kiosk_time: self.now(),
            boot_id: self.machine.boot_id(),
            monotonic_ms: self.machine.monotonic_ms(),
            config_rejected: configurations.rejected(),
            clock_offset_ms: remembered.clock_offset_ms,
            set_aside: u64::from(counts.set_aside),
            restarts: run.restarts,
            last_exit: run.last_exit.map(|exit| exit.code().to_owned()),
            missing_pictures: self.missing().map_or(0, |missing| missing.len() as u64),
            catalogue_refused: status.catalogue_refused,
        })
    }

    fn erasures(&self) -> Result<Erasing, LocalError> {
        let known: Option<Option<Erasing>> = self.leads.setting(ERASURES).map_err(storage)?;
        Ok(known.flatten().unwrap_or_default())
    }

    /// Hashes of missing pictures in order of need; found once a version, then kept up to date.
    pub(crate) fn missing(&self) -> Result<Vec<String>, KioskError> {
        let Some(version) = self.catalogues.current()? else {
            return Ok(Vec::new());
        };
        let mut slot = catalogue::unpoisoned(&self.missing);
        if let Some((_, list)) = slot.as_ref().filter(|(of, _)| *of == version.installed().version) {
            return Ok(list.clone());
        }
        let needed = need::by_need(&version.read_all()?).into_iter();
        let missing = needed.filter(|(hash, bytes)| !self.pictures.has(hash, *bytes));
        let list: Vec<String> = missing.map(|(hash, _)| hash).collect();
        self.parts.keep_only(|part| list.iter().any(|hash| hash == part));
        *slot = Some((version.installed().version, list.clone()));
        Ok(list)
    }

    fn arrived(&self, hash: &str) {
        if let Some((_, list)) = catalogue::unpoisoned(&self.missing).as_mut() {
            list.retain(|missing| missing != hash);
        }
    }

    /// A round's report for the windows and the command line.
    pub fn sync_report(report: &sync::Report) -> SyncReport {
        SyncReport {
            state: view_state(report.state),
            sent: report.sent as u32,
            duplicates: report.duplicates as u32,
            waiting: report.waiting as u32,
            catalogue_version: report.catalogue_version,
            catalogue_refused: report
                .troubles
                .iter()
                .find(|trouble| trouble.lane == "catalogue")
                .map(|trouble| trouble.code.to_owned()),
        }
    }
}

fn settlement(receipt: &Receipt) -> Option<Settlement> {
    let state = match receipt.outcome {
        outcome if outcome.is_held() => OutboxState::Acknowledged,
        Outcome::Conflict => OutboxState::SetAside,
        _ => return None,
    };
    let reason = match receipt.outcome {
        Outcome::Accepted => "accepted",
        Outcome::Duplicate => "duplicate",
        Outcome::Quarantined => "quarantined",
        Outcome::Conflict => "conflict",
        Outcome::Retry => "retry",
    };
    Some(Settlement {
        id: receipt.id,
        revision: receipt.revision,
        sha256: receipt.sha256.clone(),
        state,
        reason: reason.to_owned(),
    })
}

/// The state as the windows name it.
const fn view_state(state: State) -> SyncState {
    match state {
        State::NotEnrolled => SyncState::NotEnrolled,
        State::Offline => SyncState::Offline,
        State::Captive => SyncState::Captive,
        State::ClockOrTls => SyncState::ClockOrTls,
        State::Unauthorized => SyncState::Unauthorized,
        State::RateLimited => SyncState::RateLimited,
        State::Server => SyncState::Server,
        State::UpgradeRequired => SyncState::UpgradeRequired,
        State::Ok => SyncState::Ok,
    }
}

impl Kiosk {
    /// Puts a version in place that is still wanted: while it was on its way a stick may have brought it, or staff may
    /// have gone back from it. Returns the version shown then.
    fn take(
        &self,
        signed: &SignedCheckpoint,
        install: impl FnOnce(&Checkpoint) -> Result<(), KioskError>,
        detail: &str,
    ) -> Result<u64, LocalError> {
        let _alone = catalogue::unpoisoned(&self.installing);
        let Some(checkpoint) = self.wants(signed)? else {
            let shown = self.catalogues.current().map_err(storage)?;
            return Ok(shown.map_or(0, |version| version.installed().version));
        };
        install(&checkpoint).map_err(|error| match error {
            KioskError::Refused { refusal } => refused(refusal),
            error => failed(&error),
        })?;
        self.audit(
            "catalogue_synced",
            format!("version={}{detail}", checkpoint.version),
        )
        .map_err(|e| failed(&e))?;
        Ok(checkpoint.version)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn storage(error: StoreError) -> LocalError {
    LocalError::Storage(error.to_string())
}

fn file(error: &std::io::Error) -> LocalError {
    LocalError::Storage(error.to_string())
}

fn failed(error: &KioskError) -> LocalError {
    LocalError::Storage(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn refused(refusal: Refusal) -> LocalError {
    LocalError::Refused {
        code: refusal.code(),
        detail: refusal.to_string(),
    }
}

fn unusable(version: u64, refusal: &Refusal) -> LocalError {
    LocalError::Unusable {
        version,
        code: refusal.code(),
        detail: refusal.to_string(),
    }
}

/// The version of a checkpoint that cannot be read otherwise, where it tells.
fn version_in(signed: &SignedCheckpoint) -> Option<u64> {
    let read: serde_json::Value = serde_json::from_str(&signed.checkpoint).ok()?;
    read.get("version")?.as_u64()
}
