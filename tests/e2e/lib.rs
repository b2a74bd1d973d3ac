//! Drives the real programs in real windows: starts platform, kiosk, virtual display and WebDriver, and acts as visitors
//! and staff do. Used by the end-to-end tests and the demonstration. Must not link the programs: it runs them as
//! processes.

pub mod catalogue;
pub mod display;
pub mod driver;
pub mod page_checks;
pub mod place;
pub mod processes;
pub mod programs;
pub mod recording;
pub mod running_kiosk;
pub mod screen;
pub mod stall_meter;
pub mod usb_stick;
pub mod visit;
pub mod wait;
pub mod window;

/// Any error; its text is a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
