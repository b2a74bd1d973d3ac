//! Use-cases: what a visitor and staff can do, put together from the other crates. Must not know Tauri, HTTP or SQL.

pub mod views;
