//! What must be true when faults have ended, and how soon. Bounds come from docs/sync.md.

use crate::Trouble;
use crate::machine::RESERVE;
use crate::run::World;
use crate::stand::Stand;
use crate::stored::shown_sha256;
use crate::visitor::Kept;
use crate::wire::ANSWER;
use platform::store::{LeadRow, QuarantineRow, Received};
use protocol::Outcome;
use std::collections::BTreeMap;
use std::time::Duration;
use store::Leads;
use sync::{LONGEST_CEILING, Local};

/// After an outage that a kiosk saw, work starts so soon (docs/sync.md, "Waiting").
const RESUMES_WITHIN: Duration = Duration::from_secs(5);
/// Longest time between two heartbeats: that of a quiet kiosk (docs/sync.md, "Sequence"), and of every configuration drawn.
const LONGEST_HEARTBEAT: Duration = Duration::from_mins(2);
/// What questions themselves take on a clear line, all of them together.
const WORK: Duration = Duration::from_mins(1);
/// All is done so soon, behind patience that was asked for. A question that was under way may run into its limit; what
/// failed waits under its longest ceiling; then a heartbeat tells of what is new, and a second one of an erasure that
/// the first led to.
const DONE_WITHIN: Duration = ANSWER
    .saturating_add(LONGEST_CEILING)
    .saturating_add(LONGEST_HEARTBEAT.saturating_mul(2))
    .saturating_add(WORK);

/// Leads set out in time where an outage ended, and everything ends where it should, in bounded time.
pub async fn all_is_done_in_time(world: &mut World, look: Duration) -> Result<(), Trouble> {
    let calm_at = world.elapsed();
    let mut end = calm_at + DONE_WITHIN;
    let mut resuming: Vec<usize> = (0..world.stands.len())
        .filter(|number| must_resume(&world.stands[*number]))
        .collect();
    loop {
        for held in world.stands.iter().map(|stand| stand.line.held_for()) {
            if held > Duration::ZERO {
                end = end.max(world.elapsed() + held + DONE_WITHIN);
            }
        }
        world.wait_until(world.elapsed() + look).await?;
        resuming.retain(|number| !world.stands[*number].line.was_told_to_wait());
        if world.elapsed() > calm_at + RESUMES_WITHIN {
            for number in &resuming {
                check_resumed(world, *number);
            }
        }
        if world.common.chronicle.is_broken() {
            return Ok(());
        }
        // What was under way at the calm may still be refused: staff have it sent again.
        world.requeue()?;
        let left = what_is_to_be_done(world)?;
        if left.is_empty() && world.elapsed() > calm_at + RESUMES_WITHIN {
            world
                .common
                .chronicle
                .count("resumptions seen", resuming.len() as u64);
            return Ok(());
        }
        if world.elapsed() > end {
            let after = world.elapsed().saturating_sub(calm_at).as_secs();
            world
                .common
                .chronicle
                .broken(format!("not done {after} s after the calm: {}", left.join(", ")));
            return Ok(());
        }
    }
}

/// Whether a kiosk has leads, knows that the platform was gone, and was not asked for patience.
fn must_resume(stand: &Stand) -> bool {
    let waits = stand
        .kiosk()
        .is_some_and(|kiosk| kiosk.facts().is_ok_and(|facts| facts.waiting > 0));
    waits && stand.line.saw_it_gone() && stand.line.held_for() == Duration::ZERO
}

fn check_resumed(world: &World, number: usize) {
    let stand = &world.stands[number];
    let after = stand.line.resumed_after();
    if after.is_none_or(|after| after > RESUMES_WITHIN) {
        let when = after.map_or("not at all".to_owned(), |after| {
            format!("after {} ms", after.as_millis())
        });
        let what = format!(
            "{} sent leads {when}, not within 5 s of the platform being back",
            stand.id
        );
        world.common.chronicle.broken(what);
    }
}

/// What kiosks still have to do.
fn what_is_to_be_done(world: &World) -> Result<Vec<String>, Trouble> {
    let mut left = Vec::new();
    if world.common.late.is_any() {
        left.push("copies of requests are under way".to_owned());
    }
    let headquarters = &world.common.headquarters;
    let newest = headquarters.newest().map(|(version, _)| version);
    for stand in &world.stands {
        let Some(kiosk) = stand.kiosk() else { continue };
        let facts = kiosk.facts().map_err(Trouble::of)?;
        let settled = kiosk.erasures_settled().map_err(Trouble::of)?;
        let told = headquarters
            .with_store(|store| (store.newest_erasure(&stand.id), store.config_version(&stand.id)));
        let Some((Ok(erasures), Ok(configuration))) = told else {
            return Err(Trouble("the platform is away in the calm".to_owned()));
        };
        let report = Local::heartbeat(&**kiosk).map_err(Trouble::of)?;
        let tried = report.config_version == configuration || report.config_rejected == Some(configuration);
        let undone = [
            (facts.waiting > 0, "leads wait"),
            (report.set_aside > 0, "leads are set aside"),
            (facts.catalogue_version != newest, "an old catalogue is shown"),
            (facts.missing_pictures > 0, "pictures are missing"),
            (settled < erasures, "somebody is not forgotten"),
            (!tried, "a configuration was not tried"),
        ];
        let of_this = undone.into_iter().filter(|(is_left, _)| *is_left);
        left.extend(of_this.map(|(_, what)| format!("{} {what}", stand.id)));
    }
    Ok(left)
}

/// What lies on the disks when every program has ended.
pub async fn what_is_left(world: &mut World) -> Result<(), Trouble> {
    for stand in &world.stands {
        check_catalogue(world, stand)?;
        check_disk(world, stand);
        // As if it were killed now: what the database has not folded in yet is read too.
        stand.read_along()?;
    }
    for stand in &mut world.stands {
        stand.close().await?;
    }
    world.common.headquarters.stop();
    world.common.headquarters.start()?;
    for number in 0..world.stands.len() {
        check_kiosk(world, number)?;
    }
    check_platform(world)
}

/// What is shown is the newest signed catalogue to the row, with all its pictures.
fn check_catalogue(world: &World, stand: &Stand) -> Result<(), Trouble> {
    let (Some(kiosk), Some((version, content_sha256))) = (stand.kiosk(), world.common.headquarters.newest())
    else {
        return Ok(());
    };
    if shown_sha256(stand.folder())? != content_sha256 {
        let what = format!(
            "{} shows other rows than those signed as version {version}",
            stand.id
        );
        world.common.chronicle.broken(what);
    }
    match kiosk.verify() {
        Ok(verified) if verified.missing_pictures == 0 => {}
        Ok(_) => world
            .common
            .chronicle
            .broken(format!("{} has damaged pictures", stand.id)),
        Err(error) => world.common.chronicle.broken(format!("{}: {error}", stand.id)),
    }
    Ok(())
}

/// Leads can be taken, and the reserve is there for the next time that the disk is full.
fn check_disk(world: &World, stand: &Stand) {
    let is_open = stand.kiosk().is_some_and(|kiosk| kiosk.leads_open());
    if !is_open || !stand.folder().join(RESERVE).exists() {
        let what = format!("{} has room again and made no reserve", stand.id);
        world.common.chronicle.broken(what);
    }
}

/// No erased lead is on the kiosk, no lead is there that nobody left, and none is gone that may not go: all others lie
/// there as they were frozen.
fn check_kiosk(world: &World, number: usize) -> Result<(), Trouble> {
    let (stand, chronicle) = (&world.stands[number], &world.common.chronicle);
    let leads = Leads::open(stand.folder()).map_err(Trouble::of)?;
    let there = leads.of_day(None).map_err(Trouble::of)?;
    let there: BTreeMap<_, _> = there.into_iter().map(|lead| (lead.header.id, lead)).collect();
    let own: Vec<&Kept> = world.kept.iter().filter(|lead| lead.kiosk == number).collect();
    for lead in &own {
        match (there.get(&lead.id), stand.ledger.kept(lead.id)) {
            (Some(_), _) if lead.erased => {
                chronicle.broken(format!("{} is still on {}", lead.ticket, stand.id));
            }
            (Some(found), Some(frozen)) => {
                let is_same = found.header == frozen.header && found.sealed == frozen.sealed;
                if !is_same || found.sha256 != frozen.sha256 {
                    chronicle.broken(format!("{} was changed on {}", lead.ticket, stand.id));
                }
            }
            (None, _) if lead.erased => {}
            (None, _) if stand.ledger.has_aged(lead.id) => chronicle.count("leads gone by age", 1),
            (None, _) => chronicle.broken(format!("{} is gone from {}", lead.ticket, stand.id)),
            (Some(_), None) => chronicle.broken(format!("{} was not there at first", lead.ticket)),
        }
    }
    let known = there.keys().filter(|id| own.iter().any(|lead| lead.id == **id));
    if known.count() != there.len() {
        chronicle.broken(format!("{} holds a lead that nobody left", stand.id));
    }
    drop(leads);
    stand.read_along()
}

/// Every lead is at the platform once, its very bytes on the disk; none that was erased is.
fn check_platform(world: &World) -> Result<(), Trouble> {
    let (headquarters, chronicle) = (&world.common.headquarters, &world.common.chronicle);
    let read = headquarters
        .with_store(|store| Ok::<_, platform::store::StoreError>((store.leads()?, store.quarantine()?)));
    let (leads, aside): (Vec<LeadRow>, Vec<QuarantineRow>) = read
        .transpose()
        .map_err(Trouble::of)?
        .ok_or_else(|| Trouble("the platform is away".to_owned()))?;
    if !aside.is_empty() {
        chronicle.broken(format!("the platform could not read {} leads", aside.len()));
    }
    let mut by_phone: BTreeMap<&str, u32> = BTreeMap::new();
    for lead in &leads {
        *by_phone
            .entry(lead.phone.as_deref().unwrap_or_default())
            .or_default() += 1;
    }
    for lead in &world.kept {
        match (by_phone.remove(lead.phone.as_str()).unwrap_or(0), lead.erased) {
            (0, true) | (1, false) => {}
            (0, false) => chronicle.broken(format!("{} is lost", lead.ticket)),
            (_, true) => chronicle.broken(format!("{} is still at the platform", lead.ticket)),
            (times, false) => chronicle.broken(format!("{} is at the platform {times} times", lead.ticket)),
        }
    }
    if !by_phone.is_empty() {
        chronicle.broken("the platform holds a lead that nobody left");
    }
    check_bytes(world)
}

/// Sent once more to the platform that has started from its disk, every envelope is a duplicate.
fn check_bytes(world: &World) -> Result<(), Trouble> {
    let headquarters = &world.common.headquarters;
    let came = |lead: &Kept| {
        let came = headquarters.came(lead.id, 1)?;
        if world.stands[lead.kiosk].ledger.kept(lead.id).as_ref() != Some(&came) {
            let what = format!("{} came as something else than was kept", lead.ticket);
            world.common.chronicle.broken(what);
        }
        Some(came)
    };
    let sent = world.kept.iter().filter_map(came);
    let again: Vec<Received> = sent
        .map(|envelope| Received {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256,
            header: serde_json::to_string(&envelope.header).unwrap_or_default(),
            sealed: envelope.sealed,
            opened: Err("sent again by the simulation"),
        })
        .collect();
    let receipts = headquarters.with_store(|store| store.receive("K01", &again, headquarters.now()));
    let receipts = receipts.transpose().map_err(Trouble::of)?.unwrap_or_default();
    let duplicates = receipts
        .iter()
        .filter(|receipt| receipt.outcome == Outcome::Duplicate);
    if duplicates.count() != again.len() {
        world
            .common
            .chronicle
            .broken("the platform holds other bytes than were sent");
    }
    Ok(())
}
