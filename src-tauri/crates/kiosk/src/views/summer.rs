//! Views of the plan of a stay in Morocco. Must not know: rules, windows.

use expo_domain::Lang;
use expo_domain::rule_source::Confidence;
use expo_domain::summer_plan::{Fit, Signature, StageTime, StayFault, SummerStage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The stay and the purchase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SummerRequest {
    /// `YYYY-MM-DD`, as `departure`.
    pub arrival: String,
    pub departure: String,
    pub off_plan: bool,
    pub aid: bool,
    pub loan: bool,
    pub lang: Lang,
}

/// The plan, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SummerAnswer {
    Plan {
        plan: Box<SummerPlanView>,
        /// Figures of the rules that the sentences about the stages contain.
        figures: SummerFigures,
    },
    Fault {
        fault: StayFault,
        max_days_ahead: u16,
        max_stay_days: u16,
    },
    /// No version of the stages is in force, or none of the rules that the purchase needs.
    NoRule,
}

/// Figures of other rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SummerFigures {
    /// Those of a sale off plan; never `None` in the plan of one.
    pub off_plan: Option<OffPlanFigures>,
    /// Address of the official page of the aid; never `None` in a plan with the aid.
    pub aid_page: Option<String>,
}

/// Shares of the price in basis points, and deadlines of a sale off plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OffPlanFigures {
    pub reservation_bp: u32,
    pub start_of_works_bp: u32,
    pub three_phases_bp: u32,
    pub keys_bp: u32,
    /// Longest time from the reservation to the preliminary contract.
    pub reservation_months: u16,
    /// Time after the reservation in which the buyer may withdraw.
    pub withdrawal_months: u16,
}

/// The plan of a stay; never binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "SummerPlan")]
pub struct SummerPlanView {
    /// By date; those at delivery last.
    pub stages: Vec<SummerStageView>,
    /// Whether the stay is long enough.
    pub fit: Fit,
    /// The day of the last signature that has a date.
    pub last_signature: String,
    /// Name of the version of the stages.
    pub version: String,
    /// Day it was last compared with its sources.
    pub checked_on: String,
    /// The plan as text.
    pub text: String,
    /// The text as a QR code, SVG markup.
    pub text_qr_svg: String,
    /// A calendar entry for the stay as a QR code, SVG markup.
    pub calendar_qr_svg: String,
}

/// A stage on its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PlannedStage")]
pub struct SummerStageView {
    /// The stage.
    pub id: SummerStage,
    /// First day; `None` at delivery.
    pub from: Option<String>,
    /// Last day; `None` at delivery.
    pub to: Option<String>,
    /// Compared with the stay.
    pub time: StageTime,
    /// Whose signature it needs.
    pub signature: Signature,
    /// How well it is documented.
    pub confidence: Confidence,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    SummerRequest::export_all(config)?;
    SummerAnswer::export_all(config)
}
