//! The contract, held by the real client against the real platform on this machine.

mod catalogue;
mod commands;
mod leads;
mod service;
mod stand;
