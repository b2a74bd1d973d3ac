//! Runs sync rounds: asks the [`Engine`] what is due, calls the [`Platform`] and records the outcome in the
//! [`LocalStore`]. Driven by time: a nudge only shortens a wait. Downloads run concurrently, so that no picture and no
//! catalogue delays a lead. Must not know: HTTP, databases, keys or windows.

mod answers;
mod downloads;
mod heartbeat;
mod lead_pass;

use crate::clock::Clock;
use crate::configuration;
use crate::engine::{Engine, FACTS_POLL_INTERVAL, Step};
use crate::erasures;
use crate::error::{LocalError, SyncError};
use crate::lane::Lane;
use crate::leads::LeadCounts;
use crate::persisted_state::PersistedState;
use crate::ports::{Facts, LocalStore, Platform};
use crate::report::{Report, SyncFailure};
use answers::AnswerTimeouts;
use downloads::Downloads;
use lead_pass::LeadPass;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::sleep;

/// A reason to act before the current wait ends.
#[derive(Debug)]
pub enum Nudge {
    /// A lead was stored. Delays after failures are not shortened.
    NewLead,
    /// Runs a complete round now, despite earlier failures, and sends its report.
    RunRound(oneshot::Sender<Report>),
}

/// Executes the plans of the [`Engine`].
pub struct Driver<P, L, C> {
    ports: Ports<P, L>,
    clock: C,
    engine: Engine,
    answers: AnswerTimeouts,
    lead_pass: LeadPass,
    downloads: Downloads,
    round: RoundResults,
    /// The state as last saved by the kiosk.
    saved: PersistedState,
}

/// The two ports, shared with the running download.
struct Ports<P, L> {
    platform: Arc<P>,
    local: Arc<L>,
}

impl<P, L> Clone for Ports<P, L> {
    fn clone(&self) -> Self {
        Self {
            platform: Arc::clone(&self.platform),
            local: Arc::clone(&self.local),
        }
    }
}

/// Results of the current round.
#[derive(Debug, Default)]
struct RoundResults {
    leads: LeadCounts,
    /// Pictures stored.
    pictures: u64,
    failures: Vec<SyncFailure>,
}

impl<P: Platform, L: LocalStore, C: Clock> Driver<P, L, C> {
    /// A driver that continues from the kiosk's persisted state.
    pub fn new(platform: Arc<P>, local: Arc<L>, clock: C) -> Result<Self, LocalError> {
        let saved = local.load_state()?;
        Ok(Self {
            engine: Engine::new(&saved, clock.now()),
            ports: Ports { platform, local },
            clock,
            answers: AnswerTimeouts::default(),
            lead_pass: LeadPass::default(),
            downloads: Downloads::new(saved.catalogue_refused.clone()),
            round: RoundResults::default(),
            saved,
        })
    }

    /// Runs one complete round now, despite earlier failures: probe, leads, catalogue, heartbeat, and all pictures.
    pub async fn run_round(&mut self) -> Report {
        self.begin_round().await;
        while !self.step_or_pause(|lane| lane.is_none()).await {}
        self.end_round()
    }

    /// Runs a round that staff wait for. Pictures continue after it.
    async fn run_round_without_pictures(&mut self) -> Report {
        self.begin_round().await;
        // The downloaded part of a picture is kept, and nothing in this round has to wait for a picture.
        self.downloads.slot.cancel(Lane::Pictures);
        let only_pictures = |lane: Option<Lane>| lane.is_none_or(|lane| lane == Lane::Pictures);
        while !self.step_or_pause(only_pictures).await {}
        self.end_round()
    }

    async fn begin_round(&mut self) {
        // A finished download belongs to the time before this round.
        if let Some(downloaded) = self.downloads.slot.take_finished().await {
            self.download_done(downloaded);
        }
        self.downloads.retry_unusable();
        self.engine.make_all_due();
        self.answers.reset_timeouts();
        self.round = RoundResults::default();
    }

    fn end_round(&mut self) -> Report {
        self.save_state(true);
        self.report()
    }

    /// Does the next step, or waits for it while the download continues. Returns true if nothing is due and `is_over`
    /// says for the lane of the running download that the round need not wait for it.
    async fn step_or_pause(&mut self, is_over: impl Fn(Option<Lane>) -> bool) -> bool {
        let Some(wait) = self.advance().await else {
            return false;
        };
        if is_over(self.downloads.slot.lane()) {
            return true;
        }
        tokio::select! {
            biased;
            downloaded = self.downloads.slot.join() => self.download_done(downloaded),
            () = sleep(wait) => {}
        }
        false
    }

    /// Runs until `shutdown` is ready. Stopping at any point loses nothing.
    pub async fn run(mut self, shutdown: impl Future<Output = ()> + Send, nudges: mpsc::Receiver<Nudge>) {
        tokio::select! {
            () = shutdown => {}
            () = Box::pin(self.run_for_ever(nudges)) => {}
        }
    }

    async fn run_for_ever(&mut self, mut nudges: mpsc::Receiver<Nudge>) {
        loop {
            self.round.failures.clear();
            let wait = self.advance().await;
            self.save_state(false);
            let is_downloading = self.downloads.slot.lane().is_some();
            tokio::select! {
                biased;
                Some(nudge) = nudges.recv() => if let Nudge::RunRound(reply) = nudge {
                    let report = self.run_round_without_pictures().await;
                    // The receiver may be gone.
                    reply.send(report).ok();
                },
                downloaded = self.downloads.slot.join(), if is_downloading => self.download_done(downloaded),
                () = pause(wait) => {}
            }
        }
    }

    /// Does the next step; a download is only started. Returns how long to wait if nothing is due.
    async fn advance(&mut self) -> Option<Duration> {
        // A downloaded catalogue is installed before the next request.
        if let Some(downloaded) = self.downloads.slot.take_finished().await {
            self.download_done(downloaded);
        }
        let facts = match self.ports.local.facts() {
            Ok(facts) => facts,
            Err(error) => {
                self.record_failure(Lane::Storage, &error.into());
                return Some(FACTS_POLL_INTERVAL);
            }
        };
        self.downloads.note_installed(facts.catalogue_version);
        let now = self.clock.now().monotonic;
        match self
            .engine
            .plan(&facts, now, self.downloads.slot.lane().is_some())
        {
            Step::Wait(wait) => Some(wait),
            Step::Work(lane) => self.work(lane, &facts).await,
        }
    }

    /// Does the next work of a lane. Returns how long to wait if there is none.
    async fn work(&mut self, lane: Lane, facts: &Facts) -> Option<Duration> {
        match lane {
            Lane::Probe => self.probe().await,
            Lane::Leads => self.send_leads().await,
            Lane::Heartbeat => self.heartbeat(facts).await,
            Lane::Erasures => {
                let ports = self.ports.clone();
                let erasing = erasures::process_next(&*ports.platform, &*ports.local);
                let result = self.wait_for_answer(lane, erasing).await;
                self.lane_done(lane, result);
            }
            Lane::Configuration => {
                let ports = self.ports.clone();
                let fetching = configuration::fetch(&*ports.platform, &*ports.local);
                let result = self.wait_for_answer(lane, fetching).await;
                self.lane_done(lane, result);
            }
            Lane::Catalogue => self.start_catalogue_update(),
            Lane::Pictures => self.start_picture_download(),
            // The engine plans no such work.
            Lane::Storage => return Some(FACTS_POLL_INTERVAL),
        }
        None
    }

    fn lane_done(&mut self, lane: Lane, result: Result<(), SyncError>) {
        let (now, random) = (self.clock.now(), self.clock.random());
        match result {
            Ok(()) => self.engine.succeeded(lane, now),
            Err(error) => {
                self.engine.failed(lane, &error, now, random);
                self.record_failure(lane, &error);
                self.report_link_down();
            }
        }
    }

    fn record_failure(&mut self, lane: Lane, error: &SyncError) {
        let failure = SyncFailure {
            lane,
            code: error.code(),
            detail: error.to_string(),
        };
        tracing::debug!(
            lane = lane.code(),
            code = failure.code,
            detail = failure.detail,
            "sync"
        );
        self.round.failures.push(failure);
    }

    /// Saves the state if it changed. In the loop, small changes such as the time of the last contact are saved only now
    /// and then; at the end of a round (`exactly`) every change is saved.
    fn save_state(&mut self, exactly: bool) {
        let state = PersistedState {
            catalogue_refused: self.downloads.catalogue.refused.clone(),
            ..self.engine.persisted_state()
        };
        if state == self.saved || (!exactly && state.is_close_to(&self.saved)) {
            return;
        }
        match self.ports.local.save_state(&state) {
            Ok(()) => self.saved = state,
            Err(error) => self.record_failure(Lane::Storage, &error.into()),
        }
    }

    fn report(&self) -> Report {
        let facts = self.ports.local.facts().unwrap_or_default();
        let RoundResults {
            leads,
            pictures,
            failures,
        } = &self.round;
        Report {
            state: self.engine.state(),
            sent: leads.sent,
            duplicates: leads.duplicates,
            conflicts: leads.conflicts,
            rejected: leads.rejected,
            waiting: facts.waiting,
            catalogue_version: facts.catalogue_version,
            pictures: *pictures,
            missing_pictures: facts.missing_pictures,
            failures: failures.clone(),
        }
    }
}

async fn pause(wait: Option<Duration>) {
    match wait {
        Some(wait) => sleep(wait).await,
        None => yield_now().await,
    }
}
