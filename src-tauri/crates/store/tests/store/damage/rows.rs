//! Damaged rows: all other leads are read.

use super::*;

const SECOND: &str = "id = '00000000-0000-0000-0000-000000000002'";

#[test]
fn one_unreadable_row_does_not_stop_the_others() {
    for damage in [
        "UPDATE lead SET taken_at = 'x'",
        "UPDATE lead SET sealed = x'00'",
        "UPDATE lead SET sha256 = 'x'",
        "UPDATE lead SET language = 'xx'",
        "UPDATE lead SET ticket = x'ff'",
        "UPDATE lead SET revision = 'x'",
        "UPDATE lead SET monotonic_ms = 'x'",
        "DELETE FROM lead",
    ] {
        let folder = folder_with_leads(3);
        damage_rows(folder.path(), &format!("{damage} WHERE {SECOND}"));
        let leads = open(folder.path());
        assert_eq!(leads.count_waiting().unwrap(), 2, "{damage}");
        assert_eq!(leads.outbox_counts().unwrap().waiting, 2, "{damage}");
        assert_eq!(waiting(&leads), BTreeSet::from([1, 3]), "{damage}");
        assert_eq!(exported(&leads), BTreeSet::from([1, 3]), "{damage}");
        let unreadable = leads.unreadable().unwrap();
        assert!(
            !unreadable.is_empty() && unreadable.len() <= 2,
            "{damage}: {unreadable:?}"
        );
        assert!(
            unreadable[0].name.ends_with("000000000002"),
            "{damage}: {unreadable:?}"
        );
        assert!(damaged_files(folder.path()).is_empty(), "{damage}");
    }
}

#[test]
fn unreadable_rows_do_not_fill_a_batch() {
    let folder = folder_with_leads(5);
    damage_rows(
        folder.path(),
        "UPDATE lead SET taken_at = 'x' WHERE ticket < 'TST-K01-0004'",
    );
    let leads = open(folder.path());
    let batch = leads.waiting(None, 0, 2).unwrap();
    assert_eq!(batch.len(), 2);
    assert!(leads.waiting(None, batch[1].0, 1).unwrap().is_empty());
    assert_eq!(leads.unreadable_waiting().unwrap(), 3);
    assert!(leads.outbox_counts().unwrap().oldest.is_some());
}

#[test]
fn lead_with_a_damaged_outbox_row_is_kept_and_sent() {
    let folder = folder_with_leads(3);
    damage_rows(
        folder.path(),
        &format!("UPDATE outbox SET id = 'x' WHERE {SECOND}"),
    );
    let leads = open(folder.path());
    assert_eq!(exported(&leads), BTreeSet::from([1, 2, 3]));
    let unreadable = leads.unreadable().unwrap();
    assert_eq!(unreadable.len(), 1);
    assert_eq!(unreadable[0].name, "row 2 of the outbox");
    let everything = Retention {
        exported_before: "2099-01-01",
        held_before: Some("2099-01-01"),
    };
    leads.purge(everything, "now").unwrap();
    assert_eq!(
        exported(&leads),
        BTreeSet::from([1, 2, 3]),
        "it may not be sent yet"
    );
    assert_eq!(leads.restore_outbox_rows().unwrap(), 1);
    assert_eq!(waiting(&leads), BTreeSet::from([1, 2, 3]));
    assert_eq!(leads.restore_outbox_rows().unwrap(), 0);
}

#[test]
fn lead_with_an_unknown_delivery_state_is_sent_again() {
    let folder = folder_with_leads(3);
    damage_rows(
        folder.path(),
        &format!("UPDATE outbox SET state = 'x' WHERE {SECOND}"),
    );
    let leads = open(folder.path());
    assert_eq!(waiting(&leads), BTreeSet::from([1, 3]));
    assert_eq!(exported(&leads), BTreeSet::from([1, 2, 3]));
    assert_eq!(leads.unreadable().unwrap().len(), 1);
    assert_eq!(leads.restore_outbox_rows().unwrap(), 1);
    assert_eq!(waiting(&leads), BTreeSet::from([1, 2, 3]));
    assert!(leads.unreadable().unwrap().is_empty());
}

#[test]
fn damaged_settings_come_from_the_copy() {
    let folder = folder_with_leads(1);
    damage_rows(
        folder.path(),
        "UPDATE setting SET value = '\"Pbris\"' WHERE name = 'stop';
         UPDATE setting SET value = x'ff' WHERE name = 'enrolment';
         INSERT INTO setting (name, value) VALUES ('sync', 'no JSON')",
    );
    let leads = open(folder.path());
    assert_eq!(leads.setting::<String>("stop").unwrap().as_deref(), Some("Paris"));
    assert_eq!(
        leads.setting::<String>("enrolment").unwrap().as_deref(),
        Some("token")
    );
    assert_eq!(leads.setting::<String>("sync").unwrap(), None);
}
