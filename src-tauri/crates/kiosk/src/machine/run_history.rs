//! Starts and ends of the program and restarts of its pages, so that headquarters notice a kiosk that keeps crashing.
//! Must not know: who reports them.

use super::environment::Environment;
use crate::settings::PROGRAM_RUN;
use expo_store::{Leads, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// Somebody closed it.
    Clean,
    /// It crashed; the machine kept running.
    Crash,
    /// Another version was installed.
    Update,
    /// The machine was switched off.
    Power,
}

impl Exit {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Crash => "crash",
            Self::Update => "update",
            Self::Power => "power",
        }
    }
}

/// The current run of the program, or the last one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ProgramRun {
    /// Starts since the set-up, not counting the first.
    pub restarts: u32,
    /// How the previous run ended.
    pub last_exit: Option<Exit>,
    /// Restarts of pages since the set-up.
    pub page_restarts: u32,
    program: String,
    boot_id: String,
    #[serde(rename = "is_over")]
    has_ended: bool,
}

/// Records runs.
pub(crate) struct RunHistory {
    env: Environment,
    leads: Arc<Leads>,
}

impl RunHistory {
    pub fn new(env: Environment, leads: Arc<Leads>) -> Self {
        Self { env, leads }
    }

    /// Records a start of the program.
    pub fn begin(&self) -> Result<(), StoreError> {
        let previous: Option<ProgramRun> = self.leads.setting(PROGRAM_RUN)?;
        let mut run = ProgramRun {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            boot_id: self.env.machine().boot_id(),
            ..ProgramRun::default()
        };
        if let Some(previous) = previous {
            run.restarts = previous.restarts.saturating_add(1);
            run.page_restarts = previous.page_restarts;
            run.last_exit = Some(match &previous {
                previous if previous.program != run.program => Exit::Update,
                previous if previous.has_ended => Exit::Clean,
                previous if previous.boot_id != run.boot_id => Exit::Power,
                _ => Exit::Crash,
            });
        }
        self.leads.set(&[(PROGRAM_RUN, &run)])
    }

    /// Records that the page of a window was started again.
    pub fn record_page_restart(&self) -> Result<(), StoreError> {
        let mut run = self.current()?;
        run.page_restarts = run.page_restarts.saturating_add(1);
        self.leads.set(&[(PROGRAM_RUN, &run)])
    }

    /// Records a regular end of the program.
    pub fn end(&self) -> Result<(), StoreError> {
        let run = ProgramRun {
            has_ended: true,
            ..self.current()?
        };
        self.leads.set(&[(PROGRAM_RUN, &run)])
    }

    /// The current run, or the last one.
    pub fn current(&self) -> Result<ProgramRun, StoreError> {
        Ok(self.leads.setting(PROGRAM_RUN)?.unwrap_or_default())
    }
}
