//! What to do next, as a value: given facts and the time, [`Engine::plan`] names one step. Pure: what happened is told
//! to it, time and chance are passed in, and nothing is done here.
//!
//! Two questions are kept apart. *Is the platform there?* is cheap to ask, so while it is not, a probe goes out at
//! least every [`PROBE_GAP`], for ever. *Does the work succeed?* is dear, so each lane of work has a back-off of its
//! own. The first good probe after an outage lifts the back-offs, because what they waited for has changed; what the
//! platform asked for with `Retry-After` stays.

use crate::backoff::{Backoff, jitter};
use crate::clock::Now;
use crate::error::{LocalError, PlatformError, SyncError};
use crate::ports::{Facts, Room};
use crate::remembered::{Held, Remembered};
use crate::state::State;
use jiff::{SignedDuration, Timestamp};
use protocol::Probe;
use std::time::Duration;

/// Longest time between the starts of two probes while the platform is away; the shortest is two thirds of it.
pub const PROBE_GAP: Duration = Duration::from_millis(4500);
/// Longest wait before facts are looked at again.
pub const TICK: Duration = Duration::from_secs(5);
/// Time between heartbeats, unless a configuration says otherwise.
pub const HEARTBEAT_EVERY: Duration = Duration::from_mins(1);
/// The same while nothing happens: a line in a hall may be paid by the byte.
const QUIET_HEARTBEAT_EVERY: Duration = Duration::from_mins(2);
/// How long nothing has to happen for that.
const QUIET_AFTER: Duration = Duration::from_mins(10);
/// Time between looks for a new catalogue, counted from the last heartbeat that told of nothing new. One that tells of a
/// newer version brings the look about at once.
const CATALOGUE_EVERY: Duration = Duration::from_hours(1);
/// A download that stays silent so long is given up by whoever carries it.
const LONGEST_STALL: Duration = Duration::from_secs(30);
/// How long a good answer is trusted: longer than heartbeats are apart, so that a quiet kiosk needs no probes.
const FRESH: Duration = Duration::from_secs(150);

/// Kinds of work, in order of care. Each waits for itself only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Leads up.
    Leads,
    /// Persons to be forgotten.
    Erasures,
    /// Checkpoint and what it stands for down.
    Catalogue,
    /// How the kiosk is doing.
    Heartbeat,
    /// Configuration down.
    Configuration,
    /// Picture files down.
    Pictures,
}

impl Lane {
    /// All lanes, in order of care.
    pub const ALL: [Self; 6] = [
        Self::Leads,
        Self::Erasures,
        Self::Catalogue,
        Self::Heartbeat,
        Self::Configuration,
        Self::Pictures,
    ];

    /// Stable code for reports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Leads => "leads",
            Self::Erasures => "erasures",
            Self::Catalogue => "catalogue",
            Self::Heartbeat => "heartbeat",
            Self::Configuration => "configuration",
            Self::Pictures => "pictures",
        }
    }

    /// Whether this lane may take long: it runs beside the others, and only one of its kind at a time.
    pub const fn is_download(self) -> bool {
        matches!(self, Self::Catalogue | Self::Pictures)
    }

    /// Whether how the platform meets this lane tells how it stands.
    const fn is_essential(self) -> bool {
        matches!(self, Self::Leads | Self::Heartbeat)
    }

    /// Whether the facts ask for it.
    fn is_wanted(self, facts: &Facts) -> bool {
        match self {
            Self::Leads => facts.waiting > 0,
            Self::Erasures => facts.erasures_due,
            Self::Catalogue => facts.room != Room::ForLeadsOnly,
            Self::Heartbeat => true,
            Self::Configuration => facts.configuration_due,
            Self::Pictures => facts.missing_pictures > 0 && facts.room == Room::ForAll,
        }
    }
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask whether the platform is there.
    Probe,
    /// Do a piece of work.
    Work(Lane),
    /// Nothing for so long, unless nudged.
    Wait(Duration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Not asked, or in doubt since.
    Unknown,
    /// A probe or an answer was good at this time.
    Answering(Duration),
    /// The last probe failed.
    Silent(State),
}

/// The state between steps.
#[derive(Debug, Clone)]
pub struct Engine {
    reach: Reach,
    /// What the authenticated lanes, leads and heartbeat, met last.
    met: State,
    probe_failures: u32,
    next_probe: Duration,
    lanes: [Backoff; Lane::ALL.len()],
    /// When the download under way, or the last one, set out.
    download_began: Duration,
    /// As a configuration decides.
    heartbeat_every: Option<Duration>,
    /// When something was last sent or fetched beside heartbeats.
    busy_at: Duration,
    last_contact_at: Option<Timestamp>,
    clock_offset_ms: Option<i64>,
    next_attempt_at: Option<Timestamp>,
    /// How long it was until then when that was noted.
    wait: Option<Duration>,
    /// The same moment by the platform's clock.
    next_attempt_at_platform: Option<Timestamp>,
    /// From before a restart, until the platform's time is heard.
    taken_up: bool,
    /// The platform's time, and when it was heard.
    platform_time: Option<(Timestamp, Duration)>,
    /// What the platform asked to wait until then.
    held: Held,
    /// Until when the platform asked to be asked nothing at all.
    silenced_until: Duration,
}

impl Engine {
    /// Goes on from what was remembered.
    pub fn new(remembered: &Remembered, now: Now) -> Self {
        let state = remembered.state;
        let mut engine = Self {
            reach: if state.is_unreachable() {
                Reach::Silent(state)
            } else {
                Reach::Unknown
            },
            met: state,
            probe_failures: 0,
            next_probe: now.steady,
            lanes: [Backoff::default(); Lane::ALL.len()],
            download_began: now.steady,
            heartbeat_every: None,
            busy_at: now.steady,
            last_contact_at: remembered.last_contact_at,
            clock_offset_ms: remembered.clock_offset_ms,
            next_attempt_at: remembered.next_attempt_at,
            wait: remembered.wait_ms.map(Duration::from_millis),
            next_attempt_at_platform: remembered.next_attempt_at_platform,
            taken_up: remembered.next_attempt_at_platform.is_some(),
            platform_time: None,
            held: remembered.held,
            silenced_until: now.steady,
        };
        if let Some(at) = remembered.next_attempt_at {
            let left = Duration::try_from(at.duration_since(now.wall)).unwrap_or_default();
            // A clock that was put back meanwhile must not make the wait longer than it was.
            let left = engine.wait.map_or(left, |wait| left.min(wait));
            engine.wait = Some(left);
            let ahead = SignedDuration::try_from(left).unwrap_or_default();
            engine.next_attempt_at = now.wall.checked_add(ahead).ok();
            let (is_held, is_silenced) = (engine.held != Held::Nothing, engine.held == Held::Everything);
            let waiting = |lane: &Lane| is_silenced || *lane == Lane::Leads;
            for lane in Lane::ALL.into_iter().filter(waiting) {
                engine.lanes[lane as usize].restore(remembered.attempts, now.steady, left, is_held);
            }
            if is_silenced {
                engine.silenced_until = engine.due_at(Lane::Leads);
                engine.next_probe = engine.silenced_until;
            }
        }
        engine
    }

    /// The next step. `downloading` tells that a download is under way.
    pub fn plan(&self, facts: &Facts, now: Duration, downloading: bool) -> Step {
        let can_begin = |lane: &Lane| !(lane.is_download() && downloading);
        let wanted = Lane::ALL
            .into_iter()
            .filter(|lane| can_begin(lane) && lane.is_wanted(facts));
        let due = wanted.clone().find(|lane| self.due_at(*lane) <= now);
        let fresh = matches!(self.reach, Reach::Answering(at) if now < at + FRESH);
        let unsure = match self.reach {
            Reach::Silent(_) => true,
            // While leads wait for a platform that is unwell, see it go away and come back.
            _ => self.met == State::Server && facts.waiting > 0,
        };
        match due {
            _ if unsure && now >= self.next_probe => Step::Probe,
            Some(lane) if fresh => Step::Work(lane),
            Some(_) if now >= self.next_probe => Step::Probe,
            _ => {
                let work = wanted.map(|lane| self.due_at(lane)).filter(|at| *at > now).min();
                let probe = (unsure || due.is_some()).then_some(self.next_probe);
                let next = [work, probe, Some(now + TICK)]
                    .into_iter()
                    .flatten()
                    .min()
                    .unwrap_or(now);
                Step::Wait(next.saturating_sub(now))
            }
        }
    }

    /// Notes a good probe. `took` is the time from question to answer.
    pub fn probe_succeeded(&mut self, probe: &Probe, took: Duration, now: Now, random: u64) {
        if matches!(self.reach, Reach::Silent(_)) {
            self.lanes.iter_mut().for_each(Backoff::forgive);
            if self.lanes[Lane::Leads as usize].next_attempt() <= now.steady {
                self.next_attempt_at = None;
            }
        }
        self.reach = Reach::Answering(now.steady);
        self.probe_failures = 0;
        self.next_probe = now.steady + probe_gap(random);
        self.last_contact_at = Some(now.wall);
        self.heard_time(probe.server_time, took, now);
        if !self.essential_fails() {
            self.met = State::Ok;
        }
    }

    /// Notes the platform's time, told in an answer that took so long.
    pub fn heard_time(&mut self, server_time: Timestamp, took: Duration, now: Now) {
        let half = SignedDuration::try_from(took / 2).unwrap_or_default();
        let offset = server_time.duration_since(now.wall) + half;
        self.clock_offset_ms = i64::try_from(offset.as_millis()).ok();
        self.platform_time = Some((server_time, now.steady));
        // A wait from before a restart was reckoned by a clock that may have been put back meanwhile.
        if let Some(due) = self.next_attempt_at_platform.filter(|_| self.taken_up) {
            let left = Duration::try_from(due.duration_since(server_time)).unwrap_or_default();
            self.lanes[Lane::Leads as usize].shorten(now.steady + left);
        }
        self.taken_up = false;
    }

    /// When a lane may do its next step.
    pub fn due_at(&self, lane: Lane) -> Duration {
        self.lanes[lane as usize].next_attempt()
    }

    /// Notes a probe that failed and asked its last question at `asked_at`.
    pub fn probe_failed(&mut self, error: &PlatformError, asked_at: Duration, now: Now, random: u64) {
        self.reach = Reach::Silent(error.state());
        self.probe_failures = self.probe_failures.saturating_add(1);
        let patience = match (error.retry_after(), error) {
            (Some(_), _) | (None, PlatformError::Unauthorized { .. } | PlatformError::UpgradeRequired) => {
                let mut backoff = Backoff::default();
                backoff.restore(self.probe_failures - 1, Duration::ZERO, Duration::ZERO, false);
                backoff.failed(now.steady, error.retry_after(), random);
                backoff.next_attempt()
            }
            (None, _) => Duration::ZERO,
        };
        self.next_probe = patience.max(asked_at + probe_gap(random));
        if error.retry_after().is_some() {
            self.silenced_until = self.silenced_until.max(patience);
            self.note_wait(now);
        }
    }

    /// Notes that the platform could not be reached for a while, whatever the probe says that is told next.
    pub const fn was_away(&mut self) {
        self.reach = Reach::Silent(State::Offline);
    }

    /// Notes that a download sets out.
    pub const fn download_begins(&mut self, now: Duration) {
        self.download_began = now;
    }

    /// Notes that a lane's step succeeded.
    pub fn succeeded(&mut self, lane: Lane, now: Now) {
        let pause = match lane {
            Lane::Leads | Lane::Erasures | Lane::Configuration | Lane::Pictures => Duration::ZERO,
            Lane::Catalogue => CATALOGUE_EVERY,
            Lane::Heartbeat => self.heartbeat_pause(now.steady),
        };
        self.lanes[lane as usize].succeeded(now.steady + pause);
        self.last_contact_at = Some(now.wall);
        if matches!(self.reach, Reach::Answering(_)) {
            self.reach = Reach::Answering(now.steady);
        }
        if !matches!(lane, Lane::Heartbeat | Lane::Catalogue) {
            self.busy_at = now.steady;
        }
        if lane == Lane::Leads {
            self.next_attempt_at = None;
        }
        if lane.is_essential() && !self.essential_fails() {
            self.met = State::Ok;
        }
    }

    /// Notes that a lane's step failed.
    pub fn failed(&mut self, lane: Lane, error: &SyncError, now: Now, random: u64) {
        let backoff = &mut self.lanes[lane as usize];
        if let SyncError::Local(LocalError::Unusable { .. }) = error {
            // The platform did its part, and the version will be the same in a minute.
            backoff.succeeded(now.steady + CATALOGUE_EVERY);
            return;
        }
        backoff.failed(now.steady, error.retry_after(), random);
        let next_attempt = backoff.next_attempt();
        if let Some(state) = error.state() {
            // A download that set out before the last good answer and stalled since tells of the outage that is over.
            let is_over = |at: Duration| self.download_began < at && now.steady < at + LONGEST_STALL;
            let is_news = !lane.is_download() || !matches!(self.reach, Reach::Answering(at) if is_over(at));
            if state.is_unreachable() && is_news {
                self.reach = Reach::Unknown;
            }
            if lane.is_essential() {
                self.met = state;
            }
        }
        if lane.is_essential() && matches!(error, SyncError::Platform(PlatformError::RateLimited { .. })) {
            let left = next_attempt.saturating_sub(now.steady);
            self.lanes
                .iter_mut()
                .for_each(|other| other.hold(now.steady, left, 0));
            self.silenced_until = self.silenced_until.max(next_attempt);
        }
        if self.fails(Lane::Leads) || self.met == State::RateLimited {
            self.note_wait(now);
        }
    }

    /// Notes when leads may be tried again, for whoever takes up the wait after a restart.
    fn note_wait(&mut self, now: Now) {
        let leads = &self.lanes[Lane::Leads as usize];
        self.held = match leads {
            _ if self.silenced_until > now.steady => Held::Everything,
            leads if leads.is_held(now.steady) => Held::Leads,
            _ => Held::Nothing,
        };
        let until = leads.next_attempt().max(self.silenced_until);
        let wait = until.saturating_sub(now.steady);
        let left = SignedDuration::try_from(wait).unwrap_or_default();
        self.next_attempt_at = now.wall.checked_add(left).ok();
        self.wait = Some(wait);
        let by_platform = |(server_time, heard): (Timestamp, Duration)| {
            let since = now.steady.saturating_sub(heard) + wait;
            server_time
                .checked_add(SignedDuration::try_from(since).ok()?)
                .ok()
        };
        self.next_attempt_at_platform = self.platform_time.and_then(by_platform);
        self.taken_up = false;
    }

    /// Sets the time between heartbeats, as a configuration decides.
    pub fn set_heartbeat(&mut self, every: Option<Duration>) {
        self.heartbeat_every = every;
    }

    fn heartbeat_pause(&self, now: Duration) -> Duration {
        self.heartbeat_every
            .unwrap_or(if now < self.busy_at + QUIET_AFTER {
                HEARTBEAT_EVERY
            } else {
                QUIET_HEARTBEAT_EVERY
            })
    }

    /// Notes the newest version at the platform, as a heartbeat's answer told it. One that `is_unusable` is no news.
    pub fn told_of_catalogue(
        &mut self,
        newest: Option<u64>,
        facts: &Facts,
        is_unusable: bool,
        now: Duration,
    ) {
        let is_news = newest > facts.catalogue_version && newest != facts.declined_version && !is_unusable;
        let look = &mut self.lanes[Lane::Catalogue as usize];
        if is_news {
            look.hasten();
        } else {
            look.put_off(now + CATALOGUE_EVERY);
        }
    }

    /// Has the catalogue looked for soon, unless the last look failed.
    pub const fn look_for_catalogue(&mut self) {
        self.lanes[Lane::Catalogue as usize].hasten();
    }

    /// Notes that another catalogue is shown, which the next heartbeat tells: it goes at once.
    pub const fn shows_another_catalogue(&mut self) {
        self.lanes[Lane::Heartbeat as usize].hasten();
    }

    /// Makes everything due now, because somebody asked for it.
    pub fn force(&mut self) {
        self.lanes.iter_mut().for_each(Backoff::force);
        (self.next_probe, self.silenced_until) = (Duration::ZERO, Duration::ZERO);
        if let Reach::Answering(_) = self.reach {
            self.reach = Reach::Unknown;
        }
    }

    /// How things stand.
    pub const fn state(&self) -> State {
        match self.reach {
            Reach::Silent(state) => state,
            Reach::Unknown | Reach::Answering(_) => self.met,
        }
    }

    /// What should be found again after a restart.
    pub fn remembered(&self) -> Remembered {
        Remembered {
            state: self.state(),
            last_contact_at: self.last_contact_at,
            next_attempt_at: self.next_attempt_at,
            wait_ms: self
                .next_attempt_at
                .and(self.wait)
                .map(|wait| wait.as_millis() as u64),
            next_attempt_at_platform: self.next_attempt_at.and(self.next_attempt_at_platform),
            held: self.next_attempt_at.map_or(Held::Nothing, |_| self.held),
            attempts: self.lanes[Lane::Leads as usize].failures(),
            clock_offset_ms: self.clock_offset_ms,
            ..Remembered::default()
        }
    }

    const fn fails(&self, lane: Lane) -> bool {
        self.lanes[lane as usize].failures() > 0
    }

    const fn essential_fails(&self) -> bool {
        self.fails(Lane::Leads) || self.fails(Lane::Heartbeat)
    }
}

/// Between two thirds of [`PROBE_GAP`] and all of it.
fn probe_gap(random: u64) -> Duration {
    PROBE_GAP.saturating_sub(jitter(PROBE_GAP / 3, random))
}
