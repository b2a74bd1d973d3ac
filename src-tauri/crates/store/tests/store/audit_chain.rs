//! The chain of the audit log.

use expo_store::Leads;
use expo_store::leads::{AuditChainFault, AuditCheck, AuditEntry, FILE};
use rusqlite::Connection;
use std::path::Path;

fn entry(number: u32) -> AuditEntry {
    AuditEntry {
        at: format!("2026-02-13T09:00:{number:02}Z"),
        act: "staff_unlocked".to_owned(),
        detail: format!("failures={number}"),
    }
}

/// A log with five entries, after `change` of the database file.
fn check_after(change: &str) -> AuditCheck {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    (1..=5).for_each(|number| leads.audit(&entry(number)).unwrap());
    drop(leads);
    sql(folder.path(), change);
    Leads::open(folder.path()).unwrap().check_audit_log().unwrap()
}

fn sql(folder: &Path, statements: &str) {
    let db = Connection::open(folder.join(FILE)).unwrap();
    db.execute_batch(statements).unwrap();
}

fn changed(number: i64) -> AuditChainFault {
    AuditChainFault::Changed {
        number,
        at: entry(number as u32).at,
    }
}

#[test]
fn untouched_log_is_intact() {
    let check = check_after("");
    assert_eq!((check.intact, check.fault), (5, None));
    assert_eq!(check.head.map(|head| head.len()), Some(64));
}

#[test]
fn head_is_that_of_the_newest_entry() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    assert_eq!(leads.audit_head().unwrap(), None);
    assert_eq!(leads.check_audit_log().unwrap().fault, None);
    leads.audit(&entry(1)).unwrap();
    let first = leads.audit_head().unwrap();
    leads.audit(&entry(2)).unwrap();
    let second = leads.audit_head().unwrap();
    assert!(first.is_some() && first != second);
    assert_eq!(leads.check_audit_log().unwrap().head, second);
}

#[test]
fn changed_entries_are_found() {
    for column in ["at", "act", "detail"] {
        let check = check_after(&format!(
            "UPDATE audit SET {column} = {column} || 'x' WHERE seq = 3"
        ));
        assert_eq!(check.intact, 2, "{column}");
        let number = match check.fault {
            Some(AuditChainFault::Changed { number, .. }) => number,
            other => panic!("{other:?}"),
        };
        assert_eq!(number, 3);
    }
    assert_eq!(
        check_after("UPDATE audit SET hash = '' WHERE seq = 2").fault,
        Some(changed(2))
    );
}

#[test]
fn removed_entries_are_found() {
    let missing = |number| Some(AuditChainFault::Missing { number });
    assert_eq!(check_after("DELETE FROM audit WHERE seq = 1").fault, missing(1));
    assert_eq!(check_after("DELETE FROM audit WHERE seq = 3").fault, missing(3));
    assert_eq!(check_after("DELETE FROM audit WHERE seq >= 4").fault, missing(4));
    assert_eq!(check_after("DELETE FROM audit").fault, missing(1));
}

/// Renumbered entries still do not follow each other.
#[test]
fn removal_with_new_numbers_is_found() {
    let change = "DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 1 WHERE seq > 2;
                  UPDATE sqlite_sequence SET seq = 4 WHERE name = 'audit'";
    let check = check_after(change);
    assert!(
        matches!(check.fault, Some(AuditChainFault::Changed { number: 2, .. })),
        "{check:?}"
    );
}

#[test]
fn swapped_and_inserted_entries_are_found() {
    let swapped = "UPDATE audit SET seq = 9 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;
                   UPDATE audit SET seq = 3 WHERE seq = 9";
    assert!(matches!(
        check_after(swapped).fault,
        Some(AuditChainFault::Changed { number: 2, .. })
    ));
    let inserted = "INSERT INTO audit (at, act, detail) VALUES ('t', 'exported', '')";
    assert!(matches!(
        check_after(inserted).fault,
        Some(AuditChainFault::Changed { number: 6, .. })
    ));
}

#[test]
fn entries_of_an_earlier_version_are_chained_at_migration() {
    let folder = tempfile::tempdir().unwrap();
    sql(folder.path(), include_str!("frozen/leads-01.sql"));
    sql(
        folder.path(),
        "INSERT INTO audit (at, act, detail) VALUES ('t1', 'provisioned', 'stop=s'), ('t2', 'enrolled', 'kiosk=K01')",
    );
    let leads = Leads::open(folder.path()).unwrap();
    let check = leads.check_audit_log().unwrap();
    assert_eq!((check.intact, check.fault), (2, None));
    leads.audit(&entry(3)).unwrap();
    drop(leads);
    sql(
        folder.path(),
        "UPDATE audit SET detail = 'kiosk=K02' WHERE seq = 2",
    );
    let check = Leads::open(folder.path()).unwrap().check_audit_log().unwrap();
    assert!(matches!(
        check.fault,
        Some(AuditChainFault::Changed { number: 2, .. })
    ));
}

/// The hash is part of a stored format: other programs may check it.
#[test]
fn hash_covers_the_hash_before_and_the_entry() {
    let folder = tempfile::tempdir().unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    (1..=2).for_each(|number| leads.audit(&entry(number)).unwrap());
    let hash = |previous: &str, number: u32| {
        let AuditEntry { at, act, detail } = entry(number);
        let text = format!(r#"["{previous}","{at}","{act}","{detail}"]"#);
        expo_domain::hash::sha256_hex(text.as_bytes())
    };
    assert_eq!(leads.audit_head().unwrap(), Some(hash(&hash("", 1), 2)));
}
