//! Exchange with the platform: set-up, enrolment, sync, configuration. Must not know: visitors, staff sessions.

pub(crate) mod authorities;
mod configuration;
mod enrolment;
mod enrolment_reply;
mod heartbeat;
pub(crate) mod platform_link;
pub(crate) mod provision;
pub(crate) mod sync_port;
mod sync_runner;
mod sync_status;
mod sync_views;
