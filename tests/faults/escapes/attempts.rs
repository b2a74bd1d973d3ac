//! All attempts by input to leave the kiosk.

use acceptance::Failure;
use acceptance::display::{Area, Display, Point, Request, TopWindow};
use std::time::Duration;

/// Keysyms of keys without a letter.
mod keysym {
    pub const BACKSPACE: u32 = 0xff08;
    pub const TAB: u32 = 0xff09;
    pub const PAUSE: u32 = 0xff13;
    pub const ESCAPE: u32 = 0xff1b;
    pub const HOME: u32 = 0xff50;
    pub const LEFT: u32 = 0xff51;
    pub const RIGHT: u32 = 0xff53;
    pub const PRINT: u32 = 0xff61;
    pub const INSERT: u32 = 0xff63;
    pub const MENU: u32 = 0xff67;
    pub const F1: u32 = 0xffbe;
    pub const SHIFT: u32 = 0xffe1;
    pub const CONTROL: u32 = 0xffe3;
    pub const ALT: u32 = 0xffe9;
    pub const SUPER: u32 = 0xffeb;
    pub const DELETE: u32 = 0xffff;
    pub const SPACE: u32 = 0x20;
    pub const PLUS: u32 = 0x2b;
    pub const MINUS: u32 = 0x2d;
    pub const ZERO: u32 = 0x30;
    /// Back, forward, reload, home page, search, mail and calculator of office keyboards. The display has no key to stop.
    pub const BROWSER: [u32; 7] = [
        0x1008_ff26,
        0x1008_ff27,
        0x1008_ff73,
        0x1008_ff18,
        0x1008_ff1b,
        0x1008_ff19,
        0x1008_ff1d,
    ];
}

/// Middle, right, back and forward button of a mouse.
const OTHER_BUTTONS: [u8; 4] = [2, 3, 8, 9];
/// A long press. It is shorter than the gesture of staff, which may open their window.
const LONG_PRESS: Duration = Duration::from_millis(1_200);
const CLICK: Duration = Duration::from_millis(40);
/// Distance of a drag's start from the edge of the display, in pixels.
const EDGE: i16 = 2;
/// A file that exists on every machine, and a page.
const DROPPED: [&str; 2] = ["file:///etc/passwd", "http://127.0.0.1:9/"];

/// One attempt to leave the kiosk.
#[derive(Debug, Clone)]
pub enum Attempt {
    Keys(Vec<u32>),
    Click {
        point: Point,
        button: u8,
        duration: Duration,
    },
    Drag {
        from: Point,
        to: Point,
    },
    Wheel {
        notches: i32,
        held: Vec<u32>,
    },
    Drop {
        point: Point,
        url: &'static str,
    },
    Request(Request),
}

impl Attempt {
    /// Makes the attempt.
    pub fn make(&self, display: &Display, window: TopWindow) -> Result<(), Failure> {
        match self {
            Self::Keys(keys) => display.press_keys(keys),
            Self::Click {
                point,
                button,
                duration,
            } => display.click(*point, *button, *duration),
            Self::Drag { from, to } => display.drag(*from, *to),
            Self::Wheel { notches, held } => display.scroll(display.area().middle(), *notches, held),
            Self::Drop { point, url } => display.drop_file(window, *point, url).map(drop),
            Self::Request(request) => display.request(window, *request),
        }
    }
}

/// All attempts on a display, grouped by kind.
pub fn all_attempts(area: Area) -> Vec<Attempt> {
    let mut attempts: Vec<Attempt> = shortcuts().into_iter().map(Attempt::Keys).collect();
    let edges = edges(area);
    let middle = area.middle();
    let points = || edges.into_iter().chain([middle]);
    for button in OTHER_BUTTONS {
        attempts.extend(points().map(|point| Attempt::Click {
            point,
            button,
            duration: CLICK,
        }));
    }
    attempts.extend(points().map(|point| Attempt::Click {
        point,
        button: 1,
        duration: LONG_PRESS,
    }));
    for edge in edges {
        attempts.push(Attempt::Drag {
            from: edge,
            to: middle,
        });
        attempts.push(Attempt::Drag {
            from: middle,
            to: edge,
        });
    }
    for notches in [-5, 5] {
        for held in [
            vec![keysym::CONTROL],
            vec![keysym::SHIFT],
            vec![keysym::CONTROL, keysym::SHIFT],
            vec![keysym::ALT],
        ] {
            attempts.push(Attempt::Wheel { notches, held });
        }
    }
    for url in DROPPED {
        attempts.extend(points().map(|point| Attempt::Drop { point, url }));
    }
    attempts.extend(requests(area).into_iter().map(Attempt::Request));
    attempts
}

/// Keys that leave, close, reload, print, search, inspect or switch in a browser or a desktop.
fn shortcuts() -> Vec<Vec<u32>> {
    use keysym::{
        ALT, BACKSPACE, BROWSER, CONTROL, DELETE, ESCAPE, F1, HOME, INSERT, LEFT, MENU, MINUS, PAUSE, PLUS,
        PRINT, RIGHT, SHIFT, SPACE, SUPER, TAB, ZERO,
    };
    let mut chords = Vec::new();
    let with = |held: &[u32], key: u32| [held, &[key]].concat();
    for held in [&[][..], &[SHIFT], &[CONTROL], &[ALT], &[CONTROL, ALT]] {
        chords.extend((F1..F1 + 12).map(|key| with(held, key)));
    }
    let letters = || u32::from(b'a')..=u32::from(b'z');
    for held in [&[CONTROL][..], &[CONTROL, SHIFT], &[ALT]] {
        chords.extend(letters().map(|key| with(held, key)));
    }
    let alone = [BACKSPACE, PAUSE, ESCAPE, PRINT, INSERT, MENU, SUPER, DELETE];
    chords.extend(alone.into_iter().chain(BROWSER).map(|key| vec![key]));
    chords.extend([PLUS, MINUS, ZERO, TAB, PRINT].map(|key| vec![CONTROL, key]));
    chords.extend([LEFT, RIGHT, HOME, TAB, SPACE, ESCAPE, PRINT].map(|key| vec![ALT, key]));
    chords.extend([ESCAPE, TAB].map(|key| vec![CONTROL, SHIFT, key]));
    chords.push(vec![CONTROL, ALT, DELETE]);
    chords.extend([b'd', b'e', b'l', b'r'].map(|key| vec![SUPER, key.into()]));
    chords
}

/// The corners and the middles of the edges.
fn edges(area: Area) -> [Point; 8] {
    let (right, bottom) = (area.width as i16 - EDGE, area.height as i16 - EDGE);
    let Point { x, y } = area.middle();
    [
        (EDGE, EDGE),
        (x, EDGE),
        (right, EDGE),
        (right, y),
        (right, bottom),
        (x, bottom),
        (EDGE, bottom),
        (EDGE, y),
    ]
    .map(|(x, y)| Point { x, y })
}

fn requests(area: Area) -> Vec<Request> {
    let place = |x: i16, y: i16, width: u16, height: u16| Request::Place(Area { x, y, width, height });
    let Area { width, height, .. } = area;
    vec![
        Request::Close,
        place(200, 200, width, height),
        place(0, 0, width / 2, height / 2),
        place(0, 0, 1, 1),
        Request::Lower,
        Request::Unmap,
        Request::Iconify,
        Request::LeaveFullScreen,
        Request::Close,
    ]
}
