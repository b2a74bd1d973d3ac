//! The contract, held by the real client against the real platform on this machine.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod catalogue;
mod commands;
mod leads;
mod service;
mod stand;
