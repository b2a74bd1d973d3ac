//! One run: puts everything up, has the plan happen, lets calm return, and holds what is left against the promises.

use crate::chance::Chance;
use crate::chronicle::{Chronicle, Pages};
use crate::fixture::{Fixture, working_folder};
use crate::headquarters::Headquarters;
use crate::ledger::RETENTION_DAYS;
use crate::mutant::Mutant;
use crate::plan::{Act, Plan};
use crate::promises;
use crate::stand::{Common, Stand};
use crate::visitor::Kept;
use crate::watch::Watch;
use crate::wire::Late;
use crate::{Trouble, machine};
use jiff::SignedDuration;
use protocol::Configuration;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// How often is looked whether all is done.
const LOOK: Duration = Duration::from_secs(2);

/// Does the run of a seed, with everything as it should be or with a mutant in it.
pub fn run(fixture: &Arc<Fixture>, seed: u64, mutant: Option<Mutant>) -> Result<Pages, Trouble> {
    let folder = working_folder()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(Trouble::of)?;
    runtime.block_on(async {
        let mut world = World::put_up(fixture, seed, mutant, folder.path())?;
        world.live().await?;
        let pages = world.common.chronicle.close();
        Ok(pages)
    })
}

/// Everything of a run.
pub struct World {
    /// What its parts share.
    pub common: Arc<Common>,
    /// The kiosks.
    pub stands: Vec<Stand>,
    /// The leads that are on the disk of a kiosk, or must be, because their visitors were thanked.
    pub kept: Vec<Kept>,
    visitors: usize,
    plan: Plan,
    power_went: mpsc::UnboundedReceiver<usize>,
    began: Instant,
}

impl World {
    fn put_up(
        fixture: &Arc<Fixture>,
        seed: u64,
        mutant: Option<Mutant>,
        folder: &Path,
    ) -> Result<Self, Trouble> {
        let plan = Plan::draw(seed);
        let chronicle = Arc::new(Chronicle::begin());
        let headquarters = Headquarters::open(
            Arc::clone(fixture),
            Arc::clone(&chronicle),
            folder.join("platform"),
            mutant == Some(Mutant::AnswersBeforeCommit),
        )?;
        let common = Arc::new(Common {
            seed,
            fixture: Arc::clone(fixture),
            watch: Arc::new(Watch::new(Arc::clone(&chronicle), plan.watched)),
            chronicle,
            headquarters: Arc::new(headquarters),
            late: Arc::new(Late::default()),
            mutant,
        });
        let (sender, power_went) = mpsc::unbounded_channel();
        let stands = (0..plan.kiosks).map(|number| {
            let folder = folder.join(format!("kiosk-{number}"));
            Stand::put_up(number, folder, Arc::clone(&common), sender.clone())
        });
        Ok(Self {
            stands: stands.collect::<Result<_, _>>()?,
            common,
            kept: Vec::new(),
            visitors: 0,
            plan,
            power_went,
            began: Instant::now(),
        })
    }

    async fn live(&mut self) -> Result<(), Trouble> {
        for (at, act) in std::mem::take(&mut self.plan.acts) {
            self.wait_until(at).await?;
            self.act(act).await?;
            if self.common.chronicle.is_broken() {
                return Ok(());
            }
        }
        self.wait_until(self.plan.calm_at).await?;
        self.calm()?;
        promises::all_is_done_in_time(self, LOOK).await?;
        self.common
            .chronicle
            .count("virtual milliseconds", self.began.elapsed().as_millis() as u64);
        if !self.common.chronicle.is_broken() {
            promises::what_is_left(self).await?;
        }
        Ok(())
    }

    /// Lets time go by; where the power went meanwhile, it comes back.
    pub async fn wait_until(&mut self, at: Duration) -> Result<(), Trouble> {
        let until = self.began + at;
        loop {
            tokio::select! {
                biased;
                Some(kiosk) = self.power_went.recv() => {
                    self.stands[kiosk].power_cut().await?;
                }
                () = sleep_until(until) => return Ok(()),
            }
        }
    }

    /// Time since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    fn calm(&mut self) -> Result<(), Trouble> {
        self.common.chronicle.note("CALM");
        for stand in &self.stands {
            stand.disk.has_power();
            stand.line.calm();
        }
        self.requeue()
    }

    /// Staff of every kiosk have leads sent again that were set aside.
    pub fn requeue(&self) -> Result<(), Trouble> {
        for kiosk in self.stands.iter().filter_map(Stand::kiosk) {
            if !kiosk.set_aside_leads().map_err(Trouble::of)?.is_empty() {
                kiosk.requeue(None).map_err(Trouble::of)?;
            }
        }
        Ok(())
    }

    async fn act(&mut self, act: Act) -> Result<(), Trouble> {
        self.common.chronicle.note(format!("{act:?}"));
        match act {
            Act::Lead(kiosk, nudges) => {
                let taken = self.stands[kiosk].take_lead(self.visitors, nudges)?;
                self.kept.extend(taken);
                self.visitors += 1;
            }
            Act::Filter(kiosk) => self.stands[kiosk].line.filter(),
            Act::Weather(kiosk, sky) => self.stands[kiosk].line.set_sky(sky),
            Act::Restart(kiosk) => {
                self.common.chronicle.count("kiosk restarted", 1);
                self.stands[kiosk].restart().await?;
            }
            Act::PowerCut(kiosk) => {
                self.common.chronicle.count("power cut", 1);
                self.stands[kiosk].power_cut().await?;
            }
            Act::PowerCutAtCall(kiosk, calls) => self.stands[kiosk].disk.let_power_go(calls),
            act => {
                self.act_on_machine(act)?;
                self.act_of_platform(act)?;
            }
        }
        Ok(())
    }

    fn act_on_machine(&self, act: Act) -> Result<(), Trouble> {
        match act {
            Act::Clock(kiosk, hours) => {
                self.common.chronicle.count("clock set wrong", 1);
                self.stands[kiosk]
                    .bench
                    .set_clock(SignedDuration::from_hours(hours));
            }
            Act::DiskFails(kiosk, one_in) => self.stands[kiosk].disk.fail(Some(one_in)),
            Act::DiskFills(kiosk, free) => {
                self.common.chronicle.count("disk filled", 1);
                let stand = &self.stands[kiosk];
                stand.bench.set_free(free, stand.folder());
            }
            Act::DiskMended(kiosk) => {
                let stand = &self.stands[kiosk];
                stand.disk.fail(None);
                stand.bench.set_free(machine::PLENTY, stand.folder());
            }
            Act::Requeue(kiosk) => {
                if let Some(kiosk) = self.stands[kiosk].kiosk() {
                    kiosk.requeue(None).map_err(Trouble::of)?;
                }
            }
            Act::Chores(kiosk) => self.stands[kiosk].chores()?,
            _ => {}
        }
        Ok(())
    }

    fn act_of_platform(&mut self, act: Act) -> Result<(), Trouble> {
        let (chronicle, headquarters) = (&self.common.chronicle, &self.common.headquarters);
        match act {
            Act::PlatformStops => {
                chronicle.count("platform restarted", 1);
                headquarters.stop();
            }
            Act::PlatformStarts => headquarters.start()?,
            Act::Publish => {
                let published = headquarters.publish_next()?;
                chronicle.count("catalogues published", u64::from(published.is_some()));
            }
            Act::Configure(kiosk, seconds) => {
                let kiosk = kiosk.map(|kiosk| self.stands[kiosk].id.as_str());
                let make = |version| Configuration {
                    version,
                    stop: self.common.fixture.stop.clone(),
                    heartbeat_seconds: Some(seconds),
                    retention_days: Some(RETENTION_DAYS),
                };
                headquarters.configure(kiosk, make)?;
            }
            Act::Erase(which) => self.erase(which)?,
            _ => {}
        }
        Ok(())
    }

    /// A visitor asks to be forgotten, whether or not the lead has arrived.
    fn erase(&mut self, which: u64) -> Result<(), Trouble> {
        let headquarters = &self.common.headquarters;
        let remembered: Vec<usize> = (0..self.kept.len())
            .filter(|place| self.kept[*place].thanked && !self.kept[*place].erased)
            .collect();
        if remembered.is_empty() {
            return Ok(());
        }
        let place = remembered[Chance::of(which, "erase").index(remembered.len())];
        let lead: &mut Kept = &mut self.kept[place];
        let (kiosk, now) = (self.stands[lead.kiosk].id.as_str(), headquarters.now());
        let erased = headquarters.with_store(|store| store.erase(lead.id, Some(kiosk), now));
        if erased.transpose().map_err(Trouble::of)?.is_some() {
            lead.erased = true;
            self.common
                .chronicle
                .count("visitors who asked to be forgotten", 1);
            self.common
                .chronicle
                .note(format!("{} is to be forgotten", lead.ticket));
        }
        Ok(())
    }
}
