//! The invariants that hold after all faults have ended: work is done in bounded time, and all data is where it must
//! be. The bounds are those of docs/sync.md.

use crate::checked_store::shown_sha256;
use crate::error::SimulationError;
use crate::machine::RESERVE_FILE;
use crate::network::RESPONSE_TIMEOUT;
use crate::simulated_kiosk::SimulatedKiosk;
use crate::visitor::StoredLead;
use crate::world::World;
use expo_platform::store::{LeadRow, QuarantineRow, ReceivedEnvelope};
use expo_protocol::Outcome;
use expo_store::Leads;
use expo_sync::{LocalStore, MAX_BACKOFF};
use std::collections::BTreeMap;
use std::time::Duration;

/// After an outage that a kiosk observed, it sends leads within this time (docs/sync.md, "Waiting").
const RESUME_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest time between two heartbeats: that of a quiet kiosk (docs/sync.md, "Sequence"). Every configuration of a run
/// sets less.
const MAX_HEARTBEAT_INTERVAL: Duration = Duration::from_mins(2);
/// Duration of all requests together under good conditions.
const REQUESTS_DURATION: Duration = Duration::from_mins(1);
/// All work is done within this time, counted from the end of every `Retry-After`. A request that was sent before may
/// reach its timeout; failed work waits for its longest back-off; then a heartbeat announces new work, and a second one
/// announces an erasure that follows from the first.
const COMPLETION_TIMEOUT: Duration = RESPONSE_TIMEOUT
    .saturating_add(MAX_BACKOFF)
    .saturating_add(MAX_HEARTBEAT_INTERVAL.saturating_mul(2))
    .saturating_add(REQUESTS_DURATION);

/// Kiosks that observed an outage send leads in time, and all work is done in bounded time.
pub async fn check_work_is_done_in_time(
    world: &mut World,
    check_interval: Duration,
) -> Result<(), SimulationError> {
    let faults_ended_at = world.elapsed();
    let mut deadline = faults_ended_at + COMPLETION_TIMEOUT;
    let mut resuming: Vec<usize> = (0..world.kiosks.len())
        .filter(|number| must_resume(&world.kiosks[*number]))
        .collect();
    loop {
        for remaining in world
            .kiosks
            .iter()
            .map(|kiosk| kiosk.link.remaining_retry_after())
        {
            if remaining > Duration::ZERO {
                deadline = deadline.max(world.elapsed() + remaining + COMPLETION_TIMEOUT);
            }
        }
        world.wait_until(world.elapsed() + check_interval).await?;
        resuming.retain(|number| !world.kiosks[*number].link.was_told_to_wait());
        if world.elapsed() > faults_ended_at + RESUME_TIMEOUT {
            for number in &resuming {
                check_resumed(world, *number);
            }
        }
        if world.context.log.has_violation() {
            return Ok(());
        }
        // A request that was sent before the faults ended may still be refused: staff queue its leads again.
        world.requeue()?;
        let remaining = remaining_work(world)?;
        if remaining.is_empty() && world.elapsed() > faults_ended_at + RESUME_TIMEOUT {
            world
                .context
                .log
                .count("resumptions checked", resuming.len() as u64);
            return Ok(());
        }
        if world.elapsed() > deadline {
            let seconds = world.elapsed().saturating_sub(faults_ended_at).as_secs();
            world.context.log.violated(format!(
                "work remains {seconds} s after the faults ended: {}",
                remaining.join(", ")
            ));
            return Ok(());
        }
    }
}

/// Whether a kiosk has leads to send, knows of an outage, and was not told to wait.
fn must_resume(kiosk: &SimulatedKiosk) -> bool {
    let has_waiting_leads = kiosk
        .kiosk()
        .is_some_and(|kiosk| kiosk.sync_port().facts().is_ok_and(|facts| facts.waiting > 0));
    has_waiting_leads && kiosk.link.saw_outage() && kiosk.link.remaining_retry_after() == Duration::ZERO
}

fn check_resumed(world: &World, number: usize) {
    let kiosk = &world.kiosks[number];
    let after = kiosk.link.resumed_after();
    if after.is_none_or(|after| after > RESUME_TIMEOUT) {
        let when = after.map_or("never".to_owned(), |after| {
            format!("after {} ms", after.as_millis())
        });
        world.context.log.violated(format!(
            "{} sent leads {when}, not within 5 s after the outage ended",
            kiosk.id()
        ));
    }
}

/// The work that kiosks still have to do.
fn remaining_work(world: &World) -> Result<Vec<String>, SimulationError> {
    let mut remaining = Vec::new();
    if world.context.delayed_copies.is_any() {
        remaining.push("copies of requests have not arrived".to_owned());
    }
    let platform = &world.context.platform;
    let newest = platform.newest().map(|(version, _)| version);
    for simulated in &world.kiosks {
        let Some(kiosk) = simulated.kiosk() else {
            continue;
        };
        let id = simulated.id();
        let facts = kiosk.sync_port().facts().map_err(SimulationError::new)?;
        let settled = kiosk
            .sync_port()
            .last_settled_erasure()
            .map_err(SimulationError::new)?;
        let announced = platform.with_store(|store| (store.newest_erasure(id), store.config_version(id)));
        let Some((Ok(erasures), Ok(configuration))) = announced else {
            return Err(SimulationError(
                "the platform is down after the faults ended".to_owned(),
            ));
        };
        let report = kiosk.sync_port().heartbeat().map_err(SimulationError::new)?;
        let is_configured =
            report.config_version == configuration || report.config_rejected == Some(configuration);
        let checks = [
            (facts.waiting > 0, "leads are waiting"),
            (report.rejected > 0, "leads are rejected"),
            (facts.catalogue_version != newest, "an old catalogue is shown"),
            (facts.missing_pictures > 0, "pictures are missing"),
            (settled < erasures, "an erasure is not settled"),
            (!is_configured, "a configuration was not tried"),
        ];
        let of_this_kiosk = checks.into_iter().filter(|(remains, _)| *remains);
        remaining.extend(of_this_kiosk.map(|(_, text)| format!("{id}: {text}")));
    }
    Ok(remaining)
}

/// Catalogues, reserve files and leads are right on the disks of all kiosks and of the platform.
pub async fn check_final_state(world: &mut World) -> Result<(), SimulationError> {
    for kiosk in &world.kiosks {
        check_catalogue(world, kiosk)?;
        check_reserve(world, kiosk);
        // Before the program closes, so that the write-ahead logs are searched too.
        kiosk.check_privacy()?;
    }
    for kiosk in &mut world.kiosks {
        kiosk.close().await?;
    }
    world.context.platform.stop();
    world.context.platform.start()?;
    for number in 0..world.kiosks.len() {
        check_leads_of_kiosk(world, number)?;
    }
    check_leads_of_platform(world)
}

/// The kiosk shows exactly the rows of the newest signed catalogue, and has all its pictures.
fn check_catalogue(world: &World, simulated: &SimulatedKiosk) -> Result<(), SimulationError> {
    let (Some(kiosk), Some((version, content_sha256))) = (simulated.kiosk(), world.context.platform.newest())
    else {
        return Ok(());
    };
    let (log, id) = (&world.context.log, simulated.id());
    if shown_sha256(simulated.folder())? != content_sha256 {
        log.violated(format!(
            "{id} shows rows that are not those signed as version {version}"
        ));
    }
    match kiosk.verify() {
        Ok(verified) if verified.missing_pictures == 0 => {}
        Ok(_) => log.violated(format!("{id} has damaged pictures")),
        Err(error) => log.violated(format!("{id}: {error}")),
    }
    Ok(())
}

/// The kiosk takes leads, and has a reserve file for the next time that the disk is full.
fn check_reserve(world: &World, simulated: &SimulatedKiosk) {
    let is_open = simulated.kiosk().is_some_and(|kiosk| kiosk.can_take_leads());
    if !is_open || !simulated.folder().join(RESERVE_FILE).exists() {
        world.context.log.violated(format!(
            "{} has free disk space and no reserve file",
            simulated.id()
        ));
    }
}

/// The kiosk has exactly its own leads, as they were stored, except those that are erased or deleted by retention.
fn check_leads_of_kiosk(world: &World, number: usize) -> Result<(), SimulationError> {
    let (kiosk, log) = (&world.kiosks[number], &world.context.log);
    let id = kiosk.id();
    let leads = Leads::open(kiosk.folder()).map_err(SimulationError::new)?;
    let present = leads.envelopes_of_day(None).map_err(SimulationError::new)?;
    let present: BTreeMap<_, _> = present.into_iter().map(|lead| (lead.header.id, lead)).collect();
    let own: Vec<&StoredLead> = world.leads.iter().filter(|lead| lead.kiosk == number).collect();
    for lead in &own {
        let ticket = &lead.ticket;
        let stored = kiosk.expected_leads.stored(lead.id);
        let revisions = leads.revisions_of(lead.id).map_err(SimulationError::new)?;
        if !revisions.is_empty() && revisions.len() != stored.len() {
            log.violated(format!("{ticket} lacks a revision on {id}"));
        }
        match (present.get(&lead.id), stored.last()) {
            (Some(_), _) if lead.is_erased => log.violated(format!("{ticket} is erased and still on {id}")),
            (Some(found), Some(stored)) => {
                let is_same = found.header == stored.header && found.sealed == stored.sealed;
                if !is_same || found.sha256 != stored.sha256 {
                    log.violated(format!("{ticket} was changed on {id}"));
                }
            }
            (None, _) if lead.is_erased => {}
            (None, _) if kiosk.expected_leads.is_past_retention(lead.id) => {
                log.count("leads deleted by retention", 1);
            }
            (None, _) => log.violated(format!("{ticket} is missing on {id}")),
            (Some(_), None) => log.violated(format!("{ticket} was not on the disk when it was taken")),
        }
    }
    let known = present.keys().filter(|id| own.iter().any(|lead| lead.id == **id));
    if known.count() != present.len() {
        log.violated(format!("{id} has a lead that no visitor left"));
    }
    drop(leads);
    kiosk.check_privacy()
}

/// The platform has every lead once, with the right bytes, and no erased lead.
fn check_leads_of_platform(world: &World) -> Result<(), SimulationError> {
    let (platform, log) = (&world.context.platform, &world.context.log);
    let read = platform.with_store(|store| {
        Ok::<_, expo_platform::store::StoreError>((
            (store.leads()?, store.lead_revisions()?),
            store.quarantine()?,
        ))
    });
    let ((leads, revisions), quarantined): ((Vec<LeadRow>, Vec<LeadRow>), Vec<QuarantineRow>) = read
        .transpose()
        .map_err(SimulationError::new)?
        .ok_or_else(|| SimulationError("the platform is down".to_owned()))?;
    if !quarantined.is_empty() {
        log.violated(format!("the platform cannot read {} leads", quarantined.len()));
    }
    let mut by_phone: BTreeMap<&str, u32> = BTreeMap::new();
    for lead in &leads {
        *by_phone
            .entry(lead.phone.as_deref().unwrap_or_default())
            .or_default() += 1;
    }
    for lead in &world.leads {
        let ticket = &lead.ticket;
        match (by_phone.remove(lead.phone.as_str()).unwrap_or(0), lead.is_erased) {
            (0, true) | (1, false) => {}
            (0, false) => log.violated(format!("{ticket} is lost")),
            (_, true) => log.violated(format!("{ticket} is erased and still at the platform")),
            (times, false) => log.violated(format!("{ticket} is at the platform {times} times")),
        }
    }
    if !by_phone.is_empty() {
        log.violated("the platform has a lead that no visitor left");
    }
    check_revisions_at_platform(world, &revisions);
    check_bytes_at_platform(world)
}

/// The platform has every revision that a kiosk stored exactly once.
fn check_revisions_at_platform(world: &World, revisions: &[LeadRow]) {
    for lead in world.leads.iter().filter(|lead| !lead.is_erased) {
        let id = lead.id.to_string();
        let mut found: Vec<u32> = revisions
            .iter()
            .filter(|row| row.id == id)
            .map(|row| row.revision)
            .collect();
        found.sort_unstable();
        let stored = world.kiosks[lead.kiosk].expected_leads.stored(lead.id);
        let expected: Vec<u32> = stored.iter().map(|envelope| envelope.header.revision).collect();
        if found != expected {
            world.context.log.violated(format!(
                "the platform has the revisions {found:?} of {}, not {expected:?}",
                lead.ticket
            ));
        }
    }
}

/// The platform, restarted from its disk, answers `duplicate` to every envelope that it received before.
fn check_bytes_at_platform(world: &World) -> Result<(), SimulationError> {
    let (platform, log) = (&world.context.platform, &world.context.log);
    let received = |lead: &StoredLead| {
        let stored = world.kiosks[lead.kiosk]
            .expected_leads
            .stored(lead.id)
            .into_iter();
        let received = stored.filter_map(|stored| {
            let received = platform.received(lead.id, stored.header.revision)?;
            if stored != received {
                log.violated(format!(
                    "{} was sent with other bytes than it is stored",
                    lead.ticket
                ));
            }
            Some(received)
        });
        received.collect::<Vec<_>>()
    };
    let envelopes = world.leads.iter().flat_map(received);
    let again: Vec<ReceivedEnvelope> = envelopes
        .map(|envelope| ReceivedEnvelope {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256,
            header: serde_json::to_string(&envelope.header).unwrap_or_default(),
            sealed: envelope.sealed,
            opened: Err("sent again by the simulation"),
        })
        .collect();
    let inserted = platform.with_store(|store| store.insert_envelopes("K01", &again, platform.now()));
    let inserted = inserted
        .transpose()
        .map_err(SimulationError::new)?
        .unwrap_or_default();
    let duplicates = inserted
        .receipts
        .iter()
        .filter(|receipt| receipt.outcome == Outcome::Duplicate);
    if duplicates.count() != again.len() {
        log.violated("the platform has other bytes than it received");
    }
    Ok(())
}
