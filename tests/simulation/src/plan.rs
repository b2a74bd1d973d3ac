//! The actions of a run and their times, drawn from the seed before the run starts. Must not know: how actions are
//! carried out.

use crate::catalogue_versions::VERSION_COUNT;
use crate::fixture::MAX_KIOSKS;
use crate::network_conditions::NetworkConditions;
use crate::rng::SeededRng;
use std::time::Duration;

/// In this many seconds before the faults end only network conditions change, so that the invariants about time measure
/// the effect of the network only.
const SETTLING_SECONDS: u64 = 12;
/// The largest error of a clock: ten years.
const MAX_CLOCK_ERROR_HOURS: i64 = 24 * 3_653;

/// One action of a run. A `usize` is the number of a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A visitor leaves a lead; the flag says whether the sync driver hears of it.
    TakeLead(usize, bool),
    /// The network conditions of a kiosk change.
    SetNetwork(usize, NetworkConditions),
    /// From now on the network refuses one lead.
    FilterLead(usize),
    /// The clock becomes wrong by this many hours.
    SetClockError(usize, i64),
    /// One in this many calls of the disk fails.
    FailDisk(usize, u64),
    /// This many bytes of the disk are free, not counting the reserve file.
    FillDisk(usize, u64),
    /// The disk works again and has free space.
    RepairDisk(usize),
    /// Staff close the program and start it again.
    Restart(usize),
    /// The power fails now.
    PowerCut(usize),
    /// The power fails at this call of the program to its disk.
    PowerCutAtCall(usize, u64),
    /// The platform is killed.
    StopPlatform,
    /// The platform starts again.
    StartPlatform,
    /// The platform publishes the next catalogue version.
    Publish,
    /// Headquarters order the erasure of a lead, which this number selects.
    Erase(u64),
    /// Headquarters make a configuration for one kiosk or for all, with this many seconds between heartbeats.
    Configure(Option<usize>, u32),
    /// Staff queue all rejected leads again.
    Requeue(usize),
    /// Staff rate a lead of the kiosk, which this number selects.
    Revise(usize, u64),
    /// The kiosk deletes old leads and pictures.
    CleanUp(usize),
}

/// The actions of a run.
pub struct Plan {
    /// How many kiosks take part.
    pub kiosks: usize,
    /// Actions in the order of their times.
    pub actions: Vec<(Duration, Action)>,
    /// When all faults end.
    pub faults_end_at: Duration,
    /// Whether everything that is sent and stored is searched for personal data.
    pub checks_privacy: bool,
}

impl Plan {
    /// Draws the plan of a seed.
    pub fn draw(seed: u64) -> Self {
        let mut rng = SeededRng::new(seed, "plan");
        let kiosks = rng.pick(&[1, 1, 2, 2, 3, MAX_KIOSKS]);
        let is_long = rng.one_in(12);
        let seconds = if is_long {
            rng.within(300..=900)
        } else {
            rng.within(40..=150)
        };
        let mut builder = PlanBuilder {
            rng,
            seconds,
            actions: Vec::new(),
        };
        for kiosk in 0..kiosks {
            builder.add_network_changes(kiosk);
            builder.add_visitors(kiosk);
            builder.add_machine_faults(kiosk);
            builder.add_staff(kiosk);
        }
        builder.add_platform(kiosks);
        for kiosk in 0..kiosks {
            builder.add_up_to(2, |rng| Action::Revise(kiosk, rng.bits()));
        }
        builder.actions.sort_by_key(|(at, _)| *at);
        Self {
            kiosks,
            actions: builder.actions,
            faults_end_at: Duration::from_secs(seconds),
            checks_privacy: seed.is_multiple_of(8),
        }
    }
}

struct PlanBuilder {
    rng: SeededRng,
    seconds: u64,
    actions: Vec<(Duration, Action)>,
}

impl PlanBuilder {
    fn add(&mut self, at: Duration, action: Action) {
        self.actions.push((at, action));
    }

    /// Adds up to `max` actions at random times, all before the last [`SETTLING_SECONDS`].
    fn add_up_to(&mut self, max: u64, draw: impl Fn(&mut SeededRng) -> Action) {
        for _ in 0..self.rng.within(0..=max) {
            let at = self.rng.millis(0..=(self.seconds - SETTLING_SECONDS) * 1_000);
            let action = draw(&mut self.rng);
            self.add(at, action);
        }
    }

    fn add_network_changes(&mut self, kiosk: usize) {
        let mut at = 0;
        while at < self.seconds * 1_000 {
            let conditions = NetworkConditions::draw(&mut self.rng);
            self.add(Duration::from_millis(at), Action::SetNetwork(kiosk, conditions));
            at += self.rng.within(4_000..=50_000);
        }
        if self.rng.one_in(2) {
            let outage = self.rng.pick(&NetworkConditions::OUTAGES);
            let duration = self.rng.within(15_000..=35_000);
            // The outage replaces all later changes.
            let begins = Duration::from_millis(self.seconds * 1_000 - duration);
            self.actions.retain(|(at, action)| {
                *at < begins || !matches!(action, Action::SetNetwork(of, _) if *of == kiosk)
            });
            self.add(begins, Action::SetNetwork(kiosk, outage));
        }
    }

    fn add_visitors(&mut self, kiosk: usize) {
        for _ in 0..self.rng.within(1..=5) {
            let at = self.rng.millis(0..=self.seconds * 1_000);
            let nudges = self.rng.one_in(2);
            self.add(at, Action::TakeLead(kiosk, nudges));
        }
    }

    fn add_machine_faults(&mut self, kiosk: usize) {
        if self.rng.one_in(2) {
            let at = self.rng.millis(0..=(self.seconds - SETTLING_SECONDS) * 1_000);
            let hours = self.rng.within(0..=2 * MAX_CLOCK_ERROR_HOURS as u64) as i64 - MAX_CLOCK_ERROR_HOURS;
            self.add(at, Action::SetClockError(kiosk, hours));
            if self.rng.one_in(2) {
                // Before a heartbeat tells the kiosk that its clock is wrong.
                self.add(at, Action::CleanUp(kiosk));
            }
        }
        self.add_up_to(1, |rng| {
            Action::SetClockError(kiosk, rng.within(0..=4) as i64 - 2)
        });
        if self.rng.one_in(2) {
            let begins = self.rng.within(0..=self.seconds - SETTLING_SECONDS);
            let ends = self.rng.within(begins..=self.seconds - SETTLING_SECONDS);
            let action = match self.rng.within(0..=3) {
                0 => {
                    // The disk is filled again after the reserve file is deleted, so there is no room for leads.
                    let again = self.rng.within(begins..=ends);
                    self.add(Duration::from_secs(again), Action::FillDisk(kiosk, 0));
                    Action::FillDisk(kiosk, 0)
                }
                1 => Action::FillDisk(kiosk, self.rng.within(100..=300) << 20),
                _ => Action::FailDisk(kiosk, self.rng.within(2..=12)),
            };
            self.add(Duration::from_secs(begins), action);
            self.add(Duration::from_secs(ends), Action::RepairDisk(kiosk));
        }
        self.add_up_to(1, |_| Action::Restart(kiosk));
        self.add_up_to(1, |_| Action::PowerCut(kiosk));
        self.add_up_to(1, |rng| Action::PowerCutAtCall(kiosk, rng.within(1..=60)));
    }

    fn add_staff(&mut self, kiosk: usize) {
        self.add_up_to(1, |_| Action::FilterLead(kiosk));
        self.add_up_to(1, |_| Action::Requeue(kiosk));
        self.add_up_to(1, |_| Action::CleanUp(kiosk));
    }

    fn add_platform(&mut self, kiosks: usize) {
        if self.rng.one_in(3) {
            let stops = self.rng.millis(0..=(self.seconds - SETTLING_SECONDS) * 1_000);
            let duration = self.rng.millis(100..=10_000);
            self.add(stops, Action::StopPlatform);
            self.add(stops + duration, Action::StartPlatform);
        }
        self.add_up_to(VERSION_COUNT as u64 - 2, |_| Action::Publish);
        self.add_up_to(2, |rng| Action::Erase(rng.bits()));
        self.add_up_to(1, |rng| {
            let one = (rng.within(0..=1) == 1).then(|| rng.index(kiosks));
            // Kiosks refuse five seconds: the minimum is ten.
            Action::Configure(one, rng.pick(&[5, 10, 30, 90]))
        });
    }
}
