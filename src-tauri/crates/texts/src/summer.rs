//! Texts of the plan of a stay in Morocco, in QR codes. Must not know: how the lines are composed.

use expo_domain::summer_plan::SummerStage;

/// Texts of the plan in one language. They are short, so that the QR codes scan well.
pub struct SummerTexts {
    /// First line, and title of the calendar entry.
    pub heading: &'static str,
    /// Name of a stage.
    pub stage: fn(SummerStage) -> &'static str,
    /// In place of a date.
    pub at_delivery: &'static str,
    /// After a stage that a proxy signs.
    pub by_proxy: &'static str,
    /// After a stage without a confirmed duration.
    pub to_confirm: &'static str,
    /// Last line.
    pub terms: &'static str,
}
