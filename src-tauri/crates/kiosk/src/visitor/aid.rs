//! The questionnaire about the direct housing aid: the next question, or the result for all buyers and each unit. Nothing of
//! the answers is stored or logged. Must not know: windows.

use super::browse::Browse;
use super::project::unit_aid;
use super::qr_code::qr_code;
use crate::error::KioskError;
use crate::reference::text;
use crate::views::{AidProgress, AidRequest, AidResult, AidSource, AidUnit, ReportedAid, ShortlistItem};
use expo_domain::Lang;
use expo_domain::aid::AidRule;
use expo_domain::aid_questionnaire::{AidFindings, MAX_QUESTIONS, Progress, Questionnaire};
use expo_store::ProjectRows;

/// Maximum number of people who buy together.
const MAX_BUYERS: usize = 2;
/// Maximum number of units in a result; a shortlist is not longer.
const MAX_UNITS: usize = 20;

impl Browse {
    /// The next question, or the result. The badge and the facet of a unit follow the same rule.
    pub fn aid(&self, request: &AidRequest) -> Result<AidProgress, KioskError> {
        let today = self.env.today()?;
        let Some(rule) = self.reference.aid(today) else {
            return Ok(AidProgress::NoRule);
        };
        let reported = self.reference.reported_aid(today);
        let questionnaire = Questionnaire {
            applied: &rule.procedure,
            reported: reported.map(|rule| &rule.procedure),
        };
        let buyers = if request.couple { MAX_BUYERS } else { 1 };
        let mut findings: Vec<AidFindings> = Vec::new();
        for answers in request.people.iter().take(buyers) {
            match questionnaire.progress(answers) {
                Progress::Next { question, number } => {
                    return Ok(AidProgress::Question {
                        question,
                        number,
                        at_most: MAX_QUESTIONS as u32,
                    });
                }
                Progress::Complete(found) => findings.push(found),
            }
        }
        if findings.len() < buyers {
            return Ok(AidProgress::HandOver);
        }
        let result = AidResult {
            findings: questionnaire.combine(&findings),
            bands: rule.bands.clone(),
            units: self.aid_of_units(&request.units, rule, request.lang)?,
            steps: rule.procedure.steps.clone(),
            reported: reported.map(|rule| ReportedAid {
                version: rule.version.clone(),
                changes: rule.procedure.changes.clone(),
            }),
            source: source(rule)?,
        };
        Ok(AidProgress::Result {
            result: Box::new(result),
        })
    }

    fn aid_of_units(
        &self,
        items: &[ShortlistItem],
        rule: &AidRule,
        lang: Lang,
    ) -> Result<Vec<AidUnit>, KioskError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let index = self.catalogue.index_for_visitor()?;
        let mut units = Vec::new();
        for item in items.iter().take(MAX_UNITS) {
            let rows = index.version.project(&item.project)?;
            units.extend(rows.and_then(|rows| aid_unit(&rows, item.unit.as_deref()?, rule, lang)));
        }
        Ok(units)
    }
}

fn aid_unit(rows: &ProjectRows, unit: &str, rule: &AidRule, lang: Lang) -> Option<AidUnit> {
    let unit = rows.units.iter().find(|candidate| candidate.id == unit)?;
    let group = rows.groups.iter().find(|group| group.id == unit.group)?;
    let (project, product_type) = (&rows.project, group.product_type);
    Some(AidUnit {
        project: project.id.clone(),
        unit: unit.id.clone(),
        title: text(&project.title, lang),
        number: unit.number.clone(),
        price: unit.price,
        aid: unit_aid(rule.assess(project, product_type, unit)),
        obstacle: rule.obstacle(project, product_type, unit),
    })
}

fn source(rule: &AidRule) -> Result<AidSource, KioskError> {
    let page = &rule.procedure.official_page;
    Ok(AidSource {
        version: rule.version.clone(),
        source: rule.source.clone(),
        checked_on: rule.checked_on.to_string(),
        page: page.clone(),
        page_qr_svg: qr_code(page)?,
    })
}
