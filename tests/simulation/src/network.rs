//! The network between one kiosk and the platform: every question meets its fate here. What a kiosk hears is what its
//! HTTP client would make of it.

use crate::chance::Chance;
use crate::chronicle::Chronicle;
use crate::fixture::Fixture;
use crate::headquarters::Headquarters;
use crate::heard::{instead, offline, server};
use crate::ledger::Ledger;
use crate::line::Line;
use crate::sky::{Fate, Sky, latency};
use crate::watch::Watch;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use sync::PlatformError;
use tokio::time::{Instant, sleep, timeout};

/// How long the kiosk's client waits for an answer in JSON: the contract's limit.
pub const ANSWER: Duration = Duration::from_secs(30);
/// How long a download may stall: the contract's limit.
pub const STALLED: Duration = Duration::from_secs(20);

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
    /// What the kiosk says that it has done is noted there.
    pub ledger: Arc<Ledger>,
    /// Copies under way.
    pub late: Arc<Late>,
    /// The seed, for probes.
    pub seed: u64,
    /// Chance of everything but probes.
    pub chance: Mutex<Chance>,
}

/// A question on its way: what happens to it, how long it takes.
pub struct Trip {
    what: &'static str,
    /// What happens to it.
    pub fate: Fate,
    there: Duration,
    back: Duration,
    patience: Duration,
}

impl Wire {
    /// Draws from the stream of this program.
    pub fn with_chance<T>(&self, draw: impl FnOnce(&mut Chance) -> T) -> T {
        draw(&mut self.chance.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What happens to a question that is sent now.
    pub fn trip(&self, what: &'static str, patience: Duration) -> Trip {
        let number = self.with_chance(Chance::bits);
        self.with_chance(|chance| Self::draw(self.line.sky(), what, patience, number, chance))
    }

    /// Probes overlap, and in which order the driver looks at them is not the seed's to say: what becomes of one hangs
    /// on its nonce alone.
    pub fn trip_of_probe(&self, nonce: &str) -> Trip {
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
            back: whole.saturating_sub(there),
            patience,
        }
    }

    /// Sends a question. `work` is what the platform does with it, perhaps twice.
    pub async fn send<T: Send>(
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
            fate => Err(instead(fate)),
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
    pub async fn misled<T>(&self, trip: &Trip, forge: impl FnOnce(&mut Chance) -> Option<T>) -> Option<T> {
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
