//! A virtual display on which the kiosk's windows are opened, with or without WebDriver.

pub use crate::wait::eventually;
pub use crate::window::Window;

use crate::Failure;
use crate::display::Display;
use crate::driver::Driver;
use crate::processes::{send_signal, with_argument};
use crate::programs::{Kiosk, program};
use crate::running_kiosk::RunningKiosk;
use crate::wait::{UI_TIMEOUT, answered};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::Write;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// Maximum number of sessions that are opened until one works.
const MAX_SESSION_ATTEMPTS: usize = 3;
/// Time limit for the driver to start the program and reach its page.
const SESSION_TIMEOUT: Duration = Duration::from_mins(1);

/// A virtual display and the environment of the programs on it.
pub struct Screen {
    display: Arc<Display>,
    environment: Vec<(String, String)>,
}

impl Screen {
    /// Starts a display of `width` × `height` pixels.
    pub fn start(width: u32, height: u32) -> Result<Self, Failure> {
        Ok(Self {
            display: Arc::new(Display::start(width.try_into()?, height.try_into()?)?),
            environment: Vec::new(),
        })
    }

    /// Sets an environment variable of the programs that are opened.
    #[must_use]
    pub fn with_environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The display.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Lets a command show its windows on this display.
    pub fn use_for(&self, command: &mut Command) {
        self.display.apply_to(command);
    }

    /// Opens the kiosk on this screen, in full screen and without WebDriver.
    pub fn run(&self, kiosk: &Kiosk) -> Result<RunningKiosk, Failure> {
        RunningKiosk::start(&self.display, kiosk, &self.environment)
    }

    /// Opens the kiosk on this screen with WebDriver. A session that does not work is closed and opened again.
    pub async fn open(&self, kiosk: &Kiosk) -> Result<Window, Failure> {
        let mut attempt = 1;
        loop {
            let failure = match self.try_open(kiosk).await {
                Ok(window) => return Ok(window),
                Err(failure) => format!("session {attempt} on {}: {failure}", self.display.name()),
            };
            for pid in with_argument("expo-kiosk", &kiosk.folder)? {
                // It may end at the same moment.
                let _ = send_signal(pid, "KILL");
            }
            if attempt == MAX_SESSION_ATTEMPTS {
                return Err(failure.into());
            }
            let _ = writeln!(std::io::stderr().lock(), "{failure}; trying again");
            attempt += 1;
        }
    }

    async fn try_open(&self, kiosk: &Kiosk) -> Result<Window, Failure> {
        self.display.check()?;
        let driver = Driver::start(&self.display, &self.environment).await?;
        let options = json!({
            "binary": program("expo-kiosk")?,
            "args": ["--data-dir", kiosk.folder],
        });
        let timeouts = json!({ "script": UI_TIMEOUT.as_millis() as u64 });
        let capabilities = json!({ "webkitgtk:browserOptions": options, "timeouts": timeouts });
        let Value::Object(capabilities) = capabilities else {
            return Err("no capabilities".into());
        };
        let address = driver.address();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let opened = answered("open a session", SESSION_TIMEOUT, builder.connect(&address)).await;
        match opened {
            Ok(client) => {
                let window = Window::new(client, driver, Arc::clone(&self.display), &kiosk.folder);
                window.wait_until_loaded().await?;
                window.check().await?;
                Ok(window)
            }
            Err(failure) => {
                self.display.check()?;
                Err(format!("{failure}; output: {}", driver.output()).into())
            }
        }
    }
}
