//! The platform of a run: the store of the reference platform, called as its HTTP handlers call it. It can be down,
//! fail, and restart with only what is on its disk. Must not know: networks.

use crate::client_errors::{offline, refused, server_error};
use crate::error::SimulationError;
use crate::event_log::EventLog;
use crate::fixture::{Fixture, write_files};
use crate::machine::true_time;
use expo_domain::lead::LeadRecord;
use expo_platform::store::{ReceivedEnvelope, StoreError};
use expo_platform::{App, Limits, StorageConfig, Store, deltas};
use expo_protocol::{
    CHECKPOINT_FORMAT, Configuration, Envelope, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch,
    LeadReceipts, Outcome, PROTOCOL_VERSION, Probe, Receipt, SignedCheckpoint, sha256_hex,
};
use expo_sync::PlatformError;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Lead, revision and hash: the envelope that a receipt is for.
pub type EnvelopeKey = (Uuid, u32, String);

/// The platform of a run.
pub struct SimulatedPlatform {
    fixture: Arc<Fixture>,
    log: Arc<EventLog>,
    folder: PathBuf,
    state: Mutex<State>,
}

struct State {
    /// `None` while the platform is down.
    app: Option<App>,
    /// Envelopes that were committed.
    committed: HashSet<EnvelopeKey>,
    /// The first envelope received under each lead and revision.
    received: BTreeMap<(Uuid, u32), Envelope>,
    /// Number of published catalogue versions.
    published: usize,
    /// Configuration versions that set a retention time.
    with_retention: HashSet<u64>,
    /// Batches that are answered and not committed. `Some` only for a platform that answers before it commits.
    uncommitted: Option<Vec<(String, LeadBatch)>>,
}

impl SimulatedPlatform {
    /// Opens a platform that knows the kiosks and has no published catalogue. If `answers_before_commit` is true, it
    /// answers a batch at once and commits it when the next batch arrives.
    pub fn open(
        fixture: Arc<Fixture>,
        log: Arc<EventLog>,
        folder: PathBuf,
        answers_before_commit: bool,
    ) -> Result<Self, SimulationError> {
        write_files(&fixture.platform, &folder)?;
        let state = State {
            app: None,
            committed: HashSet::new(),
            received: BTreeMap::new(),
            published: 0,
            with_retention: HashSet::new(),
            uncommitted: answers_before_commit.then(Vec::new),
        };
        let platform = Self {
            fixture,
            log,
            folder,
            state: Mutex::new(state),
        };
        platform.start()?;
        Ok(platform)
    }

    /// Kills the platform: everything that is not committed is lost.
    pub fn stop(&self) {
        let mut state = self.state();
        state.app = None;
        if let Some(uncommitted) = &mut state.uncommitted {
            uncommitted.clear();
        }
    }

    /// Starts the platform from its disk.
    pub fn start(&self) -> Result<(), SimulationError> {
        let app = App::open(&StorageConfig::folder(&self.folder), Limits::new(0, 0, false))
            .map_err(SimulationError::new)?;
        self.state().app = Some(app);
        Ok(())
    }

    /// Uses the store, as an operator does; `None` while the platform is down.
    pub fn with_store<T>(&self, work: impl FnOnce(&Store) -> T) -> Option<T> {
        self.state().app.as_ref().map(|app| work(&app.store))
    }

    /// Publishes the next catalogue version and returns its number; `None` if all are published or the platform is
    /// down.
    pub fn publish_next(&self) -> Result<Option<u64>, SimulationError> {
        let mut state = self.state();
        let versions = &self.fixture.versions;
        let (Some(app), Some(next)) = (&state.app, versions.all.get(state.published)) else {
            return Ok(None);
        };
        for hash in &next.pictures {
            let result = app.store.insert_picture(hash, &versions.pictures[hash]);
            result.map_err(SimulationError::new)?;
        }
        let published = app
            .store
            .publish(next.version, &next.signed, &next.snapshot, self.now());
        published.map_err(SimulationError::new)?;
        for ((from, to), delta) in &versions.deltas {
            if *to == next.version {
                app.store
                    .insert_delta(*from, *to, delta)
                    .map_err(SimulationError::new)?;
            }
        }
        state.published += 1;
        Ok(Some(next.version))
    }

    /// Makes a configuration for one kiosk or for all; does nothing while the platform is down.
    pub fn configure(
        &self,
        kiosk: Option<&str>,
        make: impl Fn(u64) -> Configuration,
    ) -> Result<(), SimulationError> {
        let now = self.now();
        let configured = self.with_store(|store| store.configure(kiosk, &make, now));
        let version = configured.transpose().map_err(SimulationError::new)?;
        let with_retention = version.filter(|version| make(*version).retention_days.is_some());
        self.state().with_retention.extend(with_retention);
        Ok(())
    }

    /// Whether this configuration version sets a retention time.
    pub fn sets_retention(&self, version: u64) -> bool {
        self.state().with_retention.contains(&version)
    }

    /// Number and checksum of the newest published catalogue version.
    pub fn newest(&self) -> Option<(u64, &str)> {
        let newest = self.state().published.checked_sub(1)?;
        let version = &self.fixture.versions.all[newest];
        Some((version.version, &version.content_sha256))
    }

    /// Whether exactly these bytes were committed.
    pub fn holds(&self, key: &EnvelopeKey) -> bool {
        self.state().committed.contains(key)
    }

    /// The first envelope received under this lead and revision.
    pub fn received(&self, id: Uuid, revision: u32) -> Option<Envelope> {
        self.state().received.get(&(id, revision)).cloned()
    }

    /// `GET /v1/probe`.
    pub fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        self.handle(|_| {
            Ok(Probe {
                nonce: nonce.to_owned(),
                protocol: PROTOCOL_VERSION.to_owned(),
                server_time: self.now(),
            })
        })
    }

    /// `POST /v1/leads`.
    pub fn leads(&self, kiosk: &str, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        for envelope in &batch.items {
            self.check_envelope(envelope);
        }
        if self.state().uncommitted.is_some() {
            return self.answer_before_commit(kiosk, batch);
        }
        let receipts = self.handle(|app| self.receive(app, kiosk, batch))?;
        self.note_committed(&receipts);
        Ok(LeadReceipts { receipts })
    }

    /// `GET /v1/catalogue/checkpoint`.
    pub fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        self.handle(|app| app.store.checkpoint(CHECKPOINT_FORMAT))
    }

    /// `GET /v1/catalogue/{version}/snapshot`.
    pub fn snapshot(&self, version: u64) -> Result<Vec<u8>, PlatformError> {
        self.handle(|app| app.store.snapshot(version))?
            .ok_or_else(|| refused(404, "not_found"))
    }

    /// `GET /v1/catalogue/{version}/delta`.
    pub fn delta(&self, version: u64, from: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        self.handle(|app| deltas::between(app, from, version))
    }

    /// `GET /v1/pictures/{sha256}`.
    pub fn picture(&self, sha256: &str) -> Result<Vec<u8>, PlatformError> {
        self.handle(|app| app.store.picture(sha256))?
            .ok_or_else(|| refused(404, "not_found"))
    }

    /// `GET /v1/erasures`.
    pub fn erasures(&self, kiosk: &str, after: u64) -> Result<Erasures, PlatformError> {
        self.handle(|app| app.store.erasures(kiosk, after))
    }

    /// `POST /v1/erasures`.
    pub fn erasures_done(&self, kiosk: &str, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.handle(|app| app.store.mark_erasures_done(kiosk, &done.done, self.now()))
    }

    /// `GET /v1/configuration`.
    pub fn configuration(&self, kiosk: &str) -> Result<Option<Value>, PlatformError> {
        let found: Option<Configuration> = self.handle(|app| app.store.configuration(kiosk))?;
        Ok(found.and_then(|found| serde_json::to_value(found).ok()))
    }

    /// `POST /v1/heartbeat`.
    pub fn heartbeat(&self, kiosk: &str, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.handle(|app| {
            if app.store.record_heartbeat(kiosk, report, self.now())?.is_copy {
                self.log.violated(format!("{kiosk} was taken for two kiosks"));
            }
            Ok(HeartbeatReply {
                server_time: self.now(),
                catalogue_version: app.store.newest_version()?,
                config_version: app.store.config_version(kiosk)?,
                erasures: app.store.newest_erasure(kiosk)?,
            })
        })
    }

    /// True time; the clock of the platform is always right.
    pub fn now(&self) -> Timestamp {
        true_time(self.log.elapsed())
    }

    fn handle<T>(&self, work: impl FnOnce(&App) -> Result<T, StoreError>) -> Result<T, PlatformError> {
        match &self.state().app {
            Some(app) => work(app).map_err(|error| server_error(&error.to_string())),
            None => Err(offline("connection refused")),
        }
    }

    fn receive(&self, app: &App, kiosk: &str, batch: &LeadBatch) -> Result<Vec<Receipt>, StoreError> {
        let open = |envelope: &Envelope| ReceivedEnvelope {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256.clone(),
            header: serde_json::to_string(&envelope.header).unwrap_or_default(),
            sealed: envelope.sealed.clone(),
            opened: open_envelope(app, envelope),
        };
        let received: Vec<ReceivedEnvelope> = batch.items.iter().map(open).collect();
        let inserted = app.store.insert_envelopes(kiosk, &received, self.now())?;
        if inserted.reused_tickets > 0 {
            self.log
                .violated(format!("{kiosk} sent a ticket that another lead has"));
        }
        Ok(inserted.receipts)
    }

    /// Checks that an envelope never changes and that its hash is that of its bytes.
    fn check_envelope(&self, envelope: &Envelope) {
        let key = (envelope.header.id, envelope.header.revision);
        let ticket = &envelope.header.ticket;
        if sha256_hex(&envelope.sealed) != envelope.sha256 {
            self.log
                .violated(format!("{ticket} was sent with a wrong hash of its bytes"));
        }
        let mut state = self.state();
        let first = state.received.entry(key).or_insert_with(|| envelope.clone());
        if first != envelope {
            self.log
                .violated(format!("{ticket} was sent twice with different bytes"));
        }
    }

    fn note_committed(&self, receipts: &[Receipt]) {
        let held = receipts.iter().filter(|receipt| receipt.outcome.is_held());
        let keys = held.map(|receipt| (receipt.id, receipt.revision, receipt.sha256.clone()));
        self.state().committed.extend(keys);
    }

    fn answer_before_commit(&self, kiosk: &str, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        let previous = self
            .state()
            .uncommitted
            .replace(vec![(kiosk.to_owned(), batch.clone())]);
        for (kiosk, batch) in previous.unwrap_or_default() {
            let receipts = self.handle(|app| self.receive(app, &kiosk, &batch))?;
            self.note_committed(&receipts);
        }
        let receipt = |envelope: &Envelope| Receipt {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256.clone(),
            outcome: Outcome::Accepted,
        };
        Ok(LeadReceipts {
            receipts: batch.items.iter().map(receipt).collect(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open_envelope(app: &App, envelope: &Envelope) -> Result<Box<LeadRecord>, &'static str> {
    let plain =
        expo_vault::seal::open(&envelope.sealed, &app.keys.identity).map_err(|_| "it cannot be decrypted")?;
    let record: Box<LeadRecord> = serde_json::from_slice(&plain).map_err(|_| "it does not contain a lead")?;
    if record.header == envelope.header {
        Ok(record)
    } else {
        Err("the sealed header differs from the header of the envelope")
    }
}
