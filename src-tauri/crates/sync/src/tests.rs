//! Tests of the driver with a kiosk in memory and a scripted platform.

mod catalogues;
mod downloads;
mod rounds;
mod run_loop;
mod world;
