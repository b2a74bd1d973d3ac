//! The questions about the buyers of a home, for the direct housing aid: which one comes next, and what the answers mean.
//! Which questions there are is data, see `assets/rules/aid.toml`. Must not know: units, amounts, where answers come from.

use crate::rule_source::Confidence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most questions that one person is asked.
pub const MAX_QUESTIONS: usize = 7;

/// A condition that only the buyer knows. "Yes" meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AidQuestion {
    /// Has Moroccan nationality.
    MoroccanNational,
    /// Never had housing aid of the State.
    FirstStateAid,
    /// Owns no other home in Morocco on the day of the purchase.
    OnlyHome,
    /// Owns only a share of the other home.
    OnlyAShare,
    /// Keeps it as main home for the years of the commitment, or lends it free of charge to close family.
    MainHome,
    /// Does not rent it out.
    NoLetting,
    /// Signs both deeds before a notary and accepts the mortgage to the State.
    NotaryAndMortgage,
}

/// A reply to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AidReply {
    /// The condition is met.
    Yes,
    /// The condition is not met.
    No,
    /// The person does not know.
    Unsure,
}

/// The answer of one person to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AidAnswer {
    pub question: AidQuestion,
    pub reply: AidReply,
}

/// What buyers are asked, and how the aid is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AidProcedure {
    /// Address of the official page.
    pub official_page: String,
    /// Years from the final deed in which the buyer lives there and the mortgage of the State lasts.
    pub commitment_years: u16,
    /// The questions, in this order.
    pub questions: Vec<AidCondition>,
    /// From the registration to the final deed.
    pub steps: Vec<AidStep>,
    /// What a reported version changes.
    #[serde(default)]
    pub changes: Vec<AidChange>,
}

/// A question of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AidCondition {
    /// The question.
    pub id: AidQuestion,
    /// Asked after a "no": a "yes" to it lifts the condition.
    #[serde(default)]
    pub unless: Option<AidQuestion>,
    /// How well the condition is documented.
    pub confidence: Confidence,
}

/// A step of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AidStep {
    /// The step.
    pub id: AidStepId,
    /// Its deadline, in days from the end of the step before.
    #[serde(default)]
    pub days: Option<u16>,
    /// How well the deadline is documented.
    pub confidence: Confidence,
}

/// Name of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AidStepId {
    /// The buyer registers on the official page.
    Register,
    /// The preliminary approval.
    FirstApproval,
    /// The preliminary deed before the notary.
    PreliminaryDeed,
    /// The notary files deed and permit.
    NotaryFiles,
    /// The aid is paid to the notary.
    PaymentToNotary,
    /// The final deed, otherwise the money is returned.
    FinalDeed,
}

/// A change that a reported version brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AidChange {
    /// Co-owners are no longer excluded.
    CoOwnersAdmitted,
    /// Release of the mortgage before its term requires full repayment.
    EarlyReleaseRepaid,
}

/// What the answers of all buyers together mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AidFindings {
    /// The first condition, in the order of the questions, that somebody does not meet.
    pub unmet: Option<AidQuestion>,
    /// Conditions that somebody is not sure about.
    pub unsure: Vec<AidQuestion>,
    /// Whether the result depends on the version that is only reported.
    pub depends_on_reported: bool,
}

impl AidFindings {
    /// Whether all conditions are met by confirmed rules.
    pub const fn all_met(&self) -> bool {
        self.unmet.is_none() && self.unsure.is_empty() && !self.depends_on_reported
    }
}

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// This question is next; `number` counts from 1.
    Next {
        /// The question.
        question: AidQuestion,
        /// How many questions this person has been asked, with this one.
        number: u32,
    },
    /// All questions are answered, or one answer ended them.
    Complete(AidFindings),
}

/// The questions of the applied version, and of the reported one if there is one.
#[derive(Debug, Clone, Copy)]
pub struct Questionnaire<'a> {
    /// The applied version.
    pub applied: &'a AidProcedure,
    /// The version that is reported, to be confirmed.
    pub reported: Option<&'a AidProcedure>,
}

impl Questionnaire<'_> {
    /// Where a person with these answers stands. Answers to questions that are not reached have no effect.
    pub fn progress(&self, answers: &[AidAnswer]) -> Progress {
        let reply_to = |question| answers.iter().find(|a| a.question == question).map(|a| a.reply);
        let mut findings = AidFindings::of_nobody();
        let mut number = 0;
        for condition in &self.applied.questions {
            let mut question = condition.id;
            number += 1;
            let mut reply = reply_to(question);
            if let (Some(AidReply::No), Some(exception)) = (reply, self.exception(*condition)) {
                question = exception;
                number += 1;
                reply = reply_to(exception);
                findings.depends_on_reported |= reply == Some(AidReply::Yes) && condition.unless.is_none();
            }
            match reply {
                None => return Progress::Next { question, number },
                Some(AidReply::Yes) => {}
                Some(AidReply::Unsure) => findings.unsure.push(question),
                Some(AidReply::No) => {
                    findings.unmet = Some(condition.id);
                    break;
                }
            }
        }
        Progress::Complete(findings)
    }

    /// The findings of several buyers as one, without saying who gave which answer.
    pub fn combine(&self, people: &[AidFindings]) -> AidFindings {
        let order: Vec<AidQuestion> = self
            .applied
            .questions
            .iter()
            .flat_map(|condition| [Some(condition.id), self.exception(*condition)])
            .flatten()
            .collect();
        let all_with = |is: &dyn Fn(&AidFindings, AidQuestion) -> bool| -> Vec<AidQuestion> {
            let fits = |question: &AidQuestion| people.iter().any(|person| is(person, *question));
            order.iter().copied().filter(fits).collect()
        };
        let unmet = all_with(&|person, question| person.unmet == Some(question));
        AidFindings {
            unmet: unmet.first().copied(),
            unsure: all_with(&|person, question| person.unsure.contains(&question)),
            depends_on_reported: people.iter().any(|person| person.depends_on_reported),
        }
    }

    /// The question that can lift a condition, by the applied version or by the reported one.
    fn exception(&self, condition: AidCondition) -> Option<AidQuestion> {
        condition.unless.or_else(|| {
            let reported = &self.reported?.questions;
            reported.iter().find(|other| other.id == condition.id)?.unless
        })
    }
}

impl AidFindings {
    const fn of_nobody() -> Self {
        Self {
            unmet: None,
            unsure: Vec::new(),
            depends_on_reported: false,
        }
    }
}

#[cfg(test)]
mod tests;
