//! What was found, in words and as JSON.

use serde::Serialize;
use std::fmt;

/// Whether one demand is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", content = "reason", rename_all = "snake_case")]
pub enum Verdict {
    /// It is.
    Kept,
    /// It is not, and how.
    Broken(String),
    /// It could not be seen, and what is missing for that.
    NotSeen(String),
}

/// One demand and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Part of the contract.
    pub part: &'static str,
    /// What is demanded.
    pub demand: &'static str,
    /// What was found.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// Everything found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of the suite.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Demands that are not kept.
    pub fn broken(&self) -> impl Iterator<Item = &Finding> {
        let is_broken = |finding: &&Finding| matches!(finding.verdict, Verdict::Broken(_));
        self.findings.iter().filter(is_broken)
    }

    /// Demands that could not be seen.
    pub fn not_seen(&self) -> impl Iterator<Item = &Finding> {
        let is_open = |finding: &&Finding| matches!(finding.verdict, Verdict::NotSeen(_));
        self.findings.iter().filter(is_open)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut part = "";
        for finding in &self.findings {
            if finding.part != part {
                part = finding.part;
                writeln!(f, "\n{part}")?;
            }
            match &finding.verdict {
                Verdict::Kept => writeln!(f, "  kept      {}", finding.demand)?,
                Verdict::Broken(reason) => {
                    writeln!(f, "  BROKEN    {}\n            {reason}", finding.demand)?;
                }
                Verdict::NotSeen(reason) => {
                    writeln!(f, "  not seen  {}\n            {reason}", finding.demand)?;
                }
            }
        }
        let (broken, open) = (self.broken().count(), self.not_seen().count());
        let kept = self.findings.len() - broken - open;
        write!(f, "\n{kept} kept, {broken} broken, {open} not seen")
    }
}
