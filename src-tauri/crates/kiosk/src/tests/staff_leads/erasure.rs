//! Erasure of a lead with its proof.

use super::*;

fn holds(folder: &Path, bytes: &[u8]) -> bool {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    let mut contents = files.filter_map(|file| std::fs::read(file.path()).ok());
    contents.any(|content| content.windows(bytes.len()).any(|window| window == bytes))
}

#[test]
fn erasure_covers_all_revisions_and_merged_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    enrol(&kiosk);
    let first = take(&kiosk, "Essai Un", "+33612345671");
    let second = take(&kiosk, "Essai Un", "+33612345671");
    let kept = take(&kiosk, "Essai Trois", "+33612345673");
    let session = session(&kiosk);
    kiosk.staff_lead_merge(&session, first, second).unwrap();
    let waiting_before = kiosk.sync_port().waiting(QueuePosition::START, 9).unwrap();
    let of_person = waiting_before
        .iter()
        .filter(|queued| queued.envelope.header.id != kept);
    let mut hashes: Vec<String> = of_person
        .clone()
        .map(|queued| queued.envelope.sha256.clone())
        .collect();
    let ticket = waiting_before[1].envelope.header.ticket.clone();
    let mut proof = kiosk.staff_lead_erase(&session, &ticket.to_lowercase()).unwrap();
    assert_eq!(
        (proof.ticket.as_str(), proof.id.as_str()),
        (ticket.as_str(), &*second.to_string())
    );
    assert_eq!((proof.revisions, proof.sent_to_platform), (4, true));
    assert_eq!(proof.merged[0].id, first.to_string());
    hashes.sort();
    proof.envelope_sha256.sort();
    assert_eq!(proof.envelope_sha256, hashes);
    for queued in of_person {
        assert!(!holds(folder.path(), &queued.envelope.sealed[40..104]));
    }
    assert_eq!(names(&kiosk, &session, &all()), ["Essai Trois"]);
    assert_eq!(code(kiosk.staff_lead(&session, first)), ErrorCode::LeadNotFound);
    assert_eq!(
        code(kiosk.staff_lead_erase(&session, &ticket)),
        ErrorCode::LeadNotFound
    );
    let log = kiosk.audit_log(9).unwrap();
    let erased = log.iter().find(|line| line.act == "leads_erased").unwrap();
    assert_eq!(erased.detail, format!("leads=2 ticket={ticket}"));
}

#[test]
fn leads_that_were_never_sent_need_no_erasure_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Essai Un", "+33612345671");
    let session = session(&kiosk);
    let page = kiosk
        .staff_lead_revise(&session, id, 1, &rated(Rating::Hot))
        .unwrap();
    let proof = kiosk.staff_lead_erase(&session, &page.summary.ticket).unwrap();
    assert_eq!((proof.revisions, proof.sent_to_platform), (2, false));
    assert_eq!(proof.erased_at, "2026-02-13T10:00:00+01:00");
}

#[test]
fn erasure_by_headquarters_removes_the_lead_from_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let id = take(&kiosk, "Essai Un", "+33612345671");
    take(&kiosk, "Essai Deux", "+33612345672");
    let session = session(&kiosk);
    assert_eq!(complete_list(&kiosk, &session, &all()).opened, 2);
    kiosk
        .sync_port()
        .erase(&[expo_protocol::Erasure { seq: 1, id }])
        .unwrap();
    assert_eq!(names(&kiosk, &session, &all()), ["Essai Deux"]);
}
