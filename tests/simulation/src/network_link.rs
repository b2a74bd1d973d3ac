//! What is known of one kiosk's line from outside: its sky, when the platform last asked for patience, whether the kiosk
//! saw the platform gone, and when leads set out after the calm. Must not know what is asked.

use crate::sky::Sky;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use sync::{LONGEST_RETRY_AFTER, PlatformError};
use tokio::time::Instant;
use uuid::Uuid;

/// One kiosk's line.
pub struct Line(Mutex<State>);

struct State {
    sky: Sky,
    /// End of all patience asked for so far.
    held_until: Instant,
    /// Whether the last answer to a probe told the present program that the platform is gone.
    saw_it_gone: bool,
    calm_since: Option<Instant>,
    /// Whether a probe that was under way at the calm came back with anything but an outage.
    told_to_wait: bool,
    /// When leads were first sent since.
    leads_sent: Option<Duration>,
    /// Probes asked.
    probes: u64,
    filter: Filter,
}

/// Something on the way that takes offence at one lead and refuses every batch that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Off,
    /// It will take offence at one of the next batch of several.
    Waiting,
    Against(Uuid),
}

impl Line {
    /// A clear line.
    pub fn new() -> Self {
        Self(Mutex::new(State {
            sky: Sky::Clear,
            held_until: Instant::now(),
            saw_it_gone: false,
            calm_since: None,
            told_to_wait: false,
            leads_sent: None,
            probes: 0,
            filter: Filter::Off,
        }))
    }

    /// How it is.
    pub fn sky(&self) -> Sky {
        self.state().sky
    }

    /// How it is from now on.
    pub fn set_sky(&self, sky: Sky) {
        self.state().sky = sky;
    }

    /// From now on nothing goes wrong any more.
    pub fn calm(&self) {
        let mut state = self.state();
        state.sky = Sky::Clear;
        state.calm_since = Some(Instant::now());
        state.filter = Filter::Off;
    }

    /// Soon one lead is refused by something on the way.
    pub fn filter(&self) {
        self.state().filter = Filter::Waiting;
    }

    /// Whether a batch of these leads is refused on the way.
    pub fn takes_offence(&self, leads: &[Uuid]) -> bool {
        let mut state = self.state();
        if state.filter == Filter::Waiting
            && let [_, lead, ..] = leads
        {
            state.filter = Filter::Against(*lead);
        }
        matches!(state.filter, Filter::Against(lead) if leads.contains(&lead))
    }

    /// The program begins anew and has seen nothing yet.
    pub fn forget(&self) {
        self.state().saw_it_gone = false;
    }

    /// Numbers probes.
    pub fn next_probe(&self) -> u64 {
        let mut state = self.state();
        state.probes += 1;
        state.probes
    }

    /// A probe came back. What asks for patience, or cannot change by itself, is not an outage.
    pub fn probed(&self, answer: Result<(), &PlatformError>) {
        let mut state = self.state();
        state.saw_it_gone = match answer {
            Ok(()) => false,
            Err(error) => error.retry_after().is_none() && !error.is_permanent(),
        };
        state.told_to_wait |= state.calm_since.is_some() && answer.is_err() && !state.saw_it_gone;
    }

    /// An answer came; it may ask for patience.
    pub fn answered(&self, error: &PlatformError) {
        if let Some(wish) = error.retry_after() {
            // A kiosk adds up to a second, so that not all come back at once.
            let until = Instant::now() + wish.min(LONGEST_RETRY_AFTER) + Duration::from_secs(1);
            let mut state = self.state();
            state.held_until = state.held_until.max(until);
        }
    }

    /// Leads set out.
    pub fn leads_sent(&self) {
        let mut state = self.state();
        if let Some(calm) = state.calm_since {
            state.leads_sent.get_or_insert_with(|| calm.elapsed());
        }
    }

    /// How much of the patience asked for is left.
    pub fn held_for(&self) -> Duration {
        let until = self.state().held_until;
        until.saturating_duration_since(Instant::now())
    }

    /// Whether the kiosk knows that the platform is gone.
    pub fn saw_it_gone(&self) -> bool {
        self.state().saw_it_gone
    }

    /// Whether the kiosk was told to wait by an answer that was under way at the calm.
    pub fn was_told_to_wait(&self) -> bool {
        self.state().told_to_wait
    }

    /// How long after the calm leads were first sent.
    pub fn resumed_after(&self) -> Option<Duration> {
        self.state().leads_sent
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
