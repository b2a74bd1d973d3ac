//! The real kiosk and the real platform over a faulty network: no lead is lost or duplicated, no catalogue is shown in
//! part, and staff see the state of the connection.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod bad_requests;
mod bad_responses;
mod certificates;
mod cut_connections;
mod damage;
mod exit_reports;
mod instances;
mod killed_programs;
mod login_pages;
mod lost_responses;
mod pending_work;
mod resume;
mod silent_connections;
mod support;
