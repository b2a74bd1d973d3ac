//! Carries out what the engine plans, over a platform and a kiosk. Driven by time: a nudge only shortens a wait. A
//! download runs beside everything else, so that no picture and no catalogue holds a lead back.

use crate::catalogue::{self, Picture};
use crate::clock::Clock;
use crate::configuration;
use crate::engine::{Engine, Lane, Step, TICK};
use crate::erasures;
use crate::error::{LocalError, SyncError};
use crate::leads::{self, Tally};
use crate::ports::{Facts, Local, Place, Platform};
use crate::probe;
use crate::remembered::Remembered;
use crate::report::{Report, Trouble};
use std::future::Future;
use std::pin::Pin;
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

type Download = Pin<Box<dyn Future<Output = Downloaded> + Send>>;

/// The loop between a platform and a kiosk.
pub struct Driver<P, L, C> {
    platform: Arc<P>,
    local: Arc<L>,
    clock: C,
    engine: Engine,
    download: Option<Download>,
    /// Where the present pass over the waiting leads stands.
    place: Place,
    /// What the present pass came to.
    pass: Tally,
    /// Missing pictures that could not be had in the present pass, and why the last of them.
    bad_pictures: usize,
    last_bad_picture: Option<SyncError>,
    total: Tally,
    pictures: u64,
    troubles: Vec<Trouble>,
    catalogue_trouble: Option<&'static str>,
    pictures_trouble: Option<&'static str>,
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
            download: None,
            place: Place::START,
            pass: Tally::default(),
            bad_pictures: 0,
            last_bad_picture: None,
            total: Tally::default(),
            pictures: 0,
            troubles: Vec::new(),
            catalogue_trouble: None,
            pictures_trouble: None,
            kept,
        })
    }

    /// One whole round now, whatever failed before: probe, leads, catalogue, heartbeat, pictures.
    pub async fn once(&mut self) -> Report {
        self.engine.force();
        (self.total, self.pictures, self.troubles) = (Tally::default(), 0, Vec::new());
        loop {
            let wait = self.advance().await;
            match (wait, &mut self.download) {
                (_, Some(download)) => {
                    let downloaded = download.await;
                    self.download_done(downloaded);
                }
                (Some(_), None) => break,
                (None, None) => {}
            }
        }
        self.remember(true);
        self.report()
    }

    /// Works for ever, until `shutdown` is ready. Stopping at any moment loses nothing.
    pub async fn run(mut self, shutdown: impl Future<Output = ()> + Send, nudges: mpsc::Receiver<Nudge>) {
        tokio::select! {
            () = shutdown => {}
            () = self.run_for_ever(nudges) => {}
        }
    }

    async fn run_for_ever(&mut self, mut nudges: mpsc::Receiver<Nudge>) {
        loop {
            self.troubles.clear();
            let wait = self.advance().await;
            self.remember(false);
            let downloading = self.download.is_some();
            tokio::select! {
                biased;
                Some(nudge) = nudges.recv() => if let Nudge::Now(answer) = nudge {
                    let report = self.once().await;
                    // Whoever asked may have left.
                    answer.send(report).ok();
                },
                downloaded = next(&mut self.download), if downloading => self.download_done(downloaded),
                () = pause(wait) => {}
            }
        }
    }

    /// Does the next step; a download is only begun. Returns how long to wait when there is nothing to do.
    async fn advance(&mut self) -> Option<Duration> {
        let facts = match self.local.facts() {
            Ok(facts) => facts,
            Err(error) => {
                self.note("storage", &error.into());
                return Some(TICK);
            }
        };
        match self
            .engine
            .plan(&facts, self.clock.now().steady, self.download.is_some())
        {
            Step::Wait(wait) => return Some(wait),
            Step::Probe => self.probe().await,
            Step::Work(Lane::Leads) => self.send_leads().await,
            Step::Work(Lane::Heartbeat) => self.heartbeat(&facts).await,
            Step::Work(Lane::Erasures) => {
                let result = erasures::forget(&*self.platform, &*self.local).await;
                self.lane_done(Lane::Erasures, result);
            }
            Step::Work(Lane::Configuration) => {
                let result = configuration::fetch(&*self.platform, &*self.local).await;
                self.lane_done(Lane::Configuration, result);
            }
            Step::Work(Lane::Catalogue) => {
                let (platform, local) = (Arc::clone(&self.platform), Arc::clone(&self.local));
                self.engine.download_begins(self.clock.now().steady);
                self.download = Some(Box::pin(async move {
                    Downloaded::Catalogue(catalogue::update(&*platform, &*local).await)
                }));
            }
            Step::Work(Lane::Pictures) => {
                let (platform, local) = (Arc::clone(&self.platform), Arc::clone(&self.local));
                let skip = self.bad_pictures;
                self.engine.download_begins(self.clock.now().steady);
                self.download = Some(Box::pin(async move {
                    Downloaded::Picture(catalogue::picture(&*platform, &*local, skip).await)
                }));
            }
        }
        None
    }

    async fn probe(&mut self) {
        let started = self.clock.now().steady;
        let answer = probe::ask_patiently(&*self.platform, &mut self.clock).await;
        let (now, random) = (self.clock.now(), self.clock.random());
        let took = now.steady.saturating_sub(started);
        match answer {
            Ok(probe) => self.engine.probe_succeeded(&probe, took, now, random),
            Err(error) => {
                let asked_at = started + probe::last_asked(took);
                self.engine.probe_failed(&error, asked_at, now, random);
                self.note("probe", &error.into());
            }
        }
    }

    async fn send_leads(&mut self) {
        let mut tally = Tally::default();
        let sent = leads::send_slice(&*self.platform, &*self.local, self.place, &mut tally).await;
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
        let result = match self.local.heartbeat() {
            Ok(report) => self.platform.heartbeat(&report).await.map_err(SyncError::from),
            Err(error) => Err(error.into()),
        };
        let noted = match &result {
            Ok(reply) => {
                self.engine.told_of_catalogue(reply.catalogue_version, facts);
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

    fn download_done(&mut self, downloaded: Downloaded) {
        self.download = None;
        match downloaded {
            Downloaded::Catalogue(result) => {
                if let Ok(Some(version)) = result {
                    tracing::info!(version, "new catalogue");
                    (self.bad_pictures, self.last_bad_picture) = (0, None);
                }
                self.catalogue_trouble = result.as_ref().err().map(SyncError::code);
                self.lane_done(Lane::Catalogue, result.map(|_| ()));
            }
            Downloaded::Picture(Ok(Picture::Kept)) => {
                self.pictures += 1;
                self.picture_pass(None);
            }
            Downloaded::Picture(Ok(Picture::Bad(error))) => {
                self.bad_pictures += 1;
                self.last_bad_picture = Some(error);
                self.picture_pass(None);
            }
            Downloaded::Picture(Ok(Picture::None)) => {
                let error = LocalError::Storage("pictures are counted as missing but not named".to_owned());
                self.picture_pass(Some(error.into()));
            }
            Downloaded::Picture(Err(error)) => self.picture_pass(Some(error)),
        }
    }

    /// Ends the pass over the missing pictures when nothing but bad ones is left, or at an error that is not about
    /// one picture.
    fn picture_pass(&mut self, failure: Option<SyncError>) {
        let missing = self
            .local
            .facts()
            .map_or(u64::MAX, |facts| facts.missing_pictures);
        let over = failure.is_some() || missing <= self.bad_pictures as u64;
        if !over {
            return;
        }
        self.bad_pictures = 0;
        let result = failure.or(self.last_bad_picture.take()).map_or(Ok(()), Err);
        self.pictures_trouble = result.as_ref().err().map(SyncError::code);
        self.lane_done(Lane::Pictures, result);
    }

    fn lane_done(&mut self, lane: Lane, result: Result<(), SyncError>) {
        let (now, random) = (self.clock.now(), self.clock.random());
        match result {
            Ok(()) => self.engine.succeeded(lane, now),
            Err(error) => {
                self.engine.failed(lane, &error, now, random);
                self.note(lane.code(), &error);
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
            catalogue_trouble: self.catalogue_trouble.map(str::to_owned),
            pictures_trouble: self.pictures_trouble.map(str::to_owned),
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

/// The end of a download; never when there is none.
async fn next(download: &mut Option<Download>) -> Downloaded {
    match download {
        Some(download) => download.await,
        None => std::future::pending().await,
    }
}

async fn pause(wait: Option<Duration>) {
    match wait {
        Some(wait) => sleep(wait).await,
        None => yield_now().await,
    }
}
