//! One kiosk of a run: its machine, its disk, its line, and the program on it, which is started, stopped and torn down.

use crate::Trouble;
use crate::chance::Chance;
use crate::chronicle::Chronicle;
use crate::disk::Disk;
use crate::fixture::{Files, Fixture, read_files, write_files};
use crate::headquarters::Headquarters;
use crate::ledger::Ledger;
use crate::line::Line;
use crate::machine::{Bench, BenchClock, RESERVE, RESERVE_BYTES};
use crate::mutant::{self, Altered, Mutant};
use crate::stored::Stored;
use crate::watch::Watch;
use crate::wire::{Late, Wire};
use kiosk::Kiosk;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use sync::{Driver, Nudge, Platform};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// What all kiosks of a run share.
pub struct Common {
    /// The seed.
    pub seed: u64,
    /// What everything began with.
    pub fixture: Arc<Fixture>,
    /// The record.
    pub chronicle: Arc<Chronicle>,
    /// The platform.
    pub headquarters: Arc<Headquarters>,
    /// Who reads along.
    pub watch: Arc<Watch>,
    /// Copies of requests under way.
    pub late: Arc<Late>,
    /// The rule that is broken.
    pub mutant: Option<Mutant>,
}

/// One kiosk.
pub struct Stand {
    number: usize,
    /// Its identifier at the platform.
    pub id: String,
    folder: PathBuf,
    common: Arc<Common>,
    /// Its machine.
    pub bench: Arc<Bench>,
    /// Its line.
    pub line: Arc<Line>,
    /// Its disk.
    pub disk: Arc<Disk>,
    /// What it was left and may let go.
    pub ledger: Arc<Ledger>,
    program: Option<Program>,
    starts: u32,
}

/// The running program.
struct Program {
    kiosk: Arc<Kiosk>,
    driving: JoinHandle<()>,
    tending: JoinHandle<()>,
    nudges: mpsc::Sender<Nudge>,
    stop: oneshot::Sender<()>,
}

impl Stand {
    /// Puts a kiosk up and starts it.
    pub fn put_up(
        number: usize,
        folder: PathBuf,
        common: Arc<Common>,
        power_went: mpsc::UnboundedSender<usize>,
    ) -> Result<Self, Trouble> {
        let (id, files) = &common.fixture.kiosks[number];
        write_files(files, &folder)?;
        // The first one makes its reserve, the others have run before. Making one takes its time.
        if number > 0 {
            let reserve = File::create(folder.join(RESERVE)).map_err(Trouble::of)?;
            reserve.set_len(RESERVE_BYTES).map_err(Trouble::of)?;
        }
        let chance = Chance::of(common.seed, &format!("disk {number}"));
        let disk = Disk::new(number, chance, Arc::clone(&common.chronicle), power_went);
        let mut stand = Self {
            number,
            id: id.clone(),
            folder,
            common,
            bench: Arc::new(Bench::switch_on()),
            line: Arc::new(Line::new()),
            disk: Arc::new(disk),
            ledger: Arc::default(),
            program: None,
            starts: 0,
        };
        stand.start()?;
        Ok(stand)
    }

    /// The kiosk, while its program runs.
    pub fn kiosk(&self) -> Option<&Arc<Kiosk>> {
        self.program.as_ref().map(|program| &program.kiosk)
    }

    /// Which one it is.
    pub const fn number(&self) -> usize {
        self.number
    }

    /// The rule that its program breaks.
    pub fn mutant(&self) -> Option<Mutant> {
        self.common.mutant
    }

    /// The platform.
    pub fn headquarters(&self) -> &Headquarters {
        &self.common.headquarters
    }

    /// Its data folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    fn start(&mut self) -> Result<(), Trouble> {
        self.starts += 1;
        self.disk.has_power();
        self.line.forget();
        let machine: Arc<Bench> = Arc::clone(&self.bench);
        let kiosk = Arc::new(Kiosk::open(&self.folder, machine).map_err(Trouble::of)?);
        kiosk.begin_run().map_err(Trouble::of)?;
        let local = Stored {
            kiosk: Arc::clone(&kiosk),
            disk: Arc::clone(&self.disk),
            headquarters: Arc::clone(&self.common.headquarters),
            fixture: Arc::clone(&self.common.fixture),
            ledger: Arc::clone(&self.ledger),
            mutant: self.common.mutant,
        };
        let platform = Altered::new(self.wire(), self.common.mutant);
        let clock = BenchClock::start(Arc::clone(&self.bench), self.chance("clock"));
        let driver = Driver::new(Arc::new(platform), Arc::new(local), clock).map_err(Trouble::of)?;
        let (nudges, news) = mpsc::channel(8);
        let (stop, closing) = oneshot::channel();
        let driving = if self.common.mutant == Some(Mutant::WithoutTimer) {
            tokio::spawn(drive_by_nudges(driver, news))
        } else {
            tokio::spawn(driver.run(async { closing.await.unwrap_or(()) }, news))
        };
        self.program = Some(Program {
            tending: tokio::spawn(self.tend(&kiosk)),
            kiosk,
            driving,
            nudges,
            stop,
        });
        self.chores()
    }

    /// Tells the rounds that a lead was taken.
    pub fn nudge(&self) {
        if let Some(program) = &self.program {
            // A full line means that a nudge is under way.
            program.nudges.try_send(Nudge::NewLead).ok();
        }
    }

    /// A stream of chance of the present program.
    fn chance(&self, what: &str) -> Chance {
        Chance::of(
            self.common.seed,
            &format!("{what} {} {}", self.number, self.starts),
        )
    }

    fn wire(&self) -> Wire {
        Wire {
            kiosk: self.id.clone(),
            headquarters: Arc::clone(&self.common.headquarters),
            line: Arc::clone(&self.line),
            chronicle: Arc::clone(&self.common.chronicle),
            fixture: Arc::clone(&self.common.fixture),
            watch: Arc::clone(&self.common.watch),
            ledger: Arc::clone(&self.ledger),
            late: Arc::clone(&self.common.late),
            seed: self.common.seed,
            chance: Mutex::new(self.chance("wire")),
        }
    }

    /// Somebody closes the program and opens it again.
    pub async fn restart(&mut self) -> Result<(), Trouble> {
        self.close().await?;
        self.start()
    }

    /// Somebody closes the program.
    pub async fn close(&mut self) -> Result<(), Trouble> {
        if let Some(program) = self.program.take() {
            program.stop.send(()).ok();
            program.driving.abort();
            program.driving.await.ok();
            program.tending.abort();
            program.tending.await.ok();
            program.kiosk.end_run().map_err(Trouble::of)?;
            mutant::tidy_up(&self.folder);
        }
        Ok(())
    }

    /// Reads the disk along as it is at this moment, with whatever the database has not folded in yet.
    pub fn read_along(&self) -> Result<(), Trouble> {
        if self.common.watch.reads() {
            self.look_through(&read_files(&self.folder)?);
        }
        Ok(())
    }

    fn look_through(&self, files: &Files) {
        let gone = self.ledger.forgotten_bytes();
        self.common.watch.read_folder(files, &gone);
    }

    /// The power goes and comes back: what the disk holds at this moment is all that is left, and parts of downloads,
    /// which nobody synced, are damaged.
    pub async fn power_cut(&mut self) -> Result<(), Trouble> {
        let Some(program) = self.program.take() else {
            return self.start();
        };
        program.driving.abort();
        program.driving.await.ok();
        program.tending.abort();
        program.tending.await.ok();
        let mut files = read_files(&self.folder)?;
        if self.common.watch.reads() {
            let gone = self.ledger.forgotten_bytes().len() as u64;
            self.look_through(&files);
            self.common.chronicle.count("cuts read along", 1);
            self.common
                .chronicle
                .count("erased leads looked for at a cut", gone);
        }
        drop(program.kiosk);
        let (reserve, aside) = (self.folder.join(RESERVE), self.folder.with_extension(RESERVE));
        let has_reserve = fs::rename(&reserve, &aside).is_ok();
        fs::remove_dir_all(&self.folder).map_err(Trouble::of)?;
        for (place, bytes) in &mut files {
            if place.starts_with("parts") {
                bytes.fill(0);
                self.common.chronicle.count("parts damaged", 1);
            }
        }
        write_files(&files, &self.folder)?;
        if has_reserve {
            fs::rename(aside, reserve).map_err(Trouble::of)?;
        }
        self.bench.reboot();
        self.start()
    }
}

/// What a driver would be that only a new lead sets in motion.
async fn drive_by_nudges<P: Platform>(
    mut driver: Driver<P, Stored, BenchClock>,
    mut nudges: mpsc::Receiver<Nudge>,
) {
    while nudges.recv().await.is_some() {
        driver.once().await;
    }
}
