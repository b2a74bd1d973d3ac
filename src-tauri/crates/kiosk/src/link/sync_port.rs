//! Implements the storage port of the sync over the kiosk's parts. Must not know: what the sync does when.

use super::platform_link::PlatformLink;
use crate::catalogue::error::CatalogueError;
use crate::catalogue::install::CatalogueSupply;
use crate::catalogue::pictures::PictureError;
use crate::machine::disk::Disk;
use crate::machine::lead_check::LeadCheck;
use crate::machine::run_history::RunHistory;
use crate::settings::{ERASURE_PROGRESS, SENT_TOTAL, SYNC_STATE};
use crate::visit_counts::VisitCounter;
use expo_bundle::VerifiedCheckpoint;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_protocol::{Erasure, Heartbeat, HeartbeatReply, Outcome, Receipt, SignedCheckpoint};
use expo_store::OutboxState;
use expo_store::leads::Settlement;
use expo_sync::{Facts, LocalError, LocalStore, PersistedState, QueuePosition, QueuedLead, Rejection};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Display;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// The kiosk's storage, as the sync uses it.
pub struct SyncPort {
    pub(super) link: Arc<PlatformLink>,
    pub(super) supply: Arc<CatalogueSupply>,
    pub(super) disk: Disk,
    pub(super) run_history: Arc<RunHistory>,
    pub(super) lead_check: Arc<LeadCheck>,
    pub(super) visits: Arc<VisitCounter>,
    pub(super) sent_report: Mutex<Option<SentReport>>,
}

/// A report that was sent and is not answered.
#[derive(Debug, Clone)]
pub(super) struct SentReport {
    pub(super) id: String,
    /// The last answered report that it names.
    pub(super) previous: Option<String>,
}

/// Erasures that the platform orders, by their numbers.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct ErasureProgress {
    /// Newest erasure that the platform announced and that is not settled, 0 if there is none.
    #[serde(rename = "told")]
    announced: u64,
    /// All erasures up to this one are done and reported.
    settled: u64,
}

impl SyncPort {
    pub(crate) const fn new(
        link: Arc<PlatformLink>,
        supply: Arc<CatalogueSupply>,
        disk: Disk,
        run_history: Arc<RunHistory>,
        lead_check: Arc<LeadCheck>,
        visits: Arc<VisitCounter>,
    ) -> Self {
        Self {
            link,
            supply,
            disk,
            run_history,
            lead_check,
            visits,
            sent_report: Mutex::new(None),
        }
    }

    /// The link to the platform.
    pub(crate) fn link(&self) -> &PlatformLink {
        &self.link
    }

    fn erasure_progress(&self) -> Result<ErasureProgress, LocalError> {
        let saved: Option<Option<ErasureProgress>> =
            self.link.leads.setting(ERASURE_PROGRESS).map_err(storage)?;
        Ok(saved.flatten().unwrap_or_default())
    }

    fn on_announced_erasures(&self, announced: u64) -> Result<(), LocalError> {
        let progress = self.erasure_progress()?;
        if progress.announced == announced {
            return Ok(());
        }
        // The platform announces only unsettled erasures. If the number is not above the settled ones, the platform was
        // restored from a backup and numbers them again: ask for all of them.
        let settled = if announced > progress.settled {
            progress.settled
        } else {
            0
        };
        self.save_erasure_progress(ErasureProgress { announced, settled })
    }

    fn save_erasure_progress(&self, progress: ErasureProgress) -> Result<(), LocalError> {
        self.link
            .save_guarded(&[(ERASURE_PROGRESS, &progress)])
            .map_err(storage)
    }
}

impl LocalStore for SyncPort {
    type Checkpoint = VerifiedCheckpoint;

    fn facts(&self) -> Result<Facts, LocalError> {
        let leads = &self.link.leads;
        if let Some(guard) = self.link.guard() {
            leads.require_unchanged(&guard).map_err(storage)?;
        }
        let waiting = leads.count_waiting().map_err(storage)?;
        let missing = self.supply.pictures.missing();
        let configurations = self.link.configurations().map_err(storage)?;
        Ok(Facts {
            waiting: u64::from(waiting),
            catalogue_version: self.supply.shown.version_number(),
            rolled_back_from: self.supply.rolled_back_from().map_err(storage)?,
            missing_pictures: missing.map_or(0, |missing| missing.len() as u64),
            disk_space: self.disk.space(),
            erasures_due: self.erasure_progress()?.announced > 0,
            configuration_due: configurations.is_due(),
            heartbeat_interval: configurations.heartbeat_interval(),
        })
    }

    fn waiting(&self, after: QueuePosition, limit: usize) -> Result<Vec<QueuedLead>, LocalError> {
        let guard = self.link.guard();
        let waiting = self.link.leads.waiting(guard.as_ref(), after.0, limit);
        let queued = waiting.map_err(storage)?.into_iter();
        Ok(queued
            .map(|(position, envelope)| QueuedLead {
                position: QueuePosition(position),
                envelope,
            })
            .collect())
    }

    fn record_receipts(&self, receipts: &[Receipt]) -> Result<(), LocalError> {
        let settlements: Vec<Settlement> = receipts.iter().filter_map(settlement).collect();
        let (guard, at) = (self.link.guard(), self.link.env.now().to_string());
        self.link
            .leads
            .settle(guard.as_ref(), &settlements, &at, SENT_TOTAL)
            .map_err(storage)
    }

    fn reject(&self, id: Uuid, revision: u32, rejection: &Rejection) -> Result<(), LocalError> {
        let reason = rejection.to_string();
        let guard = self.link.guard();
        self.link
            .leads
            .reject(guard.as_ref(), id, revision, &reason)
            .map_err(storage)?;
        let details: [(AuditDetail, &dyn Display); 2] =
            [(AuditDetail::Id, &id), (AuditDetail::Reason, &reason)];
        self.link
            .env
            .audit(AuditAct::LeadRejected, &details)
            .map_err(storage)
    }

    fn wanted_checkpoint(
        &self,
        offered: &SignedCheckpoint,
    ) -> Result<Option<VerifiedCheckpoint>, LocalError> {
        self.supply.wanted_checkpoint(offered).map_err(catalogue_error)
    }

    fn is_still_wanted(&self, checkpoint: &VerifiedCheckpoint) -> Result<bool, LocalError> {
        self.supply.is_wanted(checkpoint).map_err(catalogue_error)
    }

    fn install_catalogue(
        &self,
        checkpoint: &VerifiedCheckpoint,
        compressed: &[u8],
    ) -> Result<u64, LocalError> {
        let installed = self.supply.install_offered_snapshot(checkpoint, compressed);
        installed.map_err(catalogue_error)
    }

    fn install_delta(
        &self,
        checkpoint: &VerifiedCheckpoint,
        from: u64,
        delta: &[u8],
    ) -> Result<u64, LocalError> {
        let installed = self.supply.install_offered_delta(checkpoint, from, delta);
        installed.map_err(catalogue_error)
    }

    fn missing_pictures(&self, skip: usize, limit: usize) -> Result<Vec<String>, LocalError> {
        let missing = self.supply.pictures.missing().map_err(storage)?;
        Ok(missing.into_iter().skip(skip).take(limit).collect())
    }

    fn partial_picture_length(&self, sha256: &str) -> Result<u64, LocalError> {
        Ok(self.supply.pictures.partial_length(sha256))
    }

    fn write_picture_chunk(&self, sha256: &str, at: u64, bytes: &[u8]) -> Result<(), LocalError> {
        let written = self.supply.pictures.write_chunk(sha256, at, bytes);
        written.map_err(storage)
    }

    fn finish_picture(&self, sha256: &str) -> Result<(), LocalError> {
        let finished = self.supply.pictures.finish_download(sha256);
        finished.map_err(|error| match error {
            PictureError::Damaged(detail) => LocalError::Refused {
                code: "damaged_picture",
                detail,
            },
            PictureError::Io(error) => storage(error),
        })
    }

    fn load_state(&self) -> Result<PersistedState, LocalError> {
        let state = self.link.env.settings().sync_state().map_err(storage)?;
        Ok(state.unwrap_or_default())
    }

    fn save_state(&self, state: &PersistedState) -> Result<(), LocalError> {
        self.link.save_guarded(&[(SYNC_STATE, state)]).map_err(storage)
    }

    fn heartbeat(&self) -> Result<Heartbeat, LocalError> {
        self.heartbeat_report().map_err(storage)
    }

    fn on_heartbeat_reply(&self, reply: &HeartbeatReply) -> Result<(), LocalError> {
        self.link
            .on_announced_configuration(reply.config_version)
            .map_err(storage)?;
        self.on_announced_erasures(reply.erasures)?;
        self.record_answered_report(reply).map_err(storage)
    }

    fn on_heartbeat_refused(&self) -> Result<(), LocalError> {
        self.link.revert_configuration().map_err(storage)
    }

    fn last_settled_erasure(&self) -> Result<u64, LocalError> {
        Ok(self.erasure_progress()?.settled)
    }

    fn erase(&self, erasures: &[Erasure]) -> Result<(), LocalError> {
        let ids: Vec<Uuid> = erasures.iter().map(|erasure| erasure.id).collect();
        let at = self.link.env.now().to_string();
        self.link.leads.erase(&ids, &at).map_err(storage)?;
        Ok(())
    }

    fn settle_erasures(&self, up_to: u64, newest: u64) -> Result<(), LocalError> {
        self.save_erasure_progress(ErasureProgress {
            announced: if newest > up_to { newest } else { 0 },
            settled: up_to,
        })
    }

    fn apply_configuration(&self, offered: Option<Value>) -> Result<(), LocalError> {
        self.link.apply_configuration(offered).map_err(storage)
    }
}

fn settlement(receipt: &Receipt) -> Option<Settlement> {
    let state = match receipt.outcome {
        outcome if outcome.is_held() => OutboxState::Acknowledged,
        Outcome::Conflict => OutboxState::Rejected,
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

fn catalogue_error(error: CatalogueError) -> LocalError {
    match error {
        CatalogueError::Refused(refusal) => LocalError::Refused {
            code: refusal.code(),
            detail: refusal.to_string(),
        },
        CatalogueError::Unusable { version, refusal } => LocalError::Unusable {
            version,
            code: refusal.code(),
            detail: refusal.to_string(),
        },
        error => storage(error),
    }
}

fn storage(error: impl Display) -> LocalError {
    LocalError::Storage(error.to_string())
}
