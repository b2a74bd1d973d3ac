//! The endpoints of the contract over one kiosk's wire: what is asked, and what may come instead of the answer.

use crate::chance::Chance;
use crate::forged;
use crate::headquarters::Headquarters;
use crate::heard::server;
use crate::sky::Fate;
use crate::wire::{ANSWER, STALLED, Wire};
use protocol::{
    Enrolled, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch, LeadReceipts,
    Probe, SignedCheckpoint,
};
use serde_json::Value;
use sync::{Platform, PlatformError, SyncError, Take};

impl Platform for Wire {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let trip = self.trip_of_probe(nonce);
        let copies_headers = trip.fate == Fate::Captive && nonce.ends_with(['0', '1', '2', '3']);
        let asked = nonce.to_owned();
        let answer = self.send(trip, move |platform| platform.probe(&asked)).await;
        self.line.probed(answer.as_ref().map(drop));
        match answer {
            Err(PlatformError::Captive(_)) if copies_headers => Ok(self.probe_by_another()),
            answer => answer,
        }
    }

    async fn enrol(&self, _: &EnrolmentRequest) -> Result<Enrolled, PlatformError> {
        Err(server("kiosks are enrolled before the run"))
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        self.line.leads_sent();
        self.watch.read("a batch of leads", batch);
        let leads: Vec<_> = batch.items.iter().map(|envelope| envelope.header.id).collect();
        let mut trip = self.trip("leads", ANSWER);
        if trip.fate == Fate::Passes && self.line.takes_offence(&leads) {
            trip.fate = Fate::Refusal(422);
        }
        if let Some(forged) = self.misled(&trip, |chance| forged::receipts(batch, chance)).await {
            return Ok(forged);
        }
        let (kiosk, batch) = (self.kiosk.clone(), batch.clone());
        self.send(trip, move |platform| platform.leads(&kiosk, &batch))
            .await
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        let trip = self.trip("checkpoint", ANSWER);
        let published = self.headquarters.newest().is_some();
        let forge = |chance: &mut Chance| forged::checkpoint(&self.fixture.editions, published, chance);
        if let Some(forged) = self.misled(&trip, forge).await {
            return Ok(Some(forged));
        }
        self.send(trip, Headquarters::checkpoint).await
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let trip = self.trip("snapshot", STALLED);
        let forge = |chance: &mut Chance| forged::snapshot(&self.fixture.editions, version, chance);
        if let Some(forged) = self.misled(&trip, forge).await {
            return Ok(forged);
        }
        let found = self
            .send(trip, move |platform| platform.snapshot(version))
            .await?;
        if found.len() as u64 > max_bytes {
            return Err(server("an answer is too long"));
        }
        Ok(found)
    }

    async fn delta(&self, version: u64, from: u64, max_bytes: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        let trip = self.trip("delta", STALLED);
        let forge = |chance: &mut Chance| forged::delta(&self.fixture.editions, (from, version), chance);
        if let Some(forged) = self.misled(&trip, forge).await {
            return Ok(Some(forged));
        }
        match self
            .send(trip, move |platform| platform.delta(version, from))
            .await
        {
            Err(PlatformError::Refused { status: 404, .. }) => Ok(None),
            Ok(Some(found)) if found.len() as u64 > max_bytes => Err(server("an answer is too long")),
            answer => answer,
        }
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut Take<'_>) -> Result<(), SyncError> {
        let trip = self.trip("picture", STALLED);
        let forge = |chance: &mut Chance| forged::picture(&self.fixture.editions, chance);
        if let Some(forged) = self.misled(&trip, forge).await {
            return Ok(take(0, &forged)?);
        }
        let (fate, hash) = (trip.fate, sha256.to_owned());
        let answer = self.send(trip, move |platform| platform.picture(&hash)).await;
        let whole = match (answer, fate) {
            (Ok(whole), _) => whole,
            // The bytes up to where it broke off have come.
            (Err(error), Fate::AnswerCut | Fate::AnswerLost) => {
                if let Ok(whole) = self.headquarters.picture(sha256) {
                    let end = self.with_chance(|chance| chance.index(whole.len()));
                    if end > from as usize {
                        take(from, &whole[from as usize..end])?;
                    }
                }
                return Err(error.into());
            }
            (Err(error), _) => return Err(error.into()),
        };
        // Some servers know no ranges and begin again.
        let goes_on = self.with_chance(|chance| !chance.one_in(4));
        let mut at = if goes_on && from < whole.len() as u64 {
            from as usize
        } else {
            0
        };
        while at < whole.len() {
            let end = whole.len().min(at + 600);
            take(at as u64, &whole[at..end])?;
            at = end;
        }
        Ok(())
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        let trip = self.trip("erasures", ANSWER);
        if let Some(forged) = self.misled(&trip, forged::erasures).await {
            return Ok(forged);
        }
        let kiosk = self.kiosk.clone();
        self.send(trip, move |platform| platform.erasures(&kiosk, after))
            .await
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.watch.read("erasures done", done);
        self.ledger.tells_done(&done.done);
        let trip = self.trip("erasures done", ANSWER);
        let (kiosk, done) = (self.kiosk.clone(), done.clone());
        self.send(trip, move |platform| platform.erasures_done(&kiosk, &done))
            .await
    }

    async fn configuration(&self) -> Result<Option<Value>, PlatformError> {
        let trip = self.trip("configuration", ANSWER);
        if let Some(forged) = self.misled(&trip, forged::configuration).await {
            return Ok(Some(forged));
        }
        let kiosk = self.kiosk.clone();
        self.send(trip, move |platform| platform.configuration(&kiosk))
            .await
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.watch.read("a heartbeat", report);
        let trip = self.trip("heartbeat", ANSWER);
        let (kiosk, report) = (self.kiosk.clone(), report.clone());
        self.send(trip, move |platform| platform.heartbeat(&kiosk, &report))
            .await
    }
}

impl Wire {
    /// A page that copies the platform's header, and cannot know the nonce.
    fn probe_by_another(&self) -> Probe {
        Probe {
            nonce: "0".to_owned(),
            protocol: protocol::PROTOCOL_VERSION.to_owned(),
            server_time: self.headquarters.now(),
        }
    }
}
