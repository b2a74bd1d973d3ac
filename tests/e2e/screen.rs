//! A display of its own, the kiosk's windows on it, and fingers: WebDriver over WebKitGTK.

use crate::Failure;
use crate::programs::{Kiosk, free_port, program, repository};
use fantoccini::actions::{InputSource, PointerAction, TouchActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How long anything on the screen may take to appear, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a window may take to open before the gesture for it is made again.
const OPENING: Duration = Duration::from_secs(10);
/// How often the gesture is made.
const GESTURES: usize = 4;
/// How often it is looked for.
const LOOK: Duration = Duration::from_millis(50);

/// Whether a finger can touch an element: scrolled into reach, enabled, at rest, and nothing lies over it unless that
/// is meant, as for the hidden corners.
const READY: &str = "
    const [element, covered, done] = arguments;
    const box = () => element.getBoundingClientRect();
    const { top, bottom, left, right } = box();
    if (top < 0 || bottom > innerHeight || left < 0 || right > innerWidth)
        element.scrollIntoView({ block: 'center', inline: 'center' });
    const before = box();
    const look = () => {
        const now = box();
        const rests = before.x === now.x && before.y === now.y;
        const over = document.elementFromPoint(now.x + now.width / 2, now.y + now.height / 2);
        const free = covered || element.contains(over) || over?.contains(element);
        done(rests && !element.disabled && free ? [now.x + now.width / 2, now.y + now.height / 2] : null);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));";

/// A virtual display with a WebDriver on it.
pub struct Screen {
    display: Child,
    driver: Child,
    port: u16,
    number: String,
}

impl Screen {
    /// A screen of that many pixels.
    pub fn start(width: u32, height: u32) -> Result<Self, Failure> {
        let mut display = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("Xvfb does not start: {e}; run 'make setup'"))?;
        let mut number = String::new();
        BufReader::new(display.stdout.take().ok_or("no display")?).read_line(&mut number)?;
        let number = format!(":{}", number.trim());
        let port = free_port()?;
        let mut driver = Command::new("WebKitWebDriver");
        let driver = shown_on(&mut driver, &number)
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("WebKitWebDriver does not start: {e}; run 'make setup'"))?;
        Ok(Self {
            display,
            driver,
            port,
            number,
        })
    }

    /// Has a program that is about to start show its windows here, without a driver.
    pub fn show(&self, command: &mut Command) {
        shown_on(command, &self.number);
    }

    /// Opens the kiosk on this screen.
    pub async fn open(&self, kiosk: &Kiosk) -> Result<Window, Failure> {
        let options = json!({
            "binary": program("expo-kiosk")?,
            "args": ["--data-dir", kiosk.folder],
        });
        let timeouts = json!({ "script": PATIENCE.as_millis() as u64 });
        let capabilities = json!({ "webkitgtk:browserOptions": options, "timeouts": timeouts });
        let Value::Object(capabilities) = capabilities else {
            return Err("no capabilities".into());
        };
        let address = format!("http://127.0.0.1:{}", self.port);
        let start = Instant::now();
        loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => {
                    return Ok(Window {
                        client,
                        folder: kiosk.folder.display().to_string(),
                    });
                }
                Err(error) if start.elapsed() > PATIENCE => {
                    return Err(format!("no window on {}: {error}", self.number).into());
                }
                Err(_) => sleep(LOOK).await,
            }
        }
    }
}

/// No session bus and no portals: they would outlive the test.
fn shown_on<'a>(command: &'a mut Command, display: &str) -> &'a mut Command {
    command
        .env("DISPLAY", display)
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env("NO_AT_BRIDGE", "1")
        .env("GTK_USE_PORTAL", "0")
        .env_remove("WAYLAND_DISPLAY")
}

impl Drop for Screen {
    fn drop(&mut self) {
        for child in [&mut self.driver, &mut self.display] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The kiosk's windows, as somebody before them.
pub struct Window {
    client: Client,
    folder: String,
}

impl Window {
    /// The element with a test id, once it is there and can be seen.
    pub async fn see(&self, id: &str) -> Result<Element, Failure> {
        self.see_css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// The first element of a CSS selector, once it is there and can be seen.
    pub async fn see_css(&self, css: &str) -> Result<Element, Failure> {
        let otherwise = format!("nothing to see of {css}");
        let seen = eventually(&otherwise, || async {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            element.is_displayed().await.ok()?.then_some(element)
        });
        self.or_picture(seen.await).await
    }

    /// Adds to a failure a picture of what was shown instead.
    async fn or_picture<T>(&self, result: Result<T, Failure>) -> Result<T, Failure> {
        match result {
            Ok(value) => Ok(value),
            Err(failure) => {
                let path = repository().join("target/failure.png");
                let shown = self.client.screenshot().await?;
                std::fs::write(&path, shown)?;
                Err(format!("{failure}; what was shown: {}", path.display()).into())
            }
        }
    }

    /// Whether an element with a test id is there now.
    pub async fn has(&self, id: &str) -> bool {
        self.client
            .find(Locator::Css(&format!("[data-testid=\"{id}\"]")))
            .await
            .is_ok()
    }

    /// Touches the element with a test id.
    pub async fn touch(&self, id: &str) -> Result<(), Failure> {
        self.touch_css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// Touches the first element of a CSS selector.
    pub async fn touch_css(&self, css: &str) -> Result<(), Failure> {
        self.press(css, Duration::from_millis(30), false).await
    }

    /// Holds a finger on the element with a test id.
    pub async fn hold(&self, id: &str, how_long: Duration) -> Result<(), Failure> {
        self.press(&format!("[data-testid=\"{id}\"]"), how_long, true)
            .await
    }

    async fn press(&self, css: &str, how_long: Duration, covered: bool) -> Result<(), Failure> {
        let otherwise = format!("cannot touch {css}");
        let touched = eventually(&otherwise, || async {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            let argument = serde_json::to_value(&element).ok()?;
            let ready = self
                .client
                .execute_async(READY, vec![argument, covered.into()])
                .await
                .ok()?;
            let (x, y) = (ready[0].as_f64()?, ready[1].as_f64()?);
            let finger = TouchActions::new("finger".to_owned())
                .then(PointerAction::MoveTo { duration: None, x, y })
                .then(PointerAction::Down { button: 0 })
                .then(PointerAction::Pause { duration: how_long })
                .then(PointerAction::Up { button: 0 });
            self.client.perform_actions(finger).await.ok()
        });
        self.or_picture(touched.await).await
    }

    /// Types on the kiosk's own keyboard.
    pub async fn write(&self, text: &str) -> Result<(), Failure> {
        for c in text.chars() {
            match c {
                ' ' => self.touch("key-space").await?,
                c => {
                    let id = format!("key-{}", c.to_lowercase());
                    self.touch(&id).await?;
                }
            }
        }
        Ok(())
    }

    /// Waits until the screen of that name is shown.
    pub async fn on(&self, screen: &str) -> Result<(), Failure> {
        self.see_css(&format!("[data-screen=\"{screen}\"]"))
            .await
            .map(drop)
    }

    /// The words of the element with a test id.
    pub async fn words(&self, id: &str) -> Result<String, Failure> {
        Ok(self.see(id).await?.text().await?)
    }

    /// Runs JavaScript in the page and waits for the promise it makes; what is rejected comes back as `{error}`.
    pub async fn promise(&self, expression: &str) -> Result<Value, Failure> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve().then(() => {expression}).then(v => done({{ value: v ?? null }}), e => done({{ error: e?.code ?? String(e) }}));"
        );
        Ok(self.client.execute_async(&script, vec![]).await?)
    }

    /// What axe finds wrong with the page shown, one line a rule; every rule is on, contrast included.
    pub async fn accessibility(&self) -> Result<Vec<String>, Failure> {
        let axe = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(&axe).map_err(|e| format!("{}: {e}; run 'make ui'", axe.display()))?;
        self.client.execute(&axe, vec![]).await?;
        let found = self
            .promise(
                "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(
                    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary})`).join('; ')}`))",
            )
            .await?;
        lines(&found)
    }

    /// Controls whose words do not fit into them.
    pub async fn spills(&self) -> Result<Vec<String>, Failure> {
        let found = self
            .promise(
                "[...document.querySelectorAll('button, a, label')]
                    .filter((control) => control.checkVisibility() && control.scrollWidth > control.clientWidth + 1)
                    .map(({ dataset, textContent }) => `${dataset.testid ?? ''} ${textContent}`)",
            )
            .await?;
        lines(&found)
    }

    /// The page shown as PNG.
    pub async fn png(&self) -> Result<Vec<u8>, Failure> {
        Ok(self.client.screenshot().await?)
    }

    /// Writes a picture of what is shown.
    pub async fn picture(&self, path: &Path) -> Result<(), Failure> {
        // Fonts, counts and pictures of projects may still be on their way, one after the other. Those out of sight never set out.
        self.promise(
            "(async () => {
                const seen = (image) => {
                    const { top, bottom, left, right } = image.getBoundingClientRect();
                    return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
                };
                const settled = (image) => image.complete ? image.decode().catch(() => {})
                    : new Promise((done) => { image.onload = image.onerror = done; setTimeout(done, 3000); });
                for (let round = 0; round < 3; round += 1) {
                    await document.fonts.ready;
                    await Promise.all([...document.images].filter(seen).map(settled));
                    await new Promise((done) => setTimeout(done, 400));
                }
            })()",
        )
        .await?;
        std::fs::write(path, self.client.screenshot().await?)?;
        Ok(())
    }

    /// Opens the staff window by the hidden gesture and turns to it. A gesture that the page saw too late is made again.
    pub async fn enter_staff(&self) -> Result<(), Failure> {
        let visitors = self.client.window().await?;
        self.see_css("[data-testid^=\"begin-\"]").await?;
        for _ in 0..GESTURES {
            for corner in ["corner-start", "corner-end"] {
                self.hold(corner, Duration::from_secs(2)).await?;
            }
            let opening = Instant::now();
            while opening.elapsed() < OPENING {
                let windows = self.client.windows().await.unwrap_or_default();
                if let Some(staff) = windows.into_iter().find(|window| *window != visitors) {
                    return Ok(self.client.switch_to_window(staff).await?);
                }
                sleep(LOOK).await;
            }
        }
        self.or_picture(Err("the staff window does not open".into()))
            .await
    }

    /// Turns back to the first window.
    pub async fn back_to_visitors(&self) -> Result<(), Failure> {
        let first = eventually("the staff window does not close", || async {
            let windows = self.client.windows().await.ok()?;
            (windows.len() == 1).then(|| windows.into_iter().next()).flatten()
        })
        .await?;
        Ok(self.client.switch_to_window(first).await?)
    }

    /// Kills the program at once: no goodbye, as a power cut.
    pub fn kill(&self) -> Result<(), Failure> {
        let mut killed = 0;
        for entry in std::fs::read_dir("/proc")?.flatten() {
            let name = entry.file_name();
            let Some(pid) = name.to_str().filter(|n| n.bytes().all(|b| b.is_ascii_digit())) else {
                continue;
            };
            let command = std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
            let mut words = command.split('\0');
            let is_kiosk = words.next().is_some_and(|w| w.ends_with("expo-kiosk"));
            if is_kiosk && words.any(|w| w == self.folder) {
                Command::new("kill").args(["-KILL", pid]).status()?;
                killed += 1;
            }
        }
        if killed == 0 {
            Err("there is no program to kill".into())
        } else {
            Ok(())
        }
    }

    /// Closes the program.
    pub async fn close(self) -> Result<(), Failure> {
        Ok(self.client.close().await?)
    }
}

/// What a page found, line by line.
fn lines(found: &Value) -> Result<Vec<String>, Failure> {
    let lines = found["value"].as_array();
    let lines = lines.ok_or_else(|| format!("the page was not looked at: {found}"))?;
    Ok(lines
        .iter()
        .map(|line| line.as_str().unwrap_or_default().to_owned())
        .collect())
}

/// Asks again and again until there is an answer.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    otherwise: &str,
    mut ask: impl FnMut() -> F,
) -> Result<T, Failure> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(answer) = ask().await {
            return Ok(answer);
        }
        sleep(LOOK).await;
    }
    Err(otherwise.into())
}
