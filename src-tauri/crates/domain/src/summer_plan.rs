//! The plan of a purchase during a stay in Morocco: which stage falls on which days, which signature needs presence, and
//! whether the stay is long enough. The stages are data, see `assets/rules/summer.toml`. Must not know: the clock, words.

use crate::aid_questionnaire::{AidProcedure, AidStepId};
use crate::rule_source::{Confidence, RuleSource, is_in_force};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One version of the stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummerRule {
    /// Name of the version, shown with every plan.
    pub version: String,
    /// First day it applies.
    pub valid_from: Date,
    /// Last day it applies, included; `None` is open-ended.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Where the limits below come from, and the check of all stages.
    pub source: RuleSource,
    /// A stay may begin at most this many days ahead.
    pub max_days_ahead: u16,
    /// Longest stay that is planned.
    pub max_stay_days: u16,
    /// Days that a power of attorney takes until it has effect. Nobody states it: `low` confidence.
    pub power_of_attorney_days: u16,
    /// The stages; each comes after those that it names.
    pub stages: Vec<StageRule>,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRule {
    /// The stage.
    pub id: SummerStage,
    /// Only for purchases with all these traits.
    #[serde(default)]
    pub only: Vec<PurchaseTrait>,
    /// Stages that end before it begins. Those that the purchase does not have are skipped.
    #[serde(default)]
    pub after: Vec<SummerStage>,
    /// Whether it takes place in Morocco, so that it begins at the arrival.
    pub in_morocco: bool,
    /// Whose signature it needs.
    pub signature: Signature,
    /// How long it takes.
    pub length: Length,
    /// How well it is documented.
    pub confidence: Confidence,
    /// Legal source.
    pub source: String,
}

/// Name of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SummerStage {
    Documents,
    BankFile,
    AidRegistration,
    AidApproval,
    Visit,
    Reservation,
    PreliminaryContract,
    PreliminaryDeed,
    NotaryFiles,
    AidPayment,
    PowerOfAttorney,
    FinalDeed,
    Instalments,
    AidAtDelivery,
    FinalDeedAtDelivery,
}

/// A trait of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PurchaseTrait {
    OffPlan,
    Ready,
    Aid,
    NoAid,
    Loan,
}

/// Whose signature a stage needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// None.
    None,
    /// Only the buyer's own.
    InPerson,
    /// The buyer's, or that of somebody with a power of attorney.
    ProxyPossible,
}

/// How long a stage takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// At most this many days.
    Days(u16),
    /// The deadline of this step of the aid.
    AidStep(AidStepId),
    /// Years later: no date can be given.
    AtDelivery,
}

/// What the visitor enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Stay {
    pub arrival: Date,
    pub departure: Date,
    pub off_plan: bool,
    pub aid: bool,
    pub loan: bool,
}

/// Why a stay cannot be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StayFault {
    /// A text that is not a date.
    InvalidDate,
    /// The stay begins in the past.
    ArrivalPast,
    /// The stay ends before it begins.
    DepartureBeforeArrival,
    /// The stay begins too many days ahead.
    TooFarAhead,
    /// The stay is too long.
    TooLong,
}

/// When a stage takes place, compared with the stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageTime {
    /// It begins before the arrival.
    Before,
    /// It begins during the stay.
    During,
    /// It begins after the departure.
    After,
    /// At delivery, without a date.
    AtDelivery,
}

/// A stage on its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedStage {
    /// The stage.
    pub id: SummerStage,
    /// First and last day; none at delivery.
    pub days: Option<(Date, Date)>,
    /// Compared with the stay.
    pub time: StageTime,
    /// Whose signature it needs.
    pub signature: Signature,
    /// How well it is documented.
    pub confidence: Confidence,
}

/// Whether the stay is long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// The buyer can sign everything that has a date during the stay.
    InPerson,
    /// Something is signed after the departure, by a proxy.
    WithProxy,
    /// Something is signed after the departure, and there is no time for a power of attorney.
    TooShort,
}

/// The plan of a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummerPlan {
    /// The stages by date, those at delivery last.
    pub stages: Vec<PlannedStage>,
    /// Whether the stay is long enough.
    pub fit: Fit,
    /// The day of the last signature that has a date: who stays until then signs everything.
    pub last_signature: Date,
}

impl Stay {
    fn traits(&self) -> Vec<PurchaseTrait> {
        let either = |is, yes, no| if is { yes } else { no };
        let mut traits = vec![
            either(self.off_plan, PurchaseTrait::OffPlan, PurchaseTrait::Ready),
            either(self.aid, PurchaseTrait::Aid, PurchaseTrait::NoAid),
        ];
        if self.loan {
            traits.push(PurchaseTrait::Loan);
        }
        traits
    }
}

impl SummerRule {
    /// The version to apply on `day`.
    pub fn current(rules: &[Self], day: Date) -> Option<&Self> {
        let valid = rules
            .iter()
            .filter(|rule| is_in_force(rule.valid_from, rule.valid_to, day));
        valid.max_by_key(|rule| rule.valid_from)
    }

    /// The first stage that comes after one that is not listed above it; such a file is invalid.
    pub fn misplaced_stage(&self) -> Option<SummerStage> {
        let listed_above = |at: usize, id: &SummerStage| self.stages.iter().take(at).any(|s| s.id == *id);
        let misplaced =
            |(at, stage): &(usize, &StageRule)| !stage.after.iter().all(|id| listed_above(*at, id));
        let found = self.stages.iter().enumerate().find(misplaced);
        found.map(|(_, stage)| stage.id)
    }

    /// The steps of the aid whose deadlines are lengths of stages.
    pub fn aid_steps(&self) -> impl Iterator<Item = AidStepId> {
        self.stages.iter().filter_map(|stage| match stage.length {
            Length::AidStep(step) => Some(step),
            Length::Days(_) | Length::AtDelivery => None,
        })
    }

    /// Plans the stages of a stay. `aid` has the deadlines of the aid.
    pub fn plan(
        &self,
        stay: &Stay,
        today: Date,
        aid: Option<&AidProcedure>,
    ) -> Result<SummerPlan, StayFault> {
        self.check(stay, today)?;
        let mut stages: Vec<PlannedStage> = Vec::new();
        let traits = stay.traits();
        for rule in &self.stages {
            if rule.only.iter().all(|needed| traits.contains(needed)) {
                stages.push(place(rule, stay, today, &stages, aid));
            }
        }
        let signed = stages.iter().filter(|stage| stage.signature != Signature::None);
        let last_signature = signed
            .filter_map(|stage| stage.days)
            .map(|(from, _)| from)
            .max()
            .unwrap_or(stay.arrival);
        let fit = if last_signature <= stay.departure {
            Fit::InPerson
        } else if let Some(power_of_attorney) = self.power_of_attorney(stay, today) {
            stages.push(power_of_attorney);
            Fit::WithProxy
        } else {
            Fit::TooShort
        };
        // Stable: stages of the same day stay in the order of the file, undated ones come last.
        stages.sort_by_key(|stage| stage.days.map_or(Date::MAX, |(from, _)| from));
        Ok(SummerPlan {
            stages,
            fit,
            last_signature,
        })
    }

    fn check(&self, stay: &Stay, today: Date) -> Result<(), StayFault> {
        if stay.arrival < today {
            Err(StayFault::ArrivalPast)
        } else if stay.departure < stay.arrival {
            Err(StayFault::DepartureBeforeArrival)
        } else if stay.arrival > later(today, self.max_days_ahead) {
            Err(StayFault::TooFarAhead)
        } else if stay.departure > later(stay.arrival, self.max_stay_days) {
            Err(StayFault::TooLong)
        } else {
            Ok(())
        }
    }

    /// The power of attorney during the stay, or at the consulate before it if the stay is too short.
    fn power_of_attorney(&self, stay: &Stay, today: Date) -> Option<PlannedStage> {
        let needed = self.power_of_attorney_days;
        let (from, to, time) = if later(stay.arrival, needed) <= stay.departure {
            (
                working_day(stay.arrival),
                earlier(stay.departure, needed),
                StageTime::During,
            )
        } else if later(today, needed) <= stay.arrival {
            (
                working_day(today),
                earlier(stay.arrival, needed),
                StageTime::Before,
            )
        } else {
            return None;
        };
        Some(PlannedStage {
            id: SummerStage::PowerOfAttorney,
            days: Some((from, to.max(from))),
            time,
            signature: Signature::InPerson,
            confidence: Confidence::Low,
        })
    }
}

fn place(
    rule: &StageRule,
    stay: &Stay,
    today: Date,
    placed: &[PlannedStage],
    aid: Option<&AidProcedure>,
) -> PlannedStage {
    let planned = |days, time| PlannedStage {
        id: rule.id,
        days,
        time,
        signature: rule.signature,
        confidence: rule.confidence,
    };
    let length = match rule.length {
        Length::AtDelivery => return planned(None, StageTime::AtDelivery),
        Length::Days(days) => days,
        Length::AidStep(step) => {
            let step = aid.and_then(|aid| aid.steps.iter().find(|known| known.id == step));
            step.and_then(|step| step.days).unwrap_or(0)
        }
    };
    let mut length = length;
    let before = placed.iter().filter(|stage| rule.after.contains(&stage.id));
    let earliest = before.filter_map(|stage| stage.days).map(|(_, to)| to).max();
    let mut from = earliest.unwrap_or(today).max(today);
    if rule.in_morocco {
        from = from.max(stay.arrival);
    }
    // The days of a stage that is signed are formalities before the signature.
    if rule.signature != Signature::None && matches!(rule.length, Length::Days(_)) {
        from = later(from, length);
        length = 0;
    }
    if rule.signature != Signature::None {
        from = working_day(from);
    }
    let time = match from {
        from if from < stay.arrival => StageTime::Before,
        from if from <= stay.departure => StageTime::During,
        _ => StageTime::After,
    };
    planned(Some((from, later(from, length))), time)
}

fn later(day: Date, days: u16) -> Date {
    day.saturating_add(span(days))
}

fn earlier(day: Date, days: u16) -> Date {
    day.saturating_sub(span(days))
}

fn span(days: u16) -> Span {
    i32::from(days).days()
}

/// The day, or the next Monday if nobody signs on it.
fn working_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => later(day, 2),
        Weekday::Sunday => later(day, 1),
        _ => day,
    }
}

#[cfg(test)]
mod tests;
