//! A `WebKitWebDriver` process. Must not know the kiosk or its pages.

use crate::Failure;
use crate::display::Display;
use crate::programs::free_port;
use crate::wait::{POLL_INTERVAL, SessionLost};
use std::fs::{self, File};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Time limit for the driver to listen.
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// Number of lines of the log that an error shows.
const LOG_LINES: usize = 12;

/// A running WebDriver; killed when dropped.
pub struct Driver {
    process: Child,
    port: u16,
    log: PathBuf,
}

impl Driver {
    /// Starts the driver on a display, with additional environment variables, and waits until it listens.
    pub async fn start(display: &Display, environment: &[(String, String)]) -> Result<Self, Failure> {
        let port = free_port()?;
        let log = display.file(&format!("driver-{port}.log"));
        let output = File::create(&log)?;
        let mut command = Command::new("WebKitWebDriver");
        let process = display
            .apply_to(&mut command)
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .map_err(|e| format!("WebKitWebDriver does not start: {e}; run 'make setup'"))?;
        let mut driver = Self { process, port, log };
        let start = Instant::now();
        // Another program may have taken the port in the meantime; then the driver ends.
        while driver.process.try_wait()?.is_none() && start.elapsed() < START_TIMEOUT {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(driver);
            }
            sleep(POLL_INTERVAL).await;
        }
        let output = driver.output();
        Err(SessionLost(format!(
            "WebKitWebDriver does not listen on port {port}; its output: {output}"
        ))
        .into())
    }

    /// Its base URL.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The last lines that the driver and the program printed.
    pub fn output(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let last = lines.len().saturating_sub(LOG_LINES);
        format!("{:?}", lines[last..].join("\n"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
