//! Damaged rows and damaged files of `leads.db`.

use expo_domain::hash::sha256_hex;
use expo_domain::{Envelope, Lang, LeadHeader};
use expo_store::leads::salvage::Salvaged;
use expo_store::leads::{FILE, ReplacementRules};
use expo_store::{Leads, Retention, SealedLead, StoreError};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const DAY: &str = "2026-02-12";
const RULES: ReplacementRules = ReplacementRules {
    copied_settings: &["stop", "enrolment"],
    is_for_platform: |sealed| sealed.first() == Some(&b'P'),
};

/// A lead of some kilobytes, so that it takes pages of its own; its first byte says whether it is for the platform.
fn lead(id: u128, for_platform: bool) -> SealedLead {
    let header = LeadHeader {
        id: Uuid::from_u128(id),
        revision: 1,
        kind: "lead".to_owned(),
        stop: "test-stop".to_owned(),
        kiosk: "K01".to_owned(),
        ticket: format!("TST-K01-{id:04}"),
        taken_at: jiff::Timestamp::UNIX_EPOCH,
        monotonic_ms: 5,
        boot_id: "boot".to_owned(),
        language: Lang::Ar,
    };
    let recipients = if for_platform { "P" } else { "S" };
    let blocks = (0..28).map(|block| sha256_hex(format!("{id} {block}").as_bytes()));
    let sealed = recipients.to_owned() + &blocks.collect::<String>();
    SealedLead {
        envelope: Envelope::new(header, sealed.into_bytes()),
        day: DAY.to_owned(),
        hour: 11,
        for_platform,
        figures: Vec::new(),
    }
}

fn open(folder: &Path) -> Leads {
    Leads::open_or_replace(folder, RULES).unwrap()
}

/// A data folder with settings and this many leads, closed.
fn folder_with_leads(count: u128) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let leads = open(folder.path());
    leads.set(&[("stop", &"Paris"), ("enrolment", &"token")]).unwrap();
    for id in 1..=count {
        assert_eq!(leads.next_ticket("test-stop", "K01").unwrap(), id as u32);
        leads.insert(None, &lead(id, true)).unwrap();
    }
    folder
}

/// Runs SQL on a database that no program has open, without its constraints.
fn damage_rows(folder: &Path, sql: &str) {
    let db = rusqlite::Connection::open(folder.join(FILE)).unwrap();
    db.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;")
        .unwrap();
    db.execute_batch(sql).unwrap();
}

fn change_file(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Identifiers of the leads that would be sent.
fn waiting(leads: &Leads) -> BTreeSet<u128> {
    let waiting = leads.waiting(None, 0, usize::MAX).unwrap();
    waiting.iter().map(|(_, e)| e.header.id.as_u128()).collect()
}

fn exported(leads: &Leads) -> BTreeSet<u128> {
    let envelopes = leads.envelopes_of_day(None).unwrap();
    envelopes.iter().map(|e| e.header.id.as_u128()).collect()
}

fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn damaged_files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("leads.damaged-")
        })
        .collect();
    files.sort();
    files
}

mod rows {
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
}

mod files {
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
}

mod salvaging {
    use super::*;

    #[test]
    fn delivery_states_and_erasures_survive_a_replacement() {
        let folder = folder_with_leads(3);
        let leads = open(folder.path());
        leads.insert(None, &lead(4, false)).unwrap();
        leads.reject(None, Uuid::from_u128(2), 1, "conflict").unwrap();
        leads.erase(&[Uuid::from_u128(3)], "now").unwrap();
        drop(leads);
        change_file(&folder.path().join(FILE), |bytes| bytes[..100].fill(0));
        let leads = open(folder.path());
        assert_eq!(waiting(&leads), BTreeSet::from([1]));
        assert_eq!(exported(&leads), BTreeSet::from([1, 2, 4]));
        assert_eq!(leads.rejected().unwrap()[0].reason, "conflict");
        assert_eq!(leads.outbox_counts().unwrap().sealed_for_staff, 1);
        assert!(leads.insert(None, &lead(3, true)).is_err(), "it was erased");
        assert_eq!(
            leads.days().unwrap()[0].leads,
            4,
            "daily figures count the erased lead"
        );
    }

    #[test]
    fn restoring_is_idempotent_and_keeps_newer_revisions() {
        let folder = folder_with_leads(2);
        let old = Salvaged::read(&fs::read(folder.path().join(FILE)).unwrap(), &[]);
        assert_eq!(old.leads.len(), 2);
        assert!(old.unreadable.is_empty());
        let target = tempfile::tempdir().unwrap();
        let leads = open(target.path());
        let mut newer = lead(2, true);
        newer.envelope.header.revision = 2;
        leads.insert(None, &newer).unwrap();
        assert_eq!(leads.restore(&old.leads).unwrap(), 1);
        assert_eq!(leads.restore(&old.leads).unwrap(), 0);
        assert_eq!(waiting(&leads), BTreeSet::from([1, 2]));
        assert_eq!(leads.envelopes_of_day(None).unwrap().len(), 2);
        assert_eq!(leads.days().unwrap()[0].leads, 2);
    }

    #[test]
    fn changed_bytes_are_found_by_the_hash() {
        let folder = folder_with_leads(6);
        let intact = fs::read(folder.path().join(FILE)).unwrap();
        let sealed = lead(4, true).envelope.sealed;
        let at = intact
            .windows(200)
            .position(|bytes| *bytes == sealed[100..300])
            .unwrap();
        let mut damaged = intact;
        damaged[at] ^= 1;
        let salvaged = Salvaged::read(&damaged, &[]);
        assert_eq!(salvaged.leads.len(), 5);
        assert_eq!(salvaged.unreadable, BTreeSet::from([Uuid::from_u128(4)]));
    }

    #[test]
    fn any_bytes_can_be_salvaged() {
        let folder = folder_with_leads(3);
        let intact = fs::read(folder.path().join(FILE)).unwrap();
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize
        };
        for _ in 0..20 {
            let mut bytes = intact.clone();
            for _ in 0..400 {
                let at = random() % bytes.len();
                bytes[at] = random() as u8;
            }
            bytes.truncate(random() % (bytes.len() + 1));
            let salvaged = Salvaged::read(&bytes, &intact);
            for found in &salvaged.leads {
                let id = found.envelope.header.id.as_u128();
                assert_eq!(found.envelope.sealed, lead(id, true).envelope.sealed);
            }
        }
    }
}
