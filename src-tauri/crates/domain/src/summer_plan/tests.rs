//! Plans with a small set of stages.

use super::*;
use crate::aid_questionnaire::AidStep;

const TODAY: Date = Date::constant(2027, 6, 1);

fn stage(id: SummerStage, after: &[SummerStage], signature: Signature, length: Length) -> StageRule {
    StageRule {
        id,
        only: Vec::new(),
        after: after.to_vec(),
        in_morocco: signature != Signature::None,
        signature,
        length,
        confidence: Confidence::High,
        source: String::new(),
    }
}

fn rule() -> SummerRule {
    use SummerStage as S;
    let only = |only: &[PurchaseTrait], stage: StageRule| StageRule {
        only: only.to_vec(),
        ..stage
    };
    let aid = [PurchaseTrait::Ready, PurchaseTrait::Aid];
    SummerRule {
        version: "test".to_owned(),
        valid_from: Date::constant(2026, 1, 1),
        valid_to: None,
        source: RuleSource {
            reference: String::new(),
            checked_on: Date::constant(2026, 1, 1),
            reviewer: String::new(),
            confidence: Confidence::Low,
        },
        max_days_ahead: 730,
        max_stay_days: 365,
        power_of_attorney_days: 7,
        stages: vec![
            only(
                &aid,
                stage(
                    S::AidApproval,
                    &[],
                    Signature::None,
                    Length::AidStep(AidStepId::FirstApproval),
                ),
            ),
            stage(
                S::PreliminaryDeed,
                &[S::AidApproval],
                Signature::ProxyPossible,
                Length::Days(0),
            ),
            only(
                &aid,
                stage(
                    S::AidPayment,
                    &[S::PreliminaryDeed],
                    Signature::None,
                    Length::AidStep(AidStepId::PaymentToNotary),
                ),
            ),
            only(
                &[PurchaseTrait::Ready],
                stage(
                    S::FinalDeed,
                    &[S::AidPayment],
                    Signature::ProxyPossible,
                    Length::AidStep(AidStepId::FinalDeed),
                ),
            ),
            only(
                &[PurchaseTrait::OffPlan],
                stage(
                    S::FinalDeedAtDelivery,
                    &[],
                    Signature::ProxyPossible,
                    Length::AtDelivery,
                ),
            ),
        ],
    }
}

fn aid() -> AidProcedure {
    let step = |id, days| AidStep {
        id,
        days: Some(days),
        confidence: Confidence::High,
    };
    AidProcedure {
        commitment_years: 5,
        official_page: String::new(),
        questions: Vec::new(),
        steps: vec![
            step(AidStepId::FirstApproval, 7),
            step(AidStepId::PaymentToNotary, 15),
            step(AidStepId::FinalDeed, 30),
        ],
        changes: Vec::new(),
    }
}

fn stay(arrival: Date, departure: Date) -> Stay {
    Stay {
        arrival,
        departure,
        off_plan: false,
        aid: true,
        loan: false,
    }
}

fn planned(stay: &Stay) -> SummerPlan {
    rule().plan(stay, TODAY, Some(&aid())).unwrap()
}

fn days(plan: &SummerPlan, id: SummerStage) -> (Date, Date) {
    plan.stages.iter().find(|s| s.id == id).unwrap().days.unwrap()
}

#[test]
fn long_stay_fits_in_person() {
    let plan = planned(&stay(Date::constant(2027, 7, 1), Date::constant(2027, 8, 31)));
    assert_eq!(plan.fit, Fit::InPerson);
    let signed = Date::constant(2027, 7, 1);
    assert_eq!(days(&plan, SummerStage::PreliminaryDeed).0, signed);
    let paid = Date::constant(2027, 7, 16);
    assert_eq!(days(&plan, SummerStage::AidPayment), (signed, paid));
    assert_eq!(
        days(&plan, SummerStage::FinalDeed),
        (paid, Date::constant(2027, 8, 15))
    );
    assert_eq!(plan.last_signature, paid);
}

#[test]
fn last_signature_decides_whether_a_proxy_is_needed() {
    let arrival = Date::constant(2027, 7, 1);
    assert_eq!(
        planned(&stay(arrival, Date::constant(2027, 7, 16))).fit,
        Fit::InPerson
    );
    let plan = planned(&stay(arrival, Date::constant(2027, 7, 15)));
    assert_eq!(plan.fit, Fit::WithProxy);
    assert_eq!(
        days(&plan, SummerStage::PowerOfAttorney),
        (arrival, Date::constant(2027, 7, 8))
    );
}

#[test]
fn short_stay_gives_power_of_attorney_before_it() {
    let plan = planned(&stay(Date::constant(2027, 7, 1), Date::constant(2027, 7, 3)));
    assert_eq!(plan.fit, Fit::WithProxy);
    let (from, to) = days(&plan, SummerStage::PowerOfAttorney);
    assert_eq!((from, to), (TODAY, Date::constant(2027, 6, 24)));
    assert_eq!(plan.stages[0].time, StageTime::Before);
}

#[test]
fn short_stay_next_week_does_not_fit() {
    let plan = planned(&stay(Date::constant(2027, 6, 4), Date::constant(2027, 6, 6)));
    assert_eq!(plan.fit, Fit::TooShort);
    assert!(plan.stages.iter().all(|s| s.id != SummerStage::PowerOfAttorney));
}

#[test]
fn formalities_come_before_the_signature() {
    let mut rule = rule();
    let deed = rule.stages.iter_mut().find(|s| s.id == SummerStage::FinalDeed);
    let deed = deed.unwrap();
    deed.length = Length::Days(30);
    deed.after = vec![SummerStage::PreliminaryDeed];
    let arrival = Date::constant(2027, 7, 1);
    let stay = Stay {
        aid: false,
        ..stay(arrival, Date::constant(2027, 7, 2))
    };
    let plan = rule.plan(&stay, TODAY, None).unwrap();
    // 30 days later is a Saturday.
    let signed = Date::constant(2027, 8, 2);
    assert_eq!(days(&plan, SummerStage::FinalDeed), (signed, signed));
    assert_eq!(plan.fit, Fit::WithProxy);
}

#[test]
fn nobody_signs_at_the_weekend() {
    let saturday = Date::constant(2027, 7, 3);
    let plan = planned(&stay(saturday, Date::constant(2027, 8, 31)));
    assert_eq!(
        days(&plan, SummerStage::PreliminaryDeed).0,
        Date::constant(2027, 7, 5)
    );
}

#[test]
fn off_plan_has_its_final_deed_at_delivery() {
    let plan = planned(&Stay {
        off_plan: true,
        ..stay(Date::constant(2027, 7, 1), Date::constant(2027, 7, 3))
    });
    assert_eq!(plan.fit, Fit::InPerson);
    let last = plan.stages.last().unwrap();
    assert_eq!(
        (last.id, last.days, last.time),
        (SummerStage::FinalDeedAtDelivery, None, StageTime::AtDelivery)
    );
}

#[test]
fn impossible_stays_are_refused() {
    let refused = |arrival, departure| {
        let stay = stay(arrival, departure);
        rule().plan(&stay, TODAY, Some(&aid())).unwrap_err()
    };
    let yesterday = Date::constant(2027, 5, 31);
    assert_eq!(refused(yesterday, TODAY), StayFault::ArrivalPast);
    assert_eq!(refused(Date::MIN, Date::MAX), StayFault::ArrivalPast);
    let tomorrow = Date::constant(2027, 6, 2);
    assert_eq!(refused(tomorrow, TODAY), StayFault::DepartureBeforeArrival);
    assert_eq!(refused(Date::MAX, Date::MAX), StayFault::TooFarAhead);
    assert_eq!(refused(TODAY, Date::MAX), StayFault::TooLong);
    assert_eq!(planned(&stay(TODAY, TODAY)).fit, Fit::TooShort);
}

#[test]
fn stage_after_a_later_one_is_misplaced() {
    assert_eq!(rule().misplaced_stage(), None);
    let mut wrong = rule();
    wrong.stages.swap(0, 1);
    assert_eq!(wrong.misplaced_stage(), Some(SummerStage::PreliminaryDeed));
}

#[test]
fn stages_never_end_before_they_begin() {
    for (ahead, length) in (0..60).flat_map(|ahead| (0..60).map(move |length| (ahead, length))) {
        let arrival = later(TODAY, ahead);
        for (off_plan, aid_wanted) in [(false, false), (false, true), (true, false), (true, true)] {
            let stay = Stay {
                off_plan,
                aid: aid_wanted,
                ..stay(arrival, later(arrival, length))
            };
            let plan = planned(&stay);
            for (from, to) in plan.stages.iter().filter_map(|stage| stage.days) {
                assert!(TODAY <= from && from <= to, "{stay:?}");
            }
            let in_person = plan.last_signature <= stay.departure;
            assert_eq!(plan.fit == Fit::InPerson, in_person, "{stay:?}");
        }
    }
}
