//! Where elements are on the display, for input that does not come from WebDriver.

use crate::Failure;
use crate::display::{Area, Point};
use crate::window::Window;
use serde_json::Value;

/// Script that returns the place of an element, whether a finger could touch it, and the middle of the area that scrolls
/// it.
const PLACE_SCRIPT: &str = "
    const [element] = arguments;
    const { left, top, width, height } = element.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    const free = !element.disabled && over !== null && (element.contains(over) || over.contains(element));
    let scroller = element.parentElement;
    const scrolls = (box) => box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY);
    while (scroller && !scrolls(scroller)) scroller = scroller.parentElement;
    const box = scroller?.getBoundingClientRect();
    const visible = box && Math.min(box.bottom, innerHeight);
    return { left, top, width, height, free, scrollX: box && (box.left + box.right) / 2, scrollY: box && (box.top + visible) / 2 };";

/// Where an element is on the display.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its place.
    pub area: Area,
    /// Whether a finger could touch the middle of the element.
    pub is_free: bool,
    /// The middle of the area that scrolls the element.
    pub scroller: Option<Point>,
}

impl Window {
    /// Where an element is on the display, for input that does not come from WebDriver.
    pub async fn place_of(&self, css: &str) -> Result<Place, Failure> {
        let element = self.find(css).await?;
        let arguments = vec![serde_json::to_value(&element)?];
        let place = self
            .execute("where is the element?", PLACE_SCRIPT, arguments)
            .await?;
        let number = |name: &str| place[name].as_f64().unwrap_or_default() as i16;
        Ok(Place {
            area: Area {
                x: number("left"),
                y: number("top"),
                width: number("width").unsigned_abs(),
                height: number("height").unsigned_abs(),
            },
            is_free: place["free"] == Value::Bool(true),
            scroller: place["scrollX"].is_number().then(|| Point {
                x: number("scrollX"),
                y: number("scrollY"),
            }),
        })
    }
}
