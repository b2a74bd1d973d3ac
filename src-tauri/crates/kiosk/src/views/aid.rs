//! Views of the questionnaire about the direct housing aid. Must not know: rules, windows.

use super::shortlist::ShortlistItem;
use super::visitor::UnitAid;
use expo_domain::aid::{AidBand, AidObstacle};
use expo_domain::aid_questionnaire::{AidAnswer, AidChange, AidFindings, AidQuestion, AidStep};
use expo_domain::{Lang, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The answers so far. They are read and forgotten.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AidRequest {
    /// One list for each person who has begun; the last person answers now.
    pub people: Vec<Vec<AidAnswer>>,
    /// Whether two people buy together.
    pub couple: bool,
    /// The units to give a result for; projects and unknown units are left out.
    pub units: Vec<ShortlistItem>,
    /// Language of the titles.
    pub lang: Lang,
}

/// What the window shows next.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum AidProgress {
    Question {
        question: AidQuestion,
        /// Counts from 1.
        number: u32,
        /// The most questions that one person is asked.
        at_most: u32,
        /// Years from the final deed that some questions are about.
        commitment_years: u16,
    },
    /// The first person is done, the second one has not begun.
    HandOver,
    Result {
        result: Box<AidResult>,
    },
    /// No version of the rules is in force.
    NoRule,
}

/// The result for all buyers together; never binding.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AidResult {
    /// What the answers mean.
    pub findings: AidFindings,
    /// Amounts by price, cheapest first.
    pub bands: Vec<AidBand>,
    /// The result for each unit.
    pub units: Vec<AidUnit>,
    /// From the registration to the final deed.
    pub steps: Vec<AidStep>,
    /// The version that is reported, to be confirmed.
    pub reported: Option<ReportedAid>,
    /// Years from the final deed in which the conditions last.
    pub commitment_years: u16,
    /// Smallest eligible number of rooms.
    pub min_rooms: u32,
    /// The applied version and its official page.
    pub source: AidSource,
}

/// The result for one unit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AidUnit {
    pub project: String,
    pub unit: String,
    pub title: Text,
    pub number: String,
    pub price: expo_domain::Money,
    pub aid: UnitAid,
    /// Why it is not eligible.
    pub obstacle: Option<AidObstacle>,
}

/// A version that is reported, to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReportedAid {
    pub version: String,
    pub changes: Vec<AidChange>,
    pub commitment_years: u16,
}

/// Where the applied version comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AidSource {
    /// Name of the version.
    pub version: String,
    /// Legal source.
    pub source: String,
    /// Day it was last compared with the source.
    pub checked_on: String,
    /// Address of the official page.
    pub page: String,
    /// The address as a QR code, SVG markup.
    pub page_qr_svg: String,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    AidRequest::export_all(config)?;
    AidProgress::export_all(config)
}
