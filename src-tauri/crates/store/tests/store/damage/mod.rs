//! Damaged rows and damaged files of `leads.db`.

mod files;
mod rows;
mod salvaging;

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
