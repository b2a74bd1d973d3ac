//! The program in full screen, without WebDriver: as on a real kiosk.

use crate::Failure;
use crate::display::Display;
use crate::processes::{named, send_signal, tree};
use crate::programs::{Kiosk, program};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running program; killed when dropped.
pub struct RunningKiosk {
    process: Child,
    log: PathBuf,
}

impl RunningKiosk {
    /// Starts the program on a display, with additional environment variables.
    pub fn start(
        display: &Display,
        kiosk: &Kiosk,
        environment: &[(String, String)],
    ) -> Result<Self, Failure> {
        let log = display.file("program.log");
        let output = File::create(&log)?;
        let mut command = Command::new(program("expo-kiosk")?);
        let process = display
            .apply_to(&mut command)
            .arg("--data-dir")
            .arg(&kiosk.folder)
            .envs(environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()?;
        Ok(Self { process, log })
    }

    /// Fails if the program has ended.
    pub fn check(&mut self) -> Result<(), Failure> {
        match self.process.try_wait()? {
            None => Ok(()),
            Some(status) => {
                Err(format!("the program ended ({status}); its output: {:?}", self.output()).into())
            }
        }
    }

    /// Adds what the program printed to an error.
    pub fn explain<T>(&mut self, result: Result<T, Failure>) -> Result<T, Failure> {
        let failure = match result {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        self.check().map_err(|ended| format!("{failure}; {ended}"))?;
        Err(format!("{failure}; the program runs; its output: {:?}", self.output()).into())
    }

    /// What the program printed.
    pub fn output(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The processes that run the pages.
    pub fn web_processes(&self) -> Result<Vec<u32>, Failure> {
        Ok(named(&tree(self.process.id())?, "WebKitWebProcess"))
    }

    /// Kills the program, as a power cut does, and its processes, some of which may be stopped.
    pub fn kill(&mut self) -> Result<(), Failure> {
        let processes = tree(self.process.id())?;
        self.process.kill()?;
        self.process.wait()?;
        for pid in processes.into_iter().skip(1) {
            // Most end together with the program.
            let _ = send_signal(pid, "KILL");
        }
        Ok(())
    }
}

impl Drop for RunningKiosk {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
