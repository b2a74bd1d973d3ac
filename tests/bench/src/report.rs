//! Results of a bench: a table on the terminal and `target/bench/NAME.json`. Must not know how they are measured.

use crate::machine::Machine;
use crate::runner::ComparisonStats;
use crate::{Bench, Failure};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// The target for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Upper bound.
    AtMost(f64),
    /// Lower bound.
    AtLeast(f64),
    /// No target.
    None,
}

impl Target {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(max) => value <= max,
            Self::AtLeast(min) => value >= min,
            Self::None => true,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(max) => write!(f, "≤ {max}"),
            Self::AtLeast(min) => write!(f, "≥ {min}"),
            Self::None => Ok(()),
        }
    }
}

/// A single number.
#[derive(Debug, Clone, Serialize)]
struct Figure {
    #[serde(rename = "what")]
    label: String,
    value: f64,
    unit: String,
    target: Target,
    #[serde(rename = "holds")]
    is_met: bool,
}

/// A comparison of the program with a peer.
#[derive(Debug, Clone, Serialize)]
struct Comparison {
    #[serde(rename = "what")]
    label: String,
    peer: String,
    unit: String,
    #[serde(flatten)]
    stats: ComparisonStats,
    target: Target,
    #[serde(rename = "holds")]
    is_met: bool,
    #[serde(rename = "valid")]
    is_valid: bool,
}

/// All results of a bench.
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

/// The folder for peers, data and reports of all benches.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench")
}

impl Report {
    /// An empty report for the bench `name`.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            at: Timestamp::now(),
            machine: Machine::detect(),
            versions: BTreeMap::new(),
            figures: Vec::new(),
            comparisons: Vec::new(),
        }
    }

    /// The first comparison whose control is outside its bounds; it makes the run void.
    pub fn void_reason(&self) -> Option<String> {
        let void = self.comparisons.iter().find(|c| !c.is_valid)?;
        let control = void.stats.control.median;
        Some(format!(
            "{}: ours compared with itself gives {control:.3}, which is outside 0.95 to 1.05",
            void.label
        ))
    }

    /// Whether every target is met.
    pub fn targets_met(&self) -> bool {
        self.figures.iter().all(|f| f.is_met) && self.comparisons.iter().all(|c| c.is_met)
    }

    /// Writes the JSON file and returns its path.
    pub fn save(&self) -> Result<PathBuf, Failure> {
        std::fs::create_dir_all(folder())?;
        let path = folder().canonicalize()?.join(format!("{}.json", self.name));
        std::fs::write(&path, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(path)
    }
}

impl Bench {
    /// Records the version of a peer.
    pub fn version(&mut self, peer: &str, version: impl Into<String>) {
        self.report.versions.insert(peer.to_owned(), version.into());
    }

    /// Records a single number.
    pub fn figure(&mut self, label: &str, value: f64, unit: &str, target: Target) {
        crate::print_text(&format!("  {label}: {value:.3} {unit}\n"));
        let (label, unit) = (label.to_owned(), unit.to_owned());
        self.report.figures.push(Figure {
            label,
            value,
            unit,
            target,
            is_met: target.is_met(value),
        });
    }

    /// Measures the program and a peer in turn and records both. The target applies to the ratio ours / peer. Returns
    /// that ratio.
    pub fn compare(
        &mut self,
        label: &str,
        peer: &str,
        unit: &str,
        target: Target,
        ours: crate::runner::Measurement<'_>,
        theirs: crate::runner::Measurement<'_>,
    ) -> Result<f64, Failure> {
        crate::print_text(&format!("{label}, compared with {peer} …\n"));
        let stats = self.runner.compare(ours, theirs)?;
        let ratio = stats.ratio.median;
        crate::print_text(&format!(
            "  ours {:.3} {unit}, peer {:.3} {unit}, ratio {ratio:.3}, control {:.3}\n",
            stats.ours.median, stats.peer.median, stats.control.median
        ));
        self.report.comparisons.push(Comparison {
            label: label.to_owned(),
            peer: peer.to_owned(),
            unit: unit.to_owned(),
            target,
            is_met: target.is_met(ratio),
            is_valid: stats.is_valid(),
            stats,
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
            let ComparisonStats {
                ours,
                peer,
                ratio,
                control,
                pairs,
            } = &row.stats;
            writeln!(
                f,
                "\n  {} ({}; {pairs} pairs, median, lowest–highest)",
                row.label, row.unit
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
            let verdict = verdict(row.target, row.is_met);
            writeln!(
                f,
                "    {:<22} {:>12.3}   {:.3}–{:.3}{verdict}",
                "ratio", ratio.median, ratio.low, ratio.high
            )?;
            let void = if row.is_valid { "" } else { "   VOID" };
            writeln!(
                f,
                "    {:<22} {:>12.3}   {:.3}–{:.3}{void}",
                "ours / ours", control.median, control.low, control.high
            )?;
        }
        if !self.figures.is_empty() {
            writeln!(f)?;
        }
        for Figure {
            label,
            value,
            unit,
            target,
            is_met,
        } in &self.figures
        {
            let verdict = verdict(*target, *is_met);
            writeln!(f, "  {label:<48} {value:>12.3} {unit}{verdict}")?;
        }
        Ok(())
    }
}

fn verdict(target: Target, is_met: bool) -> String {
    match (target, is_met) {
        (Target::None, _) => String::new(),
        (target, true) => format!("   target {target}: met"),
        (target, false) => format!("   target {target}: MISSED"),
    }
}
