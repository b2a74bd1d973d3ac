//! The kiosk's windows, operated by touch through WebDriver. Pictures come from the display. Nothing here waits for
//! animation frames, which the page may not get.

use crate::Failure;
use crate::display::{Display, Picture};
use crate::driver::Driver;
use crate::processes::{send_signal, with_argument};
use crate::programs::repository;
use crate::wait::{POLL_INTERVAL, SessionLost, UI_TIMEOUT, answered, eventually, retry};
use fantoccini::actions::{InputSource, PointerAction, TouchActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::Value;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Time limit for one call of the driver. It is longer than that of a script, which the driver ends itself.
const CALL_TIMEOUT: Duration = Duration::from_secs(150);
/// Time limit for a page in good health to answer, and to draw a frame.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(20);
/// Time limit for the display to stop changing. The pictures of the attract screen fade for 1.6 seconds.
const SETTLE_TIMEOUT: Duration = Duration::from_secs(3);
/// Time between two looks at an element that must not move.
const STILL_INTERVAL: Duration = Duration::from_millis(60);
/// Time for the staff window to open before the gesture is repeated.
const STAFF_WINDOW_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum number of times the gesture is made.
const MAX_GESTURE_ATTEMPTS: usize = 4;

/// Script that returns the point where a finger can touch an element, or the reason why it cannot. The element must be
/// in view, enabled and not covered. `covered` allows a covered element, as the hidden corners are. `share` is the share of
/// its width left of the point.
const TOUCH_POINT_SCRIPT: &str = "
    const [element, covered, share] = arguments;
    const middle = () => {
        const { top, bottom, left, right } = element.getBoundingClientRect();
        const inView = top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
        return { x: left + (right - left) * share, y: (top + bottom) / 2, inView };
    };
    const isFree = (over) => element.contains(over) || over?.contains(element);
    let { x, y, inView } = middle();
    let over = document.elementFromPoint(x, y);
    // A bar at the edge of the screen can cover an element that is in view.
    if (!inView || !(covered || isFree(over))) {
        element.scrollIntoView({ block: 'center', inline: 'center' });
        ({ x, y } = middle());
        over = document.elementFromPoint(x, y);
    }
    if (element.disabled) return 'it is disabled';
    if (covered || isFree(over)) return [x, y];
    return `it is covered by ${over?.outerHTML.slice(0, 120) ?? 'nothing'}`;";

/// Script that returns whether the page is loaded and shows a screen.
const IS_LOADED_SCRIPT: &str =
    "return document.readyState === 'complete' && 'screen' in document.body.dataset;";

/// Script that returns whether the page draws a frame within a time in milliseconds.
const FRAME_SCRIPT: &str = "
    const [limit, done] = arguments;
    requestAnimationFrame(() => done(true));
    setTimeout(() => done(false), limit);";

/// How a finger touches an element.
#[derive(Clone, Copy)]
struct Touch {
    duration: Duration,
    /// Whether the element may be covered.
    covered: bool,
    /// Share of the element's width left of the finger.
    share: f64,
}

/// A short touch in the middle.
const TAP: Touch = Touch {
    duration: Duration::from_millis(30),
    covered: false,
    share: 0.5,
};

/// The kiosk's windows, as a person in front of the screen uses them.
pub struct Window {
    client: Client,
    driver: Driver,
    display: Arc<Display>,
    folder: PathBuf,
    taps: AtomicUsize,
}

impl Window {
    pub(crate) fn new(client: Client, driver: Driver, display: Arc<Display>, folder: &Path) -> Self {
        Self {
            client,
            driver,
            display,
            folder: folder.to_owned(),
            taps: AtomicUsize::new(0),
        }
    }

    /// Number of touches so far, without typed characters. Scrolling counts nothing.
    pub fn taps(&self) -> usize {
        self.taps.load(Ordering::Relaxed)
    }

    /// The display that shows the window.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Fails with [`SessionLost`] unless display, program and page work and the page draws frames.
    pub async fn check(&self) -> Result<(), Failure> {
        self.display.check()?;
        let lost = |problem: &str| -> Failure {
            let seconds = HEALTH_TIMEOUT.as_secs();
            SessionLost(format!(
                "{problem} within {seconds} s; output: {}",
                self.driver.output()
            ))
            .into()
        };
        if with_argument("expo-kiosk", &self.folder)?.is_empty() {
            return Err(lost("the program does not run"));
        }
        let limit = HEALTH_TIMEOUT.as_millis() as u64;
        let frame = self.client.execute_async(FRAME_SCRIPT, vec![limit.into()]);
        match answered("does the page draw a frame?", HEALTH_TIMEOUT * 2, frame).await {
            Ok(Value::Bool(true)) => Ok(()),
            Ok(_) => Err(lost("the page draws no frame")),
            Err(failure) => Err(lost(&format!("the page does not answer ({failure})"))),
        }
    }

    /// Waits until the page is loaded. Calls have a short limit, so that a page that never answers is given up soon.
    pub(crate) async fn wait_until_loaded(&self) -> Result<(), Failure> {
        retry("the page does not load", UI_TIMEOUT, || async {
            let is_loaded = self.client.execute(IS_LOADED_SCRIPT, vec![]);
            match answered("is the page loaded?", HEALTH_TIMEOUT * 2, is_loaded).await? {
                Value::Bool(true) => Ok(()),
                _ => Err("it is loading".into()),
            }
        })
        .await
    }

    /// One call of the driver. `call` says what is asked.
    async fn ask<T>(
        &self,
        call: &str,
        answer: impl Future<Output = Result<T, CmdError>>,
    ) -> Result<T, Failure> {
        let answer = async { answer.await.map_err(|error| describe(call, &error)) };
        answered(call, CALL_TIMEOUT, answer).await
    }

    /// The first element of a CSS selector.
    pub(crate) async fn find(&self, css: &str) -> Result<Element, Failure> {
        self.ask("find an element", self.client.find(Locator::Css(css)))
            .await
    }

    /// Runs a script and returns its result. `call` says what is asked.
    pub(crate) async fn execute(
        &self,
        call: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Value, Failure> {
        self.ask(call, self.client.execute(script, arguments)).await
    }

    /// Waits until the element with a test id is visible, and returns it.
    pub async fn wait_for(&self, id: &str) -> Result<Element, Failure> {
        self.wait_for_css(&with_test_id(id)).await
    }

    /// Waits until the first element of a CSS selector is visible, and returns it.
    pub async fn wait_for_css(&self, css: &str) -> Result<Element, Failure> {
        let otherwise = format!("{css} does not appear");
        let element = retry(&otherwise, UI_TIMEOUT, || async {
            let element = self.find(css).await?;
            let is_displayed = element.is_displayed();
            let is_displayed = self.ask("is the element displayed?", is_displayed).await?;
            if is_displayed {
                Ok(element)
            } else {
                Err("it is not displayed".into())
            }
        });
        self.explain(element.await).await
    }

    /// Saves a picture of the display if the result is an error, and adds to the error where it is and whether the session
    /// still works.
    async fn explain<T>(&self, result: Result<T, Failure>) -> Result<T, Failure> {
        let failure = match result {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        let path = repository().join("target/failure.png");
        let picture = match self.display.picture().and_then(|picture| picture.save(&path)) {
            Ok(()) => format!("picture: {}", path.display()),
            Err(error) => format!("no picture: {error}"),
        };
        if failure.is::<SessionLost>() {
            return Err(
                SessionLost(format!("{failure}; {picture}; output: {}", self.driver.output())).into(),
            );
        }
        match self.check().await {
            Ok(()) => Err(format!("{failure}; {picture}").into()),
            Err(lost) => Err(SessionLost(format!("{failure}; {picture}; {lost}")).into()),
        }
    }

    /// Whether an element with a test id exists now.
    pub async fn has_element(&self, id: &str) -> bool {
        let found = self.client.find(Locator::Css(&with_test_id(id))).await;
        found.is_ok()
    }

    /// Touches the element with a test id.
    pub async fn touch(&self, id: &str) -> Result<(), Failure> {
        self.touch_css(&with_test_id(id)).await
    }

    /// Touches the first element of a CSS selector.
    pub async fn touch_css(&self, css: &str) -> Result<(), Failure> {
        self.tap(css, TAP).await
    }

    /// Touches the first element of a CSS selector with `share` of its width left of the finger.
    pub async fn touch_at(&self, css: &str, share: f64) -> Result<(), Failure> {
        self.tap(css, Touch { share, ..TAP }).await
    }

    /// Holds a finger on the element with a test id.
    pub async fn hold(&self, id: &str, duration: Duration) -> Result<(), Failure> {
        let hold = Touch {
            duration,
            covered: true,
            ..TAP
        };
        self.tap(&with_test_id(id), hold).await
    }

    /// Touches an element and counts it.
    async fn tap(&self, css: &str, touch: Touch) -> Result<(), Failure> {
        self.press(css, touch).await?;
        self.taps.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn press(&self, css: &str, touch: Touch) -> Result<(), Failure> {
        let otherwise = format!("cannot touch {css}");
        let touched = retry(&otherwise, UI_TIMEOUT, || async {
            let (x, y) = self.touch_point(css, touch).await?;
            let finger = TouchActions::new("finger".to_owned())
                .then(PointerAction::MoveTo { duration: None, x, y })
                .then(PointerAction::Down { button: 0 })
                .then(PointerAction::Pause {
                    duration: touch.duration,
                })
                .then(PointerAction::Up { button: 0 });
            self.ask("touch", self.client.perform_actions(finger)).await
        });
        self.explain(touched.await).await
    }

    /// Where a finger can touch the first element of a CSS selector. The element must not move between two looks.
    async fn touch_point(&self, css: &str, touch: Touch) -> Result<(f64, f64), Failure> {
        let element = self.find(css).await?;
        let arguments = vec![
            serde_json::to_value(&element)?,
            touch.covered.into(),
            touch.share.into(),
        ];
        let look = || self.execute("where is the element?", TOUCH_POINT_SCRIPT, arguments.clone());
        let before = look().await?;
        sleep(STILL_INTERVAL).await;
        let now = look().await?;
        match (now[0].as_f64(), now[1].as_f64()) {
            (Some(x), Some(y)) if now == before => Ok((x, y)),
            (Some(_), Some(_)) => Err("it moves".into()),
            _ => Err(now.as_str().unwrap_or("it is gone").into()),
        }
    }

    /// Types on the kiosk's on-screen keyboard.
    pub async fn type_text(&self, text: &str) -> Result<(), Failure> {
        for c in text.chars() {
            self.press(&with_test_id(&key_id(c)), TAP).await?;
        }
        Ok(())
    }

    /// Writes a text into a field at once, for texts that the on-screen keyboard has no keys for or that are many.
    pub async fn write_text(&self, id: &str, text: &str) -> Result<(), Failure> {
        let field = serde_json::to_value(self.wait_for(id).await?)?;
        let script = "const [field, text] = arguments;
            field.value = text;
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        self.execute("write a text", script, vec![field, text.into()])
            .await
            .map(drop)
    }

    /// Waits until the screen with this name is shown.
    pub async fn wait_for_screen(&self, screen: &str) -> Result<(), Failure> {
        self.wait_for_css(&format!("[data-screen=\"{screen}\"]"))
            .await
            .map(drop)
    }

    /// The text of the element with a test id.
    pub async fn text_of(&self, id: &str) -> Result<String, Failure> {
        let element = self.wait_for(id).await?;
        self.ask("the text of the element", element.text()).await
    }

    /// Evaluates JavaScript in the page and awaits its promise. Returns `{value}`, or `{error}` if the promise is rejected.
    pub async fn evaluate(&self, expression: &str) -> Result<Value, Failure> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve().then(() => {expression}).then(v => done({{ value: v ?? null }}), e => done({{ error: e?.code ?? String(e) }}));"
        );
        self.ask("evaluate a script", self.client.execute_async(&script, vec![]))
            .await
    }

    /// What [`Self::loaded_picture`] shows, as PNG.
    pub async fn screenshot_png(&self) -> Result<Vec<u8>, Failure> {
        self.loaded_picture().await?.png()
    }

    /// Saves a picture of the display once the page's fonts and visible images are loaded.
    pub async fn save_screenshot(&self, path: &Path) -> Result<(), Failure> {
        self.loaded_picture().await?.save(path)
    }

    /// What the display shows once the page's fonts and visible images are loaded.
    pub async fn loaded_picture(&self) -> Result<Picture, Failure> {
        // Fonts, counts and pictures may load one after the other. Images out of view are loaded lazily, so they are not
        // awaited.
        self.evaluate(
            "(async () => {
                const inView = (image) => {
                    const { top, bottom, left, right } = image.getBoundingClientRect();
                    return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
                };
                const loaded = (image) => image.complete ? null
                    : new Promise((done) => { image.onload = image.onerror = done; setTimeout(done, 3000); });
                for (let round = 0; round < 3; round += 1) {
                    await document.fonts.ready;
                    await Promise.all([...document.images].filter(inView).map(loaded));
                    await new Promise((done) => setTimeout(done, 400));
                }
            })()",
        )
        .await?;
        self.display.settled_picture(SETTLE_TIMEOUT)
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
                    return self
                        .ask("switch to a window", self.client.switch_to_window(staff))
                        .await;
                }
                sleep(POLL_INTERVAL).await;
            }
        }
        self.explain(Err("the staff window does not open".into())).await
    }

    /// Waits until the staff window closes and switches to the visitor window.
    pub async fn return_to_visitor_window(&self) -> Result<(), Failure> {
        let first = eventually("the staff window does not close", || async {
            let windows = self.client.windows().await.ok()?;
            (windows.len() == 1).then(|| windows.into_iter().next()).flatten()
        })
        .await?;
        self.ask("switch to a window", self.client.switch_to_window(first))
            .await
    }

    /// Kills the kiosk program, as a power cut does.
    pub fn kill(&self) -> Result<(), Failure> {
        let processes = with_argument("expo-kiosk", &self.folder)?;
        if processes.is_empty() {
            return Err("no running kiosk program to kill".into());
        }
        processes.into_iter().try_for_each(|pid| send_signal(pid, "KILL"))
    }

    /// Closes the program and waits for its end.
    pub async fn close(self) -> Result<(), Failure> {
        let closed = self.ask("close the session", self.client.clone().close()).await;
        let is_running = || with_argument("expo-kiosk", &self.folder).map_or(true, |pids| !pids.is_empty());
        eventually("the program does not end", || async {
            (!is_running()).then_some(())
        })
        .await?;
        closed
    }
}

fn with_test_id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// Test id of a key of the on-screen keyboard.
pub(crate) fn key_id(c: char) -> String {
    match c {
        ' ' => "key-space".to_owned(),
        c => format!("key-{}", c.to_lowercase()),
    }
}

/// The error of a call of the driver. `WebKitWebDriver` often gives a kind of error without a message.
fn describe(call: &str, error: &CmdError) -> Failure {
    match error {
        CmdError::Standard(error) => format!("{call}: {} {}", error.error, error.message)
            .trim()
            .to_owned()
            .into(),
        CmdError::Failed(_) | CmdError::FailedC(_) | CmdError::Lost(_) => {
            SessionLost(format!("{call}: {error}")).into()
        }
        error => format!("{call}: {error}").into(),
    }
}
