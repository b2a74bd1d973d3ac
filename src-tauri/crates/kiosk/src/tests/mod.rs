//! Tests of the kiosk with a real data folder, and a machine whose clocks and disk space the test sets.

mod affordability;
mod aid;
mod audit_log;
mod blocked_media;
mod browse;
mod catalogue_versions;
mod closing_media;
mod closings;
mod configurations;
mod damage;
mod demonstration_searches;
mod enrolment;
mod enrolment_replies;
mod erasures;
mod export_targets;
mod full_disk;
mod intents;
mod lead_age;
mod leads;
mod offered_catalogues;
mod project_pages;
mod read_only_disk;
mod removable_media;
mod reports;
mod rules;
mod small_disk;
mod staff_access;
mod staff_leads;
mod staff_secrets;
mod time_zones;
mod visits;

use crate::{CloseOrder, Demonstration, Kiosk, Machine, Session};
use expo_domain::lead::Consents;
use expo_domain::{Catalogue, Lang, LeadDraft};
use expo_protocol::EnrolmentReply;
use jiff::Timestamp;
use offered_catalogues::{sign, verified};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

struct MachineState {
    wall_clock: Timestamp,
    boot_id: String,
    monotonic_ms: u64,
    disk_free: u64,
}

struct TestMachine(Mutex<MachineState>);

impl TestMachine {
    fn set(&self, change: impl FnOnce(&mut MachineState)) {
        change(&mut self.0.lock().unwrap());
    }
}

impl Machine for TestMachine {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().wall_clock
    }
    fn boot_id(&self) -> String {
        self.0.lock().unwrap().boot_id.clone()
    }
    fn machine_id(&self) -> Option<String> {
        Some("test-machine".to_owned())
    }
    fn monotonic_ms(&self) -> u64 {
        self.0.lock().unwrap().monotonic_ms
    }
    fn disk_free(&self, _: &Path) -> u64 {
        self.0.lock().unwrap().disk_free
    }
    fn user_id(&self) -> Option<u32> {
        Some(1000)
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

fn kiosk(folder: &Path) -> (Kiosk, Arc<TestMachine>) {
    let machine = Arc::new(TestMachine(Mutex::new(MachineState {
        wall_clock: "2026-02-13T09:00:00Z".parse().unwrap(),
        boot_id: "boot-1".to_owned(),
        monotonic_ms: 1_000,
        disk_free: 1 << 40,
    })));
    let kiosk = Kiosk::open(folder, Arc::<TestMachine>::clone(&machine)).unwrap();
    (kiosk, machine)
}

/// A kiosk that is set up for the demonstration.
fn provisioned_kiosk(folder: &Path) -> (Kiosk, Arc<TestMachine>) {
    let (kiosk, machine) = kiosk(folder);
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    (kiosk, machine)
}

/// A session after the PIN.
fn unlocked_session(kiosk: &Kiosk) -> Session {
    let mut session = Session::default();
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    session
}

fn install(kiosk: &Kiosk, catalogue: &Catalogue) {
    let signed = sign(&fixtures::empty_checkpoint(1));
    kiosk.supply.install(catalogue, &verified(&signed)).unwrap();
}

/// Enrols the kiosk with configuration 4 at `https://one.example`.
fn enrol(kiosk: &Kiosk) {
    let reply = EnrolmentReply {
        kiosk: "K01".to_owned(),
        token: "token-of-16-chars".to_owned(),
        leads_recipient: expo_vault::seal::Identity::generate().recipient().to_string(),
        publisher_key: Demonstration::publisher_public().unwrap(),
        config_version: 4,
        stop: None,
    };
    kiosk.enrol("https://one.example", &reply, None).unwrap();
}

/// An order to export all days as CSV next to the data folder.
fn order(folder: &Path) -> CloseOrder {
    CloseOrder {
        formats: vec![crate::views::ExportFormat::Csv],
        destination: folder.with_extension("out"),
        ..CloseOrder::default()
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
