//! Taking leads under difficult conditions, and deleting old ones.

use super::{browse, draft, enrol, install, kiosk, order, provisioned_kiosk, unlocked_session};
use crate::tests::configurations::configuration;
use crate::views::{RejectionCode, RejectionReason};
use crate::{Demonstration, Kiosk, KioskError, Session};
use expo_domain::lead::{
    Beneficiary, Channel, Consents, Desk, FieldCode, InterestDraft, LeadStay, OnBehalf, ResultUnit,
    SharedResult, Slot,
};
use expo_domain::{AmountRange, Lang, LeadDraft, Money, ProductType};
use expo_protocol::{Outcome, Receipt};
use expo_sync::Rejection;
use expo_sync::{LocalStore, PersistedState, QueuePosition};
use jiff::SignedDuration;
use jiff::civil::date;
use std::path::Path;
use uuid::Uuid;

#[test]
fn unenrolled_kiosks_have_different_lasting_names() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let names = folders.each_ref().map(|folder| {
        let (kiosk, _) = provisioned_kiosk(folder.path());
        let ticket = kiosk.take_lead(&draft()).unwrap().ticket;
        let name = kiosk.status().unwrap().kiosk;
        assert_eq!(ticket, format!("DEM-{name}-0001"));
        drop(kiosk);
        let (again, _) = super::kiosk(folder.path());
        assert_eq!(
            again.take_lead(&draft()).unwrap().ticket,
            format!("DEM-{name}-0002")
        );
        name
    });
    assert_ne!(names[0], names[1]);
    for name in names {
        assert!(name.len() == 7 && name.starts_with('U'), "{name}");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{name}");
    }
}

#[test]
fn leads_are_taken_despite_clock_jumps_or_damaged_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    let mut tickets = Vec::new();
    for hours in [0, 24 * 3_650, -24 * 7_300, 24] {
        machine.set(|state| state.wall_clock += SignedDuration::from_hours(hours));
        tickets.push(kiosk.take_lead(&draft()).unwrap().ticket);
    }
    let kiosk_id = kiosk.status().unwrap().kiosk;
    let numbered = ["0001", "0002", "0003", "0004"].map(|number| format!("DEM-{kiosk_id}-{number}"));
    assert_eq!(tickets, numbered);
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    assert_eq!(kiosk.close_day(&session, &order(folder.path())).unwrap().leads, 4);
    std::fs::write(folder.path().join("catalogue.db"), b"damaged").unwrap();
    assert!(kiosk.boot(None).unwrap().catalogue.is_none());
    assert_eq!(kiosk.sync_port().facts().unwrap().catalogue_version, None);
    assert!(
        kiosk
            .diagnose()
            .iter()
            .any(|finding| finding.code == "catalogue_damaged")
    );
    kiosk.take_lead(&draft()).unwrap();
    install(&kiosk, &browse::catalogue());
    assert!(kiosk.boot(None).unwrap().catalogue.is_some());
}

#[test]
fn long_stop_name_does_not_prevent_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let mut event = Demonstration::event().unwrap();
    let long = serde_json::json!({ "fr": "Salon ".repeat(800) });
    event.stop.name = serde_json::from_value(long).unwrap();
    kiosk.provision(&event).unwrap();
    let thanks = kiosk.take_lead(&draft()).unwrap();
    assert!(thanks.qr_svg.contains("<svg"));
    assert_eq!(kiosk.status().unwrap().leads, 1);
}

#[test]
fn boot_reports_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    assert!(kiosk.boot(None).unwrap().leads_open);
    machine.set(|state| state.disk_free = 1_000_000);
    assert!(!kiosk.boot(None).unwrap().leads_open);
}

#[test]
fn staff_see_rejection_reasons_and_requeue_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let locked = Session::default();
    assert!(matches!(
        kiosk.staff_rejected_leads(&locked),
        Err(KioskError::Locked)
    ));
    let session = unlocked_session(&kiosk);
    kiosk.take_lead(&draft()).unwrap();
    let id = kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap()[0]
        .envelope
        .header
        .id;
    kiosk
        .sync_port()
        .reject(
            id,
            1,
            &Rejection::from_stored("item_damaged: Item 1: its hash differs"),
        )
        .unwrap();
    assert_eq!(kiosk.sync_port().heartbeat().unwrap().rejected, 1);
    let rows = kiosk.staff_rejected_leads(&session).unwrap();
    assert_eq!(
        (&rows[0].reason, rows[0].detail.as_str()),
        (
            &RejectionReason::Known(RejectionCode::ItemDamaged),
            "Item 1: its hash differs"
        )
    );
    assert_eq!(
        kiosk
            .staff_requeue(&session, Some(&[Uuid::from_u128(1)]))
            .unwrap(),
        0
    );
    assert_eq!(kiosk.staff_requeue(&session, None).unwrap(), 1);
    assert_eq!(kiosk.sync_port().facts().unwrap().waiting, 1);
}

#[test]
fn old_leads_are_deleted_unless_the_clock_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    kiosk.take_lead(&draft()).unwrap();
    let sent = &kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap()[0].envelope;
    let receipt = Receipt {
        id: sent.header.id,
        revision: 1,
        sha256: sent.sha256.clone(),
        outcome: Outcome::Accepted,
    };
    kiosk.sync_port().record_receipts(&[receipt]).unwrap();
    let mut offered = configuration(5, |_| {});
    offered["retention_days"] = 30.into();
    kiosk.sync_port().apply_configuration(Some(offered)).unwrap();
    let wait_days =
        |days: i64| machine.set(|state| state.wall_clock += SignedDuration::from_hours(24 * days));
    wait_days(29);
    assert_eq!(kiosk.delete_old_leads().unwrap(), 0);
    wait_days(2);
    let wrong_clock = PersistedState {
        clock_offset_ms: Some(-3 * 24 * 3_600_000),
        ..PersistedState::default()
    };
    kiosk.sync_port().save_state(&wrong_clock).unwrap();
    assert_eq!(kiosk.delete_old_leads().unwrap(), 0);
    kiosk.sync_port().save_state(&PersistedState::default()).unwrap();
    assert_eq!(kiosk.delete_old_leads().unwrap(), 1);
}

/// The cells of the columns with these titles, for each exported lead.
fn exported(kiosk: &Kiosk, folder: &Path, titles: &[&str]) -> Vec<Vec<String>> {
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    let receipt = kiosk.close_day(&session, &order(folder)).unwrap();
    let text = std::fs::read_to_string(&receipt.files[0].path).unwrap();
    let rows: Vec<Vec<String>> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(|line| {
            line.split(';')
                .map(|cell| cell.trim_matches('"').to_owned())
                .collect()
        })
        .collect();
    let columns: Vec<usize> = titles
        .iter()
        .map(|title| rows[0].iter().position(|name| name == title).unwrap())
        .collect();
    let cells = |row: &Vec<String>| columns.iter().map(|at| row[*at].clone()).collect();
    rows[1..].iter().map(cells).collect()
}

#[test]
fn export_names_the_unit_and_what_the_visitor_looks_for() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, &browse::catalogue());
    let unit = InterestDraft {
        unit: Some("P-3-G0-1".to_owned()),
        ..InterestDraft::project("P-3")
    };
    let lead = LeadDraft {
        interests: vec![unit, InterestDraft::project("P-3"), InterestDraft::project("P-4")],
        towns: vec!["T-3".to_owned()],
        types: vec![ProductType::Villa],
        ..draft()
    };
    kiosk.take_lead(&lead).unwrap();
    let rows = exported(
        &kiosk,
        folder.path(),
        &["Projets et unités", "Villes recherchées", "Types recherchés"],
    );
    assert_eq!(
        rows,
        [[
            "Essai 3 (P-3) – 1 – 100\u{a0}m² | Essai 3 (P-3) | Essai 4 (P-4)",
            "Ville 3",
            "Villa"
        ]]
    );
    // The project of two interests is counted once.
    let today = kiosk.staff_today(&unlocked_session(&kiosk)).unwrap();
    let counts: Vec<_> = today.by_project.iter().map(|project| project.count).collect();
    assert_eq!(counts, [1, 1]);
}

#[test]
fn export_has_the_wishes_for_the_reply() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, &browse::catalogue());
    let draft = draft();
    let wishes = LeadDraft {
        channels: vec![Channel::Call, Channel::Whatsapp],
        consents: Consents {
            whatsapp: true,
            ..draft.consents.clone()
        },
        call_language: Some(Lang::Zgh),
        slots: vec![Slot::Weekend, Slot::Morning],
        stay: Some(LeadStay {
            from: date(2026, 7, 10),
            to: date(2026, 7, 20),
        }),
        on_behalf: Some(OnBehalf {
            whom: Beneficiary::Family,
            detail: Some("personne d’essai".to_owned()),
        }),
        ..draft
    };
    let thanks = kiosk.take_lead(&wishes).unwrap();
    assert!(thanks.calendar_qr_svg.unwrap().contains("<svg"));
    let columns = ["À joindre par", "Langue de la réponse", "Joignable", "Séjour au Maroc", "Pour qui"];
    assert_eq!(
        exported(&kiosk, folder.path(), &columns),
        [[
            "Téléphone | WhatsApp/SMS",
            "zgh",
            "matin 10–13, week-end 10–18 (Europe/Paris)",
            "2026-07-10 – 2026-07-20",
            "Famille – personne d’essai",
        ]]
    );
}

#[test]
fn a_bank_of_the_stop_is_a_partner_only_at_its_desk() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let mut event = Demonstration::event().unwrap();
    let bank = "Banque d’essai".to_owned();
    event.stop.banks = vec![bank.clone()];
    kiosk.provision(&event).unwrap();
    install(&kiosk, &browse::catalogue());
    let at = |desk, partner: &str| LeadDraft {
        desk: Some(desk),
        partner: Some(partner.to_owned()),
        ..draft()
    };
    let errors = |draft: &LeadDraft| kiosk.check_lead(draft, &["partner".to_owned()]).unwrap();
    assert_eq!(errors(&at(Desk::Bank, &bank)), []);
    for wrong in [at(Desk::Notary, &bank), at(Desk::Bank, "partner/NONE")] {
        assert_eq!(errors(&wrong)[0].code, FieldCode::UnknownPartner);
    }
}

#[test]
fn export_has_the_result_that_the_visitor_agreed_to_send() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, &browse::catalogue());
    let plan = SharedResult::UnitPlan {
        unit: ResultUnit {
            project: "P-3".to_owned(),
            unit: "P-3-G0-1".to_owned(),
            number: None,
        },
        price: Money::dirhams(310_000),
        total: AmountRange::exactly(Money::dirhams(330_000)),
        total_with_aid: None,
        monthly: None,
    };
    for result in [None, Some(plan)] {
        kiosk.take_lead(&LeadDraft { result, ..draft() }).unwrap();
    }
    let rows = exported(&kiosk, folder.path(), &["Résultat joint"]);
    let without_spaces: Vec<String> = rows
        .concat()
        .iter()
        .map(|cell| cell.replace('\u{a0}', " "))
        .collect();
    assert_eq!(
        without_spaces,
        ["", "Plan 1 (P-3) : prix 310 000 DH, à prévoir 330 000 DH"]
    );
}

#[test]
fn unit_that_left_the_catalogue_is_reported_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, &browse::catalogue());
    let lead = |project: &str, unit: &str, town: &str| LeadDraft {
        interests: vec![InterestDraft {
            project: project.to_owned(),
            unit: Some(unit.to_owned()),
        }],
        towns: vec![town.to_owned()],
        ..draft()
    };
    let codes = |lead: &LeadDraft| -> Vec<FieldCode> {
        let fields = ["interests".to_owned(), "towns".to_owned()];
        let errors = kiosk.check_lead(lead, &fields).unwrap();
        errors.into_iter().map(|error| error.code).collect()
    };
    assert_eq!(codes(&lead("P-3", "P-3-G0-1", "T-3")), []);
    // A unit of another project.
    assert_eq!(codes(&lead("P-3", "P-4-G0-1", "T-3")), [FieldCode::UnknownUnit]);
    assert_eq!(
        codes(&lead("P-999", "P-3-G0-1", "T-99")),
        [FieldCode::UnknownProject, FieldCode::UnknownTown]
    );
}
