//! Tests of the two databases through their public API.

#![expect(clippy::unwrap_used, reason = "a test fails on the first unexpected error")]

mod audit_chain;
mod catalogue;
mod damage;
mod leads;
mod revisions;
mod visits;
