//! A platform that follows a script.

use super::{checkpoint_of, elapsed, start_time};
use crate::error::{PlatformError, SyncError};
use crate::ports::{ChunkSink, Platform};
use expo_protocol::{
    EnrolmentReply, EnrolmentRequest, Envelope, Erasure, Erasures, ErasuresDone, Heartbeat, HeartbeatReply,
    LeadBatch, LeadReceipts, Outcome, Probe, Receipt, SignedCheckpoint,
};
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::sleep;
use uuid::Uuid;

/// How a request fails or is delayed.
#[derive(Debug, Clone)]
pub enum Fault {
    Error(PlatformError),
    Hang,
    /// Answered after this time.
    Slow(Duration),
    /// Answered after this time; until then all other requests hang.
    SlowAndBlocking(Duration),
}

impl Fault {
    pub fn offline() -> Self {
        Self::Error(PlatformError::Offline("no such host".to_owned()))
    }

    pub const fn slow(seconds: u64) -> Self {
        Self::Slow(Duration::from_secs(seconds))
    }
}

/// What the platform holds, and how it behaves.
#[derive(Default)]
pub struct Script {
    /// Applies to every request.
    pub outage: Option<Fault>,
    /// Applies to requests to one endpoint.
    pub faults: BTreeMap<&'static str, Fault>,
    /// Number of batches that are stored and whose answer is lost.
    pub lost_answers: u32,
    /// A batch with one of these leads is refused.
    pub refused_leads: BTreeSet<Uuid>,
    /// Leads whose receipt says to retry.
    pub deferred_leads: BTreeSet<Uuid>,
    /// SHA-256 and number of stored copies, by lead.
    pub held: BTreeMap<Uuid, (String, u32)>,
    pub published: Option<(SignedCheckpoint, Vec<u8>)>,
    /// Heartbeat replies name at most this version.
    pub heartbeat_version_cap: Option<u64>,
    /// Number of snapshots that are sent with one byte changed.
    pub damaged_snapshots: u32,
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// Pictures that the platform fails to send.
    pub failing_pictures: BTreeSet<String>,
    /// Picture downloads break off after this number of bytes.
    pub picture_chunk_limit: Option<usize>,
    /// Answer to requests for a delta.
    pub delta: Option<Vec<u8>>,
    pub erasures: Vec<Erasure>,
    pub erasures_done: Vec<u64>,
    pub config_version: u64,
    /// Larger batches time out.
    pub max_batch_items: Option<usize>,
    /// How far the platform's clock is ahead.
    pub clock_ahead: SignedDuration,
    /// Until when all requests hang.
    pub blocked_until: Duration,
    /// Installed version and refusal code of each heartbeat.
    pub reported_catalogues: Vec<(Option<u64>, Option<String>)>,
    /// Endpoint and time of each request.
    pub requests: Vec<(&'static str, Duration)>,
}

#[derive(Default)]
pub struct FakePlatform(Mutex<Script>);

impl FakePlatform {
    pub fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap()
    }

    pub fn request_times(&self, endpoint: &str) -> Vec<Duration> {
        let script = self.script();
        script
            .requests
            .iter()
            .filter(|(name, _)| *name == endpoint)
            .map(|(_, at)| *at)
            .collect()
    }

    async fn handle(&self, endpoint: &'static str) -> Result<(), PlatformError> {
        let fault = {
            let mut script = self.script();
            script.requests.push((endpoint, elapsed()));
            let blocked = (elapsed() < script.blocked_until).then_some(Fault::Hang);
            let fault = script.outage.clone().or(blocked);
            let fault = fault.or_else(|| script.faults.get(endpoint).cloned());
            if let Some(Fault::SlowAndBlocking(time)) = fault {
                script.blocked_until = elapsed() + time;
            }
            fault
        };
        match fault {
            None => Ok(()),
            Some(Fault::Error(error)) => Err(error),
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::SlowAndBlocking(time) | Fault::Slow(time)) => {
                sleep(time).await;
                Ok(())
            }
        }
    }
}

impl Platform for FakePlatform {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        self.handle("probe").await?;
        let server_time = start_time() + SignedDuration::try_from(elapsed()).unwrap();
        Ok(Probe {
            nonce: nonce.to_owned(),
            protocol: "1".to_owned(),
            server_time,
        })
    }

    async fn enrol(&self, _: &EnrolmentRequest) -> Result<EnrolmentReply, PlatformError> {
        unreachable!("the driver never enrols")
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        self.handle("leads").await?;
        let max = self.script().max_batch_items;
        if max.is_some_and(|max| batch.items.len() > max) {
            sleep(Duration::from_secs(30)).await;
            return Err(PlatformError::Offline("no answer in time".to_owned()));
        }
        let mut script = self.script();
        if batch
            .items
            .iter()
            .any(|item| script.refused_leads.contains(&item.header.id))
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
        self.handle("checkpoint").await?;
        Ok(self.script().published.as_ref().map(|(signed, _)| signed.clone()))
    }

    async fn snapshot(&self, _: u64, _: u64) -> Result<Vec<u8>, PlatformError> {
        self.handle("snapshot").await?;
        let mut script = self.script();
        let mut snapshot = script.published.as_ref().unwrap().1.clone();
        if script.damaged_snapshots > 0 {
            script.damaged_snapshots -= 1;
            snapshot[0] ^= 1;
        }
        Ok(snapshot)
    }

    async fn delta(&self, _: u64, _: u64, _: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        self.handle("delta").await?;
        Ok(self.script().delta.clone())
    }

    async fn picture_from(&self, sha256: &str, from: u64, sink: &mut ChunkSink<'_>) -> Result<(), SyncError> {
        self.handle("picture").await?;
        if self.script().failing_pictures.contains(sha256) {
            let (detail, retry_after) = ("status 500".to_owned(), None);
            return Err(PlatformError::Server { detail, retry_after }.into());
        }
        let missing = PlatformError::Refused {
            status: 404,
            code: "not_found".to_owned(),
            detail: String::new(),
        };
        let (picture, limit) = {
            let script = self.script();
            (script.pictures.get(sha256).cloned(), script.picture_chunk_limit)
        };
        let picture = picture.ok_or(missing)?;
        if picture.is_empty() {
            return Ok(());
        }
        let from = from as usize;
        let until = limit.map_or(picture.len(), |limit| picture.len().min(from + limit));
        sink(from as u64, &picture[from..until])?;
        if until < picture.len() {
            return Err(PlatformError::Offline("the connection broke".to_owned()).into());
        }
        Ok(())
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        self.handle("erasures").await?;
        let erasures = self.script().erasures.clone();
        let newest = erasures.last().map_or(0, |erasure| erasure.seq);
        let later = erasures.into_iter().filter(|erasure| erasure.seq > after);
        Ok(Erasures {
            erasures: later.take(expo_protocol::MAX_ERASURES).collect(),
            newest,
        })
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.handle("erasures_done").await?;
        self.script().erasures_done.extend(&done.done);
        Ok(())
    }

    async fn configuration(&self) -> Result<Option<serde_json::Value>, PlatformError> {
        self.handle("configuration").await?;
        Ok(None)
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.handle("heartbeat").await?;
        let mut script = self.script();
        let reported = (report.catalogue_version, report.catalogue_refused.clone());
        script.reported_catalogues.push(reported);
        let published = script
            .published
            .as_ref()
            .map(|(signed, _)| checkpoint_of(signed).version);
        Ok(HeartbeatReply {
            server_time: start_time() + SignedDuration::try_from(elapsed()).unwrap() + script.clock_ahead,
            catalogue_version: published.min(script.heartbeat_version_cap.or(published)),
            config_version: script.config_version,
            erasures: script.erasures.last().map_or(0, |erasure| erasure.seq),
        })
    }
}

fn receipt(script: &mut Script, item: &Envelope) -> Receipt {
    let id = item.header.id;
    let outcome = if script.deferred_leads.contains(&id) {
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
