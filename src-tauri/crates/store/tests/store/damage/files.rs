//! Damaged files: a new one replaces them.

use super::*;

/// Opens the folder after damage that must lead to a new file, and checks that it works like the old one.
fn assert_replaced(case: &str, folder: &Path, restored: &[u128]) {
    let leads = open(folder);
    let restored: BTreeSet<u128> = restored.iter().copied().collect();
    assert_eq!(waiting(&leads), restored, "{case}");
    assert_eq!(exported(&leads), restored);
    let files = leads.damaged_files().unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].restored as usize, restored.len());
    assert!(folder.join(&files[0].name).exists());
    assert_eq!(leads.setting::<String>("stop").unwrap().as_deref(), Some("Paris"));
    assert_eq!(
        leads.setting::<String>("enrolment").unwrap().as_deref(),
        Some("token")
    );
    leads.insert(None, &lead(100, true)).unwrap();
    assert!(leads.next_ticket("test-stop", "K01").unwrap() > 100);
    assert!(leads.check().unwrap().is_empty());
    assert!(leads.unreadable().unwrap().is_empty());
}

#[test]
fn damaged_header_leads_to_a_new_file_with_all_leads() {
    type Change = fn(&mut Vec<u8>);
    let changes: [(&str, Change); 6] = [
        ("zeroed header", |bytes| bytes[..100].fill(0)),
        ("page size", |bytes| bytes[16] = 0xff),
        ("write version", |bytes| bytes[18] = 9),
        ("schema version", |bytes| bytes[60] = 0x7f),
        ("older schema version", |bytes| bytes[63] = 1),
        ("schema page", |bytes| bytes[100..4_096].fill(0xaa)),
    ];
    for (name, change) in changes {
        let folder = folder_with_leads(3);
        change_file(&folder.path().join(FILE), change);
        let damaged = fs::read(folder.path().join(FILE)).unwrap();
        assert_replaced(name, folder.path(), &[1, 2, 3]);
        let kept = damaged_files(folder.path());
        assert_eq!(
            fs::read(&kept[0]).unwrap(),
            damaged,
            "{name}: the old file must not change"
        );
    }
}

#[test]
fn no_database_at_all_leads_to_an_empty_file() {
    for content in [&b"this is not a database"[..], b"", &[0; 10_000]] {
        let folder = folder_with_leads(2);
        fs::write(folder.path().join(FILE), content).unwrap();
        assert_replaced("no database", folder.path(), &[]);
    }
    let folder = folder_with_leads(2);
    fs::remove_file(folder.path().join(FILE)).unwrap();
    let leads = open(folder.path());
    assert_eq!(leads.setting::<String>("stop").unwrap().as_deref(), Some("Paris"));
    assert_eq!(leads.next_ticket("test-stop", "K01").unwrap(), 102);
}

#[cfg(unix)]
#[test]
fn damaged_files_and_the_copy_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder_with_leads(2);
    change_file(&folder.path().join(FILE), |bytes| bytes[..16].fill(0));
    drop(open(folder.path()));
    let private = damaged_files(folder.path()).into_iter();
    for path in private.chain([folder.path().join(FILE), folder.path().join("leads.copy.json")]) {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn zeroed_page_costs_only_its_own_leads() {
    let intact = folder_with_leads(12);
    let pages = fs::metadata(intact.path().join(FILE)).unwrap().len() as usize / 4_096;
    let bytes = fs::read(intact.path().join(FILE)).unwrap();
    for page in 1..pages {
        let folder = tempfile::tempdir().unwrap();
        copy_files(intact.path(), folder.path());
        let mut bytes = bytes.clone();
        bytes[page * 4_096..(page + 1) * 4_096].fill(0);
        fs::write(folder.path().join(FILE), bytes).unwrap();
        let leads = open(folder.path());
        leads.insert(None, &lead(100, true)).unwrap();
        let sent = waiting(&leads);
        let lost = leads.unreadable().unwrap().len()
            + leads
                .damaged_files()
                .unwrap()
                .iter()
                .map(|f| f.unreadable.len())
                .sum::<usize>();
        // A page holds the first part of at most 8 of these leads.
        assert!(
            sent.contains(&100) && sent.len() >= 13 - 8,
            "page {page}: {sent:?}"
        );
        assert!(sent.len() + lost >= 13, "page {page}: {sent:?}, {lost} reported");
        assert_eq!(exported(&leads), sent, "page {page}");
    }
}

#[test]
fn damaged_log_loses_no_other_lead() {
    let folder = tempfile::tempdir().unwrap();
    let crashed = tempfile::tempdir().unwrap();
    let leads = open(folder.path());
    leads.set(&[("stop", &"Paris"), ("enrolment", &"token")]).unwrap();
    for id in 1..=9 {
        leads.insert(None, &lead(id, true)).unwrap();
    }
    // A copy while the program runs is what a power cut leaves.
    copy_files(folder.path(), crashed.path());
    let log = crashed.path().join("leads.db-wal");
    let frames = (fs::metadata(&log).unwrap().len() - 32) / 4_120;
    assert!(frames > 20, "{frames}");
    change_file(&log, |bytes| bytes[32 + 24 + 12 * 4_120 + 2_000] ^= 1);
    let again = open(crashed.path());
    assert_eq!(again.damaged_files().unwrap().len(), 1);
    let lost: usize = again
        .damaged_files()
        .unwrap()
        .iter()
        .map(|f| f.unreadable.len())
        .sum();
    assert!(waiting(&again).len() >= 8 && waiting(&again).len() + lost >= 9);
    assert_eq!(again.setting::<String>("stop").unwrap().as_deref(), Some("Paris"));
}

#[test]
fn interrupted_write_is_not_damage() {
    let folder = tempfile::tempdir().unwrap();
    let crashed = tempfile::tempdir().unwrap();
    let leads = open(folder.path());
    leads.insert(None, &lead(1, true)).unwrap();
    leads.insert(None, &lead(2, true)).unwrap();
    copy_files(folder.path(), crashed.path());
    // The last page was written only in part, so the last transaction was not committed.
    change_file(&crashed.path().join("leads.db-wal"), |bytes| {
        bytes.truncate(bytes.len() - 1_000);
    });
    let again = open(crashed.path());
    assert!(again.damaged_files().unwrap().is_empty());
    assert_eq!(waiting(&again), BTreeSet::from([1]));
}

#[test]
fn lead_is_stored_although_its_page_is_damaged() {
    let folder = folder_with_leads(30);
    let leads = open(folder.path());
    let guard = leads.setting_with_guard::<String>("enrolment").unwrap().1;
    // The pages are damaged while the database is open. It has not read the page of the first lead yet.
    change_file(&folder.path().join(FILE), |bytes| {
        let first = bytes.len() / 2;
        bytes[4_096 * 2..first].fill(0xaa);
    });
    leads.insert(Some(&guard), &lead(0, true)).unwrap();
    assert_eq!(leads.damaged_files().unwrap().len(), 1);
    let sent = waiting(&leads);
    assert!(sent.contains(&0) && sent.len() > 5, "{sent:?}");
    assert!(leads.next_ticket("test-stop", "K01").unwrap() > 30);
    drop(leads);
    assert_eq!(waiting(&open(folder.path())), sent);
}

#[test]
fn newer_or_busy_databases_are_not_replaced() {
    let folder = folder_with_leads(1);
    damage_rows(folder.path(), "PRAGMA user_version = 40");
    let opened = Leads::open_or_replace(folder.path(), RULES);
    assert!(matches!(opened.map(drop), Err(StoreError::Newer { .. })));
    assert!(damaged_files(folder.path()).is_empty());

    let folder = folder_with_leads(1);
    let other = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; UPDATE lead SET hour = 1;")
        .unwrap();
    let leads = Leads::open(folder.path()).unwrap();
    assert_eq!(exported(&leads), BTreeSet::from([1]));
    assert!(damaged_files(folder.path()).is_empty());
}

#[test]
fn file_in_use_by_another_program_is_not_renamed() {
    let folder = folder_with_leads(1);
    let lock = fs::File::create(folder.path().join("leads.lock")).unwrap();
    lock.lock_shared().unwrap();
    fs::write(folder.path().join(FILE), b"damaged").unwrap();
    let opened = Leads::open_or_replace(folder.path(), RULES).map(drop);
    assert!(matches!(opened, Err(StoreError::Damaged { .. })), "{opened:?}");
    assert!(damaged_files(folder.path()).is_empty());
    lock.unlock().unwrap();
    assert_eq!(waiting(&open(folder.path())), BTreeSet::new());
}

#[test]
fn crash_between_two_renames_is_finished_later() {
    let folder = folder_with_leads(2);
    fs::rename(folder.path().join(FILE), folder.path().join("leads.new.db")).unwrap();
    let leads = open(folder.path());
    assert_eq!(waiting(&leads), BTreeSet::from([1, 2]));
    assert!(leads.damaged_files().unwrap().is_empty());
}
