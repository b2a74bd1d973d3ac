//! The peer: Chromium in kiosk mode on a virtual display, with a local server in place of the shell.

use crate::machine::children_of;
use crate::{Failure, peers};
use acceptance::display::Display;
use acceptance::programs::free_port;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Time limit for Chromium to start.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A running Chromium.
pub struct Chromium {
    /// Its version, as it prints it.
    pub version: String,
    client: Client,
    _profile: TempDir,
    driver: u32,
    server: u32,
    children: Vec<Child>,
    _display: Display,
}

impl Chromium {
    /// Opens the built windows with the data folder `data`, on a display of `width` × `height` pixels.
    pub async fn open(data: &Path, (width, height): (u32, u32)) -> Result<Self, Failure> {
        let version = peers::install_debian("chromium", "chromium", &["--version"])?;
        peers::install_debian("chromedriver", "chromium-driver", &["--version"])?;
        let display = Display::start(width.try_into()?, height.try_into()?)?;
        let mut server = Command::new(std::env::current_exe()?);
        let (server, address) = start_and_read_line(server.arg("--serve").arg(data))?;
        let port = free_port()?;
        let driver = display
            .apply_to(&mut Command::new("chromedriver"))
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let profile = tempfile::tempdir()?;
        let mut arguments = vec![
            "--kiosk".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-gpu".to_owned(),
            "--touch-events=enabled".to_owned(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        if crate::machine::version("id", &["-u"]).as_deref() == Some("0") {
            arguments.push("--no-sandbox".to_owned());
        }
        let options = json!({ "goog:chromeOptions": { "args": arguments } });
        let (driver_process, server_process) = (driver.id(), server.id());
        let children = vec![driver, server];
        let client = connect(port, options).await;
        let mut chromium = Self {
            version,
            client: client?,
            _profile: profile,
            driver: driver_process,
            server: server_process,
            children,
            _display: display,
        };
        if let Err(error) = chromium.client.goto(&address).await {
            chromium.kill_processes();
            return Err(error.into());
        }
        Ok(chromium)
    }

    /// Evaluates JavaScript in the page and awaits its promise. Returns `{value}` or `{error}`.
    pub async fn evaluate(&self, expression: &str) -> Result<Value, Failure> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve().then(() => {expression}).then(v => done({{ value: v ?? null }}), e => done({{ error: String(e) }}));"
        );
        Ok(self.client.execute_async(&script, Vec::new()).await?)
    }

    /// The browser processes started by the driver, and the server.
    pub fn processes(&self) -> Result<Vec<u32>, Failure> {
        let mut all = children_of(self.driver)?;
        if all.is_empty() {
            return Err("Chromium has ended".into());
        }
        all.push(self.server);
        Ok(all)
    }

    /// Closes the browser.
    pub async fn close(self) -> Result<(), Failure> {
        Ok(self.client.clone().close().await?)
    }

    fn kill_processes(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.kill_processes();
    }
}

async fn connect(port: u16, options: Value) -> Result<Client, Failure> {
    let Value::Object(capabilities) = options else {
        return Err("no capabilities".into());
    };
    let address = format!("http://127.0.0.1:{port}");
    let start = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(capabilities.clone()).connect(&address).await {
            Ok(client) => return Ok(client),
            Err(error) if start.elapsed() > START_TIMEOUT => {
                return Err(format!("Chromium does not start: {error}").into());
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Starts a program and returns the first line that it prints.
fn start_and_read_line(command: &mut Command) -> Result<(Child, String), Failure> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    if line.trim().is_empty() {
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!("{} does not start", command.get_program().to_string_lossy()).into());
    }
    Ok((child, line.trim().to_owned()))
}
