//! The plan of a purchase during a stay in Morocco, with its takeaway as text and as a calendar entry. Must not know: windows.

#[cfg(test)]
mod tests;

use super::browse::Browse;
use super::qr_code::qr_code;
use crate::catalogue::shown::ShownRules;
use crate::error::KioskError;
use crate::views::{
    OffPlanFigures, SummerAnswer, SummerFigures, SummerPlanView, SummerRequest, SummerStageView,
};
use crate::visitor::calendar::{self, Entry};
use expo_domain::Lang;
use expo_domain::offplan::{OffPlanRule, Stage};
use expo_domain::rule_source::Confidence;
use expo_domain::summer_plan::{PlannedStage, Signature, StageTime, Stay, StayFault, SummerPlan, SummerRule};
use expo_texts::Language;
use jiff::civil::Date;

impl Browse {
    /// The plan of a stay, or why there is none.
    pub fn summer(&self, request: &SummerRequest) -> Result<SummerAnswer, KioskError> {
        let ShownRules {
            rules, day: today, ..
        } = self.catalogue.rules_for_visitor()?;
        let (aid, off_plan) = (rules.aid(today), rules.off_plan(today));
        let Some(rule) = rules.summer(today) else {
            return Ok(SummerAnswer::NoRule);
        };
        // Without these rules the stages have no deadlines and no shares.
        if (request.aid && aid.is_none()) || (request.off_plan && off_plan.is_none()) {
            return Ok(SummerAnswer::NoRule);
        }
        let aid = aid.map(|rule| &rule.procedure);
        let planned = stay(request).and_then(|stay| Ok((stay, rule.plan(&stay, today, aid)?)));
        match planned {
            Ok((stay, plan)) => {
                let text = plan_text(plan.stages.iter(), request.lang);
                let signatures = signatures_text(&plan, request.lang);
                let entry = Entry {
                    arrival: stay.arrival,
                    departure: stay.departure,
                    written_at: self.env.now(),
                    title: expo_texts::of(request.lang).summer.heading,
                    text: &signatures,
                };
                let plan = view(&plan, rule, &text, &calendar::write(&entry)?)?;
                Ok(SummerAnswer::Plan {
                    plan: Box::new(plan),
                    figures: SummerFigures {
                        off_plan: off_plan.map(off_plan_figures),
                        aid_page: aid.map(|aid| aid.official_page.clone()),
                    },
                })
            }
            Err(fault) => Ok(SummerAnswer::Fault {
                fault,
                max_days_ahead: rule.max_days_ahead,
                max_stay_days: rule.max_stay_days,
            }),
        }
    }
}

fn off_plan_figures(rule: &OffPlanRule) -> OffPlanFigures {
    OffPlanFigures {
        reservation_bp: rule.share_of(Stage::Reservation),
        start_of_works_bp: rule.share_of(Stage::StartOfWorks),
        three_phases_bp: rule.share_of(Stage::ThreePhases),
        keys_bp: rule.share_of(Stage::Keys),
        reservation_months: rule.reservation_months,
        withdrawal_months: rule.withdrawal_months,
    }
}

fn stay(request: &SummerRequest) -> Result<Stay, StayFault> {
    let date = |text: &str| text.parse::<Date>().map_err(|_| StayFault::InvalidDate);
    Ok(Stay {
        arrival: date(&request.arrival)?,
        departure: date(&request.departure)?,
        off_plan: request.off_plan,
        aid: request.aid,
        loan: request.loan,
    })
}

fn view(plan: &SummerPlan, rule: &SummerRule, text: &str, event: &str) -> Result<SummerPlanView, KioskError> {
    let stage = |stage: &PlannedStage| SummerStageView {
        id: stage.id,
        from: stage.days.map(|(from, _)| from.to_string()),
        to: stage.days.map(|(_, to)| to.to_string()),
        time: stage.time,
        signature: stage.signature,
        confidence: stage.confidence,
    };
    Ok(SummerPlanView {
        stages: plan.stages.iter().map(stage).collect(),
        fit: plan.fit,
        last_signature: plan.last_signature.to_string(),
        version: rule.version.clone(),
        checked_on: rule.source.checked_on.to_string(),
        text: text.to_owned(),
        text_qr_svg: qr_code(text)?,
        calendar_qr_svg: qr_code(event)?,
    })
}

/// A line for each stage, between the heading and the terms.
fn plan_text<'a>(stages: impl Iterator<Item = &'a PlannedStage>, lang: Lang) -> String {
    let language = expo_texts::of(lang);
    let mut lines = vec![language.summer.heading.to_owned()];
    lines.extend(stages.map(|stage| line(stage, language)));
    lines.push(language.summer.terms.to_owned());
    lines.join("\n")
}

/// The stages with a signature: the appointments of the calendar entry, few enough for a code that scans well.
fn signatures_text(plan: &SummerPlan, lang: Lang) -> String {
    let signed = |stage: &&PlannedStage| stage.signature != Signature::None;
    plan_text(plan.stages.iter().filter(signed), lang)
}

fn line(stage: &PlannedStage, language: &Language) -> String {
    let texts = &language.summer;
    let day = stage.days.map_or_else(
        || texts.at_delivery.to_owned(),
        |(from, _)| language.formats.date(from),
    );
    let by_proxy = stage.time == StageTime::After && stage.signature == Signature::ProxyPossible;
    let notes = [
        by_proxy.then_some(texts.by_proxy),
        (stage.confidence == Confidence::Low).then_some(texts.to_confirm),
    ];
    let notes: Vec<String> = notes
        .into_iter()
        .flatten()
        .map(|note| format!(" ({note})"))
        .collect();
    let notes = notes.concat();
    let name = (texts.stage)(stage.id);
    format!("{}{name}{notes} – {day}", language.direction.mark_before(name))
}
