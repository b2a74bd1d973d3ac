//! The platform: the reference platform's own store in a folder of the run, asked as its handlers ask it. It can be
//! away, fail, and start again with nothing but what lies on its disk. Must not know networks.

use crate::Trouble;
use crate::chronicle::Chronicle;
use crate::fixture::{Fixture, write_files};
use crate::heard::{offline, refused, server};
use crate::machine::true_time;
use domain::lead::LeadRecord;
use jiff::Timestamp;
use platform::store::{Received, StoreError};
use platform::{App, Limits, Place, Store, deltas};
use protocol::{
    Configuration, Envelope, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch, LeadReceipts,
    Outcome, PROTOCOL_VERSION, Probe, Receipt, SignedCheckpoint, sha256_hex,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use sync::PlatformError;
use uuid::Uuid;

/// Identifier, revision and hash: what a receipt speaks of.
pub type Held = (Uuid, u32, String);

/// The platform of a run.
pub struct Headquarters {
    fixture: Arc<Fixture>,
    chronicle: Arc<Chronicle>,
    folder: PathBuf,
    state: Mutex<State>,
}

struct State {
    /// `None` while it is away.
    app: Option<App>,
    /// What was committed.
    held: HashSet<Held>,
    /// Every envelope that ever came, by name.
    came: BTreeMap<(Uuid, u32), Envelope>,
    /// How many editions are published.
    published: usize,
    /// Configurations that have leads go by age.
    timed: HashSet<u64>,
    /// Batches that were answered and are not committed: only a hasty platform has some.
    hasty: Option<Vec<(String, LeadBatch)>>,
}

impl Headquarters {
    /// Opens a platform that knows the kiosks and has published nothing. A hasty one answers first and commits when the
    /// next batch comes.
    pub fn open(
        fixture: Arc<Fixture>,
        chronicle: Arc<Chronicle>,
        folder: PathBuf,
        hasty: bool,
    ) -> Result<Self, Trouble> {
        write_files(&fixture.platform, &folder)?;
        let state = State {
            app: None,
            held: HashSet::new(),
            came: BTreeMap::new(),
            published: 0,
            timed: HashSet::new(),
            hasty: hasty.then(Vec::new),
        };
        let headquarters = Self {
            fixture,
            chronicle,
            folder,
            state: Mutex::new(state),
        };
        headquarters.start()?;
        Ok(headquarters)
    }

    /// Ends it without warning: what was not committed is gone.
    pub fn stop(&self) {
        let mut state = self.state();
        state.app = None;
        if let Some(hasty) = &mut state.hasty {
            hasty.clear();
        }
    }

    /// Starts it from its disk.
    pub fn start(&self) -> Result<(), Trouble> {
        let app = App::open(&Place::folder(&self.folder), Limits::new(0, 0, false)).map_err(Trouble::of)?;
        self.state().app = Some(app);
        Ok(())
    }

    /// Does something with the store, as an operator does; nothing while it is away.
    pub fn with_store<T>(&self, work: impl FnOnce(&Store) -> T) -> Option<T> {
        self.state().app.as_ref().map(|app| work(&app.store))
    }

    /// Publishes the next edition; its version, unless all are published or it is away.
    pub fn publish_next(&self) -> Result<Option<u64>, Trouble> {
        let mut state = self.state();
        let editions = &self.fixture.editions;
        let (Some(app), Some(edition)) = (&state.app, editions.all.get(state.published)) else {
            return Ok(None);
        };
        for hash in &edition.pictures {
            let kept = app.store.keep_picture(hash, &editions.pictures[hash]);
            kept.map_err(Trouble::of)?;
        }
        let published = app
            .store
            .publish(edition.version, &edition.signed, &edition.snapshot, self.now());
        published.map_err(Trouble::of)?;
        for ((from, to), delta) in &editions.deltas {
            if *to == edition.version {
                app.store.keep_delta(*from, *to, delta).map_err(Trouble::of)?;
            }
        }
        state.published += 1;
        Ok(Some(edition.version))
    }

    /// Makes a configuration for a kiosk, or for all; none while it is away.
    pub fn configure(&self, kiosk: Option<&str>, make: impl Fn(u64) -> Configuration) -> Result<(), Trouble> {
        let now = self.now();
        let configured = self.with_store(|store| store.configure(kiosk, &make, now));
        let version = configured.transpose().map_err(Trouble::of)?;
        let timed = version.filter(|version| make(*version).retention_days.is_some());
        self.state().timed.extend(timed);
        Ok(())
    }

    /// Whether the configuration of this version has leads go by age.
    pub fn sets_retention(&self, version: u64) -> bool {
        self.state().timed.contains(&version)
    }

    /// Checksum and version of the newest edition.
    pub fn newest(&self) -> Option<(u64, &str)> {
        let newest = self.state().published.checked_sub(1)?;
        let edition = &self.fixture.editions.all[newest];
        Some((edition.version, &edition.content_sha256))
    }

    /// Whether these very bytes were committed.
    pub fn holds(&self, held: &Held) -> bool {
        self.state().held.contains(held)
    }

    /// The envelope that came under a name.
    pub fn came(&self, id: Uuid, revision: u32) -> Option<Envelope> {
        self.state().came.get(&(id, revision)).cloned()
    }

    /// `GET /v1/probe`.
    pub fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        self.ask(|_| {
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
            self.look_at(envelope);
        }
        if self.state().hasty.is_some() {
            return self.answer_first(kiosk, batch);
        }
        let receipts = self.ask(|app| self.receive(app, kiosk, batch))?;
        self.note_held(&receipts);
        Ok(LeadReceipts { receipts })
    }

    /// `GET /v1/catalogue/checkpoint`.
    pub fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        self.ask(|app| app.store.checkpoint())
    }

    /// `GET /v1/catalogue/{version}/snapshot`.
    pub fn snapshot(&self, version: u64) -> Result<Vec<u8>, PlatformError> {
        self.ask(|app| app.store.snapshot(version))?
            .ok_or_else(|| refused(404, "not_found"))
    }

    /// `GET /v1/catalogue/{version}/delta`.
    pub fn delta(&self, version: u64, from: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        self.ask(|app| deltas::between(app, from, version))
    }

    /// `GET /v1/pictures/{sha256}`.
    pub fn picture(&self, sha256: &str) -> Result<Vec<u8>, PlatformError> {
        self.ask(|app| app.store.picture(sha256))?
            .ok_or_else(|| refused(404, "not_found"))
    }

    /// `GET /v1/erasures`.
    pub fn erasures(&self, kiosk: &str, after: u64) -> Result<Erasures, PlatformError> {
        self.ask(|app| app.store.erasures(kiosk, after))
    }

    /// `POST /v1/erasures`.
    pub fn erasures_done(&self, kiosk: &str, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.ask(|app| app.store.erasures_done(kiosk, &done.done, self.now()))
    }

    /// `GET /v1/configuration`.
    pub fn configuration(&self, kiosk: &str) -> Result<Option<Value>, PlatformError> {
        let found: Option<Configuration> = self.ask(|app| app.store.configuration(kiosk))?;
        Ok(found.and_then(|found| serde_json::to_value(found).ok()))
    }

    /// `POST /v1/heartbeat`.
    pub fn heartbeat(&self, kiosk: &str, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.ask(|app| {
            app.store.heard(kiosk, report, self.now())?;
            Ok(HeartbeatReply {
                server_time: self.now(),
                catalogue_version: app.store.newest_version()?,
                config_version: app.store.config_version(kiosk)?,
                erasures: app.store.newest_erasure(kiosk)?,
            })
        })
    }

    /// True time, which the platform's clock tells.
    pub fn now(&self) -> Timestamp {
        true_time(self.chronicle.elapsed())
    }

    fn ask<T>(&self, work: impl FnOnce(&App) -> Result<T, StoreError>) -> Result<T, PlatformError> {
        match &self.state().app {
            Some(app) => work(app).map_err(|error| server(&error.to_string())),
            None => Err(offline("connection refused")),
        }
    }

    fn receive(&self, app: &App, kiosk: &str, batch: &LeadBatch) -> Result<Vec<Receipt>, StoreError> {
        let open = |envelope: &Envelope| Received {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256.clone(),
            header: serde_json::to_string(&envelope.header).unwrap_or_default(),
            sealed: envelope.sealed.clone(),
            opened: opened(app, envelope),
        };
        let received: Vec<Received> = batch.items.iter().map(open).collect();
        app.store.receive(kiosk, &received, self.now())
    }

    /// A frozen envelope never changes, and its hash is that of its bytes.
    fn look_at(&self, envelope: &Envelope) {
        let name = (envelope.header.id, envelope.header.revision);
        let ticket = &envelope.header.ticket;
        if sha256_hex(&envelope.sealed) != envelope.sha256 {
            self.chronicle
                .broken(format!("{ticket} came with another hash than its bytes have"));
        }
        let mut state = self.state();
        let first = state.came.entry(name).or_insert_with(|| envelope.clone());
        if first != envelope {
            self.chronicle
                .broken(format!("{ticket} came twice with different bytes"));
        }
    }

    fn note_held(&self, receipts: &[Receipt]) {
        let held = receipts.iter().filter(|receipt| receipt.outcome.is_held());
        let held = held.map(|receipt| (receipt.id, receipt.revision, receipt.sha256.clone()));
        self.state().held.extend(held);
    }

    fn answer_first(&self, kiosk: &str, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        let before = self
            .state()
            .hasty
            .replace(vec![(kiosk.to_owned(), batch.clone())]);
        for (kiosk, batch) in before.unwrap_or_default() {
            let receipts = self.ask(|app| self.receive(app, &kiosk, &batch))?;
            self.note_held(&receipts);
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

fn opened(app: &App, envelope: &Envelope) -> Result<Box<LeadRecord>, &'static str> {
    let plain = vault::seal::open(&envelope.sealed, &app.keys.identity).map_err(|_| "it cannot be opened")?;
    let record: Box<LeadRecord> = serde_json::from_slice(&plain).map_err(|_| "it does not hold a lead")?;
    if record.header == envelope.header {
        Ok(record)
    } else {
        Err("it holds another header than it came with")
    }
}
