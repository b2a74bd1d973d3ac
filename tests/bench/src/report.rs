//! What a bench found: a table for people, `target/bench/NAME.json` for programs. Must not know how it was measured.

use crate::machine::Machine;
use crate::runner::Compared;
use crate::{Bench, Failure};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// What is wanted of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// Nothing is wanted: told for its own sake.
    None,
}

impl Target {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
            Self::None => true,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::AtLeast(least) => write!(f, "≥ {least}"),
            Self::None => Ok(()),
        }
    }
}

/// One number.
#[derive(Debug, Clone, Serialize)]
struct Figure {
    what: String,
    value: f64,
    unit: String,
    target: Target,
    holds: bool,
}

/// Two ways side by side.
#[derive(Debug, Clone, Serialize)]
struct Comparison {
    what: String,
    peer: String,
    unit: String,
    #[serde(flatten)]
    compared: Compared,
    target: Target,
    holds: bool,
    valid: bool,
}

/// Everything a bench found.
#[derive(Debug, Serialize)]
pub struct Report {
    name: String,
    at: Timestamp,
    machine: Machine,
    /// Peers and their versions.
    versions: BTreeMap<String, String>,
    figures: Vec<Figure>,
    comparisons: Vec<Comparison>,
}

/// Where benches keep their peers, their data and their reports.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench")
}

impl Report {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            at: Timestamp::now(),
            machine: Machine::look(),
            versions: BTreeMap::new(),
            figures: Vec::new(),
            comparisons: Vec::new(),
        }
    }

    /// Which comparison came out void, if one did.
    pub fn void(&self) -> Option<String> {
        let void = self.comparisons.iter().find(|c| !c.valid)?;
        let control = void.compared.control.median;
        Some(format!(
            "{}: ours beside itself came out at {control:.3}, not within 0.95 to 1.05",
            void.what
        ))
    }

    /// Whether every target holds.
    pub fn holds(&self) -> bool {
        self.figures.iter().all(|f| f.holds) && self.comparisons.iter().all(|c| c.holds)
    }

    /// Writes the JSON file.
    pub fn keep(&self) -> Result<PathBuf, Failure> {
        std::fs::create_dir_all(folder())?;
        let path = folder().canonicalize()?.join(format!("{}.json", self.name));
        std::fs::write(&path, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(path)
    }
}

impl Bench {
    /// Notes the version of a peer.
    pub fn version(&mut self, peer: &str, version: impl Into<String>) {
        self.report.versions.insert(peer.to_owned(), version.into());
    }

    /// Notes a number.
    pub fn figure(&mut self, what: &str, value: f64, unit: &str, target: Target) {
        crate::say(&format!("  {what}: {value:.3} {unit}\n"));
        let (what, unit) = (what.to_owned(), unit.to_owned());
        self.report.figures.push(Figure {
            what,
            value,
            unit,
            target,
            holds: target.holds(value),
        });
    }

    /// Measures two ways in turn and notes them; the target is one of the ratio ours / peer. Returns that ratio.
    pub fn compare(
        &mut self,
        what: &str,
        peer: &str,
        unit: &str,
        target: Target,
        ours: crate::runner::Way<'_>,
        theirs: crate::runner::Way<'_>,
    ) -> Result<f64, Failure> {
        crate::say(&format!("{what}, beside {peer} …\n"));
        let compared = self.runner.compare(ours, theirs)?;
        let ratio = compared.ratio.median;
        crate::say(&format!(
            "  {:.3} beside {:.3} {unit}: {ratio:.3}, control {:.3}\n",
            compared.ours.median, compared.peer.median, compared.control.median
        ));
        self.report.comparisons.push(Comparison {
            what: what.to_owned(),
            peer: peer.to_owned(),
            unit: unit.to_owned(),
            target,
            holds: target.holds(ratio),
            valid: compared.is_valid(),
            compared,
        });
        Ok(ratio)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{} on {}", self.name, self.machine)?;
        for (peer, version) in &self.versions {
            writeln!(f, "  {peer}: {version}")?;
        }
        for row in &self.comparisons {
            let Compared {
                ours,
                peer,
                ratio,
                control,
                pairs,
            } = &row.compared;
            writeln!(
                f,
                "\n  {} ({}; {pairs} pairs, median, lowest–highest)",
                row.what, row.unit
            )?;
            writeln!(
                f,
                "    {:<22} {:>12.3}   {:.3}–{:.3}",
                "ours", ours.median, ours.low, ours.high
            )?;
            writeln!(
                f,
                "    {:<22} {:>12.3}   {:.3}–{:.3}",
                row.peer, peer.median, peer.low, peer.high
            )?;
            let verdict = verdict(row.target, row.holds);
            writeln!(
                f,
                "    {:<22} {:>12.3}   {:.3}–{:.3}{verdict}",
                "ratio", ratio.median, ratio.low, ratio.high
            )?;
            let even = if row.valid { "" } else { "   VOID" };
            writeln!(
                f,
                "    {:<22} {:>12.3}   {:.3}–{:.3}{even}",
                "ours / ours", control.median, control.low, control.high
            )?;
        }
        if !self.figures.is_empty() {
            writeln!(f)?;
        }
        for Figure {
            what,
            value,
            unit,
            target,
            holds,
        } in &self.figures
        {
            let verdict = verdict(*target, *holds);
            writeln!(f, "  {what:<48} {value:>12.3} {unit}{verdict}")?;
        }
        Ok(())
    }
}

fn verdict(target: Target, holds: bool) -> String {
    match (target, holds) {
        (Target::None, _) => String::new(),
        (target, true) => format!("   target {target}: holds"),
        (target, false) => format!("   target {target}: MISSED"),
    }
}
