//! Validation of drafts.

use super::*;
use crate::Lang;
use crate::lead::{Channel, Consents, ResultUnit};
use crate::{AmountRange, Money};
use jiff::civil::date;

/// A catalogue with one project, one unit and one town.
fn context() -> DraftContext<'static> {
    DraftContext {
        interest: &|draft| match (draft.project.as_str(), draft.unit.as_deref()) {
            ("P-1", None | Some("U-1")) => Ok(Interest {
                project_title: Some("Essai".to_owned()),
                ..draft.unnamed()
            }),
            ("P-1", Some(_)) => Err(FieldCode::UnknownUnit),
            _ => Err(FieldCode::UnknownProject),
        },
        town: &|id| {
            (id == "T-1").then(|| WantedTown {
                town: id.to_owned(),
                name: Some("Ville d’essai".to_owned()),
            })
        },
        banks: &[],
        partner: &|wanted, desk| {
            (wanted == "partner/b" && desk == Desk::Bank).then(|| DeskPartner {
                partner: wanted.to_owned(),
                name: Some("Banque d’essai".to_owned()),
            })
        },
        languages: &[Lang::Fr, Lang::En],
        zone: &|number, _| match number {
            Some(number) if number.starts_with("+33") => "Europe/Paris".to_owned(),
            _ => "Africa/Casablanca".to_owned(),
        },
        today: date(2027, 6, 1),
    }
}

fn unit(id: &str) -> InterestDraft {
    InterestDraft {
        unit: Some(id.to_owned()),
        ..InterestDraft::project("P-1")
    }
}

fn draft() -> LeadDraft {
    LeadDraft {
        name: "  Test   Visiteur ".to_owned(),
        phone: Some("06 12 34 56 78".to_owned()),
        country: Some("fr".to_owned()),
        language: Some(Lang::Fr),
        consents: Consents {
            call: true,
            ..Consents::default()
        },
        ..LeadDraft::default()
    }
}

fn codes(draft: &LeadDraft) -> Vec<(&'static str, &'static str)> {
    draft.check(&context()).map_or_else(
        |e| e.iter().map(|f| (f.field.code(), f.code.code())).collect(),
        |_| Vec::new(),
    )
}

#[test]
fn minimal_draft_is_accepted() {
    let lead = draft().check(&context()).unwrap();
    assert_eq!(lead.name, "Test Visiteur");
    assert_eq!(lead.phone.as_deref(), Some("+33612345678"));
    assert_eq!(lead.channel, Channel::Call);
}

#[test]
fn phone_or_email_alone_is_enough() {
    let by_phone = LeadDraft {
        name: " ".to_owned(),
        ..draft()
    };
    let lead = by_phone.check(&context()).unwrap();
    assert_eq!((&*lead.name, lead.phone.as_deref()), ("", Some("+33612345678")));
    let by_email = LeadDraft {
        phone: None,
        email: Some("test@example.org".to_owned()),
        consents: Consents {
            email: true,
            ..Consents::default()
        },
        ..by_phone
    };
    assert_eq!(by_email.check(&context()).unwrap().channel, Channel::Email);
    let without_contact = LeadDraft {
        phone: None,
        ..draft()
    };
    assert!(codes(&without_contact).contains(&("phone", "required")));
}

#[test]
fn a_result_is_sent_only_if_the_draft_has_it() {
    assert_eq!(draft().check(&context()).unwrap().result, None);
    let budget = SharedResult::Budget {
        cash: Money::dirhams(200_000),
        loan: None,
        total: Money::dirhams(200_000),
    };
    let with_result = |result| LeadDraft {
        result: Some(result),
        ..draft()
    };
    let lead = with_result(budget.clone()).check(&context()).unwrap();
    assert_eq!(lead.result, Some(budget));
    let plan = |unit: &str| SharedResult::UnitPlan {
        unit: ResultUnit {
            project: "P-1".to_owned(),
            unit: unit.to_owned(),
            number: None,
        },
        price: Money(100),
        total: AmountRange::exactly(Money(110)),
        total_with_aid: None,
        monthly: None,
    };
    assert!(codes(&with_result(plan("U-1"))).is_empty());
    assert_eq!(codes(&with_result(plan("U-9"))), [("result", "unknown_unit")]);
}

#[test]
fn records_without_a_result_are_read() {
    let lead = draft().check(&context()).unwrap();
    let written = serde_json::to_value(&lead).unwrap();
    assert_eq!(written.get("result"), None);
    assert_eq!(serde_json::from_value::<Lead>(written).unwrap(), lead);
}

#[test]
fn names_in_all_scripts_are_accepted() {
    for name in ["Test", "El Test-Aït", "O'Test", "Ben Test", "زائر تجريبي", "ⵜⵉⵙⵜ"] {
        assert!(
            codes(&LeadDraft {
                name: name.to_owned(),
                ..draft()
            })
            .is_empty(),
            "{name}"
        );
    }
}

#[test]
fn all_errors_are_reported_at_once() {
    let wrong = LeadDraft {
        name: "12".to_owned(),
        phone: Some("061".to_owned()),
        email: Some("x@y".to_owned()),
        interests: vec![InterestDraft::project("P-2")],
        towns: vec!["T-2".to_owned()],
        budget_mad: Some(0),
        ..draft()
    };
    assert_eq!(
        codes(&wrong),
        [
            ("name", "name_invalid"),
            ("phone", "phone_too_short"),
            ("email", "email_invalid"),
            ("interests", "unknown_project"),
            ("towns", "unknown_town"),
            ("budget_mad", "budget_invalid"),
        ]
    );
}

#[test]
fn channel_without_consent_is_rejected() {
    let wrong = LeadDraft {
        channel: Some(Channel::Whatsapp),
        ..draft()
    };
    assert_eq!(codes(&wrong), [("consents", "consent_required")]);
    let none = LeadDraft {
        consents: Consents::default(),
        ..draft()
    };
    assert_eq!(codes(&none), [("consents", "consent_required")]);
}

#[test]
fn unknown_fields_are_rejected_by_name() {
    let error = serde_json::from_str::<LeadDraft>(r#"{"name":"Test","cin":"X1"}"#).unwrap_err();
    assert!(error.to_string().contains("unknown field `cin`"), "{error}");
}

#[test]
fn direction_overrides_are_rejected() {
    let wrong = LeadDraft {
        name: "Test\u{202e}tseT".to_owned(),
        ..draft()
    };
    assert_eq!(codes(&wrong), [("name", "not_allowed_characters")]);
}

#[test]
fn lead_names_the_unit_and_keeps_each_interest_once() {
    let draft = LeadDraft {
        interests: vec![unit("U-1"), InterestDraft::project("P-1"), unit("U-1")],
        towns: vec!["T-1".to_owned()],
        ..draft()
    };
    let lead = draft.check(&context()).unwrap();
    let interests: Vec<_> = lead.interests.iter().map(|i| i.unit.as_deref()).collect();
    assert_eq!(interests, [Some("U-1"), None]);
    assert_eq!(lead.interests[0].project_title.as_deref(), Some("Essai"));
    assert_eq!(lead.towns[0].name.as_deref(), Some("Ville d’essai"));
}

#[test]
fn unknown_unit_is_rejected_with_its_project() {
    let wrong = LeadDraft {
        interests: vec![unit("U-9")],
        ..draft()
    };
    let errors = wrong.check(&context()).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].code, FieldCode::UnknownUnit);
    assert_eq!(
        (&*errors[0].params["project"], &*errors[0].params["unit"]),
        ("P-1", "U-9")
    );
}

#[test]
fn draft_with_project_ids_is_read() {
    let draft: LeadDraft = serde_json::from_str(r#"{"name":"Test","interests":["P-1"]}"#).unwrap();
    assert_eq!(draft.interests, [InterestDraft::project("P-1")]);
}

mod wishes_for_the_reply {
    use super::*;
    use crate::lead::{Beneficiary, LeadStay, OnBehalf, Reachable, Slot};

    fn all_consents() -> Consents {
        Consents {
            call: true,
            whatsapp: true,
            email: true,
            bank: None,
        }
    }

    fn stay(from: jiff::civil::Date, to: jiff::civil::Date) -> LeadDraft {
        LeadDraft {
            stay: Some(LeadStay { from, to }),
            ..draft()
        }
    }

    #[test]
    fn several_channels_keep_the_preferred_one_first() {
        let several = LeadDraft {
            email: Some("test@example.org".to_owned()),
            channel: Some(Channel::Whatsapp),
            channels: vec![Channel::Call, Channel::Whatsapp, Channel::Email],
            consents: all_consents(),
            ..draft()
        };
        let lead = several.check(&context()).unwrap();
        assert_eq!(lead.channel, Channel::Whatsapp);
        assert_eq!(
            lead.all_channels(),
            [Channel::Whatsapp, Channel::Call, Channel::Email]
        );
        let one = LeadDraft {
            channels: vec![Channel::Call],
            ..draft()
        };
        let lead = one.check(&context()).unwrap();
        assert_eq!((lead.channels.len(), lead.all_channels()), (0, &[Channel::Call][..]));
    }

    #[test]
    fn each_chosen_channel_needs_its_consent_and_contact() {
        let without_consent = LeadDraft {
            channels: vec![Channel::Call, Channel::Whatsapp],
            ..draft()
        };
        let errors = without_consent.check(&context()).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].params["channel"], "whatsapp");
        let without_address = LeadDraft {
            channels: vec![Channel::Call, Channel::Email],
            consents: all_consents(),
            ..draft()
        };
        assert_eq!(codes(&without_address), [("email", "channel_needs_email")]);
        let without_number = LeadDraft {
            phone: None,
            email: Some("test@example.org".to_owned()),
            channels: vec![Channel::Email, Channel::Call],
            consents: all_consents(),
            ..draft()
        };
        assert_eq!(codes(&without_number), [("phone", "channel_needs_phone")]);
    }

    #[test]
    fn a_partner_answers_at_its_own_desk() {
        let at = |desk| LeadDraft {
            partner: Some("partner/b".to_owned()),
            desk,
            ..draft()
        };
        let partner = at(Some(Desk::Bank)).check(&context()).unwrap().partner;
        assert_eq!(partner.unwrap().name.as_deref(), Some("Banque d’essai"));
        for desk in [None, Some(Desk::Notary)] {
            assert_eq!(codes(&at(desk)), [("partner", "unknown_partner")]);
        }
    }

    #[test]
    fn reply_is_in_a_language_of_the_stop_or_of_morocco() {
        let with = |lang| LeadDraft {
            call_language: Some(lang),
            ..draft()
        };
        for lang in [Lang::En, Lang::Ar, Lang::Zgh] {
            assert_eq!(with(lang).check(&context()).unwrap().call_language, Some(lang));
        }
        assert_eq!(codes(&with(Lang::De)), [("call_language", "unknown_language")]);
    }

    #[test]
    fn slots_are_kept_once_with_the_zone_of_the_number() {
        let draft = LeadDraft {
            slots: vec![Slot::Weekend, Slot::Morning, Slot::Weekend],
            ..draft()
        };
        let expected = Reachable {
            zone: "Europe/Paris".to_owned(),
            slots: vec![Slot::Morning, Slot::Weekend],
        };
        assert_eq!(draft.check(&context()).unwrap().reachable, Some(expected));
    }

    #[test]
    fn a_stay_is_neither_over_nor_far_away_nor_backwards() {
        for (from, to) in [
            (date(2027, 5, 20), date(2027, 6, 1)),
            (date(2027, 7, 10), date(2027, 7, 10)),
            (date(2027, 7, 10), date(2028, 7, 10)),
        ] {
            let lead = stay(from, to).check(&context()).unwrap();
            assert_eq!(lead.stay, Some(LeadStay { from, to }));
        }
        for (from, to) in [
            (date(2027, 5, 1), date(2027, 5, 31)),
            (date(2027, 7, 10), date(2027, 7, 9)),
            (date(2027, 7, 10), date(2028, 7, 12)),
            (date(2031, 1, 1), date(2031, 1, 2)),
        ] {
            assert_eq!(
                codes(&stay(from, to)),
                [("stay", "stay_invalid")],
                "{from} {to}"
            );
        }
    }

    #[test]
    fn request_for_somebody_else_has_a_short_description() {
        let of = |whom, detail: &str| LeadDraft {
            on_behalf: Some(OnBehalf {
                whom,
                detail: Some(detail.to_owned()),
            }),
            ..draft()
        };
        let detail = |draft: LeadDraft| draft.check(&context()).unwrap().on_behalf.unwrap().detail;
        assert_eq!(
            detail(of(Beneficiary::Family, " ma mère ")).as_deref(),
            Some("ma mère")
        );
        assert_eq!(detail(of(Beneficiary::Myself, "ma mère")), None);
        assert_eq!(
            codes(&of(Beneficiary::Other, &"x".repeat(61))),
            [("on_behalf", "too_long")]
        );
    }

    #[test]
    fn records_without_the_wishes_are_read() {
        let lead = draft().check(&context()).unwrap();
        let written = serde_json::to_value(&lead).unwrap();
        for field in ["channels", "partner", "call_language", "reachable", "stay", "on_behalf"] {
            assert_eq!(written.get(field), None, "{field}");
        }
        assert_eq!(serde_json::from_value::<Lead>(written).unwrap(), lead);
    }
}
