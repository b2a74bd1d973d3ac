//! Drives the real programs in real windows: starts platform, kiosk, virtual display and WebDriver, and acts as visitors
//! and staff do. Used by the end-to-end tests and the demonstration. Must not link the programs: it runs them as
//! processes.

pub mod catalogue;
pub mod programs;
pub mod screen;
pub mod usb_stick;
pub mod visit;

/// Any error; its text is a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
