//! One kiosk of a run: its machine, its disk, its line, and the program on it, which is started, stopped and torn down.

use crate::Trouble;
use crate::chance::Chance;
use crate::chronicle::Chronicle;
use crate::disk::Disk;
use crate::fixture::{Fixture, read_files, write_files};
use crate::headquarters::Headquarters;
use crate::line::Line;
use crate::machine::{Bench, BenchClock};
use crate::mutant::{Altered, Mutant};
use crate::stored::Stored;
use crate::watch::{NAME, PHONE, Watch};
use crate::wire::{Late, Wire};
use domain::lead::Consents;
use domain::{Lang, LeadDraft};
use kiosk::{Kiosk, KioskError};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use sync::{Driver, Nudge, Platform};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use uuid::Uuid;

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

/// A lead whose visitor was thanked.
#[derive(Debug, Clone)]
pub struct Thanked {
    /// Its identifier.
    pub id: Uuid,
    /// Its ticket.
    pub ticket: String,
    /// Its telephone number, which nobody else has.
    pub phone: String,
    /// The kiosk that took it.
    pub kiosk: usize,
    /// Whether its visitor asked to be forgotten.
    pub erased: bool,
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
    program: Option<Program>,
    starts: u32,
}

/// The running program.
struct Program {
    kiosk: Arc<Kiosk>,
    driving: JoinHandle<()>,
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
            kiosk,
            driving,
            nudges,
            stop,
        });
        Ok(())
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
            program.kiosk.end_run().map_err(Trouble::of)?;
        }
        Ok(())
    }

    /// The power goes and comes back: what the disk holds at this moment is all that is left, and parts of downloads,
    /// which nobody synced, are damaged.
    pub async fn power_cut(&mut self) -> Result<(), Trouble> {
        let Some(program) = self.program.take() else {
            return self.start();
        };
        program.driving.abort();
        program.driving.await.ok();
        let mut files = read_files(&self.folder)?;
        drop(program.kiosk);
        fs::remove_dir_all(&self.folder).map_err(Trouble::of)?;
        for (place, bytes) in &mut files {
            if place.starts_with("parts") {
                bytes.fill(0);
                self.common.chronicle.count("parts damaged", 1);
            }
        }
        write_files(&files, &self.folder)?;
        self.bench.reboot();
        self.start()
    }

    /// A visitor asks to be called back, and is thanked; or nobody is, because the kiosk says that it cannot.
    pub fn take_lead(&self, number: usize, nudges: bool) -> Result<Option<Thanked>, Trouble> {
        let Some(program) = self.program.as_ref().filter(|program| program.kiosk.leads_open()) else {
            self.common.chronicle.count("visitors sent away", 1);
            return Ok(None);
        };
        let phone = format!("{PHONE}{number:05}");
        let thanks = program.kiosk.take_lead(&draft(number, &phone));
        let thanks = thanks.map_err(|error: KioskError| Trouble::of(error))?;
        self.common.chronicle.count("leads", 1);
        self.common
            .chronicle
            .note(format!("{} thanks for {}", self.id, thanks.ticket));
        if nudges {
            // A full line means that a nudge is under way.
            program.nudges.try_send(Nudge::NewLead).ok();
        }
        Ok(Some(Thanked {
            id: thanks.id.parse().map_err(Trouble::of)?,
            ticket: thanks.ticket,
            phone,
            kiosk: self.number,
            erased: false,
        }))
    }
}

/// An invented visitor. Names hold no digits, so the number is spelt.
fn draft(number: usize, phone: &str) -> LeadDraft {
    let spelt: String = format!("{number:04}")
        .bytes()
        .map(|digit| char::from(b'a' + (digit - b'0')))
        .collect();
    LeadDraft {
        name: format!("Test {NAME} {spelt}"),
        phone: Some(phone.to_owned()),
        language: Some([Lang::Fr, Lang::Ar, Lang::En][number % 3]),
        consents: Consents {
            call: true,
            ..Consents::default()
        },
        ..LeadDraft::default()
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
