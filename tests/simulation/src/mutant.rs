//! Kiosks and platforms that break one rule each, as wrappers round the real ones. The simulation has to find every one
//! of them out; if it does not, it is the simulation that is no good.

use crate::fixture::Fixture;
use crate::watch::NAME;
use crate::wire::Wire;
use crate::{Trouble, editions};
use clap::ValueEnum;
use domain::LeadDraft;
use kiosk::Kiosk;
use kiosk::views::Thanks;
use protocol::{
    Checkpoint, Enrolled, EnrolmentRequest, Erasure, Erasures, ErasuresDone, Heartbeat, HeartbeatReply,
    LeadBatch, LeadReceipts, Outcome, Probe, Receipt, SignedCheckpoint, delta,
};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use store::Catalogues;
use sync::{Local, LocalError, Platform, PlatformError, SyncError, Take};
use tokio::time::Instant;
use uuid::Uuid;

/// A rule that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mutant {
    /// The platform answers before it commits.
    AnswersBeforeCommit,
    /// Receipts settle by identifier, whatever their hash.
    SettlesByIdentifier,
    /// A changed catalogue is taken without a look at its checksum.
    IgnoresChecksum,
    /// What is refused with 4xx counts as settled.
    SettlesOnRefusal,
    /// Nothing happens unless a lead is taken.
    WithoutTimer,
    /// Waiting after failures goes on when the platform is back.
    KeepsWaiting,
    /// Whoever was once asked for patience is patient for ever.
    PatientForEver,
    /// Erasures are told as done, and nothing is erased.
    ErasesNothing,
    /// A lead that is sent again gets another identifier.
    SendsUnderNewName,
    /// Heartbeats name a visitor.
    TellsNames,
    /// Leads are deleted as soon as the platform has them.
    DeletesOnReceipt,
    /// Visitors are thanked though the disk failed.
    ThanksFirst,
    /// Leads are noted in clear, and the notes thrown away at closing time.
    TakesNotes,
    /// What is erased stays in copies, which are thrown away at closing time.
    KeepsErased,
    /// Nobody looks after the disk.
    LeavesDiskAlone,
}

/// How long a kiosk that keeps waiting waits.
const TOO_LONG: Duration = Duration::from_mins(2);

/// The network and the platform, seen through a mutant.
pub struct Altered {
    wire: Wire,
    mutant: Option<Mutant>,
    /// Until when a mutant that waits sends nothing.
    silent_until: Mutex<Option<Instant>>,
    /// Leads that were sent before.
    sent: Mutex<Vec<Uuid>>,
}

impl Altered {
    /// The real thing, unless a mutant is named.
    pub fn new(wire: Wire, mutant: Option<Mutant>) -> Self {
        Self {
            wire,
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

    /// Gives leads that were sent before another identifier.
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

/// Receipts for these very bytes, whoever gave them.
fn settled(batch: &LeadBatch, is_named: impl Fn(&Uuid) -> bool) -> LeadReceipts {
    let named = batch
        .items
        .iter()
        .filter(|envelope| is_named(&envelope.header.id));
    let receipt = |envelope: &protocol::Envelope| Receipt {
        id: envelope.header.id,
        revision: envelope.header.revision,
        sha256: envelope.sha256.clone(),
        outcome: Outcome::Accepted,
    };
    LeadReceipts {
        receipts: named.map(receipt).collect(),
    }
}

impl Platform for Altered {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let answer = self.wire.probe(nonce).await;
        if self.is(Mutant::KeepsWaiting) && answer.is_err() {
            self.be_silent_for(TOO_LONG);
        }
        answer
    }

    async fn enrol(&self, request: &EnrolmentRequest) -> Result<Enrolled, PlatformError> {
        self.wire.enrol(request).await
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        if self.is_silent() {
            return Err(PlatformError::Server {
                detail: "not even asked".to_owned(),
                retry_after: None,
            });
        }
        if self.is(Mutant::SendsUnderNewName) {
            let answer = self.wire.send_leads(&self.renamed(batch)).await?;
            let known = |id: &Uuid| {
                answer
                    .receipts
                    .iter()
                    .any(|receipt| receipt.id.as_u128() | 1 << 100 == id.as_u128() | 1 << 100)
            };
            return Ok(settled(batch, known));
        }
        let answer = self.wire.send_leads(batch).await;
        match answer {
            Ok(answer) if self.is(Mutant::SettlesByIdentifier) => Ok(settled(batch, |id| {
                answer.receipts.iter().any(|receipt| receipt.id == *id)
            })),
            Err(PlatformError::Refused { .. }) if self.is(Mutant::SettlesOnRefusal) => {
                Ok(settled(batch, |_| true))
            }
            Err(error) if self.is(Mutant::PatientForEver) && error.retry_after().is_some() => {
                self.be_silent_for(Duration::MAX / 4);
                Err(error)
            }
            answer => answer,
        }
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        self.wire.checkpoint().await
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        self.wire.snapshot(version, max_bytes).await
    }

    async fn delta(&self, version: u64, from: u64, max_bytes: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        self.wire.delta(version, from, max_bytes).await
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut Take<'_>) -> Result<(), SyncError> {
        self.wire.picture_from(sha256, from, take).await
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        self.wire.erasures(after).await
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.wire.erasures_done(done).await
    }

    async fn configuration(&self) -> Result<Option<Value>, PlatformError> {
        self.wire.configuration().await
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        if self.is(Mutant::TellsNames) {
            let program = format!("for Test {NAME}");
            return self
                .wire
                .heartbeat(&Heartbeat {
                    program,
                    ..report.clone()
                })
                .await;
        }
        self.wire.heartbeat(report).await
    }
}

/// Takes a changed catalogue as it comes out: the changes are applied, and whatever that gives is signed anew.
pub fn install_unchecked(
    kiosk: &Kiosk,
    fixture: &Fixture,
    signed: &SignedCheckpoint,
    packed: &[u8],
) -> Result<u64, Trouble> {
    let announced: Checkpoint = serde_json::from_str(&signed.checkpoint).map_err(Trouble::of)?;
    let shown = Catalogues::new(kiosk.folder()).current().map_err(Trouble::of)?;
    let shown = shown.ok_or_else(|| Trouble("nothing is shown".to_owned()))?;
    let old = shown.read_all().map_err(Trouble::of)?;
    let new = delta::apply(&old, packed, 1 << 20).map_err(Trouble::of)?;
    let (edition, _) = editions::publish(announced.version, &new, &fixture.publisher)?;
    kiosk
        .install_catalogue(&edition.signed, &edition.snapshot)
        .map_err(Trouble::of)
}

/// What mutants leave in a data folder until it is closed.
const NOTES: &str = "notes";
const COPIES: [(&str, &str); 2] = [("leads.db", "copy.db"), ("leads.db-wal", "copy.db-log")];

/// Writes a lead down in clear.
pub fn note(kiosk: &Kiosk, draft: &LeadDraft) -> Result<(), Trouble> {
    fs::write(kiosk.folder().join(NOTES), &draft.name).map_err(Trouble::of)
}

/// Copies the leads beside themselves.
pub fn keep_copies(folder: &Path) {
    for (file, copy) in COPIES {
        // The log may not be there.
        fs::copy(folder.join(file), folder.join(copy)).ok();
    }
}

/// Removes notes and copies.
pub fn tidy_up(folder: &Path) {
    for file in [NOTES, COPIES[0].1, COPIES[1].1] {
        // Only mutants have left any.
        fs::remove_file(folder.join(file)).ok();
    }
}

/// Thanks, and nothing is kept.
pub fn thank_for_nothing(kiosk: &Kiosk, draft: &LeadDraft) -> Result<Thanks, Trouble> {
    let thanks = kiosk.take_lead(draft).map_err(Trouble::of)?;
    let id = thanks.id.parse().map_err(Trouble::of)?;
    kiosk.erase(&[Erasure { seq: 0, id }]).map_err(Trouble::of)?;
    Ok(thanks)
}

/// Deletes what the platform has.
pub fn delete(kiosk: &Kiosk, receipts: &[Receipt]) -> Result<(), LocalError> {
    let held = receipts.iter().filter(|receipt| receipt.outcome.is_held());
    let all: Vec<Erasure> = held
        .map(|receipt| Erasure {
            seq: 0,
            id: receipt.id,
        })
        .collect();
    kiosk.erase(&all)
}
