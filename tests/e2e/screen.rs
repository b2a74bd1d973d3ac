//! A virtual display with the kiosk's windows, operated by touch through WebDriver and WebKitGTK.

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

/// Time limit for anything to appear on the screen. Generous, because the machine may be busy.
const UI_TIMEOUT: Duration = Duration::from_mins(2);
/// Time for the staff window to open before the gesture is repeated.
const STAFF_WINDOW_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum number of times the gesture is made.
const MAX_GESTURE_ATTEMPTS: usize = 4;
/// Interval between two checks of the screen.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Script that returns the point where a finger can touch an element, or null. The element must be in view, enabled,
/// not moving, and not covered. `covered` allows a covered element, as the hidden corners are.
const TOUCH_POINT_SCRIPT: &str = "
    const [element, covered, done] = arguments;
    const box = () => element.getBoundingClientRect();
    const { top, bottom, left, right } = box();
    if (top < 0 || bottom > innerHeight || left < 0 || right > innerWidth)
        element.scrollIntoView({ block: 'center', inline: 'center' });
    const before = box();
    const check = () => {
        const now = box();
        const still = before.x === now.x && before.y === now.y;
        const over = document.elementFromPoint(now.x + now.width / 2, now.y + now.height / 2);
        const free = covered || element.contains(over) || over?.contains(element);
        done(still && !element.disabled && free ? [now.x + now.width / 2, now.y + now.height / 2] : null);
    };
    requestAnimationFrame(() => requestAnimationFrame(check));";

/// A virtual display with a WebDriver on it.
pub struct Screen {
    display: Child,
    driver: Child,
    port: u16,
    number: String,
}

impl Screen {
    /// Starts a display of `width` × `height` pixels.
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
        let driver = on_display(&mut driver, &number)
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

    /// Lets a command show its windows on this display, without WebDriver.
    pub fn use_for(&self, command: &mut Command) {
        on_display(command, &self.number);
    }

    /// Opens the kiosk on this screen.
    pub async fn open(&self, kiosk: &Kiosk) -> Result<Window, Failure> {
        let options = json!({
            "binary": program("expo-kiosk")?,
            "args": ["--data-dir", kiosk.folder],
        });
        let timeouts = json!({ "script": UI_TIMEOUT.as_millis() as u64 });
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
                Err(error) if start.elapsed() > UI_TIMEOUT => {
                    return Err(format!("no window on {}: {error}", self.number).into());
                }
                Err(_) => sleep(POLL_INTERVAL).await,
            }
        }
    }
}

/// Sets the environment of a program for a display. It gets no session bus and no portals, which would outlive the test.
fn on_display<'a>(command: &'a mut Command, display: &str) -> &'a mut Command {
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

/// The kiosk's windows, as a person in front of the screen uses them.
pub struct Window {
    client: Client,
    folder: String,
}

impl Window {
    /// Waits until the element with a test id is visible, and returns it.
    pub async fn wait_for(&self, id: &str) -> Result<Element, Failure> {
        self.wait_for_css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// Waits until the first element of a CSS selector is visible, and returns it.
    pub async fn wait_for_css(&self, css: &str) -> Result<Element, Failure> {
        let otherwise = format!("{css} does not appear");
        let element = eventually(&otherwise, || async {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            element.is_displayed().await.ok()?.then_some(element)
        });
        self.with_screenshot(element.await).await
    }

    /// Saves a screenshot if the result is an error, and adds its path to the error.
    async fn with_screenshot<T>(&self, result: Result<T, Failure>) -> Result<T, Failure> {
        match result {
            Ok(value) => Ok(value),
            Err(failure) => {
                let path = repository().join("target/failure.png");
                std::fs::write(&path, self.client.screenshot().await?)?;
                Err(format!("{failure}; screenshot: {}", path.display()).into())
            }
        }
    }

    /// Whether an element with a test id exists now.
    pub async fn has_element(&self, id: &str) -> bool {
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
    pub async fn hold(&self, id: &str, duration: Duration) -> Result<(), Failure> {
        self.press(&format!("[data-testid=\"{id}\"]"), duration, true)
            .await
    }

    async fn press(&self, css: &str, duration: Duration, covered: bool) -> Result<(), Failure> {
        let otherwise = format!("cannot touch {css}");
        let touched = eventually(&otherwise, || async {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            let argument = serde_json::to_value(&element).ok()?;
            let point = self
                .client
                .execute_async(TOUCH_POINT_SCRIPT, vec![argument, covered.into()])
                .await
                .ok()?;
            let (x, y) = (point[0].as_f64()?, point[1].as_f64()?);
            let finger = TouchActions::new("finger".to_owned())
                .then(PointerAction::MoveTo { duration: None, x, y })
                .then(PointerAction::Down { button: 0 })
                .then(PointerAction::Pause { duration })
                .then(PointerAction::Up { button: 0 });
            self.client.perform_actions(finger).await.ok()
        });
        self.with_screenshot(touched.await).await
    }

    /// Types on the kiosk's on-screen keyboard.
    pub async fn type_text(&self, text: &str) -> Result<(), Failure> {
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

    /// Waits until the screen with this name is shown.
    pub async fn wait_for_screen(&self, screen: &str) -> Result<(), Failure> {
        self.wait_for_css(&format!("[data-screen=\"{screen}\"]"))
            .await
            .map(drop)
    }

    /// The text of the element with a test id.
    pub async fn text_of(&self, id: &str) -> Result<String, Failure> {
        Ok(self.wait_for(id).await?.text().await?)
    }

    /// Evaluates JavaScript in the page and awaits its promise. Returns `{value}`, or `{error}` if the promise is rejected.
    pub async fn evaluate(&self, expression: &str) -> Result<Value, Failure> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve().then(() => {expression}).then(v => done({{ value: v ?? null }}), e => done({{ error: e?.code ?? String(e) }}));"
        );
        Ok(self.client.execute_async(&script, vec![]).await?)
    }

    /// Accessibility violations that axe finds in the page, one line per rule. All rules are on, including contrast.
    pub async fn accessibility_violations(&self) -> Result<Vec<String>, Failure> {
        let axe = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(&axe).map_err(|e| format!("{}: {e}; run 'make ui'", axe.display()))?;
        self.client.execute(&axe, vec![]).await?;
        let found = self
            .evaluate(
                "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(
                    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary})`).join('; ')}`))",
            )
            .await?;
        lines(&found)
    }

    /// Controls whose text does not fit into them.
    pub async fn overflowing_controls(&self) -> Result<Vec<String>, Failure> {
        let found = self
            .evaluate(
                "[...document.querySelectorAll('button, a, label')]
                    .filter((control) => control.checkVisibility() && control.scrollWidth > control.clientWidth + 1)
                    .map(({ dataset, textContent }) => `${dataset.testid ?? ''} ${textContent}`)",
            )
            .await?;
        lines(&found)
    }

    /// A screenshot of the page, as PNG.
    pub async fn screenshot_png(&self) -> Result<Vec<u8>, Failure> {
        Ok(self.client.screenshot().await?)
    }

    /// Saves a screenshot of the page once its fonts and visible images are loaded.
    pub async fn save_screenshot(&self, path: &Path) -> Result<(), Failure> {
        // Fonts, counts and pictures may load one after the other. Images out of view are loaded lazily, so they are not
        // awaited.
        self.evaluate(
            "(async () => {
                const inView = (image) => {
                    const { top, bottom, left, right } = image.getBoundingClientRect();
                    return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
                };
                const loaded = (image) => image.complete ? image.decode().catch(() => {})
                    : new Promise((done) => { image.onload = image.onerror = done; setTimeout(done, 3000); });
                for (let round = 0; round < 3; round += 1) {
                    await document.fonts.ready;
                    await Promise.all([...document.images].filter(inView).map(loaded));
                    await new Promise((done) => setTimeout(done, 400));
                }
            })()",
        )
        .await?;
        std::fs::write(path, self.client.screenshot().await?)?;
        Ok(())
    }

    /// Opens the staff window with the hidden gesture and switches to it. Repeats the gesture if the page missed it.
    pub async fn open_staff_window(&self) -> Result<(), Failure> {
        let visitors = self.client.window().await?;
        self.wait_for_css("[data-testid^=\"begin-\"]").await?;
        for _ in 0..MAX_GESTURE_ATTEMPTS {
            for corner in ["corner-start", "corner-end"] {
                self.hold(corner, Duration::from_secs(2)).await?;
            }
            let start = Instant::now();
            while start.elapsed() < STAFF_WINDOW_TIMEOUT {
                let windows = self.client.windows().await.unwrap_or_default();
                if let Some(staff) = windows.into_iter().find(|window| *window != visitors) {
                    return Ok(self.client.switch_to_window(staff).await?);
                }
                sleep(POLL_INTERVAL).await;
            }
        }
        self.with_screenshot(Err("the staff window does not open".into()))
            .await
    }

    /// Waits until the staff window closes and switches to the visitor window.
    pub async fn return_to_visitor_window(&self) -> Result<(), Failure> {
        let first = eventually("the staff window does not close", || async {
            let windows = self.client.windows().await.ok()?;
            (windows.len() == 1).then(|| windows.into_iter().next()).flatten()
        })
        .await?;
        Ok(self.client.switch_to_window(first).await?)
    }

    /// Kills the kiosk program, as a power cut does.
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
            Err("no running kiosk program to kill".into())
        } else {
            Ok(())
        }
    }

    /// Closes the program.
    pub async fn close(self) -> Result<(), Failure> {
        Ok(self.client.close().await?)
    }
}

/// The strings in the value of an evaluated script.
fn lines(found: &Value) -> Result<Vec<String>, Failure> {
    let lines = found["value"].as_array();
    let lines = lines.ok_or_else(|| format!("the script failed: {found}"))?;
    Ok(lines
        .iter()
        .map(|line| line.as_str().unwrap_or_default().to_owned())
        .collect())
}

/// Polls until `check` returns a value. Fails with `otherwise` after [`UI_TIMEOUT`].
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    otherwise: &str,
    mut check: impl FnMut() -> F,
) -> Result<T, Failure> {
    let start = Instant::now();
    while start.elapsed() < UI_TIMEOUT {
        if let Some(value) = check().await {
            return Ok(value);
        }
        sleep(POLL_INTERVAL).await;
    }
    Err(otherwise.into())
}
