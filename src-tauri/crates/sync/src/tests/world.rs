//! A kiosk in memory, a platform that does what a script says, and a clock that runs on tokio's paused time.

use crate::clock::{Clock, Now};
use crate::error::{LocalError, PlatformError, SyncError};
use crate::ports::{Facts, Local, Place, Platform, Room, Take, Waiting};
use crate::remembered::Remembered;
use crate::{Driver, Report};
use jiff::{SignedDuration, Timestamp};
use protocol::{
    Checkpoint, Enrolled, EnrolmentRequest, Envelope, Erasure, Erasures, ErasuresDone, Heartbeat,
    HeartbeatReply, LeadBatch, LeadReceipts, Outcome, Probe, Receipt, RowCounts, SignedCheckpoint,
    sha256_hex,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// Paused time and a small generator of chance.
pub struct TestClock {
    start: Instant,
    seed: u64,
}

impl TestClock {
    pub fn new(seed: u64) -> Self {
        Self {
            start: Instant::now(),
            seed,
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Now {
        let steady = self.start.elapsed();
        let wall = origin() + SignedDuration::try_from(world_time()).unwrap();
        Now { wall, steady }
    }

    fn random(&mut self) -> u64 {
        // SplitMix64.
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn origin() -> Timestamp {
    "2026-02-13T09:00:00Z".parse().unwrap()
}

tokio::task_local! {
    /// When the test began, so that wall time goes on over restarts of the driver.
    pub static BEGAN: Instant;
}

/// Time since the test began.
pub fn world_time() -> Duration {
    BEGAN.with(Instant::elapsed)
}

/// Everything a kiosk keeps.
#[derive(Default)]
pub struct KioskState {
    pub queue: BTreeMap<i64, Envelope>,
    pub settled: Vec<Receipt>,
    pub aside: Vec<Uuid>,
    pub catalogue: Option<u64>,
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
        Ok(Some(checkpoint).filter(|checkpoint| Some(checkpoint.version) > state.catalogue))
    }

    fn install_catalogue(&self, signed: &SignedCheckpoint, snapshot: &[u8]) -> Result<u64, LocalError> {
        let checkpoint = checkpoint_of(signed);
        assert_eq!(sha256_hex(snapshot), checkpoint.snapshot_sha256);
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

/// A whole question failing, or never answered.
#[derive(Debug, Clone)]
pub enum Fault {
    Error(PlatformError),
    Hang,
    /// Answered after so long; until then everything else hangs.
    Crowds(Duration),
}

/// What the platform holds and how it behaves.
#[derive(Default)]
pub struct Script {
    /// Every question fails so.
    pub away: Option<Fault>,
    /// A question to this endpoint fails so.
    pub faults: BTreeMap<&'static str, Fault>,
    /// Batches that are kept, and whose answer is lost.
    pub lost_answers: u32,
    /// Leads whose batch is refused.
    pub poison: BTreeSet<Uuid>,
    /// Leads that are put off.
    pub put_off: BTreeSet<Uuid>,
    /// Number of copies kept, by id.
    pub held: BTreeMap<Uuid, (String, u32)>,
    pub published: Option<(SignedCheckpoint, Vec<u8>)>,
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// Pictures at which the platform fails.
    pub sick_pictures: BTreeSet<String>,
    /// Pictures break off after so many bytes.
    pub cut_pictures_at: Option<usize>,
    /// What is answered when a delta is asked for.
    pub delta: Option<Vec<u8>>,
    pub erasures: Vec<Erasure>,
    pub erasures_done: Vec<u64>,
    pub configuration: u64,
    /// More leads at once than this never get through.
    pub most_at_once: Option<usize>,
    /// What the platform's clock is ahead.
    pub ahead: SignedDuration,
    /// Until when everything hangs.
    pub crowded_until: Duration,
    /// When each endpoint was asked.
    pub asked: Vec<(&'static str, Duration)>,
}

#[derive(Default)]
pub struct Scripted(Mutex<Script>);

impl Scripted {
    pub fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap()
    }

    pub fn asked(&self, endpoint: &str) -> Vec<Duration> {
        let script = self.script();
        script
            .asked
            .iter()
            .filter(|(name, _)| *name == endpoint)
            .map(|(_, at)| *at)
            .collect()
    }

    async fn meet(&self, endpoint: &'static str) -> Result<(), PlatformError> {
        let fault = {
            let mut script = self.script();
            script.asked.push((endpoint, world_time()));
            let crowded = (world_time() < script.crowded_until).then_some(Fault::Hang);
            let fault = script.away.clone().or(crowded);
            let fault = fault.or_else(|| script.faults.get(endpoint).cloned());
            if let Some(Fault::Crowds(time)) = fault {
                script.crowded_until = world_time() + time;
            }
            fault
        };
        match fault {
            None => Ok(()),
            Some(Fault::Error(error)) => Err(error),
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::Crowds(time)) => {
                sleep(time).await;
                Ok(())
            }
        }
    }
}

impl Platform for Scripted {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        self.meet("probe").await?;
        let server_time = origin() + SignedDuration::try_from(world_time()).unwrap();
        Ok(Probe {
            nonce: nonce.to_owned(),
            protocol: "1".to_owned(),
            server_time,
        })
    }

    async fn enrol(&self, _: &EnrolmentRequest) -> Result<Enrolled, PlatformError> {
        unreachable!("the driver never enrols")
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        self.meet("leads").await?;
        let most = self.script().most_at_once;
        if most.is_some_and(|most| batch.items.len() > most) {
            sleep(Duration::from_secs(30)).await;
            return Err(PlatformError::Offline("no answer in time".to_owned()));
        }
        let mut script = self.script();
        if batch
            .items
            .iter()
            .any(|item| script.poison.contains(&item.header.id))
        {
            let code = "item_unreadable".to_owned();
            return Err(PlatformError::Refused {
                status: 422,
                code,
                detail: String::new(),
            });
        }
        let receipts = batch
            .items
            .iter()
            .map(|item| receipt(&mut script, item))
            .collect();
        if script.lost_answers > 0 {
            script.lost_answers -= 1;
            return Err(PlatformError::Offline("answer lost".to_owned()));
        }
        Ok(LeadReceipts { receipts })
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        self.meet("checkpoint").await?;
        Ok(self.script().published.as_ref().map(|(signed, _)| signed.clone()))
    }

    async fn snapshot(&self, _: u64, _: u64) -> Result<Vec<u8>, PlatformError> {
        self.meet("snapshot").await?;
        Ok(self.script().published.as_ref().unwrap().1.clone())
    }

    async fn delta(&self, _: u64, _: u64, _: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        self.meet("delta").await?;
        Ok(self.script().delta.clone())
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut Take<'_>) -> Result<(), SyncError> {
        self.meet("picture").await?;
        if self.script().sick_pictures.contains(sha256) {
            let (detail, retry_after) = ("status 500".to_owned(), None);
            return Err(PlatformError::Server { detail, retry_after }.into());
        }
        let missing = PlatformError::Refused {
            status: 404,
            code: "not_found".to_owned(),
            detail: String::new(),
        };
        let (picture, cut) = {
            let script = self.script();
            (script.pictures.get(sha256).cloned(), script.cut_pictures_at)
        };
        let picture = picture.ok_or(missing)?;
        if picture.is_empty() {
            return Ok(());
        }
        let from = from as usize;
        let until = cut.map_or(picture.len(), |most| picture.len().min(from + most));
        take(from as u64, &picture[from..until])?;
        if until < picture.len() {
            return Err(PlatformError::Offline("the line broke".to_owned()).into());
        }
        Ok(())
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        self.meet("erasures").await?;
        let erasures = self.script().erasures.clone();
        let newest = erasures.last().map_or(0, |erasure| erasure.seq);
        let later = erasures.into_iter().filter(|erasure| erasure.seq > after);
        Ok(Erasures {
            erasures: later.take(protocol::MAX_ERASURES).collect(),
            newest,
        })
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.meet("erasures_done").await?;
        self.script().erasures_done.extend(&done.done);
        Ok(())
    }

    async fn configuration(&self) -> Result<Option<serde_json::Value>, PlatformError> {
        self.meet("configuration").await?;
        Ok(None)
    }

    async fn heartbeat(&self, _: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.meet("heartbeat").await?;
        let script = self.script();
        let published = script
            .published
            .as_ref()
            .map(|(signed, _)| checkpoint_of(signed).version);
        Ok(HeartbeatReply {
            server_time: origin() + SignedDuration::try_from(world_time()).unwrap() + script.ahead,
            catalogue_version: published,
            config_version: script.configuration,
            erasures: script.erasures.last().map_or(0, |erasure| erasure.seq),
        })
    }
}

fn receipt(script: &mut Script, item: &Envelope) -> Receipt {
    let id = item.header.id;
    let outcome = if script.put_off.contains(&id) {
        Outcome::Retry
    } else {
        match script.held.get(&id) {
            None => {
                script.held.insert(id, (item.sha256.clone(), 1));
                Outcome::Accepted
            }
            Some((sha256, _)) if *sha256 == item.sha256 => Outcome::Duplicate,
            Some(_) => Outcome::Conflict,
        }
    };
    Receipt {
        id,
        revision: item.header.revision,
        sha256: item.sha256.clone(),
        outcome,
    }
}

/// A signed checkpoint and snapshot of a version; the signature is for show.
pub fn publication(version: u64) -> (SignedCheckpoint, Vec<u8>) {
    let snapshot = format!("snapshot {version}").into_bytes();
    let checkpoint = Checkpoint {
        format: 1,
        version,
        published_at: origin(),
        expires_at: None,
        rows: RowCounts::default(),
        content_sha256: String::new(),
        snapshot_sha256: sha256_hex(&snapshot),
        snapshot_bytes: snapshot.len() as u64,
        snapshot_plain_bytes: 0,
        pictures: 0,
        pictures_bytes: 0,
    };
    let checkpoint = serde_json::to_string(&checkpoint).unwrap();
    (
        SignedCheckpoint {
            checkpoint,
            signature: String::new(),
        },
        snapshot,
    )
}

fn checkpoint_of(signed: &SignedCheckpoint) -> Checkpoint {
    serde_json::from_str(&signed.checkpoint).unwrap()
}

/// A kiosk and a platform.
#[derive(Clone, Default)]
pub struct World {
    pub kiosk: Arc<Kiosk>,
    pub platform: Arc<Scripted>,
}

impl World {
    /// A new driver over what is there, as after a restart.
    pub fn driver(&self, seed: u64) -> Driver<Scripted, Kiosk, TestClock> {
        Driver::new(
            Arc::clone(&self.platform),
            Arc::clone(&self.kiosk),
            TestClock::new(seed),
        )
        .unwrap()
    }

    pub async fn once(&self) -> Report {
        self.driver(1).once().await
    }
}

/// Runs a test on paused time.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async { BEGAN.scope(Instant::now(), test).await })
}
