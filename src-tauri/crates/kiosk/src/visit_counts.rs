//! Counts visits without names: totals per stop and day, each of one property. The visit under way exists in memory only, and
//! its counts reach the disk after its end, together with those of other visits. A failing disk disturbs nobody. Must not know:
//! leads, what visitors type or choose.

use crate::lock::lock;
use crate::machine::environment::Environment;
use crate::views::{FormStep, VisitEvent};
use expo_store::visits::{DayCounts, Visits};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// Counts are written at most once in this time.
const WRITE_INTERVAL_MS: u64 = 60_000;
/// Upper ends of the duration classes in seconds, with their names.
const DURATIONS: [(u64, &str); 5] = [
    (60, "under_1_min"),
    (180, "1_to_3_min"),
    (600, "3_to_10_min"),
    (1_800, "10_to_30_min"),
    (u64::MAX, "over_30_min"),
];

/// Name of the count of visits.
pub(crate) const VISITS: &str = "visits";
/// Name of the count of leads sent during visits.
pub(crate) const LEADS: &str = "leads";
/// Name of the count of searches without result.
pub(crate) const NO_RESULT: &str = "no_result";
/// Beginning of the names of visits by language.
pub(crate) const LANGUAGE: &str = "language";
/// Beginning of the names of visits that left the form, by step.
pub(crate) const FORM_LEFT: &str = "form_left";

/// Counts by name.
type Counts = BTreeMap<String, u32>;

/// Counts the visits of this kiosk.
pub(crate) struct VisitCounter {
    env: Environment,
    file: Visits,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    visit: Option<Visit>,
    /// Counts that are not on disk yet, by day and stop.
    unwritten: BTreeMap<(String, String), Counts>,
    written_at_ms: Option<u64>,
}

/// The visit under way.
struct Visit {
    began_ms: u64,
    last_event_ms: u64,
    /// Names that count once per visit.
    seen: BTreeSet<String>,
    searches_without_result: u32,
    leads: u32,
    /// Last step of a form that is not sent.
    form: Option<FormStep>,
}

impl VisitCounter {
    pub fn new(env: Environment) -> Self {
        Self {
            file: Visits::new(env.folder()),
            env,
            state: Mutex::default(),
        }
    }

    /// Counts an event, if the stop counts visits.
    pub fn note(&self, event: VisitEvent) {
        let is_on = self.is_on();
        let now_ms = self.env.machine().monotonic_ms();
        let mut state = lock(&self.state);
        if !is_on {
            // It began before the counts were switched off, and ends uncounted.
            state.visit = None;
            return;
        }
        match event {
            VisitEvent::Began { language } => {
                // The end of the visit before was lost, for example because its page crashed.
                self.close(&mut state, None);
                state.visit = Some(Visit::new(now_ms));
                state.see(now_ms, LANGUAGE, &language);
            }
            VisitEvent::Language { language } => state.see(now_ms, LANGUAGE, &language),
            VisitEvent::Screen { screen } => state.see(now_ms, "screen", &screen),
            VisitEvent::Filter { filter } => state.see(now_ms, "filter", &filter),
            VisitEvent::NoResult {} => state.change(now_ms, |visit| visit.searches_without_result += 1),
            VisitEvent::FormStep { step } => state.change(now_ms, |visit| visit.form = Some(step)),
            VisitEvent::Ended { unattended_seconds } => {
                self.close(&mut state, Some((now_ms, u64::from(unattended_seconds))));
            }
        }
        drop(state);
        self.write_if_due();
    }

    /// Counts a lead that was sent during the visit.
    pub fn note_lead(&self) {
        let now_ms = self.env.machine().monotonic_ms();
        lock(&self.state).change(now_ms, |visit| {
            visit.leads += 1;
            visit.form = None;
        });
    }

    /// Ends the visit under way, if its page is gone, and writes everything: call it at the end of the program.
    pub fn end(&self) {
        self.close(&mut lock(&self.state), None);
        self.write();
    }

    /// Ends the visit whose page was loaded again without reporting its end.
    pub fn page_loaded(&self) {
        self.close(&mut lock(&self.state), None);
    }

    /// The counts of the newest days, newest first; none if the stop does not count visits. Without those on disk if the
    /// disk fails.
    pub fn newest_days(&self, limit: u32) -> Vec<DayCounts> {
        if !self.is_on() {
            return Vec::new();
        }
        self.write_if_due();
        let mut days: BTreeMap<(String, String), Counts> = BTreeMap::new();
        for DayCounts { day, stop, counts } in self.file.newest_days(limit).unwrap_or_default() {
            days.insert((day, stop), counts);
        }
        for (key, counts) in &lock(&self.state).unwritten {
            add(days.entry(key.clone()).or_default(), counts);
        }
        let newest: BTreeSet<&str> = days.keys().map(|(day, _)| day.as_str()).collect();
        let oldest = newest.into_iter().nth_back(limit.saturating_sub(1) as usize);
        let oldest = oldest.unwrap_or_default().to_owned();
        let newest = days.into_iter().rev().filter(|((day, _), _)| *day >= oldest);
        newest
            .map(|((day, stop), counts)| DayCounts { day, stop, counts })
            .collect()
    }

    /// The counts of a day at the current stop; `None` if the stop does not count visits.
    pub fn of_day(&self, day: &str) -> Option<Counts> {
        let stop = self.env.settings().stop().ok().filter(|stop| stop.statistics)?;
        let days = self.newest_days(1);
        let found = days
            .into_iter()
            .find(|found| found.day == day && found.stop == stop.id);
        Some(found.unwrap_or_default().counts)
    }

    fn is_on(&self) -> bool {
        self.env.settings().stop().is_ok_and(|stop| stop.statistics)
    }

    /// Adds the visit under way to the counts of its day. `ended` is the time of its end and the seconds without touch
    /// before; otherwise the visit ended with its last event. Nothing is added if the stop no longer counts visits.
    fn close(&self, state: &mut State, ended: Option<(u64, u64)>) {
        let Some(visit) = state.visit.take() else { return };
        let (Ok(stop), Ok(day)) = (self.env.settings().stop(), self.env.today()) else {
            return;
        };
        if !stop.statistics {
            return;
        }
        let counts = visit.counts(ended);
        add(
            state.unwritten.entry((day.to_string(), stop.id)).or_default(),
            &counts,
        );
    }

    fn write_if_due(&self) {
        let now_ms = self.env.machine().monotonic_ms();
        let is_due = {
            let state = lock(&self.state);
            let is_due = |written: u64| now_ms.saturating_sub(written) >= WRITE_INTERVAL_MS;
            !state.unwritten.is_empty() && state.written_at_ms.is_none_or(is_due)
        };
        if is_due {
            self.write();
        }
    }

    /// Writes without the lock, so that a slow disk holds up no event. Counts that cannot be written stay in memory.
    fn write(&self) {
        let unwritten = {
            let mut state = lock(&self.state);
            state.written_at_ms = Some(self.env.machine().monotonic_ms());
            std::mem::take(&mut state.unwritten)
        };
        if unwritten.is_empty() {
            return;
        }
        let days: Vec<DayCounts> = unwritten
            .into_iter()
            .map(|((day, stop), counts)| DayCounts { day, stop, counts })
            .collect();
        if self.file.add(&days).is_err() {
            let mut state = lock(&self.state);
            for DayCounts { day, stop, counts } in days {
                add(state.unwritten.entry((day, stop)).or_default(), &counts);
            }
        }
    }
}

impl State {
    /// Changes the visit under way. Without one, as after a crash of the program, nothing is counted.
    fn change(&mut self, now_ms: u64, change: impl FnOnce(&mut Visit)) {
        if let Some(visit) = &mut self.visit {
            visit.last_event_ms = now_ms;
            change(visit);
        }
    }

    fn see(&mut self, now_ms: u64, property: &str, value: &impl Serialize) {
        // All values are codes of closed lists.
        if let Ok(serde_json::Value::String(code)) = serde_json::to_value(value) {
            self.change(now_ms, |visit| {
                visit.seen.insert(format!("{property}.{code}"));
            });
        }
    }
}

impl Visit {
    const fn new(now_ms: u64) -> Self {
        Self {
            began_ms: now_ms,
            last_event_ms: now_ms,
            seen: BTreeSet::new(),
            searches_without_result: 0,
            leads: 0,
            form: None,
        }
    }

    fn counts(self, ended: Option<(u64, u64)>) -> Counts {
        let end_ms = ended.map_or(self.last_event_ms, |(at_ms, unattended_seconds)| {
            at_ms.saturating_sub(unattended_seconds * 1_000)
        });
        let seconds = end_ms.saturating_sub(self.began_ms) / 1_000;
        let duration = DURATIONS.iter().find(|(end, _)| seconds < *end);
        let mut counts: Counts = self.seen.into_iter().map(|name| (name, 1)).collect();
        counts.extend(duration.map(|(_, name)| (format!("duration.{name}"), 1)));
        let form = self.form.map(|step| format!("{FORM_LEFT}.{}", step.code()));
        counts.extend(form.map(|name| (name, 1)));
        let numbers = [
            (VISITS, 1),
            (LEADS, self.leads),
            (NO_RESULT, self.searches_without_result),
        ];
        let numbers = numbers.into_iter().filter(|(_, count)| *count > 0);
        counts.extend(numbers.map(|(name, count)| (name.to_owned(), count)));
        counts
    }
}

fn add(counts: &mut Counts, added: &Counts) {
    for (name, count) in added {
        let sum = counts.entry(name.clone()).or_default();
        *sum = sum.saturating_add(*count);
    }
}
