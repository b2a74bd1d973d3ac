//! The HTTP side of the contract. Every response has the protocol header, errors included, so that a kiosk can tell the
//! platform from a login page. Bodies are limited in size and time, and nothing of a body is logged. Must not know: SQL.

mod auth;
mod batch;
mod blocking;
mod body;
mod error;
mod handlers;
mod middleware;
pub mod openapi;
mod overview;
mod peer;
mod range;
mod router;
mod schemas;
mod seats;
mod serve;

pub use serve::serve;
