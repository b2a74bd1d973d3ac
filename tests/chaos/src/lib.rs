//! What halls do to a line, done between the real kiosk and the real platform: both run as processes, and a proxy on
//! real sockets loses, doubles, cuts, slows and forges what passes it. Must not link the programs: it starts them.

pub mod certificates;
pub mod line;
pub mod message;
mod passing;
pub mod running;
pub mod stand;
pub mod template;
