//! Faults of real networks, injected between the real kiosk and the real platform. Both run as processes, and a proxy
//! on real sockets loses, duplicates, cuts, slows and changes their messages. Must not know: the code of the programs,
//! which it starts and does not link.

mod action;
pub mod certificates;
mod lock;
pub mod message;
pub mod process;
pub mod proxy;
mod proxy_state;
pub mod template;
pub mod testbed;
