//! One kiosk of a run: its machine, disk and network, and the program, which can be started, closed and killed.

use crate::checked_store::CheckedStore;
use crate::disk::Disk;
use crate::error::SimulationError;
use crate::expected_leads::ExpectedLeads;
use crate::fixture::{Files, read_files, write_files};
use crate::machine::{RESERVE_BYTES, RESERVE_FILE, SimulatedClock, SimulatedMachine};
use crate::maintenance;
use crate::mutant::Mutant;
use crate::mutant_kiosk;
use crate::mutant_platform::MutantPlatform;
use crate::network::SimulatedNetwork;
use crate::network_link::NetworkLink;
use crate::rng::SeededRng;
use crate::run_context::RunContext;
use expo_kiosk_core::{Kiosk, Machine};
use expo_sync::{Driver, LocalStore, Nudge, Platform};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// One kiosk.
pub struct SimulatedKiosk {
    identity: KioskIdentity,
    /// What all kiosks of the run share.
    pub context: Arc<RunContext>,
    /// Its machine.
    pub machine: Arc<SimulatedMachine>,
    /// The state of its network.
    pub link: Arc<NetworkLink>,
    /// Its disk.
    pub disk: Arc<Disk>,
    /// The leads that it must have.
    pub expected_leads: Arc<ExpectedLeads>,
    program: Option<Program>,
    starts: u32,
}

/// The fixed properties of a kiosk.
struct KioskIdentity {
    number: usize,
    id: String,
    folder: PathBuf,
}

/// The running program.
struct Program {
    kiosk: Arc<Kiosk>,
    sync_task: JoinHandle<()>,
    disk_task: JoinHandle<()>,
    nudges: mpsc::Sender<Nudge>,
    shutdown: oneshot::Sender<()>,
}

impl SimulatedKiosk {
    /// Sets up the kiosk `number` in a folder and starts its program.
    pub fn new(
        number: usize,
        folder: PathBuf,
        context: Arc<RunContext>,
        power_failures: mpsc::UnboundedSender<usize>,
    ) -> Result<Self, SimulationError> {
        let (id, files) = &context.fixture.kiosks[number];
        write_files(files, &folder)?;
        // The first kiosk makes its reserve file, which takes time. The others have one from an earlier run.
        if number > 0 {
            let reserve = File::create(folder.join(RESERVE_FILE)).map_err(SimulationError::new)?;
            reserve.set_len(RESERVE_BYTES).map_err(SimulationError::new)?;
        }
        let rng = SeededRng::new(context.seed, &format!("disk {number}"));
        let disk = Disk::new(number, rng, Arc::clone(&context.log), power_failures);
        let identity = KioskIdentity {
            number,
            id: id.clone(),
            folder,
        };
        let mut kiosk = Self {
            identity,
            context,
            machine: Arc::new(SimulatedMachine::boot()),
            link: Arc::new(NetworkLink::new()),
            disk: Arc::new(disk),
            expected_leads: Arc::default(),
            program: None,
            starts: 0,
        };
        kiosk.start()?;
        Ok(kiosk)
    }

    /// The kiosk, while its program runs.
    pub fn kiosk(&self) -> Option<&Arc<Kiosk>> {
        self.program.as_ref().map(|program| &program.kiosk)
    }

    /// Its number, counted from 0.
    pub const fn number(&self) -> usize {
        self.identity.number
    }

    /// Its identifier at the platform.
    pub fn id(&self) -> &str {
        &self.identity.id
    }

    /// Its data folder.
    pub fn folder(&self) -> &Path {
        &self.identity.folder
    }

    /// Whether its program breaks this rule.
    pub fn has(&self, mutant: Mutant) -> bool {
        self.context.mutant == Some(mutant)
    }

    fn start(&mut self) -> Result<(), SimulationError> {
        self.starts += 1;
        self.disk.restore_power();
        self.link.reset_outage();
        let machine: Arc<SimulatedMachine> = Arc::clone(&self.machine);
        let kiosk = Arc::new(Kiosk::open(self.folder(), machine).map_err(SimulationError::new)?);
        kiosk.begin_run().map_err(SimulationError::new)?;
        let store = CheckedStore {
            kiosk: Arc::clone(&kiosk),
            disk: Arc::clone(&self.disk),
            expected_leads: Arc::clone(&self.expected_leads),
            context: Arc::clone(&self.context),
        };
        let platform = MutantPlatform::new(self.network(), self.context.mutant);
        let clock = SimulatedClock::start(Arc::clone(&self.machine), self.rng("clock"));
        let driver = Driver::new(Arc::new(platform), Arc::new(store), clock).map_err(SimulationError::new)?;
        let (nudges, nudge_receiver) = mpsc::channel(8);
        let (shutdown, closing) = oneshot::channel();
        let sync_task = if self.has(Mutant::WithoutTimer) {
            tokio::spawn(run_on_nudges_only(driver, nudge_receiver))
        } else {
            tokio::spawn(driver.run(async { closing.await.unwrap_or(()) }, nudge_receiver))
        };
        let disk_task = if self.has(Mutant::SkipsDiskMaintenance) {
            tokio::spawn(std::future::ready(()))
        } else {
            tokio::spawn(maintenance::maintain_disk(
                Arc::clone(&kiosk),
                Arc::clone(&self.disk),
            ))
        };
        self.program = Some(Program {
            kiosk,
            sync_task,
            disk_task,
            nudges,
            shutdown,
        });
        self.clean_up()
    }

    /// Tells the sync driver that a lead was taken.
    pub fn nudge(&self) {
        if let Some(program) = &self.program {
            // If the channel is full, the driver has another nudge to read.
            program.nudges.try_send(Nudge::NewLead).ok();
        }
    }

    /// Deletes old leads and pictures, as the program does at its start and each hour.
    pub fn clean_up(&self) -> Result<(), SimulationError> {
        let Some(kiosk) = self.kiosk() else {
            return Ok(());
        };
        let report = kiosk.sync_port().heartbeat().map_err(SimulationError::new)?;
        let has_retention = self.context.platform.sets_retention(report.config_version);
        let count = self
            .expected_leads
            .on_retention(self.machine.now(), &report, has_retention);
        self.disk.log.count("leads past retention", count);
        maintenance::clean_up(kiosk, &self.disk);
        Ok(())
    }

    /// A stream of random numbers for the running program.
    fn rng(&self, name: &str) -> SeededRng {
        SeededRng::new(
            self.context.seed,
            &format!("{name} {} {}", self.number(), self.starts),
        )
    }

    fn network(&self) -> SimulatedNetwork {
        SimulatedNetwork {
            kiosk: self.id().to_owned(),
            context: Arc::clone(&self.context),
            link: Arc::clone(&self.link),
            expected_leads: Arc::clone(&self.expected_leads),
            rng: Mutex::new(self.rng("wire")),
        }
    }

    /// Closes the program and starts it again.
    pub async fn restart(&mut self) -> Result<(), SimulationError> {
        self.close().await?;
        self.start()
    }

    /// Closes the program.
    pub async fn close(&mut self) -> Result<(), SimulationError> {
        if let Some(program) = self.program.take() {
            program.shutdown.send(()).ok();
            program.sync_task.abort();
            program.sync_task.await.ok();
            program.disk_task.abort();
            program.disk_task.await.ok();
            program.kiosk.end_run().map_err(SimulationError::new)?;
            mutant_kiosk::remove_traces(self.folder());
        }
        Ok(())
    }

    /// Searches the data folder for personal data, including the write-ahead logs of the databases.
    pub fn check_privacy(&self) -> Result<(), SimulationError> {
        if self.context.privacy_watch.is_enabled() {
            self.check_files(&read_files(self.folder())?);
        }
        Ok(())
    }

    fn check_files(&self, files: &Files) {
        let erased = self.expected_leads.erased_bytes();
        self.context.privacy_watch.check_files(files, &erased);
    }

    /// Cuts the power and restores it. The program is killed, and the files stay as they are at this moment, except for
    /// partial downloads: the kiosk does not sync them to the disk, so their bytes are lost.
    pub async fn power_cut(&mut self) -> Result<(), SimulationError> {
        let Some(program) = self.program.take() else {
            return self.start();
        };
        program.sync_task.abort();
        program.sync_task.await.ok();
        program.disk_task.abort();
        program.disk_task.await.ok();
        let mut files = read_files(self.folder())?;
        let log = &self.context.log;
        if self.context.privacy_watch.is_enabled() {
            let erased = self.expected_leads.erased_bytes().len() as u64;
            self.check_files(&files);
            log.count("power cuts checked for personal data", 1);
            log.count("erased leads searched for after a power cut", erased);
        }
        drop(program.kiosk);
        let (reserve, moved) = (
            self.folder().join(RESERVE_FILE),
            self.folder().with_extension(RESERVE_FILE),
        );
        let has_reserve = fs::rename(&reserve, &moved).is_ok();
        fs::remove_dir_all(self.folder()).map_err(SimulationError::new)?;
        for (path, bytes) in &mut files {
            if path.starts_with("parts") {
                bytes.fill(0);
                log.count("partial downloads damaged", 1);
            }
        }
        write_files(&files, self.folder())?;
        if has_reserve {
            fs::rename(moved, reserve).map_err(SimulationError::new)?;
        }
        self.machine.reboot();
        self.start()
    }
}

/// A driver that does nothing until a lead is taken.
async fn run_on_nudges_only<P: Platform>(
    mut driver: Driver<P, CheckedStore, SimulatedClock>,
    mut nudges: mpsc::Receiver<Nudge>,
) {
    while nudges.recv().await.is_some() {
        driver.run_round().await;
    }
}
