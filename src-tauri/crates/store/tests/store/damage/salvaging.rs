//! What is left in a damaged file.

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
