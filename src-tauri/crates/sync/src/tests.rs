//! The driver over a kiosk in memory and a scripted platform.

mod down;
mod rounds;
mod running;
mod supply;
mod world;
