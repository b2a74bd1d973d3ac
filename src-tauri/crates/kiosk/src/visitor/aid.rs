//! The questionnaire about the direct housing aid: the next question, or the result for all buyers and each unit. Nothing of
//! the answers is stored or logged. Must not know: windows.

use super::browse::Browse;
use super::project::unit_aid;
use super::qr_code::qr_code;
use crate::catalogue::index::CatalogueIndex;
use crate::catalogue::shown::ShownRules;
use crate::error::KioskError;
use crate::reference::text;
use crate::views::{AidProgress, AidRequest, AidResult, AidSource, AidUnit, ReportedAid};
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
        let ShownRules { rules, day, index } = self.catalogue.rules_for_visitor()?;
        let Some(rule) = rules.aid(day) else {
            return Ok(AidProgress::NoRule);
        };
        let reported = rules.reported_aid(day);
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
                        commitment_years: rule.procedure.commitment_years,
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
            units: index.map_or(Ok(Vec::new()), |index| aid_of_units(&index, request, rule))?,
            commitment_years: rule.procedure.commitment_years,
            min_rooms: rule.min_rooms,
            steps: rule.procedure.steps.clone(),
            reported: reported.map(|rule| ReportedAid {
                version: rule.version.clone(),
                changes: rule.procedure.changes.clone(),
                commitment_years: rule.procedure.commitment_years,
            }),
            source: source(rule)?,
        };
        Ok(AidProgress::Result {
            result: Box::new(result),
        })
    }
}

/// The result for the units of a request, in the version that the rules belong to.
fn aid_of_units(
    index: &CatalogueIndex,
    request: &AidRequest,
    rule: &AidRule,
) -> Result<Vec<AidUnit>, KioskError> {
    let mut units = Vec::new();
    for item in request.units.iter().take(MAX_UNITS) {
        let rows = index.version.project(&item.project)?;
        units.extend(rows.and_then(|rows| aid_unit(&rows, item.unit.as_deref()?, rule, request.lang)));
    }
    Ok(units)
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
        source: rule.source.reference.clone(),
        checked_on: rule.source.checked_on.to_string(),
        page: page.clone(),
        page_qr_svg: qr_code(page)?,
    })
}
