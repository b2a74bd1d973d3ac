//! Mouse and keyboard of a virtual display, by the XTEST extension: programs cannot tell it from real devices.

use super::{Display, Point};
use crate::Failure;
use std::thread;
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{self, ConnectionExt};
use x11rb::protocol::xtest::ConnectionExt as _;

/// How long a finger or a key stays down.
const TOUCH_DURATION: Duration = Duration::from_millis(40);
/// Time between two steps of a drag, and between two notches of the wheel.
const STEP_DURATION: Duration = Duration::from_millis(12);
/// Number of steps of a drag.
const DRAG_STEPS: i32 = 12;

/// The button of a touch or a click.
pub const MAIN_BUTTON: u8 = 1;
/// Wheel up and wheel down are buttons.
const WHEEL: (u8, u8) = (4, 5);

impl Display {
    /// Touches a point.
    pub fn touch(&self, point: Point) -> Result<(), Failure> {
        self.click(point, MAIN_BUTTON, TOUCH_DURATION)
    }

    /// Presses a button of the mouse at a point, and releases it after a time.
    pub fn click(&self, point: Point, button: u8, duration: Duration) -> Result<(), Failure> {
        self.move_pointer(point)?;
        self.fake(xproto::BUTTON_PRESS_EVENT, button)?;
        thread::sleep(duration);
        self.fake(xproto::BUTTON_RELEASE_EVENT, button)
    }

    /// Drags from one point to another.
    pub fn drag(&self, from: Point, to: Point) -> Result<(), Failure> {
        self.move_pointer(from)?;
        self.fake(xproto::BUTTON_PRESS_EVENT, MAIN_BUTTON)?;
        let between = |a: i16, b: i16, step: i32| {
            let (a, b) = (i32::from(a), i32::from(b));
            (a + (b - a) * step / DRAG_STEPS) as i16
        };
        for step in 1..=DRAG_STEPS {
            let (x, y) = (between(from.x, to.x, step), between(from.y, to.y, step));
            self.move_pointer(Point { x, y })?;
            thread::sleep(STEP_DURATION);
        }
        self.fake(xproto::BUTTON_RELEASE_EVENT, MAIN_BUTTON)
    }

    /// Turns the wheel over a point by a number of notches: down if positive. Keys such as Control are held while it turns.
    pub fn scroll(&self, point: Point, notches: i32, held: &[u32]) -> Result<(), Failure> {
        self.move_pointer(point)?;
        self.with_keys_held(held, || {
            let button = if notches < 0 { WHEEL.0 } else { WHEEL.1 };
            for _ in 0..notches.abs() {
                self.fake(xproto::BUTTON_PRESS_EVENT, button)?;
                self.fake(xproto::BUTTON_RELEASE_EVENT, button)?;
                thread::sleep(STEP_DURATION);
            }
            Ok(())
        })
    }

    /// Presses keys together, given as keysyms in the order of pressing, and releases them.
    pub fn press_keys(&self, keys: &[u32]) -> Result<(), Failure> {
        self.with_keys_held(keys, || {
            thread::sleep(TOUCH_DURATION);
            Ok(())
        })
    }

    fn with_keys_held(
        &self,
        keys: &[u32],
        work: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let codes = keys.iter().map(|key| self.key_code(*key));
        let codes = codes.collect::<Result<Vec<u8>, _>>()?;
        for code in &codes {
            self.fake(xproto::KEY_PRESS_EVENT, *code)?;
        }
        let done = work();
        for code in codes.iter().rev() {
            self.fake(xproto::KEY_RELEASE_EVENT, *code)?;
        }
        done
    }

    /// The key with a keysym, on any of its levels.
    fn key_code(&self, key: u32) -> Result<u8, Failure> {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let mapping = self.connection.get_keyboard_mapping(first, last - first + 1)?;
        let mapping = mapping.reply()?;
        let levels = usize::from(mapping.keysyms_per_keycode).max(1);
        let keys = mapping.keysyms.chunks(levels);
        let found = (first..=last)
            .zip(keys)
            .find(|(_, keysyms)| keysyms.contains(&key));
        found
            .map(|(code, _)| code)
            .ok_or_else(|| format!("the keyboard has no key {key:#x}").into())
    }

    fn move_pointer(&self, point: Point) -> Result<(), Failure> {
        // Detail 0 means absolute coordinates.
        self.connection.xtest_fake_input(
            xproto::MOTION_NOTIFY_EVENT,
            0,
            0,
            self.root,
            point.x,
            point.y,
            0,
        )?;
        self.sync()
    }

    fn fake(&self, event: u8, detail: u8) -> Result<(), Failure> {
        self.connection
            .xtest_fake_input(event, detail, 0, x11rb::NONE, 0, 0, 0)?;
        self.sync()
    }
}
