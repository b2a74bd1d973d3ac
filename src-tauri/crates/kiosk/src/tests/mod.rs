//! Use-cases over a real data folder, with a machine whose clocks the test sets.

mod ages;
mod catalogues;
mod editions;
mod enrolment;
mod explore;
mod places;
mod supply;

use crate::{Demonstration, Kiosk, KioskError, Machine, Session};
use domain::lead::Consents;
use domain::{Catalogue, Lang, LeadDraft};
use jiff::{SignedDuration, Timestamp};
use protocol::{Checkpoint, RowCounts, SignedCheckpoint};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Wall clock, start of the machine, time since then, free bytes.
struct Bench(Mutex<(Timestamp, String, u64, u64)>);

impl Bench {
    fn set(&self, change: impl FnOnce(&mut (Timestamp, String, u64, u64))) {
        change(&mut self.0.lock().unwrap());
    }
}

impl Machine for Bench {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().0
    }
    fn boot_id(&self) -> String {
        self.0.lock().unwrap().1.clone()
    }
    fn monotonic_ms(&self) -> u64 {
        self.0.lock().unwrap().2
    }
    fn disk_free(&self, _: &Path) -> u64 {
        self.0.lock().unwrap().3
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

fn kiosk(folder: &Path) -> (Kiosk, Arc<Bench>) {
    let start = "2026-02-13T09:00:00Z".parse().unwrap();
    let bench = Arc::new(Bench(Mutex::new((start, "boot-1".to_owned(), 1_000, 1 << 40))));
    let kiosk = Kiosk::open(folder, Arc::<Bench>::clone(&bench)).unwrap();
    (kiosk, bench)
}

fn install(kiosk: &Kiosk, catalogue: &Catalogue) {
    let signed = SignedCheckpoint {
        checkpoint: String::new(),
        signature: String::new(),
    };
    let checkpoint = Checkpoint {
        format: 1,
        version: 1,
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        rows: RowCounts::default(),
        content_sha256: String::new(),
        snapshot_sha256: String::new(),
        snapshot_bytes: 0,
        snapshot_plain_bytes: 0,
        pictures: 0,
        pictures_bytes: 0,
    };
    kiosk.install(catalogue, &signed, &checkpoint).unwrap();
}

#[test]
fn a_locked_out_thief_gains_nothing_by_restarting_or_turning_clocks() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::default();
    {
        let (kiosk, _) = kiosk(folder.path());
        kiosk.provision(&Demonstration::event().unwrap()).unwrap();
        for left in (1..5).rev() {
            let wrong = kiosk.staff_unlock(&mut session, "111111");
            assert!(matches!(wrong, Err(KioskError::WrongPin { left: l }) if l == left));
        }
        assert!(matches!(
            kiosk.staff_unlock(&mut session, "111111"),
            Err(KioskError::LockedOut { seconds: 300 })
        ));
    }
    // Another start of program and machine, the wall clock a year ahead: the right PIN has to wait all the same.
    let (kiosk, bench) = kiosk(folder.path());
    bench.set(|m| {
        m.0 += SignedDuration::from_hours(24 * 365);
        m.1 = "boot-2".to_owned();
        m.2 = 0;
    });
    let right = kiosk.staff_unlock(&mut session, Demonstration::PIN);
    assert!(matches!(right, Err(KioskError::LockedOut { seconds: 300 })));
    bench.set(|m| m.2 = 300_000);
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    assert!(session.is_unlocked());
    assert!(matches!(
        kiosk.close_day(&session, &order(folder.path())),
        Err(KioskError::LeadsLocked)
    ));
}

fn order(folder: &Path) -> crate::CloseOrder {
    crate::CloseOrder {
        day: None,
        formats: vec![crate::views::ExportFormat::Csv],
        destination: folder.with_extension("out"),
    }
}

fn draft() -> LeadDraft {
    LeadDraft {
        name: "Test Visiteur".to_owned(),
        phone: Some("+33612345678".to_owned()),
        language: Some(Lang::Fr),
        consents: Consents {
            call: true,
            ..Consents::default()
        },
        ..LeadDraft::default()
    }
}

#[test]
fn a_jumping_clock_and_a_missing_catalogue_cost_no_lead() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let mut tickets = Vec::new();
    for hours in [0, 24 * 3_650, -24 * 7_300, 24] {
        bench.set(|m| m.0 += SignedDuration::from_hours(hours));
        tickets.push(kiosk.take_lead(&draft()).unwrap().ticket);
    }
    assert_eq!(
        tickets,
        ["DEM-K00-0001", "DEM-K00-0002", "DEM-K00-0003", "DEM-K00-0004"]
    );
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    assert_eq!(kiosk.close_day(&session, &order(folder.path())).unwrap().leads, 4);
    std::fs::write(folder.path().join("catalogue.db"), b"damaged").unwrap();
    assert!(kiosk.boot(None).unwrap().catalogue.is_none());
    assert_eq!(sync::Local::facts(&kiosk).unwrap().catalogue_version, None);
    assert!(
        kiosk
            .diagnose()
            .iter()
            .any(|finding| finding.code == "catalogue_damaged")
    );
    kiosk.take_lead(&draft()).unwrap();
    install(&kiosk, &explore::catalogue());
    assert!(kiosk.boot(None).unwrap().catalogue.is_some());
}

#[test]
fn a_full_disk_is_said_before_anybody_types() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    assert!(kiosk.boot(None).unwrap().leads_open);
    bench.set(|m| m.3 = 1_000_000);
    assert!(!kiosk.boot(None).unwrap().leads_open);
}

#[test]
fn weak_secrets_and_second_set_ups_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let mut event = Demonstration::event().unwrap();
    event.stop.demonstration = false;
    assert!(
        matches!(kiosk.provision(&event), Err(KioskError::Setup { .. })),
        "published secrets"
    );
    event.passphrase = "short".to_owned();
    event.pin = "604215".to_owned();
    assert!(
        matches!(kiosk.provision(&event), Err(KioskError::Setup { ref place, .. }) if place == "passphrase")
    );
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    assert!(matches!(
        kiosk.provision(&Demonstration::event().unwrap()),
        Err(KioskError::AlreadyProvisioned(_))
    ));
    let text = "pin = \"604215\"\npassphrase = nonsense-without-quotes\n";
    let error = crate::EventFile::parse(text, "paris.toml")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("paris.toml, line 2") && !error.contains("nonsense"),
        "{error}"
    );
}

#[test]
fn an_export_never_goes_into_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    for inside in ["out", "pictures/../deep/er"] {
        let order = crate::CloseOrder {
            destination: folder.path().join(inside),
            ..order(folder.path())
        };
        assert!(
            matches!(
                kiosk.close_day(&session, &order),
                Err(KioskError::Destination { .. })
            ),
            "{inside}"
        );
    }
}
