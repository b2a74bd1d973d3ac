//! Two leads of one person become one.

use super::*;

/// Two leads of the same person, the first with a telephone number only.
fn twins(kiosk: &Kiosk) -> (Uuid, Uuid) {
    let first = take(kiosk, "", "+33612345671");
    let second = LeadDraft {
        name: "Essai Deux".to_owned(),
        phone: Some("+33612345671".to_owned()),
        email: Some("personne.essai@example.org".to_owned()),
        city: Some("Lyon".to_owned()),
        budget_mad: Some(900_000),
        interests: vec![InterestDraft::project("P-3")],
        ..draft()
    };
    super::super::install(kiosk, &super::super::browse::catalogue());
    (first, kiosk.take_lead(&second).unwrap().id.parse().unwrap())
}

fn ids(page: &LeadPage) -> Vec<String> {
    page.duplicates.iter().map(|row| row.id.clone()).collect()
}

#[test]
fn likely_duplicates_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let (first, second) = twins(&kiosk);
    let namesake = LeadDraft {
        name: "deux ESSAI".to_owned(),
        phone: Some("+33612345679".to_owned()),
        city: Some("lyon".to_owned()),
        ..draft()
    };
    let third: Uuid = kiosk.take_lead(&namesake).unwrap().id.parse().unwrap();
    let elsewhere = LeadDraft {
        phone: Some("+33612345678".to_owned()),
        city: Some("Paris".to_owned()),
        ..namesake
    };
    kiosk.take_lead(&elsewhere).unwrap();
    let session = session(&kiosk);
    let twins = LeadQuery {
        duplicates_only: true,
        ..all()
    };
    let list = complete_list(&kiosk, &session, &twins);
    let found: Vec<_> = list
        .rows
        .iter()
        .map(|row| (row.id.clone(), row.contact.likely_duplicates))
        .collect();
    assert_eq!(
        found,
        [
            (third.to_string(), 1),
            (second.to_string(), 2),
            (first.to_string(), 1)
        ]
    );
    let page = kiosk.staff_lead(&session, second).unwrap();
    assert_eq!(ids(&page), [third.to_string(), first.to_string()]);
}

#[test]
fn merged_leads_are_one_lead_in_lists_and_exports() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let (first, second) = twins(&kiosk);
    let session = session(&kiosk);
    kiosk
        .staff_lead_revise(&session, second, 1, &rated(Rating::Hot))
        .unwrap();
    let page = kiosk.staff_lead_merge(&session, first, second).unwrap();
    assert_eq!(page.summary.contact.name, "Essai Deux");
    assert_eq!(page.lead.email.as_deref(), Some("personne.essai@example.org"));
    assert_eq!(page.lead.wishes.interests[0].title, "Essai 3");
    assert_eq!(page.summary.follow_up.rating, Some(Rating::Hot));
    assert_eq!(page.merged[0].id, second.to_string());
    assert!(page.duplicates.is_empty());
    assert_eq!(
        waiting(&kiosk),
        [(first, 1), (second, 1), (second, 2), (first, 2), (second, 3)]
    );
    let list = complete_list(&kiosk, &session, &all());
    assert_eq!((list.total, list.matching), (2, 1));
    let ticket = page.merged[0].ticket.clone().unwrap();
    let found = complete_list(&kiosk, &session, &search(&ticket));
    assert_eq!(
        found.rows[0].id,
        first.to_string(),
        "found by the ticket of the merged lead"
    );
    let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
    assert_eq!(receipt.leads, 1);
    let replaced = kiosk.staff_lead(&session, second).unwrap();
    assert_eq!(replaced.merged_into.unwrap().id, first.to_string());
    let change = kiosk.staff_lead_revise(&session, second, 3, &rated(Rating::Cold));
    assert_eq!(code(change), ErrorCode::LeadMerged);
    assert_eq!(
        code(kiosk.staff_lead_merge(&session, first, second)),
        ErrorCode::LeadMerged
    );
    assert_eq!(
        code(kiosk.staff_lead_merge(&session, first, first)),
        ErrorCode::LeadNotFound
    );
}

#[test]
fn exported_merged_leads_are_deleted_by_retention() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let (first, second) = twins(&kiosk);
    let session = session(&kiosk);
    kiosk.staff_lead_merge(&session, first, second).unwrap();
    acknowledge_all(&kiosk);
    kiosk.close_day(&session, &order(folder.path())).unwrap();
    machine.set(|state| state.wall_clock += jiff::SignedDuration::from_hours(72));
    assert_eq!(kiosk.delete_old_leads().unwrap(), 2);
}

#[test]
fn a_lead_is_exported_if_the_one_it_went_into_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let (first, second) = twins(&kiosk);
    let session = session(&kiosk);
    kiosk.staff_lead_merge(&session, first, second).unwrap();
    kiosk.leads.erase(&[first], "now").unwrap();
    let receipt = kiosk.close_day(&session, &order(folder.path())).unwrap();
    assert_eq!(receipt.leads, 1);
    assert_eq!(names(&kiosk, &session, &all()), ["Essai Deux"]);
}
