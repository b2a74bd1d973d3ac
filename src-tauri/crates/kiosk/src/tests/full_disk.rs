//! A disk that is really full.

use super::small_disk::{SmallDisk, fill};
use super::{draft, unlocked_session};
use crate::{CloseOrder, Demonstration, Kiosk, KioskError, LinuxMachine};
use std::fs;
use std::sync::Arc;

#[test]
fn full_disk_uses_the_reserve_then_closes_leads() {
    let Some(disk) = SmallDisk::for_test(
        112,
        "tests::full_disk::full_disk_uses_the_reserve_then_closes_leads",
    ) else {
        return;
    };
    let data = disk.path().join("data");
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.maintain_disk().unwrap();
    assert_eq!(fs::metadata(data.join("reserve")).unwrap().len(), 32 << 20);
    let filler = fill(disk.path());
    assert!(kiosk.can_take_leads(), "the reserve exists");
    let mut tickets = vec![kiosk.take_lead(&draft()).unwrap().ticket];
    assert!(!data.join("reserve").exists());
    assert!(kiosk.can_take_leads() && !kiosk.has_room_for_logs());
    assert_eq!(kiosk.disk.space(), expo_sync::DiskSpace::ForLeadsOnly);
    assert!(
        kiosk
            .diagnose()
            .iter()
            .any(|finding| finding.code.code() == "reserve_gone")
    );
    for _ in 0..20 {
        tickets.push(kiosk.take_lead(&draft()).unwrap().ticket);
    }
    fill(disk.path());
    assert!(!kiosk.can_take_leads(), "visitors see it before they type");
    // A lead that does not fit is an error; leads with a ticket are stored.
    let mut error = None;
    while error.is_none() {
        match kiosk.take_lead(&draft()) {
            Ok(thanks) => tickets.push(thanks.ticket),
            Err(other) => error = Some(other),
        }
    }
    assert!(matches!(error, Some(KioskError::Store(_))), "{error:?}");
    drop(kiosk);
    fs::remove_file(filler).unwrap();
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    assert_eq!(kiosk.status().unwrap().leads, tickets.len() as u32);
    kiosk.maintain_disk().unwrap();
    assert!(data.join("reserve").exists(), "created again");
    kiosk.take_lead(&draft()).unwrap();
    // The kiosk starts again on a disk that is full by then.
    drop(kiosk);
    fill(disk.path());
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    assert!(!data.join("reserve").exists() && kiosk.can_take_leads());
    kiosk.take_lead(&draft()).unwrap();
}

/// The reserve is used up as well: nothing can be written while staff work.
#[test]
fn staff_export_from_a_disk_without_any_space() {
    let test = "tests::full_disk::staff_export_from_a_disk_without_any_space";
    let Some(disk) = SmallDisk::for_test(48, test) else {
        return;
    };
    let data = disk.path().join("data");
    let out = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let order = CloseOrder {
        formats: vec![crate::views::ExportFormat::Csv],
        destination: out.path().join("out"),
        ..CloseOrder::default()
    };
    let work = |kiosk: &Kiosk| {
        kiosk.begin_run().ok();
        kiosk.maintain_disk().ok();
        assert!(!kiosk.boot(None).unwrap().leads_open);
        let mut session = unlocked_session(kiosk);
        kiosk
            .staff_open_leads(&mut session, Demonstration::PASSPHRASE)
            .unwrap();
        assert_eq!(kiosk.close_day(&session, &order).unwrap().leads, 1);
        assert!(
            kiosk
                .diagnose()
                .iter()
                .any(|finding| finding.code.code() == "disk_full")
        );
    };
    fill(disk.path());
    work(&kiosk);
    drop(kiosk);
    fill(disk.path());
    work(&Kiosk::open(&data, Arc::new(LinuxMachine::default())).unwrap());
}
