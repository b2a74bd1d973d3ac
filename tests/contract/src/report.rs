//! Results of a run, as text and as JSON.

use serde::Serialize;
use std::fmt;

/// Whether the platform meets one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", content = "reason", rename_all = "snake_case")]
pub enum Verdict {
    /// The platform meets it.
    Kept,
    /// The platform breaks it; how.
    Broken(String),
    /// It was not checked; which option or preparation is missing.
    #[serde(rename = "not_seen")]
    NotChecked(String),
}

/// One requirement and its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequirementResult {
    /// Part of the contract.
    pub part: &'static str,
    /// The requirement, as a sentence.
    #[serde(rename = "demand")]
    pub requirement: &'static str,
    /// Whether it is met.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// All results of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of the suite.
    #[serde(rename = "findings")]
    pub results: Vec<RequirementResult>,
}

impl Report {
    /// Requirements that the platform breaks.
    pub fn broken(&self) -> impl Iterator<Item = &RequirementResult> {
        let is_broken = |result: &&RequirementResult| matches!(result.verdict, Verdict::Broken(_));
        self.results.iter().filter(is_broken)
    }

    /// Requirements that were not checked.
    pub fn not_checked(&self) -> impl Iterator<Item = &RequirementResult> {
        let is_unchecked = |result: &&RequirementResult| matches!(result.verdict, Verdict::NotChecked(_));
        self.results.iter().filter(is_unchecked)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut part = "";
        for result in &self.results {
            if result.part != part {
                part = result.part;
                writeln!(f, "\n{part}")?;
            }
            let requirement = result.requirement;
            match &result.verdict {
                Verdict::Kept => writeln!(f, "  kept         {requirement}")?,
                Verdict::Broken(reason) => {
                    writeln!(f, "  BROKEN       {requirement}\n               {reason}")?;
                }
                Verdict::NotChecked(reason) => {
                    writeln!(f, "  not checked  {requirement}\n               {reason}")?;
                }
            }
        }
        let (broken, not_checked) = (self.broken().count(), self.not_checked().count());
        let kept = self.results.len() - broken - not_checked;
        write!(f, "\n{kept} kept, {broken} broken, {not_checked} not checked")
    }
}
