//! The network between one kiosk and the platform: every question meets its fate here. What a kiosk hears is what its
//! HTTP client would make of it.

use crate::chance::Chance;
use crate::chronicle::Chronicle;
use crate::fixture::Fixture;
use crate::forged;
use crate::headquarters::{Headquarters, server};
use crate::line::Line;
use crate::sky::{Fate, Sky, latency};
use crate::watch::Watch;
use protocol::{
    Enrolled, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch, LeadReceipts,
    Probe, SignedCheckpoint,
};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use sync::{Platform, PlatformError, SyncError, Take};
use tokio::time::{Instant, sleep, timeout};

/// How long the kiosk's client waits for an answer in JSON: the contract's limit.
pub const ANSWER: Duration = Duration::from_secs(30);
/// How long a download may stall: the contract's limit.
const STALLED: Duration = Duration::from_secs(20);

/// Copies of requests that are still on their way.
#[derive(Default)]
pub struct Late(AtomicU64);

impl Late {
    /// Whether any is.
    pub fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// The network as one kiosk has it.
pub struct Wire {
    /// Its identifier.
    pub kiosk: String,
    /// The other end.
    pub headquarters: Arc<Headquarters>,
    /// Its line.
    pub line: Arc<Line>,
    /// The record.
    pub chronicle: Arc<Chronicle>,
    /// What everything began with.
    pub fixture: Arc<Fixture>,
    /// Who reads along.
    pub watch: Arc<Watch>,
    /// Copies under way.
    pub late: Arc<Late>,
    /// The seed, for probes.
    pub seed: u64,
    /// Chance of everything but probes.
    pub chance: Mutex<Chance>,
}

/// A question on its way: what happens to it, how long it takes.
struct Trip {
    what: &'static str,
    fate: Fate,
    there: Duration,
    back: Duration,
    patience: Duration,
}

impl Wire {
    fn with_chance<T>(&self, draw: impl FnOnce(&mut Chance) -> T) -> T {
        draw(&mut self.chance.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn trip(&self, what: &'static str, patience: Duration) -> Trip {
        let number = self.with_chance(|chance| chance.bits());
        self.with_chance(|chance| Self::draw(self.line.sky(), what, patience, number, chance))
    }

    /// Probes overlap, and in which order the driver looks at them is not the seed's to say: what becomes of one hangs
    /// on its nonce alone.
    fn trip_of_probe(&self, nonce: &str) -> Trip {
        let mut chance = Chance::of(self.seed, nonce);
        Self::draw(
            self.line.sky(),
            "probe",
            ANSWER,
            self.line.next_probe(),
            &mut chance,
        )
    }

    fn draw(sky: Sky, what: &'static str, patience: Duration, number: u64, chance: &mut Chance) -> Trip {
        let fate = Fate::draw(sky, what, chance);
        let whole = match fate {
            Fate::Slow => latency(800..=40_000, number, chance),
            _ => latency(10..=200, number, chance),
        };
        let there = whole / 2;
        Trip {
            what,
            fate,
            there,
            back: whole - there,
            patience,
        }
    }

    /// Sends a question. `work` is what the platform does with it, perhaps twice.
    async fn send<T: Send>(
        &self,
        trip: Trip,
        work: impl Fn(&Headquarters) -> Result<T, PlatformError> + Send + Sync + 'static,
    ) -> Result<T, PlatformError> {
        self.chronicle.count(trip.fate.name(), 1);
        let began = Instant::now();
        let answer = timeout(trip.patience, self.travel(&trip, work)).await;
        let answer = answer.unwrap_or_else(|_| Err(offline("no answer in time")));
        let how = match &answer {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.to_string(),
        };
        let (kiosk, what, fate) = (&self.kiosk, trip.what, trip.fate);
        let took = began.elapsed().as_millis();
        self.chronicle
            .note(format!("{kiosk} {what}: {fate:?}, {took} ms, {how}"));
        if let Err(error) = &answer {
            self.line.answered(error);
        }
        answer
    }

    async fn travel<T: Send>(
        &self,
        trip: &Trip,
        work: impl Fn(&Headquarters) -> Result<T, PlatformError> + Send + Sync + 'static,
    ) -> Result<T, PlatformError> {
        sleep(trip.there).await;
        let wait = |seconds: u64| Some(Duration::from_secs(seconds));
        let answer = match trip.fate {
            Fate::Passes | Fate::Slow => work(&self.headquarters),
            Fate::Doubled(later) => {
                let answer = work(&self.headquarters);
                self.again(later, work);
                answer
            }
            Fate::AnswerLost => {
                work(&self.headquarters).ok();
                std::future::pending().await
            }
            Fate::AnswerCut => work(&self.headquarters).and(Err(offline("the answer broke off"))),
            Fate::FaultAfter => work(&self.headquarters).and(Err(server("status 504"))),
            Fate::RequestLost => std::future::pending().await,
            Fate::Refused => Err(offline("connection refused")),
            Fate::RequestCut => Err(offline("the connection broke off")),
            Fate::Captive => Err(PlatformError::Captive("a login page".to_owned())),
            Fate::Redirected => Err(PlatformError::Captive("it redirects to another page".to_owned())),
            Fate::Tls => Err(PlatformError::Tls("unknown issuer".to_owned())),
            Fate::Fault => Err(server("status 500")),
            Fate::FaultWait(seconds) => Err(PlatformError::Server {
                detail: "status 503".to_owned(),
                retry_after: wait(seconds),
            }),
            Fate::TooMany(seconds) => Err(PlatformError::RateLimited {
                retry_after: wait(seconds),
            }),
            Fate::TooManySilent => Err(PlatformError::RateLimited { retry_after: None }),
            Fate::Refusal(status) => Err(PlatformError::Refused {
                status,
                code: "gateway".to_owned(),
                detail: "not by the platform".to_owned(),
            }),
            Fate::Unauthorized => Err(PlatformError::Unauthorized { status: 401 }),
            Fate::Upgrade => Err(PlatformError::UpgradeRequired),
            Fate::WrongBody => Err(server("an answer is not what was agreed")),
        };
        sleep(trip.back).await;
        answer
    }

    /// The same once more, behind whatever is asked in between.
    fn again<T: Send>(
        &self,
        later: u64,
        work: impl Fn(&Headquarters) -> Result<T, PlatformError> + Send + Sync + 'static,
    ) {
        let (late, headquarters) = (Arc::clone(&self.late), Arc::clone(&self.headquarters));
        late.0.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            sleep(Duration::from_millis(later)).await;
            // Nobody waits for this answer.
            work(&headquarters).ok();
            late.0.fetch_sub(1, Ordering::Relaxed);
        });
    }

    /// A good answer to something else, drawn by `forge` half of the times that the fate wants one.
    async fn misled<T>(&self, trip: &Trip, forge: impl FnOnce(&mut Chance) -> Option<T>) -> Option<T> {
        if trip.fate != Fate::WrongBody {
            return None;
        }
        let forged = self.with_chance(forge)?;
        self.chronicle.count(trip.fate.name(), 1);
        self.chronicle
            .note(format!("{} {}: forged answer", self.kiosk, trip.what));
        sleep(trip.there + trip.back).await;
        Some(forged)
    }
}

fn offline(detail: &str) -> PlatformError {
    PlatformError::Offline(detail.to_owned())
}

impl Platform for Wire {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let trip = self.trip_of_probe(nonce);
        let copies_headers = trip.fate == Fate::Captive && nonce.ends_with(['0', '1', '2', '3']);
        let asked = nonce.to_owned();
        let answer = self.send(trip, move |platform| platform.probe(&asked)).await;
        self.line.probed(answer.as_ref().map(drop));
        match answer {
            Err(PlatformError::Captive(_)) if copies_headers => self.headquarters_probe_by_another(),
            answer => answer,
        }
    }

    async fn enrol(&self, _: &EnrolmentRequest) -> Result<Enrolled, PlatformError> {
        Err(server("kiosks are enrolled before the run"))
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        self.line.leads_sent();
        self.watch.read("a batch of leads", batch);
        let trip = self.trip("leads", ANSWER);
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
        self.send(trip, |platform| platform.checkpoint()).await
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
    fn headquarters_probe_by_another(&self) -> Result<Probe, PlatformError> {
        Ok(Probe {
            nonce: "0".to_owned(),
            protocol: protocol::PROTOCOL_VERSION.to_owned(),
            server_time: self.headquarters.now(),
        })
    }
}
