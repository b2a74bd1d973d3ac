//! Damaged bytes in the databases of a kiosk, with the real programs: one byte changes, then the kiosk starts, exports and
//! syncs. No command may crash or fail, every readable lead arrives, and every other one is reported.
//!
//! `FLIPPED_BYTES` sets the number of tested bytes, spread evenly over `leads.db`, its write-ahead log and `catalogue.db`;
//! the default is 12.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod damaged_kiosk;

use damaged_kiosk::{LEADS, Template};
use serde_json::{Value, json};
use std::fs;

/// How many bytes to test in each file: most of them in those that hold leads.
fn flips(file: &str) -> usize {
    let flips = std::env::var("FLIPPED_BYTES").map_or(12, |flips| flips.parse().unwrap());
    match file {
        "catalogue.db" => flips / 4,
        _ => flips * 3 / 8,
    }
}

fn number(value: &Value, field: &str) -> u64 {
    value[field].as_u64().unwrap_or_default()
}

/// One flipped byte after another in a file. Every case starts from the same data folder.
fn flip_bytes(template: &Template, file: &str) {
    let length = fs::metadata(template.kiosk.folder.join(file)).unwrap().len() as usize;
    let flips = flips(file).max(1);
    for case in 0..flips {
        let at = length * case / flips + (case * 37) % (length / flips).max(1);
        let name = format!("{file}, byte {at}, bit {}", case % 8);
        let kiosk = template.copy();
        kiosk.change(file, |bytes| bytes[at.min(length - 1)] ^= 1 << (case % 8));
        let status = kiosk.run(&name, &["status"]);
        let report = kiosk.run(&name, &["sync", "--once"]);
        assert_eq!(report["state"], json!("ok"), "{name}: {report}");
        let after = kiosk.run(&name, &["status"]);
        let (rows, receipt) = kiosk.export(&name);
        let reported = number(&receipt, "unreadable") + number(&receipt, "unopened");
        assert!(
            rows + reported >= LEADS,
            "{name}: {rows} exported, {receipt}, {status}"
        );
        let arrived = number(&report, "sent") + number(&report, "duplicates");
        let kept = number(&after, "unreadable") + number(&after, "set_aside") + number(&after, "staff_only");
        assert!(arrived + kept >= LEADS, "{name}: {report}, {after}");
        // One byte damages at most the leads of one page and of its neighbour.
        assert!(
            rows + 4 >= LEADS && arrived + 4 >= LEADS,
            "{name}: {receipt}, {report}"
        );
        if file == "catalogue.db" {
            assert_eq!((rows, arrived), (LEADS, LEADS), "{name}: {receipt}, {report}");
        }
        kiosk.take_lead(&name);
    }
}

#[test]
fn flipped_bytes_of_the_databases_stop_nothing() {
    let template = Template::new();
    for file in ["leads.db", "leads.db-wal", "catalogue.db"] {
        flip_bytes(&template, file);
    }
    // Whatever was damaged, the platform has every lead once.
    let leads = template.platform.leads().unwrap();
    let mut tickets: Vec<&str> = leads.iter().filter_map(|lead| lead["ticket"].as_str()).collect();
    let all = tickets.len();
    tickets.sort_unstable();
    tickets.dedup();
    assert_eq!(tickets.len(), all);
    assert!(all as u64 >= LEADS, "{all}");
}

#[test]
fn unreadable_row_is_named_and_the_others_arrive() {
    let template = Template::new();
    let kiosk = template.copy();
    kiosk.change("leads.db-wal", Vec::clear);
    kiosk.run("the log is empty", &["status"]);
    // The time of a lead comes after its ticket.
    let ticket = b"DEM-K01-0002";
    kiosk.change("leads.db", |bytes| {
        let is_ticket = |at: &usize| bytes[*at..].starts_with(ticket);
        let places: Vec<usize> = (0..bytes.len()).filter(is_ticket).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at + ticket.len()] = b'x';
        }
    });
    let name = "damaged time";
    let report = kiosk.run(name, &["sync", "--once"]);
    let status = kiosk.run(name, &["status"]);
    assert_eq!(number(&status, "unreadable"), 1, "{status}");
    let arrived = number(&report, "sent") + number(&report, "duplicates");
    assert_eq!(arrived + 1, number(&status, "leads"), "{report} {status}");
    let (rows, receipt) = kiosk.export(name);
    assert_eq!((rows, number(&receipt, "unreadable")), (arrived, 1), "{receipt}");
    let (code, doctor) = kiosk.doctor(name);
    assert_eq!(code, Some(1));
    assert!(doctor.contains("leads_unreadable"), "{doctor}");
    assert!(doctor.contains("the time is not valid"), "{doctor}");
}

#[test]
fn replaced_file_keeps_all_leads_and_can_be_salvaged() {
    let template = Template::new();
    let kiosk = template.copy();
    let name = "zeroed header";
    // Writes the log into the file. Otherwise the log may hold an intact copy of the header.
    kiosk.run(name, &["status"]);
    kiosk.change("leads.db", |bytes| bytes[..100].fill(0));
    let status = kiosk.run(name, &["status"]);
    assert_eq!(
        (
            number(&status, "leads"),
            number(&status, "waiting"),
            number(&status, "unreadable")
        ),
        (LEADS, LEADS, 0),
        "{status}"
    );
    let (code, doctor) = kiosk.doctor(name);
    assert_eq!(code, Some(1));
    assert!(doctor.contains("leads_file_replaced"), "{doctor}");
    let log = kiosk.run(name, &["audit"]).to_string();
    assert!(log.contains("leads_file_replaced"), "{log}");
    let out = kiosk.folder().with_extension("salvaged");
    let arguments = ["lead", "salvage", "--restore", "--out", out.to_str().unwrap()];
    let salvage = kiosk.run(name, &arguments);
    assert_eq!(salvage["files"][0]["envelopes"], json!(LEADS), "{salvage}");
    assert_eq!(salvage["restored"], json!(0), "{salvage}");
    let batch = fs::read(salvage["written"][0].as_str().unwrap()).unwrap();
    let batch: Value = serde_json::from_slice(&batch).unwrap();
    assert_eq!(batch["items"].as_array().unwrap().len() as u64, LEADS);
    let report = kiosk.run(name, &["sync", "--once"]);
    assert_eq!(
        number(&report, "sent") + number(&report, "duplicates"),
        LEADS,
        "{report}"
    );
}

#[test]
fn damaged_catalogue_is_reported_and_leads_go_on() {
    let template = Template::new();
    let kiosk = template.copy();
    kiosk.change("catalogue.db", |bytes| {
        let half = bytes.len() / 2;
        bytes[half..].fill(0xaa);
    });
    let name = "half of the catalogue";
    kiosk.take_lead(name);
    kiosk.run(name, &["status"]);
    let (code, doctor) = kiosk.doctor(name);
    assert_eq!(code, Some(1));
    assert!(doctor.contains("catalogue_damaged"), "{doctor}");
    let (rows, _) = kiosk.export(name);
    assert_eq!(rows, LEADS + 1);
}
