//! A wrapper around the network of a kiosk that breaks one rule of the sync.

use crate::mutant::Mutant;
use crate::network::SimulatedNetwork;
use crate::privacy_watch::NAME_MARKER;
use expo_protocol::{
    EnrolmentReply, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch,
    LeadReceipts, Outcome, Probe, Receipt, SignedCheckpoint,
};
use expo_sync::{ChunkSink, Platform, PlatformError, SyncError};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// How long `KeepsBackOff` sends nothing after a failed probe.
const KEPT_BACKOFF: Duration = Duration::from_mins(2);

/// The network of a kiosk, changed by a mutant.
pub struct MutantPlatform {
    network: SimulatedNetwork,
    mutant: Option<Mutant>,
    /// Until when a mutant that waits sends nothing.
    silent_until: Mutex<Option<Instant>>,
    /// Leads that were sent before.
    sent: Mutex<Vec<Uuid>>,
}

impl MutantPlatform {
    /// Wraps a network. Without a mutant it changes nothing.
    pub fn new(network: SimulatedNetwork, mutant: Option<Mutant>) -> Self {
        Self {
            network,
            mutant,
            silent_until: Mutex::default(),
            sent: Mutex::default(),
        }
    }

    fn is(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    fn be_silent_for(&self, time: Duration) {
        *self.silent_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + time);
    }

    fn is_silent(&self) -> bool {
        let until = *self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    /// Gives another identifier to leads that were sent before.
    fn renamed(&self, batch: &LeadBatch) -> LeadBatch {
        let mut batch = batch.clone();
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        for envelope in &mut batch.items {
            if sent.contains(&envelope.header.id) {
                envelope.header.id = Uuid::from_u128(envelope.header.id.as_u128() ^ 1 << 100);
            } else {
                sent.push(envelope.header.id);
            }
        }
        batch
    }
}

/// `accepted` receipts for the leads of a batch that `is_selected` selects.
fn accepted_receipts(batch: &LeadBatch, is_selected: impl Fn(&Uuid) -> bool) -> LeadReceipts {
    let selected = batch
        .items
        .iter()
        .filter(|envelope| is_selected(&envelope.header.id));
    let receipt = |envelope: &expo_protocol::Envelope| Receipt {
        id: envelope.header.id,
        revision: envelope.header.revision,
        sha256: envelope.sha256.clone(),
        outcome: Outcome::Accepted,
    };
    LeadReceipts {
        receipts: selected.map(receipt).collect(),
    }
}

impl Platform for MutantPlatform {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let response = self.network.probe(nonce).await;
        if self.is(Mutant::KeepsBackOff) && response.is_err() {
            self.be_silent_for(KEPT_BACKOFF);
        }
        response
    }

    async fn enrol(&self, request: &EnrolmentRequest) -> Result<EnrolmentReply, PlatformError> {
        self.network.enrol(request).await
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        if self.is_silent() {
            return Err(PlatformError::Server {
                detail: "the mutant did not send the request".to_owned(),
                retry_after: None,
            });
        }
        if self.is(Mutant::ResendsWithNewId) {
            let response = self.network.send_leads(&self.renamed(batch)).await?;
            let has_receipt = |id: &Uuid| {
                response
                    .receipts
                    .iter()
                    .any(|receipt| receipt.id.as_u128() | 1 << 100 == id.as_u128() | 1 << 100)
            };
            return Ok(accepted_receipts(batch, has_receipt));
        }
        let response = self.network.send_leads(batch).await;
        match response {
            Ok(response) if self.is(Mutant::SettlesByIdentifier) => Ok(accepted_receipts(batch, |id| {
                response.receipts.iter().any(|receipt| receipt.id == *id)
            })),
            Err(PlatformError::Refused { .. }) if self.is(Mutant::SettlesOnRefusal) => {
                Ok(accepted_receipts(batch, |_| true))
            }
            Err(error) if self.is(Mutant::WaitsForever) && error.retry_after().is_some() => {
                self.be_silent_for(Duration::MAX / 4);
                Err(error)
            }
            response => response,
        }
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        self.network.checkpoint().await
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        self.network.snapshot(version, max_bytes).await
    }

    async fn delta(&self, version: u64, from: u64, max_bytes: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        self.network.delta(version, from, max_bytes).await
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut ChunkSink<'_>) -> Result<(), SyncError> {
        self.network.picture_from(sha256, from, take).await
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        self.network.erasures(after).await
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.network.erasures_done(done).await
    }

    async fn configuration(&self) -> Result<Option<Value>, PlatformError> {
        self.network.configuration().await
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        if self.is(Mutant::ReportsVisitorNames) {
            let program = format!("for Test {NAME_MARKER}");
            return self
                .network
                .heartbeat(&Heartbeat {
                    program,
                    ..report.clone()
                })
                .await;
        }
        self.network.heartbeat(report).await
    }
}
