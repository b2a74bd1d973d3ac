//! The real programs in real windows: starts platform, kiosk, display and WebDriver, and does what people do. Used by
//! the tests and by the demonstration. Must not link the programs: it drives them from outside.

pub mod catalogue;
pub mod programs;
pub mod screen;
pub mod stick;
pub mod visit;

/// Anything that went wrong, as a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
