//! Plans the next step: given facts and the time, [`Engine::plan`] returns one [`Step`]. Pure: results are reported to
//! it, time and randomness are passed in. Must not know: how steps are executed.
//!
//! The engine separates two questions. *Does the platform answer?* A probe is cheap, so while the platform is
//! unreachable, a probe starts at least every [`PROBE_INTERVAL`], for ever. *Does the work succeed?* Real work is
//! expensive, so each lane backs off separately. The first good probe after an outage clears these back-offs, because
//! their cause is gone. A `Retry-After` of the platform stays.

mod lead_wait;
mod platform_clock;

use crate::backoff::{Backoff, jitter};
use crate::clock::Now;
use crate::error::{LocalError, PlatformError, SyncError};
use crate::lane::Lane;
use crate::persisted_state::{PersistedState, RetryAfterScope};
use crate::ports::Facts;
use crate::state::State;
use expo_protocol::Probe;
use jiff::Timestamp;
use lead_wait::LeadWait;
use platform_clock::PlatformClock;
use std::time::Duration;

/// Longest time between the starts of two probes while the platform is unreachable; the shortest is two thirds of it.
pub const PROBE_INTERVAL: Duration = Duration::from_millis(4500);
/// Longest wait before the facts are read again.
pub const FACTS_POLL_INTERVAL: Duration = Duration::from_secs(5);
/// Time between heartbeats, unless a configuration sets another one.
pub const HEARTBEAT_INTERVAL: Duration = Duration::from_mins(1);
/// Time between heartbeats of an idle kiosk: a mobile connection may be paid by volume.
const QUIET_HEARTBEAT_INTERVAL: Duration = Duration::from_mins(2);
/// A kiosk is idle after this time without uploads and downloads.
const QUIET_AFTER: Duration = Duration::from_mins(10);
/// Time between checks for a new catalogue, counted from the last heartbeat that named no newer version. A heartbeat
/// that names one triggers the check immediately.
const CATALOGUE_CHECK_INTERVAL: Duration = Duration::from_hours(1);
/// The platform client aborts a download after this time without data.
const DOWNLOAD_STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// How long the platform counts as reachable after an answer. Longer than the time between heartbeats, so that an idle
/// kiosk needs no probes.
const REACHABILITY_TTL: Duration = Duration::from_secs(150);

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Do the next work of a lane; [`Lane::Probe`] checks whether the platform answers.
    Work(Lane),
    /// Wait for this time, unless nudged.
    Wait(Duration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reachability {
    /// Not checked, or uncertain since a failure.
    Unknown,
    /// The platform answered at this monotonic time.
    Answering(Duration),
    /// The last probe failed.
    Unreachable(State),
}

/// What is known about the platform.
#[derive(Debug, Clone)]
struct PlatformStatus {
    reachability: Reachability,
    /// Last outcome of the essential lanes.
    work_state: State,
    /// Consecutive failed probes.
    probe_failures: u32,
    /// Earliest next probe, monotonic.
    next_probe: Duration,
}

/// What the kiosk does, for the heartbeat interval and for late failures of downloads.
#[derive(Debug, Clone)]
struct Activity {
    /// Start of the running or last download, monotonic.
    download_began: Duration,
    /// Last upload or download besides heartbeats, monotonic.
    busy_at: Duration,
    /// Time between heartbeats set by the configuration.
    heartbeat_interval: Option<Duration>,
}

/// Planning state between steps.
#[derive(Debug, Clone)]
pub struct Engine {
    platform: PlatformStatus,
    lanes: [Backoff; Lane::COUNT],
    activity: Activity,
    clock: PlatformClock,
    lead_wait: LeadWait,
}

impl Engine {
    /// Continues from a persisted state.
    pub fn new(persisted: &PersistedState, now: Now) -> Self {
        let state = persisted.state;
        let mut engine = Self {
            platform: PlatformStatus {
                reachability: if state.is_unreachable() {
                    Reachability::Unreachable(state)
                } else {
                    Reachability::Unknown
                },
                work_state: state,
                probe_failures: 0,
                next_probe: now.monotonic,
            },
            lanes: [Backoff::default(); Lane::COUNT],
            activity: Activity {
                download_began: now.monotonic,
                busy_at: now.monotonic,
                heartbeat_interval: None,
            },
            clock: PlatformClock::restore(persisted.last_contact_at, persisted.clock_offset_ms),
            lead_wait: LeadWait::restore(persisted, now),
        };
        if let Some(left) = engine.lead_wait.left(persisted) {
            engine.restore_delays(persisted, left, now.monotonic);
        }
        engine
    }

    fn restore_delays(&mut self, persisted: &PersistedState, left: Duration, now: Duration) {
        let scope = persisted.retry_after_scope;
        let waits = |lane: &Lane| scope == RetryAfterScope::Everything || *lane == Lane::Leads;
        for lane in Lane::WORK.into_iter().filter(waits) {
            let is_retry_after = scope != RetryAfterScope::Nothing;
            self.lanes[lane as usize].restore(persisted.attempts, now, left, is_retry_after);
        }
        if scope == RetryAfterScope::Everything {
            self.lead_wait.all_requests_until = self.due_at(Lane::Leads);
            self.platform.next_probe = self.lead_wait.all_requests_until;
        }
    }

    /// The next step. `is_downloading` tells whether a download runs.
    pub fn plan(&self, facts: &Facts, now: Duration, is_downloading: bool) -> Step {
        let can_start = |lane: &Lane| !(lane.is_download() && is_downloading);
        let wanted = Lane::WORK
            .into_iter()
            .filter(|lane| can_start(lane) && lane.is_wanted(facts));
        let due = wanted.clone().find(|lane| self.due_at(*lane) <= now);
        let reachability = self.platform.reachability;
        let is_reachable = matches!(reachability, Reachability::Answering(at) if now < at + REACHABILITY_TTL);
        let needs_probe = match reachability {
            Reachability::Unreachable(_) => true,
            // While leads wait for a platform with a fault, probes notice when it goes away and returns.
            _ => self.platform.work_state == State::Server && facts.waiting > 0,
        };
        let next_probe = self.platform.next_probe;
        match due {
            _ if needs_probe && now >= next_probe => Step::Work(Lane::Probe),
            Some(lane) if is_reachable => Step::Work(lane),
            Some(_) if now >= next_probe => Step::Work(Lane::Probe),
            _ => {
                let work = wanted.map(|lane| self.due_at(lane)).filter(|at| *at > now).min();
                let probe = (needs_probe || due.is_some()).then_some(next_probe);
                let next = [work, probe, Some(now + FACTS_POLL_INTERVAL)]
                    .into_iter()
                    .flatten()
                    .min()
                    .unwrap_or(now);
                Step::Wait(next.saturating_sub(now))
            }
        }
    }

    /// Earliest time of a lane's next step, monotonic.
    pub fn due_at(&self, lane: Lane) -> Duration {
        self.lanes[lane as usize].next_attempt()
    }

    /// Records a successful probe. `took` is the time from request to answer.
    pub fn probe_succeeded(&mut self, probe: &Probe, took: Duration, now: Now, random: u64) {
        if matches!(self.platform.reachability, Reachability::Unreachable(_)) {
            self.lanes.iter_mut().for_each(Backoff::clear_own_delay);
            if self.due_at(Lane::Leads) <= now.monotonic {
                self.lead_wait.clear();
            }
        }
        self.platform.reachability = Reachability::Answering(now.monotonic);
        self.platform.probe_failures = 0;
        self.platform.next_probe = now.monotonic + random_probe_interval(random);
        self.clock.last_contact_at = Some(now.wall);
        self.record_platform_time(probe.server_time, took, now);
        if !self.essential_lane_fails() {
            self.platform.work_state = State::Ok;
        }
    }

    /// Records the platform's time from an answer that took `took`.
    pub fn record_platform_time(&mut self, server_time: Timestamp, took: Duration, now: Now) {
        self.clock.record(server_time, took, now);
        if let Some(left) = self.lead_wait.take_left_after_restart(server_time) {
            self.lanes[Lane::Leads as usize].cap_delays(now.monotonic + left);
        }
    }

    /// Records a failed probe whose last request started at `last_request_at`, monotonic.
    pub fn probe_failed(&mut self, error: &PlatformError, last_request_at: Duration, now: Now, random: u64) {
        let platform = &mut self.platform;
        platform.reachability = Reachability::Unreachable(error.state());
        platform.probe_failures = platform.probe_failures.saturating_add(1);
        let delayed_until = match (error.retry_after(), error) {
            (Some(_), _) | (None, PlatformError::Unauthorized { .. } | PlatformError::UpgradeRequired) => {
                let mut backoff = Backoff::default();
                backoff.restore(platform.probe_failures - 1, Duration::ZERO, Duration::ZERO, false);
                backoff.failed(now.monotonic, error.retry_after(), random);
                backoff.next_attempt()
            }
            (None, _) => Duration::ZERO,
        };
        platform.next_probe = delayed_until.max(last_request_at + random_probe_interval(random));
        if error.retry_after().is_some() {
            self.pause_all_requests(delayed_until);
            self.record_lead_wait(now);
        }
    }

    /// Records that the platform was unreachable for a while, before the probe that is reported next.
    pub const fn record_outage(&mut self) {
        self.platform.reachability = Reachability::Unreachable(State::Offline);
    }

    /// Records the start of a download.
    pub const fn download_started(&mut self, now: Duration) {
        self.activity.download_began = now;
    }

    /// Records that a lane's work succeeded.
    pub fn succeeded(&mut self, lane: Lane, now: Now) {
        let pause = match lane {
            Lane::Catalogue => CATALOGUE_CHECK_INTERVAL,
            Lane::Heartbeat => self.heartbeat_interval(now.monotonic),
            _ => Duration::ZERO,
        };
        self.lanes[lane as usize].succeeded(now.monotonic + pause);
        self.clock.last_contact_at = Some(now.wall);
        if matches!(self.platform.reachability, Reachability::Answering(_)) {
            self.platform.reachability = Reachability::Answering(now.monotonic);
        }
        if !matches!(lane, Lane::Heartbeat | Lane::Catalogue) {
            self.activity.busy_at = now.monotonic;
        }
        if lane == Lane::Leads {
            self.lead_wait.clear();
        }
        if lane.is_essential() && !self.essential_lane_fails() {
            self.platform.work_state = State::Ok;
        }
    }

    /// Records that a lane's work failed.
    pub fn failed(&mut self, lane: Lane, error: &SyncError, now: Now, random: u64) {
        let backoff = &mut self.lanes[lane as usize];
        if let SyncError::Local(LocalError::Unusable { .. }) = error {
            // The platform answered, and an early retry would get the same version.
            backoff.succeeded(now.monotonic + CATALOGUE_CHECK_INTERVAL);
            return;
        }
        backoff.failed(now.monotonic, error.retry_after(), random);
        let next_attempt = backoff.next_attempt();
        if let Some(state) = error.state() {
            if state.is_unreachable() && !self.is_late_failure(lane, now.monotonic) {
                self.platform.reachability = Reachability::Unknown;
            }
            if lane.is_essential() {
                self.platform.work_state = state;
            }
        }
        if lane.is_essential() && matches!(error, SyncError::Platform(PlatformError::RateLimited { .. })) {
            let left = next_attempt.saturating_sub(now.monotonic);
            self.lanes
                .iter_mut()
                .for_each(|other| other.apply_retry_after(now.monotonic, left, 0));
            self.pause_all_requests(next_attempt);
        }
        if self.lane_fails(Lane::Leads) || self.platform.work_state == State::RateLimited {
            self.record_lead_wait(now);
        }
    }

    /// Whether a failure of this lane is from an outage that is over: the download started before the platform's last
    /// answer and has stalled since.
    fn is_late_failure(&self, lane: Lane, now: Duration) -> bool {
        let Reachability::Answering(at) = self.platform.reachability else {
            return false;
        };
        lane.is_download() && self.activity.download_began < at && now < at + DOWNLOAD_STALL_TIMEOUT
    }

    fn pause_all_requests(&mut self, until: Duration) {
        self.lead_wait.all_requests_until = self.lead_wait.all_requests_until.max(until);
    }

    fn record_lead_wait(&mut self, now: Now) {
        let leads = &self.lanes[Lane::Leads as usize];
        self.lead_wait.record(leads, &self.clock, now);
    }

    /// Sets the time between heartbeats from the configuration.
    pub const fn set_heartbeat_interval(&mut self, interval: Option<Duration>) {
        self.activity.heartbeat_interval = interval;
    }

    fn heartbeat_interval(&self, now: Duration) -> Duration {
        let is_busy = now < self.activity.busy_at + QUIET_AFTER;
        self.activity.heartbeat_interval.unwrap_or(if is_busy {
            HEARTBEAT_INTERVAL
        } else {
            QUIET_HEARTBEAT_INTERVAL
        })
    }

    /// Records the newest catalogue version from a heartbeat's reply. A version that `is_unusable` counts as no news.
    pub fn record_newest_catalogue(
        &mut self,
        newest: Option<u64>,
        facts: &Facts,
        is_unusable: bool,
        now: Duration,
    ) {
        let is_news = newest > facts.catalogue_version && newest != facts.rolled_back_from && !is_unusable;
        let catalogue = &mut self.lanes[Lane::Catalogue as usize];
        if is_news {
            catalogue.make_due();
        } else {
            catalogue.postpone(now + CATALOGUE_CHECK_INTERVAL);
        }
    }

    /// Makes the check for a new catalogue due, unless the last one failed.
    pub const fn check_catalogue_soon(&mut self) {
        self.lanes[Lane::Catalogue as usize].make_due();
    }

    /// Makes the heartbeat due, unless the last one failed: it reports the catalogue version that was just installed.
    pub const fn send_heartbeat_soon(&mut self) {
        self.lanes[Lane::Heartbeat as usize].make_due();
    }

    /// Makes all work due now, for a round on demand.
    pub fn make_all_due(&mut self) {
        self.lanes.iter_mut().for_each(Backoff::clear_delays);
        self.platform.next_probe = Duration::ZERO;
        self.lead_wait.all_requests_until = Duration::ZERO;
        if let Reachability::Answering(_) = self.platform.reachability {
            self.platform.reachability = Reachability::Unknown;
        }
    }

    /// State of the sync.
    pub const fn state(&self) -> State {
        match self.platform.reachability {
            Reachability::Unreachable(state) => state,
            Reachability::Unknown | Reachability::Answering(_) => self.platform.work_state,
        }
    }

    /// The state to restore after a restart.
    pub fn persisted_state(&self) -> PersistedState {
        PersistedState {
            state: self.state(),
            last_contact_at: self.clock.last_contact_at,
            attempts: self.lanes[Lane::Leads as usize].failures(),
            clock_offset_ms: self.clock.offset_ms,
            ..self.lead_wait.persisted()
        }
    }

    const fn lane_fails(&self, lane: Lane) -> bool {
        self.lanes[lane as usize].failures() > 0
    }

    const fn essential_lane_fails(&self) -> bool {
        self.lane_fails(Lane::Leads) || self.lane_fails(Lane::Heartbeat)
    }
}

/// A random time between two thirds of [`PROBE_INTERVAL`] and all of it.
fn random_probe_interval(random: u64) -> Duration {
    PROBE_INTERVAL.saturating_sub(jitter(PROBE_INTERVAL / 3, random))
}
