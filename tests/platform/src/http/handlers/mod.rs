//! One function an endpoint: unpack, ask the store, answer. Work that blocks runs beside the network's threads.

pub mod catalogue;
pub mod kiosks;
pub mod leads;
pub mod service;

use super::problem::Refusal;
use crate::app::App;
use axum::extract::State;
use std::sync::Arc;

type Shared = State<Arc<App>>;

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|e| {
        Refusal::malformed(format!(
            "Not the document expected: line {}, column {}.",
            e.line(),
            e.column()
        ))
    })
}
