//! Attempts to leave the kiosk in its real window, in full screen and without a window manager: keys, clicks, drags, the
//! wheel, dropped files, requests of a window manager, and navigation by script. After each attempt one window must cover
//! the display, show our page and react to touch.
//!
//! `ESCAPE_ATTEMPTS` sets the number of attempts by input, spread evenly over all kinds; the default is 24.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod attempts;
mod scripts;

use acceptance::Failure;
use acceptance::display::{Display, Point, TopWindow};
use acceptance::programs::Kiosk;
use acceptance::recording::{Recorder, Recording};
use acceptance::running_kiosk::RunningKiosk;
use acceptance::screen::Screen;
use attempts::{Attempt, all_attempts};
use std::thread;
use std::time::{Duration, Instant};

/// Time for an attempt to take effect, such as to close the window.
const EFFECT_DURATION: Duration = Duration::from_millis(500);
/// Time for the program to undo a change of its window.
const WINDOW_TIMEOUT: Duration = Duration::from_secs(10);
/// Time for the home screen to appear after a touch.
const HOME_TIMEOUT: Duration = Duration::from_secs(4);
/// Time until a visit ends without input: idle time, countdown and start of the page.
const END_OF_VISIT_TIMEOUT: Duration = Duration::from_secs(90);
/// Interval between two looks at the windows.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The number of attempts by input.
fn attempt_count() -> usize {
    std::env::var("ESCAPE_ATTEMPTS").map_or(24, |count| count.parse().unwrap())
}

/// A visit that ends soon, because one is the way back from an unknown screen.
fn short_idle() -> impl Fn(String) -> String {
    |event: String| {
        event
            .replace("idle_seconds = 60", "idle_seconds = 30")
            .replace("countdown_seconds = 20", "countdown_seconds = 15")
    }
}

/// The program in full screen, with the visitor's home screen in front.
struct Attacked<'a> {
    screen: &'a Screen,
    kiosk: &'a Kiosk,
    program: RunningKiosk,
    recording: Recording,
    home_button: Point,
}

impl<'a> Attacked<'a> {
    async fn start(screen: &'a Screen, kiosk: &'a Kiosk) -> Result<Self, Failure> {
        let window = screen.open(kiosk).await?;
        let mut recorder = Recorder::start(&window).await?;
        recorder.touch("begin-fr").await?;
        let home_button = recorder.point_of("nav-home").await?;
        let recording = recorder.finish();
        window.close().await?;
        let mut program = screen.run(kiosk)?;
        program.explain(recording.repeat(screen.display(), 1))?;
        Ok(Self {
            screen,
            kiosk,
            program,
            recording,
            home_button,
        })
    }

    fn display(&self) -> &Display {
        self.screen.display()
    }

    /// The only window, which covers the display. Fails if that stays wrong.
    fn window(&self) -> Result<TopWindow, Failure> {
        let start = Instant::now();
        loop {
            match *self.display().windows_shown()? {
                [window] if window.area == self.display().area() => return Ok(window),
                ref windows if start.elapsed() > WINDOW_TIMEOUT => {
                    return Err(format!("the windows are {windows:?}").into());
                }
                _ => thread::sleep(POLL_INTERVAL),
            }
        }
    }

    /// Makes one attempt. Fails if it succeeds.
    fn attempt(&mut self, attempt: &Attempt) -> Result<(), Failure> {
        let window = self.window()?;
        self.display().focus(window)?;
        attempt.make(self.display(), window)?;
        thread::sleep(EFFECT_DURATION);
        self.program.check()?;
        self.window()?;
        self.return_home()
    }

    /// Goes to the home screen by touch. This works only if our page is shown and reacts.
    fn return_home(&self) -> Result<(), Failure> {
        let home = self.recording.view_after("begin-fr")?;
        let begin = self.recording.steps.first().ok_or("nothing was recorded")?;
        for _ in 0..3 {
            if home.wait(self.display(), "the home screen", HOME_TIMEOUT).is_ok() {
                return Ok(());
            }
            if self.recording.attract.is_shown(self.display())? {
                begin.touch(self.display())?;
            } else {
                self.display().touch(self.home_button)?;
            }
        }
        self.recording
            .attract
            .wait(self.display(), "the attract screen", END_OF_VISIT_TIMEOUT)?;
        begin.touch(self.display())?;
        home.wait(self.display(), "the home screen", END_OF_VISIT_TIMEOUT)
            .map(drop)
    }

    /// Starts the program again, so that one success does not hide others.
    fn restart(&mut self) -> Result<(), Failure> {
        // Two programs cannot share a data folder.
        self.program.kill()?;
        self.program = self.screen.run(self.kiosk)?;
        let repeated = self.recording.repeat(self.display(), 1);
        self.program.explain(repeated)
    }
}

async fn attack(width: u32, height: u32) {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_event(folder.path(), short_idle()).unwrap();
    let screen = Screen::start(width, height).unwrap();
    let mut attacked = Attacked::start(&screen, &kiosk).await.unwrap();
    let attempts = all_attempts(screen.display().area());
    let count = attempt_count().clamp(2, attempts.len());
    let mut successes = Vec::new();
    for index in 0..count {
        let attempt = &attempts[index * (attempts.len() - 1) / (count - 1)];
        if let Err(success) = attacked.attempt(attempt) {
            successes.push(format!("{attempt:?}: {success}"));
            attacked.restart().unwrap();
        }
    }
    assert!(
        successes.is_empty(),
        "{} of {count} attempts left the kiosk:\n{}",
        successes.len(),
        successes.join("\n")
    );
}

#[tokio::test]
async fn no_input_leaves_the_portrait_kiosk() {
    attack(1080, 1920).await;
}

#[tokio::test]
async fn no_input_leaves_the_landscape_kiosk() {
    attack(1920, 1080).await;
}
