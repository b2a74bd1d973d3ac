//! A visit that is recorded once, with the help of WebDriver, and then repeated on a display by mouse and pictures alone.
//! Recording uses the mouse of the display too, so that both give the same pictures.

use crate::Failure;
use crate::display::{Area, Display, Point, Thumbnail};
use crate::place::Place;
use crate::programs::repository;
use crate::wait::{UI_TIMEOUT, retry};
use crate::window::{Window, key_id};
use std::thread;
use std::time::{Duration, Instant};

/// Time limit for a screen to appear during a repetition. Generous, because the machine may be busy.
const SCREEN_TIMEOUT: Duration = Duration::from_mins(1);
/// Time for a scrolled area to come to rest.
const SCROLL_DURATION: Duration = Duration::from_millis(600);
/// Interval between two looks at the display.
const POLL_INTERVAL: Duration = Duration::from_millis(100);
/// Maximum number of notches of the wheel to bring an element into view.
const MAX_NOTCHES: i32 = 60;
/// Buttons of the screen that thanks for a lead.
const THANKS_BUTTONS: &str = "[data-testid=\"thanks-go-on\"], [data-testid=\"thanks-done\"]";
/// The share of a picture that may differ from the recorded one: a ticket, a cursor, a clock.
const MAX_DIFFERENCE: f64 = 0.03;

/// A touch of a recorded visit and what the display shows after it.
pub struct Step {
    /// Test id of the element.
    pub id: String,
    scroll: Option<(Point, i32)>,
    point: Point,
    shows: View,
}

/// What the display shows: everything, or some areas while the rest changes.
#[derive(Clone)]
pub struct View {
    thumbnail: Thumbnail,
    areas: Vec<Area>,
}

impl View {
    /// Whether the display shows this now.
    pub fn is_shown(&self, display: &Display) -> Result<bool, Failure> {
        Ok(self.difference(display)? <= MAX_DIFFERENCE)
    }

    /// Waits until the display shows this, and returns how long it took. The error says what was awaited.
    pub fn wait(&self, display: &Display, what: &str, limit: Duration) -> Result<Duration, Failure> {
        let start = Instant::now();
        loop {
            let difference = self.difference(display)?;
            if difference <= MAX_DIFFERENCE {
                return Ok(start.elapsed());
            }
            if start.elapsed() > limit {
                let path = repository().join("target/failure.png");
                display.picture()?.save(&path)?;
                let (seconds, percent) = (limit.as_secs(), difference * 100.0);
                return Err(format!(
                    "{what} is not shown within {seconds} s: {percent:.1} % of the picture differ; picture: {}",
                    path.display()
                )
                .into());
            }
            thread::sleep(POLL_INTERVAL);
        }
    }

    fn difference(&self, display: &Display) -> Result<f64, Failure> {
        let now = display.picture()?.thumbnail();
        Ok(self.thumbnail.difference_in(&now, &self.areas))
    }
}

/// Records a visit. The window shows the attract screen.
pub struct Recorder<'a> {
    window: &'a Window,
    attract: View,
    steps: Vec<Step>,
}

impl<'a> Recorder<'a> {
    /// Begins with the attract screen. Only its buttons do not change.
    pub async fn start(window: &'a Window) -> Result<Self, Failure> {
        window.wait_for_screen("attract").await?;
        window.wait_for_css("[data-testid^=\"begin-\"]").await?;
        let thumbnail = window.loaded_picture().await?.thumbnail();
        let areas = areas_of(window, "[data-testid^=\"begin-\"]").await?;
        if areas.is_empty() {
            return Err("the attract screen has no buttons".into());
        }
        Ok(Self {
            window,
            attract: View { thumbnail, areas },
            steps: Vec::new(),
        })
    }

    /// Touches the element with a test id, after bringing it into view with the wheel.
    pub async fn touch(&mut self, id: &str) -> Result<(), Failure> {
        let css = format!("[data-testid=\"{id}\"]");
        self.window.wait_for_css(&css).await?;
        let mut scroll: Option<(Point, i32)> = None;
        let place = loop {
            let place = self.still_place(&css).await?;
            let notches = scroll.map_or(0, |(_, notches)| notches);
            let Some(scroller) = place.scroller.filter(|_| !place.is_free) else {
                break place;
            };
            if notches.abs() == MAX_NOTCHES {
                return Err(format!("{id} does not come into view").into());
            }
            let direction = if place.area.middle().y > scroller.y { 1 } else { -1 };
            self.window.display().scroll(scroller, direction, &[])?;
            thread::sleep(SCROLL_DURATION);
            scroll = Some((scroll.map_or(scroller, |(point, _)| point), notches + direction));
        };
        if !place.is_free {
            return Err(format!("{id} is covered or disabled").into());
        }
        let point = place.area.middle();
        self.window.display().touch(point)?;
        // The touch may load the page again, which ends the scripts that wait for its pictures.
        let loaded = || self.window.loaded_picture();
        let otherwise = format!("the page is not loaded after touching {id}");
        let thumbnail = retry(&otherwise, UI_TIMEOUT, loaded).await?.thumbnail();
        let is_attract = self
            .attract
            .thumbnail
            .difference_in(&thumbnail, &self.attract.areas)
            <= MAX_DIFFERENCE;
        let shows = if is_attract {
            self.attract.clone()
        } else {
            // Each lead has another ticket, and its code fills a part of the screen.
            let mut areas = areas_of(self.window, THANKS_BUTTONS).await?;
            if areas.is_empty() {
                areas.push(self.window.display().area());
            }
            View { thumbnail, areas }
        };
        let id = id.to_owned();
        self.steps.push(Step {
            id,
            scroll,
            point,
            shows,
        });
        Ok(())
    }

    /// Types on the kiosk's on-screen keyboard.
    pub async fn type_text(&mut self, text: &str) -> Result<(), Failure> {
        for c in text.chars() {
            self.touch(&key_id(c)).await?;
        }
        Ok(())
    }

    /// The middle of the element with a test id.
    pub async fn point_of(&self, id: &str) -> Result<Point, Failure> {
        let css = format!("[data-testid=\"{id}\"]");
        Ok(self.still_place(&css).await?.area.middle())
    }

    /// Ends the recording.
    pub fn finish(self) -> Recording {
        Recording {
            attract: self.attract,
            steps: self.steps,
        }
    }

    async fn still_place(&self, css: &str) -> Result<Place, Failure> {
        retry(&format!("{css} does not stop moving"), UI_TIMEOUT, || async {
            let before = self.window.place_of(css).await?.area;
            thread::sleep(POLL_INTERVAL);
            let now = self.window.place_of(css).await?;
            if before == now.area {
                Ok(now)
            } else {
                Err("it moves".into())
            }
        })
        .await
    }
}

/// The areas of all elements that match a selector and have a test id.
async fn areas_of(window: &Window, css: &str) -> Result<Vec<Area>, Failure> {
    let script = format!("[...document.querySelectorAll('{css}')].map((element) => element.dataset.testid)");
    let ids = window.evaluate(&script).await?;
    let mut areas = Vec::new();
    for id in ids["value"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_str())
    {
        areas.push(window.place_of(&format!("[data-testid=\"{id}\"]")).await?.area);
    }
    Ok(areas)
}

/// A recorded visit.
pub struct Recording {
    /// The attract screen.
    pub attract: View,
    /// The touches in their order.
    pub steps: Vec<Step>,
}

impl Recording {
    /// What the display shows after the step that touches the element with a test id.
    pub fn view_after(&self, id: &str) -> Result<&View, Failure> {
        let step = self.steps.iter().find(|step| step.id == id);
        step.map(|step| &step.shows)
            .ok_or_else(|| format!("{id} is not part of the recording").into())
    }

    /// Repeats the first `count` steps, beginning on the attract screen.
    pub fn repeat(&self, display: &Display, count: usize) -> Result<(), Failure> {
        self.attract.wait(display, "the attract screen", SCREEN_TIMEOUT)?;
        self.steps
            .iter()
            .take(count)
            .try_for_each(|step| step.repeat(display))
    }

    /// Repeats the steps after the first `count`, which were repeated before.
    pub fn repeat_from(&self, display: &Display, count: usize) -> Result<(), Failure> {
        self.steps
            .iter()
            .skip(count)
            .try_for_each(|step| step.repeat(display))
    }
}

impl Step {
    /// Touches the element, without waiting for an effect.
    pub fn touch(&self, display: &Display) -> Result<(), Failure> {
        if let Some((point, notches)) = self.scroll {
            display.scroll(point, notches, &[])?;
            thread::sleep(SCROLL_DURATION);
        }
        display.touch(self.point)
    }

    fn repeat(&self, display: &Display) -> Result<(), Failure> {
        self.touch(display)?;
        let what = format!("the screen after touching {}", self.id);
        self.shows.wait(display, &what, SCREEN_TIMEOUT).map(drop)
    }
}

/// Records a visit that asks to be called back, up to the return to the attract screen.
pub async fn record_call_back(window: &Window) -> Result<Recording, Failure> {
    let mut recorder = Recorder::start(window).await?;
    recorder.touch("begin-fr").await?;
    recorder.touch("call-me").await?;
    enter_call_back(&mut recorder).await?;
    recorder.touch("thanks-done").await?;
    Ok(recorder.finish())
}

/// Fills in the form to be called back, from its first step to the thanks.
pub async fn enter_call_back(recorder: &mut Recorder<'_>) -> Result<(), Failure> {
    recorder.touch("field-name").await?;
    recorder.type_text("zz test").await?;
    recorder.touch("field-phone").await?;
    recorder.type_text("612345678").await?;
    for id in [
        "lead-next",
        "lead-next",
        "channel-call",
        "consent-call",
        "lead-next",
        "lead-submit",
    ] {
        recorder.touch(id).await?;
    }
    Ok(())
}
