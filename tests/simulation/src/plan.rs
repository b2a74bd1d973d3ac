//! What will happen in a run, and when: drawn from the seed before it begins. Must not know how it is carried out.

use crate::chance::Chance;
use crate::editions::EDITIONS;
use crate::fixture::KIOSKS;
use crate::sky::Sky;
use std::time::Duration;

/// Nothing but the weather goes wrong in the last seconds before the calm, so that what is measured from there on is
/// the network's doing alone.
const SETTLING: u64 = 12;
/// Ten years, in hours.
const TEN_YEARS: i64 = 24 * 3_653;

/// One thing that happens. Kiosks are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A visitor leaves a lead; whether the driver is told.
    Lead(usize, bool),
    /// The weather of a kiosk changes.
    Weather(usize, Sky),
    /// Something on the way begins to take offence at one lead.
    Filter(usize),
    /// The clock is set wrong by so many hours.
    Clock(usize, i64),
    /// The disk fails once in so many calls.
    DiskFails(usize, u64),
    /// So many bytes are free beside the reserve.
    DiskFills(usize, u64),
    /// The disk is good and empty again.
    DiskMended(usize),
    /// Somebody closes and opens the program.
    Restart(usize),
    /// The power goes, now.
    PowerCut(usize),
    /// The power goes at that call of the program to its disk.
    PowerCutAtCall(usize, u64),
    /// The platform is gone, without warning.
    PlatformStops,
    /// It is there again.
    PlatformStarts,
    /// A new version of the catalogue.
    Publish,
    /// A visitor, drawn by this number, asks to be forgotten.
    Erase(u64),
    /// A configuration for a kiosk, or all; seconds between heartbeats.
    Configure(Option<usize>, u32),
    /// Staff have leads sent again that were set aside.
    Requeue(usize),
    /// Old leads and pictures are cleared away.
    Chores(usize),
}

/// What happens in a run.
pub struct Plan {
    /// How many kiosks take part.
    pub kiosks: usize,
    /// In order of time.
    pub acts: Vec<(Duration, Act)>,
    /// When faults end.
    pub calm_at: Duration,
    /// Whether all that is sent and written is read along.
    pub watched: bool,
}

impl Plan {
    /// Draws it.
    pub fn draw(seed: u64) -> Self {
        let mut chance = Chance::of(seed, "plan");
        let kiosks = chance.pick(&[1, 1, 2, 2, 3, KIOSKS]);
        let long = chance.one_in(12);
        let seconds = if long {
            chance.within(300..=900)
        } else {
            chance.within(40..=150)
        };
        let mut drawing = Drawing {
            chance,
            seconds,
            acts: Vec::new(),
        };
        for kiosk in 0..kiosks {
            drawing.weather(kiosk);
            drawing.visitors(kiosk);
            drawing.machine(kiosk);
            drawing.staff(kiosk);
        }
        drawing.platform(kiosks);
        drawing.acts.sort_by_key(|(at, _)| *at);
        Self {
            kiosks,
            acts: drawing.acts,
            calm_at: Duration::from_secs(seconds),
            watched: seed.is_multiple_of(8),
        }
    }
}

struct Drawing {
    chance: Chance,
    seconds: u64,
    acts: Vec<(Duration, Act)>,
}

impl Drawing {
    fn at(&mut self, at: Duration, act: Act) {
        self.acts.push((at, act));
    }

    /// Up to so many times at any moment, until the disks settle.
    fn now_and_then(&mut self, most: u64, draw: impl Fn(&mut Chance) -> Act) {
        for _ in 0..self.chance.within(0..=most) {
            let at = self.chance.millis(0..=(self.seconds - SETTLING) * 1_000);
            let act = draw(&mut self.chance);
            self.at(at, act);
        }
    }

    fn weather(&mut self, kiosk: usize) {
        let mut at = 0;
        while at < self.seconds * 1_000 {
            let sky = Sky::draw(&mut self.chance);
            self.at(Duration::from_millis(at), Act::Weather(kiosk, sky));
            at += self.chance.within(4_000..=50_000);
        }
        if self.chance.one_in(2) {
            let outage = self.chance.pick(&Sky::OUTAGES);
            let lasts = self.chance.within(15_000..=35_000);
            // Other weather of that time is over.
            let begins = Duration::from_millis(self.seconds * 1_000 - lasts);
            self.acts
                .retain(|(at, act)| *at < begins || !matches!(act, Act::Weather(of, _) if *of == kiosk));
            self.at(begins, Act::Weather(kiosk, outage));
        }
    }

    fn visitors(&mut self, kiosk: usize) {
        for _ in 0..self.chance.within(1..=5) {
            let at = self.chance.millis(0..=self.seconds * 1_000);
            let nudges = self.chance.one_in(2);
            self.at(at, Act::Lead(kiosk, nudges));
        }
    }

    fn machine(&mut self, kiosk: usize) {
        if self.chance.one_in(2) {
            let at = self.chance.millis(0..=(self.seconds - SETTLING) * 1_000);
            let hours = self.chance.within(0..=2 * TEN_YEARS as u64) as i64 - TEN_YEARS;
            self.at(at, Act::Clock(kiosk, hours));
            if self.chance.one_in(2) {
                // Before anybody could say how wrong the clock is.
                self.at(at, Act::Chores(kiosk));
            }
        }
        self.now_and_then(1, |chance| Act::Clock(kiosk, chance.within(0..=4) as i64 - 2));
        if self.chance.one_in(2) {
            let begins = self.chance.within(0..=self.seconds - SETTLING);
            let ends = self.chance.within(begins..=self.seconds - SETTLING);
            let act = match self.chance.within(0..=3) {
                0 => {
                    // Filled again when the reserve was given up, there is no room for leads either.
                    let again = self.chance.within(begins..=ends);
                    self.at(Duration::from_secs(again), Act::DiskFills(kiosk, 0));
                    Act::DiskFills(kiosk, 0)
                }
                1 => Act::DiskFills(kiosk, self.chance.within(100..=300) << 20),
                _ => Act::DiskFails(kiosk, self.chance.within(2..=12)),
            };
            self.at(Duration::from_secs(begins), act);
            self.at(Duration::from_secs(ends), Act::DiskMended(kiosk));
        }
        self.now_and_then(1, |_| Act::Restart(kiosk));
        self.now_and_then(1, |_| Act::PowerCut(kiosk));
        self.now_and_then(1, |chance| Act::PowerCutAtCall(kiosk, chance.within(1..=60)));
    }

    fn staff(&mut self, kiosk: usize) {
        self.now_and_then(1, |_| Act::Filter(kiosk));
        self.now_and_then(1, |_| Act::Requeue(kiosk));
        self.now_and_then(1, |_| Act::Chores(kiosk));
    }

    fn platform(&mut self, kiosks: usize) {
        if self.chance.one_in(3) {
            let stops = self.chance.millis(0..=(self.seconds - SETTLING) * 1_000);
            let lasts = self.chance.millis(100..=10_000);
            self.at(stops, Act::PlatformStops);
            self.at(stops + lasts, Act::PlatformStarts);
        }
        self.now_and_then(EDITIONS as u64 - 2, |_| Act::Publish);
        self.now_and_then(2, |chance| Act::Erase(chance.bits()));
        self.now_and_then(1, |chance| {
            let one = (chance.within(0..=1) == 1).then(|| chance.index(kiosks));
            // Five seconds is more often than any kiosk lets itself be told.
            Act::Configure(one, chance.pick(&[5, 10, 30, 90]))
        });
    }
}
