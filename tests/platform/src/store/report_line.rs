//! Decides whether the reports of one kiosk identity come from one machine. Each report names the last one whose
//! answer arrived, so the reports of one machine form a line. A copy of its data folder continues from an older
//! report. Must not know: tables, HTTP.

use expo_protocol::Heartbeat;
use serde::{Deserialize, Serialize};

/// Reports whose answers may have been lost. A kiosk sends one after the other, so only the newest ones matter.
const MAX_REMEMBERED: usize = 16;
/// Identifiers of reports that are kept to recognise those that arrive again and lines that were left: about an hour of
/// them.
const MAX_SEEN: usize = 64;

/// The reports of one identity that the next ones are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// The last report that a later one named: its answer arrived. `None` before the first.
    confirmed: Option<Report>,
    /// Reports after it. The answer of any of them may have arrived.
    pending: Vec<Report>,
    /// Reports that name neither of these. A late one is never named by another. One that is named belongs to a copy, or
    /// follows a report that this store lost in a crash.
    stray: Vec<Report>,
    /// Identifiers of the lines that were continued before the present one, oldest first.
    #[serde(default)]
    left: Vec<String>,
    /// Identifiers of the newest reports, oldest first. One that arrives again says nothing new: two late copies of
    /// successive reports would look like a line of their own.
    #[serde(default)]
    seen: Vec<String>,
}

/// What is remembered of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    id: String,
    /// The report that it names.
    #[serde(default)]
    previous: Option<String>,
    machine: Option<String>,
    /// Head of the audit log at that time.
    pub audit_head: Option<String>,
}

/// What a report shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It continues the line. If it is the first to name a report, that report is confirmed.
    Continues {
        /// The report that is confirmed now.
        confirmed: Option<Report>,
    },
    /// Nothing: it comes from an older program, or it may only be late.
    Unknown,
    /// A copy of the data folder reports under the same identity.
    Copy,
}

impl ReportLine {
    /// Adds a report.
    pub fn add(&mut self, heartbeat: &Heartbeat) -> Verdict {
        let Some(id) = &heartbeat.report_id else {
            return Verdict::Unknown;
        };
        let report = Report {
            id: id.clone(),
            previous: heartbeat.previous_report_id.clone(),
            machine: heartbeat.machine.clone(),
            audit_head: heartbeat.audit_head.clone(),
        };
        if self.seen.contains(id) {
            return Verdict::Unknown;
        }
        let previous = heartbeat.previous_report_id.as_deref();
        if *self == Self::default() {
            // This store knows nothing of the kiosk yet, for example because it was updated later.
            self.confirmed = previous.map(|id| Report {
                id: id.to_owned(),
                ..report.clone()
            });
        }
        self.seen.push(id.clone());
        if self.seen.len() > MAX_SEEN {
            self.seen.remove(0);
        }
        if let Some(confirmed) = take(&mut self.pending, previous) {
            self.confirmed = Some(confirmed.clone());
            self.pending = vec![report];
            let confirmed = Some(confirmed);
            return Verdict::Continues { confirmed };
        }
        if previous == self.confirmed.as_ref().map(|confirmed| confirmed.id.as_str()) {
            remember(&mut self.pending, report);
            return Verdict::Continues { confirmed: None };
        }
        if let Some(named) = take(&mut self.stray, previous) {
            // Another line continues. Both report only if it is one that was left before.
            let is_copy = named.previous.as_ref().is_some_and(|id| self.left.contains(id));
            let line = self.confirmed.iter().chain(&self.pending);
            self.left.extend(line.map(|report| report.id.clone()));
            let excess = self.left.len().saturating_sub(MAX_SEEN);
            self.left.drain(..excess);
            self.confirmed = Some(named);
            self.pending = vec![report];
            return if is_copy { Verdict::Copy } else { Verdict::Unknown };
        }
        let line_machine = self
            .confirmed
            .as_ref()
            .and_then(|confirmed| confirmed.machine.as_ref());
        let is_other_machine =
            line_machine.is_some() && report.machine.is_some() && line_machine != report.machine.as_ref();
        remember(&mut self.stray, report);
        if is_other_machine {
            Verdict::Copy
        } else {
            Verdict::Unknown
        }
    }
}

/// Takes the report with this identifier out of the list.
fn take(reports: &mut Vec<Report>, id: Option<&str>) -> Option<Report> {
    let at = reports.iter().position(|report| Some(report.id.as_str()) == id)?;
    Some(reports.remove(at))
}

/// Appends a report, unless it arrived before, and forgets the oldest ones.
fn remember(reports: &mut Vec<Report>, report: Report) {
    if reports.iter().all(|known| known.id != report.id) {
        reports.push(report);
    }
    if reports.len() > MAX_REMEMBERED {
        reports.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kiosk that numbers its reports, with its own copy of the last answered one.
    #[derive(Clone)]
    struct Kiosk {
        name: &'static str,
        machine: Option<&'static str>,
        sent: u32,
        answered: Option<String>,
    }

    impl Kiosk {
        const fn new(name: &'static str) -> Self {
            Self {
                name,
                machine: None,
                sent: 0,
                answered: None,
            }
        }

        fn report(&mut self) -> Heartbeat {
            self.sent += 1;
            Heartbeat {
                report_id: Some(format!("{}{}", self.name, self.sent)),
                previous_report_id: self.answered.clone(),
                machine: self.machine.map(str::to_owned),
                ..Heartbeat::default()
            }
        }

        /// Sends a report whose answer arrives.
        fn send(&mut self, line: &mut ReportLine) -> Verdict {
            let report = self.report();
            let verdict = line.add(&report);
            self.answered = report.report_id;
            verdict
        }

        /// Sends a report whose answer is lost.
        fn send_unanswered(&mut self, line: &mut ReportLine) -> Verdict {
            line.add(&self.report())
        }
    }

    fn is_copy(verdict: &Verdict) -> bool {
        *verdict == Verdict::Copy
    }

    #[test]
    fn successive_reports_that_arrive_again_are_no_copy() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        let mut reports = Vec::new();
        for _ in 0..10 {
            let report = kiosk.report();
            assert!(!is_copy(&line.add(&report)));
            kiosk.answered.clone_from(&report.report_id);
            reports.push(report);
        }
        for report in &reports {
            assert!(!is_copy(&line.add(report)), "{report:?}");
        }
        assert!(!is_copy(&kiosk.send(&mut line)));
    }

    #[test]
    fn reports_lost_by_the_platform_are_no_copy() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        for round in 0..20 {
            // The platform answers, then a power cut takes what it stored.
            let before = line.clone();
            for _ in 0..round % 3 {
                kiosk.send(&mut line);
            }
            line = before;
            for _ in 0..5 {
                assert!(!is_copy(&kiosk.send(&mut line)), "round {round}");
            }
        }
    }

    #[test]
    fn lost_answers_are_no_copy() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        for round in 0..200 {
            // After up to fifty lost answers in a row, one arrives.
            for _ in 0..round % 50 {
                assert!(!is_copy(&kiosk.send_unanswered(&mut line)), "round {round}");
            }
            assert!(!is_copy(&kiosk.send(&mut line)), "round {round}");
        }
    }

    #[test]
    fn late_and_repeated_reports_are_no_copy() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        let mut abandoned = Vec::new();
        for round in 0..100 {
            abandoned.push(kiosk.report());
            let report = kiosk.report();
            for _ in 0..2 {
                assert!(!is_copy(&line.add(&report)), "round {round}");
            }
            kiosk.answered = report.report_id;
            if round % 3 == 0 {
                for late in abandoned.drain(..) {
                    assert!(!is_copy(&line.add(&late)), "round {round}");
                }
            }
        }
    }

    #[test]
    fn copy_is_seen_while_both_report() {
        for age in [0, 1, 100] {
            let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
            // An age of 0: the disk was copied between the enrolment and the first report.
            let mut copy = kiosk.clone();
            copy.name = "b";
            for _ in 0..age {
                kiosk.send(&mut line);
            }
            kiosk.send(&mut line);
            let seen: Vec<bool> = (0..12)
                .map(|_| {
                    let original = kiosk.send(&mut line);
                    let copied = copy.send(&mut line);
                    is_copy(&original) || is_copy(&copied)
                })
                .collect();
            assert!(seen[..6].contains(&true), "age {age}: {seen:?}");
            assert!(seen[6..].contains(&true), "it stays visible: {seen:?}");
        }
    }

    #[test]
    fn three_copies_in_turn_are_seen() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        kiosk.send(&mut line);
        let mut kiosks = ["b", "c"].map(|name| Kiosk {
            name,
            ..kiosk.clone()
        });
        let mut seen = false;
        for _ in 0..8 {
            kiosk.send(&mut line);
            for copy in &mut kiosks {
                seen |= is_copy(&copy.send(&mut line));
            }
        }
        assert!(seen);
    }

    #[test]
    fn stray_report_of_another_machine_is_a_copy() {
        let mut line = ReportLine::default();
        let mut kiosk = Kiosk {
            machine: Some("one"),
            ..Kiosk::new("a")
        };
        kiosk.send(&mut line);
        let mut moved = Kiosk {
            machine: Some("two"),
            name: "b",
            ..kiosk.clone()
        };
        for _ in 0..3 {
            kiosk.send(&mut line);
        }
        assert!(is_copy(&moved.send(&mut line)));
        // The same folder on another machine is no copy while it is the only one.
        let mut line = ReportLine::default();
        kiosk.answered = None;
        kiosk.send(&mut line);
        kiosk.machine = Some("two");
        for _ in 0..3 {
            assert!(!is_copy(&kiosk.send(&mut line)));
        }
    }

    #[test]
    fn unknown_line_is_continued() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        kiosk.answered = Some("before".to_owned());
        for _ in 0..3 {
            assert!(matches!(kiosk.send(&mut line), Verdict::Continues { .. }));
        }
        assert_eq!(line.add(&Heartbeat::default()), Verdict::Unknown);
    }

    #[test]
    fn answered_reports_are_confirmed_in_order() {
        let (mut line, mut kiosk) = (ReportLine::default(), Kiosk::new("a"));
        kiosk.send(&mut line);
        kiosk.send_unanswered(&mut line);
        kiosk.send(&mut line);
        let Verdict::Continues {
            confirmed: Some(report),
        } = kiosk.send(&mut line)
        else {
            panic!("the third report was answered");
        };
        assert_eq!(report.id, "a3");
    }
}
