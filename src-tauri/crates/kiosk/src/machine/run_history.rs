//! Starts and ends of the program, so that headquarters see a kiosk that keeps falling over.

use crate::settings::RUN;
use crate::{Kiosk, KioskError};
use serde::{Deserialize, Serialize};

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// Somebody closed it.
    Clean,
    /// It ended by itself; the machine went on.
    Crash,
    /// Another version was installed.
    Update,
    /// The machine went off.
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

/// The present run of the program, or the last one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Run {
    /// Starts since the kiosk was set up, the first not counted.
    pub restarts: u32,
    /// How the run before ended.
    pub last_exit: Option<Exit>,
    program: String,
    boot_id: String,
    is_over: bool,
}

impl Kiosk {
    /// Notes that the kiosk opens.
    pub fn begin_run(&self) -> Result<(), KioskError> {
        let before: Option<Run> = self.leads.setting(RUN)?;
        let mut run = Run {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            boot_id: self.machine.boot_id(),
            ..Run::default()
        };
        if let Some(before) = before {
            run.restarts = before.restarts.saturating_add(1);
            run.last_exit = Some(match &before {
                before if before.program != run.program => Exit::Update,
                before if before.is_over => Exit::Clean,
                before if before.boot_id != run.boot_id => Exit::Power,
                _ => Exit::Crash,
            });
        }
        Ok(self.leads.set(&[(RUN, &run)])?)
    }

    /// Notes that the kiosk closes.
    pub fn end_run(&self) -> Result<(), KioskError> {
        let run = Run {
            is_over: true,
            ..self.run()?
        };
        Ok(self.leads.set(&[(RUN, &run)])?)
    }

    pub(crate) fn run(&self) -> Result<Run, KioskError> {
        Ok(self.leads.setting(RUN)?.unwrap_or_default())
    }
}
