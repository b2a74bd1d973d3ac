//! Everything that takes part in a run, and how the actions of a plan change it. Must not know: the invariants.

use crate::error::SimulationError;
use crate::event_log::EventLog;
use crate::expected_leads::RETENTION_DAYS;
use crate::fixture::Fixture;
use crate::machine::AMPLE_DISK_BYTES;
use crate::mutant::Mutant;
use crate::plan::{Action, Plan};
use crate::privacy_watch::PrivacyWatch;
use crate::rng::SeededRng;
use crate::run_context::{DelayedCopies, RunContext};
use crate::simulated_kiosk::SimulatedKiosk;
use crate::simulated_platform::SimulatedPlatform;
use crate::visitor::StoredLead;
use expo_protocol::Configuration;
use jiff::SignedDuration;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// Everything that takes part in a run.
pub struct World {
    /// What all kiosks share.
    pub context: Arc<RunContext>,
    /// The kiosks.
    pub kiosks: Vec<SimulatedKiosk>,
    /// The leads that kiosks stored.
    pub leads: Vec<StoredLead>,
    visitors: usize,
    power_failures: mpsc::UnboundedReceiver<usize>,
    started: Instant,
}

impl World {
    /// Sets up the platform and the kiosks of a plan in a folder.
    pub fn new(
        fixture: &Arc<Fixture>,
        seed: u64,
        plan: &Plan,
        mutant: Option<Mutant>,
        folder: &Path,
    ) -> Result<Self, SimulationError> {
        let log = Arc::new(EventLog::start());
        let platform = SimulatedPlatform::open(
            Arc::clone(fixture),
            Arc::clone(&log),
            folder.join("platform"),
            mutant == Some(Mutant::AnswersBeforeCommit),
        )?;
        let context = Arc::new(RunContext {
            seed,
            fixture: Arc::clone(fixture),
            privacy_watch: PrivacyWatch::new(Arc::clone(&log), plan.checks_privacy),
            log,
            platform: Arc::new(platform),
            delayed_copies: Arc::new(DelayedCopies::default()),
            mutant,
        });
        let (sender, power_failures) = mpsc::unbounded_channel();
        let kiosks = (0..plan.kiosks).map(|number| {
            let folder = folder.join(format!("kiosk-{number}"));
            SimulatedKiosk::new(number, folder, Arc::clone(&context), sender.clone())
        });
        Ok(Self {
            kiosks: kiosks.collect::<Result<_, _>>()?,
            context,
            leads: Vec::new(),
            visitors: 0,
            power_failures,
            started: Instant::now(),
        })
    }

    /// Waits until this time of the run. A kiosk whose power fails is restarted at once.
    pub async fn wait_until(&mut self, at: Duration) -> Result<(), SimulationError> {
        let until = self.started + at;
        loop {
            tokio::select! {
                biased;
                Some(kiosk) = self.power_failures.recv() => {
                    self.kiosks[kiosk].power_cut().await?;
                }
                () = sleep_until(until) => return Ok(()),
            }
        }
    }

    /// Virtual time since the start of the run.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Ends all faults.
    pub fn end_faults(&mut self) -> Result<(), SimulationError> {
        self.context.log.note("ALL FAULTS END");
        for kiosk in &self.kiosks {
            kiosk.disk.restore_power();
            kiosk.link.end_faults();
        }
        self.requeue()
    }

    /// Staff of every kiosk queue all rejected leads again.
    pub fn requeue(&self) -> Result<(), SimulationError> {
        for kiosk in self.kiosks.iter().filter_map(SimulatedKiosk::kiosk) {
            if !kiosk.rejected_leads().map_err(SimulationError::new)?.is_empty() {
                kiosk.requeue(None).map_err(SimulationError::new)?;
            }
        }
        Ok(())
    }

    /// Carries out one action.
    pub async fn apply(&mut self, action: Action) -> Result<(), SimulationError> {
        let log = &self.context.log;
        log.note(format!("{action:?}"));
        match action {
            Action::TakeLead(kiosk, nudges) => {
                let stored = self.kiosks[kiosk].take_lead(self.visitors, nudges)?;
                self.leads.extend(stored);
                self.visitors += 1;
            }
            Action::FilterLead(kiosk) => self.kiosks[kiosk].link.arm_lead_filter(),
            Action::SetNetwork(kiosk, conditions) => self.kiosks[kiosk].link.set_conditions(conditions),
            Action::Restart(kiosk) => {
                log.count("kiosk restarted", 1);
                self.kiosks[kiosk].restart().await?;
            }
            Action::PowerCut(kiosk) => {
                log.count("power cut", 1);
                self.kiosks[kiosk].power_cut().await?;
            }
            Action::PowerCutAtCall(kiosk, call) => self.kiosks[kiosk].disk.fail_power_at(call),
            action => {
                self.apply_to_machine(action)?;
                self.apply_to_platform(action)?;
            }
        }
        Ok(())
    }

    fn apply_to_machine(&self, action: Action) -> Result<(), SimulationError> {
        match action {
            Action::SetClockError(kiosk, hours) => {
                self.context.log.count("clock set wrong", 1);
                self.kiosks[kiosk]
                    .machine
                    .set_clock_error(SignedDuration::from_hours(hours));
            }
            Action::FailDisk(kiosk, calls) => self.kiosks[kiosk].disk.fail_one_in(Some(calls)),
            Action::FillDisk(kiosk, free) => {
                self.context.log.count("disk filled", 1);
                let kiosk = &self.kiosks[kiosk];
                kiosk.machine.set_free(free, kiosk.folder());
            }
            Action::RepairDisk(kiosk) => {
                let kiosk = &self.kiosks[kiosk];
                kiosk.disk.fail_one_in(None);
                kiosk.machine.set_free(AMPLE_DISK_BYTES, kiosk.folder());
            }
            Action::Requeue(kiosk) => {
                if let Some(kiosk) = self.kiosks[kiosk].kiosk() {
                    kiosk.requeue(None).map_err(SimulationError::new)?;
                }
            }
            Action::Revise(kiosk, selection) => self.revise(kiosk, selection)?,
            Action::CleanUp(kiosk) => self.kiosks[kiosk].clean_up()?,
            _ => {}
        }
        Ok(())
    }

    fn apply_to_platform(&mut self, action: Action) -> Result<(), SimulationError> {
        let (log, platform) = (&self.context.log, &self.context.platform);
        match action {
            Action::StopPlatform => {
                log.count("platform restarted", 1);
                platform.stop();
            }
            Action::StartPlatform => platform.start()?,
            Action::Publish => {
                let published = platform.publish_next()?;
                log.count("catalogues published", u64::from(published.is_some()));
            }
            Action::Configure(kiosk, seconds) => {
                let kiosk = kiosk.map(|kiosk| self.kiosks[kiosk].id());
                let make = |version| Configuration {
                    version,
                    stop: self.context.fixture.stop.clone(),
                    heartbeat_seconds: Some(seconds),
                    retention_days: Some(RETENTION_DAYS),
                };
                platform.configure(kiosk, make)?;
            }
            Action::Erase(selection) => self.erase(selection)?,
            _ => {}
        }
        Ok(())
    }

    /// Staff rate one lead of a kiosk.
    fn revise(&self, kiosk: usize, selection: u64) -> Result<(), SimulationError> {
        let of_kiosk: Vec<&StoredLead> = self.leads.iter().filter(|lead| lead.kiosk == kiosk).collect();
        if of_kiosk.is_empty() {
            return Ok(());
        }
        let index = SeededRng::new(selection, "revise").index(of_kiosk.len());
        self.kiosks[kiosk].revise_lead(of_kiosk[index])
    }

    /// Headquarters order the erasure of one confirmed lead, whether or not it has arrived at the platform.
    fn erase(&mut self, selection: u64) -> Result<(), SimulationError> {
        let platform = &self.context.platform;
        let candidates: Vec<usize> = (0..self.leads.len())
            .filter(|index| self.leads[*index].is_confirmed && !self.leads[*index].is_erased)
            .collect();
        if candidates.is_empty() {
            return Ok(());
        }
        let index = candidates[SeededRng::new(selection, "erase").index(candidates.len())];
        let lead: &mut StoredLead = &mut self.leads[index];
        let (kiosk, now) = (self.kiosks[lead.kiosk].id(), platform.now());
        let erased = platform.with_store(|store| store.erase(lead.id, Some(kiosk), now));
        if erased.transpose().map_err(SimulationError::new)?.is_some() {
            lead.is_erased = true;
            self.context.log.count("erasures ordered", 1);
            self.context
                .log
                .note(format!("the erasure of {} is ordered", lead.ticket));
        }
        Ok(())
    }
}
