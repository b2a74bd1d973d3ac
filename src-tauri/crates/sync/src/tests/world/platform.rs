//! A platform that does what a script says.

use super::{checkpoint_of, origin, world_time};
use crate::error::{PlatformError, SyncError};
use crate::ports::{Platform, Take};
use jiff::SignedDuration;
use protocol::{
    Enrolled, EnrolmentRequest, Envelope, Erasure, Erasures, ErasuresDone, Heartbeat, HeartbeatReply,
    LeadBatch, LeadReceipts, Outcome, Probe, Receipt, SignedCheckpoint,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::sleep;
use uuid::Uuid;

/// A whole question failing, or never answered.
#[derive(Debug, Clone)]
pub enum Fault {
    Error(PlatformError),
    Hang,
    /// Answered after so long.
    Slow(Duration),
    /// Answered after so long; until then everything else hangs.
    Crowds(Duration),
}

impl Fault {
    pub fn offline() -> Self {
        Self::Error(PlatformError::Offline("no such host".to_owned()))
    }

    pub const fn slow(seconds: u64) -> Self {
        Self::Slow(Duration::from_secs(seconds))
    }
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
    /// Heartbeats tell of this version, if it is a lower one than the one published.
    pub tells_at_most: Option<u64>,
    /// As many snapshots come with a byte changed.
    pub damaged_snapshots: u32,
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
    /// Versions shown, and why the published one was not, as heartbeats told.
    pub told_of_catalogues: Vec<(Option<u64>, Option<String>)>,
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
            Some(Fault::Crowds(time) | Fault::Slow(time)) => {
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
        let mut script = self.script();
        let mut snapshot = script.published.as_ref().unwrap().1.clone();
        if script.damaged_snapshots > 0 {
            script.damaged_snapshots -= 1;
            snapshot[0] ^= 1;
        }
        Ok(snapshot)
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

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.meet("heartbeat").await?;
        let mut script = self.script();
        let told = (report.catalogue_version, report.catalogue_refused.clone());
        script.told_of_catalogues.push(told);
        let published = script
            .published
            .as_ref()
            .map(|(signed, _)| checkpoint_of(signed).version);
        Ok(HeartbeatReply {
            server_time: origin() + SignedDuration::try_from(world_time()).unwrap() + script.ahead,
            catalogue_version: published.min(script.tells_at_most.or(published)),
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
