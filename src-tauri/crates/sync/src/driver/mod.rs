//! Carries out what the engine plans, over a platform and a kiosk. Driven by time: a nudge only shortens a wait. A
//! download runs beside everything else, so that no picture and no catalogue holds a lead back.

use crate::catalogue::{self, Picture};
use crate::clock::Clock;
use crate::configuration;
use crate::doubt::{self, Outage, Waited};
use crate::download::Downloading;
use crate::engine::{Engine, Lane, PROBE_GAP, Step, TICK};
use crate::erasures;
use crate::error::{LocalError, PlatformError, SyncError};
use crate::leads::{self, Tally};
use crate::pictures::Pass;
use crate::ports::{Facts, Local, Place, Platform};
use crate::probe;
use crate::remembered::{RefusedCatalogue, Remembered};
use crate::report::{Report, Trouble};
use protocol::{MAX_BATCH_ITEMS, Probe};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::sleep;

/// A reason to look at the facts before the wait is over.
#[derive(Debug)]
pub enum Nudge {
    /// A lead was taken. Waiting after failures is not shortened.
    NewLead,
    /// Somebody wants a whole round now, whatever failed before, and gets its report.
    Now(oneshot::Sender<Report>),
}

enum Downloaded {
    Catalogue(Result<Option<u64>, SyncError>),
    Picture(Result<Picture, SyncError>),
}

/// The loop between a platform and a kiosk.
pub struct Driver<P, L, C> {
    platform: Arc<P>,
    local: Arc<L>,
    clock: C,
    engine: Engine,
    downloading: Downloading<Downloaded>,
    /// Lanes whose last question was given up: the next one is awaited to its limit, so that a line which only is slow
    /// lets every second question through.
    given_up: [bool; Lane::ALL.len()],
    /// Seen beside the question that was just given up.
    outage: Option<Outage>,
    /// Where the present pass over the waiting leads stands.
    place: Place,
    /// What the present pass came to.
    pass: Tally,
    /// How many leads to send at once: fewer where the line is too thin to carry more in time.
    slice: usize,
    picture_pass: Pass,
    total: Tally,
    pictures: u64,
    troubles: Vec<Trouble>,
    catalogue_refused: Option<RefusedCatalogue>,
    /// What was said of a version that cannot be shown. It holds beside the version shown then: another one may have it
    /// judged otherwise.
    unusable: Option<LocalError>,
    /// The version shown when that was last looked at.
    shown: Option<u64>,
    /// What the kiosk remembers already.
    kept: Remembered,
}

impl<P: Platform, L: Local, C: Clock> Driver<P, L, C> {
    /// A driver that goes on from what the kiosk remembers.
    pub fn new(platform: Arc<P>, local: Arc<L>, clock: C) -> Result<Self, LocalError> {
        let kept = local.recall()?;
        let engine = Engine::new(&kept, clock.now());
        Ok(Self {
            platform,
            local,
            clock,
            engine,
            downloading: Downloading::new(),
            given_up: [false; Lane::ALL.len()],
            outage: None,
            place: Place::START,
            pass: Tally::default(),
            slice: MAX_BATCH_ITEMS,
            picture_pass: Pass::default(),
            total: Tally::default(),
            pictures: 0,
            troubles: Vec::new(),
            catalogue_refused: kept.catalogue_refused.clone(),
            unusable: None,
            shown: None,
            kept,
        })
    }

    /// One whole round now, whatever failed before: probe, leads, catalogue, heartbeat, and all pictures.
    pub async fn once(&mut self) -> Report {
        self.begin_round().await;
        while !self.step_or_pause(|lane| lane.is_none()).await {}
        self.end_round()
    }

    /// A round that somebody waits for. Pictures go on after it.
    async fn at_once(&mut self) -> Report {
        self.begin_round().await;
        // What came of a picture is kept; nothing that is asked for now stands behind it.
        self.downloading.give_up(Lane::Pictures);
        let only_pictures = |lane: Option<Lane>| lane.is_none_or(|lane| lane == Lane::Pictures);
        while !self.step_or_pause(only_pictures).await {}
        self.end_round()
    }

    async fn begin_round(&mut self) {
        // What is over already is of the time before.
        if let Some(downloaded) = self.downloading.go_on().await {
            self.download_done(downloaded);
        }
        self.forget_unusable();
        self.engine.force();
        self.given_up = [false; Lane::ALL.len()];
        (self.total, self.pictures, self.troubles) = (Tally::default(), 0, Vec::new());
    }

    /// Has a version that could not be shown fetched and judged anew.
    fn forget_unusable(&mut self) {
        if self.unusable.take().is_some() {
            // A look under way knows of it.
            self.downloading.give_up(Lane::Catalogue);
        }
    }

    fn end_round(&mut self) -> Report {
        self.remember(true);
        self.report()
    }

    /// Does the next step, or waits for it beside the download. True when there is nothing to do now and `is_over` says
    /// of the lane that is downloading that it need not be awaited.
    async fn step_or_pause(&mut self, is_over: impl Fn(Option<Lane>) -> bool) -> bool {
        let Some(wait) = self.advance().await else {
            return false;
        };
        if is_over(self.downloading.lane()) {
            return true;
        }
        tokio::select! {
            biased;
            downloaded = self.downloading.end() => self.download_done(downloaded),
            () = sleep(wait) => {}
        }
        false
    }

    /// Works for ever, until `shutdown` is ready. Stopping at any moment loses nothing.
    pub async fn run(mut self, shutdown: impl Future<Output = ()> + Send, nudges: mpsc::Receiver<Nudge>) {
        tokio::select! {
            () = shutdown => {}
            () = Box::pin(self.run_for_ever(nudges)) => {}
        }
    }

    async fn run_for_ever(&mut self, mut nudges: mpsc::Receiver<Nudge>) {
        loop {
            self.troubles.clear();
            let wait = self.advance().await;
            self.remember(false);
            let is_downloading = self.downloading.lane().is_some();
            tokio::select! {
                biased;
                Some(nudge) = nudges.recv() => if let Nudge::Now(answer) = nudge {
                    let report = self.at_once().await;
                    // Whoever asked may have left.
                    answer.send(report).ok();
                },
                downloaded = self.downloading.end(), if is_downloading => self.download_done(downloaded),
                () = pause(wait) => {}
            }
        }
    }

    /// Does the next step; a download is only begun. Returns how long to wait when there is nothing to do.
    async fn advance(&mut self) -> Option<Duration> {
        // A catalogue that is there is installed before another question is asked.
        if let Some(downloaded) = self.downloading.go_on().await {
            self.download_done(downloaded);
        }
        let facts = match self.local.facts() {
            Ok(facts) => facts,
            Err(error) => {
                self.note("storage", &error.into());
                return Some(TICK);
            }
        };
        self.catalogue_refused
            .take_if(|refused| refused.is_over(facts.catalogue_version));
        if std::mem::replace(&mut self.shown, facts.catalogue_version) != facts.catalogue_version {
            self.forget_unusable();
        }
        match self
            .engine
            .plan(&facts, self.clock.now().steady, self.downloading.lane().is_some())
        {
            Step::Wait(wait) => return Some(wait),
            Step::Probe => self.probe().await,
            Step::Work(Lane::Leads) => self.send_leads().await,
            Step::Work(Lane::Heartbeat) => self.heartbeat(&facts).await,
            Step::Work(Lane::Erasures) => {
                let (platform, local) = self.ports();
                let forgetting = erasures::forget(&*platform, &*local);
                let result = self.doubting(Lane::Erasures, forgetting).await;
                self.lane_done(Lane::Erasures, result);
            }
            Step::Work(Lane::Configuration) => {
                let (platform, local) = self.ports();
                let fetching = configuration::fetch(&*platform, &*local);
                let result = self.doubting(Lane::Configuration, fetching).await;
                self.lane_done(Lane::Configuration, result);
            }
            Step::Work(Lane::Catalogue) => {
                let (platform, local) = self.ports();
                let (unusable, turn) = (self.unusable.clone(), self.downloading.turn());
                self.download(Lane::Catalogue, async move {
                    Downloaded::Catalogue(catalogue::update(&*platform, &*local, unusable, &turn).await)
                });
            }
            Step::Work(Lane::Pictures) => {
                let (platform, local) = self.ports();
                let skip = self.picture_pass.skipped();
                self.download(Lane::Pictures, async move {
                    Downloaded::Picture(catalogue::picture(&*platform, &*local, skip).await)
                });
            }
        }
        None
    }

    fn ports(&self) -> (Arc<P>, Arc<L>) {
        (Arc::clone(&self.platform), Arc::clone(&self.local))
    }

    fn download(&mut self, lane: Lane, future: impl Future<Output = Downloaded> + Send + 'static) {
        self.engine.download_begins(self.clock.now().steady);
        self.downloading.begin(lane, future);
    }

    /// Awaits the answer to a lane's question, unless the line turns out dead meanwhile or leads are due.
    async fn doubting<T>(
        &mut self,
        lane: Lane,
        answer: impl Future<Output = Result<T, SyncError>>,
    ) -> Result<T, SyncError> {
        let is_doubted = !std::mem::take(&mut self.given_up[lane as usize]);
        let (engine, local) = (&self.engine, &self.local);
        let makes_way = |now| {
            let waits = || local.facts().is_ok_and(|facts| facts.waiting > 0);
            lane != Lane::Leads && engine.due_at(Lane::Leads) <= now && waits()
        };
        let waiting = doubt::wait(&*self.platform, &mut self.clock, is_doubted, makes_way, answer);
        match self.downloading.beside(waiting).await {
            Waited::Answered(answer) => answer,
            Waited::MadeWay => {
                let (detail, retry_after) = ("no answer while leads wait".to_owned(), None);
                Err(PlatformError::Server { detail, retry_after }.into())
            }
            Waited::GivenUp(outage) => {
                self.given_up[lane as usize] = true;
                self.outage = Some(outage);
                Err(PlatformError::Offline("no answer, and the line was dead meanwhile".to_owned()).into())
            }
        }
    }

    async fn probe(&mut self) {
        let began = self.clock.now().steady;
        let asking = probe::ask_patiently(&*self.platform, &mut self.clock);
        let answer = self.downloading.beside(asking).await;
        let took = self.clock.now().steady.saturating_sub(began);
        self.probed(began, took, answer);
    }

    fn probed(&mut self, began: Duration, took: Duration, answer: Result<Probe, PlatformError>) {
        let (now, random) = (self.clock.now(), self.clock.random());
        match answer {
            Ok(probe) => self.engine.probe_succeeded(&probe, took, now, random),
            Err(error) => {
                let asked_at = began + probe::last_asked(took);
                self.engine.probe_failed(&error, asked_at, now, random);
                self.note("probe", &error.into());
            }
        }
    }

    async fn send_leads(&mut self) {
        let mut tally = Tally::default();
        let (platform, local) = self.ports();
        let began = self.clock.now().steady;
        let sending = leads::send_slice(&*platform, &*local, self.place, self.slice, &mut tally);
        let sent = self.doubting(Lane::Leads, sending).await;
        let took = self.clock.now().steady.saturating_sub(began);
        self.slice = match &sent {
            Ok(_) => (self.slice * 2).min(MAX_BATCH_ITEMS),
            // What a line cannot carry in time it may carry by halves.
            Err(SyncError::Platform(PlatformError::Offline(_))) if took >= PROBE_GAP => {
                (self.slice / 2).max(1)
            }
            Err(_) => self.slice,
        };
        self.pass.left += tally.left;
        self.total.sent += tally.sent;
        self.total.duplicates += tally.duplicates;
        self.total.conflicts += tally.conflicts;
        self.total.set_aside += tally.set_aside;
        // The pass is over when nothing waits behind the slice: only then is the lane known to work or not.
        let rest = sent.and_then(|last| match last {
            Some(place) => Ok((place, self.local.waiting(place, 1)?.is_empty())),
            // Facts told of waiting leads, and there are none: do not spin.
            None if self.place == Place::START => {
                Err(LocalError::Storage("leads are counted but not found".to_owned()).into())
            }
            None => Ok((self.place, true)),
        });
        let result = match rest {
            Ok((place, false)) => {
                self.place = place;
                return;
            }
            Ok(_) if self.pass.left > 0 => Err(SyncError::Unanswered(self.pass.left)),
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        (self.place, self.pass) = (Place::START, Tally::default());
        self.lane_done(Lane::Leads, result);
    }

    async fn heartbeat(&mut self, facts: &Facts) {
        self.engine.set_heartbeat(facts.heartbeat_every);
        // It tells of what is remembered.
        self.remember(false);
        let began = self.clock.now();
        let result = match self.local.heartbeat() {
            Ok(report) => {
                let platform = Arc::clone(&self.platform);
                let telling = async { platform.heartbeat(&report).await.map_err(SyncError::from) };
                self.doubting(Lane::Heartbeat, telling).await
            }
            Err(error) => Err(error.into()),
        };
        let noted = match &result {
            Ok(reply) => {
                let now = self.clock.now();
                let took = now.steady.saturating_sub(began.steady);
                self.engine.heard_time(reply.server_time, took, now);
                self.told_of_catalogue(reply.catalogue_version, facts, now.steady);
                self.local.heard(reply)
            }
            Err(SyncError::Platform(error)) if error.is_permanent() => self.local.heartbeat_refused(),
            Err(_) => Ok(()),
        };
        if let Err(error) = noted {
            self.note("storage", &error.into());
        }
        self.lane_done(Lane::Heartbeat, result.map(|_| ()));
    }

    fn told_of_catalogue(&mut self, newest: Option<u64>, facts: &Facts, now: Duration) {
        let said_of = match self.unusable {
            Some(LocalError::Unusable { version, .. }) => Some(version),
            _ => None,
        };
        if said_of < newest {
            // Nothing is known of this one.
            self.unusable = None;
        }
        let is_unusable = said_of.is_some() && said_of == newest;
        self.engine.told_of_catalogue(newest, facts, is_unusable, now);
        if self.catalogue_refused.is_some() && !is_unusable {
            // It seems to have been withdrawn: a look will tell.
            self.engine.look_for_catalogue();
        }
    }

    fn download_done(&mut self, downloaded: Downloaded) {
        match downloaded {
            Downloaded::Catalogue(result) => {
                if let Ok(Some(version)) = result {
                    tracing::info!(version, "new catalogue");
                    self.picture_pass = Pass::default();
                    self.engine.shows_another_catalogue();
                }
                match &result {
                    Ok(_) => {
                        (self.catalogue_refused, self.unusable) = (None, None);
                        self.troubles
                            .retain(|trouble| trouble.lane != Lane::Catalogue.code());
                    }
                    Err(SyncError::Local(error)) => self.note_refusal(error),
                    Err(error @ SyncError::DamagedSnapshot { version }) => {
                        self.catalogue_refused = Some(RefusedCatalogue {
                            code: error.code().to_owned(),
                            ended_by: *version,
                        });
                    }
                    // A look that did not come to an end says nothing of the one before.
                    Err(_) => {}
                }
                self.lane_done(Lane::Catalogue, result.map(|_| ()));
            }
            Downloaded::Picture(picture) => {
                self.pictures += u64::from(matches!(picture, Ok(Picture::Kept)));
                let missing = self.local.facts().map(|facts| facts.missing_pictures as usize);
                let ended = self.picture_pass.tried(picture, missing.unwrap_or(usize::MAX));
                if let Some(result) = ended {
                    self.lane_done(Lane::Pictures, result);
                }
            }
        }
    }

    fn note_refusal(&mut self, error: &LocalError) {
        let (code, refused) = match error {
            LocalError::Unusable { version, code, .. } => (code, *version),
            // Which version was meant is not to be believed.
            LocalError::Refused { code, .. } => (code, 0),
            LocalError::Storage(_) => return,
        };
        let next = || {
            let shown = self.local.facts().unwrap_or_default().catalogue_version;
            shown.map_or(0, |shown| shown + 1)
        };
        self.catalogue_refused = Some(RefusedCatalogue {
            code: (*code).to_owned(),
            ended_by: if refused > 0 { refused } else { next() },
        });
        self.unusable = (refused > 0).then(|| error.clone());
    }

    fn lane_done(&mut self, lane: Lane, result: Result<(), SyncError>) {
        let (now, random) = (self.clock.now(), self.clock.random());
        match result {
            Ok(()) => self.engine.succeeded(lane, now),
            Err(error) => {
                self.engine.failed(lane, &error, now, random);
                self.note(lane.code(), &error);
                if let Some(Outage { began, took, answer }) = self.outage.take() {
                    self.engine.was_away();
                    self.probed(began, took, answer);
                }
            }
        }
    }

    fn note(&mut self, lane: &'static str, error: &SyncError) {
        let trouble = Trouble {
            lane,
            code: error.code(),
            detail: error.to_string(),
        };
        tracing::debug!(lane, code = trouble.code, detail = trouble.detail, "sync");
        self.troubles.push(trouble);
    }

    /// Has the kiosk remember what changed. While running, the time of the last contact alone is worth a write
    /// only now and then; at the end of a round (`exactly`) it is kept as it is.
    fn remember(&mut self, exactly: bool) {
        let new = Remembered {
            catalogue_refused: self.catalogue_refused.clone(),
            ..self.engine.remembered()
        };
        if new == self.kept || (!exactly && new.is_nearly(&self.kept)) {
            return;
        }
        match self.local.remember(&new) {
            Ok(()) => self.kept = new,
            Err(error) => self.note("storage", &error.into()),
        }
    }

    fn report(&self) -> Report {
        let facts = self.local.facts().unwrap_or_default();
        Report {
            state: self.engine.state(),
            sent: self.total.sent,
            duplicates: self.total.duplicates,
            conflicts: self.total.conflicts,
            set_aside: self.total.set_aside,
            waiting: facts.waiting,
            catalogue_version: facts.catalogue_version,
            pictures: self.pictures,
            missing_pictures: facts.missing_pictures,
            troubles: self.troubles.clone(),
        }
    }
}

async fn pause(wait: Option<Duration>) {
    match wait {
        Some(wait) => sleep(wait).await,
        None => yield_now().await,
    }
}
