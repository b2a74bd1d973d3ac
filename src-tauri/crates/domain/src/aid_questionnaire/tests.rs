//! Every branch of the questionnaire as a table, and the properties that hold for all answers.

use super::*;
use AidQuestion::{
    FirstStateAid, MainHome, MoroccanNational, NoLetting, NotaryAndMortgage, OnlyAShare, OnlyHome,
};
use AidReply::{No, Unsure, Yes};

const ASKED: [AidQuestion; 6] = [
    MoroccanNational,
    FirstStateAid,
    OnlyHome,
    MainHome,
    NoLetting,
    NotaryAndMortgage,
];

fn procedure(unless: Option<AidQuestion>) -> AidProcedure {
    let condition = |id| AidCondition {
        id,
        unless: unless.filter(|_| id == OnlyHome),
        confidence: Confidence::High,
    };
    AidProcedure {
        official_page: "https://aid.example".to_owned(),
        commitment_years: 5,
        questions: ASKED.into_iter().map(condition).collect(),
        steps: Vec::new(),
        changes: Vec::new(),
    }
}

/// Answers as a visitor gives them, until the questionnaire stops: `(questions asked, findings)`.
fn walk(
    questionnaire: Questionnaire,
    reply: impl Fn(AidQuestion) -> AidReply,
) -> (Vec<AidQuestion>, AidFindings) {
    let mut answers: Vec<AidAnswer> = Vec::new();
    loop {
        match questionnaire.progress(&answers) {
            Progress::Next { question, number } => {
                assert_eq!(number as usize, answers.len() + 1);
                assert!(answers.len() < MAX_QUESTIONS, "{answers:?}");
                answers.push(AidAnswer {
                    question,
                    reply: reply(question),
                });
            }
            Progress::Complete(findings) => {
                return (answers.into_iter().map(|a| a.question).collect(), findings);
            }
        }
    }
}

/// All answers "yes", except these.
fn except(others: &[(AidQuestion, AidReply)]) -> impl Fn(AidQuestion) -> AidReply {
    move |question| {
        let other = others.iter().find(|(q, _)| *q == question);
        other.map_or(Yes, |(_, reply)| *reply)
    }
}

/// Answers other than "yes", number of questions asked, unmet condition, unsure conditions, and whether the result
/// depends on the reported law.
type Row<'a> = (
    &'a [(AidQuestion, AidReply)],
    usize,
    Option<AidQuestion>,
    &'a [AidQuestion],
    bool,
);

#[test]
fn every_branch_has_its_result() {
    let (applied, changed) = (procedure(None), procedure(Some(OnlyAShare)));
    let questionnaire = Questionnaire {
        applied: &applied,
        reported: Some(&changed),
    };
    let table: &[Row<'_>] = &[
        (&[], 6, None, &[], false),
        (&[(MoroccanNational, No)], 1, Some(MoroccanNational), &[], false),
        (&[(FirstStateAid, No)], 2, Some(FirstStateAid), &[], false),
        (&[(OnlyHome, No), (OnlyAShare, No)], 4, Some(OnlyHome), &[], false),
        (&[(OnlyHome, No)], 7, None, &[], true),
        (
            &[(OnlyHome, No), (OnlyAShare, Unsure)],
            7,
            None,
            &[OnlyAShare],
            false,
        ),
        (&[(MainHome, No)], 4, Some(MainHome), &[], false),
        (&[(NoLetting, No)], 5, Some(NoLetting), &[], false),
        (&[(NotaryAndMortgage, No)], 6, Some(NotaryAndMortgage), &[], false),
        (&[(MoroccanNational, Unsure)], 6, None, &[MoroccanNational], false),
        (&[(FirstStateAid, Unsure)], 6, None, &[FirstStateAid], false),
        (&[(OnlyHome, Unsure)], 6, None, &[OnlyHome], false),
        (&[(MainHome, Unsure)], 6, None, &[MainHome], false),
        (&[(NoLetting, Unsure)], 6, None, &[NoLetting], false),
        (
            &[(NotaryAndMortgage, Unsure)],
            6,
            None,
            &[NotaryAndMortgage],
            false,
        ),
        (
            &[(FirstStateAid, Unsure), (NoLetting, No)],
            5,
            Some(NoLetting),
            &[FirstStateAid],
            false,
        ),
        (
            &[(OnlyHome, No), (NotaryAndMortgage, No)],
            7,
            Some(NotaryAndMortgage),
            &[],
            true,
        ),
    ];
    for (others, asked, unmet, unsure, depends_on_reported) in table {
        let (questions, findings) = walk(questionnaire, except(others));
        assert_eq!(questions.len(), *asked, "{others:?}");
        let expected = AidFindings {
            unmet: *unmet,
            unsure: unsure.to_vec(),
            depends_on_reported: *depends_on_reported,
        };
        assert_eq!(findings, expected, "{others:?}");
    }
}

#[test]
fn no_answers_lead_to_more_than_seven_questions() {
    let (applied, changed) = (procedure(None), procedure(Some(OnlyAShare)));
    let questionnaire = Questionnaire {
        applied: &applied,
        reported: Some(&changed),
    };
    let all = [
        MoroccanNational,
        FirstStateAid,
        OnlyHome,
        OnlyAShare,
        MainHome,
        NoLetting,
        NotaryAndMortgage,
    ];
    for number in 0..3_u32.pow(all.len() as u32) {
        let reply = |question| {
            let place = all.iter().position(|q| *q == question).unwrap() as u32;
            [Yes, No, Unsure][(number / 3_u32.pow(place) % 3) as usize]
        };
        let (asked, findings) = walk(questionnaire, reply);
        let stopped = asked.iter().any(|q| reply(*q) == No && (*q != OnlyHome));
        assert_eq!(findings.unmet.is_some(), stopped, "{asked:?}");
    }
}

#[test]
fn without_a_reported_version_a_share_excludes() {
    let applied = procedure(None);
    let questionnaire = Questionnaire {
        applied: &applied,
        reported: None,
    };
    let (asked, findings) = walk(questionnaire, except(&[(OnlyHome, No)]));
    assert_eq!((asked.len(), findings.unmet), (3, Some(OnlyHome)));
}

#[test]
fn an_applied_exception_needs_no_confirmation() {
    let applied = procedure(Some(OnlyAShare));
    let questionnaire = Questionnaire {
        applied: &applied,
        reported: None,
    };
    let (_, findings) = walk(questionnaire, except(&[(OnlyHome, No)]));
    assert!(findings.all_met());
}

#[test]
fn two_buyers_have_one_result() {
    let (applied, changed) = (procedure(None), procedure(Some(OnlyAShare)));
    let questionnaire = Questionnaire {
        applied: &applied,
        reported: Some(&changed),
    };
    let of = |others: &[(AidQuestion, AidReply)]| walk(questionnaire, except(others)).1;
    let one = of(&[(NoLetting, No), (FirstStateAid, Unsure)]);
    let two = of(&[(OnlyHome, No), (MoroccanNational, Unsure)]);
    let both = questionnaire.combine(&[one.clone(), two.clone()]);
    assert_eq!(
        both,
        questionnaire.combine(&[two, one]),
        "the order says who answered"
    );
    assert_eq!(both.unmet, Some(NoLetting));
    assert_eq!(both.unsure, [MoroccanNational, FirstStateAid]);
    assert!(both.depends_on_reported);
    let all_yes = questionnaire.combine(&[of(&[]), of(&[])]);
    assert!(all_yes.all_met());
}
